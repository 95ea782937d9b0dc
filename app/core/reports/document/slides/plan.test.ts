import { expect, test } from 'vitest'
import { composeReport } from '../compose.ts'
import { textOf } from '../model.ts'
import { sampleResolver, sampleSource, sampleVocabulary } from '../testing/sample.ts'
import { splitToFit, widthOf } from './fit.ts'
import { planSlides } from './plan.ts'

async function slidesOf(text: string) {
  const source = { ...sampleSource, sections: [{ ...sampleSource.sections[1]!, text }], closing: null }
  return planSlides((await composeReport(source, sampleVocabulary, sampleResolver)).document)
}

test('a report begins with its cover and ends by asking for advice', async () => {
  const slides = await slidesOf('一句話。')
  expect(slides.map((slide) => slide.type)).toEqual(['cover', 'contents', 'text', 'end'])
})

test('a long section goes on over several slides and loses no word', async () => {
  const text = Array.from({ length: 30 }, (_, i) => `第${i + 1}點說明本府辦理情形，經各單位協調後如期完成，並持續追蹤後續執行進度與成效。`).join('\n\n')
  const slides = (await slidesOf(text)).filter((slide) => slide.type === 'text')
  expect(slides.length).toBeGreaterThan(4)
  expect(slides.flatMap((slide) => slide.lines.map((line) => textOf(line.inlines))).join('')).toBe(text.replaceAll('\n', ''))
})

test('a paragraph longer than a slide is cut at the end of a sentence', async () => {
  const sentence = '本府持續辦理各項為民服務工作並檢討改進。'
  const slides = (await slidesOf(sentence.repeat(40))).filter((slide) => slide.type === 'text')
  for (const slide of slides) for (const line of slide.lines) expect(textOf(line.inlines)).toMatch(/。$/)
})

test('pieces fit the width, whatever the text', () => {
  for (const piece of splitToFit([{ type: 'text', text: '無標點'.repeat(200) }], 100)) expect(widthOf(textOf(piece))).toBeLessThanOrEqual(100)
})
