import { expect, test } from 'vitest'
import { findUnusual, type Judged } from './unusual.ts'

let id = 0
const opening = (at: string, more: Partial<Judged> = {}): Judged => ({ id: ++id, personId: 1, personName: '陳示範', caseId: id, at: new Date(`${at}+08:00`), foreign: false, ...more })
const weekdays = (day: string) => ![0, 6].includes(new Date(`${day}T00:00Z`).getUTCDay())
const whys = (openings: Judged[]) => findUnusual(openings, weekdays).map((one) => `${one.day} ${one.why} ${one.count}`)

test('openings of one’s own cases in office hours are not asked about', () => {
  expect(whys([opening('2026-03-02T09:00'), opening('2026-03-02T16:59'), opening('2026-03-03T07:00')])).toEqual([])
})

test('at night, early and on closed days', () => {
  expect(whys([opening('2026-03-02T06:59'), opening('2026-03-02T20:00')])).toEqual(['2026-03-02 在 7 時以前或 20 時以後打開 2'])
  expect(whys([opening('2026-03-01T10:00')])).toEqual(['2026-03-01 在不上班的日子打開 1'])
})

test('the twenty-first of a day, the fourth of one case, a case of another unit', () => {
  const many = Array.from({ length: 20 }, () => opening('2026-03-02T10:00'))
  expect(whys(many)).toEqual([])
  expect(whys([...many, opening('2026-03-02T11:00')])).toEqual(['2026-03-02 一天打開超過 20 次 21'])
  const same = Array.from({ length: 4 }, () => opening('2026-03-02T10:00', { caseId: 7 }))
  expect(whys(same.slice(1))).toEqual([])
  expect(whys(same)).toEqual(['2026-03-02 同一案件一天打開超過 3 次 4'])
  expect(whys([opening('2026-03-02T10:00', { foreign: true })])).toEqual(['2026-03-02 案件不是所屬單位主辦或協辦 1'])
})

test('each person and day by itself, the latest day first', () => {
  const found = findUnusual([opening('2026-03-01T10:00'), opening('2026-03-07T10:00', { personId: 2, personName: '林示範' })], weekdays)
  expect(found.map((one) => [one.day, one.personName])).toEqual([['2026-03-07', '林示範'], ['2026-03-01', '陳示範']])
})
