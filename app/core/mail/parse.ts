import { lazily } from '../lazy.ts'
import { charsetFamily, decodeText, hasHighBytes } from './charset.ts'
import { cleanFilename, cleanLine, cleanText } from './clean.ts'
import { decodeFlowed } from './flowed.ts'
import { decodeHeader, headerBytesMax, normalizeAddressHeader, parseStructured, valueOf, type RawHeader } from './header.ts'
import { htmlToText } from './html.ts'
import type { Attachment, Correspondent, Letter, Warning, WarningCode } from './letter.ts'
import { readMime, type Part } from './mime.ts'

const mailparser = lazily<typeof import('mailparser')>('mailparser')

/** The readable text keeps so many characters; the original keeps all. A book has about half a million. */
export const textCharactersMax = 1_000_000
const tooLong = '內文過長，此處只列出前段，全文請看原始信件。'
const subjectCharactersMax = 500
const enclosedLettersDepthMax = 3

/**
 * Reads a letter as it came over the wire. Never throws for anything in the bytes: what cannot be read becomes a warning.
 * `raw` is not changed; the caller keeps it by its hash.
 */
export async function readLetter(raw: Buffer): Promise<Letter> {
  return readAtDepth(raw, 0)
}

async function readAtDepth(raw: Buffer, depth: number): Promise<Letter> {
  const warnings = new Warnings()
  const tree = readMime(raw)
  if (tree.tooManyParts) warnings.add('too-many-parts', '這封信的部分過多，其餘部分請看原始信件。')
  if (tree.nestedTooDeep) warnings.add('nested-too-deep', '這封信層層包覆過深，其餘部分請看原始信件。')
  const found: Found = { texts: [], attachments: [] }
  collect(tree.root, found, true)
  const around = charsetOfLetter(tree.root.headers, found.texts)
  const attachments = await readAttachments(found.attachments, around, depth, warnings)
  const text = await readTexts(found.texts, attachments, around, warnings)
  return { ...readEnvelopeHeaders(tree.root.headers, around, warnings), text, attachments, warnings: warnings.list }
}

// Each kind once, in the order noticed.
class Warnings {
  list: Warning[] = []
  add(code: WarningCode, message: string): void {
    if (!this.list.some((warning) => warning.code === code)) this.list.push({ code, message })
  }
}

type Found = { texts: Part[]; attachments: Part[] }

function collect(part: Part, found: Found, isOnlyText: boolean): void {
  if (part.mediaType === 'multipart/alternative') return collectAlternative(part, found)
  if (part.children.length > 0) {
    for (const child of part.children) collect(child, found, false)
    return
  }
  if (isBodyText(part, isOnlyText)) found.texts.push(part)
  else if (part.body.length > 0 || hasName(part)) found.attachments.push(part)
}

// The sender offers one text in several forms: the plain one is taken unless it is blank, then the HTML one; whatever is no
// form of the text (pictures of the HTML form, an invitation) is kept as an attachment.
function collectAlternative(part: Part, found: Found): void {
  const inner: Found = { texts: [], attachments: [] }
  for (const child of part.children) collect(child, inner, false)
  const plain = inner.texts.filter((text) => text.mediaType !== 'text/html' && text.body.toString('latin1').trim() !== '')
  found.texts.push(...(plain.length > 0 ? plain : inner.texts.filter((text) => text.mediaType === 'text/html')))
  found.attachments.push(...inner.attachments)
}

function isBodyText(part: Part, isOnlyText: boolean): boolean {
  if (!['text/plain', 'text/html', 'text/enriched'].includes(part.mediaType)) return false
  if (part.disposition.value === 'attachment') return false
  return isOnlyText || !hasName(part)
}

function hasName(part: Part): boolean {
  return part.disposition.params.has('filename') || part.params.has('name')
}

/** The encoding most of the letter is in, to help with short names and subjects. */
function charsetOfLetter(headers: readonly RawHeader[], texts: readonly Part[]): string | null {
  for (const part of texts) {
    if (!hasHighBytes(part.body)) continue
    const { charset } = decodeText(part.body.subarray(0, 65_536), { declared: declaredCharset(part) })
    if (charset !== 'windows-1252') return charset
  }
  const eightBit = headers.map((header) => header.value).filter((value) => /[\x80-\xff]/.test(value)).join('\n')
  if (eightBit !== '') return decodeText(Buffer.from(eightBit, 'latin1')).charset
  const declared = headers.map((header) => /=\?([^?\s]{1,60})\?[bq]\?/i.exec(header.value)?.[1]).find((name) => name)
  return charsetFamily(declared)
}

