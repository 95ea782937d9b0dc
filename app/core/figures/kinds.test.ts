import { sql } from 'kysely'
import { beforeAll, expect, test } from 'vitest'
import { createTestDatabase } from '../../../test/support/database.ts'
import { type Db, fenceWrites, read, write } from '../db.ts'
import { day, endOf, parseInstant, startOf } from '../time.ts'
import { countFigureCases, figureCases, figureSplit, figureValue } from './compute.ts'
import { type CaseSet, type FigureDefinition, type FigureSpan, holds, toldValue } from './figure.ts'
import { registerFigures } from './registry.ts'

const at = (text: string) => parseInstant(text)!
const span: FigureSpan = { from: day('2021-04-01'), to: day('2021-09-30'), statusOn: day('2021-10-31'), asOf: null }

/** Files of an invented kind: the title is an amount, the township a part, the stage says whether the office still works on it. */
const files: CaseSet = {
  name: 'files',
  casePath: (number) => `/${number}`,
  visibleTo: () => sql<boolean>`true`,
  cases: ({ from, to, statusOn }) => sql`
    select c.id as case_id, c.number, c.title, c.confidential, c.received_at, null::text as unit, null::text as unit_code, c.township, to_char(c.received_at at time zone 'Asia/Taipei', 'YYYY-MM') as month,
      null::text as channel, null::text as category, 'file' as kind, null::date as due_on, c.outcome, case when c.closed_at < ${endOf(statusOn)}::timestamptz then c.closed_at end as closed_at,
      c.merged_into, (c.registered_at at time zone 'Asia/Taipei')::date as met_on,
      c.received_at < ${startOf(from)}::timestamptz and (c.closed_at is null or c.closed_at >= ${startOf(from)}::timestamptz) as carried_in,
      c.received_at >= ${startOf(from)}::timestamptz and c.received_at < ${endOf(to)}::timestamptz as entered,
      coalesce(c.closed_at >= ${startOf(from)}::timestamptz and c.closed_at < ${endOf(to)}::timestamptz, false) as ended,
      c.received_at < ${endOf(to)}::timestamptz and (c.stage = 'open' or c.closed_at >= ${endOf(to)}::timestamptz) as carried_out
    from cases c where c.kind = 'file' and c.received_at < ${endOf(to)}::timestamptz`,
}
const base = { title: '', definition: '', unit: '件', set: files, public: false } as const
const inPeriod = sql<boolean>`entered and merged_into is null`
const sum: FigureDefinition = { ...base, id: 'files.twd', kind: 'flow', unit: '元', adds: 'sum', value: sql`nullif(title, '')::bigint`, where: inPeriod, splits: ['month'] }
const ratio: FigureDefinition = { ...base, id: 'files.rate', kind: 'rate', unit: '', adds: 'ratio', value: sql`case when township = 'north' then nullif(title, '')::bigint else 0 end`, over: sql`nullif(title, '')::bigint`, where: inPeriod, splits: ['township'] }
const lastMeeting: FigureDefinition = { ...base, id: 'files.met_on', kind: 'date', unit: '', adds: 'date', value: sql`met_on`, where: inPeriod, splits: ['month'] }
const breakdown: FigureDefinition = {
  ...base, id: 'files.by_place', kind: 'breakdown', adds: 'breakdown', part: sql`township`, where: inPeriod,
  parts: [{ key: 'north', label: '北區' }, { key: 'none', label: '空區' }, { key: 'south', label: '南區' }], splits: ['part', 'month'],
}
const balance: FigureDefinition = { ...base, id: 'files.balance', kind: 'balance', adds: 'balance', splits: ['part', 'month'] }

let db: Db
let known: Date
let serial = 0

type Some = { received: string; closed?: string; amount?: string; place?: string | null; met?: string; into?: number; stage?: string; recorded?: string }

