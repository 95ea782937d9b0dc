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
