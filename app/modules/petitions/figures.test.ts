import { sql } from 'kysely'
import { beforeAll, beforeEach, expect, test } from 'vitest'
import { createTestDatabase } from '../../../test/support/database.ts'
import { makePerson, makeUnit } from '../../../test/support/makers.ts'
import { type Db, fenceWrites, read, write } from '../../core/db.ts'
import { countFigureCases, figureCases, figureSplit, figureValue, figureValues } from '../../core/figures/compute.ts'
import { type FigureSpan, type SplitBy } from '../../core/figures/figure.ts'
import { grant } from '../../core/identity/permissions.ts'
import { day, endOf, parseInstant } from '../../core/time.ts'
import { figures } from './figures.ts'
import { permissions } from './permissions.ts'
import type { Channel, Outcome } from './schema.ts'

let db: Db
let works = 0
let culture = 0
let roads = 0
beforeAll(async () => {
  grant(permissions)
  db = (await createTestDatabase()).db
  works = await makeUnit(db, '工務處', { code: 'A02' })
  culture = await makeUnit(db, '文化局', { code: 'A10' })
  roads = await makeUnit(db, '養護科', { code: 'A0201', kind: 'section', parentId: works })
  // known since long before the cases below, as units of an import are
  await sql`alter table units disable trigger units_version`.execute(db)
  await sql`update units set sys_from = '2000-01-01'`.execute(db)
  await sql`alter table units enable trigger units_version`.execute(db)
})
beforeEach(async () => {
  for (const table of ['case_dues', 'petitions', 'cases']) {
    await sql`delete from ${sql.table(table)}`.execute(db)
    await sql`delete from ${sql.table(`windlion_history.${table}`)}`.execute(db)
  }
})

const at = (text: string) => parseInstant(text)!
const halfYear: FigureSpan = { from: day('2021-04-01'), to: day('2021-09-30'), statusOn: day('2021-10-31'), asOf: null }

type Some = {
  received?: string | null
  closed?: string
  outcome?: Outcome
  channel?: Channel
  unit?: number | null
  township?: string
  category?: string
  /** [from when, due day (null while paused)] */
  dues?: [string, string | null][]
  extendedAt?: string
  score?: number
  scoredAt?: string
  confidential?: boolean
  /** recorded when; absent: at receipt */
  recorded?: string
}

let serial = 0
async function petition(some: Some = {}): Promise<number> {
  serial += 1
  const receivedAt = some.received === null ? null : at(some.received ?? '110-06-01 10:00')
  const recorded = some.recorded ? at(some.recorded) : (receivedAt ?? new Date())
  return write(db, async (tx) => {
    const { id } = await tx
      .insertInto('cases')
      .values({
        kind: 'petition', follow_no: `F${serial}`, number: `陳110-${String(serial).padStart(6, '0')}`, title: `第 ${serial} 件`, stage: some.closed ? 'closed' : receivedAt ? 'handling' : 'unconfirmed',
        unit_id: some.unit === undefined ? roads : some.unit, officer_id: null, township: some.township ?? null, received_at: receivedAt, registered_at: receivedAt, due_on: null,
        closed_at: some.closed ? at(some.closed) : null, outcome: some.closed ? (some.outcome ?? 'answered') : null, confidential: some.confidential ?? false, merged_into: null, previous_id: null, import_id: null, sys_from: recorded,
      })
      .returning('id')
      .executeTakeFirstOrThrow()
    await sql`insert into petitions (id, channel, category, filed_at, extended_at, satisfaction, satisfied_at, sys_from)
      values (${id}, ${some.channel ?? 'mayor-mail'}, ${some.category ?? null}, ${recorded}, ${some.extendedAt ? at(some.extendedAt) : null}, ${some.score ?? null}, ${some.scoredAt ? at(some.scoredAt) : null}, ${recorded})`.execute(tx)
    for (const [from, dueOn] of some.dues ?? []) {
      await sql`insert into case_dues (case_id, at, due_on, cause, sys_from) values (${id}, ${at(from)}, ${dueOn}, ${dueOn ? 'received' : 'pause'}, ${recorded})`.execute(tx)
    }
    return id
  })
}

