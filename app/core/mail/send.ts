import { lazily } from '../lazy.ts'

const nodemailer = lazily<typeof import('nodemailer')>('nodemailer')

export type OutgoingMessage = {
  /** One address; several people get several messages, so that nobody learns of the others. */
  to: string
  subject: string
  /** Plain text is always there, since that is what everyone can read. */
  text: string
  html?: string | undefined
  /** From messageIdOf, the same at every try. */
  messageId: string
  inReplyTo?: string | null | undefined
  references?: readonly string[] | undefined
  headers?: Readonly<Record<string, string>> | undefined
  attachments?: readonly { filename: string; mediaType: string; bytes: Buffer }[] | undefined
}

export type SendResult =
  | { state: 'sent'; response: string }
  /** No server is configured: the outbox keeps the message, and the console shows it. */
  | { state: 'kept' }

export type SenderOptions = {
  /** smtp://user:password@host:587 or smtps://…; absent: nothing is sent */
  smtpUrl?: string | undefined
  /** `縣民信箱 <mail@county.example>` */
  from: string
}

export type Sender = {
  /** Throws SendFailure (try again, or not: `permanent`) and RangeError for a message that must not be written. */
  send(message: OutgoingMessage): Promise<SendResult>
  domain: string
  /** No server is configured: everything is kept. */
  keeps?: boolean
  /** Ends after the messages under way. */
  close(): void
}

export class SendFailure extends Error {
  override name = 'SendFailure'
  permanent: boolean
  constructor(message: string, permanent: boolean, cause: unknown) {
    super(message, { cause })
    this.permanent = permanent
  }
}

const connectMs = 15_000
const idleMs = 60_000

/** Our Message-ID for a token the outbox keeps: a retried job sends the same one, so that mailboxes show one letter. */
export function messageIdOf(token: string, domain: string): string {
  if (!/^[\w-]{1,100}$/.test(token)) throw new RangeError('token of a Message-ID is letters, digits, _ and - only')
  return `<windlion.${token}@${domain}>`
}

export function createSender(options: SenderOptions): Sender {
  const from = readFrom(options.from)
  const domain = from.address.slice(from.address.lastIndexOf('@') + 1).toLowerCase()
  if (!options.smtpUrl) {
    return {
      domain, keeps: true, close() {},
      async send(message) {
        checkMessage(message)
        return { state: 'kept' }
      },
    }
  }
  const transport = nodemailer().createTransport(poolOptions(options.smtpUrl))
  return {
    domain,
    close: () => transport.close(),
    async send(message) {
      checkMessage(message)
      try {
        const { response } = await transport.sendMail(compose(from, message))
        return { state: 'sent', response: response.slice(0, 500) }
      } catch (error) {
        throw failureOf(error)
      }
    },
  }
}

function poolOptions(smtpUrl: string) {
  const url = new URL(smtpUrl)
  const secure = url.protocol === 'smtps:'
  const user = decodeURIComponent(url.username)
  const host = url.hostname.replace(/^\[|\]$/g, '')
  const isThisMachine = /^(localhost|127\.\d+\.\d+\.\d+|::1)$/.test(host)
  return {
    pool: true as const, host, secure, port: url.port ? Number(url.port) : secure ? 465 : 587,
    ...(user ? { auth: { user, pass: decodeURIComponent(url.password) } } : {}),
    // A password never crosses the network in the clear.
    requireTLS: user !== '' && !secure && !isThisMachine,
    maxConnections: 2, maxMessages: 100, maxRequeues: 0,
    connectionTimeout: connectMs, greetingTimeout: connectMs, socketTimeout: idleMs,
    disableFileAccess: true, disableUrlAccess: true,
  }
}

function compose(from: { name: string; address: string }, message: OutgoingMessage) {
  const references = [...new Set([...(message.references ?? []), ...(message.inReplyTo ? [message.inReplyTo] : [])])]
  return {
    from, to: { name: '', address: message.to }, subject: message.subject, text: message.text, messageId: message.messageId,
    envelope: { from: from.address, to: [message.to] },
    ...(message.html === undefined ? {} : { html: message.html }),
    ...(message.inReplyTo ? { inReplyTo: message.inReplyTo } : {}),
    ...(references.length > 0 ? { references } : {}),
    // RFC 3834 and Exchange: no holiday notice shall answer this. X-Windlion lets us know our own letter when it comes back.
    headers: {
      ...message.headers, 'Auto-Submitted': message.inReplyTo ? 'auto-replied' : 'auto-generated',
      'X-Auto-Response-Suppress': 'All', 'X-Windlion': message.messageId,
    },
    attachments: (message.attachments ?? []).map((each) => ({ filename: each.filename, contentType: each.mediaType, content: each.bytes })),
    disableFileAccess: true, disableUrlAccess: true,
  }
}

