import { expect, test } from 'vitest'
import { createTestDatabase } from '../../../../test/support/database.ts'
import { write } from '../../../core/db.ts'
import { type Day, day } from '../../../core/time.ts'
import { makeOffice } from '../office-for-tests.ts'
import { findRegister } from './query.ts'

const { db } = await createTestDatabase()
const office = await makeOffice(db)

const bodyId = async (code: string) => (await db.selectFrom('meeting_bodies').select('id').where('code', '=', code).executeTakeFirstOrThrow()).id
async function held(code: string, number: string, on: string, approvedOn: string | null, outcome = 'held'): Promise<void> {
  const body = await bodyId(code)
  await write(db, async (tx) => {
    const at = new Date(`${on}T09:30+08:00`)
    const { id } = await tx.insertInto('cases').values({ kind: 'meeting', follow_no: `F${number}`, number, title: number, stage: 'closed', unit_id: office.units.planning, officer_id: null, township: null, received_at: at, registered_at: at, due_on: null, closed_at: at, outcome, merged_into: null, previous_id: null, import_id: null }).returning('id').executeTakeFirstOrThrow()
    await tx.insertInto('committee_meetings').values({ id, committee_id: null, sitting: null, held_on: on as Day, starts_at: '09:30', ends_at: null, place: '', chair: '縣長', invited_on: null, approved_on: approvedOn as Day | null }).execute()
    await tx.insertInto('meetings').values({ id, body_id: body } as never).execute()
  })
}

test('each standing body of a year has its meetings, and whose minutes are missing; what one may not see is not counted', async () => {
  await db.updateTable('meeting_bodies').set({ standing: true, minutes_due_days: 5 }).where('code', '=', 'relief').execute()
  await held('relief', '會110-000001', '2021-04-20', '2021-04-23')
  await held('relief', '會110-000002', '2021-06-08', null)
  await held('relief', '會110-000003', '2021-06-28', null)
  await held('relief', '會110-000004', '2021-05-04', null, 'cancelled')
  await held('relief', '會109-000001', '2020-06-08', null)
  const of = async (person = office.control.person, year = 2021, today = '2021-06-30') => (await findRegister(db, person, year, day(today))).find(({ code }) => code === 'relief')!
  expect(await of()).toMatchObject({ held: 3, confirmed: 1, lastOn: '2021-06-28', missing: [{ number: '會110-000002', heldOn: '2021-06-08' }] })
  expect(await of(office.control.person, 2021, '2021-07-04')).toMatchObject({ missing: [{ number: '會110-000002' }, { number: '會110-000003' }] })
  expect(await of(office.control.person, 2020)).toMatchObject({ held: 1 })
  expect(await of(office.curator.person)).toMatchObject({ held: 0, missing: [] })
  await db.updateTable('meeting_bodies').set({ valid_until: day('2020-12-31') }).where('code', '=', 'relief').execute()
  expect(await of()).toBeUndefined()
})
