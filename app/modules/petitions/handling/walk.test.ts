import { expect, test } from 'vitest'
import { valueOf } from '../../../core/errors.ts'
import { createTestDatabase } from '../../../../test/support/database.ts'
import { makePetition } from '../../../../test/support/makers.ts'
import { dispatchPetition } from '../dispatch/actions.ts'
import { at, instant, makeOffice, stageOf } from '../office-for-tests.ts'
import { acceptPetition } from './accept.ts'
import { decide } from './decide.ts'
import { saveDraft } from './draft.ts'
import { submitAnswer } from './submit.ts'

const { db } = await createTestDatabase()
const office = await makeOffice(db)

test('a petition goes from the desk through officer, chief and head to an answer that is mailed, and closes', async () => {
  const { number } = await makePetition(db, instant('110/4/12 10:00'), { sender: { name: '王示範', email: 'wang@example.org' } })
  valueOf(await dispatchPetition(at(office.clerk, '110/4/12 11:00'), { name: number, unitId: office.units.works, jointUnitIds: [] }))
  valueOf(await acceptPetition(at(office.head, '110/4/13 09:00'), { name: number, officerId: office.officer.person.id }))
  valueOf(await saveDraft(at(office.officer, '110/4/14 09:00'), { name: number, text: '路燈已於 4 月 13 日修復，謝謝您告訴我們。', remedy: 'none' }))
  valueOf(await submitAnswer(at(office.officer, '110/4/14 10:00'), { name: number }))
  expect((await stageOf(db, number)).stage).toBe('approval')
  expect(valueOf(await decide(at(office.chief, '110/4/14 11:00'), { name: number, decision: 'approved' })).outcome).toBe('passed-on')
  expect(valueOf(await decide(at(office.head, '110/4/14 12:00'), { name: number, decision: 'approved' })).outcome).toBe('approved')

  const closed = await stageOf(db, number)
  expect(closed).toMatchObject({ stage: 'closed', outcome: 'answered' })
  const mail = await db.selectFrom('mail_messages').selectAll().where('case_id', '=', closed.id).where('purpose', '=', 'petition.answer').executeTakeFirstOrThrow()
  expect(mail.text).toContain('路燈已於 4 月 13 日修復')
  const events = await db.selectFrom('events').select('kind').where('case_id', '=', closed.id).orderBy('id').execute()
  expect(events.map((event) => event.kind)).toEqual([
    'petition.filed', 'petition.registered', 'petition.dispatched', 'petition.accepted', 'petition.drafted', 'petition.submitted',
    'petition.step-approved', 'petition.approved', 'petition.closed', 'petition.told',
  ])
})
