import { createHash } from 'node:crypto'
import { globSync, readFileSync } from 'node:fs'
import { sql } from 'kysely'
import { beforeAll, expect, test } from 'vitest'
import { makePetition } from '../../../test/support/makers.ts'
import { behindTheBack, createRecordDatabase } from '../../../test/support/record.ts'
import { modules } from '../../modules.ts'
import type { Db } from '../db.ts'
import { caseStateHashes } from './case-state.ts'
import { sealEvents } from './seal.ts'
import { verifyCaseStates } from './verify-cases.ts'

let db: Db
beforeAll(async () => {
  db = (await createRecordDatabase()).db
})

const at = new Date('2021-05-03T10:00:00+08:00')
const differences = async () => (await verifyCaseStates(db)).differences
const hashOf = async (id: number) => db.transaction().execute(async (tx) => (await caseStateHashes(tx, [id])).get(id)!)

/** As somebody with the database's own password, and put back. */
async function within<T>(change: string, look: () => Promise<T>): Promise<T> {
  await sql.raw(`create table kept as table petitions; create table kept_cases as table cases`).execute(db)
  try {
    await behindTheBack(db, sql.raw(change))
    return await look()
  } finally {
    await behindTheBack(db, sql.raw(`delete from petitions; insert into petitions table kept; drop table kept; delete from cases; insert into cases overriding system value table kept_cases; drop table kept_cases`))
  }
}

test('the bytes are the same in every version of PostgreSQL and in every setting of the session', async () => {
  await within(
    `insert into cases (id, kind, follow_no, number, title, stage, received_at, due_on, sys_from) overriding system value
       values (900001, 'petition', 'F900001', '陳110-900001', E'巷口路燈\n不亮「測試」', 'handling', '2021-05-03 10:00:00.123456+08', '2021-06-15', '2021-05-03 10:00:01+08');
     insert into petitions (id, channel, filed_at, category, sender_name, sys_from) values (900001, 'mayor-mail', '2021-05-03 10:00+08', '路燈號誌', '\\x0102', '2021-05-03 10:00:01+08');
     insert into windlion_history.case_dues (id, case_id, at, due_on, cause, sys_from, sys_to) values (1, 900001, '2021-05-03 10:00+08', '2021-06-14', 'received', '2021-05-03 10:00+08', '2021-05-04 10:00+08')`,
    async () => {
      const golden = await hashOf(900001)
      expect(golden.toString('hex')).toBe('03782f3e96c888a3118c69c287eaa867a0d64e0a920564c18abb9289e3dfbf311c')
      const other = await db.transaction().execute(async (tx) => {
        await sql`select set_config('datestyle', 'German', true), set_config('timezone', 'America/New_York', true), set_config('bytea_output', 'escape', true)`.execute(tx)
        return (await caseStateHashes(tx, [900001])).get(900001)!
      })
      expect(other.equals(golden)).toBe(true)
    },
  )
  await sql`delete from windlion_history.case_dues where case_id = 900001`.execute(db)
})

test('a column that came later changes nothing until it holds something', async () => {
  const { id } = await makePetition(db, at)
  const before = await hashOf(id)
  await sql`alter table petitions add column came_later text`.execute(db)
  expect((await hashOf(id)).equals(before)).toBe(true)
  await sql`update petitions set came_later = '' where id = ${id}`.execute(db)
  expect((await hashOf(id)).equals(before)).toBe(false)
  await sql`alter table petitions drop column came_later`.execute(db)
})

test('words cannot pass for another column', async () => {
  const { id } = await makePetition(db, at)
  const { title } = await db.selectFrom('cases').select('title').where('id', '=', id).executeTakeFirstOrThrow()
  const honest = await hashOf(id)
  // the township's line moved into the title, where it would stand if titles were told without their length
  const forged = await within(`update cases set title = '${title}' || E'\\ntownship 9 ' || '金城鎮' where id = ${id}`, () => hashOf(id))
  const moved = await within(`update cases set township = '金城鎮' where id = ${id}`, () => hashOf(id))
  expect(new Set([honest, forged, moved].map((hash) => hash.toString('hex'))).size).toBe(3)
})

