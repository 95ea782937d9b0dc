import { readFileSync } from 'node:fs'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { NotAllowed, NotFound, valueOf } from '../../../core/errors.ts'
import { createTestDatabase } from '../../../../test/support/database.ts'
import { makePetition } from '../../../../test/support/makers.ts'
import { officeCalendar } from '../../../core/clocks/calendar.ts'
import { day, rocDateTime } from '../../../core/time.ts'
import { at, codeOf, instant, makeInHand, makeOffice, type Staff, stageOf } from '../office-for-tests.ts'
import { chaseDay } from './chase.ts'
import { decide } from './decide.ts'
import { askExtension } from './extension.ts'
import { markSent } from './sendings.ts'
import { askSupplement, enterSupplement } from './supplement.ts'
import { withdrawPetition } from './withdraw.ts'

const { db } = await createTestDatabase()
const office = await makeOffice(db)
const plainDue = day('2021-05-24') // received 110/4/12, 30 working days
const on = <S extends Staff>(who: S, text: string) => at(who, text)
const dues = async (name: string) => db.selectFrom('case_dues').select(['due_on', 'cause']).where('case_id', '=', (await stageOf(db, name)).id).orderBy('id').execute()

test('an extension is asked, approved by the head, counted from the original due day, and told with its reason', async () => {
  const name = await makeInHand(db, office)
  expect((await stageOf(db, name)).due_on).toBe(plainDue)
  valueOf(await askExtension(on(office.officer, '110/5/20 09:00'), { name, officeDays: 10, reason: '需會勘' }))
  expect(await stageOf(db, name)).toMatchObject({ stage: 'handling', due_on: plainDue })
  valueOf(await decide(on(office.chief, '110/5/20 10:00'), { name, decision: 'approved' }))
  valueOf(await decide(on(office.head, '110/5/20 11:00'), { name, decision: 'approved' }))
  const extended = officeCalendar.addOfficeDays(plainDue, 10)!
  expect(await stageOf(db, name)).toMatchObject({ stage: 'handling', due_on: extended })
  expect((await db.selectFrom('petitions').select('extended_to').where('id', '=', (await stageOf(db, name)).id).executeTakeFirstOrThrow()).extended_to).toBe(extended)
  expect((await dues(name)).map((one) => one.cause)).toEqual(['received', 'extension'])
  const mail = await db.selectFrom('mail_messages').select('text').where('case_id', '=', (await stageOf(db, name)).id).where('purpose', '=', 'petition.extension').executeTakeFirstOrThrow()
  expect(mail.text).toContain('理由：需會勘')
  expect(mail.text).toContain('為什麼是這一天\n・人民陳情之答復：30 個工作日')
  expect(mail.text).toContain('展期 10 個工作日')
  expect(codeOf(await askExtension(on(office.officer, '110/5/21 09:00'), { name, officeDays: 5, reason: '再展' }))).toBe('petition.already-extended')
})

test('an extension can be asked on the due day, not on the day after; a colleague cannot ask it', async () => {
  const name = await makeInHand(db, office)
  await expect(askExtension(on(office.colleague, '110/5/20 09:00'), { name, officeDays: 5, reason: '需會勘' })).rejects.toThrow(NotAllowed)
  await expect(askExtension(on(office.stranger, '110/5/20 09:00'), { name, officeDays: 5, reason: '需會勘' })).rejects.toThrow(NotFound)
  expect(codeOf(await askExtension(on(office.officer, '110/5/25 00:00'), { name, officeDays: 5, reason: '需會勘' }))).toBe('petition.overdue')
  expect(codeOf(await askExtension(on(office.officer, '110/5/24 23:59'), { name, officeDays: 31, reason: '需會勘' }))).toBe('input.invalid')
  valueOf(await askExtension(on(office.officer, '110/5/24 23:59'), { name, officeDays: 5, reason: '需會勘' }))
  expect(codeOf(await askExtension(on(office.officer, '110/5/24 23:59'), { name, officeDays: 5, reason: '需會勘' }))).toBe('petition.pending')
})

test('an extension that is sent back leaves the due day', async () => {
  const name = await makeInHand(db, office)
  valueOf(await askExtension(on(office.officer, '110/5/20 09:00'), { name, officeDays: 10, reason: '需會勘' }))
  valueOf(await decide(on(office.chief, '110/5/20 10:00'), { name, decision: 'sent-back', comment: '請如期答復' }))
  expect(await stageOf(db, name)).toMatchObject({ stage: 'handling', due_on: plainDue })
})

test('the clock stands still while a supplement is awaited, and runs on from the day it comes', async () => {
  const name = await makeInHand(db, office)
  const { untilOn } = valueOf(await askSupplement(on(office.officer, '110/4/14 09:00'), { name, asked: '請補照片和位置', days: 14 }))
  expect(untilOn).toBe('2021-04-28')
  expect(await stageOf(db, name)).toMatchObject({ stage: 'awaiting-supplement', due_on: null })
  valueOf(await enterSupplement(on(office.clerk, '110/4/20 15:00'), { name, text: '照片如附，位置在菜市場口。' }))
  // asked on 4/14, came on 4/20: the four working days 4/15, 4/16, 4/19 and 4/20 do not count
  expect(await stageOf(db, name)).toMatchObject({ stage: 'handling', due_on: officeCalendar.addOfficeDays(plainDue, 4) })
  expect((await dues(name)).map((one) => one.cause)).toEqual(['received', 'pause', 'resume'])
  const clock = await db.selectFrom('case_clocks').selectAll().where('case_id', '=', (await stageOf(db, name)).id).executeTakeFirstOrThrow()
  expect(clock.paused_on).toBeNull()
  expect(clock.explanation.join('\n')).toContain('通知補陳')
})

