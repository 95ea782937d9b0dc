import { expect, test } from 'vitest'
import { addDays, day, isoMinute } from '../time.ts'
import { officeCalendar, withClosures } from './calendar.ts'
import { computeDeadline } from './compute.ts'
import type { DeadlineParams } from './rule.ts'

const closes = (rule: string, publishedOn: string, params: DeadlineParams = {}, calendar = officeCalendar): string => {
  const answer = computeDeadline(rule, day(publishedOn), params, calendar)
  return answer.kind !== 'due' ? `${answer.kind}: ${answer.because}` : answer.instant ? isoMinute(answer.instant) : answer.day
}
const told = (rule: string, publishedOn: string, params: DeadlineParams, calendar = officeCalendar): string => {
  const answer = computeDeadline(rule, day(publishedOn), params, calendar)
  return answer.kind === 'due' ? answer.explanation.join('\n') : answer.because
}
/** The days of tender time: from publication as day 1 to a closing day with the cut-off at office closing, where none is moved. */
const length = (rule: string, params: DeadlineParams): number | string => {
  const answer = computeDeadline(rule, day('2025-03-04'), params)
  return answer.kind === 'due' ? answer.calculation.length : answer.because
}
const officeClosing = { cutoff: 'office-closing' }

test('worked example 23: fourteen days with the cut-off at office closing', () => {
  for (const fact of [{ amountClass: '公告金額' }, { tenderDays: 14 }] as const) {
    expect(closes('tender-open', '2025-03-04', { ...fact, ...officeClosing })).toBe('2025-03-17')
  }
})

test('worked example 24: with a cut-off at ten the closing day does not count', () => {
  expect(closes('tender-open', '2025-03-04', { amountClass: '公告金額', cutoff: '10:00' })).toBe('2025-03-18T10:00+08:00')
})

test('worked example 25: a huge tender shortened by all three closes after the New Year holidays', () => {
  const all = { publicInspection: true, electronicDocuments: true, electronicBids: true }
  expect(closes('tender-open', '2024-01-22', { amountClass: '巨額', ...all, ...officeClosing })).toBe('2024-02-15')
  expect(closes('tender-open', '2024-01-22', { tenderDays: 28, ...all, ...officeClosing })).toBe('2024-02-15')
})

test('worked example 26: a typhoon on the closing day moves it to the next office day at the same time', () => {
  const closures = [day('2026-07-20'), day('2026-07-21')]
  expect(closes('tender-open', '2026-07-06', { tenderDays: 14, ...officeClosing, closures })).toBe('2026-07-22')
  expect(closes('tender-open', '2026-07-06', { tenderDays: 13, cutoff: '10:00', closures })).toBe('2026-07-22T10:00+08:00')
})

test('trap 3: publication day is day 1, and the closing day counts only if tenders close when the office does', () => {
  expect(closes('tender-open', '2025-03-03', { tenderDays: 8, ...officeClosing })).toBe('2025-03-10')
  expect(closes('tender-open', '2025-03-03', { tenderDays: 8, cutoff: '17:29' })).toBe('2025-03-11T17:29+08:00')
  expect(closes('tender-open', '2025-03-03', { tenderDays: 8, cutoff: '17:30' })).toBe('2025-03-10T17:30+08:00')
  expect(closes('tender-open', '2025-03-03', { tenderDays: 8 })).toBe('2025-03-10')
  expect(told('tender-open', '2025-03-03', { tenderDays: 8 })).toContain('未指定截止時間，以下班時間計')
})

test('a tender that ends on a rest day closes on the next office day, on a make-up Saturday it closes that day', () => {
  expect(closes('tender-open', '2025-03-08', { tenderDays: 14, ...officeClosing })).toBe('2025-03-21')
  expect(closes('tender-open', '2025-03-09', { tenderDays: 14, ...officeClosing })).toBe('2025-03-24') // ends on Saturday
  expect(closes('tender-open', '2023-01-22', { tenderDays: 14, ...officeClosing })).toBe('2023-02-04') // 112/2/4 is a make-up day
  expect(closes('tender-open', '2023-01-21', { tenderDays: 14, cutoff: '09:00' })).toBe('2023-02-04T09:00+08:00')
})