test('a row beside a case of another kind is found: no proof covers it', async () => {
  const { id, number } = await makePetition(db, at)
  await sealEvents(db)
  expect(await differences()).toEqual([])
  await within(`update cases set kind = 'regulation' where id = ${id}`, async () => expect((await differences()).join()).toContain(`案件 ${number} 在 petitions 裡有不屬於它的資料列`))
  expect(await differences()).toEqual([])
})

test('seals of the earlier forms still prove, and still find what was changed', async () => {
  const { id, number } = await makePetition(db, at)
  await sealEvents(db)
  for (const form of ['salted', 'with history', 'rows alone']) {
    await sealAs(id, await earlierHash(id, form))
    expect(await differences(), form).toEqual([])
    await within(`update petitions set channel = '1999' where id = ${id}`, async () => expect((await differences()).join(), form).toContain(number))
  }
})

test('a seal that a later version made is named, not taken for a change', async () => {
  const { id, number } = await makePetition(db, at)
  await sealEvents(db)
  const now = await hashOf(id)
  await sealAs(id, Buffer.concat([Buffer.from([9]), now.subarray(1)]))
  expect(await differences()).toEqual([`案件 ${number} 的封存是較新版本的程式做的，這個版本不能查驗`])
  await sealAs(id, now)
  expect(await differences()).toEqual([])
})

async function sealAs(id: number, state: Buffer): Promise<void> {
  await behindTheBack(db, sql`update event_seals set state_hash = ${state} where event_id in (select id from events where case_id = ${id}) and state_hash is not null`)
}

/** Written apart from the code: the rows of six tables as jsonb, each on its line, then the same of their histories. */
async function earlierHash(id: number, form: string): Promise<Buffer> {
  const proved = (name: string) => `'${name}', encode(substr(t.${name}, 32, 32), 'hex')`
  const hashes = `'{name_hash,email_hash,phone_hash,follow_code_hash}'::text[]`
  const found = await sql<{ salt: string; cases: string; dues: string; petitions: string }>`select (select encode(salt, 'hex') from case_salts where case_id = ${id}) as salt,
    (select jsonb_agg(jsonb_strip_nulls(to_jsonb(t)))::text from cases t where id = ${id}) as cases,
    (select jsonb_agg(jsonb_strip_nulls(to_jsonb(t)) order by id)::text from case_dues t where case_id = ${id}) as dues,
    (select jsonb_agg(jsonb_strip_nulls(to_jsonb(t) - ${sql.raw(hashes)} || jsonb_build_object(${sql.raw(['sender_name', 'sender_email', 'sender_phone'].map(proved).join(', '))})))::text from petitions t where id = ${id}) as petitions`.execute(db)
  const { salt, cases, dues, petitions } = found.rows[0]!
  const [rows, history] = [[cases, dues, petitions, '', '', ''].join('\n'), '\n'.repeat(5)]
  const texts = { salted: ['case state 2', salt, rows, history], 'with history': ['rows and history', rows, history], 'rows alone': [rows] }[form]!
  return createHash('sha256').update(texts.join('\n')).digest()
}

/** Came before any county kept data. */
const beforeAnyData = ['advice_bookings.language', 'regulations.dropped_attachments']

test('a column that comes later to a case’s table is nullable and has no default: cases sealed before it stay as they were', () => {
  const tables = new Set(modules.flatMap((module) => Object.keys(module.caseTables ?? {})))
  const found = globSync('app/**/migrations/*.sql').flatMap((path) =>
    [...readFileSync(path, 'utf8').replace(/--.*$/gm, '').matchAll(/alter table\s+(?:windlion\.)?(\w+)\s+([^;]*)/g)].flatMap(([, table, clauses]) =>
      [...clauses!.matchAll(/add column(?: if not exists)?\s+(\w+)\s+((?:[^,()]|\([^()]*(?:\([^()]*\)[^()]*)*\))*)/g)].flatMap(([, column, type]) => (/not null|default/.test(type!) && tables.has(table!) ? [`${table}.${column}`] : []))))
  expect(tables.size).toBeGreaterThan(20)
  expect(found.toSorted()).toEqual(beforeAnyData)
})
