import { expect, test } from 'vitest'
import { readFonts } from './fonts.ts'
import { visibleGlyphs, withVisibleGlyphs } from './glyphs.ts'

test('the fonts print what an office writes', () => {
  const { printable } = readFonts()
  for (const character of '堃𠮷𠮟億陳情訴願㎡℃①ⅠABC123，。「」（）—…※') expect(printable(character.codePointAt(0)!), character).toBe(true)
  expect(printable(0x1f600)).toBe(false)
})

test('a character without a glyph is named, its neighbours stay', () => {
  expect(visibleGlyphs('甲😀乙', (point) => point < 0x10000)).toBe('甲〔缺字 U+1F600〕乙')
  expect(visibleGlyphs('葛\u{e0100}', (point) => point < 0x10000)).toBe('葛')
})

test('addresses, dates and bytes are left as they are', () => {
  const when = new Date(0)
  const bytes = new Uint8Array([1])
  expect(withVisibleGlyphs({ url: '/😀', when, bytes, list: ['😀'] }, () => false)).toEqual({ url: '/😀', when, bytes, list: ['〔缺字 U+1F600〕'] })
})
