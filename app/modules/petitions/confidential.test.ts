import { expect, test } from 'vitest'
import { sql } from 'kysely'
import { NotFound, valueOf } from '../../core/errors.ts'
import { write } from '../../core/db.ts'
import { createTestDatabase } from '../../../test/support/database.ts'
import { makePetition } from '../../../test/support/makers.ts'
import { findCaseFile } from './casepage/case-file.ts'
import { makeDesk } from './desk-for-tests.ts'
import { dispatchPetition } from './dispatch/actions.ts'
import { acceptPetition } from './handling/accept.ts'
import { decide } from './handling/decide.ts'
import { saveDraft } from './handling/draft.ts'
import { findSendings } from './handling/sendings.ts'
import { submitAnswer } from './handling/submit.ts'
import { listInbox } from './mail/inbox-queries.ts'
import { tellStaff } from './notify.ts'
import { at, codeOf, instant, makeOffice, type Staff, standIn } from './office-for-tests.ts'
import { petitionPath, sendingsPath } from './paths.ts'
import { confidePetition } from './registration/confide.ts'
import { endReaderOf, nameReaderOf } from './registration/readers.ts'
import { sees } from './visible.ts'

const { db } = await createTestDatabase()
const office = await makeOffice(db)
const desk = await makeDesk(db, () => instant('110/4/15 09:00'))
const everyone = ['clerk', 'control', 'adminHead', 'officer', 'colleague', 'chief', 'head', 'stranger', 'environmentHead'] as const
const on = <S extends Staff>(who: S) => at(who, '110/4/14 10:00')

async function whoSees(caseId: number): Promise<string[]> {
  const seen = await Promise.all(everyone.map(async (name) => ((await sees(db, office[name].person, caseId)) ? name : null)))
  return seen.filter((name) => name !== null)
}

const made = await makePetition(db, instant('110/4/12 10:00'), { title: '檢舉某人不法', confidential: true })
const name = made.number

test('a confidential case is seen by those whose turn it is, by name from the moment somebody works on it', async () => {
  expect(await whoSees(made.id)).toEqual(['clerk'])
  valueOf(await dispatchPetition(on(office.clerk), { name, unitId: office.units.roads, jointUnitIds: [] }))
  expect(await whoSees(made.id)).toEqual(['chief', 'head'])
  valueOf(await acceptPetition(on(office.chief), { name, officerId: office.officer.person.id }))
  expect(await whoSees(made.id)).toEqual(['officer'])
})

test('an officer names one more, with the reason; without being named nobody finds it, and a name can be taken back', async () => {
  await expect(nameReaderOf(on(office.clerk), { name, login: office.clerk.person.login, reason: '協助' })).rejects.toThrow(NotFound)
  expect(codeOf(await nameReaderOf(on(office.officer), { name, login: 'nobody', reason: '協助' }))).toBe('petition.no-such-person')
  expect(codeOf(await nameReaderOf(on(office.officer), { name, login: office.stranger.person.login, reason: '' }))).toBe('input.invalid')
  valueOf(await nameReaderOf(on(office.officer), { name, login: office.stranger.person.login, reason: '同一工地的前案由他承辦' }))
  expect(codeOf(await nameReaderOf(on(office.officer), { name, login: office.stranger.person.login, reason: '再一次' }))).toBe('petition.named-already')
  expect(await whoSees(made.id)).toEqual(['officer', 'stranger'])
  const file = await findCaseFile(db, office.stranger.person, name)
  expect(file.readers).toMatchObject([{ name: '周外人', namedBy: '陳承辦' }])
  const named = await db.selectFrom('events').select(['kind', 'payload', 'person_id']).where('case_id', '=', made.id).where('kind', '=', 'petition.reader-named').executeTakeFirstOrThrow()
  expect(named).toMatchObject({ person_id: office.officer.person.id, payload: { reader: office.stranger.person.id, note: expect.any(Number) } })

  const page = await (await desk.signIn(office.officer)).open(petitionPath(name))
  expect(page.text).toContain('看得到這件的人')
  expect(page.text).toContain('同一工地的前案由他承辦')
  valueOf(await endReaderOf(on(office.officer), { name, reader: file.readers[0]!.id }))
  expect(codeOf(await endReaderOf(on(office.officer), { name, reader: file.readers[0]!.id }))).toBe('petition.no-reader')
  expect(await whoSees(made.id)).toEqual(['officer'])
})

test('whoever has to approve sees it while it waits for them, and after having decided; a deputy of the officer sees it', async () => {
  valueOf(await saveDraft(on(office.officer), { name, text: '已查明並依法處理。', remedy: 'none' }))
  valueOf(await submitAnswer(on(office.officer), { name }))
  expect(await whoSees(made.id)).toEqual(['officer', 'chief', 'head']) // the head may decide at the chief's step
  valueOf(await decide(on(office.chief), { name, decision: 'approved' }))
  expect(await whoSees(made.id)).toEqual(['officer', 'chief', 'head'])
  valueOf(await decide(on(office.head), { name, decision: 'approved' }))
  expect(await whoSees(made.id)).toEqual(['officer', 'chief', 'head'])
  expect(await sees(db, (await standIn(db, office.colleague, office.officer)).person, made.id)).toBe(true)
})

