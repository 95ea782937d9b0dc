import { expect, test } from 'vitest'
import { composeReport } from './compose.ts'
import { renderHtml } from './html.tsx'
import { sampleResolver, sampleSource, sampleVocabulary } from './testing/sample.ts'

const { document } = await composeReport(sampleSource, sampleVocabulary, sampleResolver)
const html = renderHtml(document, { baseUrl: 'https://windlion.example' })

test('a figure opens the cases that it counts', () => {
  expect(html).toMatch(/<a class="figure" href="https:\/\/windlion\.example\/reports\/sample\/figures\/petitions\.received"[^>]*>407 件<\/a>/)
})

test('a typed number says who typed it and when', () => {
  expect(html).toMatch(/97 億餘元<\/span><small class="figure-mark">登打.*試 &lt;一>.*110\/11\/2 09:05/)
})

test('what people wrote is never read as markup', () => {
  expect(html).toContain('&lt;標籤>')
  expect(html).toContain('&amp;amp; &amp; ')
  expect(html).toContain('中文陶堃與𠮷')
  expect(html).not.toMatch(/[\u0000\u202e\u2066]/)
})

test('the page needs no inline style and no script', () => {
  expect(html).not.toMatch(/ style="|<script| on[a-z]+="/)
})

test('headings, tables and charts are marked up as such', () => {
  expect(html).toContain('<h1>行政處業務報告</h1>')
  expect(html.match(/<h2 id="s08-title">/g)).toHaveLength(1)
  expect(html).toContain('<th scope="col" class="numeric">三信箱收件數（件）</th>')
  expect(html).toContain('<th scope="row">工務處</th>')
  expect(html).toMatch(/<svg [^>]*role="img"/)
  expect(html).toContain('<summary>這張圖的數字</summary>')
})

test('an identifier stands only once in the page', () => {
  const ids = [...html.matchAll(/ id="([^"]+)"/g)].map((match) => match[1])
  expect(ids.filter((id, i) => ids.indexOf(id) !== i)).toEqual([])
})

test('the page says on what knowledge it stands, and that it is a draft of invented data', () => {
  expect(html).toContain('資料截止日 民國110年10月31日　資料時點 110/11/5 16:30　查核點 3f2a9c55b1d0　草稿')
  expect(html).toContain('示範資料')
  expect(html).toContain('（尚未確認）')
})
