import { createHash } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { createTestDatabase } from '../../../test/support/database.ts'
import { useTestKeys } from '../../../test/support/makers.ts'
import { write } from '../db.ts'
import { storeDocument, useDocumentFolder } from '../documents/store.ts'
import { openJobs, runDueJobs } from '../jobs/jobs.ts'
import type { LetterKind } from './classify.ts'
import { folderState, listFolders, noteFolderFault } from './folder-state.ts'
import { attemptsMax, queueAgain, queueMail, refuseAddress, sendMailJob, useSender, type NewMail } from './outbox.ts'
import { countMail, findMail, findMailAnswered, listMail, mailListQuery, recordBounce } from './outbox-queries.ts'
import { SendFailure, type OutgoingMessage, type SendResult } from './send.ts'

const { db } = await createTestDatabase()
let folder: string
let sent: OutgoingMessage[]
let answer: (message: OutgoingMessage) => SendResult

beforeAll(async () => {
  useTestKeys()
  folder = await mkdtemp(join(tmpdir(), 'windlion-mail-'))
  useDocumentFolder(folder)
  await openJobs(db)
})
afterAll(() => rm(folder, { recursive: true }))
beforeEach(async () => {
  await db.deleteFrom('mail_messages').execute()
  sent = []
  answer = () => ({ state: 'sent', response: '250 OK' })
  useSender({ domain: 'kinmen.example', close() {}, send: async (message) => { sent.push(message); return answer(message) } })
})

const queue = (more: Partial<NewMail> = {}) => write(db, (tx) => queueMail(tx, { to: 'ming@example.tw', subject: '答復', text: '已修復。', purpose: 'petition.answer', ...more }))

test('a message goes out once its act is committed', async () => {
  const bytes = Buffer.from('公文')
  const { sha256 } = await write(db, (tx) => storeDocument(tx, bytes, 'text/plain'))
  const { id, token } = await queue({ inReplyTo: '<q@example.tw>', references: ['<p@example.tw>', 'broken'], attachments: [{ name: '公文.txt', mediaType: 'text/plain', sha256 }] })
  expect(await runDueJobs(db)).toBe(1)
  expect(sent).toEqual([{
    to: 'ming@example.tw', subject: '答復', text: '已修復。', messageId: `<windlion.${token}@kinmen.example>`, inReplyTo: '<q@example.tw>', references: ['<p@example.tw>'],
    attachments: [{ filename: '公文.txt', mediaType: 'text/plain', bytes }],
  }])
  expect(await findMail(db, id)).toMatchObject({ state: 'sent', attempts: 1, response: '250 OK', to: 'm•••@e•••', sent_at: expect.any(Date), text: '已修復。' })
})

test('an act that fails sends nothing', async () => {
  await expect(write(db, async (tx) => {
    await queueMail(tx, { to: 'a@b.tw', subject: 'x', text: 'y', purpose: 'test.mail' })
    throw new Error('undone')
  })).rejects.toThrow('undone')
  expect(await runDueJobs(db)).toBe(0)
  expect(await countMail(db)).toEqual({ queued: 0, kept: 0, failed: 0, bounced: 0 })
})

test('a job that runs twice sends once', async () => {
  const { id } = await queue()
  await sendMailJob.run(db, { mailId: id })
  await sendMailJob.run(db, { mailId: id })
  expect(sent).toHaveLength(1)
})

test('the address is nowhere in the clear', async () => {
  const { id } = await queue()
  answer = () => { throw new SendFailure('450 <Ming@example.tw>: greylisted', false, null) }
  await expect(sendMailJob.run(db, { mailId: id })).rejects.toThrow('mail')
  await sendMailJob.run(db, { mailId: id }).catch((error: Error) => expect(error.message).not.toContain('example.tw'))
  const row = await db.selectFrom('mail_messages').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
  expect(JSON.stringify({ ...row, to_encrypted: row.to_encrypted?.toString('latin1') })).not.toMatch(/ming@/i)
  expect(row).toMatchObject({ state: 'queued', attempts: 2, last_error: '450 <（收件人）>: greylisted' })
})

test('what cannot be sent now is tried again, for good only after many tries', async () => {
  const { id } = await queue()
  answer = () => { throw new SendFailure('421 busy', false, null) }
  for (let attempt = 1; attempt < attemptsMax; attempt++) await expect(sendMailJob.run(db, { mailId: id })).rejects.toThrow('421 busy')
  await sendMailJob.run(db, { mailId: id })
  expect(await findMail(db, id)).toMatchObject({ state: 'failed', attempts: attemptsMax, last_error: '421 busy' })
  expect(await listMail(db, { trouble: true })).toHaveLength(1)
})

test('what is refused for good is shown at once and can be sent again', async () => {
  const { id } = await queue()
  answer = () => { throw new SendFailure('550 no such user', true, null) }
  await runDueJobs(db)
  expect(await findMail(db, id)).toMatchObject({ state: 'failed', attempts: 1 })
  answer = () => ({ state: 'sent', response: '250 OK' })
  expect(await write(db, (tx) => queueAgain(tx, id))).toBeNull()
  expect(await write(db, (tx) => queueAgain(tx, id))).toMatchObject({ code: 'mail.waiting' })
  await runDueJobs(db)
  expect(await findMail(db, id)).toMatchObject({ state: 'sent' })
  expect(new Set(sent.map((message) => message.messageId)).size).toBe(1)
  expect(await write(db, (tx) => queueAgain(tx, id))).toMatchObject({ code: 'mail.sent' })
  expect(await write(db, (tx) => queueAgain(tx, 999_999))).toMatchObject({ code: 'mail.unknown' })
})

