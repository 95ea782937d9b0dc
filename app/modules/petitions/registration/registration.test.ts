import { expect, test } from 'vitest'
import { isRefusal, NotAllowed, NotFound, valueOf } from '../../../core/errors.ts'
import { createTestDatabase } from '../../../../test/support/database.ts'
import { makePetition } from '../../../../test/support/makers.ts'
import { unseal } from '../../../core/personal-data/index.ts'
import { dispatchPetition } from '../dispatch/actions.ts'
import { decide } from '../handling/decide.ts'
import { saveDraft } from '../handling/draft.ts'
import { askExtension } from '../handling/extension.ts'
import { submitAnswer } from '../handling/submit.ts'
import { withdrawPetition } from '../handling/withdraw.ts'
import { at, codeOf, instant, makeInHand, makeOffice, type Staff, stageOf } from '../office-for-tests.ts'
import { classifyPetition } from './classify.ts'
import { confidePetition } from './confide.ts'
import { mergePetitions, takeApart } from './merge.ts'
import { proposeNoAction } from './no-action.ts'
import { turnInto } from './other-procedure.ts'
import { registerFiled, registerNew } from './register.ts'
import { transferPetition } from './transfer.ts'

const { db } = await createTestDatabase()
const office = await makeOffice(db)
const on = <S extends Staff>(who: S, text = '110/4/14 10:00') => at(who, text)
const letter = { channel: 'letter', title: '路樹擋住號誌', body: '路口的路樹擋住紅綠燈。', receivedAt: instant('110/4/14 09:00'), answerBy: 'none' }

test('a letter is registered at the desk: number, clock, masked sender', async () => {
  const { number, id } = valueOf(await registerNew(on(office.clerk), { ...letter, senderName: '王示範', senderAddress: '示範路 1 號', answerBy: 'post' }))
  expect(number).toMatch(/^陳110-\d{6}$/)
  expect(await stageOf(db, number)).toMatchObject({ stage: 'received', due_on: '2021-05-26', unit_id: null })
  const petition = await db.selectFrom('petitions').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
  expect(unseal(petition.sender_name)).toBe('王示範')
  expect(petition.sender_name!.toString('utf8')).not.toContain('王示範')
})

test('the receipt does not lie in the future nor years back', async () => {
  expect(await registerNew(on(office.clerk), { ...letter, receivedAt: instant('110/4/14 10:01') })).toMatchObject({ code: 'petition.future-receipt', field: 'receivedAt' })
  expect(codeOf(await registerNew(on(office.clerk), { ...letter, receivedAt: instant('101/4/14 10:00') }))).toBe('petition.old-receipt')
  const { id } = valueOf(await registerNew(on(office.clerk), { ...letter, receivedAt: instant('110/4/13 16:00') }))
  const { happened_at } = await db.selectFrom('events').select('happened_at').where('case_id', '=', id).where('kind', '=', 'petition.filed').executeTakeFirstOrThrow()
  expect(happened_at).toEqual(instant('110/4/13 16:00'))
})

test('an oral petition is read back before it is registered (§169)', async () => {
  const call = { ...letter, channel: 'telephone' }
  expect(await registerNew(on(office.clerk), call)).toMatchObject({ code: 'input.invalid', fields: { readBack: expect.stringContaining('行政程序法 §169') } })
  const more = await registerNew(on(office.clerk), { ...call, answerBy: undefined })
  expect(Object.keys((isRefusal(more) && more.fields) || {})).toEqual(['answerBy', 'readBack'])
  expect(codeOf(await registerNew(on(office.clerk), { ...call, readBackAt: instant('110/4/14 10:30') }))).toBe('petition.future-read-back')
  const { id } = valueOf(await registerNew(on(office.clerk), { ...call, readBackAt: instant('110/4/14 09:10'), objection: '路口名稱更正為光前路口' }))
  expect((await db.selectFrom('petition_letters').select('kind').where('case_id', '=', id).executeTakeFirstOrThrow()).kind).toBe('oral-record')
  expect((await db.selectFrom('petition_notes').select('text').where('case_id', '=', id).executeTakeFirstOrThrow()).text).toContain('光前路口')
})

test('the way of answering needs its address, and an address that can be written to', async () => {
  expect(await registerNew(on(office.clerk), { ...letter, answerBy: 'mail' })).toMatchObject({ code: 'petition.no-address', field: 'senderEmail' })
  expect(codeOf(await registerNew(on(office.clerk), { ...letter, answerBy: 'mail', senderEmail: 'not-an-address' }))).toBe('mail.bad-address')
})

test('the same number of another mailbox is not entered twice', async () => {
  const premier = { ...letter, channel: 'premier-mail', mailboxRef: 'EY-1' }
  const first = valueOf(await registerNew(on(office.clerk), premier))
  expect(await registerNew(on(office.clerk), premier)).toMatchObject({ code: 'petition.known-reference', message: expect.stringContaining(first.number) })
})