const find = (id: string) => figures.find((figure) => figure.id === `petitions.${id}`)!
const value = async (id: string, span: Partial<FigureSpan> = {}) => {
  const whole = { ...halfYear, ...span }
  return (await read(db, (reader) => figureValue(reader, find(id), whole), whole.asOf)).value
}
const split = async (id: string, by: SplitBy, span: Partial<FigureSpan> = {}) => {
  const whole = { ...halfYear, ...span }
  const parts = await read(db, (reader) => figureSplit(reader, find(id), whole, by), whole.asOf)
  return parts.map((part) => [part.label, part.value])
}
const list = async (id: string, span: Partial<FigureSpan> = {}) => {
  const whole = { ...halfYear, ...span }
  return read(db, (reader) => figureCases(reader, find(id), whole), whole.asOf)
}

test('a period holds its first instant and its last', async () => {
  await petition({ received: '110-03-31 23:59:59.999' })
  await petition({ received: '110-04-01 00:00' })
  await petition({ received: '110-09-30 23:59:59.999' })
  await petition({ received: '110-10-01 00:00' })
  expect(await value('received')).toBe(2)
  expect(await split('received', 'month')).toEqual([['2021-04', 1], ['2021-09', 1]])
})

test('what was closed on the last instant of the status day is closed, an instant later open', async () => {
  await petition({ closed: '110-10-31 23:59:59.999' })
  await petition({ closed: '110-11-01 00:00' })
  await petition({})
  expect(await value('closed')).toBe(1)
  expect(await value('closed_rate')).toBe(0.3333)
  expect(await value('open')).toBe(2)
  expect(await value('closed', { statusOn: day('2021-11-01') })).toBe(2)
})

test('closing and outcome after the status day do not show in the list', async () => {
  await petition({ closed: '110-11-01 09:00', extendedAt: '110-11-01 08:00', dues: [['110-06-01 10:00', '2021-07-15'], ['110-11-01 08:00', '2021-12-30']] })
  const [row] = await list('received')
  expect(row).toMatchObject({ closed_at: null, outcome: null, due_on: '2021-07-15' })
  expect(await value('extension_rate')).toBe(0)
})

test('the mailboxes are three, the channels seven', async () => {
  for (const channel of ['mayor-mail', 'premier-mail', 'president-mail', 'counter', 'telephone', 'letter', '1999'] as const) await petition({ channel })
  expect(await value('received')).toBe(3)
  expect(await value('received_all')).toBe(7)
  expect(await split('received_all', 'channel')).toEqual([['縣長電子信箱', 1], ['院長電子信箱', 1], ['總統信箱', 1], ['臨櫃', 1], ['電話', 1], ['書面', 1], ['1999', 1]])
})

test('however it was closed, it is closed', async () => {
  for (const outcome of ['answered', 'merged', 'transferred', 'no-action', 'withdrawn', 'other-procedure'] as const) await petition({ closed: '110-06-20 09:00', outcome })
  expect(await value('closed')).toBe(6)
  expect((await list('closed')).map((row) => row.outcome)).toEqual(['答復', '併案', '移轉', '不予處理', '撤回', '轉其他程序'])
})

test('a filing that nobody confirmed never counts', async () => {
  await petition({ received: null })
  expect(await value('received_all')).toBe(0)
  expect(await value('open')).toBe(0)
})

test('of nothing there is no rate', async () => {
  expect(await read(db, (reader) => figureValues(reader, figures, halfYear))).toMatchObject({
    'petitions.received': { value: 0 },
    'petitions.closed_rate': { value: null, numerator: 0, denominator: 0 },
    'petitions.days_median': { value: null },
    'petitions.satisfaction': { value: null },
  })
})

test('closed on the due day is on time, the day after is late', async () => {
  const dues: Some['dues'] = [['110-06-01 10:00', '2021-07-14']]
  await petition({ closed: '110-07-14 23:59:59.999', dues })
  await petition({ closed: '110-07-15 00:00', dues })
  await petition({ dues }) // open: not judged by this figure
  const found = await read(db, (reader) => figureValue(reader, find('on_time_rate'), halfYear))
  expect(found).toMatchObject({ value: 0.5, numerator: 1, denominator: 2 })
})