const file = ({ received, closed, amount = '', place = null, met, into, stage, recorded }: Some): Promise<number> => write(db, async (tx) => {
  serial += 1
  const { id } = await tx.insertInto('cases').values({
    kind: 'file', follow_no: `F${serial}`, number: `檔110-${serial}`, title: amount, stage: stage ?? (closed ? 'closed' : 'open'), unit_id: null, officer_id: null, township: place,
    received_at: at(received), registered_at: met ? at(met) : null, due_on: null, closed_at: closed ? at(closed) : null, outcome: closed ? 'answered' : null, confidential: false,
    merged_into: into ?? null, previous_id: null, import_id: null, sys_from: at(recorded ?? received),
  }).returning('id').executeTakeFirstOrThrow()
  return id
})

beforeAll(async () => {
  db = (await createTestDatabase()).db
  await file({ received: '110-01-05', closed: '110-03-31 23:59:59.999', amount: '1' }) // before: neither carried in nor counted
  await file({ received: '110-03-31 23:59:59.999', amount: '2' }) // carried in and out
  await file({ received: '110-02-01', closed: '110-04-01 00:00', amount: '4' }) // carried in, ended on the first instant
  const first = await file({ received: '110-04-01 00:00', closed: '110-09-30 23:59:59.999', amount: '9700000000000', place: 'north', met: '110-05-01 10:00' })
  await file({ received: '110-09-30 23:59:59.999', closed: '110-10-01 00:00', amount: '1', place: 'south', met: '110-09-27 00:00' }) // ended after the period
  await file({ received: '110-06-01', amount: '', place: null }) // no amount, no place, no meeting
  await file({ received: '110-06-02', amount: '5', place: 'north', into: first, met: '110-12-01', closed: '110-06-03' }) // merged: not a case of its own
  await file({ received: '110-10-01 00:00', amount: '7', place: 'north' }) // after
  known = await fenceWrites(db)
})

const value = (figure: FigureDefinition, asOf: Date | null = null, from: Partial<FigureSpan> = {}) => read(db, (reader) => figureValue(reader, figure, { ...span, ...from, asOf }), asOf)
const list = (figure: FigureDefinition, key?: string | null) => read(db, (reader) => figureCases(reader, figure, span, key === undefined ? {} : { only: { by: 'part', key } }))

test('a sum is exact to the dollar and made of the amounts listed', async () => {
  expect(await value(sum)).toMatchObject({ value: 9_700_000_000_001, cases: 2, unit: '元' })
  expect((await list(sum)).map((row) => row.value)).toEqual([9_700_000_000_000, 1])
  expect((await read(db, (reader) => figureSplit(reader, sum, span, 'month'))).map((part) => [part.label, part.value])).toEqual([['2021-04', 9_700_000_000_000], ['2021-09', 1]])
})

test('a sum of nothing is nothing, and a sum that is no whole number is a fault', async () => {
  expect(await value(sum, null, { from: day('2020-01-01'), to: day('2020-03-31') })).toMatchObject({ value: 0, cases: 0 })
  await expect(value({ ...sum, value: sql`nullif(title, '')::numeric / 2` })).rejects.toThrow('files.twd')
})

test('a date is the latest day among its cases, an ISO day for programs', async () => {
  const found = await value(lastMeeting)
  expect(toldValue(found)).toBe('2021-09-27')
  expect(found.cases).toBe(2)
  expect((await list(lastMeeting)).map(({ value: number }) => toldValue({ value: number, kind: 'date' }))).toEqual(['2021-05-01', '2021-09-27'])
  expect(toldValue(await value(lastMeeting, null, { from: day('2020-01-01'), to: day('2020-03-31') }))).toBeNull()
})

test('a breakdown tells its parts in order, the empty one as 0, the blank last; they add up to its total', async () => {
  const found = await value(breakdown)
  expect(toldValue(found)).toEqual([{ key: 'north', label: '北區', value: 1 }, { key: 'none', label: '空區', value: 0 }, { key: 'south', label: '南區', value: 1 }, { key: '', label: '未填', value: 1 }])
  expect(found.value).toBe(found.parts!.reduce((all, part) => all + part.value!, 0))
  expect(await list(breakdown)).toHaveLength(found.value!)
  for (const part of found.parts!) expect(await list(breakdown, part.key)).toHaveLength(part.value!)
})

