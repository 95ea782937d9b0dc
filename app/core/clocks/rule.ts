import type { Day } from '../time.ts'
import type { Closure } from './calendar.ts'
import type { IncidentGrade } from './incident-levels.ts'
import type { TenderTerms } from './tender.ts'
import type { AmountClass } from './thresholds.ts'

/** cd calendar days, wd office days, mo months by calendar, y years, h hours. */
export type PeriodUnit = 'cd' | 'wd' | 'mo' | 'y' | 'h'

/**
 * How sure the text is: V-M the article was read, V-P another public page was read, S secondary source, U unverified.
 * S and U carry 「待法制單位確認」 wherever they are shown.
 */
export type RuleStatus = 'V-M' | 'V-P' | 'S' | 'U'

/** Parameters a computation takes its facts by; each rule names those it uses through its fields below. */
export type DeadlineParams = {
  /** 展期: added to the length before the one roll; office days where the rule counts office days. */
  extensionDays?: number
  extensionMonths?: number
  /** A length set by the county or the agency in place of the rule's own, in days (office days where it counts those). */
  days?: number
  /** Which of several lengths of one rule. */
  clock?: string
  /** 在途期間: where the person lives and where the authority that decides sits, as travel.ts names places. */
  residence?: string
  appealSeat?: string
  /** A representative who can act lives at that seat: no travelling time. */
  representativeAtSeat?: boolean
  /** How the document was served; the trigger is then the day of deposit or of posting. */
  serviceKind?: ServiceKind
  /** The period starts anew from these. */
  correctedOn?: Day
  lastReasonsOn?: Day
  resumedOn?: Day
  /** The day on which a regulation had to be promulgated at the latest. */
  promulgationDeadline?: Day
  /** An earlier receipt that counts as the beginning: by whichever agency had it first. */
  firstReceived?: Day
  /** When the notice went out, of a meeting or of an extension. */
  noticeSent?: Day
  /** Spans in which the period stands still. */
  pauses?: readonly Pause[]
  /** Days on which the county's offices are shut besides the calendar; a closure may be of half a day or of townships. */
  closures?: readonly (Day | Closure)[]
  /** Township of the receiving office: its own closures count too. Without it: the county government's. */
  township?: string
  /** 等標期 in days, before it is shortened; what the agency set. */
  tenderDays?: number
  /** 採購金額級距, fixed before tendering. */
  amountClass?: AmountClass
  /** Closing time of a tender: `office-closing` or HH:MM. */
  cutoff?: string
  /** What shortens the tender time: 公開閱覽, 電子領標, 電子投標. */
  publicInspection?: boolean
  electronicDocuments?: boolean
  electronicBids?: boolean
  /** 決標 (or 不予開標、不予決標、廢標): some rights end a while after it, whenever their own period would. */
  awardedOn?: Day
  /** Other facts after which a right ends: service on others, the damage, the day that was missed. */
  servedOn?: Day
  damageOn?: Day
  missedOn?: Day
  /** Level of a cyber-security incident. */
  level?: IncidentGrade
}

export type ParamName = keyof DeadlineParams
export type BarParam = 'awardedOn' | 'servedOn' | 'damageOn' | 'missedOn' | 'promulgationDeadline'
export type RestartParam = 'correctedOn' | 'lastReasonsOn' | 'resumedOn'

/** 補充送達、留置送達 and 郵務送達 take effect at once like 送達; the trigger of the others is deposit or posting. */
export const serviceKinds = ['送達', '補充送達', '留置送達', '郵務送達', '寄存送達', '公示送達', '國外公示送達', '再次公示送達'] as const
export type ServiceKind = (typeof serviceKinds)[number]

/**
 * The period stands still on the days after `from` up to and including `to`: the day on which the office asked still
 * counts, the day on which the answer came does not. Without `to` it is standing still now.
 */
export type Pause = { from: Day; to?: Day | undefined; reason?: string | undefined }

/** 到達主義 or 發信主義. `misfiled`: received by a wrong agency counts as received. */
export type Filing = { by: 'receipt' | 'postmark'; misfiled?: true; citation: string }

/** Another clock of the same row: what it does not name is that of the rule. */
export type Variant = { title: string; length: number } & Partial<Pick<Rule, 'unit' | 'trigger' | 'firstDay' | 'direction' | 'roll' | 'counting' | 'dueWord' | 'citation' | 'onLapse'>>