// eslint-disable-next-line no-control-regex
const controls = /[\u0000-\u001f\u007f\u2028\u2029]/
const oneMessageId = /^<[^<>\s]{1,900}>$/

/** Refuses whatever could start another header or reach another person; such a message is our fault, so it throws. */
function checkMessage(message: OutgoingMessage): void {
  const lines: [string, string][] = [
    ['to', message.to], ['subject', message.subject], ['messageId', message.messageId],
    ...Object.entries(message.headers ?? {}), ...(message.attachments ?? []).flatMap((each): [string, string][] => [['filename', each.filename], ['mediaType', each.mediaType]]),
  ]
  for (const [name, value] of lines) if (controls.test(value)) throw new RangeError(`line break or control character in ${name} of a mail`)
  for (const name of Object.keys(message.headers ?? {})) {
    if (!/^[A-Za-z][A-Za-z0-9-]{0,60}$/.test(name)) throw new RangeError(`not a header name: ${JSON.stringify(name)}`)
    if (reserved.has(name.toLowerCase())) throw new RangeError(`header ${name} is set by the sender itself`)
  }
  if (!isOneAddress(message.to)) throw new RangeError('recipient is not one mail address')
  for (const id of [message.messageId, ...(message.inReplyTo ? [message.inReplyTo] : []), ...(message.references ?? [])]) {
    if (!oneMessageId.test(id)) throw new RangeError('not a Message-ID')
  }
  for (const { mediaType } of message.attachments ?? []) {
    if (!/^[\w.+-]+\/[\w.+-]+$/.test(mediaType)) throw new RangeError(`not a media type: ${mediaType}`)
  }
}

const reserved = new Set(['from', 'to', 'cc', 'bcc', 'sender', 'reply-to', 'subject', 'date', 'message-id', 'in-reply-to', 'references', 'mime-version', 'content-type', 'content-transfer-encoding', 'auto-submitted', 'x-windlion'])

/** One plain address, such as a mailbox program accepts: no names, no lists, no routes. */
export function isOneAddress(address: string): boolean {
  return address.length <= 254 && /^[^\s@<>()[\]\\,;:"]{1,64}@[^\s@<>()[\]\\,;:"]{1,253}$/.test(address) && !controls.test(address) && !/^[.-]|\.\.|\.@|@[.-]|[.-]$/.test(address)
}

/** `縣民信箱 <mail@county.example>` or a bare address. Throws RangeError on anything else. */
export function readFrom(text: string): { name: string; address: string } {
  if (controls.test(text)) throw new RangeError(`line break or control character in the sender ${JSON.stringify(text)}`)
  const match = /^\s*"?([^"<>]*?)"?\s*<([^<>]+)>\s*$/.exec(text)
  const from = match ? { name: match[1] ?? '', address: match[2] ?? '' } : { name: '', address: text.trim() }
  if (!isOneAddress(from.address)) throw new RangeError(`not a sender: ${JSON.stringify(text)}`)
  return from
}

// RFC 5321: 5yz is for good, except 503 (out of step) and what concerns our own sign-in, which an administrator can mend.
function failureOf(error: unknown): SendFailure {
  if (!(error instanceof Error)) return new SendFailure(String(error), false, error)
  const code = 'responseCode' in error && typeof error.responseCode === 'number' ? error.responseCode : 0
  const kind = 'code' in error && typeof error.code === 'string' ? error.code : ''
  const isOurs = ['EAUTH', 'ENOAUTH', 'EOAUTH2', 'ETLS', 'ECONFIG', 'EPROTOCOL'].includes(kind)
  return new SendFailure(error.message.slice(0, 500), code >= 500 && code !== 503 && !isOurs, error)
}
