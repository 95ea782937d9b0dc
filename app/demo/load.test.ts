import { expect, test } from 'vitest'
import { sql } from 'kysely'
import { createTestDatabase } from '../../test/support/database.ts'
import { useTestKeys } from '../../test/support/makers.ts'
import { columnsWithTraces, personalStrings } from '../../test/support/personal-traces.ts'
import { read, write } from '../core/db.ts'
import { useDocumentFolder } from '../core/documents/store.ts'
import { saveSetting } from '../core/identity/settings.ts'
import { figureValue } from '../core/figures/compute.ts'
import { addDays, day } from '../core/time.ts'
import { modules } from '../modules.ts'
import { openJobs } from '../core/jobs/jobs.ts'
import { personalColumns } from '../core/personal-data/declare.ts'
import { verifyAll } from '../core/verify.ts'
import { declareModules } from '../start.ts'
import { loadDemonstration } from './load.ts'
import { testFolder } from '../../test/support/folder.ts'

const { db } = await createTestDatabase()
const half = await createTestDatabase()
useTestKeys()
useDocumentFolder(testFolder())
declareModules()
await openJobs(db)
await openJobs(half.db)
const now = new Date('2025-11-24T10:00+08:00')
const lines: string[] = []
await loadDemonstration(db, (line) => lines.push(line), now)

const mailboxes = sql`('mayor-mail', 'premier-mail', 'president-mail')`
async function counts(statusEnd: string, asOf: string | null) {
  return read(db, async (reader) => (await sql<{ received: number; closed: number }>`
    select count(*) as received, count(*) filter (where c.closed_at < ${new Date(statusEnd)}) as closed from cases c join petitions p on p.id = c.id
    where p.channel in ${mailboxes} and c.received_at >= '2021-04-01+08' and c.received_at < '2021-10-01+08'`.execute(reader)).rows[0]!, asOf ? new Date(asOf) : null)
}

test('what the first start loads is said in one line', () => {
  expect(lines).toEqual(['載入示範縣政府：單位、同仁、法規、列管計畫與各種案件'])
})

test('the reported half-year has 407 letters through the mailboxes, 405 of them closed a month later', async () => {
  expect(await counts('2021-11-01T00:00+08:00', null)).toEqual({ received: 407, closed: 405 })
  const { received, closed } = await counts('2021-10-01T00:00+08:00', null)
  expect(received).toBe(407)
  expect(closed).toBeGreaterThan(350)
  expect(closed).toBeLessThan(390)
})

test('asked as of earlier, the county is what was believed then', async () => {
  const now = await counts('2021-10-01T00:00+08:00', null)
  const inOctober = await counts('2021-10-01T00:00+08:00', '2021-10-01T00:00+08:00')
  expect(inOctober.received).toBeLessThan(now.received) // letters found late, one entered under another channel
  expect(inOctober.closed).not.toBe(now.closed)
  expect(await counts('2021-11-01T00:00+08:00', '2021-11-01T00:00+08:00')).toEqual({ received: 405, closed: 404 })
})

test('every sealed event, stage, number and row fits', async () => {
  for (const proof of await verifyAll(db)) expect(proof.differences, proof.what).toEqual([])
})

test('directives balance on every day of the demonstration years: what one day carries is what the next begins with', async () => {
  const balance = modules.flatMap(({ figures }) => figures ?? []).find(({ id }) => id === 'directives.balance')!
  let carried: number | null = null
  let most = 0
  for (let on = day('2021-01-01'); on <= '2022-12-31'; on = addDays(on, 1)) {
    const { parts } = await figureValue(db, balance, { from: on, to: on, statusOn: on, asOf: null })
    const line = (key: string) => parts!.find((part) => part.key === key)?.value ?? 0
    expect(parts!.some(({ key }) => key === 'unbalanced'), on).toBe(false)
    expect(line('carried-in') + line('entered') - line('ended'), on).toBe(line('carried-out'))
    if (carried !== null) expect(line('carried-in'), on).toBe(carried)
    carried = line('carried-out')
    most = Math.max(most, carried)
  }
  expect(most).toBeGreaterThan(10)
}, 60_000)

test('names, mail, telephones and addresses stand in declared columns only, and in sealed ones never in the clear', async () => {
  const strings = await personalStrings(db)
  expect(strings.size).toBeGreaterThan(1000)
  const plain = new Set(personalColumns().flatMap(({ table, column, field }) => (field.how === 'plain' ? [`windlion.${table}.${column}`, `windlion_history.${table}.${column}`] : [])))
  const found = await columnsWithTraces(db, strings)
  expect(found).toContain('windlion.people.name')
  expect(found.filter((column) => !plain.has(column)), 'declare these columns in the module’s personalData').toEqual([])
  await write(db, (tx) => saveSetting(tx, 'test.slip', { of: [...strings][0] }))
  expect(await columnsWithTraces(db, strings, 'settings')).toEqual(['windlion.settings.value'])
  await write(db, (tx) => tx.deleteFrom('settings').where('name', '=', 'test.slip').execute())
}, 60_000)

test('all sign-ins are there, and a second start changes nothing', async () => {
  const logins = (await db.selectFrom('people').select('login').execute()).map(({ login }) => login)
  expect(logins).toEqual(expect.arrayContaining(['clerk', 'officer', 'chief', 'head', 'control', 'law', 'editor', 'admin', 'head-a01', 'officer-t05']))
  const count = async () => (await sql<{ n: number }>`select count(*) as n from cases`.execute(db)).rows[0]!.n
  const before = await count()
  await loadDemonstration(db, () => {})
  expect(await count()).toBe(before)
})

test('a load that was broken off goes on at the next start', async () => {
  const stop = new Error('power cut')
  let imports = 0
  const broken = new Proxy(half.db, {
    get: (db, name, receiver) => {
      if (name === 'transaction' && imports++ === 6) throw stop
      const value = Reflect.get(db, name, receiver) as unknown
      return typeof value === 'function' ? (value as (...args: unknown[]) => unknown).bind(db) : value
    },
  })
  await expect(loadDemonstration(broken, () => {}, now)).rejects.toThrow(stop)
  await loadDemonstration(half.db, () => {}, new Date(now.getTime() + 86_400_000))
  const count = async (from: typeof db) => (await sql<{ n: number }>`select count(*) as n from cases`.execute(from)).rows[0]!.n
  expect(await count(half.db)).toBe(await count(db))
}, 120_000)

test('today there is work in every stage', async () => {
  const stages = await sql<{ stage: string; n: number }>`select stage, count(*) as n from cases where stage <> 'closed' group by 1`.execute(db)
  const by = new Map(stages.rows.map(({ stage, n }) => [stage, n]))
  for (const stage of ['received', 'dispatched', 'handling', 'approval']) expect(by.get(stage) ?? 0, stage).toBeGreaterThan(0)
  const mine = await sql<{ n: number }>`select count(*) as n from cases c join people p on p.id = c.officer_id where p.login = 'officer' and c.closed_at is null`.execute(db)
  expect(mine.rows[0]!.n).toBeGreaterThan(1)
})
