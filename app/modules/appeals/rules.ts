import { type Answer, computeDeadline, type DeadlineParams, type ServiceKind } from '../../core/clocks/index.ts'
import { officeCounty } from '../../core/clocks/office-county.ts'
import { day, type Day, rocDay } from '../../core/time.ts'
import type { AgencyKind, ClaimOutcome, Decision, Form, Ground } from './schema.ts'

/** Who decides on an appeal against such an agency, where it sits, and the article that says so. `authority` null: a person has to name it. */
export type Jurisdiction = { ours: boolean; authority: string | null; seat: string | null; law: string; why: string }

/**
 * 訴願法 §4, §10. A disposition under 委任 (§8) or 委辦 (§9) is that of the agency that made it; under 委託 (§7) that of the agency which
 * entrusted it: choose the kind accordingly. `county`: the county's own name.
 */
export function jurisdictionOf(kind: AgencyKind, county: string): Jurisdiction {
  const ours = { ours: true, authority: county, seat: officeCounty }
  switch (kind) {
    case 'township': return { ...ours, law: '訴願法 §4 ①', why: '不服鄉（鎮、市）公所之行政處分，向縣政府提起' }
    case 'subordinate': return { ...ours, law: '訴願法 §4 ②', why: '不服縣政府所屬各級機關之行政處分，向縣政府提起' }
    case 'private': return { ...ours, law: '訴願法 §10', why: '受委託行使公權力的團體或個人所為之處分，向原委託機關提起' }
    case 'county': return { ours: false, authority: null, seat: '臺北市', law: '訴願法 §4 ③', why: '不服縣政府之行政處分，向中央主管部會提起；本府是原處分機關' }
    case 'central': return { ours: false, authority: null, seat: '臺北市', law: '訴願法 §4 ⑥ 至 ⑧', why: '不服中央機關之行政處分，向其上級機關或主管院提起' }
    case 'other': return { ours: false, authority: null, seat: null, law: '訴願法 §4、§5', why: '不是本府所屬機關，向該機關的上級機關提起' }
  }
}

/** What the time limit for filing depends on. */
export type FilingFacts = {
  ground: Ground
  thirdParty: boolean
  agencyKind: AgencyKind
  /** where the authority sits that decides; null where nobody knows yet */
  seat: string | null
  servedOn: Day | null
  serviceKind: string | null
  knownOn: Day | null
  appliedOn: Day | null
  remedyTold: boolean
  residence: string | null
  representativeAtSeat: boolean
}

export type FilingLimit = {
  /** the rule that was applied; null where a fact is missing */
  rule: string | null
  /** the last day to file; for inaction the last day on which the agency could still act */
  dueOn: Day | null
  reasons: string[]
  state: 'in-time' | 'late' | 'too-early' | 'unknown'
}

/** Whether an appeal filed on that day is in time, and how the last day came about. 訴願法 §2, §14, §16; 行政程序法 §98. */
export function filingLimit(facts: FilingFacts, filedOn: Day): FilingLimit {
  const asked = ruleFor(facts)
  if ('missing' in asked) return { rule: null, dueOn: null, reasons: [asked.missing], state: 'unknown' }
  const answer = computeDeadline(asked.rule, asked.trigger, asked.params)
  if (answer.kind !== 'due') return { rule: asked.rule, dueOn: null, reasons: [answer.because], state: 'unknown' }
  const reasons = [...answer.explanation, ...travelNote(facts, answer)]
  if (facts.ground === 'inaction') return { rule: asked.rule, dueOn: answer.day, reasons, state: filedOn > answer.day ? 'in-time' : 'too-early' }
  return { rule: asked.rule, dueOn: answer.day, reasons, state: filedOn > answer.day ? 'late' : 'in-time' }
}

type Asked = { rule: string; trigger: Day; params: DeadlineParams } | { missing: string }

function ruleFor(facts: FilingFacts): Asked {
  if (facts.ground === 'inaction') return facts.appliedOn ? { rule: 'appeal-inaction-2mo', trigger: facts.appliedOn, params: {} } : { missing: '沒有填申請的日期' }
  const travel = travelOf(facts)
  if (facts.thirdParty) return facts.knownOn ? { rule: 'appeal-third-party', trigger: facts.knownOn, params: { ...travel, ...(facts.servedOn ? { servedOn: facts.servedOn } : {}) } } : { missing: '沒有填知悉的日期' }
  if (!facts.servedOn) return { missing: '沒有填處分送達的日期，不能算訴願期間' }
  const service: DeadlineParams = facts.serviceKind && facts.serviceKind !== '送達' ? { serviceKind: facts.serviceKind as ServiceKind } : {}
  // 行政程序法 §98 III: without a remedy notice, or with a wrong one, one year
  if (!facts.remedyTold) return { rule: 'remedy-notice-missing', trigger: facts.servedOn, params: service }
  return { rule: 'appeal-filing-30d', trigger: facts.servedOn, params: { ...service, ...travel } }
}

