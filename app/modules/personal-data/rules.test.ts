import { expect, test } from 'vitest'
import { day } from '../../core/time.ts'
import { refuseDecision, refuseExtension } from './rules.ts'
import type { RequestState } from './schema.ts'

const access: RequestState = { what: 'access', stage: 'received', extensionDays: null, dueOn: day('2026-03-17') }
const correct: RequestState = { ...access, what: 'correct' }

test.each<[string, RequestState, number, string, string | null]>([
  ['15 days for a copy', access, 15, '2026-03-17', null],
  ['not 16', access, 16, '2026-03-17', 'request.too-long'],
  ['30 days for a correction', correct, 30, '2026-03-10', null],
  ['not 31', correct, 31, '2026-03-10', 'request.too-long'],
  ['not none', access, 0, '2026-03-10', 'request.too-long'],
  ['once', { ...access, extensionDays: 5 }, 5, '2026-03-10', 'request.extended'],
  ['before it ends', access, 5, '2026-03-18', 'request.late'],
  ['not when answered', { ...access, stage: 'closed' }, 5, '2026-03-10', 'request.closed'],
])('個人資料保護法 §13: %s', (_, request, days, today, code) => expect(refuseExtension(request, days, day(today))?.code ?? null).toBe(code))

test('a refusal, whole or in part, gives its reasons', () => {
  expect(refuseDecision(access, 'granted', '')).toBeNull()
  expect(refuseDecision(access, 'partly', '')?.code).toBe('request.no-reasons')
  expect(refuseDecision(access, 'refused', '')?.code).toBe('request.no-reasons')
  expect(refuseDecision(access, 'refused', '非本人資料')).toBeNull()
  expect(refuseDecision({ ...access, stage: 'closed' }, 'granted', '')?.code).toBe('request.closed')
})