/** One version of one statutory or local period, as data. */
export type Rule = {
  id: string
  /** 1, 2 …: the versions of one id follow each other without overlap. */
  version: number
  /** What the period is for, as a noun: 人民陳情之答復. */
  title: string
  /** What happened on the trigger day, as a verb: 收文, 送達, 公布. */
  trigger: string
  citation: string
  status: RuleStatus
  /** First and last trigger day to which this version applies; null is without bound. */
  effectiveFrom: Day | null
  effectiveTo: Day | null
  /** True for a rule that is not in force yet: it computes nothing. */
  draft?: true
  unit: PeriodUnit
  /** Null: the agency sets it case by case by `days`; until then the clock is open. */
  length: number | null
  /** Other lengths of the same rule, by the value of `clock`. */
  variants?: Readonly<Record<string, Variant>>
  /** The length by the level of an incident. */
  levels?: Readonly<Record<IncidentGrade, number>>
  /** The length is a share of the tender time (`tenderDays`), a fraction counting as a day. */
  tenderShare?: { divisor: number; least?: number; citation: string }
  /** 等標期: counted by its own standard, see tender.ts. */
  tender?: TenderTerms
  /** Whether the trigger day is day 1 (`counted`); by default it is not counted. */
  firstDay?: 'counted'
  /**
   * Counted back from an event: `clear-days-before` with full days (or months) between, 五日前; `days-before` on the n-th
   * day before it, 前五日.
   */
  direction?: 'clear-days-before' | 'days-before'
  /** target: an internal duty; the rolled date is due, the unrolled one is worked towards. */
  roll: 'next-open' | 'none' | 'target'
  /** Which law says how days are counted. */
  counting: 'civil' | 'administrative' | 'office-days' | 'gazette' | 'own'
  /** True where the county may set `days`. */
  configurable: boolean
  /** Longest extension in the rule's own unit; 'original' no longer than the length; null without a bound. Absent: none. */
  extension?: { max: number | 'original' | null; citation: string }
  /** Why the period may stand still. Absent: it never does. */
  pausable?: { citation: string }
  /** Which of these dates start the period anew. */
  restartOn?: readonly RestartParam[]
  /** 訴願審議規則 §27: reasons filed within the extension start this many months, in place of the whole period. */
  monthsAfterReasonsInExtension?: number
  /** Days after which a substituted service takes effect. */
  serviceDelays?: Readonly<Partial<Record<ServiceKind, { days: number; citation: string }>>>
  /** 在途期間 is added: by the table of 訴願扣除在途期間辦法, or by the courts' own, which is not known here. */
  travel?: 'appeals' | 'courts'
  /** The period ends at the latest this long after another fact. */
  bar?: { from: BarParam; title: string; unit: 'cd' | 'mo' | 'y'; length: number; citation: string }
  /** Another day to count from than the trigger: always, or where it is earlier. */
  startsFrom?: { param: 'firstReceived' | 'promulgationDeadline'; when: 'always' | 'earlier'; title: string; citation: string }
  /**
   * What the day of a notice (`noticeSent`) decides: nothing, and `text` says so; whether it was in time; or whether the
   * extension holds, being told before the period's end.
   */
  notice?: { decides: 'nothing' | 'timely' | 'extension'; text: string }
  /**
   * 行政程序法 §48 V, periods of a penalty or another disadvantage: counted with the trigger day as day 1 and without
   * rolling, unless the ordinary count is better for the person. `shorter`: an early end is (停業); `longer`: a late one is.
   */
  milder?: 'shorter' | 'longer'
  /** Due on the next of these days of the year, MM-DD, the trigger included; `length` is null. */
  fixedDates?: readonly string[]
  /** What counts as done in time: the day of receipt, or the postmark of registered mail. */
  filing?: Filing
  /** What the day is called where it is no due day: 會期末日. */
  dueWord?: string
  /** A sentence to read with the result. */
  note?: string
  /** Set once the county's law section has confirmed a rule of status S or U; see core/calendar. */
  confirmed?: { by: string; documentNumber: string; on: Day }
  /** Set for a version that the county made in place of the printed one. */
  byCounty?: { documentNumber: string | null; reason: string }
  /** What follows when the day passes. */
  onLapse: string
}

/** Whether the screen says 「待法制單位確認」 of this rule. */
export const awaitsConfirmation = (rule: Rule): boolean => (rule.status === 'S' || rule.status === 'U') && !rule.confirmed