/** 在途期間, 訴願法 §16: by residence and the seat of the authority that decides; never by the agency that acted. */
export function travelOf({ residence, seat, representativeAtSeat }: Pick<FilingFacts, 'residence' | 'seat' | 'representativeAtSeat'>): DeadlineParams {
  if (!residence || !seat) return {}
  return { residence, appealSeat: seat, ...(representativeAtSeat ? { representativeAtSeat: true } : {}) }
}

/** Days of 在途期間 that are added to what the county gives to a party (訴願法 §16). */
export function travelDaysOf(of: { residence: string | null; representativeAtSeat: boolean }): number {
  const answer = computeDeadline('appeal-correction-20d', day('2024-01-02'), travelOf({ ...of, seat: officeCounty }))
  return answer.kind === 'due' ? (answer.calculation.travel?.days ?? 0) : 0
}

function travelNote(facts: FilingFacts, answer: Extract<Answer, { kind: 'due' }>): string[] {
  if (facts.ground === 'inaction' || !facts.remedyTold) return []
  if (!facts.residence) return ['沒有填住居地，未扣除在途期間（訴願法 §16）。']
  if (!facts.seat) return ['受理訴願機關的所在地不明，未扣除在途期間（訴願法 §16）。']
  if (facts.representativeAtSeat) return [`有住居${facts.seat}得為訴願行為的代理人，不扣除在途期間（訴願法 §16 I 但書）。`]
  return answer.calculation.travel?.days ? [] : [`訴願人住${facts.residence}，受理訴願機關在${facts.seat}，在途期間 0 日。`]
}

/** 審議規則 §6 I: the original agency that received a paper without reasons sends it on in ten days; one with reasons it answers in twenty (§58 II). */
export const agencyRule = (form: Form): string => (form === 'statement' ? 'appeal-agency-forward-10d' : 'appeal-agency-reply-20d')

/** Until when the original agency that received the paper first was to send it on; null where it cannot be told. */
export function agencyUntil(form: Form, firstReceivedOn: Day): Day | null {
  const answer = computeDeadline(agencyRule(form), firstReceivedOn, {})
  return answer.kind === 'due' ? answer.day : null
}

/** Facts from which the three months of the decision are counted. */
export type DecisionFacts = {
  form: Form
  receivedOn: Day
  filedOn: Day
  petitionOn: Day | null
  supplementUntil: Day | null
  correctionUntil: Day | null
  correctedOn: Day | null
  lastReasonsOn: Day | null
  resumedOn: Day | null
  extensionMonths: number | null
}

/**
 * 訴願法 §85, §86; 審議規則 §27. While a correction or the 訴願書 is awaited the end of its period stands in for the day on which it comes,
 * since the three months run from there if it never does (§85 II).
 */
export function decisionParams(facts: DecisionFacts): DeadlineParams {
  const supplement = facts.form === 'statement' ? (facts.petitionOn ?? facts.supplementUntil) : null
  const corrected = [supplement, facts.correctedOn ?? facts.correctionUntil].filter((on): on is Day => on !== null && on >= facts.receivedOn).toSorted().at(-1)
  return {
    ...(facts.filedOn < facts.receivedOn ? { firstReceived: facts.filedOn } : {}),
    ...(corrected ? { correctedOn: corrected } : {}),
    ...(facts.lastReasonsOn ? { lastReasonsOn: facts.lastReasonsOn } : {}),
    ...(facts.resumedOn ? { resumedOn: facts.resumedOn } : {}),
    ...(facts.extensionMonths ? { extensionMonths: facts.extensionMonths } : {}),
  }
}

const accepted = (outcome: ClaimOutcome): boolean => outcome === 'revoked'

/**
 * What a decision is called whose claims came out so (rules.md §3.1: the outcome is a list). Null while a claim has none.
 * 一部撤銷 with anything besides is `partly-revoked`; what orders an agency to act counts before dismissal.
 */
export function outcomeOf(claims: readonly (ClaimOutcome | null)[]): Decision | null {
  if (!claims.length || claims.some((one) => one === null)) return null
  const all = claims as ClaimOutcome[]
  const dismissed = all.filter((one) => one.startsWith('dismissed')).length
  const none = all.filter((one) => one === 'non-acceptance').length
  const revoked = all.filter(accepted).length
  if (revoked === all.length) return 'revoked'
  if (revoked > 0) return 'partly-revoked'
  if (all.includes('ordered')) return 'ordered'
  if (none === all.length) return 'non-acceptance'
  return dismissed === all.length ? 'dismissed' : 'partly-dismissed'
}

/** 逾期 in one line, for lists and the procedural check. */
export function tellLimit(limit: Pick<FilingLimit, 'dueOn' | 'state'>, filedOn: Day): string {
  const due = limit.dueOn ? rocDay(limit.dueOn) : ''
  switch (limit.state) {
    case 'in-time': return due ? `${rocDay(filedOn)} 提起，期間到 ${due}，未逾期` : '未逾期'
    case 'late': return `${rocDay(filedOn)} 提起，已過 ${due}`
    case 'too-early': return `${rocDay(filedOn)} 提起，機關的處理期間到 ${due}，還沒有屆滿`
    case 'unknown': return '無法確定有沒有逾期'
  }
}
