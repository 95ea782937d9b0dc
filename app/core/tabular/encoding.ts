import { isUtf8 } from 'node:buffer'
import iconv from 'iconv-lite'
import { UnreadableFile } from './table.ts'

/**
 * The bytes of a text file as UTF-8 without a byte order mark: from UTF-8, UTF-16 with a byte order mark, or Big5 (cp950).
 * Big5 characters that nobody can name (造字, broken pairs) become U+FFFD, so that the reader can say in which cell they are.
 * Throws UnreadableFile for anything else.
 */
export function toUtf8(bytes: Uint8Array): { text: Uint8Array; isBig5: boolean } {
  const text = fromUnicode(bytes)
  return text ? { text, isBig5: false } : { text: fromBig5(bytes), isBig5: true }
}

/** Null when the bytes are not Unicode at all. */
function fromUnicode(bytes: Uint8Array): Uint8Array | null {
  if (startsWith(bytes, [0xef, 0xbb, 0xbf])) return checkedUtf8(bytes.subarray(3))
  if (startsWith(bytes, [0xff, 0xfe])) return fromUtf16(bytes.subarray(2), 'utf-16le')
  if (startsWith(bytes, [0xfe, 0xff])) return fromUtf16(bytes.subarray(2), 'utf-16be')
  if (looksLikeBareUtf16(bytes)) throw new UnreadableFile('這是沒有標示開頭的 UTF-16 檔案，請另存為 UTF-8 的 CSV 再匯入')
  if (isUtf8(bytes)) return bytes
  if (isMostlyUtf8(bytes)) return checkedUtf8(bytes)
  return null
}

function checkedUtf8(bytes: Uint8Array): Uint8Array {
  if (isUtf8(bytes)) return bytes
  throw new UnreadableFile(`檔案看來是 UTF-8，但第 ${firstBrokenLine(bytes)} 行有不完整的字，請由原系統重新匯出`)
}

function fromUtf16(bytes: Uint8Array, encoding: 'utf-16le' | 'utf-16be'): Uint8Array {
  try {
    return Buffer.from(new TextDecoder(encoding, { fatal: true }).decode(bytes))
  } catch {
    throw new UnreadableFile('檔案看來是 UTF-16，但有不完整的字，請另存為 UTF-8 的 CSV 再匯入')
  }
}

function fromBig5(bytes: Uint8Array): Uint8Array {
  const pairs = readPairs(bytes)
  // Japanese files use mostly other lead bytes; in simplified Chinese and Korean ones every trail byte is high, in Big5 two fifths are low.
  const hasForeignTrails = pairs.total >= 12 && pairs.lowTrails * 10 < pairs.total
  if (pairs.broken * 10 > pairs.total || pairs.everyday * 10 < pairs.total * 7 || hasForeignTrails) {
    throw new UnreadableFile('文字編碼不是 UTF-8、UTF-16 或 Big5（可能是簡體中文或其他編碼），請另存為 UTF-8 的 CSV 再匯入')
  }
  // cp950 is what Windows wrote; circled digits and kana (C6A1–C8FE) stand only in the wider table.
  return Buffer.from(iconv.decode(pairs.plain, pairs.needsWiderTable ? 'big5' : 'cp950'))
}

type Pairs = { total: number; everyday: number; lowTrails: number; broken: number; needsWiderTable: boolean; plain: Buffer }

/**
 * Counts the two-byte characters. Everyday ones (signs and the 5,401 common characters) lead with A1–C6. `plain` has each
 * user-defined one (造字: 81–A0, FA–FE, which every office fills differently) replaced by bytes that no table knows.
 */
function readPairs(bytes: Uint8Array): Pairs {
  const plain = Buffer.from(bytes)
  const pairs: Pairs = { total: 0, everyday: 0, lowTrails: 0, broken: 0, needsWiderTable: false, plain }
  for (let i = 0; i < bytes.length; i++) {
    const lead = bytes[i]!
    if (lead < 0x80) continue
    pairs.total++
    const trail = bytes[i + 1] ?? 0
    const isPair = lead > 0x80 && lead < 0xff && ((trail >= 0x40 && trail < 0x7f) || (trail > 0xa0 && trail < 0xff))
    if (!isPair) {
      pairs.broken++
      plain[i] = 0xff
      continue
    }
    if (trail < 0x7f) pairs.lowTrails++
    if (lead <= 0xa0 || lead >= 0xfa) plain[i] = plain[i + 1] = 0xff
    else if (lead < 0xc6 || (lead === 0xc6 && trail < 0xa1)) pairs.everyday++
    else if (lead === 0xc6 || lead === 0xc7 || lead === 0xc8) pairs.needsWiderTable = true
    i++
  }
  return pairs
}

// A UTF-8 file that was cut or glued has many whole characters and few broken ones; Big5 read as UTF-8 has hardly a whole one.
function isMostlyUtf8(bytes: Uint8Array): boolean {
  const text = new TextDecoder('utf-8').decode(bytes.subarray(0, 2_000_000))
  let whole = 0
  let broken = 0
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (code === 0xfffd) broken++
    else if (code >= 0x2e80) whole++
  }
  return whole > broken * 5
}

function firstBrokenLine(bytes: Uint8Array): number {
  let line = 1
  let from = 0
  for (;;) {
    const end = bytes.indexOf(0x0a, from)
    if (end < 0 || !isUtf8(bytes.subarray(from, end))) return line
    from = end + 1
    line++
  }
}

function looksLikeBareUtf16(bytes: Uint8Array): boolean {
  const sample = bytes.subarray(0, 2000)
  let even = 0
  let odd = 0
  for (let i = 0; i < sample.length; i++) {
    if (sample[i] !== 0) continue
    if (i % 2 === 0) even++
    else odd++
  }
  return even + odd >= 4 && (even + odd) * 10 > sample.length && (even === 0 || odd === 0)
}

export function startsWith(bytes: Uint8Array, beginning: number[]): boolean {
  return beginning.every((byte, i) => bytes[i] === byte)
}