test('an office that stops at noon does not reach a cut-off in the afternoon, but one in the morning it did', () => {
  const afternoon = withClosures(officeCalendar, [{ day: day('2025-03-17'), name: '停止上班', half: 'afternoon' }])
  expect(closes('tender-open', '2025-03-04', { tenderDays: 14, ...officeClosing }, afternoon)).toBe('2025-03-18')
  expect(closes('tender-open', '2025-03-03', { tenderDays: 14, cutoff: '14:00' }, afternoon)).toBe('2025-03-18T14:00+08:00')
  expect(closes('tender-open', '2025-03-03', { tenderDays: 14, cutoff: '10:00' }, afternoon)).toBe('2025-03-17T10:00+08:00')
  const morning = withClosures(officeCalendar, [{ day: day('2025-03-17'), name: '停止上班', half: 'morning' }])
  expect(closes('tender-open', '2025-03-04', { tenderDays: 14, ...officeClosing }, morning)).toBe('2025-03-17')
  expect(closes('tender-open', '2025-03-03', { tenderDays: 14, cutoff: '10:00' }, morning)).toBe('2025-03-18T10:00+08:00')
  expect(told('tender-open', '2025-03-04', { tenderDays: 14, ...officeClosing }, afternoon)).toContain('截止日停止辦公（114/3/17 下午停止上班）')
})

test.each([
  ['tender-open', 7, 7, 14, 21, 28], ['tender-public-evaluation', 7, 7, 14, 21, 28], ['tender-selective-prequal', 7, 7, 10, 10, 14],
  ['tender-retender', 3, 3, 7, 7, 7], ['tender-later-stage', 7, 7, 7, 7, 7], ['tender-quotes', 5, 5, 5, 5, 5],
] as const)('%s takes at least %i, %i, %i, %i and %i days by class of amount', (rule, ...days) => {
  const classes = ['小額', '未達公告金額', '公告金額', '查核金額', '巨額'] as const
  const byClass = rule === 'tender-later-stage' || rule === 'tender-quotes' ? classes.map(() => ({})) : classes.map((amountClass) => ({ amountClass }))
  expect(byClass.map((params) => length(rule, params))).toEqual(days)
})

// Below the publication threshold inspection shortens nothing: seven days are fewer than its floor of ten.
const [view, documents, bids] = [{ publicInspection: true }, { electronicDocuments: true }, { electronicBids: true }]
test.each([
  ['未達公告金額', 7, 5, 5, 5, 5], ['公告金額', 10, 11, 12, 9, 5], ['查核金額', 16, 18, 19, 16, 11], ['巨額', 23, 25, 26, 23, 18],
] as const)('a tender of %s is shortened to %i, %i, %i, %i days, and by all to %i, never below a floor', (amountClass, ...days) => {
  const found = [view, documents, bids, { ...documents, ...bids }, { ...view, ...documents, ...bids }].map((facts) => length('tender-open', { amountClass, ...facts }))
  expect(found).toEqual(days)
})

test('each of the three ways of shortening is a rule of its own too', () => {
  expect(length('tender-reduce-view', { tenderDays: 28 })).toBe(23)
  expect(length('tender-reduce-view', { amountClass: '公告金額' })).toBe(10)
  expect(length('tender-reduce-eget', { amountClass: '公告金額' })).toBe(11)
  expect(length('tender-reduce-ebid', { tenderDays: 6 })).toBe(5)
  expect(length('tender-reduce-ebid', { amountClass: '公告金額', electronicDocuments: true })).toBe(9)
})

test('an urgent tender takes ten days whatever shortens it, and only from the publication threshold', () => {
  expect(length('tender-urgent', { amountClass: '巨額', electronicDocuments: true, electronicBids: true, publicInspection: true })).toBe(10)
  expect(length('tender-urgent', { amountClass: '公告金額', tenderDays: 12, electronicDocuments: true })).toBe(10)
  expect(length('tender-urgent', { amountClass: '公告金額', tenderDays: 9 })).toMatch(/等標期 9 日少於法定的 10 日（招標期限標準 §4-1）/)
  expect(length('tender-urgent', { amountClass: '未達公告金額' })).toMatch(/不適用於未達公告金額/)
  expect(closes('tender-urgent', '2009-08-30', { amountClass: '巨額' })).toMatch(/^undetermined: 98\/8\/30 沒有適用的/)
})

