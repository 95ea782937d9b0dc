import { crc32, inflateRawSync } from 'node:zlib'
import { UnreadableFile } from './table.ts'

/** The parts of a zip file by name, unpacked one at a time on request. */
export type Archive = {
  has(name: string): boolean
  /** of every part, in the order of the directory; folders end with a slash */
  names(): string[]
  /** A part as it is, null when there is none. Throws UnreadableFile when broken or larger than allowed. */
  bytes(name: string): Buffer | null
  /** Text of a part (UTF-8 or UTF-16), null when there is none. Throws UnreadableFile when broken or larger than allowed. */
  text(name: string): string | null
}

type Entry = { method: number; crc: number; packed: number; unpacked: number; offset: number }

// Real sheets pack to a twentieth or less; a megabyte of zeros packs to a thousandth.
const ratioMax = 300
const ratioCountsFrom = 10_000_000

/**
 * Reads the directory at the end of the file. What an entry claims about its size is not believed: unpacking stops at the
 * limit whatever the claim.
 */
export function openArchive(bytes: Uint8Array, unpackedBytesMax: number): Archive {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const entries = readDirectory(file)
  const unpack = (name: string): Buffer | null => {
    const entry = entries.get(name)
    return entry ? unpackEntry(file, name, entry, unpackedBytesMax) : null
  }
  return {
    has: (name) => entries.has(name),
    names: () => [...entries.keys()],
    bytes: unpack,
    text: (name) => {
      const part = unpack(name)
      return part && decodeXml(part)
    },
  }
}

/** What a zip's directory claims: how many parts, how large unpacked. One that cannot be read claims too much of both. */
export function directoryOf(bytes: Buffer): { parts: number; unpackedBytes: number } {
  try {
    const entries = [...readDirectory(bytes).values()]
    return { parts: entries.length, unpackedBytes: entries.reduce((sum, entry) => sum + entry.unpacked, 0) }
  } catch (error) {
    if (error instanceof UnreadableFile || error instanceof RangeError) return { parts: Infinity, unpackedBytes: Infinity }
    throw error
  }
}

function readDirectory(file: Buffer): Map<string, Entry> {
  const end = file.lastIndexOf(Buffer.from([0x50, 0x4b, 5, 6]))
  if (end < 0 || end + 22 > file.length) throw broken()
  const entries = new Map<string, Entry>()
  const count = file.readUInt16LE(end + 10)
  let at = file.readUInt32LE(end + 16)
  if (count === 0xffff || at === 0xffffffff) throw new UnreadableFile('壓縮檔太大（zip64），請另存為 CSV 再匯入')
  for (let i = 0; i < count; i++) {
    if (at + 46 > file.length || file.readUInt32LE(at) !== 0x02014b50) throw broken()
    const nameLength = file.readUInt16LE(at + 28)
    const name = file.toString('utf8', at + 46, at + 46 + nameLength)
    if ((file.readUInt16LE(at + 8) & 1) === 1) throw new UnreadableFile('檔案有密碼，請取消密碼後再匯入')
    entries.set(name, {
      method: file.readUInt16LE(at + 10),
      crc: file.readUInt32LE(at + 16),
      packed: file.readUInt32LE(at + 20),
      unpacked: file.readUInt32LE(at + 24),
      offset: file.readUInt32LE(at + 42),
    })
    at += 46 + nameLength + file.readUInt16LE(at + 30) + file.readUInt16LE(at + 32)
  }
  return entries
}

function unpackEntry(file: Buffer, name: string, entry: Entry, max: number): Buffer {
  if (entry.offset + 30 > file.length || file.readUInt32LE(entry.offset) !== 0x04034b50) throw broken()
  const start = entry.offset + 30 + file.readUInt16LE(entry.offset + 26) + file.readUInt16LE(entry.offset + 28)
  const packed = file.subarray(start, start + entry.packed)
  if (packed.length !== entry.packed) throw broken()
  const limit = packed.length * ratioMax < ratioCountsFrom ? ratioCountsFrom : Math.min(max, packed.length * ratioMax)
  if (entry.unpacked > Math.min(limit, max)) throw tooLarge(name, max)
  const part = inflate(name, entry, packed, Math.min(limit, max))
  if (part.length !== entry.unpacked || crc32(part) !== entry.crc) throw broken()
  return part
}

function inflate(name: string, entry: Entry, packed: Buffer, limit: number): Buffer {
  if (entry.method === 0) return packed
  if (entry.method !== 8) throw broken()
  try {
    return inflateRawSync(packed, { maxOutputLength: limit })
  } catch (error) {
    throw (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE' ? tooLarge(name, limit) : broken()
  }
}

/** Text of a part in UTF-8 or UTF-16; throws UnreadableFile when it is neither. */
export function decodeXml(part: Buffer): string {
  try {
    if (part[0] === 0xff && part[1] === 0xfe) return new TextDecoder('utf-16le', { fatal: true }).decode(part)
    if (part[0] === 0xfe && part[1] === 0xff) return new TextDecoder('utf-16be', { fatal: true }).decode(part)
    return new TextDecoder('utf-8', { fatal: true }).decode(part)
  } catch {
    throw broken()
  }
}

const broken = (): UnreadableFile => new UnreadableFile('檔案不完整或已損壞，請重新下載或另存新檔後再匯入')

const tooLarge = (name: string, limit: number): UnreadableFile =>
  new UnreadableFile(`解壓縮後的「${name}」大得不合理（上限 ${Math.floor(limit / 1_000_000)} MB），為了安全不予讀取`)
