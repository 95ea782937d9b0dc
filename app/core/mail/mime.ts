import { parseStructured, readHeaders, valueOf, type RawHeader, type Structured } from './header.ts'

/** One node of a letter: either it has children, or it has a body with its transfer encoding undone. */
export type Part = {
  headers: RawHeader[]
  mediaType: string
  params: ReadonlyMap<string, string>
  disposition: Structured
  body: Buffer
  children: Part[]
}

export type MimeLimits = { depthMax: number; partsMax: number }
export const mimeLimits: MimeLimits = { depthMax: 15, partsMax: 500 }

export type MimeTree = { root: Part; tooManyParts: boolean; nestedTooDeep: boolean }

/** Reads any bytes as a MIME tree. Never throws: what does not follow the standard is read as plain text. */
export function readMime(raw: Buffer, limits: MimeLimits = mimeLimits): MimeTree {
  const state = { parts: 0, tooManyParts: false, nestedTooDeep: false }
  const root = readPart(raw, 0, 'text/plain', limits, state)
  return { root, tooManyParts: state.tooManyParts, nestedTooDeep: state.nestedTooDeep }
}

type State = { parts: number; tooManyParts: boolean; nestedTooDeep: boolean }

function readPart(bytes: Buffer, depth: number, typeIfNone: string, limits: MimeLimits, state: State): Part {
  state.parts++
  const { head, body } = splitHead(bytes)
  const headers = readHeaders(head)
  const type = parseStructured(valueOf(headers, 'content-type'))
  const mediaType = /^[\w.+-]+\/[\w.+-]+$/.test(type.value) ? type.value : typeIfNone
  const part: Part = {
    headers, mediaType, params: type.params, disposition: parseStructured(valueOf(headers, 'content-disposition')),
    body: Buffer.alloc(0), children: [],
  }
  if (mediaType.startsWith('multipart/')) {
    if (depth >= limits.depthMax) state.nestedTooDeep = true
    else part.children = readChildren(body, part, depth, limits, state)
    if (part.children.length > 0) return part
    part.mediaType = 'text/plain'
  }
  part.body = undoTransferEncoding(body, valueOf(headers, 'content-transfer-encoding'))
  return part
}

function readChildren(body: Buffer, part: Part, depth: number, limits: MimeLimits, state: State): Part[] {
  const boundary = part.params.get('boundary') ?? guessBoundary(body)
  if (!boundary) return []
  const typeIfNone = part.mediaType === 'multipart/digest' ? 'message/rfc822' : 'text/plain'
  const children: Part[] = []
  for (const slice of splitAtBoundary(body, boundary)) {
    if (state.parts >= limits.partsMax) {
      state.tooManyParts = true
      break
    }
    children.push(readPart(slice, depth + 1, typeIfNone, limits, state))
  }
  return children
}

function splitHead(bytes: Buffer): { head: Buffer; body: Buffer } {
  let position = 0
  while (position < bytes.length) {
    const newline = bytes.indexOf(0x0a, position)
    const lineEnd = newline === -1 ? bytes.length : newline
    const isBlank = lineEnd === position || (lineEnd === position + 1 && bytes[position] === 0x0d)
    if (isBlank) return { head: bytes.subarray(0, position), body: bytes.subarray(Math.min(bytes.length, lineEnd + 1)) }
    position = lineEnd + 1
  }
  return { head: bytes, body: Buffer.alloc(0) }
}

/** The bytes between delimiter lines; a missing closing delimiter ends with the letter. */
function* splitAtBoundary(body: Buffer, boundary: string): Generator<Buffer> {
  const delimiter = Buffer.from('--' + boundary, boundary.match(/[^\x00-\xff]/) ? 'utf8' : 'latin1')
  let start = -1
  let position = 0
  while (true) {
    const found = body.indexOf(delimiter, position)
    if (found === -1) break
    position = found + delimiter.length
    const atLineStart = found === 0 || body[found - 1] === 0x0a
    const after = body[position]
    const closes = after === 0x2d && body[position + 1] === 0x2d
    const atLineEnd = after === undefined || after === 0x0d || after === 0x0a || after === 0x20 || after === 0x09
    if (!atLineStart || !(closes || atLineEnd)) continue
    if (start >= 0) yield body.subarray(start, withoutLineBreak(body, start, found))
    if (closes) return
    const newline = body.indexOf(0x0a, position)
    start = newline === -1 ? body.length : newline + 1
    position = start
  }
  if (start >= 0 && start < body.length) yield body.subarray(start)
}

// The line break before a delimiter belongs to the delimiter (RFC 2046 §5.1.1).
function withoutLineBreak(body: Buffer, start: number, end: number): number {
  if (end <= start) return start
  const beforeNewline = end - 1
  return beforeNewline > start && body[beforeNewline - 1] === 0x0d ? beforeNewline - 1 : beforeNewline
}

function guessBoundary(body: Buffer): string | null {
  return /^--([^\r\n]{1,200}?)[ \t]*\r?\n/m.exec(body.subarray(0, 4096).toString('latin1'))?.[1] ?? null
}

function undoTransferEncoding(body: Buffer, encoding: string | null): Buffer {
  const name = (encoding ?? '').toLowerCase().replace(/[^a-z0-9-].*$/, '')
  if (name === 'base64') return decodeBase64(body)
  if (name === 'quoted-printable') return decodeQuotedPrintable(body)
  return body
}

function decodeBase64(body: Buffer): Buffer {
  const text = body.toString('latin1')
  if (!/=[\s]*[A-Za-z0-9+/]/.test(text)) return Buffer.from(text, 'base64')
  // Padding in the middle: several encodings one after the other.
  return Buffer.concat(text.split(/=+/).map((piece) => Buffer.from(piece, 'base64')))
}

/** Lenient: a stray = stays as it is, soft line breaks may carry spaces, raw 8-bit bytes pass through. */
export function decodeQuotedPrintable(body: Buffer): Buffer {
  const out = Buffer.alloc(body.length)
  let length = 0
  for (let i = 0; i < body.length; i++) {
    const byte = body[i] ?? 0
    if (byte !== 0x3d) {
      out[length++] = byte
      continue
    }
    const value = hexValue(body[i + 1]) * 16 + hexValue(body[i + 2])
    if (!Number.isNaN(value)) {
      out[length++] = value
      i += 2
      continue
    }
    let end = i + 1
    while (body[end] === 0x20 || body[end] === 0x09) end++
    if (body[end] === 0x0d && body[end + 1] === 0x0a) i = end + 1
    else if (body[end] === 0x0a || body[end] === 0x0d) i = end
    else if (end < body.length) out[length++] = byte
  }
  return out.subarray(0, length)
}

function hexValue(byte: number | undefined): number {
  if (byte === undefined) return NaN
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30
  if (byte >= 0x41 && byte <= 0x46) return byte - 0x37
  if (byte >= 0x61 && byte <= 0x66) return byte - 0x57
  return NaN
}