test('buying real estate takes ten days, a later round five', () => {
  expect(length('tender-public-evaluation', { clock: 'real-estate' })).toBe(10)
  expect(length('tender-public-evaluation', { clock: 'real-estate-later' })).toBe(5)
})

test('an agency may give more time, not less, and may extend it', () => {
  expect(length('tender-open', { amountClass: '公告金額', tenderDays: 20 })).toBe(20)
  expect(length('tender-open', { amountClass: '公告金額', tenderDays: 13 })).toMatch(/等標期 13 日少於法定的 14 日/)
  expect(length('tender-open', { amountClass: '公告金額', electronicDocuments: true, extensionDays: 4 })).toBe(15)
  expect(told('tender-open', '2025-03-04', { tenderDays: 14, extensionDays: 4 })).toContain('延長 4 日，為 18 日（招標期限標準 §7 I）')
})

test('without an amount or a length nothing is guessed', () => {
  expect(closes('tender-open', '2025-03-04')).toMatch(/^undetermined: .*amountClass/)
  expect(closes('tender-open', '2027-12-25', { tenderDays: 14 })).toMatch(/^undetermined: 辦公日曆/)
})

test('a changed document needs no more time if announced on the fifth day before closing', () => {
  expect(closes('tender-change', '2025-03-17')).toBe('2025-03-12')
})

test('trap 15: after a cancellation a shorter tender is possible for six months, after a failed one for three', () => {
  expect(closes('tender-retender-cancelled', '2025-03-05')).toBe('2025-09-05')
  expect(closes('tender-retender-failed', '2025-03-05')).toBe('2025-06-05')
})

test('over eleven years a tender never closes before its time, nor on a closed day', () => {
  for (let on = day('2017-01-01'); on < day('2027-11-01'); on = addDays(on, 1)) {
    for (const cutoff of ['office-closing', '10:00']) {
      const answer = computeDeadline('tender-open', on, { tenderDays: 14, cutoff })
      if (answer.kind !== 'due') throw new Error(answer.because)
      expect(officeCalendar.isOpen(answer.day)).toBe(true)
      expect(answer.unrolled).toBe(addDays(on, cutoff === '10:00' ? 14 : 13))
      expect(answer.day >= answer.unrolled).toBe(true)
    }
  }
})

test('the explanation reads as a procurement officer would write it', () => {
  expect(told('tender-open', '2024-01-22', { amountClass: '巨額', publicInspection: true, electronicDocuments: true, electronicBids: true, cutoff: '10:00' })).toBe(`公開招標之等標期：18 日。依據：招標期限標準 §2。
113年1月22日（一）刊登政府採購公報。
巨額之採購，等標期不得少於 28 日。
招標文件稿公開閱覽縮短 5 日，為 23 日（招標期限標準 §9 ①）。
電子領標縮短 3 日，為 20 日（招標期限標準 §9 ②）。
電子投標縮短 2 日，為 18 日（招標期限標準 §9 ③）。
公告（邀標）當日算作第 1 日（招標期限標準 §11 I）。
截止時間為當日 10:00，未達下班時間（17:30），截止日不算入（§11 II）：算滿 18 日之次日為 113年2月9日（五）。
截止日為休息日（113/2/9 農曆除夕、113/2/10 至 113/2/12 春節、113/2/13 至 113/2/14 補假），以次一辦公日之同一時間代之（招標期限標準 §11 III）：113年2月15日（四）。
截止：民國113年2月15日（星期四）10:00。
開標時間應為 113/2/15 或次一上班日 113/2/16（採購法施行細則 §49-1）。
適用條約或協定之採購，等標期依其規定（招標期限標準 §2 II、§9）。
依民國 106 年至 116 年的政府機關辦公日曆計算（第 1 版）。`)
})
