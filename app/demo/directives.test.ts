import { expect, test } from 'vitest'
import { addDays, type Day, day } from '../core/time.ts'
import { type DemoMeeting, makeDirectives } from './directives.ts'

const days = (from: string, count: number, every: number): Day[] => Array.from({ length: count }, (_, i) => addDays(day(from), i * every))
const meetings: DemoMeeting[] = [
  ...days('2020-06-02', 20, 14).map((heldOn, i) => ({ number: `會0-${i}`, body: '主管會報', heldOn })), ...days('2021-04-06', 10, 18).map((heldOn, i) => ({ number: `會1-${i}`, body: '主管會報', heldOn })),
  ...days('2021-11-02', 8, 14).map((heldOn, i) => ({ number: `會2-${i}`, body: '主管會報', heldOn })), ...days('2021-04-20', 7, 24).map((heldOn, i) => ({ number: `會3-${i}`, body: '縣務會議', heldOn })),
]

test('the reported half-year has 25 directives, 15 off the list on the status day, whatever else there is', () => {
  const rows = makeDirectives(meetings, day('2022-03-01'))
  expect(makeDirectives(meetings, day('2022-03-01'))).toEqual(rows)
  const held = new Map(meetings.map(({ number, heldOn }) => [number, heldOn]))
  const issued = rows.filter((row) => row['會議案號']!.startsWith('會1-'))
  expect(issued).toHaveLength(25)
  const off = issued.filter((row) => (row['會議決定'] ?? '').split('\n').some((line) => line.includes('解除列管') && held.get(line.split(' ')[0]!)! <= '2021-10-31'))
  expect(off).toHaveLength(15)
  expect(new Set(rows.map((row) => row['案號'])).size).toBe(rows.length)
  // a decision is always of a later meeting of the same body
  for (const row of rows) for (const line of (row['會議決定'] ?? '').split('\n').filter(Boolean)) expect(held.get(line.split(' ')[0]!)! > held.get(row['會議案號']!)!, line).toBe(true)
})
