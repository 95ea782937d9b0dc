import { WrongUse } from '../errors.ts'
import type { Db } from '../db.ts'
import { type LetterTaker, ownMailbox, useOwnAddresses } from './arrived.ts'
import { fetchFrom } from './fetch.ts'
import { readImapUrl } from './imap-url.ts'
import { type Intake, startIntake } from './intake.ts'
import { useSender } from './outbox.ts'
import { createSender, readFrom, type Sender } from './send.ts'

export type MailSettings = {
  smtpUrl: string | undefined
  mailFrom: string
  /** address → name of the mailbox */
  mailboxes: Record<string, string>
  intake: { port: number; host: string; lmtp: boolean } | null
  imapUrl: string | undefined
  publicUrl: string | undefined
}

export type OpenMail = {
  /** for people: where letters come in, null where none do */
  address: string | null
  /** Letters under way are kept and messages under way sent first. Stop the jobs before. */
  close(): Promise<void>
}

/** Usual mail servers take 25 MB of files, which base64 makes a third larger. */
export const letterBytesMax = 40 * 1024 * 1024

/**
 * The office's mail: the way out, the SMTP or LMTP intake, the folder to fetch from. Before working on jobs.
 * Throws WrongUse for a mailbox that nobody takes letters for, and for a port in use.
 */
export async function openMail(db: Db, settings: MailSettings, taker: LetterTaker | undefined, onFault: (error: Error) => void): Promise<OpenMail> {
  const from = sender(settings)
  useSender(from.sender)
  useOwnAddresses([from.address, ...Object.keys(settings.mailboxes)])
  const origin = settings.publicUrl ?? null
  fetchFrom(null)
  if (settings.imapUrl) {
    const { account, mailbox, name } = readImapUrl(settings.imapUrl)
    const takes = takerFor(taker, [mailbox], 'IMAP_URL')
    fetchFrom({ account, name, bytesMax: letterBytesMax, take: (raw, receivedAt) => takes.take(db, { raw, from: null, mailboxes: [mailbox], receivedAt, origin }, onFault) })
  }
  const intake = settings.intake && (await openIntake(db, settings, settings.intake, takerFor(taker, Object.values(settings.mailboxes), 'INTAKE_MAILBOXES'), from.address, onFault))
  return {
    address: intake && `${settings.intake!.lmtp ? 'lmtp' : 'smtp'}://${settings.intake!.host}:${intake.port}`,
    close: async () => {
      await intake?.close()
      from.sender.close()
    },
  }
}

function sender(settings: MailSettings): { sender: Sender; address: string } {
  try {
    return { sender: createSender({ smtpUrl: settings.smtpUrl, from: settings.mailFrom }), address: readFrom(settings.mailFrom).address.toLowerCase() }
  } catch (error) {
    throw new WrongUse(`設定 MAIL_FROM 不正確（${settings.mailFrom}）：格式為 縣民信箱 <mail@county.example>`, { cause: error })
  }
}

function takerFor(taker: LetterTaker | undefined, mailboxes: string[], setting: string): LetterTaker {
  const unknown = mailboxes.find((name) => !taker?.mailboxes.includes(name))
  if (!taker || unknown !== undefined) throw new WrongUse(`設定 ${setting} 裡的「${unknown ?? ''}」不是收信的管道，可用的有：${taker?.mailboxes.join('、') ?? '（沒有模組收信）'}`)
  return taker
}

async function openIntake(db: Db, settings: MailSettings, at: NonNullable<MailSettings['intake']>, taker: LetterTaker, from: string, onFault: (error: Error) => void): Promise<Intake> {
  const recipients = new Map([[from, ownMailbox], ...Object.entries(settings.mailboxes).map(([address, name]): [string, string] => [address.toLowerCase(), name])])
  const options = { protocol: at.lmtp ? ('lmtp' as const) : ('smtp' as const), host: at.host, port: at.port, sizeBytesMax: letterBytesMax, recipients, onFault }
  try {
    return await startIntake({
      ...options,
      onLetter: (raw, envelope) => taker.take(db, { raw, from: envelope.from, mailboxes: [...new Set(envelope.to.map((each) => each.mailbox))], receivedAt: null, origin: settings.publicUrl ?? null }, onFault),
    })
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'EADDRINUSE') throw new WrongUse(`收信的埠 ${at.port} 已有其他程式使用：請停止它，或以 INTAKE_PORT 指定別的埠`)
    if (code === 'EACCES') throw new WrongUse(`不能使用收信的埠 ${at.port}：1024 以下的埠需要系統權限，請以 INTAKE_PORT 指定別的埠`)
    throw error
  }
}
