import { sql } from 'kysely'
import { beforeAll, expect, test } from 'vitest'
import { createTestDatabase } from '../../../test/support/database.ts'
import type { Db } from '../../core/db.ts'
import type { JsonText } from '../../core/web/api.ts'
import { api } from './api.ts'
import { makeInHand, makeOffice, type Office, type Staff } from './office-for-tests.ts'

let db: Db
let office: Office
let name: string

beforeAll(async () => {
  db = (await createTestDatabase()).db
  office = await makeOffice(db)
  name = await makeInHand(db, office)
})

const ask = async (path: string, { person }: Staff, more: object) => {
  const route = api.find((one) => one.method === 'GET' && one.path === path)!
  const answer = (await route.handle({ db, publicDb: db, caller: { db, person }, person, params: {}, query: {}, body: null, ...more } as never)) as JsonText | null
  return answer && JSON.parse(answer.text)
}

test('the desk and the unit read a petition by 案號 and by follow number; another unit does not', async () => {
  for (const person of [office.clerk, office.officer]) {
    const found = await ask('/petitions/:name', person, { params: { name } })
    expect(found).toMatchObject({ number: name, unit: '養護科', clock: { rule: 'petition-30wd', dueOn: found.dueOn } })
    expect(found.clock.explanation[0]).toContain('人民陳情之答復：30 個工作日')
    expect((await ask('/petitions/:name', person, { params: { name: found.followNo } })).number).toBe(name)
  }
  expect(await ask('/petitions/:name', office.stranger, { params: { name } })).toBeNull()
})

test('a list has what the person may see', async () => {
  const { stage } = await ask('/petitions/:name', office.clerk, { params: { name } })
  const numbers = async (person: Staff) => (await ask('/petitions', person, { query: { unit: '養護科', stage } })).items.map((one: { number: string }) => one.number)
  expect(await numbers(office.clerk)).toEqual([name])
  expect(await numbers(office.officer)).toEqual([name])
  expect(await numbers(office.stranger)).toEqual([])
})

test('a search finds what lies behind many confidential cases', async () => {
  const found = async (person: Staff) => (await ask('/search', person, { query: { q: '路燈不亮' } })).items.length
  await sql`insert into case_texts (case_id, text) select id, '路燈不亮' from cases where number = ${name} on conflict (case_id) do update set text = excluded.text`.execute(db)
  expect(await found(office.clerk)).toBe(1)
  await sql`with made as (
      insert into cases (kind, follow_no, number, title, stage, unit_id, officer_id, received_at, registered_at, confidential)
      select kind, 'F' || n, 'N' || n, title, stage, unit_id, officer_id, received_at + n * interval '1 minute', registered_at, true from cases, generate_series(1, 70) n where number = ${name} returning id),
    detailed as (insert into petitions (id, channel, filed_at) select id, 'letter', now() from made)
    insert into case_texts (case_id, text) select id, '路燈不亮' from made`.execute(db)
  expect(await found(office.clerk)).toBe(1) // seventy newer ones are for named eyes only
  expect(await found(office.officer)).toBe(20)
})