function declaredCharset(part: Part): string | null {
  const declared = part.params.get('charset') ?? null
  if (part.mediaType !== 'text/html' || (declared && charsetFamily(declared) !== 'ascii')) return declared
  return /<meta[^>]{0,200}charset\s*=\s*["']?([\w-]+)/i.exec(part.body.subarray(0, 2048).toString('latin1'))?.[1] ?? declared
}

async function readTexts(parts: readonly Part[], attachments: readonly Attachment[], around: string | null, warnings: Warnings): Promise<string> {
  const texts: string[] = []
  for (const part of parts) texts.push(await readText(part, around, warnings))
  let text = texts.filter((each) => each.trim() !== '').join('\n\n').trim()
  const enclosed = attachments.find((attachment) => attachment.text)?.text
  if (text === '' && enclosed) {
    text = enclosed
    warnings.add('text-from-enclosed', '這封信本身沒有內文，以下取自所轉寄的信件。')
  }
  if (text === '') warnings.add('no-text', '這封信沒有可讀的內文，請看附件或原始信件。')
  if (text.length <= textCharactersMax) return text
  warnings.add('text-cut', tooLong)
  return text.slice(0, textCharactersMax).toWellFormed()
}

async function readText(part: Part, around: string | null, warnings: Warnings): Promise<string> {
  const declared = declaredCharset(part)
  const decoded = decodeText(part.body, { declared, around })
  const family = charsetFamily(declared)
  if (decoded.charset !== 'ascii' && decoded.charset !== family && decoded.charset !== 'utf-8') {
    warnings.add('charset-corrected', `信件標示的編碼（${family ? declared : '未標示'}）不符，已改以 ${decoded.charset} 讀取。`)
  } else if (decoded.charset === 'utf-8' && family !== null && family !== 'utf-8') {
    warnings.add('charset-corrected', `信件標示的編碼（${declared}）不符，已改以 utf-8 讀取。`)
  }
  if (decoded.doubtful) warnings.add('charset-doubtful', '部分文字無法確定編碼，如有疑義請看原始信件。')
  if (part.mediaType !== 'text/html') {
    const flowed = part.params.get('format')?.toLowerCase() === 'flowed'
    if (decoded.text.length > textCharactersMax * 2) warnings.add('text-cut', tooLong)
    const text = cleanText(decoded.text.slice(0, textCharactersMax * 2))
    return flowed ? decodeFlowed(text, part.params.get('delsp')?.toLowerCase() === 'yes') : text
  }
  const { text, crude } = await htmlToText(decoded.text)
  if (crude && text !== '') warnings.add('html-crude', '網頁格式過於複雜，只取出文字。')
  return cleanText(text)
}

async function readAttachments(parts: readonly Part[], around: string | null, depth: number, warnings: Warnings): Promise<Attachment[]> {
  const attachments: Attachment[] = []
  for (const part of parts) {
    const named = part.disposition.params.has('filename')
      ? parseStructured(valueOf(part.headers, 'content-disposition'), around).params.get('filename')
      : parseStructured(valueOf(part.headers, 'content-type'), around).params.get('name')
    const filename = cleanFilename(named ?? '') || `附件${attachments.length + 1}${extensionOf(part.mediaType)}`
    const inline = part.disposition.value !== 'attachment' && valueOf(part.headers, 'content-id') !== null
    const attachment: Attachment = { filename, mediaType: part.mediaType, bytes: part.body, inline }
    if (part.mediaType === 'message/rfc822' && depth < enclosedLettersDepthMax) attachment.text = await readEnclosed(part.body, depth)
    if (part.mediaType === 'application/ms-tnef' || /^winmail\.dat$/i.test(filename)) {
      warnings.add('winmail', '附件可能包在 winmail.dat 裡，需請寄件人改寄或另行開啟。')
    }
    if (/^application\/(x-)?pkcs7-mime$|^application\/pgp-encrypted$/.test(part.mediaType)) {
      warnings.add('encrypted', '這封信經過加密或簽章封裝，內文可能無法顯示。')
    }
    attachments.push(attachment)
  }
  return attachments
}

async function readEnclosed(bytes: Buffer, depth: number): Promise<string> {
  const letter = await readAtDepth(bytes, depth + 1)
  const lines = [
    letter.from && `寄件人：${letter.from.name} <${letter.from.address}>`,
    letter.date && `日期：${letter.date.toLocaleString('zh-TW', { timeZone: 'Asia/Taipei', hour12: false })}`,
    letter.subject && `主旨：${letter.subject}`,
  ].filter((line) => line)
  return `${lines.join('\n')}\n\n${letter.text}`.trim()
}

const extensions: Readonly<Record<string, string>> = {
  'message/rfc822': '.eml', 'text/plain': '.txt', 'text/html': '.html', 'text/calendar': '.ics', 'text/csv': '.csv',
  'image/jpeg': '.jpg', 'image/png': '.png', 'image/gif': '.gif', 'image/heic': '.heic', 'image/webp': '.webp',
  'application/pdf': '.pdf', 'application/zip': '.zip', 'application/ms-tnef': '.dat', 'message/delivery-status': '.txt',
}

function extensionOf(mediaType: string): string {
  return extensions[mediaType] ?? '.bin'
}

type EnvelopeHeaders = Omit<Letter, 'text' | 'attachments' | 'warnings'>

function readEnvelopeHeaders(raw: readonly RawHeader[], around: string | null, warnings: Warnings): EnvelopeHeaders {
  if (raw.reduce((sum, header) => sum + header.value.length, 0) > headerBytesMax * 0.9) {
    warnings.add('headers-cut', '信件標頭過長，只讀取前段。')
  }
  const headers = new Map<string, string[]>()
  for (const { name, value } of raw) {
    const values = headers.get(name) ?? []
    values.push(cleanLine(decodeHeader(value, around)))
    headers.set(name, values)
  }
  const addresses = (name: string): Correspondent[] => (
    raw.filter((header) => header.name === name).slice(0, 20).flatMap((header) => readAddresses(header.value, around)))
  const from = addresses('from').find((each) => each.address !== '') ?? addresses('sender').find((each) => each.address !== '') ?? null
  if (!from) warnings.add('no-sender', '這封信沒有可辨識的寄件人地址。')
  const messageId = messageIds(valueOf(raw, 'message-id'))[0] ?? null
  if (!messageId) warnings.add('no-message-id', '這封信沒有識別碼。')
  const stated = valueOf(raw, 'date')
  const date = readDate(stated)
  if (stated && !date) warnings.add('bad-date', '寄件日期無法辨識。')
  return {
    messageId, inReplyTo: messageIds(valueOf(raw, 'in-reply-to'))[0] ?? null,
    references: messageIds(raw.filter((header) => header.name === 'references').map((header) => header.value).join(' ')),
    from, replyTo: addresses('reply-to').find((each) => each.address !== '') ?? null, to: addresses('to'), cc: addresses('cc'),
    subject: [...cleanLine(decodeHeader(valueOf(raw, 'subject') ?? '', around))].slice(0, subjectCharactersMax).join(''),
    date, headers,
  }
}

function readAddresses(value: string, around: string | null): Correspondent[] {
  const parsed = mailparser().parseAddressHeader(normalizeAddressHeader(value.slice(0, 20_000), around), { flatten: true })
  return parsed.value.map((each) => ({ name: cleanLine(each.name), address: cleanAddress(each.address ?? '') }))
    .filter((each) => each.address !== '' || each.name !== '').slice(0, 200)
}

function cleanAddress(address: string): string {
  const plain = cleanLine(address).replace(/\s/g, '')
  const at = plain.lastIndexOf('@')
  return at < 1 || plain.length > 320 ? '' : plain.slice(0, at) + plain.slice(at).toLowerCase()
}

function messageIds(value: string | null): string[] {
  const text = cleanLine(value ?? '')
  const bracketed = text.match(/<[^<>\s]{1,500}>/g) ?? []
  if (bracketed.length > 0) return [...new Set(bracketed)].slice(0, 100)
  return /^[^\s<>]{1,500}@[^\s<>]{1,500}$/.test(text) ? [`<${text}>`] : []
}

function readDate(value: string | null): Date | null {
  if (!value) return null
  const date = new Date(value.replace(/\([^()]*\)/g, '').trim())
  const year = date.getUTCFullYear()
  return Number.isNaN(date.getTime()) || year < 1980 || year > 2200 ? null : date
}