test('an extension counts for what was closed after it was granted', async () => {
  await petition({ closed: '110-08-10 09:00', dues: [['110-06-01 10:00', '2021-07-14'], ['110-07-10 09:00', '2021-08-25']], extendedAt: '110-07-10 09:00' })
  expect(await value('on_time_rate')).toBe(1)
  expect(await value('extension_rate')).toBe(1)
})

test('a due day that cannot be told is neither kept nor missed, a paused clock is not missed', async () => {
  await petition({ closed: '110-08-10 09:00' })
  expect(await value('on_time_rate')).toBeNull()
  await petition({ closed: '110-08-10 09:00', dues: [['110-06-01 10:00', '2021-07-14'], ['110-07-10 09:00', null]] })
  expect(await value('on_time_rate')).toBe(1)
})

test('overdue is what was open and past the due day that held on the status day', async () => {
  const first: [string, string] = ['110-06-01 10:00', '2021-10-30']
  await petition({ dues: [first] })
  await petition({ dues: [['110-06-01 10:00', '2021-10-31']] }) // due on the status day itself
  await petition({ dues: [first, ['110-10-31 23:59:59.999', '2021-11-30']] }) // extended on the status day
  await petition({ dues: [first, ['110-11-01 00:00', '2021-11-30']] }) // extended too late to rescue it
  await petition({ dues: [first, ['110-10-20 09:00', null]] }) // paused
  await petition({ dues: [first], closed: '110-10-31 12:00' })
  await petition({ dues: [first], closed: '110-11-05 12:00' }) // closed later: was open then
  await petition({ dues: [['109-01-02 10:00', '2020-03-01']], received: '109-01-02 10:00' }) // carried in from long before
  expect((await list('overdue')).map((row) => Number(row.number.slice(-6)) - serial + 8)).toEqual([8, 1, 4, 7])
  expect(await value('overdue')).toBe(4)
  expect(await value('open')).toBe(7)
  expect(await split('open', 'month')).toEqual([['2020-01', 1], ['2021-06', 6]])
})

test('working days start the day after receipt and skip holidays', async () => {
  await petition({ received: '110-06-01 10:00', closed: '110-06-01 17:00' }) // same day: 0
  await petition({ received: '110-06-01 10:00', closed: '110-06-04 17:00' }) // Tuesday to Friday: 3
  await petition({ received: '110-06-11 10:00', closed: '110-06-15 09:00' }) // the 12th to 14th are Dragon Boat: 1
  await petition({ received: '110-06-05 10:00', closed: '110-06-06 09:00' }) // within a weekend: 0
  expect((await list('days_median')).map((row) => row.value).toSorted()).toEqual([0, 0, 1, 3])
  expect(await value('days_median')).toBe(0.5)
  expect(await value('days_p90')).toBe(3)
})

test('nine tenths is the smallest value that nine of ten do not exceed', async () => {
  // June 2021 from the 1st: working days 1, 2, 3 (2–4), 4–8 (7–11), 9–12 (15–18)
  const days = ['110-06-02', '110-06-03', '110-06-04', '110-06-07', '110-06-08', '110-06-09', '110-06-10', '110-06-11', '110-06-15', '110-06-16']
  for (const closed of days) await petition({ closed })
  expect(await value('days_median')).toBe(5.5)
  expect(await value('days_p90')).toBe(9)
})

test('satisfaction counts the scores given by the status day', async () => {
  await petition({ closed: '110-07-01', score: 5, scoredAt: '110-07-02' })
  await petition({ closed: '110-07-01', score: 4, scoredAt: '110-07-02' })
  await petition({ closed: '110-07-01', score: 4, scoredAt: '110-10-31 23:59' })
  await petition({ closed: '110-07-01', score: 1, scoredAt: '110-11-01' })
  await petition({ closed: '110-07-01' })
  expect(await read(db, (reader) => figureValue(reader, find('satisfaction'), halfYear))).toMatchObject({ value: 4.3333, numerator: 13, denominator: 3 })
  expect(await value('satisfaction_answers')).toBe(3)
})

