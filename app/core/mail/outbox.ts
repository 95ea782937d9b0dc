import { randomBytes } from 'node:crypto'
import type { Selectable } from 'kysely'
import type { Db, Tx } from '../db.ts'
import { readDocument } from '../documents/store.ts'
import { refusal, type Refusal } from '../errors.ts'
import { personalHash, seal, unseal } from '../personal-data/index.ts'
import { defineJob, later } from '../jobs/jobs.ts'
import { cleanFilename, cleanLine, cleanText } from './clean.ts'
import { isOneAddress, messageIdOf, SendFailure, type Sender } from './send.ts'
import type { MailAttachment, MailMessageTable } from './tables.ts'

export type NewMail = {
  to: string
  subject: string
  text: string
  /** `noun.verb` of what it is for, shown in the console */
  purpose: string
  caseId?: number | null
  /** It carries a code or a link that opens something: the text is forgotten once it went out, so no colleague can use it. */
  secret?: boolean
  /** Message-ID of the letter that this answers */
  inReplyTo?: string | null
  references?: readonly string[]
  /** contents in the document store */
  attachments?: readonly MailAttachment[]
}

/** With the waits between them about a day and a half; then the message shows as failed. */
export const attemptsMax = 12
const subjectCharactersMax = 200
const forgottenText = '（這封信含有驗證碼，寄出後不保留內容。）'

/** Sends one queued message; may run twice, which sends nothing twice once the first was noted. */
export const sendMailJob = defineJob<{ mailId: number }>({ name: 'mail.send', as: 'system', title: '寄信', retries: attemptsMax, run: sendQueued })

let sender: Sender | null = null

/** The process's way out. Call once at start, before working on jobs. */
export function useSender(given: Sender): void {
  sender = given
}

/** No server is configured, so messages are kept here and shown in the console. */
export function mailIsKept(): boolean {
  return sender?.keeps ?? false
}

/** Writes the message into the outbox in the act's own transaction; it is sent after commit. Throws on what is no address. */
export async function queueMail(tx: Tx, mail: NewMail): Promise<{ id: number; token: string }> {
  const to = mail.to.trim()
  if (!isOneAddress(to)) throw new RangeError('recipient is not one mail address')
  const token = randomBytes(12).toString('base64url')
  const { id } = await tx
    .insertInto('mail_messages')
    .values({
      token, to_encrypted: seal(to), to_hash: personalHash('email', to),
      subject: [...cleanLine(mail.subject)].slice(0, subjectCharactersMax).join(''), text: cleanText(mail.text),
      purpose: mail.purpose, secret: mail.secret ?? false, case_id: mail.caseId ?? null,
      in_reply_to: messageIdOrNull(mail.inReplyTo), reply_references: (mail.references ?? []).flatMap((each) => messageIdOrNull(each) ?? []),
      attachments: JSON.stringify(mail.attachments ?? []) as never,
      last_error: null, response: null, sent_at: null, bounced_at: null, bounce_permanent: null, bounce_reason: null,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  await later(tx, sendMailJob, { mailId: id })
  return { id, token }
}

/** For forms and before an answer goes out: a refusal where the address cannot be written to. */
export function refuseAddress(address: string, field = 'email'): Refusal | null {
  if (isOneAddress(address.trim())) return null
  return refusal('mail.bad-address', '這個電子郵件地址無法寄信，請檢查是否打錯', { field })
}

/** Tries again what failed, was kept for want of a server, or came back. */
export async function queueAgain(tx: Tx, mailId: number): Promise<Refusal | null> {
  const message = await tx.selectFrom('mail_messages').select(['state', 'bounced_at', 'to_encrypted', 'secret']).where('id', '=', mailId).forUpdate().executeTakeFirst()
  if (!message) return refusal('mail.unknown', '找不到這封信')
  if (!message.to_encrypted) return refusal('mail.destroyed', '收件人資料已依規定銷毀，不能再寄')
  if (message.state === 'queued') return refusal('mail.waiting', '這封信已在等待寄出，不需再按一次')
  if (message.state === 'sent' && !message.bounced_at) return refusal('mail.sent', '這封信已經寄出')
  if (message.secret && message.state === 'sent') return refusal('mail.forgotten', '這封信含有驗證碼，寄出後未保留內容，請收件人重新索取')
  await tx
    .updateTable('mail_messages')
    .set({ state: 'queued', attempts: 0, last_error: null, sent_at: null, bounced_at: null, bounce_permanent: null, bounce_reason: null })
    .where('id', '=', mailId)
    .execute()
  await later(tx, sendMailJob, { mailId })
  return null
}

async function sendQueued(db: Db, { mailId }: { mailId: number }): Promise<void> {
  const message = await db.selectFrom('mail_messages').selectAll().where('id', '=', mailId).executeTakeFirst()
  if (message?.state !== 'queued') return
  if (!sender) throw new Error('no sender is in use: call useSender first')
  const attempts = message.attempts + 1
  const to = unseal(message.to_encrypted)
  if (!to) return note(db, mailId, { attempts, state: 'failed', last_error: '收件人資料已依規定銷毀' })
  const outcome = await attempt(sender, message, to, attempts)
  await note(db, mailId, { attempts, ...outcome })
  // The queue keeps the text of what is thrown, so it must not name the recipient.
  if (outcome.state === 'queued') throw new Error(`mail ${mailId} not sent: ${outcome.last_error}`)
}

async function attempt(way: Sender, message: Selectable<MailMessageTable>, to: string, attempts: number): Promise<Outcome> {
  try {
    const result = await way.send(await compose(message, to, way.domain))
    if (result.state === 'kept') return { state: 'kept', last_error: null }
    const forgotten = message.secret ? { text: forgottenText } : {}
    return { state: 'sent', sent_at: new Date(), response: withoutAddress(result.response, to), last_error: null, ...forgotten }
  } catch (error) {
    const forGood = attempts >= attemptsMax || (error instanceof SendFailure ? error.permanent : error instanceof RangeError)
    return { state: forGood ? 'failed' : 'queued', last_error: withoutAddress(error instanceof Error ? error.message : String(error), to) }
  }
}

async function compose(message: Selectable<MailMessageTable>, to: string, domain: string) {
  const attachments = []
  for (const { name, mediaType, sha256 } of message.attachments) {
    attachments.push({ filename: cleanFilename(name) || '附件', mediaType, bytes: await readDocument(sha256) })
  }
  return {
    to, subject: message.subject, text: message.text, messageId: messageIdOf(message.token, domain),
    inReplyTo: message.in_reply_to, references: message.reply_references, attachments,
  }
}

type Outcome = Partial<Pick<Selectable<MailMessageTable>, 'attempts' | 'state' | 'last_error' | 'response' | 'sent_at' | 'text'>>

async function note(db: Db, mailId: number, outcome: Outcome): Promise<void> {
  await db.updateTable('mail_messages').set(outcome).where('id', '=', mailId).execute()
}

/** Servers repeat the address in their answers; personal data do not belong into plain columns and logs. */
export function withoutAddress(text: string, address: string): string {
  const plain = cleanLine(text).slice(0, 500)
  return address === '' ? plain : plain.replace(new RegExp(address.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'), 'gi'), '（收件人）')
}

// A foreign Message-ID that breaks the form would be refused at sending; the answer goes out without the reference.
function messageIdOrNull(id: string | null | undefined): string | null {
  return id && /^<[^<>\s]{1,500}>$/.test(id) ? id : null
}
