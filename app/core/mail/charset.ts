import iconv from 'iconv-lite'
import { commonSimplified, commonTraditional } from './common-characters.ts'

export type Decoded = {
  text: string
  /** The encoding the bytes were read in: 'utf-8', 'big5', 'gb18030', 'windows-1252', … or 'ascii' */
  charset: string
  /** Something could not be read, or another encoding was nearly as likely. */
  doubtful: boolean
}

export type DecodeHints = {
  /** What the letter says the encoding is; believed only as far as the bytes agree. */
  declared?: string | null | undefined
  /** What the rest of the same letter turned out to be; decides short words that could be either. */
  around?: string | null | undefined
}

/**
 * Reads bytes of unknown honesty. Letters to a Taiwanese office come as UTF-8, Big5 (with the HKSCS characters iconv-lite
 * knows; the private Unicode-at-on plane is read as HKSCS where they differ) or GB18030, and often declare something else.
 */
export function decodeText(bytes: Buffer, hints: DecodeHints = {}): Decoded {
  const marked = byteOrderMark(bytes)
  if (marked) return { text: iconv.decode(bytes, marked), charset: marked, doubtful: false }
  const declared = charsetFamily(hints.declared)
  if (declared?.startsWith('utf-16')) return { text: iconv.decode(bytes, declared), charset: declared, doubtful: false }
  if (!hasHighBytes(bytes)) return decodeSevenBit(bytes, declared)
  const utf8 = readUtf8(bytes)
  const around = charsetFamily(hints.around)
  // Two bytes of a Chinese character can pass for one UTF-8 accent; three-byte sequences happen by chance hardly ever.
  if (utf8 && (utf8.hasThreeByteSequence || declared === 'utf-8' || around === 'utf-8')) return utf8.decoded
  return decodeLegacy(bytes, declared, around, utf8?.decoded ?? null)
}

type Candidate = { charset: string; score: number; broken: boolean }

function decodeLegacy(bytes: Buffer, declared: string | null, around: string | null, utf8: Decoded | null): Decoded {
  const sample = sampleOf(bytes)
  if (!utf8 && isNearlyUtf8(sample)) return { text: bytes.toString('utf8'), charset: 'utf-8', doubtful: true }
  const names = new Set(['big5', 'gb18030', 'windows-1252'])
  if (declared && declared !== 'utf-8' && declared !== 'ascii') names.add(declared)
  if (utf8) names.add('utf-8')
  const candidates = [...names].map((charset): Candidate => {
    const text = decodeAs(sample, charset)
    return { charset, score: score(text, charset, prior(charset, declared, around)), broken: text.includes('\uFFFD') }
  }).sort((a, b) => b.score - a.score)
  const [best, second] = candidates
  const charset = best?.charset ?? 'big5'
  const doubtful = best === undefined || best.broken || best.score < 0 || (second !== undefined && best.score - second.score < 0.1)
  return { text: decodeAs(bytes, charset), charset, doubtful }
}

// Weighs as so many characters: a word or two goes by what the letter says and even more by what surrounds it, a sentence
// speaks for itself. Big5 leads where nothing speaks: these are letters to a Taiwanese office.
function prior(charset: string, declared: string | null, around: string | null): number {
  const said = charset !== declared ? 0 : charset === 'windows-1252' ? 0.1 : 1
  return said + (charset === around ? 2 : 0) + (charset === 'big5' ? 0.5 : 0)
}

/** How much the text looks like writing: the mean over its non-ASCII characters, about 0.8 for Chinese read rightly. */
function score(text: string, charset: string, priorCharacters: number): number {
  const isChinese = charset === 'big5' || charset === 'gb18030'
  const hasLatin = /[A-Za-z]/.test(text)
  let sum = priorCharacters
  let count = 0
  let before = ' '
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0
    if (code >= 0x80) {
      sum += isChinese ? weightInChinese(character, code, charset) : weightElsewhere(character, code, before, hasLatin)
      count++
    }
    before = character
  }
  return count === 0 ? 0 : sum / count
}

function weightInChinese(character: string, code: number, charset: string): number {
  if (code === 0xfffd) return -3
  if (code < 0xa0 || (code >= 0xe000 && code <= 0xf8ff)) return -1.5
  if (commonTraditional.has(character) || (charset === 'gb18030' && commonSimplified.has(character))) return 1
  // GB 2312's comma read as Big5 is a bopomofo letter, which letters to an office hardly contain.
  if (code >= 0x3100 && code <= 0x312f) return -0.3
  if ((code >= 0x3000 && code <= 0x3011) || (code >= 0xff01 && code <= 0xff5e)) return 0.7
  return firstLevel(charset).has(character) ? 0.5 : -0.1
}

function weightElsewhere(character: string, code: number, before: string, hasLatin: boolean): number {
  if (code === 0xfffd) return -3
  if (code < 0xa0 || (code >= 0xe000 && code <= 0xf8ff)) return -1.5
  // A Western accent or quotation mark stands among plain letters; the bytes of a Chinese character read as Western do not.
  if (code < 0x250) return /\p{L}/u.test(character) && /[A-Za-z]/.test(before) ? 0.6 : -0.2
  if (code >= 0x2018 && code <= 0x2026) return hasLatin && /[A-Za-z\s.,]/.test(before) ? 0.3 : -0.2
  if (code < 0x800) return 0.2
  return /[\p{L}\p{P}]/u.test(character) ? 0.5 : -0.2
}

