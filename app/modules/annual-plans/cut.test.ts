import { expect, test } from 'vitest'
import { createTestDatabase } from '../../../test/support/database.ts'
import { makeUnit } from '../../../test/support/makers.ts'
import { byUnit, cutAt, readRows, writeRows } from '../../client/cut.ts'
import { decisionsAt, findRanked } from './cut.ts'
import { makeProposals } from './proposals-for-tests.ts'

const { db } = await createTestDatabase()
const unitIds = [await makeUnit(db, '工務處'), await makeUnit(db, '觀光處'), await makeUnit(db, '文化局')]
const round = await makeProposals(db, { year: 130, count: 2000, unitIds })
const ranked = await findRanked(db, round)

test('ties are in one order: score, then the unit\'s own order, then number; who was not scored comes last', () => {
  expect(ranked).toHaveLength(2000)
  const key = ({ score, priority, number }: (typeof ranked)[number]) => `${score === null ? '1' : '0'} ${String(100_000 - Math.round((score ?? 0) * 1000)).padStart(6, '0')} ${String(priority).padStart(3, '0')} ${number}`
  expect(ranked.map(({ number }) => number)).toEqual(ranked.toSorted((a, b) => (key(a) < key(b) ? -1 : 1)).map(({ number }) => number))
  expect(new Set(ranked.map(({ score }) => score)).size).toBeLessThan(50)
  expect(ranked.filter(({ pin }) => pin !== null).length).toBeGreaterThan(40)
})

test('what the browser computes from the page is what the server decides, under any ceiling', async () => {
  const rows = readRows(writeRows(ranked.map(({ twd, pin, unitId }) => ({ twd, pin, unit: unitIds.indexOf(unitId!) }))))
  const all = ranked.reduce((sum, { twd }) => sum + twd, 0)
  for (const ceiling of [0, 1, 100_000, all / 1000, all / 10, all / 3, all / 2, all * 0.9, all - 1, all].map(Math.floor)) {
    const shown = cutAt(rows, ceiling)
    const decided = await decisionsAt(db, round, ceiling)
    expect(decided.map(({ decision }) => decision === 'in'), String(ceiling)).toEqual(shown.within)
    expect([decided.filter(({ decision }) => decision === 'in').length, decided.reduce((sum, { twd, decision }) => (decision === 'in' ? sum + twd : sum), 0)]).toEqual([shown.count, shown.sumTwd])
    const units = byUnit(rows, shown.within, unitIds.length)
    expect([units.reduce((sum, { count }) => sum + count, 0), units.reduce((sum, { twd }) => sum + twd, 0), units.reduce((sum, { out }) => sum + out, 0)]).toEqual([shown.count, shown.sumTwd, 2000 - shown.count])
    // each one left out has a reason, as has each that the meeting put in or out over the order
    expect(decided.filter(({ decision, reason }, i) => !reason && (decision === 'out' || ranked[i]!.pin !== null))).toEqual([])
  }
})
