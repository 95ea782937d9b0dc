import { expect, test } from 'vitest'
import { addDays, day } from '../time.ts'
import { type IncidentAnswers, type IncidentAsset, incidentHours, incidentLevel, type IncidentSeverity, incidentTableOn, incidentTables } from './incident-levels.ts'

const of2021 = day('2025-03-01')
const of2026 = day('2026-03-01')
const grade = (on: typeof of2021, answers: IncidentAnswers): number | string | null => {
  const found = incidentLevel(on, answers)
  return found.kind === 'level' ? found.level : found.kind
}

test.each<[IncidentAsset, IncidentSeverity, number, number | string]>([
  ['non-core', 'minor', 1, 1], ['non-core', 'serious', 2, 2],
  ['core', 'minor', 2, 2], ['core', 'serious', 3, 3],
  ['core-critical', 'minor', 3, 3], ['core-critical', 'serious', 4, 4],
  ['official-secret', 'minor', 3, 3], ['official-secret', 'serious', 4, 4],
  ['sensitive', 'minor', 3, 'undetermined'], ['sensitive', 'serious', 4, 'undetermined'],
  ['state-secret', 'minor', 4, 4], ['state-secret', 'serious', 4, 4],
])('a leak or change of %s, %s, is level %s by the text of 2021 and %s by that of 2026', (of, severity, before, after) => {
  for (const aspect of ['confidentiality', 'integrity'] as const) {
    expect([grade(of2021, { [aspect]: { of, severity } }), grade(of2026, { [aspect]: { of, severity } })]).toEqual([before, after])
  }
})

test.each([
  ['business', 'non-core', 'within', 1, 'undetermined'], ['business', 'non-core', 'beyond', 2, 'undetermined'],
  ['business', 'core', 'within', 2, 'undetermined'], ['business', 'core', 'beyond', 3, 'undetermined'],
  ['business', 'core-critical', 'within', 3, 'undetermined'], ['business', 'core-critical', 'beyond', 4, 'undetermined'],
  ['system', 'non-core', 'within', 'undetermined', 1], ['system', 'non-core', 'beyond', 'undetermined', 2],
  ['system', 'core', 'within', 2, 2], ['system', 'core', 'beyond', 3, 3],
  ['system', 'core-critical', 'within', 3, 3], ['system', 'core-critical', 'beyond', 4, 4],
] as const)('a %s that is %s and recovered %s the tolerable time is level %s before 2026 and %s since', (subject, of, recovery, before, after) => {
  expect([grade(of2021, { availability: { subject, of, recovery } }), grade(of2026, { availability: { subject, of, recovery } })]).toEqual([before, after])
})

test('trap 12: the criteria change on the day the new text is in force', () => {
  const sensitive: IncidentAnswers = { confidentiality: { of: 'sensitive', severity: 'minor' } }
  expect([grade(day('2026-01-04'), sensitive), grade(day('2026-01-05'), sensitive)]).toEqual([3, 'undetermined'])
  expect([incidentTableOn(day('2021-08-22'))?.version, incidentTableOn(day('2021-08-23'))?.version]).toEqual([1, 2])
  expect(incidentTableOn(day('2018-12-31'))).toBeNull()
  expect(incidentLevel(day('2018-12-31'), sensitive)).toMatchObject({ because: expect.stringContaining('108/1/1') })
})

test('the gravest aspect decides, and each is told', () => {
  const found = incidentLevel(of2026, {
    confidentiality: { of: 'non-core', severity: 'minor' },
    availability: { subject: 'system', of: 'core', recovery: 'beyond' },
  })
  expect(found).toMatchObject({
    level: 3,
    hours: { review: 2, contain: 36, meeting: true },
    because: [
      '機密性：非核心業務資訊遭輕微洩漏，為第一級。',
      '可用性：未涉及關鍵基礎設施維運之核心資通系統之運作受影響或停頓，無法於可容忍中斷時間內回復，為第三級。',
    ],
  })
})

test('levels 1 and 2 leave 8 and 72 hours, levels 3 and 4 leave 2 and 36', () => {
  expect(([1, 2, 3, 4] as const).map((level) => [incidentHours(level).review, incidentHours(level).contain, incidentHours(level).meeting]))
    .toEqual([[8, 72, false], [8, 72, false], [2, 36, true], [2, 36, true]])
})

test('where nothing was affected there is no level', () => {
  expect(incidentLevel(of2026, {})).toMatchObject({ kind: 'level', level: null, hours: null })
})

test('the tables follow each other without a gap', () => {
  incidentTables.slice(1).forEach((table, i) => {
    expect(addDays(incidentTables[i]!.effectiveTo!, 1)).toBe(table.effectiveFrom)
  })
})
