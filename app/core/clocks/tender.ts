import { type Calendar, outside } from './calendar.ts'
import { type AmountClass, amountClassTitles } from './thresholds.ts'

// 等標期: how long a tender stays open and when it closes. 招標期限標準 (91/5/8; §4-1 since 98/8/31).

/** What a rule says of the length: the least number of days, for every class of amount or by class. */
export type TenderTerms = {
  minimumDays: MinimumDays
  /** The article on the least length. */
  citation: string
  /** Other least lengths of the same rule, by the value of `clock`. */
  clocks?: Readonly<Record<string, { title: string; minimumDays: MinimumDays; citation: string }>>
  /** Whether §9 may shorten it (公開閱覽, 電子領標, 電子投標), and what it may not fall below whatever is combined. */
  shortening: false | { never?: { below: number; citation: string }; always?: Shortening }
}

export type MinimumDays = number | Readonly<Partial<Record<AmountClass, number>>>

export type Shortening = 'publicInspection' | 'electronicDocuments' | 'electronicBids'

/** Facts of one tender; `cutoff` is `office-closing` or HH:MM, `tenderDays` the length set by the agency before shortening. */
export type TenderFacts = {
  amountClass?: AmountClass | undefined
  tenderDays?: number | undefined
  cutoff?: string | undefined
  publicInspection?: boolean | undefined
  electronicDocuments?: boolean | undefined
  electronicBids?: boolean | undefined
  extensionDays?: number | undefined
  clock?: string | undefined
}

export type TenderTime = {
  base: number
  citation: string
  /** Set by the agency, not the least that the class requires. */
  isOwn: boolean
  amountClass: AmountClass | null
  steps: { title: string; days: number; result: number; citation: string }[]
  extension: number
  days: number
}

/** 採購法 §93-1 and 招標期限標準 §9 in the order of its items: each shortens by `days`, but not below `floor`. */
export const shortenings: Readonly<Record<Shortening, { title: string; days: number; floor: number; citation: string }>> = {
  publicInspection: { title: '招標文件稿公開閱覽', days: 5, floor: 10, citation: '招標期限標準 §9 ①' },
  electronicDocuments: { title: '電子領標', days: 3, floor: 5, citation: '招標期限標準 §9 ②' },
  electronicBids: { title: '電子投標', days: 2, floor: 5, citation: '招標期限標準 §9 ③' },
}

const shorteningNames = Object.keys(shortenings) as Shortening[]

/** The length of the tender time, with the steps that shortened it; or why it cannot be told. */
export function tenderTime(terms: TenderTerms, facts: TenderFacts): TenderTime | { why: string } {
  const amountClass = facts.amountClass ?? null
  const { minimumDays, citation } = (facts.clock !== undefined && terms.clocks?.[facts.clock]) || terms
  const minimum = least(minimumDays, citation, amountClass)
  if (minimum !== null && typeof minimum === 'object') return minimum
  const base = facts.tenderDays ?? minimum
  if (base === null) return { why: '等標期依採購金額級距而定，請以 amountClass 寫出級距（例如 公告金額），或以 tenderDays 寫出日數' }
  if (minimum !== null && base < minimum) return { why: `等標期 ${base} 日少於法定的 ${minimum} 日（${citation}）` }
  const steps: TenderTime['steps'] = []
  let days = base
  for (const name of terms.shortening ? shorteningNames : []) {
    if (!terms.shortening || !(facts[name] || terms.shortening.always === name)) continue
    const { title, days: less, floor, citation: article } = shortenings[name]
    // A floor forbids going below it; it never makes a tender time longer that was shorter before.
    const shortened = Math.min(days, Math.max(days - less, floor, terms.shortening.never?.below ?? 0))
    steps.push({ title, days: days - shortened, result: shortened, citation: article })
    days = shortened
  }
  const extension = facts.extensionDays ?? 0
  return { base, citation, isOwn: facts.tenderDays !== undefined, amountClass, steps, extension, days: days + extension }
}

function least(minimum: MinimumDays, citation: string, amountClass: AmountClass | null): number | null | { why: string } {
  if (typeof minimum === 'number') return minimum
  if (amountClass === null) {
    const lengths = new Set(Object.values(minimum))
    return lengths.size === 1 ? [...lengths][0]! : null // the same for every class it is for
  }
  return minimum[amountClass] ?? { why: `${citation} 不適用於${amountClassTitles[amountClass]}` }
}

/** When the offices close for the day: a tender closing then, or later, has its last day counted. */
export const officeClosingTime = '17:30'

/** Null for office closing, else the cut-off's clock time of the closing day, HH:MM. */
export const cutoffTime = (cutoff: string | undefined): string | null => (cutoff === undefined || cutoff === 'office-closing' ? null : cutoff)

export type TenderClose = {
  /** Closing day before it was moved, and after; `outside` where the calendar does not reach. */
  last: number
  due: number
  /** False: the cut-off is before office closing, so that day does not count. */
  countsLastDay: boolean
}

/** The closing day in day numbers, 招標期限標準 §11. */
export function tenderClose(publication: number, days: number, cutoff: string | undefined, calendar: Calendar): TenderClose {
  const time = cutoffTime(cutoff)
  const countsLastDay = time === null || time >= officeClosingTime
  const last = publication + (countsLastDay ? days - 1 : days)
  let due = calendar.nextOpenNumber(last)
  while (due !== outside && stopsBefore(calendar, due, time)) due = calendar.nextOpenNumber(due + 1)
  return { last, due, countsLastDay }
}

// §11 IV: an office day on which work stops so that the cut-off is not reached. At noon the morning ends; an office that
// opens in the afternoon reaches a cut-off of the afternoon.
export function stopsBefore(calendar: Calendar, number: number, time: string | null): boolean {
  const half = calendar.halfClosures.get(number)?.half
  if (!half) return false
  const isMorning = time !== null && time <= '12:00'
  return half === 'morning' ? isMorning : !isMorning
}

/** A cut-off as `office-closing` or HH:MM; null when the text is neither. */
export function readCutoff(text: string): string | null {
  if (text === 'office-closing') return text
  const time = text.length === 4 ? `0${text}` : text
  return clockTime.test(time) ? time : null
}

const clockTime = /^([01]\d|2[0-3]):[0-5]\d$/