test('parts add up, blank ones are named, and units appear as their bureau in the order of the office', async () => {
  await petition({ unit: culture, township: '烏坵鄉', category: '其他' })
  await petition({ unit: roads, township: '金城鎮', category: '道路交通' })
  await petition({ unit: works, township: '縣外' })
  await petition({ unit: null, channel: 'counter' })
  expect(await split('received_all', 'unit')).toEqual([['工務處', 2], ['文化局', 1], ['未填', 1]])
  expect(await split('received_all', 'township')).toEqual([['金城鎮', 1], ['烏坵鄉', 1], ['縣外', 1], ['未填', 1]])
  expect(await split('received_all', 'category')).toEqual([['道路交通', 1], ['其他', 1], ['未填', 2]])
  expect(await split('received_all', 'kind')).toEqual([['人民陳情', 4]])
  const counts = figures.filter((figure) => figure.adds === 'count')
  for (const figure of counts) {
    for (const by of figure.splits) {
      const parts = await split(figure.id.slice(10), by)
      expect(parts.reduce((sum, [, part]) => sum + (part as number), 0), `${figure.id} by ${by}`).toBe(await value(figure.id.slice(10)))
    }
  }
})

test('the list is as long as the figure, or its denominator', async () => {
  await petition({ closed: '110-06-20', dues: [['110-06-01', '2021-07-14']], score: 3, scoredAt: '110-06-21' })
  await petition({ closed: '110-08-20', dues: [['110-06-01', '2021-07-14']] })
  await petition({ channel: 'telephone', dues: [['110-06-01', '2021-07-14']] })
  for (const figure of figures) {
    const rows = await list(figure.id.slice(10))
    const found = await read(db, (reader) => figureValue(reader, figure, halfYear))
    if (figure.adds === 'count') expect(rows.length, figure.id).toBe(found.value)
    if (figure.adds === 'share' || figure.adds === 'mean') expect(rows.length, figure.id).toBe(found.denominator)
    const { all } = await read(db, (reader) => countFigureCases(reader, figure, halfYear, {}))
    expect(all, figure.id).toBe(rows.length)
  }
})

test('what was registered late is not known before', async () => {
  await petition({ received: '110-09-28 10:00', recorded: '110-10-05 09:00' })
  expect(await value('received', { asOf: at('110-10-05 08:59:59') })).toBe(0)
  expect(await value('received', { asOf: at('110-10-05 09:00') })).toBe(1)
  expect(await value('open', { asOf: at('110-10-05 08:59:59') })).toBe(0)
})

test('a figure for an earlier instant stays, whatever was corrected since', async () => {
  const id = await petition({ closed: '110-07-10 10:00', township: '金城鎮', dues: [['110-06-01', '2021-07-14']] })
  const other = await petition({ closed: '110-07-10 10:00', township: '金城鎮', dues: [['110-06-01', '2021-07-14']] })
  const before = await fenceWrites(db)
  await write(db, async (tx) => {
    await tx.updateTable('cases').set({ closed_at: null, outcome: null, township: '金湖鎮', unit_id: culture }).where('id', '=', id).execute()
    await tx.updateTable('petitions').set({ channel: 'telephone' }).where('id', '=', id).execute()
    await sql`delete from case_dues where case_id = ${other}`.execute(tx)
    await sql`insert into case_dues (case_id, at, due_on, cause) values (${other}, ${at('110-06-01')}, '2021-07-01', 'corrected')`.execute(tx)
  })
  expect([await value('received'), await value('closed'), await value('open'), await value('on_time_rate')]).toEqual([1, 1, 1, 0])
  expect(await split('received_all', 'unit')).toEqual([['工務處', 1], ['文化局', 1]])
  const then = { asOf: before }
  expect([await value('received', then), await value('closed', then), await value('open', then), await value('on_time_rate', then)]).toEqual([2, 2, 0, 1])
  expect(await split('received_all', 'township', then)).toEqual([['金城鎮', 2]])
  expect(await split('received_all', 'unit', then)).toEqual([['工務處', 2]])
})

