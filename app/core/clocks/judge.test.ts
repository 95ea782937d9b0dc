import { expect, test } from 'vitest'
import { day, parseInstant } from '../time.ts'
import { computeDeadline } from './compute.ts'
import { judge } from './judge.ts'

const petition = computeDeadline('petition-30wd', day('2025-01-02')) // due 2025-02-19
const report = computeDeadline('cyber-report-1h', parseInstant('2026-02-16 23:30')!)

test('the whole due day counts', () => {
  expect(judge(petition, null, day('2025-02-18'))).toEqual({ kind: 'running', dueOn: '2025-02-19' })
  expect(judge(petition, null, parseInstant('2025-02-19 23:59:59')!).kind).toBe('running')
  expect(judge(petition, null, parseInstant('2025-02-20 00:00')!)).toMatchObject({ kind: 'lapsed', dueOn: '2025-02-19', metOn: null })
})

test('what was done on the due day is met, a day later it lapsed', () => {
  expect(judge(petition, day('2025-02-19'), day('2026-01-01'))).toEqual({ kind: 'met', on: '2025-02-19' })
  expect(judge(petition, parseInstant('2025-02-19 23:30')!, day('2026-01-01')).kind).toBe('met')
  expect(judge(petition, day('2025-02-20'), day('2026-01-01'))).toEqual({
    kind: 'lapsed', dueOn: '2025-02-19', metOn: '2025-02-20', consequence: '列入逾期清單並稽催；對陳情人不生法律效果',
  })
})

test('where hours count the minute decides', () => {
  expect(judge(report, parseInstant('2026-02-17 00:30')!, day('2026-03-01')).kind).toBe('met')
  expect(judge(report, parseInstant('2026-02-17 00:31')!, day('2026-03-01')).kind).toBe('lapsed')
  expect(judge(report, null, day('2026-02-16')).kind).toBe('running')
})

test('a clock that stands still or is open stays so until it is met', () => {
  const paused = computeDeadline('petition-30wd', day('2025-01-02'), { pauses: [{ from: day('2025-01-10') }] })
  expect(judge(paused, null, day('2026-01-01')).kind).toBe('paused')
  expect(judge(paused, day('2025-01-15'), day('2026-01-01'))).toEqual({ kind: 'met', on: '2025-01-15' })
  expect(judge(computeDeadline('petition-30wd', day('2040-01-01')), day('2040-01-02'), day('2040-01-03')).kind).toBe('undetermined')
})
