import { expect, test } from 'vitest'
import { day } from '../../time.ts'
import { computeDeadline } from '../compute.ts'
import { due, type Example, told } from '../due-for-tests.ts'
import { judge } from '../judge.ts'

test.each<Example>([
  ['appeal-third-party', '2025-03-03', '2025-04-02'],
  ['appeal-third-party', '2025-03-03', '2025-03-10', { servedOn: day('2022-03-10') }], // the bar of three years comes first
  ['appeal-third-party', '2025-03-03', '2025-04-02', { servedOn: day('2024-03-10') }],
  ['appeal-restitution-10d', '2025-03-03', '2025-03-13'],
  ['appeal-restitution-10d', '2025-03-03', '2025-03-10', { missedOn: day('2024-03-08') }], // a year on is a Saturday
  ['appeal-supplement-30d', '2025-03-03', '2025-04-02'],
  ['appeal-supplement-30d', '2025-03-03', '2025-05-02', { residence: '金門縣', appealSeat: '臺北市' }],
  ['appeal-correction-20d', '2025-03-03', '2025-03-24'],
  ['appeal-correction-20d', '2025-03-03', '2025-04-02', { serviceKind: '寄存送達' }],
  ['appeal-notice-missing', '2024-02-29', '2025-03-03'], // from 3/1 a whole year ends on 2/28, a holiday
  ['appeal-succession-30d', '2025-03-03', '2025-04-02'],
  ['appeal-rehearing-30d', '2025-09-25', '2025-10-27'], // 10/25 光復節
  ['appeal-expert-cost-30d', '2025-04-01', '2025-05-01'],
  ['appeal-inaction-2mo', '2024-12-30', '2025-03-03'],
  ['appeal-inaction-2mo', '2024-12-31', '2025-04-30', { extensionMonths: 2 }],
  ['appeal-inaction-2mo', '2025-03-03', '2025-04-02', { days: 30 }],
  ['appeal-misfiled-10d', '2025-01-17', '2025-02-03'],
  ['appeal-agency-forward-10d', '2025-09-18', '2025-09-30'], // 9/28 教師節, 9/29 補假
  ['appeal-agency-reply-20d', '2024-09-20', '2024-10-11'],
  ['appeal-file-access-10d', '2025-09-26', '2025-10-07'], // 10/6 中秋
  ['appeal-service-15d', '2025-09-25', '2025-10-13'], // 10/10 國慶, weekend
  ['appeal-remand-period', '2025-03-03', '2025-05-02', { days: 60 }],
  ['appeal-decision-3mo', '2025-01-06', '2025-04-07'],
  ['appeal-decision-3mo', '2025-01-06', '2025-06-06', { extensionMonths: 2 }],
  ['appeal-decision-3mo', '2025-01-10', '2025-04-07', { firstReceived: day('2025-01-06') }], // whichever agency had it first
  ['appeal-decision-3mo', '2025-01-06', '2025-08-01', { resumedOn: day('2025-05-01') }], // §86: anew, not the rest
  ['appeal-decision-3mo', '2025-01-06', '2025-07-31', { correctedOn: day('2025-02-28'), extensionMonths: 2 }],
])('%s from %s ends on %s', (rule, trigger, on, params) => {
  expect(due(rule, trigger, params)).toBe(on)
})

test('internal duties keep the day before it was moved as a target', () => {
  expect(computeDeadline('appeal-misfiled-10d', day('2025-01-17'))).toMatchObject({ unrolled: '2025-01-27' })
  expect(computeDeadline('appeal-service-15d', day('2025-09-25'))).toMatchObject({ unrolled: '2025-10-10' })
})

test('an extension told after the period’s end holds nothing', () => {
  expect(due('appeal-inaction-2mo', '2025-01-06', { extensionMonths: 2, noticeSent: day('2025-03-06') })).toBe('2025-05-06')
  expect(due('appeal-inaction-2mo', '2025-01-06', { extensionMonths: 2, noticeSent: day('2025-03-07') })).toBe('2025-03-06')
  expect(told('appeal-inaction-2mo', '2025-01-06', { extensionMonths: 2, noticeSent: day('2025-03-07') })).toContain('不生展期之效力')
})

test('a representative at the seat leaves no travelling time', () => {
  const far = { residence: '臺北市', appealSeat: '金門縣' }
  expect(due('appeal-filing-30d', '2025-08-26', far)).toBe('2025-10-27')
  expect(due('appeal-filing-30d', '2025-08-26', { ...far, representativeAtSeat: true })).toBe('2025-09-25')
  expect(told('appeal-filing-30d', '2025-08-26', { ...far, representativeAtSeat: true })).toContain('訴願法 §16 I 但書')
})

test('the travelling time of appeals is never used before a court', () => {
  expect(due('appeal-litigation-2mo', '2024-12-30', { residence: '金門縣', appealSeat: '臺北市' })).toMatch(/^undetermined: .*司法院/)
  expect(told('appeal-litigation-2mo', '2024-12-30')).toContain('行政訴訟法 §89')
})

test('a remand without a period set is open, and a third extension month is refused', () => {
  expect(due('appeal-remand-period', '2025-03-03')).toMatch(/^open: /)
  expect(due('appeal-decision-3mo', '2025-01-06', { extensionMonths: 3 })).toMatch(/展期最長 2 個月/)
})

test('silence on an appeal opens the court', () => {
  expect(judge(computeDeadline('appeal-decision-3mo', day('2025-01-06')), null, day('2025-04-08'))).toMatchObject({ kind: 'lapsed', consequence: expect.stringContaining('逕提行政訴訟') })
})
