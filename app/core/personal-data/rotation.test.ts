import { sql } from 'kysely'
import { beforeAll, beforeEach, expect, test } from 'vitest'
import { makePetition, useTestKeys } from '../../../test/support/makers.ts'
import { createEverydayDatabase, differencesIn } from '../../../test/support/record.ts'
import type { ActContext } from '../act.ts'
import { type Db, type Tx, write } from '../db.ts'
import { isRefusal, valueOf } from '../errors.ts'
import { sealEvents } from '../events/seal.ts'
import { isHashOf } from './hash.ts'
import { currentRing } from './keys.ts'
import { resealAll } from './reseal.ts'
import { retireKeys, rotateKeys } from './rotation.ts'
import { keyVersionOf, unseal } from './seal.ts'
import { keyUses } from './usage.ts'
import './verify.ts'

let db: Db // of the role in which the service works
beforeAll(async () => {
  db = (await createEverydayDatabase()).db
})
beforeEach(() => useTestKeys())

const at = new Date('2021-05-03T10:00:00+08:00')
const later = new Date('2021-05-06T10:00:00+08:00')
const differences = () => differencesIn(db)
const asOperator = <T>(run: (tx: Tx, ctx: ActContext) => Promise<T>, now = at) => write(db, (tx) => run(tx, { person: null, onBehalfOf: null, now, today: '2021-05-03' as never }))
const petition = (id: number) => db.selectFrom('petitions').selectAll().where('id', '=', id).executeTakeFirstOrThrow()

test('a new key: everything is sealed again, also what was believed before, and every proof still holds', async () => {
  const { id } = await makePetition(db, at)
  await write(db, async (tx) => {
    await tx.updateTable('petitions').set({ sender_phone: null, phone_hash: null }).where('id', '=', id).execute()
    await sql`insert into events (kind, happened_at, case_id) values ('petition.corrected', recorded_now(), ${id})`.execute(tx)
  })
  await sealEvents(db)
  expect(await differences()).toEqual([])
  const versions = async () => (await sql<{ n: number }>`select count(*) as n from windlion_history.petitions where id = ${id}`.execute(db)).rows[0]!.n
  const before = await versions()

  expect(valueOf(await asOperator(rotateKeys)).version).toBe(2)
  expect(isRefusal(await asOperator(retireKeys))).toBe(true) // too early
  expect(await resealAll(db)).toBeGreaterThan(4)
  const after = await petition(id)
  expect([keyVersionOf(after.sender_name!), unseal(after.sender_name), isHashOf(after.name_hash!, 'name', '王示範')]).toEqual([2, '王示範', true])
  expect(after.name_hash![0]).toBe(2)
  const past = await sql<{ sender_phone: Buffer; phone_hash: Buffer }>`select sender_phone, phone_hash from windlion_history.petitions where id = ${id} and sender_phone is not null`.execute(db)
  expect(past.rows.map((row) => [keyVersionOf(row.sender_phone), unseal(row.sender_phone), row.phone_hash[0]])).toEqual(past.rows.map(() => [2, '082-000-001', 2]))
  expect(past.rows.length).toBeGreaterThan(0)
  expect(await versions()).toBe(before) // another key is no new belief
  expect(await differences()).toEqual([])
  expect(await resealAll(db)).toBe(0)
  const told = await db.selectFrom('events').select(['kind', 'payload']).where('kind', 'like', 'personal-data.%').orderBy('id').execute()
  expect(told.map((event) => event.kind)).toEqual(['personal-data.key-rotated', 'personal-data.resealed'])
})

test('an old key goes only when nothing needs it: a follow code nobody can hash again keeps its hash key', async () => {
  const { id } = await makePetition(db, at, { followCode: 'ABCD2345' })
  valueOf(await asOperator(rotateKeys))
  valueOf(await asOperator((tx, ctx) => retireKeys(tx, ctx), later))
  expect(currentRing().keys.get(1)!.cipherKey).not.toBeNull()
  await resealAll(db)
  expect((await keyUses(db)).find((use) => use.version === 1)).toMatchObject({ sealed: 0, hashed: 1 })
  const retired = valueOf(await asOperator((tx, ctx) => retireKeys(tx, ctx), later))
  expect(retired).toContainEqual({ version: 1, parts: ['cipherKey'] })
  const row = await petition(id)
  expect([unseal(row.sender_name), isHashOf(row.follow_code_hash!, 'code', 'ABCD2345')]).toEqual(['王示範', true])
})

test('a value put in the place of another, or with another’s proof, is refused by the database and found by verify', async () => {
  const { id, number } = await makePetition(db, at)
  const other = await makePetition(db, at, { sender: { name: '李示範' } })
  await sealEvents(db)
  const { sender_name: own } = await petition(id)
  const { sender_name: foreign } = await petition(other.id)
  const place = (await sql<{ place: string }>`select ctid::text as place from petitions where id = ${id}`.execute(db)).rows[0]!.place
  await expect(sql`select windlion.reseal('windlion', 'petitions', 'sender_name', null, ${[place]}::text[]::tid[], ${[own]}::bytea[], ${[foreign]}::bytea[], null::bytea[])`.execute(db)).rejects.toThrow('keep its proof')
  const broken = Buffer.from(own!)
  broken[broken.length - 1]! ^= 1 // the proof beside it stays
  await sql`select windlion.reseal('windlion', 'petitions', 'sender_name', null, ${[place]}::text[]::tid[], ${[own]}::bytea[], ${[broken]}::bytea[], null::bytea[])`.execute(db)
  expect((await differences()).join()).toContain(`petitions.sender_name 第 ${id} 筆打不開`)
  expect((await differences()).join()).not.toContain(`案件 ${number}`)
})
