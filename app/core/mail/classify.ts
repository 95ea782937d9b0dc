import { readHeaders, valueOf } from './header.ts'
import { header, type Letter } from './letter.ts'

export type LetterKind =
  /** Someone wrote. `fromProgram` means that nothing may be answered automatically, lest two programs write to each other. */
  | { kind: 'letter'; fromProgram: boolean }
  /** A letter of ours could not (permanent) or not yet (not permanent) be delivered. `of` is its Message-ID where known. */
  | { kind: 'bounce'; of: string | null; recipient: string | null; permanent: boolean; reason: string | null }
  | { kind: 'auto-reply' }
  | { kind: 'loop'; why: string }
  | { kind: 'list-or-bulk' }

export type ClassifyOptions = {
  /** The office's own addresses; a letter "from" one of them came back to us. */
  ownAddresses?: readonly string[]
  /** The sender of the SMTP envelope where known: '' is the null return path of programs. */
  returnPath?: string | null
}

/** More hops than any honest way has; RFC 5321 §6.3 asks for a hundred at most. */
const hopsMax = 50

/**
 * Tells letters of people from those of programs, by RFC 3464 (bounces), RFC 3834 (automatic answers) and what programs
 * in Taiwan write in subjects. Where unsure it says 'letter': an unneeded look costs a minute, a lost letter a right.
 */
export function classifyLetter(letter: Letter, options: ClassifyOptions = {}): LetterKind {
  return bounce(letter, options) ?? loop(letter, options) ?? automatic(letter, options) ?? bulk(letter)
    ?? { kind: 'letter', fromProgram: isFromProgram(letter, options) }
}

function bounce(letter: Letter, options: ClassifyOptions): LetterKind | null {
  const report = letter.attachments.find((attachment) => /^message\/(global-)?delivery-status$/.test(attachment.mediaType))
  if (report) return bounceByReport(letter, report.bytes)
  const failed = header(letter, 'x-failed-recipients')
  const fromDaemon = /^(mailer-daemon|postmaster|mail-daemon|mdaemon)@/i.test(letter.from?.address ?? '') || /mail delivery (sub)?system/i.test(letter.from?.name ?? '')
  const says = bounceSubject.test(letter.subject)
  if (!failed && !(says && (fromDaemon || isNullPath(letter, options)))) return null
  const recipient = failed?.split(',')[0]?.trim() ?? firstAddressIn(letter)
  return { kind: 'bounce', of: returnedMessageId(letter), recipient, permanent: !delayed.test(`${letter.subject}\n${letter.text.slice(0, 2000)}`), reason: null }
}

const bounceSubject = /undeliver|delivery (status|failure|has failed|notification|delay)|failure notice|returned mail|mail delivery|delayed|could not be delivered|退信|退件|退回|無法(傳遞|遞送|送達|投遞)|(傳遞|遞送|投遞|傳送|寄送)(失敗|狀態|延遲)|未傳遞|未送達/i
const delayed = /\bdelayed?\b|will (be )?retr(y|ied)|still trying|延遲|仍會.{0,6}(嘗試|重試)/i

function bounceByReport(letter: Letter, bytes: Buffer): LetterKind | null {
  const blocks = bytes.toString('latin1').split(/\r?\n[ \t]*\r?\n/).map((block) => readHeaders(Buffer.from(block, 'latin1')))
  const recipients = blocks.filter((fields) => valueOf(fields, 'action') ?? valueOf(fields, 'status') ?? valueOf(fields, 'final-recipient'))
  const isFailure = (fields: ReturnType<typeof readHeaders>) => /^failed/i.test(valueOf(fields, 'action') ?? '') || /^5/.test(valueOf(fields, 'status') ?? '')
  const worst = recipients.find(isFailure) ?? recipients[0]
  if (!worst) return { kind: 'bounce', of: returnedMessageId(letter), recipient: firstAddressIn(letter), permanent: true, reason: null }
  const action = (valueOf(worst, 'action') ?? '').toLowerCase()
  // A note of success is nothing to act on.
  if (!isFailure(worst) && /^(delivered|relayed|expanded)/.test(action)) return { kind: 'auto-reply' }
  const recipient = addressField(valueOf(worst, 'original-recipient') ?? valueOf(worst, 'final-recipient'))
  const reason = valueOf(worst, 'diagnostic-code')?.replace(/^[\w-]+\s*;\s*/, '') ?? valueOf(worst, 'status')
  return { kind: 'bounce', of: returnedMessageId(letter), recipient, permanent: isFailure(worst), reason: reason?.slice(0, 500) ?? null }
}

// Final-Recipient: rfc822; someone@example.tw
function addressField(value: string | null): string | null {
  return /([^\s<>;]+@[^\s<>;]+)/.exec(value ?? '')?.[1]?.toLowerCase() ?? null
}

