import { expect, test } from 'vitest'
import { computeDeadline } from '../core/clocks/index.ts'
import { day } from '../core/time.ts'
import { makeAppeals } from './appeals.ts'

const all = makeAppeals()
const within = (on: string | undefined) => on !== undefined && on >= '2021-04-01' && on <= '2021-09-30'

test('the half-year of the report has seven filed, all pending, and seven decided that were filed before', () => {
  const filed = all.filter((row) => within(row['收件日期']))
  expect(filed).toHaveLength(7)
  expect(filed.every((row) => row['決定日期']! > '2021-10-31')).toBe(true)
  const decided = all.filter((row) => within(row['決定日期']))
  expect(decided.every((row) => row['收件日期']! < '2021-04-01')).toBe(true)
  expect(decided.map((row) => row['決定結果']).toSorted()).toEqual(['不受理', '撤銷', '撤銷、駁回', '駁回', '駁回', '駁回', '駁回'])
})

test('the same appeals come out each time, each decided within its time', () => {
  expect(makeAppeals()).toEqual(all)
  expect(all.length).toBeGreaterThan(70)
  for (const row of all.filter((one) => one['決定日期'])) {
    const due = computeDeadline('appeal-decision-3mo', day(row['收件日期']!), row['延長月數'] ? { extensionMonths: Number(row['延長月數']) } : {})
    expect(due.kind === 'due' && row['決定日期']! <= due.day, `${row['案號']} ${row['收件日期']} ${row['決定日期']}`).toBe(true)
  }
})