test('when its officer has left, chief and head have it again', async () => {
  const other = await makePetition(db, instant('110/4/12 10:00'), { title: '另一件檢舉', confidential: true })
  valueOf(await dispatchPetition(on(office.clerk), { name: other.number, unitId: office.units.environment, jointUnitIds: [] }))
  valueOf(await acceptPetition(on(office.environmentHead), { name: other.number, officerId: office.stranger.person.id }))
  expect(await whoSees(other.id)).toEqual(['stranger'])
  await db.updateTable('people').set({ locked_at: new Date() }).where('id', '=', office.stranger.person.id).execute()
  expect(await whoSees(other.id)).toContain('environmentHead')
  await db.updateTable('people').set({ locked_at: null }).where('id', '=', office.stranger.person.id).execute()
})

test('who marks a case without being on it is told that it is gone from them, and goes back to their work', async () => {
  const plain = await makePetition(db, instant('110/4/12 10:00'), { title: '先不保密' })
  valueOf(await dispatchPetition(on(office.clerk), { name: plain.number, unitId: office.units.roads, jointUnitIds: [] }))
  valueOf(await acceptPetition(on(office.officer), { name: plain.number }))
  const clerk = await desk.signIn(office.clerk)
  const answer = await clerk.submit((await clerk.open(petitionPath(plain.number, 'confide'))).form(petitionPath(plain.number, 'confide')), { reason: '檢舉人請求' })
  expect([answer.status, answer.headers.location]).toEqual([303, '/console'])
  expect((await clerk.open(petitionPath(plain.number))).status).toBe(404)
  expect(codeOf(await confidePetition(on(office.officer), { name: plain.number, confidential: '0', reason: '同意公開身分' }))).toBeNull()
})

test('letters of a confidential case are sent by its officer, and neither outbox nor inbox tell the desk what they say', async () => {
  await sql`insert into petition_sendings (case_id, way, what, subject, text) values (${made.id}, 'post', 'answer', '答復', '機密的答復')`.execute(db)
  const [mine] = await findSendings(db, office.officer.person)
  expect(mine).toMatchObject({ text: '機密的答復' })
  expect((await findSendings(db, office.clerk.person)).map((one) => one.text)).not.toContain('機密的答復')
  expect((await (await desk.signIn(office.clerk)).open(`${sendingsPath}/${mine!.id}`)).status).toBe(404)
  expect((await (await desk.signIn(office.officer)).open(`${sendingsPath}/${mine!.id}`)).status).toBe(200)

  const { rows: [kept] } = await sql<{ id: number }>`insert into documents (sha256, size, media_type) values (decode(repeat('ab', 32), 'hex'), 1, 'message/rfc822') returning id`.execute(db)
  await sql`insert into petition_inbox (mailbox, kind, from_program, subject, received_at, case_id, handled_as, handled_at, sha256, document_id)
    values ('縣長電子信箱', 'letter', false, '機密的來信', now(), ${made.id}, 'supplement', now(), decode(repeat('ab', 32), 'hex'), ${kept!.id})`.execute(db)
  const subjects = async (who: Staff) => (await listInbox(db, who.person, { waiting: false })).rows.map((row) => row.subject)
  expect(await subjects(office.clerk)).not.toContain('機密的來信')
  expect(await subjects(office.officer)).toContain('機密的來信')
})

test('mail to colleagues does not name a confidential matter', async () => {
  await db.updateTable('people').set({ email: 'chief@example.org' }).where('id', '=', office.chief.person.id).execute()
  await write(db, (tx) => tellStaff(tx, [office.chief.person.id], { subject: '待核定', text: '「檢舉某人不法」的答復等您核定。', purpose: 'petition.submitted', caseId: made.id }))
  const told = await db.selectFrom('mail_messages').select('text').where('case_id', '=', made.id).where('purpose', '=', 'petition.submitted').execute()
  expect(told).toEqual([{ text: '這件保密案件的答復等您核定。' }])
})

test('of a case beside it that is not theirs to see, a case page gives the number alone', async () => {
  const visible = await makePetition(db, instant('110/4/13 10:00'), { title: '跟著來的信' })
  await db.updateTable('cases').set({ previous_id: made.id }).where('id', '=', visible.id).execute()
  const page = await (await desk.signIn(office.clerk)).open(petitionPath(visible.number))
  expect(page.text).toContain(name)
  expect(page.text).not.toContain('檢舉某人不法')
})

test('who wrote the draft does not approve it, though another sent it up', async () => {
  const plain = await makePetition(db, instant('110/4/12 10:00'), { title: '科長代擬' })
  valueOf(await dispatchPetition(on(office.clerk), { name: plain.number, unitId: office.units.roads, jointUnitIds: [] }))
  valueOf(await acceptPetition(on(office.officer), { name: plain.number }))
  valueOf(await saveDraft(on(office.head), { name: plain.number, text: '處長寫的。', remedy: 'none' }))
  expect(codeOf(await submitAnswer(on(office.officer), { name: plain.number }))).toBe('petition.no-approver')
  valueOf(await saveDraft(on(office.chief), { name: plain.number, text: '科長寫的。', remedy: 'none' }))
  valueOf(await submitAnswer(on(office.officer), { name: plain.number }))
  const pending = await db.selectFrom('petition_submissions').select('step').where('case_id', '=', plain.id).where('state', '=', 'pending').executeTakeFirstOrThrow()
  expect(pending.step).toBe('head') // past the chief, whose words it is
  valueOf(await decide(on(office.head), { name: plain.number, decision: 'approved' }))
})
