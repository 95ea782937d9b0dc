import { expect, test } from 'vitest'
import { createTestDatabase } from '../../../../test/support/database.ts'
import { connect, write } from '../../../core/db.ts'
import { type Day, day } from '../../../core/time.ts'
import { makeOffice } from '../office-for-tests.ts'
import { findPublicRegister } from './public.tsx'
import { findRegister } from './query.ts'

const { db, url } = await createTestDatabase()
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

test('a committee whose meetings are kept elsewhere stands in it too, with the meetings that one may see there', async () => {
  await write(db, async (tx) => {
    const at = new Date('2021-05-06T09:30+08:00')
    const { id } = await tx.insertInto('cases').values({ kind: 'appeal-meeting', follow_no: 'F訴會', number: '訴會110-000001', title: '110/5/6 訴願審議委員會會議', stage: 'closed', unit_id: office.units.admin, officer_id: null, township: null, received_at: at, registered_at: at, due_on: null, closed_at: at, outcome: 'held', merged_into: null, previous_id: null, import_id: null }).returning('id').executeTakeFirstOrThrow()
    await tx.insertInto('committee_meetings').values({ id, committee_id: null, sitting: null, held_on: day('2021-05-06'), starts_at: '09:30', ends_at: null, place: '', chair: '主任委員', invited_on: null, approved_on: null }).execute()
  })
  const of = async (person = office.law.person) => (await findRegister(db, person, 2021, day('2021-06-30'))).filter(({ caseKind }) => caseKind !== 'meeting')
  expect((await of()).map(({ name, held, missing }) => [name, held, missing.length])).toEqual([['法規審查會', 0, 0], ['訴願審議委員會', 1, 1], ['國家賠償審議委員會', 0, 0], ['消費爭議調解委員會', 0, 0]])
  expect((await of(office.curator.person)).map(({ held }) => held)).toEqual([0, 0, 0, 0])
})

test('everybody sees which minutes of a public body are out and which are missing; of an internal one only what was released', async () => {
  await db.updateTable('meeting_bodies').set({ publication: 'published', minutes_due_days: 7 }).where('code', '=', 'advisers').execute()
  const out = async (number: string, code: string, withdrawnAt: Date | null = null) => {
    const { id } = await db.selectFrom('cases').select('id').where('number', '=', number).executeTakeFirstOrThrow()
    await db.insertInto('meeting_publications').values({ meeting_id: id, number, body: code, body_code: code, title: number, held_on: day('2021-03-02'), chair: '縣長', text: '紀錄', reason: '政策', person_id: null, published_at: new Date(), withdrawn_at: withdrawnAt, withdrawn_reason: withdrawnAt && '更正後再公開' }).execute()
  }
  await held('advisers', '會110-000011', '2021-03-02', '2021-03-05')
  await held('advisers', '會110-000012', '2021-05-11', '2021-05-14')
  await held('advisers', '會110-000013', '2021-06-29', null)
  await held('advisers', '會110-000014', '2021-04-06', '2021-04-09')
  await held('executive', '會110-000015', '2021-05-04', '2021-05-07')
  await held('executive', '會110-000016', '2021-05-25', '2021-05-28')
  await out('會110-000011', 'advisers')
  await out('會110-000014', 'advisers', new Date())
  await out('會110-000015', 'executive')
  const open = connect(url, { max: 1, role: 'windlion_public' })
  const bodies = await findPublicRegister(open.db, 2021, day('2021-06-30'))
  const of = (code: string) => bodies.find((body) => body.code === code)!.meetings.map(({ heldOn, number, missing, withdrawn }) => [heldOn, number, missing ? 'missing' : withdrawn ? 'withdrawn' : number ? 'public' : 'to come'])
  expect(of('advisers')).toEqual([['2021-03-02', '會110-000011', 'public'], ['2021-04-06', null, 'withdrawn'], ['2021-05-11', null, 'missing'], ['2021-06-29', null, 'to come']])
  expect(of('executive')).toEqual([['2021-05-04', '會110-000015', 'public']])
  expect((await findRegister(db, office.control.person, 2021, day('2021-06-30'))).find(({ code }) => code === 'advisers')).toMatchObject({ held: 4, published: 1 })
  await open.close()
})
