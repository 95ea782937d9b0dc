import { expect, test } from 'vitest'
import { day } from '../../core/time.ts'
import { judge as judgeBy, type LightRule, type MonthPoint, plannedOn } from './judge.ts'
import { refuseDrop, refuseRule } from './light-rules.ts'

const first: LightRule[] = [{ version: '108.1', from: day('2019-01-01'), yellow: 5, red: 10, source: '' }]
const judge = (plan: Parameters<typeof judgeBy>[0], points: readonly MonthPoint[], month: string, rules: readonly LightRule[] = first) => judgeBy(plan, points, month, rules)
const plan = { startOn: day('2021-01-01'), finishOn: day('2021-12-31'), finishedOn: null }
const point = (month: string, planned: number, actual: number | null = null, actualTwd: number | null = null): MonthPoint => ({ month, planned, plannedTwd: planned * 10_000, actual, actualTwd })
const points = (...actual: (number | null)[]) => [10, 20, 30, 40, 50, 60].map((planned, i) => point(`2021-0${i + 1}`, planned, actual[i] ?? null))

test.each([
  [60, 'on-track', 0], [60.0001, 'ahead', -0.0001], [55.0001, 'on-track', 4.9999], [55, 'behind', 5], [50.0001, 'behind', 9.9999], [50, 'severe', 10], [0, 'severe', 60],
] as const)('at 60 planned, %d actual is %s', (actual, state, slip) => {
  expect(judge(plan, points(10, 20, 30, 40, 50, actual), '2021-06')).toMatchObject({ state, slip })
})

test('without a report there is no light', () => {
  expect(judge(plan, points(10, 20), '2021-03')).toMatchObject({ state: 'unreported', explanation: ['110年3月沒有填報實際進度'] })
})

test('it says how many days the plan is ahead of the project', () => {
  const { slipDays, explanation } = judge(plan, points(10, 20, 30, 40, 50, 50), '2021-06')
  expect(slipDays).toBe(30)
  expect(explanation).toContain('目前的進度原定 110/5/31就要達到，落後 30 日')
  expect(judge(plan, points(10, 20, 30, 40, 50, 45), '2021-06').slipDays).toBe(45)
  expect(judge(plan, points(10, 20, 30, 40, 50, 60), '2021-06').slipDays).toBe(0)
})

test('past its last day and not finished it is red however little is missing; finished it is done, late or not', () => {
  const all = [...points(10, 20, 30, 40, 50, 60), point('2022-01', 100, 99.9)]
  expect(judge(plan, all, '2022-01')).toMatchObject({ state: 'severe', slipDays: 31 })
  expect(judge({ ...plan, finishOn: day('2022-01-31') }, all, '2022-01').state).toBe('on-track')
  expect(judge({ ...plan, finishedOn: day('2022-01-10') }, all, '2022-01')).toMatchObject({ state: 'done', slipDays: 10 })
  expect(judge({ ...plan, finishedOn: day('2022-02-01') }, all, '2022-01').state).toBe('severe')
})

test('it warns when last month’s slide would make the next month red, and not before', () => {
  expect(judge(plan, points(10, 20, 30, 40, 49, 54.5), '2021-06').warning).toContain('落後 10%')
  expect(judge(plan, points(10, 20, 30, 40, 49, 55), '2021-06').warning).toBeNull()
  expect(judge(plan, points(10, 20, 30, 40, 44, 54), '2021-06').warning).toBeNull()
})

test('the rule in force at the end of the month decides', () => {
  const rules: LightRule[] = [{ version: 'a', from: day('2019-01-01'), yellow: 5, red: 10, source: '' }, { version: 'b', from: day('2021-06-30'), yellow: 3, red: 6, source: '' }]
  const same = points(10, 20, 30, 40, 43, 53)
  expect([judge(plan, same, '2021-05', rules), judge(plan, same, '2021-06', rules)].map(({ state, rule }) => [rule, state])).toEqual([['a', 'behind'], ['b', 'severe']])
})

test('money behind the plan is what was to be spent less what was', () => {
  expect(judge(plan, [point('2021-01', 10, 10, 40_000)], '2021-01')).toMatchObject({ slipTwd: 60_000 })
})

test('the planned curve runs straight between the ends of months', () => {
  const curve = points()
  expect([plannedOn(plan, curve, day('2020-12-01')), plannedOn(plan, curve, day('2021-01-31')), plannedOn(plan, curve, day('2021-02-14')), plannedOn(plan, curve, day('2022-05-01'))]).toEqual([0, 10, 15, 100])
})

test.each([
  [{}, null], [{ yellow: 0 }, 'yellow'], [{ red: 3 }, 'red'], [{ version: '108.1' }, 'version'], [{ from: day('2021-06-30') }, 'from'], [{ from: day('2018-12-31') }, 'from'],
])('a version begins after the last month that was judged: %o', (more, field) => {
  expect(refuseRule({ version: '110.1', from: day('2021-07-01'), yellow: 3, red: 8, ...more }, first, '2021-06')?.field ?? null).toBe(field)
})

test('only the newest version that judged nothing can be taken back', () => {
  const two = [...first, { version: '110.1', from: day('2021-07-01'), yellow: 3, red: 8, source: '' }]
  expect([refuseDrop('110.1', two, '2021-06'), refuseDrop('110.1', two, '2021-07')?.code, refuseDrop('108.1', two, null)?.code, refuseDrop('108.1', first, null)?.code]).toEqual([null, 'light-rule.used', 'light-rule.not-last', 'light-rule.not-last'])
})