test('a case reopened counts as open again, and as closed for the instant before', async () => {
  const id = await petition({ closed: '110-07-10 10:00', outcome: 'merged' })
  const before = await fenceWrites(db)
  await write(db, (tx) => tx.updateTable('cases').set({ closed_at: null, outcome: null, stage: 'handling' }).where('id', '=', id).execute())
  expect([await value('closed'), await value('open')]).toEqual([0, 1])
  expect([await value('closed', { asOf: before }), await value('open', { asOf: before })]).toEqual([1, 0])
})

test('a unit renamed or moved is called as the office then called it', async () => {
  await petition({ unit: roads })
  const before = await fenceWrites(db)
  await write(db, (tx) => tx.updateTable('units').set({ name: '建設處' }).where('id', '=', works).execute())
  const renamed = await fenceWrites(db)
  await write(db, (tx) => tx.updateTable('units').set({ bureau_id: culture }).where('id', '=', roads).execute())
  expect(await split('received', 'unit')).toEqual([['文化局', 1]])
  expect(await split('received', 'unit', { asOf: renamed })).toEqual([['建設處', 1]])
  expect(await split('received', 'unit', { asOf: before })).toEqual([['工務處', 1]])
  await write(db, async (tx) => {
    await tx.updateTable('units').set({ name: '工務處' }).where('id', '=', works).execute()
    await tx.updateTable('units').set({ bureau_id: works }).where('id', '=', roads).execute()
  })
})

test('the zone of the process changes nothing', async () => {
  await petition({ received: '110-04-01 00:00', closed: '110-10-31 23:59:59.999', dues: [['110-04-01', '2021-10-31']] })
  await petition({ received: '110-09-30 23:59:59.999' })
  const count = async () => [await value('received'), await value('closed'), await value('on_time_rate'), await split('received', 'month'), await value('days_median')]
  const here = await count()
  const zone = process.env.TZ
  try {
    for (const other of ['UTC', 'America/Los_Angeles', 'Pacific/Kiritimati']) {
      process.env.TZ = other
      expect(await count()).toEqual(here)
      const elsewhere = await db.transaction().execute(async (tx) => {
        await sql`set local timezone = ${sql.lit(other)}`.execute(tx)
        return figureSplit(tx, find('received'), halfYear, 'month')
      })
      expect(elsewhere.map((part) => [part.label, part.value])).toEqual([['2021-04', 1], ['2021-09', 1]])
    }
  } finally {
    process.env.TZ = zone
  }
})

test('a list shows what its reader may see, and says how many there are', async () => {
  const officer = await makePerson(db, '陳示範', 'officer', culture)
  await petition({ unit: culture })
  await petition({ unit: culture, confidential: true })
  await petition({ unit: roads })
  const found = await read(db, async (reader) => ({
    counts: await countFigureCases(reader, find('received'), halfYear, { seenBy: officer.person }),
    rows: await figureCases(reader, find('received'), halfYear, { seenBy: officer.person }),
    part: await figureCases(reader, find('received'), halfYear, { only: { by: 'unit', key: '工務處' } }),
  }))
  expect(found.counts).toEqual({ all: 3, seen: 1 })
  expect(found.rows.map((row) => row.unit)).toEqual(['文化局'])
  expect(found.part.map((row) => row.unit)).toEqual(['工務處'])
})

test('a list is paged by key and loses nothing where instants are the same', async () => {
  for (let n = 0; n < 5; n += 1) await petition({ received: '110-06-01 10:00' })
  await petition({ received: '110-05-01 10:00' })
  const seen: number[] = []
  let after: { receivedAt: Date; caseId: number } | undefined
  for (;;) {
    const page = await read(db, (reader) => figureCases(reader, find('received'), halfYear, { limit: 2, after }))
    if (!page.length) break
    seen.push(...page.map((row) => row.case_id))
    after = { receivedAt: page.at(-1)!.received_at, caseId: page.at(-1)!.case_id }
  }
  expect(seen).toEqual((await list('received')).map((row) => row.case_id))
  expect(new Set(seen).size).toBe(6)
  expect(endOf(halfYear.to) > after!.receivedAt).toBe(true)
})
