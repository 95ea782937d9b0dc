import { beforeAll, expect, test } from 'vitest'
import { createTestDatabase } from '../../../../test/support/database.ts'
import { makePetition } from '../../../../test/support/makers.ts'
import type { Caller } from '../../../core/act.ts'
import { write } from '../../../core/db.ts'
import { useDocumentFolder } from '../../../core/documents/store.ts'
import { valueOf } from '../../../core/errors.ts'
import { verifyCaseStates } from '../../../core/events/verify-cases.ts'
import { dayOf } from '../../../core/time.ts'
import { askSupplement } from '../handling/supplement.ts'
import { at, instant, makeInHand, makeOffice, type Office } from '../office-for-tests.ts'
import { closePetition, lockById } from '../petition.ts'
import { registerNew } from '../registration/register.ts'
import { createPetition } from '../create.ts'
import { followCodeHash } from '../../../core/filing/follow-code.ts'
import { findByFollowCode } from './follow-code.ts'
import { findFollowed } from './follow.ts'
import { changeConsent, ratePetition, sendNewCode, supplementPetition, withdrawOwn } from './resident-acts.ts'
import { testFolder } from '../../../../test/support/folder.ts'

const { db } = await createTestDatabase()
let office: Office
const resident = (when: string): Caller => ({ db, person: null, now: instant(when) })
const caseOf = (number: string) => db.selectFrom('cases').innerJoin('petitions', 'petitions.id', 'cases.id').selectAll().where('number', '=', number).executeTakeFirstOrThrow()

beforeAll(async () => {
  office = await makeOffice(db)
  useDocumentFolder(testFolder())
})

async function closed(outcome: 'answered' | 'withdrawn' = 'answered'): Promise<{ id: number; number: string }> {
  const made = await makePetition(db, instant('110/4/12 10:00'))
  const now = instant('110/5/3 10:00')
  await write(db, async (tx) => closePetition(tx, { person: null, onBehalfOf: null, now, today: dayOf(now) }, await lockById(tx, made.id), outcome))
  return made
}

test('a supplement joins the letter with its file, and where it was asked for the clock runs on', async () => {
  const number = await makeInHand(db, office)
  valueOf(await askSupplement(at(office.officer, '110/4/14 09:00'), { name: number, asked: '請補燈桿號碼', days: 10 }))
  const { id } = await caseOf(number)
  expect((await caseOf(number)).due_on).toBeNull()
  valueOf(await supplementPetition(resident('110/4/16 20:00'), { id, text: '燈桿號碼 1024', files: [{ filename: '燈桿.txt', bytes: Buffer.from('1024') }] }))
  expect(await caseOf(number)).toMatchObject({ stage: 'handling', due_on: expect.any(String) })
  const seen = (await findFollowed(db, (await caseOf(number)).follow_no))!
  expect(seen.letters.map((letter) => letter.text)).toContain('燈桿號碼 1024')
  expect(seen.files.map((file) => [file.kind, file.name])).toEqual([['supplement', '燈桿.txt']])
})

test('an empty supplement, one with a program in it, and one to a closed case are refused', async () => {
  const number = await makeInHand(db, office)
  const { id } = await caseOf(number)
  expect(await supplementPetition(resident('110/4/16 20:00'), { id, text: ' \u200b ', files: [] })).toMatchObject({ code: 'supplement.empty' })
  expect(await supplementPetition(resident('110/4/16 20:00'), { id, text: '附上', files: [{ filename: 'a.pdf', bytes: Buffer.from('MZ\0\0') }] })).toMatchObject({ refused: true, field: 'files' })
  expect(await supplementPetition(resident('110/4/16 20:00'), { id: (await closed()).id, text: '再補', files: [] })).toMatchObject({ code: 'petition.wrong-stage' })
})

test('a withdrawn case is registered, closed and told; it cannot be withdrawn twice', async () => {
  const { id } = await write(db, (tx) => createPetition(tx, { person: null, onBehalfOf: null, now: instant('110/4/12 10:00'), today: dayOf(instant('110/4/12 10:00')) }, { channel: 'mayor-mail', title: '路燈', body: '路燈不亮。', sender: { name: '林示範', email: 'w@example.org' }, receivedAt: instant('110/4/12 10:00') }))
  expect(valueOf(await withdrawOwn(resident('110/4/13 9:00'), { id, reason: '已經修好' }))).toEqual({ erased: false })
  const row = await db.selectFrom('cases').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
  expect(row).toMatchObject({ stage: 'closed', outcome: 'withdrawn', number: expect.stringMatching(/^陳110-/) })
  expect(await db.selectFrom('mail_messages').select('purpose').where('case_id', '=', id).execute()).toEqual([{ purpose: 'petition.withdrawn' }])
  expect(await withdrawOwn(resident('110/4/13 9:05'), { id, reason: '' })).toMatchObject({ code: 'petition.wrong-stage' })
})