test('without a server messages are kept and shown, and go out once there is one', async () => {
  const { id } = await queue()
  answer = () => ({ state: 'kept' })
  await runDueJobs(db)
  expect(await countMail(db)).toMatchObject({ kept: 1 })
  answer = () => ({ state: 'sent', response: '250 OK' })
  await write(db, (tx) => queueAgain(tx, id))
  await runDueJobs(db)
  expect(await countMail(db)).toMatchObject({ queued: 0, kept: 0 })
})

test('a bounce is noted on the message it returns', async () => {
  const { id, token } = await queue()
  await runDueJobs(db)
  const bounce: Extract<LetterKind, { kind: 'bounce' }> = { kind: 'bounce', of: `<windlion.${token}@kinmen.example>`, recipient: 'ming@example.tw', permanent: false, reason: 'delayed for ming@example.tw' }
  const record = (more: Partial<typeof bounce>) => write(db, (tx, now) => recordBounce(tx, { ...bounce, ...more }, now))
  expect(await record({})).toEqual({ id, caseId: null })
  expect(await findMail(db, id)).toMatchObject({ state: 'sent', bounce_permanent: false, bounce_reason: 'delayed for （收件人）' })
  await record({ of: null, permanent: true, reason: '550' })
  await record({ permanent: false, reason: 'late' })
  expect(await findMail(db, id)).toMatchObject({ bounce_permanent: true, bounce_reason: '550' })
  expect(await countMail(db)).toMatchObject({ bounced: 1 })
  expect(await record({ of: '<other@example.tw>', recipient: 'stranger@example.tw' })).toBeNull()
})

test('an answer to our letter finds its case', async () => {
  const { id, token } = await queue()
  expect(await findMailAnswered(db, [null, '<other@example.tw>', `<windlion.${token}@kinmen.example>`])).toEqual({ id, caseId: null, purpose: 'petition.answer' })
  expect(await findMailAnswered(db, ['<windlion.guess@kinmen.example>', "<windlion.'; drop@x>"])).toBeNull()
})

test('lists page by key', async () => {
  const ids = []
  for (let i = 0; i < 5; i++) ids.unshift((await queue({ subject: `第 ${i} 封` })).id)
  const first = await listMail(db, { limit: 3 })
  const rest = await listMail(db, { limit: 3, before: first.at(-1)?.id ?? 0 })
  expect([...first, ...rest].map((line) => line.id)).toEqual(ids)
  expect(await listMail(db, { state: 'sent' })).toEqual([])
})

test('a code that went out is forgotten', async () => {
  const { id } = await queue({ text: '驗證碼 123456', secret: true })
  answer = () => ({ state: 'kept' })
  await runDueJobs(db)
  expect((await findMail(db, id))?.text).toBe('驗證碼 123456')
  answer = () => ({ state: 'sent', response: '250 OK' })
  await write(db, (tx) => queueAgain(tx, id))
  await runDueJobs(db)
  expect((await findMail(db, id))?.text).not.toContain('123456')
  expect(sent.at(-1)?.text).toContain('123456')
  await db.updateTable('mail_messages').set({ bounced_at: new Date() }).where('id', '=', id).execute()
  expect(await write(db, (tx) => queueAgain(tx, id))).toMatchObject({ code: 'mail.forgotten' })
})

test('each list goes over an index', async () => {
  await sql`insert into mail_messages (token, subject, text, purpose, state, sent_at)
    select 't' || n, 's', 't', 'test.mail', case when n % 500 = 0 then 'failed' else 'sent' end, case when n % 500 <> 0 then now() end from generate_series(1, 20000) n`.execute(db)
  await sql`analyze mail_messages`.execute(db)
  const planOf = async (filter: Parameters<typeof mailListQuery>[1]) => JSON.stringify(await mailListQuery(db, filter).explain())
  expect(await planOf({ trouble: true })).toContain('mail_messages_trouble')
  expect(await planOf({ state: 'failed', before: 9000 })).toMatch(/mail_messages_(state|trouble)/)
  expect(await planOf({ caseId: 7 })).toContain('mail_messages_case')
  expect(await planOf({ before: 9000 })).toContain('mail_messages_pkey')
})

test('what is no address is refused before it is queued', async () => {
  await expect(queue({ to: 'a@b.tw, c@d.tw' })).rejects.toThrow(RangeError)
  expect(refuseAddress('無')).toMatchObject({ code: 'mail.bad-address', field: 'email' })
  expect(refuseAddress(' a@b.tw ')).toBeNull()
})

test('line breaks in a subject are taken out, and a changed attachment is never sent', async () => {
  const sha256 = createHash('sha256').update('never stored').digest('hex')
  const { id } = await queue({ subject: '答復\r\nBcc: x@y.tw', attachments: [{ name: 'a', mediaType: 'text/plain', sha256 }] })
  await expect(sendMailJob.run(db, { mailId: id })).rejects.toThrow('not sent')
  expect(sent).toEqual([])
  expect(await findMail(db, id)).toMatchObject({ state: 'queued', subject: '答復 Bcc: x@y.tw' })
})

test('the progress of a folder is kept', async () => {
  const folderOf = folderState(db, 'mayor@mail.example/INBOX')
  expect(await folderOf.get()).toBeNull()
  await noteFolderFault(db, 'mayor@mail.example/INBOX', 'sign-in refused')
  expect(await listFolders(db)).toEqual([{ name: 'mayor@mail.example/INBOX', lookedAt: null, lastError: 'sign-in refused', waiting: 0 }])
  const state = { uidValidity: '1', highestUid: 7, failed: [3], unmarked: [], lookedAt: '2026-11-24T00:00:00.000Z' }
  await folderOf.put(state)
  expect(await folderOf.get()).toEqual(state)
  expect(await listFolders(db)).toMatchObject([{ lastError: null, waiting: 1 }])
})
