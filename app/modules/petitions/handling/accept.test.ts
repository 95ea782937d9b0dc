import { expect, test } from 'vitest'
import { NotAllowed, NotFound, valueOf } from '../../../core/errors.ts'
import { createTestDatabase } from '../../../../test/support/database.ts'
import { makePetition } from '../../../../test/support/makers.ts'
import { dispatchPetition } from '../dispatch/actions.ts'
import { at, codeOf, instant, makeInHand, makeOffice, stageOf } from '../office-for-tests.ts'
import { acceptPetition, handOver } from './accept.ts'

const { db } = await createTestDatabase()
const office = await makeOffice(db)

async function dispatched(unitId = office.units.roads, more: Parameters<typeof makePetition>[2] = {}): Promise<string> {
  const { number } = await makePetition(db, instant('110/4/12 10:00'), more)
  valueOf(await dispatchPetition(at(office.clerk, '110/4/12 11:00'), { name: number, unitId, jointUnitIds: [] }))
  return number
}

test('an officer of the unit signs for a case and works on it', async () => {
  const name = await dispatched()
  valueOf(await acceptPetition(at(office.officer, '110/4/13 09:00'), { name }))
  expect(await stageOf(db, name)).toMatchObject({ stage: 'handling', officer_id: office.officer.person.id, unit_id: office.units.roads })
})

test('a head gives a case of the bureau to an officer, whose section then leads', async () => {
  const name = await dispatched(office.units.works)
  valueOf(await acceptPetition(at(office.head, '110/4/13 09:00'), { name, officerId: office.officer.person.id }))
  expect(await stageOf(db, name)).toMatchObject({ stage: 'handling', officer_id: office.officer.person.id, unit_id: office.units.roads })
})

test('an officer does not choose for a colleague, and nobody from outside the unit is chosen', async () => {
  const name = await dispatched()
  expect(codeOf(await acceptPetition(at(office.officer, '110/4/13 09:00'), { name, officerId: office.colleague.person.id }))).toBe('petition.not-yours-to-assign')
  expect(codeOf(await acceptPetition(at(office.chief, '110/4/13 09:00'), { name, officerId: office.stranger.person.id }))).toBe('petition.no-such-officer')
})

test('a case is signed for once, and only after dispatch', async () => {
  const name = await dispatched()
  valueOf(await acceptPetition(at(office.officer, '110/4/13 09:00'), { name }))
  expect(codeOf(await acceptPetition(at(office.colleague, '110/4/13 09:01'), { name }))).toBe('petition.wrong-stage')
})

test('another unit does not find it; the desk sees it but does not sign for it', async () => {
  const name = await dispatched()
  await expect(acceptPetition(at(office.stranger, '110/4/13 09:00'), { name })).rejects.toThrow(NotFound)
  await expect(acceptPetition(at(office.clerk, '110/4/13 09:00'), { name })).rejects.toThrow(NotAllowed)
})

test('of a confidential case only chief and head know until they choose an officer', async () => {
  const name = await dispatched(office.units.roads, { confidential: true })
  await expect(acceptPetition(at(office.officer, '110/4/13 09:00'), { name })).rejects.toThrow(NotFound)
  valueOf(await acceptPetition(at(office.chief, '110/4/13 09:00'), { name, officerId: office.officer.person.id }))
  expect((await stageOf(db, name)).officer_id).toBe(office.officer.person.id)
})

test('a double click signs for it once', async () => {
  const name = await dispatched()
  const click = { name, _key: 'click-accept-1' }
  const both = await Promise.all([acceptPetition(at(office.officer, '110/4/13 09:00'), click), acceptPetition(at(office.officer, '110/4/13 09:00'), click)])
  expect(both.map(codeOf)).toEqual([null, null])
  const events = await db.selectFrom('events').select('id').where('kind', '=', 'petition.accepted').where('case_id', '=', (await stageOf(db, name)).id).execute()
  expect(events).toHaveLength(1)
})

test('an officer hands a case over to a colleague of the bureau, with the remark kept', async () => {
  const name = await makeInHand(db, office)
  valueOf(await handOver(at(office.officer, '110/4/14 09:00'), { name, officerId: office.colleague.person.id, note: '我下週出差' }))
  const row = await stageOf(db, name)
  expect(row).toMatchObject({ officer_id: office.colleague.person.id, stage: 'handling' })
  const notes = await db.selectFrom('petition_notes').select('text').where('case_id', '=', row.id).execute()
  expect(notes.map((note) => note.text)).toContain('我下週出差')
  const leads = await db.selectFrom('assignments').selectAll().where('case_id', '=', row.id).where('role', '=', 'lead').orderBy('id').execute()
  expect(leads.map((lead) => lead.ended_as)).toEqual(['accepted', 'handed-over', null])
})

test('nobody hands over a colleague’s case, nor one to another bureau or to the same officer', async () => {
  const name = await makeInHand(db, office)
  await expect(handOver(at(office.colleague, '110/4/14 09:00'), { name, officerId: office.colleague.person.id })).rejects.toThrow(NotAllowed)
  expect(codeOf(await handOver(at(office.officer, '110/4/14 09:00'), { name, officerId: office.stranger.person.id }))).toBe('petition.no-such-officer')
  expect(codeOf(await handOver(at(office.officer, '110/4/14 09:00'), { name, officerId: office.officer.person.id }))).toBe('petition.same-officer')
})
