import { expect, test } from 'vitest'
import { write } from '../../../core/db.ts'
import { unseal } from '../../../core/personal-data/index.ts'
import { day } from '../../../core/time.ts'
import { createTestDatabase } from '../../../../test/support/database.ts'
import { instant, makeInHand, makeOffice, stageOf } from '../office-for-tests.ts'
import { chaseDay } from './chase.ts'
import { reminderStep } from './reminder-steps.ts'

const { db } = await createTestDatabase()
const office = await makeOffice(db)
await write(db, async (tx) => {
  for (const who of ['officer', 'chief', 'head', 'control', 'clerk'] as const) await tx.updateTable('people').set({ email: `${who}@office.example` }).where('id', '=', office[who].person.id).execute()
})

test('each step is reached on its working day, and not the day before', () => {
  const due = day('2021-05-25') // Tuesday
  const on = (text: string) => reminderStep(due, day(text))
  expect(on('2021-05-19')).toBeNull() // Wednesday: four working days left
  expect(on('2021-05-20')).toBe('before-3')
  expect(on('2021-05-23')).toBe('before-3') // Sunday: still two working days left
  expect(on('2021-05-24')).toBe('before-1')
  expect(on('2021-05-25')).toBeNull() // the due day itself
  expect(on('2021-05-26')).toBe('overdue-1')
  expect(on('2021-05-27')).toBe('overdue-1')
  expect(on('2021-05-28')).toBe('overdue-3')
  expect(on('2021-05-29')).toBe('overdue-3') // Saturday
  expect(on('2021-06-01')).toBe('overdue-3')
  expect(on('2021-06-02')).toBe('overdue-6')
})

const mailsTo = async () => {
  const rows = await db.selectFrom('mail_messages').select(['to_encrypted', 'subject']).where('purpose', '=', 'petition.reminded').orderBy('id').execute()
  return rows.map((row) => `${unseal(row.to_encrypted)!.split('@')[0]} ${row.subject}`)
}

test('officer, chief, head and control hear of a case step by step, each step once', async () => {
  const name = await makeInHand(db, office)
  expect((await stageOf(db, name)).due_on).toBe('2021-05-24')
  expect(await chaseDay(db, instant('110/5/18 06:30'))).toBe(0)
  expect(await chaseDay(db, instant('110/5/19 06:30'))).toBe(1)
  expect(await chaseDay(db, instant('110/5/19 07:30'))).toBe(0)
  expect(await chaseDay(db, instant('110/5/20 06:30'))).toBe(0)
  expect(await chaseDay(db, instant('110/5/21 06:30'))).toBe(1)
  expect(await chaseDay(db, instant('110/5/25 06:30'))).toBe(1)
  expect(await chaseDay(db, instant('110/5/27 06:30'))).toBe(1)
  expect(await chaseDay(db, instant('110/6/1 06:30'))).toBe(1)
  expect(await chaseDay(db, instant('110/6/2 06:30'))).toBe(0)
  const mails = await mailsTo()
  expect(mails.filter((mail) => mail.startsWith('officer'))).toHaveLength(5)
  expect(mails.filter((mail) => mail.startsWith('chief'))).toHaveLength(2)
  expect(mails.filter((mail) => mail.startsWith('head'))).toHaveLength(2)
  expect(mails.filter((mail) => mail.startsWith('control'))).toEqual(['control 陳情稽催：1 件逾期'])
  const events = await db.selectFrom('events').select('payload').where('kind', '=', 'petition.reminded').where('case_id', '=', (await stageOf(db, name)).id).orderBy('id').execute()
  expect(events.map((event) => event.payload.step)).toEqual(['before-3', 'before-1', 'overdue-1', 'overdue-3', 'overdue-6'])
})

test('nobody is chased on a day when the office is shut', async () => {
  await makeInHand(db, office)
  expect(await chaseDay(db, instant('110/5/22 06:30'))).toBe(0) // Saturday
})
