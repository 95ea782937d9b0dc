import { beforeAll, expect, test } from 'vitest'
import { createTestDatabase } from '../../../test/support/database.ts'
import { fenceWrites } from '../../core/db.ts'
import { valueOf } from '../../core/errors.ts'
import { allFigures } from '../../core/figures/registry.ts'
import { typeValue } from '../../core/reports/typed-values.ts'
import { day } from '../../core/time.ts'
import { catalogue } from './catalogue.ts'
import { change, makeLetter, makeReportOffice, type ReportOffice, startHalfYear } from './office-for-tests.ts'
import { reportJson } from './report-json.ts'

const { db } = await createTestDatabase()
const span = { from: day('2021-04-01'), to: day('2021-09-30'), statusOn: day('2021-10-31'), asOf: null }
let office: ReportOffice
beforeAll(async () => {
  office = await makeReportOffice(db)
})

const json = (asOf: Date | null = null) => reportJson(db, { ...span, asOf }, new Date(), '')

test('every figure of the contract and every counted one is there, of its kind and with its honest source', async () => {
  const { figures, period, statusOn, asOf, checkpoint } = await json()
  expect({ period, statusOn }).toEqual({ period: { from: '2021-04-01', to: '2021-09-30' }, statusOn: '2021-10-31' })
  expect(asOf).toMatch(/^\d{4}-\d\d-\d\dT.*\+08:00$/)
  expect(checkpoint).toBe(null) // nothing has happened yet
  expect(new Set(Object.keys(figures))).toEqual(new Set([...catalogue.map(({ id }) => id), ...allFigures().map(({ id }) => id)]))
  const counted = new Set(allFigures().map(({ id }) => id))
  for (const { id, kind, unit, contract } of catalogue) {
    const figure = figures[id]!
    expect(figure.source, id).toBe(counted.has(id) ? 'cases' : 'none')
    if (contract) expect(figure.kind, id).toBe(kind)
    if (figure.source === 'none') expect(figure, id).toEqual({ value: null, kind, unit, source: 'none', url: null })
  }
  expect(figures['datacentre.hosts']).toMatchObject({ value: null, kind: 'stock', source: 'none' })
})

test('of no petitions there are none, and no rate of them', async () => {
  const { figures } = await json()
  expect(figures['petitions.received']).toMatchObject({ value: 0, kind: 'flow', unit: '件' })
  expect(figures['petitions.closed_rate']).toMatchObject({ value: null, numerator: 0, denominator: 0 })
})

test('rates have four decimals with what they divide, and each number opens where it was counted', async () => {
  await makeLetter(db, office.units.works, '110/4/9 10:00', '110/4/20 10:00')
  await makeLetter(db, office.units.works, '110/5/9 10:00', '110/11/1 00:00')
  await makeLetter(db, office.units.works, '110/9/30 23:59', '110/10/31 23:59')
  const { figures } = await json()
  expect(figures['petitions.closed_rate']).toMatchObject({ value: 0.6667, numerator: 2, denominator: 3, kind: 'rate', unit: '' })
  expect(figures['petitions.closed']!.url).toMatch(/^\/console\/figures\/petitions\.closed\?from=2021-04-01&to=2021-09-30&statusOn=2021-10-31&asOf=/)
})

test('asked again for an instant, it answers the same to the letter, whatever came later', async () => {
  const asOf = await fenceWrites(db)
  const before = await json(asOf)
  expect(before.checkpoint).toMatch(/^\d+:[0-9a-f]{64}$/)
  const report = await startHalfYear(office)
  valueOf(await typeValue(office.editor, { report, figure: 'datacentre.hosts', value: '7', note: '收件簿' }))
  const { id } = await db.selectFrom('cases').select('id').orderBy('id').limit(1).executeTakeFirstOrThrow()
  await change(db, id, { received_at: new Date('2021-03-01T10:00+08:00') })
  expect(await json(asOf)).toEqual(before)
  const now = await json()
  expect(now.figures['petitions.received']!.value).toBe(2)
  expect(now.figures['datacentre.hosts']).toMatchObject({ value: 7, source: 'typed', typed: { by: '蔡彙編', note: '收件簿' }, url: null })
  expect(now.checkpoint).not.toBe(before.checkpoint)
})
