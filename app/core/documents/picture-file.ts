/** Pixels that a JPEG, PNG or WebP says it has, by its head alone; null for anything else, or where it is broken or huge. */
export function readPixels(bytes: Buffer): number | null {
  const size = readPictureSize(bytes) ?? (isWebp(bytes) ? sizeOfWebp(bytes) : null)
  return size && size.width * size.height <= pixelsMax ? size.width * size.height : null
}

/** Kind and size in pixels, as it is shown, of a JPEG or PNG by its content; null for anything else, or what is broken or huge. */
export function readPictureSize(bytes: Buffer): { mediaType: 'image/jpeg' | 'image/png'; width: number; height: number } | null {
  const size = isPng(bytes) ? sizeOfPng(bytes) : isJpeg(bytes) ? sizeOfJpeg(bytes) : null
  if (!size || size.width < 1 || size.height < 1 || size.width * size.height > pixelsMax) return null
  return { mediaType: isPng(bytes) ? 'image/png' : 'image/jpeg', ...size }
}

/** More would take a gigabyte to decode. */
const pixelsMax = 60_000_000

const isPng = (bytes: Buffer): boolean => bytes.length > 32 && bytes.subarray(0, 8).equals(Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]))
const isJpeg = (bytes: Buffer): boolean => bytes.length > 32 && bytes.readUInt16BE(0) === 0xffd8

const isWebp = (bytes: Buffer): boolean => bytes.length > 32 && bytes.toString('latin1', 0, 4) === 'RIFF' && bytes.toString('latin1', 8, 12) === 'WEBP'

/** Of the first chunk, whose three kinds tell it each in its own way (developers.google.com/speed/webp/docs/riff_container). */
function sizeOfWebp(bytes: Buffer): { width: number; height: number } | null {
  const kind = bytes.toString('latin1', 12, 16)
  if (kind === 'VP8X') return { width: bytes.readUIntLE(24, 3) + 1, height: bytes.readUIntLE(27, 3) + 1 }
  if (kind === 'VP8 ') return { width: bytes.readUInt16LE(26) & 0x3fff, height: bytes.readUInt16LE(28) & 0x3fff }
  if (kind !== 'VP8L') return null
  const bits = bytes.readUInt32LE(21)
  return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 }
}

const sizeOfPng = (bytes: Buffer) => ({ width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) })

function sizeOfJpeg(bytes: Buffer): { width: number; height: number } | null {
  let turned = false
  for (const { marker, from, to } of segments(bytes)) {
    if (marker === app1) turned ||= (orientationOf(bytes.subarray(from, to)) ?? 1) >= 5
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)
    if (!isFrame || to - from < 6) continue
    const [height, width] = [bytes.readUInt16BE(from + 1), bytes.readUInt16BE(from + 3)]
    return turned ? { width: height, height: width } : { width, height }
  }
  return null
}

/** EXIF and XMP, IPTC, comments: what cameras and programs write beside the picture. */
const app1 = 0xe1
const beside = new Set([app1, 0xed, 0xfe])

/** A JPEG or PNG without place, time, serial number, words and small copy; which side is up stays. Other pictures stay as they are. */
export function withoutCameraData(bytes: Buffer): Buffer {
  if (isPng(bytes)) return withoutPngWords(bytes)
  if (!isJpeg(bytes)) return bytes
  const kept: Buffer[] = []
  let orientation = 1
  let end = 2
  for (const { marker, from, to } of segments(bytes)) {
    if (marker === app1) orientation = orientationOf(bytes.subarray(from, to)) ?? orientation
    if (!beside.has(marker)) kept.push(bytes.subarray(from - 4, to))
    end = to
  }
  return Buffer.concat([bytes.subarray(0, 2), ...(orientation > 1 ? [orientationAlone(orientation)] : []), ...kept, bytes.subarray(end)])
}

/** Words, EXIF and time of a PNG. */
const besidePng = new Set(['tEXt', 'zTXt', 'iTXt', 'eXIf', 'tIME'])

/** What does not look like a chunk, and all after it, stays. */
function withoutPngWords(bytes: Buffer): Buffer {
  const kept: Buffer[] = [bytes.subarray(0, 8)]
  let at = 8
  while (at + 12 <= bytes.length) {
    const end = at + 12 + bytes.readUInt32BE(at)
    if (end > bytes.length) break
    if (!besidePng.has(bytes.toString('latin1', at + 4, at + 8))) kept.push(bytes.subarray(at, end))
    at = end
  }
  return Buffer.concat([...kept, bytes.subarray(at)])
}

/** 1 to 8, from the first directory of an EXIF block; null where it says nothing. */
function orientationOf(block: Buffer): number | null {
  if (block.length < 18 || block.toString('latin1', 0, 6) !== 'Exif\0\0') return null
  const tiff = block.subarray(6)
  const little = tiff.toString('latin1', 0, 2) === 'II'
  const two = (at: number) => (at + 2 > tiff.length ? 0 : little ? tiff.readUInt16LE(at) : tiff.readUInt16BE(at))
  const start = little ? tiff.readUInt32LE(4) : tiff.readUInt32BE(4)
  for (let i = 0; i < two(start); i++) {
    const entry = start + 2 + i * 12
    if (two(entry) !== 0x0112) continue
    const value = two(entry + 8)
    return value >= 1 && value <= 8 ? value : null
  }
  return null
}

/** An EXIF block that says which side is up and nothing else. */
function orientationAlone(orientation: number): Buffer {
  const tiff = [0x4d, 0x4d, 0, 42, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0, 0, 0, 0, 0]
  const body = Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), Buffer.from(tiff)])
  return Buffer.concat([Buffer.from([0xff, app1, 0, body.length + 2]), body])
}

/** The segments before the picture's own data, that one's head included; `from` and `to` bound each one's content. */
function* segments(bytes: Buffer): Generator<{ marker: number; from: number; to: number }> {
  let at = 2
  while (at + 4 <= bytes.length && bytes[at] === 0xff) {
    const marker = bytes[at + 1]!
    const length = bytes.readUInt16BE(at + 2)
    if (length < 2 || at + 2 + length > bytes.length) return
    yield { marker, from: at + 4, to: at + 2 + length }
    if (marker === 0xda) return
    at += 2 + length
  }
}