test('what others’ letters were joined to is not withdrawn by one', async () => {
  const main = await makePetition(db, instant('110/4/12 10:00'))
  const other = await makePetition(db, instant('110/4/12 11:00'))
  await write(db, (tx) => tx.updateTable('cases').set({ merged_into: main.id }).where('id', '=', other.id).execute())
  expect(await withdrawOwn(resident('110/4/13 9:00'), { id: main.id, reason: '' })).toMatchObject({ code: 'petition.has-merged' })
  await write(db, (tx) => tx.updateTable('cases').set({ merged_into: null }).where('id', '=', other.id).execute())
})

test('a score is given once and can be changed for thirty days', async () => {
  const { id, number } = await closed()
  expect(await ratePetition(resident('110/5/4 9:00'), { id, score: '', note: '' })).toMatchObject({ code: 'rate.no-score', field: 'score' })
  expect(await ratePetition(resident('110/5/4 9:00'), { id, score: '6', note: '' })).toMatchObject({ code: 'rate.no-score' })
  valueOf(await ratePetition(resident('110/5/4 9:00'), { id, score: '2', note: '太慢' }))
  valueOf(await ratePetition(resident('110/6/3 23:00'), { id, score: '4', note: '後來修好了' }))
  expect(await caseOf(number)).toMatchObject({ satisfaction: 4, satisfaction_note: '後來修好了', satisfied_at: instant('110/5/4 9:00') })
  expect(await ratePetition(resident('110/6/4 0:01'), { id, score: '1', note: '' })).toMatchObject({ code: 'rate.too-late' })
})

test('an open case and a withdrawn one are not rated', async () => {
  const { id } = await caseOf(await makeInHand(db, office))
  expect(await ratePetition(resident('110/5/4 9:00'), { id, score: '5', note: '' })).toMatchObject({ code: 'petition.wrong-stage' })
  expect(await ratePetition(resident('110/5/4 9:00'), { id: (await closed('withdrawn')).id, score: '5', note: '' })).toMatchObject({ code: 'rate.withdrawn' })
})

test('consent is changed both ways, and the same answer twice is one act', async () => {
  const { id, number } = await closed()
  valueOf(await changeConsent(resident('110/5/4 9:00'), { id, consent: 'yes' }))
  valueOf(await changeConsent(resident('110/5/4 9:01'), { id, consent: 'yes' }))
  expect((await caseOf(number)).publish_consent).toBe(true)
  expect(await db.selectFrom('events').select('id').where('case_id', '=', id).where('kind', '=', 'petition.consent-changed').execute()).toHaveLength(1)
  expect(await changeConsent(resident('110/5/4 9:02'), { id, consent: 'maybe' })).toMatchObject({ refused: true })
})

const mailsTo = (caseId: number) => db.selectFrom('mail_messages').select(['purpose', 'text']).where('case_id', '=', caseId).orderBy('id').execute()

test('a lost code is replaced by mail, only for number and address that belong together', async () => {
  const { id, number } = await closed()
  for (const [wrongNumber, email] of [[number, 'other@example.org'], ['陳110-999999', 'wang@example.org'], ['', ''], [number, '']]) {
    valueOf(await sendNewCode(resident('110/5/4 9:00'), { number: wrongNumber, email }))
  }
  expect(await mailsTo(id)).toEqual([])
  valueOf(await sendNewCode(resident('110/5/4 9:00'), { number: number.replace('陳', ' 陳 '), email: ' WANG@example.org' }))
  const [mail] = await mailsTo(id)
  const code = /追蹤碼：(\S+)/.exec(mail!.text)![1]!
  expect(await findByFollowCode(db, number, code)).toMatchObject({ id })
  expect(await findByFollowCode(db, number, code.toLowerCase().replace('-', ' '))).toMatchObject({ id })
  expect(await findByFollowCode(db, number, `${code}2`)).toBeNull()
  expect(await findByFollowCode(db, undefined, undefined)).toBeNull()
})

test('a petition without a code is opened by nobody, not even by an empty one', async () => {
  const { number } = await closed()
  for (const code of ['', '-', '0']) expect(await findByFollowCode(db, number, code)).toBeNull()
  expect(followCodeHash('')).toBeNull()
})

test('whoever came to the desk and left an address gets a code by mail', async () => {
  const { id, number } = valueOf(await registerNew(at(office.clerk, '110/4/12 11:00'), {
    channel: 'counter', title: '路燈不亮', body: '巷口路燈不亮一週了。', receivedAt: instant('110/4/12 10:00'), senderName: '林示範', senderEmail: 'desk@example.org', senderPhone: null, senderAddress: null, answerBy: 'mail', place: null, mailboxRef: null, objection: null,
  }))
  const [mail] = await mailsTo(id)
  expect(mail!.purpose).toBe('petition.code')
  expect(await findByFollowCode(db, number, /追蹤碼：(\S+)/.exec(mail!.text)![1]!)).toMatchObject({ id })
})

test('the rows of every case still fit their sealed events after all that residents did', async () => {
  // the merged case above was set behind the acts' back and set back again
  expect((await verifyCaseStates(db)).differences.filter((line) => !line.includes('沒有封存'))).toEqual([])
})