test('a wait that ends without a supplement lets the clock run on from the day set', async () => {
  const name = await makeInHand(db, office)
  valueOf(await askSupplement(on(office.officer, '110/4/14 09:00'), { name, asked: '請補照片和位置', days: 14 }))
  await chaseDay(db, instant('110/4/28 06:30'))
  expect((await stageOf(db, name)).stage).toBe('awaiting-supplement')
  await chaseDay(db, instant('110/4/29 06:30'))
  const waited = officeCalendar.officeDaysBetween(day('2021-04-14'), day('2021-04-28'))!
  expect(await stageOf(db, name)).toMatchObject({ stage: 'handling', due_on: officeCalendar.addOfficeDays(plainDue, waited) })
  await chaseDay(db, instant('110/4/29 07:00'))
  expect((await dues(name)).map((one) => one.cause)).toEqual(['received', 'pause', 'resume'])
})

test('an extension after a pause keeps both', async () => {
  const name = await makeInHand(db, office)
  valueOf(await askSupplement(on(office.officer, '110/4/14 09:00'), { name, asked: '請補照片和位置', days: 14 }))
  valueOf(await enterSupplement(on(office.officer, '110/4/20 15:00'), { name, text: '照片如附。' }))
  valueOf(await askExtension(on(office.officer, '110/5/20 09:00'), { name, officeDays: 10, reason: '需會勘' }))
  valueOf(await decide(on(office.head, '110/5/20 11:00'), { name, decision: 'approved' }))
  expect((await stageOf(db, name)).due_on).toBe(officeCalendar.addOfficeDays(plainDue, 14))
  const facts = () => db.selectFrom('case_clocks').innerJoin('cases', 'cases.id', 'case_clocks.case_id').select('params').where('cases.number', '=', name).executeTakeFirstOrThrow()
  const kept = { extensionDays: 10, pauses: [{ from: '2021-04-14', to: '2021-04-20', reason: '通知補陳' }] }
  expect((await facts()).params).toEqual(kept)
  // clocks that began before facts were kept get them from the petition's tables
  await db.updateTable('case_clocks').set({ params: null }).execute()
  await sql.raw(readFileSync(new URL('../migrations/2026-11-28-u-b-petition-clock-params.sql', import.meta.url), 'utf8').replace('set local search_path = windlion;', '')).execute(db)
  expect((await facts()).params).toEqual(kept)
})

test('who left no way to be reached is not asked for a supplement', async () => {
  const name = await makeInHand(db, office, { sender: {}, answerBy: 'none' })
  expect(codeOf(await askSupplement(on(office.officer, '110/4/14 09:00'), { name, asked: '請補照片和位置', days: 14 }))).toBe('petition.unreachable')
  expect((await stageOf(db, name)).stage).toBe('handling')
})

test('a petition is withdrawn with how it was said, confirmed to the petitioner; not by a stranger', async () => {
  const name = await makeInHand(db, office)
  await expect(withdrawPetition(on(office.stranger, '110/4/14 09:00'), { name, reason: '來電撤回' })).rejects.toThrow(NotFound)
  expect(codeOf(await withdrawPetition(on(office.officer, '110/4/14 09:00'), { name, reason: '' }))).toBe('input.invalid')
  valueOf(await withdrawPetition(on(office.officer, '110/4/14 09:00'), { name, reason: '110/4/14 來電撤回' }))
  const row = await stageOf(db, name)
  expect(row).toMatchObject({ stage: 'closed', outcome: 'withdrawn' })
  expect(await db.selectFrom('mail_messages').select('purpose').where('case_id', '=', row.id).execute()).toContainEqual({ purpose: 'petition.withdrawn' })
  expect(codeOf(await withdrawPetition(on(office.officer, '110/4/14 09:05'), { name, reason: '再撤一次' }))).toBe('petition.wrong-stage')
})

test('what is withdrawn while under approval takes the submission with it', async () => {
  const name = await makeInHand(db, office)
  valueOf(await askExtension(on(office.officer, '110/5/20 09:00'), { name, officeDays: 10, reason: '需會勘' }))
  valueOf(await withdrawPetition(on(office.officer, '110/5/20 10:00'), { name, reason: '來電撤回' }))
  const submission = await db.selectFrom('petition_submissions').select('state').where('case_id', '=', (await stageOf(db, name)).id).executeTakeFirstOrThrow()
  expect(submission.state).toBe('cancelled')
})

test('a paper is marked as posted once, by the desk alone', async () => {
  const { number, id } = await makePetition(db, instant('110/4/12 10:00'), { sender: { phone: '082-000-001' }, answerBy: 'telephone' })
  valueOf(await withdrawPetition(on(office.clerk, '110/4/14 09:00'), { name: number, reason: '臨櫃撤回' }))
  const sending = await db.selectFrom('petition_sendings').selectAll().where('case_id', '=', id).executeTakeFirstOrThrow()
  expect(sending.way).toBe('telephone')
  await expect(markSent(on(office.officer, '110/4/14 10:00'), { id: sending.id })).rejects.toThrow(NotFound)
  valueOf(await markSent(on(office.clerk, '110/4/14 10:00'), { id: sending.id, remark: '本人接聽' }))
  expect(codeOf(await markSent(on(office.clerk, '110/4/14 10:01'), { id: sending.id }))).toBe('sending.done')
  expect(rocDateTime((await db.selectFrom('petition_sendings').select('done_at').where('id', '=', sending.id).executeTakeFirstOrThrow()).done_at!)).toBe('110/4/14 10:00')
})
