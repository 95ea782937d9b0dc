import type { Cleaned } from './outgoing.ts'
import { readPixels } from './picture-file.ts'

/** Of a hundred; photographs at it look as before. */
const quality = 90

/**
 * The picture's points written anew, right side up: no place, time, serial number, small copy, words, and nothing after its end. Of what moves
 * the first picture stays. Refused before it is decoded when it claims too many points.
 */
export async function drawAnew(mediaType: string, bytes: Buffer): Promise<Cleaned> {
  if (!readPixels(bytes)) return { unreadable: '不是可讀的圖片，或大到無法處理，請縮小後再附' }
  const { createCanvas, loadImage } = await import('@napi-rs/canvas')
  const image = await loadImage(bytes).catch(() => null)
  if (!image) return { unreadable: '不是可讀的圖片，請換一張' }
  const canvas = createCanvas(image.width, image.height)
  canvas.getContext('2d').drawImage(image, 0, 0)
  const drawn = mediaType === 'image/png' ? canvas.toBuffer('image/png') : canvas.toBuffer(mediaType as 'image/jpeg' | 'image/webp', quality)
  return { bytes: new Uint8Array(drawn), found: [] }
}