test('a breakdown of amounts adds them up by part', async () => {
  const found = await value({ ...breakdown, value: sum.value! })
  expect(found.value).toBe(9_700_000_000_001)
  expect(found.parts!.map((part) => part.value)).toEqual([9_700_000_000_000, 0, 1])
})

test('a balance that holds: carried in + entered − ended = carried out, each line opening to its cases', async () => {
  const found = await value(balance)
  expect(toldValue(found)).toEqual([
    { key: 'carried-in', label: '期初未結', value: 2 }, { key: 'entered', label: '新收', value: 4 }, { key: 'ended', label: '終結', value: 3 }, { key: 'carried-out', label: '期末未結', value: 3 },
  ])
  expect(found).toMatchObject({ value: 3, cases: 6 })
  expect(holds(found)).toBe(true)
  for (const part of found.parts!) expect(await list(balance, part.key)).toHaveLength(part.value!)
  expect(await read(db, (reader) => countFigureCases(reader, balance, span, {}))).toEqual({ all: 6, seen: 6 })
})

test('a balance that does not hold names the cases, even where two errors would cancel out', async () => {
  const lost = await file({ received: '110-07-01', stage: 'closed' }) // closed without a day: entered, never ended, not carried out
  const twice = await file({ received: '110-07-02', closed: '110-08-01', stage: 'open' }) // reopened without being entered again
  const found = await value(balance)
  const [carriedIn, entered, ended, carriedOut, unbalanced] = found.parts!.map((part) => part.value!)
  expect(carriedIn! + entered! - ended!).toBe(carriedOut!)
  expect(unbalanced).toBe(2)
  expect(holds(found)).toBe(false)
  expect((await list(balance, 'unbalanced')).map((row) => row.case_id)).toEqual([lost, twice])
})

test('as of an instant each of them is what it was then, whatever is entered late or corrected since', async () => {
  await file({ received: '110-05-05', amount: '100', place: 'south', met: '110-09-30', recorded: '111-01-01' })
  await write(db, (tx) => tx.updateTable('cases').set({ title: '3', township: 'north' }).where('title', '=', '1').where('township', '=', 'south').execute())
  expect((await value(sum)).value).toBe(9_700_000_000_103)
  const then = at('110-12-31 23:59')
  // the late one came in by a recorded time after that instant
  expect(toldValue(await value(lastMeeting, then))).toBe('2021-09-27')
  expect((await value(sum, known)).value).toBe(9_700_000_000_101)
  expect((await value(balance, then)).parts!.map((part) => part.value)).toEqual([2, 6, 4, 4, 2])
  expect((await value(balance)).parts!.map((part) => part.value)).toEqual([2, 7, 4, 5, 2])
})

test('a figure with parts of its own must say that it can be split by them', () => {
  expect(() => registerFigures([{ ...balance, splits: ['month'] }])).toThrow('files.balance')
  expect(() => registerFigures([{ ...sum, splits: ['part'] }])).toThrow('files.twd')
})

test('a ratio is one sum over the other, not a mean of rates; of nothing there is none', async () => {
  const whole = await figureValue(db, ratio, span)
  const all = (await figureValue(db, sum, span)).value!
  const north = (await figureValue(db, { ...sum, where: sql<boolean>`${inPeriod} and township = 'north'` }, span)).value!
  expect(whole).toMatchObject({ numerator: north, denominator: all, value: Math.round((north / all) * 10_000) / 10_000 })
  const parts = await figureSplit(db, ratio, span, 'township')
  expect(parts.reduce((total, { denominator }) => total + denominator!, 0)).toBe(all)
  expect(parts.find(({ key }) => key === 'south')).toMatchObject({ value: 0, numerator: 0 })
  const listed = await figureCases(db, ratio, span)
  expect(listed.reduce((total, { over }) => total + over!, 0)).toBe(all)
  expect((await figureValue(db, ratio, { ...span, from: day('2019-01-01'), to: day('2019-06-30') })).value).toBeNull()
})
