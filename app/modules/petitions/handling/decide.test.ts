import { expect, test } from 'vitest'
import { NotAllowed, NotFound, valueOf } from '../../../core/errors.ts'
import { createTestDatabase } from '../../../../test/support/database.ts'
import { makePerson, makeUnit } from '../../../../test/support/makers.ts'
import { addJointUnits } from '../dispatch/actions.ts'
import { at, codeOf, makeInHand, makeOffice, type Staff, stageOf, standIn } from '../office-for-tests.ts'
import { handOver } from './accept.ts'
import { contribute, waiveContribution } from './contribute.ts'
import { decide, recallSubmission } from './decide.ts'
import { saveDraft } from './draft.ts'
import { submitAnswer } from './submit.ts'

const { db } = await createTestDatabase()
const office = await makeOffice(db)
const on = <S extends Staff>(who: S, hour = '10:00') => at(who, `110/4/14 ${hour}`)
const text = '路燈已修復。'

async function submitted(who: Staff = office.officer): Promise<string> {
  const name = await makeInHand(db, office)
  valueOf(await saveDraft(on(who), { name, text, remedy: 'none' }))
  valueOf(await submitAnswer(on(who), { name }))
  return name
}

test('an empty answer, open questions, undecided remedy advice and missing contributions hold an answer back', async () => {
  const name = await makeInHand(db, office, { body: '請問：\n一、什麼時候修？\n二、誰負責？' })
  expect(codeOf(await submitAnswer(on(office.officer), { name }))).toBe('petition.check-text')
  expect(codeOf(await saveDraft(on(office.officer), { name, text: '  ' }))).toBe('petition.empty-answer')
  valueOf(await addJointUnits(on(office.officer), { name, jointUnitIds: [office.units.environment] }))
  valueOf(await saveDraft(on(office.officer), { name, text, questions: [{ no: 1, state: 'answered' }] }))
  // all that is missing is said at once
  expect(await submitAnswer(on(office.officer), { name })).toMatchObject({ code: 'petition.check-questions', fields: { questions: expect.any(String), remedy: expect.any(String) } })
  valueOf(await saveDraft(on(office.officer), { name, text, questions: [{ no: 2, state: 'not-applicable', note: '同第一題' }] }))
  expect(await submitAnswer(on(office.officer), { name })).toMatchObject({ code: 'petition.check-remedy', law: '行政程序法 §172 II' })
  expect(codeOf(await saveDraft(on(office.officer), { name, text, remedy: 'given' }))).toBe('petition.no-advice')
  valueOf(await saveDraft(on(office.officer), { name, text, remedy: 'given', remedyAdvice: '不服者得於 30 日內提起訴願。' }))
  expect(codeOf(await submitAnswer(on(office.officer), { name }))).toBe('petition.check-joint')
  valueOf(await contribute(on(office.stranger), { name, text: '本局已稽查。' }))
  valueOf(await submitAnswer(on(office.officer), { name }))
  expect((await stageOf(db, name)).stage).toBe('approval')
})

test('a joint unit that stays silent is waived with a reason', async () => {
  const name = await makeInHand(db, office)
  valueOf(await addJointUnits(on(office.officer), { name, jointUnitIds: [office.units.environment] }))
  valueOf(await saveDraft(on(office.officer), { name, text, remedy: 'none' }))
  await expect(waiveContribution(on(office.stranger), { name, unitId: office.units.environment, reason: '不用等' })).rejects.toThrow(NotAllowed)
  valueOf(await waiveContribution(on(office.officer), { name, unitId: office.units.environment, reason: '已電話確認無意見' }))
  valueOf(await submitAnswer(on(office.officer), { name }))
})

test('only joint units contribute', async () => {
  const name = await makeInHand(db, office)
  await expect(contribute(on(office.stranger), { name, text: '本局意見' })).rejects.toThrow(NotFound)
  expect(codeOf(await contribute(on(office.colleague), { name, text: '本科意見' }))).toBe('petition.not-joint')
})

test('each save is a version of its own; the same text again is none; two who write at once do not undo each other', async () => {
  const name = await makeInHand(db, office)
  expect(valueOf(await saveDraft(on(office.officer), { name, text: '第一版' })).version).toBe(1)
  expect(valueOf(await saveDraft(on(office.officer), { name, text: '第一版' })).version).toBe(1)
  expect(valueOf(await saveDraft(on(office.officer), { name, text: '第二版', basedOn: 1 })).version).toBe(2)
  expect(codeOf(await saveDraft(on(office.chief), { name, text: '科長改的', basedOn: 1 }))).toBe('petition.draft-changed')
  await expect(saveDraft(on(office.colleague), { name, text: '不是我的' })).rejects.toThrow(NotAllowed)
})

test('the head may end it at the chief’s step; the chief may not at the head’s', async () => {
  const first = await submitted()
  expect(valueOf(await decide(on(office.head), { name: first, decision: 'approved' })).outcome).toBe('approved')
  const second = await submitted()
  valueOf(await decide(on(office.chief), { name: second, decision: 'approved' }))
  await expect(decide(on(office.chief), { name: second, decision: 'approved' })).rejects.toThrow(NotAllowed)
  expect((await stageOf(db, second)).stage).toBe('approval')
})