test('officers do not register; a double click registers once', async () => {
  await expect(registerNew(on(office.officer), letter)).rejects.toThrow(NotAllowed)
  const click = { ...letter, title: '雙擊測試', _key: 'click-register-1' }
  const both = await Promise.all([registerNew(on(office.clerk), click), registerNew(on(office.clerk), click)])
  expect(valueOf(both[0]!).number).toBe(valueOf(both[1]!).number)
})

test('numbers follow each other without gaps, whatever is refused between', async () => {
  const first = valueOf(await registerNew(on(office.clerk), letter)).number
  await registerNew(on(office.clerk), { ...letter, title: '' })
  await registerNew(on(office.clerk), { ...letter, receivedAt: instant('110/4/15 10:00') })
  const second = valueOf(await registerNew(on(office.clerk), letter)).number
  expect(Number(second.split('-')[1]) - Number(first.split('-')[1])).toBe(1)
})

test('a numbered petition is not registered again', async () => {
  const { number } = await makePetition(db, instant('110/4/12 10:00'))
  expect(codeOf(await registerFiled(on(office.clerk), { name: number }))).toBe('petition.registered')
})

test('category, township and title are changed, and only what changed is recorded', async () => {
  const name = await makeInHand(db, office)
  valueOf(await classifyPetition(on(office.officer), { name, title: '巷口路燈不亮', category: '路燈號誌', township: '金沙鎮', place: '' }))
  const event = await db.selectFrom('events').select('payload').where('case_id', '=', (await stageOf(db, name)).id).where('kind', '=', 'petition.classified').executeTakeFirstOrThrow()
  expect(event.payload).toEqual({ changed: ['category', 'township'] })
  await expect(classifyPetition(on(office.stranger), { name, title: '別人的' })).rejects.toThrow(NotFound)
})

test('letters of one matter are joined, answered once, and each closes in its own channel', async () => {
  const main = await makeInHand(db, office, { sender: { email: 'a@example.org' } })
  const other = await makePetition(db, instant('110/4/13 10:00'), { channel: 'premier-mail', sender: { email: 'a@example.org' } })
  const paper = await makePetition(db, instant('110/4/13 11:00'), { channel: 'letter', sender: { address: '示範路 1 號' }, answerBy: 'post' })
  expect(valueOf(await mergePetitions(on(office.clerk), { name: main, members: [other.number, paper.number] })).count).toBe(2)
  expect(await stageOf(db, other.number)).toMatchObject({ stage: 'received', unit_id: office.units.roads, officer_id: office.officer.person.id })
  expect(codeOf(await dispatchPetition(on(office.clerk), { name: other.number, unitId: office.units.environment, jointUnitIds: [] }))).toBe('petition.merged')
  expect(codeOf(await withdrawPetition(on(office.officer), { name: main, reason: '來電撤回' }))).toBe('petition.has-merged')

  valueOf(await saveDraft(on(office.officer), { name: main, text: '已修復。', remedy: 'none' }))
  valueOf(await submitAnswer(on(office.officer), { name: main }))
  valueOf(await decide(on(office.head), { name: main, decision: 'approved' }))
  expect(await stageOf(db, main)).toMatchObject({ outcome: 'answered' })
  for (const each of [other, paper]) expect(await stageOf(db, each.number)).toMatchObject({ stage: 'closed', outcome: 'merged' })
  expect(await db.selectFrom('mail_messages').select('purpose').where('case_id', '=', other.id).execute()).toEqual([{ purpose: 'petition.answer' }])
  expect(await db.selectFrom('petition_sendings').select(['way', 'what']).where('case_id', '=', paper.id).execute()).toEqual([{ way: 'post', what: 'answer' }])
  expect((await db.selectFrom('petitions').select('answer').where('id', '=', paper.id).executeTakeFirstOrThrow()).answer).toBe('已修復。')
})

test('an extension of the main case extends its joined letters too', async () => {
  const main = await makeInHand(db, office)
  const other = await makePetition(db, instant('110/4/13 10:00'))
  valueOf(await mergePetitions(on(office.clerk), { name: main, members: other.number }))
  const before = (await stageOf(db, other.number)).due_on!
  valueOf(await askExtension(on(office.officer), { name: main, officeDays: 5, reason: '需會勘' }))
  valueOf(await decide(on(office.head), { name: main, decision: 'approved' }))
  expect((await stageOf(db, other.number)).due_on! > before).toBe(true)
})

test('a case is not joined to itself, a main case not to another, a joined letter not twice; an officer joins only what the unit has', async () => {
  const main = await makeInHand(db, office)
  const second = await makeInHand(db, office)
  const third = await makeInHand(db, office)
  expect(codeOf(await mergePetitions(on(office.officer), { name: main, members: main }))).toBe('petition.same-case')
  valueOf(await mergePetitions(on(office.officer), { name: main, members: second }))
  expect(codeOf(await mergePetitions(on(office.officer), { name: third, members: main }))).toBe('petition.has-merged')
  expect(codeOf(await mergePetitions(on(office.officer), { name: third, members: second }))).toBe('petition.merged')
  const elsewhere = await makePetition(db, instant('110/4/13 10:00'))
  expect(codeOf(await mergePetitions(on(office.officer), { name: main, members: elsewhere.number }))).toBe('petition.unknown-member')
  expect(await mergePetitions(on(office.clerk), { name: main, members: ['陳110-999999'] })).toMatchObject({ field: 'members', message: expect.stringContaining('陳110-999999') })
  expect(await mergePetitions(on(office.clerk), { name: main, members: [''] })).toMatchObject({ message: '請寫出或勾選要併入的案件' })
})