/** The Message-ID of the letter that came back: from the enclosed letter or its headers, else from what the bounce refers to. */
function returnedMessageId(letter: Letter): string | null {
  const enclosed = letter.attachments.find((attachment) => /^message\/(global|rfc822)$|^(text|message)\/rfc822-headers$|^message\/global-headers$/.test(attachment.mediaType))
  const inEnclosed = enclosed && /^message-id:\s*(<[^<>\s]+>)/im.exec(enclosed.bytes.subarray(0, 262_144).toString('latin1'))?.[1]
  if (inEnclosed) return inEnclosed
  return letter.inReplyTo ?? letter.references.at(-1) ?? /^\s*message-id:\s*(<[^<>\s]+>)/im.exec(letter.text)?.[1] ?? null
}

function firstAddressIn(letter: Letter): string | null {
  const own = letter.to.map((each) => each.address.toLowerCase())
  const found = letter.text.slice(0, 20_000).match(/[\w.+%-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}/g) ?? []
  return found.map((address) => address.toLowerCase()).find((address) => !own.includes(address) && !/^(postmaster|mailer-daemon)@/.test(address)) ?? null
}

function loop(letter: Letter, options: ClassifyOptions): LetterKind | null {
  if (letter.headers.has('x-windlion')) return { kind: 'loop', why: '本系統寄出的信又回到信箱' }
  const own = new Set((options.ownAddresses ?? []).map((address) => address.toLowerCase()))
  const from = letter.from?.address.toLowerCase()
  if (from && own.has(from)) return { kind: 'loop', why: `寄件人是本府信箱 ${from}` }
  const hops = letter.headers.get('received')?.length ?? 0
  if (hops > hopsMax) return { kind: 'loop', why: `已轉送 ${hops} 次` }
  return null
}

function automatic(letter: Letter, options: ClassifyOptions): LetterKind | null {
  const submitted = (header(letter, 'auto-submitted') ?? '').toLowerCase()
  const isReply = letter.inReplyTo !== null || letter.references.length > 0
  if (/^auto-(replied|notified)/.test(submitted)) return { kind: 'auto-reply' }
  if (['x-autoreply', 'x-autorespond', 'x-autoresponder'].some((name) => letter.headers.has(name) && header(letter, name) !== 'no')) return { kind: 'auto-reply' }
  if (/^auto[_-]?reply/i.test(header(letter, 'precedence') ?? '')) return { kind: 'auto-reply' }
  if (letter.attachments.some((attachment) => attachment.mediaType === 'message/disposition-notification')) return { kind: 'auto-reply' }
  if (autoReplySubject.test(letter.subject.trim()) && !/^no$/.test(submitted)) return { kind: 'auto-reply' }
  if (isNullPath(letter, options) && (isReply || submitted.startsWith('auto'))) return { kind: 'auto-reply' }
  return null
}

// Only where the subject is such a phrase or begins with it and a divider: "自動回覆系統故障" is a complaint.
const autoReplySubject = /^(?:re[:：]\s*)?[[【(（]?\s*(?:自動(?:回覆|回復|答覆|答復)(?:通知|訊息|信)?|不在辦公室|外出(?:自動)?(?:回覆|回復)|休假(?:自動)?(?:回覆|回復|通知)|系統自動(?:回覆|回復)|auto(?:matic|mated)?[ -]?(?:reply|response)|out of (?:the )?office(?: (?:auto)?reply)?|vacation (?:reply|response))\s*(?:[\]】)）:：\-–—]|$)/i

function bulk(letter: Letter): LetterKind | null {
  const precedence = (header(letter, 'precedence') ?? '').toLowerCase()
  const isList = ['list-id', 'list-unsubscribe', 'list-post', 'feedback-id'].some((name) => letter.headers.has(name))
  return isList || /^(bulk|list|junk)/.test(precedence) ? { kind: 'list-or-bulk' } : null
}

function isFromProgram(letter: Letter, options: ClassifyOptions): boolean {
  const submitted = (header(letter, 'auto-submitted') ?? 'no').toLowerCase()
  const from = letter.from?.address ?? ''
  return submitted !== 'no' || isNullPath(letter, options) || from === ''
    || /^(no-?reply|do-?not-?reply|noreply-.*|mailer-daemon|postmaster|bounces?)(\+.*)?@/i.test(from)
    || /\b(all|oof|autoreply)\b/i.test(header(letter, 'x-auto-response-suppress') ?? '')
}

function isNullPath(letter: Letter, options: ClassifyOptions): boolean {
  if (options.returnPath !== undefined && options.returnPath !== null) return options.returnPath === ''
  return header(letter, 'return-path')?.replace(/\s/g, '') === '<>'
}
