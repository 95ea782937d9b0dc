import { charsetFamily, decodeText, hasHighBytes } from './charset.ts'

/** A header as it came: `value` is unfolded, one character a byte (latin1), nothing decoded. */
export type RawHeader = { name: string; value: string }

export const headerBytesMax = 256 * 1024

export function readHeaders(block: Buffer): RawHeader[] {
  const text = block.subarray(0, headerBytesMax).toString('latin1').replaceAll('\0', '')
  const headers: RawHeader[] = []
  for (const line of text.split(/\r\n|\n|\r/)) {
    const last = headers.at(-1)
    if (/^[ \t]/.test(line)) {
      if (last) last.value += ' ' + line.trim()
      continue
    }
    const colon = line.indexOf(':')
    if (colon < 1 || !/^[\x21-\x39\x3b-\x7e]+\s*$/.test(line.slice(0, colon))) continue
    headers.push({ name: line.slice(0, colon).trim().toLowerCase(), value: line.slice(colon + 1).trim() })
  }
  return headers
}

export function valueOf(headers: readonly RawHeader[], name: string): string | null {
  return headers.find((header) => header.name === name)?.value ?? null
}

const encodedWord = /=\?([^?\s]{1,60})\?([bq])\?([^?]*)\?=/gi

type Piece = { kind: 'word'; charset: string; bytes: Buffer; openQuad: string } | { kind: 'plain'; text: string }

/**
 * The readable text of a header value. Neighbouring encoded words of one charset are joined as bytes before they are
 * decoded, since some senders cut them inside a character; raw 8-bit text is read in the letter's own encoding.
 */
export function decodeHeader(value: string, around: string | null = null): string {
  return piecesOf(value).map((piece) => decodePiece(piece, around)).join('')
}

/** The same value with every encoded word whole and in UTF-8, so that an address parser finds names before it finds commas. */
export function normalizeAddressHeader(value: string, around: string | null = null): string {
  return piecesOf(value).map((piece) => {
    const text = decodePiece(piece, around)
    return piece.kind === 'word' ? `=?utf-8?B?${Buffer.from(text, 'utf8').toString('base64')}?=` : text
  }).join('')
}

function decodePiece(piece: Piece, around: string | null): string {
  if (piece.kind === 'word') return decodeText(piece.bytes, { declared: piece.charset, around }).text
  return decodeBytes(piece.text, around)
}

function decodeBytes(binary: string, around: string | null): string {
  const bytes = Buffer.from(binary, 'latin1')
  return hasHighBytes(bytes) ? decodeText(bytes, { around }).text : binary
}

function piecesOf(value: string): Piece[] {
  const pieces: Piece[] = []
  let end = 0
  for (const match of value.matchAll(encodedWord)) {
    const between = value.slice(end, match.index)
    const last = pieces.at(-1)
    const [whole, charset = '', encoding = 'b', encoded = ''] = match
    const joins = last?.kind === 'word' && between.trim() === ''
    if (between !== '' && !joins) pieces.push({ kind: 'plain', text: between })
    const isBase64 = encoding.toLowerCase() === 'b'
    if (joins && charsetFamily(last.charset) === charsetFamily(charset)) appendWord(last, encoded, isBase64)
    else pieces.push(appendWord({ kind: 'word', charset, bytes: Buffer.alloc(0), openQuad: '' }, encoded, isBase64))
    end = match.index + whole.length
  }
  if (end < value.length) pieces.push({ kind: 'plain', text: value.slice(end) })
  return pieces
}

function appendWord(piece: Extract<Piece, { kind: 'word' }>, encoded: string, isBase64: boolean): Piece {
  if (!isBase64) {
    piece.bytes = Buffer.concat([piece.bytes, decodeQ(encoded)])
    piece.openQuad = ''
    return piece
  }
  // Some senders cut the base64 itself, leaving a group of four open that the next word closes.
  const text = piece.openQuad + encoded.replace(/\s/g, '')
  const openLength = text.endsWith('=') ? 0 : text.length % 4
  const spare = Math.floor((piece.openQuad.length * 6) / 8)
  piece.bytes = Buffer.concat([piece.bytes.subarray(0, piece.bytes.length - spare), Buffer.from(text, 'base64')])
  piece.openQuad = openLength === 0 ? '' : text.slice(text.length - openLength)
  return piece
}

