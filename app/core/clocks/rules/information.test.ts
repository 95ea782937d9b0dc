import { expect, test } from 'vitest'
import { day } from '../../time.ts'
import { due, type Example, told } from '../due-for-tests.ts'

test.each<Example>([
  ['foi-correct-7d', '2026-02-09', '2026-02-23'],
  ['foi-correct-7d', '2025-03-03', '2025-03-10', { serviceKind: '寄存送達' }], // APA: no ten days
  ['foi-decide-15d', '2025-09-15', '2025-09-30'],
  ['foi-decide-15d', '2025-03-03', '2025-04-02', { extensionDays: 15 }],
  ['foi-third-party-10d', '2025-09-18', '2025-09-30'],
  ['foi-third-party-10d', '2025-03-03', '2025-04-02', { serviceKind: '公示送達' }],
  ['foi-amend-30d', '2025-03-03', '2025-04-02'],
  ['foi-amend-30d', '2025-03-03', '2025-05-02', { extensionDays: 30 }],
  ['archive-correct-7d', '2025-03-03', '2025-03-10'],
  ['archive-decide-30d', '2021-09-21', '2021-10-21'],
  ['archive-decide-30d', '2021-09-21', '2021-11-01', { correctedOn: day('2021-10-01') }], // 10/31 is a Sunday
  ['archive-catalog-6mo', '2024-12-31', '2025-06-30'],
  ['archive-clean-1y', '2024-06-10', '2025-06-10'],
  ['apa-file-access', '2024-12-30', '2025-03-03'],
  ['apa-file-access', '2025-03-03', '2025-03-17', { days: 14 }],
  ['pdp-access-15d', '2025-03-03', '2025-03-18'],
  ['pdp-access-15d', '2025-03-03', '2025-04-02', { extensionDays: 15 }],
  ['pdp-correct-30d', '2025-03-03', '2025-05-02', { extensionDays: 30 }],
])('%s from %s ends on %s', (rule, trigger, on, params) => {
  expect(due(rule, trigger, params)).toBe(on)
})

test.each([['foi-decide-15d', 16], ['foi-amend-30d', 31], ['pdp-access-15d', 16], ['pdp-correct-30d', 31]])('%s is not extended by %i days', (rule, extensionDays) => {
  expect(due(rule, '2025-03-03', { extensionDays })).toMatch(/^undetermined: 展期最長/)
})

test('files have no extension, and the request to inspect a pending file none that came late', () => {
  expect(due('archive-decide-30d', '2025-03-03', { extensionDays: 1 })).toMatch(/用不到參數 extensionDays/)
  expect(due('apa-file-access', '2025-01-06', { extensionMonths: 2, noticeSent: day('2025-03-07') })).toBe('2025-03-06')
})

test('the report of a personal-data breach is a draft and off; telling the persons has no number of days', () => {
  expect(due('pdp-breach-report', '2026-03-03 10:00')).toMatch(/^undetermined: .*草案/)
  expect(due('pdp-breach-notify', '2026-03-03')).toMatch(/^open: /)
  expect(told('pdp-access-15d', '2025-03-03')).toContain('個人資料保護法 §13 I')
})
