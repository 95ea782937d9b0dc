/** Kind and size in pixels of a JPEG or PNG by its content; null for anything else or what is broken. */
export function readPictureSize(bytes: Buffer): { mediaType: 'image/jpeg' | 'image/png'; width: number; height: number } | null {
  const size = isPng(bytes) ? sizeOfPng(bytes) : isJpeg(bytes) ? sizeOfJpeg(bytes) : null
  if (!size || size.width < 1 || size.height < 1 || size.width * size.height > pixelsMax) return null
  return { mediaType: isPng(bytes) ? 'image/png' : 'image/jpeg', ...size }
}

/** More would take a gigabyte to decode. */
const pixelsMax = 60_000_000

const isPng = (bytes: Buffer): boolean => bytes.length > 32 && bytes.subarray(0, 8).equals(Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]))
const isJpeg = (bytes: Buffer): boolean => bytes.length > 32 && bytes.readUInt16BE(0) === 0xffd8

const sizeOfPng = (bytes: Buffer) => ({ width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) })

function sizeOfJpeg(bytes: Buffer): { width: number; height: number } | null {
  for (const { marker, from, to } of segments(bytes)) {
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)
    if (isFrame && to - from >= 6) return { height: bytes.readUInt16BE(from + 1), width: bytes.readUInt16BE(from + 3) }
  }
  return null
}

/** A JPEG without what cameras write beside the picture: place, time, serial number, a small copy. Its turn (EXIF orientation) goes too. */
export function withoutCameraData(bytes: Buffer): Buffer {
  if (!isJpeg(bytes)) return bytes
  const kept: Buffer[] = [bytes.subarray(0, 2)]
  let end = 2
  for (const { marker, from, to } of segments(bytes)) {
    // APP1 (EXIF, XMP), APP13 (IPTC), comments
    if (![0xe1, 0xed, 0xfe].includes(marker)) kept.push(bytes.subarray(from - 4, to))
    end = to
    if (marker === 0xda) break
  }
  return Buffer.concat([...kept, bytes.subarray(end)])
}

/** The segments before the picture's own data; `from` and `to` bound each one's content. */
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
