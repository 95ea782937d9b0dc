import { expect, test } from 'vitest'
import { renderPiece } from '../../../ui/render.ts'
import { articleAddress } from '../../../core/laws/national-names.ts'
import { LawText } from './law-text.tsx'

const linked = (text: string) => [...renderPiece(<LawText text={text} />).matchAll(/<a href="[^"]*pcode=(\w+)&amp;flno=([\d-]+)">([^<]+)<\/a>/g)].map(([, code, article, words]) => `${words} → ${code} ${article}`)

test('an article that a text names leads to the national law database', () => {
  expect(linked('依據：訴願法 §14 I。')).toEqual(['訴願法 §14 I → A0030020 14'])
  expect(linked('自次日起算（民法 §120 II）。')).toEqual(['民法 §120 II → B0000001 120'])
  expect(linked('消費者保護法 §45-3')).toEqual(['消費者保護法 §45-3 → J0170001 45-3'])
  expect(articleAddress('A0030020', '14')).toBe('https://law.moj.gov.tw/LawClass/LawSingle.aspx?pcode=A0030020&flno=14')
})

test('a bare article is of the law named before it; its 施行細則 is that law’s', () => {
  expect(linked('不受理（訴願法 §77 ②）；機關得撤銷（§80）')).toEqual(['訴願法 §77 → A0030020 77', '§80 → A0030020 80'])
  expect(linked('採購法 §75 I ②；施行細則 §104')).toEqual(['採購法 §75 I → A0030057 75', '施行細則 §104 → A0030058 104'])
})

test('an article of a law that we have no code for stays words', () => {
  expect(linked('某某自治條例 §3')).toEqual([])
  expect(linked('訴願法 §14、採購申訴審議規則 §25')).toEqual(['訴願法 §14 → A0030020 14'])
})

test('what stands in the text stays text', () => {
  expect(renderPiece(<LawText text="<b>訴願法 §14</b>" />)).toContain('&lt;b>')
})
