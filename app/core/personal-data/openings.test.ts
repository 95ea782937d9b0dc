import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { createTestDatabase } from '../../../test/support/database.ts'
import { makePerson, makePetition, makeUnit, useTestKeys } from '../../../test/support/makers.ts'
import { behindTheBack } from '../../../test/support/record.ts'
import { type Caller } from '../act.ts'
import { write } from '../db.ts'
import { ProofNeeded } from '../errors.ts'
import { dayOf } from '../time.ts'
import { verifyAll } from '../verify.ts'
import { recordOpening } from './openings.ts'
import './verify.ts'

const { db } = await createTestDatabase()

test('the data of the twenty-first case in an hour want a proof of who sits there; the same case again does not count', async () => {
  useTestKeys()
  const { person } = await makePerson(db, '陳示範', 'officer', await makeUnit(db, '養護科'))
  const cases: number[] = []
  for (let n = 0; n < 21; n += 1) cases.push((await makePetition(db, new Date())).id)
  const open = (caseId: number, proved: boolean, at = new Date()) => {
    const ctx = { person: person as NonNullable<Caller['person']>, onBehalfOf: null, proved, now: at, today: dayOf(at) }
    return write(db, (tx) => recordOpening(tx, ctx, { event: 'petition', caseId, purpose: '聯絡陳情人', fields: ['name'] }))
  }
  for (const caseId of cases.slice(0, 19)) await open(caseId, false)
  await open(cases[0]!, false)
  await open(cases[19]!, false)
  await expect(open(cases[20]!, false)).rejects.toThrow(ProofNeeded)
  await open(cases[20]!, true)
  await open(cases[20]!, false, new Date(Date.now() + 3_700_000)) // an hour later
})

test('an opening is never changed or taken away; one without its event, or an event without its opening, is found', async () => {
  const told = async () => (await verifyAll(db)).find(({ what }) => what === '個人資料開啟紀錄')!
  const before = await told()
  expect(before).toMatchObject({ differences: [] })
  expect(before.count).toBeGreaterThan(20)
  await expect(sql`delete from personal_data_reads`.execute(db)).rejects.toThrow('append-only')
  await expect(sql`update personal_data_reads set purpose = '別的'`.execute(db)).rejects.toThrow('append-only')
  const [taken] = (await sql<{ id: number }>`select min(id) as id from personal_data_reads`.execute(db)).rows
  await behindTheBack(db, sql`delete from personal_data_reads where id = ${taken!.id}`)
  expect((await told()).differences).toEqual([expect.stringContaining('開啟紀錄裡沒有')])
  await sql`insert into personal_data_reads (case_id, person_id, fields, purpose) select case_id, person_id, fields, purpose from personal_data_reads limit 1`.execute(db)
  expect((await told()).differences).toEqual([expect.stringContaining('沒有對應的事件'), expect.stringContaining('開啟紀錄裡沒有')])
})
