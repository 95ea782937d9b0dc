import { expect, test } from 'vitest'
import { createTestDatabase } from '../../../../test/support/database.ts'
import { valueOf } from '../../../core/errors.ts'
import { sealEvents } from '../../../core/events/seal.ts'
import { findCaseFile } from '../casepage/case-file.ts'
import { openPersonalData } from '../casepage/personal-data.ts'
import { makeDesk } from '../desk-for-tests.ts'
import { instant, makeInHand, makeOffice, stageOf, standIn } from '../office-for-tests.ts'
import { petitionPath } from '../paths.ts'
import { registerNew } from '../registration/register.ts'
import { decide } from './decide.ts'
import { saveDraft } from './draft.ts'
import { submitAnswer } from './submit.ts'

const { db } = await createTestDatabase()
const office = await makeOffice(db)
const forOfficer = await standIn(db, office.colleague, office.officer)
const forHead = await standIn(db, office.adminHead, office.head)
const forClerk = await standIn(db, office.stranger, office.clerk)

test('what deputies did is shown with both names: drafts, what was sent up, decisions, history, paper, record, openings, the answer itself', async () => {
  const name = await makeInHand(db, office, { sender: { name: '王示範', email: 'wang@example.org' } })
  valueOf(await openPersonalData(forOfficer, { name, reason: '查證事實' }))
  valueOf(await saveDraft(forOfficer, { name, text: '路燈已修復。', remedy: 'none' }))
  valueOf(await submitAnswer(forOfficer, { name }))
  expect(valueOf(await decide(forHead, { name, decision: 'approved' })).outcome).toBe('approved')
  const file = await findCaseFile(db, office.chief.person, name)
  expect(file.drafts.map(({ authorName }) => authorName)).toEqual(['李同仁（代陳承辦）'])
  expect(file.submissions.map(({ submitterName }) => submitterName)).toEqual(['李同仁（代陳承辦）'])
  expect(file.submissions[0]!.decisions[0]).toMatchObject({ personName: '許處長', onBehalfOfName: '張處長' })
  const { id } = await stageOf(db, name)
  const acts = await db.selectFrom('events').select(['kind', 'person_id', 'on_behalf_of']).where('case_id', '=', id).where('person_id', 'in', [forOfficer.person.id, forHead.person.id]).execute()
  expect(acts.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['petition.personal-data-opened', 'petition.drafted', 'petition.submitted', 'petition.closed', 'petition.told']))
  expect(acts.filter(({ on_behalf_of: absent }) => absent === null)).toEqual([])
  const mail = await db.selectFrom('mail_messages').select('text').where('case_id', '=', id).where('purpose', '=', 'petition.answer').executeTakeFirstOrThrow()
  expect(mail.text).toContain('核定：張處長（許處長代行）')

  await sealEvents(db)
  const chief = await (await makeDesk(db, () => instant('110/4/20 14:00'))).signIn(office.chief)
  for (const page of [undefined, 'print', 'proof']) {
    const { status, text } = await chief.open(petitionPath(name, page))
    expect([page, status]).toEqual([page, 200])
    for (const both of ['李同仁（代陳承辦）', '許處長（代張處長）']) expect(text, `${page} ${both}`).toContain(both)
  }
})

test('an act before there is a case names the absent colleague too, and one’s own post never does', async () => {
  const made = valueOf(await registerNew(forClerk, { channel: 'telephone', title: '菜市場前積水', body: '下雨後積水三天不退。', receivedAt: new Date(Date.now() - 3_600_000), readBackAt: new Date(), senderName: '王示範', answerBy: 'none' }))
  const registered = await db.selectFrom('events').select(['person_id', 'on_behalf_of']).where('case_id', '=', (await stageOf(db, made.number)).id).execute()
  expect(registered.filter(({ person_id: who }) => who !== null).map(({ on_behalf_of: absent }) => absent)).not.toContain(null)
  const name = await makeInHand(db, office)
  valueOf(await saveDraft(office.officer, { name, text: '自己擬的。', remedy: 'none' }))
  expect((await findCaseFile(db, office.chief.person, name)).drafts[0]!.authorName).toBe('陳承辦')
})
