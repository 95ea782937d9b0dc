import { expect, test } from 'vitest'
import { parseText } from '../core/laws/parse-text.ts'
import { makeRegulations } from './regulations.ts'

const all = makeRegulations()
const inPeriod = all.filter(({ promulgatedOn }) => promulgatedOn >= '2021-04-01' && promulgatedOn <= '2021-09-30')
const count = (isAdministrative: boolean, ...changes: string[]) => new Set(inPeriod.filter(({ instrument, change }) => (instrument === '行政規則') === isAdministrative && changes.includes(change)).map(({ name }) => name)).size

test('the half-year of the report has three enacted, five amended, 26 administrative rules', () => {
  expect([count(false, '制定', '訂定'), count(false, '修正'), count(true, '訂定', '修正')]).toEqual([3, 5, 26])
})

test('the same regulations come out each time, and every text can be read', () => {
  expect(makeRegulations()).toEqual(all)
  for (const { text, name, change } of all) if (change !== '廢止') expect({ name, problems: parseText(text, name).problems }).toEqual({ name, problems: [] })
})