function decodeQ(encoded: string): Buffer {
  const binary = encoded.replaceAll('_', ' ').replace(/=([0-9A-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)))
  return Buffer.from(binary, 'latin1')
}

export type Structured = { value: string; params: ReadonlyMap<string, string> }

/** Reads `text/plain; charset=…; name*0*=…` with RFC 2231 continuations, raw Big5 and encoded words in the parameters. */
export function parseStructured(raw: string | null, around: string | null = null): Structured {
  // Decoded before it is cut: a Big5 character may end in the byte of a backslash or a quotation mark.
  const text = decodeBytes(raw ?? '', around)
  const [value = '', ...rest] = splitOutsideQuotes(text)
  const plain = new Map<string, string>()
  const segments = new Map<string, { index: number; extended: boolean; value: string }[]>()
  for (const item of rest.slice(0, 200)) {
    const match = /^\s*([^\s=*]+)(?:\*(\d{1,3}))?(\*)?\s*=\s*([\s\S]*)$/.exec(item)
    if (!match) continue
    const [, name = '', index, star, rawValue = ''] = match
    const key = name.toLowerCase()
    const unquoted = unquote(rawValue.trim())
    if (index === undefined && star === undefined) {
      if (!plain.has(key)) plain.set(key, decodeHeader(latin1OrUtf8(unquoted), around))
    } else {
      const list = segments.get(key) ?? []
      list.push({ index: Number(index ?? 0), extended: star !== undefined, value: unquoted })
      segments.set(key, list)
    }
  }
  const params = new Map(plain)
  for (const [key, list] of segments) params.set(key, joinSegments(list, around))
  return { value: value.replace(/\([^()]*\)/g, '').trim().toLowerCase(), params }
}

// decodeHeader takes bytes; text that is already decoded goes in as UTF-8 bytes.
function latin1OrUtf8(text: string): string {
  return Buffer.from(text, 'utf8').toString('latin1')
}

// RFC 2231: filename*0*=big5''%B3%AF; filename*1=".pdf"
function joinSegments(list: { index: number; extended: boolean; value: string }[], around: string | null): string {
  list.sort((a, b) => a.index - b.index)
  let charset: string | null = null
  const bytes = list.map((segment, position) => {
    let value = segment.value
    const label = position === 0 && segment.extended ? /^([^']*)'[^']*'/.exec(value) : null
    if (label) {
      charset = label[1] ?? null
      value = value.slice(label[0].length)
    }
    return segment.extended ? percentDecode(value) : Buffer.from(value, 'utf8')
  })
  const text = decodeText(Buffer.concat(bytes), { declared: charset, around }).text
  return text.includes('=?') ? decodeHeader(latin1OrUtf8(text), around) : text
}

function percentDecode(value: string): Buffer {
  const utf8 = Buffer.from(value, 'utf8').toString('latin1')
  return Buffer.from(utf8.replace(/%([0-9A-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16))), 'latin1')
}

function splitOutsideQuotes(text: string): string[] {
  const parts: string[] = []
  let start = 0
  let quoted = false
  for (let i = 0; i < text.length; i++) {
    const character = text[i]
    if (character === '\\' && quoted) i++
    else if (character === '"') quoted = !quoted
    else if (character === ';' && !quoted) {
      parts.push(text.slice(start, i))
      start = i + 1
    }
  }
  parts.push(text.slice(start))
  return parts
}

function unquote(value: string): string {
  if (!value.startsWith('"')) return value
  const end = value.lastIndexOf('"')
  return value.slice(1, end > 0 ? end : undefined).replace(/\\(.)/g, '$1')
}