const firstLevels = new Map<string, Set<string>>()

/** The frequently used half of each standard: Big5 A440–C67E (5,401 characters), GB 2312 rows 16–55 (3,755). */
function firstLevel(charset: string): Set<string> {
  let level = firstLevels.get(charset)
  if (!level) {
    const [first, last] = charset === 'big5' ? [0xa4, 0xc6] : [0xb0, 0xd7]
    const codes: number[] = []
    for (let lead = first; lead <= last; lead++) {
      for (let trail = 0x40; trail <= 0xfe; trail++) {
        const isTrail = trail >= 0xa1 || (charset === 'big5' && trail <= 0x7e)
        if (isTrail && !(charset === 'big5' && lead === 0xc6 && trail > 0x7e)) codes.push(lead, trail)
      }
    }
    level = new Set(iconv.decode(Buffer.from(codes), charset))
    level.delete('\uFFFD')
    firstLevels.set(charset, level)
  }
  return level
}

/** The one name we use for a declared charset, or null when it says nothing (absent, unknown, or refused). */
export function charsetFamily(declared: string | null | undefined): string | null {
  const name = (declared ?? '').toLowerCase().trim().replace(/^["']|["']$/g, '').replace(/\*.*$/, '')
  const plain = name.replace(/^(x-)+/, '').replace(/[^a-z0-9]/g, '')
  if (plain === '' || plain === 'unknown' || plain === 'binary' || plain === 'default') return null
  if (/^(cn)?big5|^(cp|ms|windows)950$|^etenb?i?g?5?$/.test(plain)) return 'big5'
  if (/^(gb2312|gbk|gb18030|cngb|cp936|ms936|windows936|euccn|hzgb2312)/.test(plain)) return 'gb18030'
  if (/^utf8/.test(plain) || plain === 'unicode11utf8') return 'utf-8'
  if (/^(us)?ascii|^ansix34|^7bit$|^8bit$/.test(plain)) return 'ascii'
  if (/^(iso88591|latin1|windows1252|cp1252|iso885915)$/.test(plain)) return 'windows-1252'
  if (/^utf16(le|be)?$/.test(plain)) return plain === 'utf16be' ? 'utf-16be' : plain === 'utf16le' ? 'utf-16le' : 'utf-16'
  // UTF-7 can carry markup past a filter, base64 and hex are no encodings of text.
  if (/utf7|^base64$|^hex$|^ucs2$|^binary$/.test(plain)) return null
  if (/^iso2022jp|^jis/.test(plain)) return 'iso-2022-jp'
  return iconv.encodingExists(name) ? name : null
}

function decodeAs(bytes: Buffer, charset: string): string {
  if (charset === 'utf-8') return bytes.toString('utf8')
  if (charset === 'ascii') return bytes.toString('latin1')
  if (charset === 'iso-2022-jp') return new TextDecoder('iso-2022-jp').decode(bytes)
  return iconv.decode(bytes, charset)
}

function decodeSevenBit(bytes: Buffer, declared: string | null): Decoded {
  if (declared === 'iso-2022-jp' || /\x1b\$[@B]/.test(bytes.subarray(0, 65_536).toString('latin1'))) {
    return { text: decodeAs(bytes, 'iso-2022-jp'), charset: 'iso-2022-jp', doubtful: false }
  }
  return { text: bytes.toString('latin1'), charset: 'ascii', doubtful: false }
}

function byteOrderMark(bytes: Buffer): string | null {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le'
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be'
  return null
}

export function hasHighBytes(bytes: Buffer): boolean {
  for (let i = 0; i < bytes.length; i++) if ((bytes[i] ?? 0) >= 0x80) return true
  return false
}

function readUtf8(bytes: Buffer): { decoded: Decoded; hasThreeByteSequence: boolean } | null {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    return { decoded: { text, charset: 'utf-8', doubtful: false }, hasThreeByteSequence: /[\u0800-\uFFFF]/.test(text) }
  } catch {
    return null
  }
}

/** UTF-8 in which only a few bytes are damaged, such as a character cut in two by a long line or a length limit. */
function isNearlyUtf8(sample: Buffer): boolean {
  const text = sample.toString('utf8')
  let whole = 0
  let broken = 0
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0
    if (code === 0xfffd) broken++
    else if (code >= 0x800) whole++
  }
  return whole >= 2 && broken <= Math.max(2, whole / 10)
}

const sampleBytesMax = 65_536

/** The stretch where the writing is: from the line of the first high byte on. */
function sampleOf(bytes: Buffer): Buffer {
  if (bytes.length <= sampleBytesMax) return bytes
  let first = 0
  while (first < bytes.length && (bytes[first] ?? 0) < 0x80) first++
  const start = bytes.lastIndexOf(0x0a, first) + 1
  let end = Math.min(bytes.length, Math.max(start, first - 1024) + sampleBytesMax)
  // Bytes below 0x30 are never part of a Chinese character, so the cut falls between characters.
  for (let back = end; back > end - 512 && back > start; back--) {
    if ((bytes[back - 1] ?? 0xff) < 0x30) { end = back; break }
  }
  return bytes.subarray(Math.max(start, first - 1024), end)
}
