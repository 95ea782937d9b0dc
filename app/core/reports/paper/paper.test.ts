import { unzipSync } from 'fflate'
import { expect, test } from 'vitest'
import { day } from '../../time.ts'
import { paperOdt } from './odt.ts'
import { linesOf, type Paper } from './paper.ts'
import { paperPdf } from './pdf.ts'

const paper: Paper = {
  title: '示範縣政府訴願決定書', on: day('2024-09-30'),
  lines: [{ style: 'source', text: '府訴決字第1號' }, { style: 'label', text: '主文' }, ...linesOf('text', '訴願駁回。\n\n第二段 #let x = 1 <&>'), { style: 'item', label: '第一條', text: '甲' }, { style: 'line', depth: 1, text: '一、乙' }, { style: 'heading', text: '附件' }],
}

test('a paper becomes an ODT with its text and nothing of whoever made it, the same each time', () => {
  const odt = paperOdt(paper)
  expect(odt.equals(paperOdt(paper))).toBe(true)
  const files = unzipSync(odt)
  expect(Object.keys(files)[0]).toBe('mimetype')
  const content = new TextDecoder().decode(files['content.xml'])
  for (const text of ['示範縣政府訴願決定書', '府訴決字第1號', '第二段 #let x = 1 &lt;&amp;&gt;', '第一條', '一、乙']) expect(content).toContain(text)
  expect(new TextDecoder().decode(files['meta.xml'])).not.toMatch(/creator|editing/)
})

test('and a tagged PDF; what people wrote is never read as Typst', async () => {
  const pdf = await paperPdf(paper)
  expect(pdf.subarray(0, 5).toString()).toBe('%PDF-')
  expect(pdf.includes('/StructTreeRoot')).toBe(true)
})
