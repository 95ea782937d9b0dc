import { expect, test } from 'vitest'
import { drawnPng } from '../reports/document/testing/picture.ts'
import { readPictureSize, readPixels, withoutCameraData } from './picture-file.ts'

const segment = (marker: number, body: Buffer) => Buffer.concat([Buffer.from([0xff, marker]), Buffer.from([(body.length + 2) >> 8, (body.length + 2) & 255]), body])
const frame = segment(0xc0, Buffer.from([8, 0, 90, 0, 120, 3, 1, 17, 0, 2, 17, 1, 3, 17, 1]))
const scan = Buffer.concat([segment(0xda, Buffer.from([3, 1, 0, 2, 17, 3, 17, 0, 63, 0])), Buffer.from([1, 2, 3, 4, 5, 6, 7, 8, 0xff, 0xd9])])
const jpeg = (...more: Buffer[]) => Buffer.concat([Buffer.from([0xff, 0xd8]), ...more, frame, scan])
/** EXIF of a camera: turned a quarter to the right, with a place. */
const exif = (orientation: number) => segment(0xe1, Buffer.concat([Buffer.from('Exif\0\0MM\0*', 'latin1'), Buffer.from([0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0, 0, 0, 0, 0]), Buffer.from('GPS 24.43N 118.32E')]))

test('the size of a picture is read from its content', () => {
  expect(readPictureSize(drawnPng(40, 30))).toEqual({ mediaType: 'image/png', width: 40, height: 30 })
  expect(readPictureSize(jpeg())).toEqual({ mediaType: 'image/jpeg', width: 120, height: 90 })
})

test('what is no picture, or too large to decode, is refused', () => {
  expect(readPictureSize(Buffer.from('%PDF-1.7 this is not a picture at all, only words'))).toBe(null)
  expect(readPictureSize(jpeg().subarray(0, 30))).toBe(null)
  const huge = drawnPng(10, 10)
  huge.writeUInt32BE(100_000, 16)
  huge.writeUInt32BE(100_000, 20)
  expect(readPictureSize(huge)).toBe(null)
})

test('place and camera are left out of a photograph, its turn is kept', () => {
  const kept = withoutCameraData(jpeg(exif(6), segment(0xfe, Buffer.from('a comment'))))
  expect(kept.includes(Buffer.from('GPS'))).toBe(false)
  expect(kept.includes(Buffer.from('a comment'))).toBe(false)
  expect(readPictureSize(kept)).toEqual({ mediaType: 'image/jpeg', width: 90, height: 120 })
  expect(kept.subarray(-scan.length).equals(scan)).toBe(true)
  expect(withoutCameraData(jpeg(exif(1)))).toEqual(jpeg())
})

test('words and time are left out of a PNG, and the size of a WebP is read from its head', () => {
  const png = drawnPng(4, 3)
  const chunk = (type: string, text: string) => Buffer.concat([Buffer.from([0, 0, 0, text.length]), Buffer.from(type + text + '\0\0\0\0', 'latin1')])
  const written = Buffer.concat([png.subarray(0, 33), chunk('tEXt', 'Author wang'), chunk('eXIf', 'GPS'), png.subarray(33)])
  expect(withoutCameraData(written)).toEqual(png)
  const webp = Buffer.alloc(40)
  webp.write('RIFF\0\0\0\0WEBPVP8X', 'latin1')
  webp.writeUIntLE(119, 24, 3)
  webp.writeUIntLE(89, 27, 3)
  expect(readPixels(webp)).toBe(120 * 90)
  webp.writeUIntLE(0xfffff, 24, 3)
  webp.writeUIntLE(0xfffff, 27, 3)
  expect(readPixels(webp)).toBeNull()
})
