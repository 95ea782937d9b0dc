import { afterEach, expect, test } from 'vitest'
import { createTestDatabase } from '../../../test/support/database.ts'
import { type ArrivedLetter, type LetterTaker, ownAddresses, ownMailbox } from './arrived.ts'
import { fetchMailJob } from './fetch.ts'
import { listFolders } from './folder-state.ts'
import { startTestImapServer } from './imap-server-for-tests.ts'
import { mailIsKept } from './outbox.ts'
import { type MailSettings, openMail, type OpenMail } from './service.ts'
import nodemailer from 'nodemailer'

const { db } = await createTestDatabase()
const taken: ArrivedLetter[] = []
const taker: LetterTaker = { as: 'mailroom', mailboxes: ['縣長電子信箱'], take: async (_db, letter) => void taken.push(letter) }
let mail: OpenMail | null = null
afterEach(async () => {
  await mail?.close()
  mail = null
  taken.length = 0
})

const settings: MailSettings = { smtpUrl: undefined, mailFrom: '縣民信箱 <NoReply@kinmen.example>', mailboxes: { 'Mayor@kinmen.example': '縣長電子信箱' }, intake: null, imapUrl: undefined, publicUrl: undefined }
const open = async (more: Partial<MailSettings>) => (mail = await openMail(db, { ...settings, ...more }, taker, () => {}))

test('letters to a mailbox and to the address we write from are taken, others are not', async () => {
  await open({ intake: { port: 0, host: '127.0.0.1', lmtp: false } })
  const transport = nodemailer.createTransport({ host: '127.0.0.1', port: Number(mail!.address!.split(':').at(-1)), ignoreTLS: true })
  const send = (to: string[]) => transport.sendMail({ envelope: { from: 'ming@example.tw', to }, raw: 'Subject: x\r\n\r\ny\r\n' })
  await send(['MAYOR@kinmen.example', 'noreply@kinmen.example'])
  await expect(send(['someone@kinmen.example'])).rejects.toThrow('550')
  transport.close()
  expect(taken.map((letter) => [letter.from, letter.mailboxes])).toEqual([['ming@example.tw', ['縣長電子信箱', ownMailbox]]])
  expect(ownAddresses()).toEqual(['noreply@kinmen.example', 'mayor@kinmen.example'])
  expect(mailIsKept()).toBe(true)
})

test('a mailbox that nobody takes letters for does not start, nor a second intake on one port', async () => {
  await expect(open({ intake: { port: 0, host: '127.0.0.1', lmtp: true }, mailboxes: { 'a@kinmen.example': '縣長信箱' } })).rejects.toThrow('「縣長信箱」不是收信的管道，可用的有：縣長電子信箱')
  await expect(open({ imapUrl: 'imap://u:p@127.0.0.1/INBOX?channel=別的' })).rejects.toThrow('「別的」不是收信的管道')
  await expect(open({ mailFrom: '縣民信箱' })).rejects.toThrow('MAIL_FROM')
  await open({ intake: { port: 0, host: '127.0.0.1', lmtp: true } })
  expect(mail!.address).toMatch(/^lmtp:/)
  const port = Number(mail!.address!.split(':').at(-1))
  await expect(openMail(db, { ...settings, intake: { port, host: '127.0.0.1', lmtp: false } }, taker, () => {})).rejects.toThrow(`收信的埠 ${port} 已有其他程式使用`)
})

test('a folder is fetched every minute; a server that is away shows until it answers', async () => {
  const server = await startTestImapServer()
  server.add('INBOX', 'Subject: x\r\n\r\ny\r\n')
  server.settings.pass = 'another'
  await open({ imapUrl: `imap://mayor:open@127.0.0.1:${server.port}/INBOX?channel=縣長電子信箱` })
  expect(fetchMailJob.every).toBe('* * * * *')
  await fetchMailJob.run(db, {})
  expect(await listFolders(db)).toMatchObject([{ name: 'mayor@127.0.0.1/INBOX', lastError: expect.stringContaining('sign-in refused') }])
  server.settings.pass = 'open'
  await fetchMailJob.run(db, {})
  await fetchMailJob.run(db, {})
  expect(taken).toMatchObject([{ from: null, mailboxes: ['縣長電子信箱'], receivedAt: new Date('2026-11-23T02:00:00Z') }])
  expect((await listFolders(db))[0]!.lastError).toBeNull()
  await server.close()
  await open({})
  expect(fetchMailJob.every).toBeUndefined()
})