test('a joined letter is taken apart and waits at the desk again', async () => {
  const main = await makeInHand(db, office)
  const other = await makePetition(db, instant('110/4/13 10:00'))
  valueOf(await mergePetitions(on(office.clerk), { name: main, members: other.number }))
  valueOf(await takeApart(on(office.clerk), { name: other.number }))
  expect(await stageOf(db, other.number)).toMatchObject({ stage: 'received', merged_into: null, unit_id: null })
  expect(codeOf(await takeApart(on(office.clerk), { name: other.number }))).toBe('petition.not-merged')
})

test('the desk transfers at once and tells the petitioner (§172 I); an officer sends it up', async () => {
  const first = await makePetition(db, instant('110/4/12 10:00'))
  expect(valueOf(await transferPetition(on(office.clerk), { name: first.number, agency: '公路局' })).decided).toBe(true)
  expect(await stageOf(db, first.number)).toMatchObject({ stage: 'closed', outcome: 'transferred' })
  const mail = await db.selectFrom('mail_messages').select('text').where('case_id', '=', first.id).where('purpose', '=', 'petition.transfer').executeTakeFirstOrThrow()
  expect(mail.text).toContain('公路局')
  const second = await makeInHand(db, office)
  expect(valueOf(await transferPetition(on(office.officer), { name: second, agency: '公路局' })).decided).toBe(false)
  expect((await stageOf(db, second)).stage).toBe('approval')
  valueOf(await decide(on(office.head), { name: second, decision: 'approved' }))
  expect(await stageOf(db, second)).toMatchObject({ outcome: 'transferred' })
})

test('what is really an application gets that clock from the original receipt', async () => {
  const { number, id } = await makePetition(db, instant('110/2/28 10:00'))
  valueOf(await turnInto(on(office.clerk), { name: number, procedure: 'application' }))
  expect(await stageOf(db, number)).toMatchObject({ outcome: 'other-procedure' })
  const clock = await db.selectFrom('case_clocks').selectAll().where('case_id', '=', id).where('main', '=', false).executeTakeFirstOrThrow()
  // two months from 3/1, the first of a month: 4/30
  expect(clock).toMatchObject({ rule: 'petition-as-application', due_on: '2021-04-30' })
  const mail = await db.selectFrom('mail_messages').select('text').where('case_id', '=', id).where('purpose', '=', 'petition.other-procedure').executeTakeFirstOrThrow()
  expect(mail.text).toContain('民國110年4月30日')
})

test('不予處理 is registered, decided by the head, and then closed on its ground', async () => {
  const { number } = await makePetition(db, instant('110/4/12 10:00'))
  expect(codeOf(await proposeNoAction(on(office.clerk), { name: number, ground: '', reason: '內容空泛' }))).toBe('input.invalid')
  valueOf(await proposeNoAction(on(office.clerk), { name: number, ground: 'no-content', reason: '沒有具體內容' }))
  expect(await stageOf(db, number)).toMatchObject({ stage: 'approval', unit_id: office.units.admin })
  await expect(decide(on(office.head), { name: number, decision: 'approved' })).rejects.toThrow(NotFound)
  valueOf(await decide(on(office.adminHead), { name: number, decision: 'approved' }))
  const row = await stageOf(db, number)
  expect(row).toMatchObject({ stage: 'closed', outcome: 'no-action' })
  expect((await db.selectFrom('petitions').select('ground').where('id', '=', row.id).executeTakeFirstOrThrow()).ground).toBe('no-content')
})

test('不予處理 that the head does not share goes back to where it stood', async () => {
  const name = await makeInHand(db, office)
  valueOf(await proposeNoAction(on(office.officer), { name, ground: 'repeated', reason: '已答復兩次' }))
  valueOf(await decide(on(office.head), { name, decision: 'sent-back', comment: '事由不同，請處理' }))
  expect((await stageOf(db, name)).stage).toBe('handling')
})

test('a case is made confidential with a reason and disappears from colleagues', async () => {
  const name = await makeInHand(db, office)
  expect(codeOf(await confidePetition(on(office.officer), { name, confidential: '0', reason: '解除' }))).toBe('petition.already-so')
  valueOf(await confidePetition(on(office.officer), { name, confidential: '1', reason: '檢舉' }))
  await expect(classifyPetition(on(office.colleague), { name, title: '看不到' })).rejects.toThrow(NotFound)
  valueOf(await confidePetition(on(office.officer), { name, confidential: '0', reason: '檢舉人同意' }))
})