test('sent back needs a comment, goes back to the officer and up again as a new submission', async () => {
  const name = await submitted()
  expect(codeOf(await decide(on(office.chief), { name, decision: 'sent-back' }))).toBe('petition.no-comment')
  valueOf(await decide(on(office.chief), { name, decision: 'sent-back', comment: '請補修復日期' }))
  expect((await stageOf(db, name)).stage).toBe('handling')
  valueOf(await submitAnswer(on(office.officer, '11:00'), { name }))
  const submissions = await db.selectFrom('petition_submissions').select('state').where('case_id', '=', (await stageOf(db, name)).id).orderBy('id').execute()
  expect(submissions.map((one) => one.state)).toEqual(['sent-back', 'pending'])
})

test('nobody approves their own: a chief’s goes to the head, a head’s to nobody in the unit', async () => {
  const name = await submitted(office.chief)
  const pending = await db.selectFrom('petition_submissions').select('step').where('case_id', '=', (await stageOf(db, name)).id).executeTakeFirstOrThrow()
  expect(pending.step).toBe('head')
  const own = await makeInHand(db, office)
  valueOf(await saveDraft(on(office.head), { name: own, text, remedy: 'none' }))
  expect(codeOf(await submitAnswer(on(office.head), { name: own }))).toBe('petition.no-approver')
})

test('a deputy decides for the absent head, and both names stay on record; but not what the deputy sent up', async () => {
  const deputy = await standIn(db, office.colleague, office.head)
  const name = await submitted()
  expect(valueOf(await decide(on(deputy), { name, decision: 'approved' })).outcome).toBe('approved')
  const row = await stageOf(db, name)
  const decision = await db.selectFrom('petition_decisions').innerJoin('petition_submissions', 'petition_submissions.id', 'submission_id').select(['person_id', 'on_behalf_of']).where('case_id', '=', row.id).executeTakeFirstOrThrow()
  expect(decision).toEqual({ person_id: office.colleague.person.id, on_behalf_of: office.head.person.id })
  const event = await db.selectFrom('events').select('on_behalf_of').where('case_id', '=', row.id).where('kind', '=', 'petition.approved').executeTakeFirstOrThrow()
  expect(event.on_behalf_of).toBe(office.head.person.id)
  const own = await makeInHand(db, office)
  valueOf(await handOver(on(office.chief), { name: own, officerId: office.colleague.person.id }))
  valueOf(await saveDraft(on(deputy), { name: own, text, remedy: 'none' }))
  valueOf(await submitAnswer(on(deputy), { name: own }))
  expect(codeOf(await decide(on(deputy), { name: own, decision: 'approved' }))).toBe('petition.own-submission')
  // what was written in the absent head's name is not for the head to approve either
  const theirs = await makeInHand(db, office)
  valueOf(await saveDraft(on(deputy), { name: theirs, text, remedy: 'none' }))
  expect(codeOf(await submitAnswer(on(office.officer), { name: theirs }))).toBeNull()
})

test('a unit without a chief goes straight to the head', async () => {
  const bare = await makeUnit(db, '建設處')
  const officer = await makePerson(db, '杜承辦', 'officer', bare)
  const head = await makePerson(db, '溫處長', 'head', bare)
  const name = await makeInHand(db, { ...office, officer, units: { ...office.units, roads: bare } })
  valueOf(await saveDraft(on(officer), { name, text, remedy: 'none' }))
  valueOf(await submitAnswer(on(officer), { name }))
  await expect(decide(on(office.chief), { name, decision: 'approved' })).rejects.toThrow(NotFound)
  expect(valueOf(await decide(on(head), { name, decision: 'approved' })).outcome).toBe('approved')
})

test('an officer does not approve; a decision on what has changed meanwhile is refused', async () => {
  const name = await submitted()
  await expect(decide(on(office.officer), { name, decision: 'approved' })).rejects.toThrow(NotAllowed)
  expect(codeOf(await decide(on(office.chief), { name, decision: 'approved', submissionId: 1 }))).toBe('petition.submission-changed')
})

test('the officer takes back what was sent up before it is decided', async () => {
  const name = await submitted()
  await expect(recallSubmission(on(office.colleague), { name })).rejects.toThrow(NotAllowed)
  valueOf(await recallSubmission(on(office.officer), { name }))
  expect((await stageOf(db, name)).stage).toBe('handling')
  expect(codeOf(await decide(on(office.chief), { name, decision: 'approved' }))).toBe('petition.nothing-pending')
})

test('a double click on 核定 answers once and mails once', async () => {
  const name = await submitted()
  valueOf(await decide(on(office.chief), { name, decision: 'approved' }))
  const click = { name, decision: 'approved', _key: 'click-decide-1' }
  const both = await Promise.all([decide(on(office.head), click), decide(on(office.head), click)])
  expect(both.map(codeOf)).toEqual([null, null])
  const mails = await db.selectFrom('mail_messages').select('id').where('case_id', '=', (await stageOf(db, name)).id).where('purpose', '=', 'petition.answer').execute()
  expect(mails).toHaveLength(1)
})

test('an answer by post becomes a paper for the desk, with the remedy advice in it', async () => {
  const name = await makeInHand(db, office, { sender: { name: '王示範', address: '示範路 1 號' }, answerBy: 'post' })
  valueOf(await saveDraft(on(office.officer), { name, text, remedy: 'given', remedyAdvice: '得於 30 日內提起訴願。' }))
  valueOf(await submitAnswer(on(office.officer), { name }))
  valueOf(await decide(on(office.head), { name, decision: 'approved' }))
  const sending = await db.selectFrom('petition_sendings').selectAll().where('case_id', '=', (await stageOf(db, name)).id).executeTakeFirstOrThrow()
  expect(sending).toMatchObject({ way: 'post', what: 'answer', done_at: null })
  expect(sending.text).toContain('得於 30 日內提起訴願')
})
