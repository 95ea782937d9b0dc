import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs'
import { beforeAll, expect, test } from 'vitest'
import { composeReport } from './compose.ts'
import { renderPdf } from './pdf.ts'
import { sampleResolver, sampleSource, sampleVocabulary } from './testing/sample.ts'

let bytes: Buffer
let text: string
let links: string[]
let tree: unknown
let info: Record<string, unknown>

beforeAll(async () => {
  const { document } = await composeReport(sampleSource, sampleVocabulary, sampleResolver)
  bytes = await renderPdf(document, { baseUrl: 'https://windlion.example' })
  const pdf = await getDocument({ data: new Uint8Array(bytes), useSystemFonts: false, verbosity: 0 }).promise
  const pages = await Promise.all(Array.from({ length: pdf.numPages }, (_, i) => pdf.getPage(i + 1)))
  const contents = await Promise.all(pages.map((page) => page.getTextContent()))
  text = contents.map(({ items }) => items.map((item) => ('str' in item ? item.str : '')).join('')).join('\n')
  links = (await Promise.all(pages.map((page) => page.getAnnotations()))).flat().map((annotation) => annotation.url as string)
  tree = await pages[2]!.getStructTree()
  info = (await pdf.getMetadata()).info as Record<string, unknown>
}, 60_000)

test('the document is tagged, titled and in Chinese', () => {
  expect(bytes.toString('latin1')).toMatch(/\/MarkInfo\s*<<[^>]*\/Marked true/)
  expect(bytes.includes('/StructTreeRoot')).toBe(true)
  expect(JSON.stringify(tree)).toMatch(/"H1"/)
  expect(info.Title).toBe('風島縣政府行政處業務報告（110年4月至9月）')
  expect(bytes.toString('latin1')).toMatch(/\/Lang ?\(zh-TW\)/i)
  expect(bytes.toString('latin1')).toContain('pdfuaid:part')
})

const fontsIn = (pdf: Buffer): string[] => [...pdf.toString('latin1').matchAll(/\/BaseFont ?\/([A-Za-z0-9+-]+)/g)].map((match) => match[1]!.replace(/^[A-Z]{6}\+/, ''))

test('only the report’s own fonts are in it, and each is embedded', () => {
  const plain = bytes.toString('latin1')
  const names = fontsIn(bytes)
  expect(names.length).toBeGreaterThan(0)
  for (const name of names) expect(name).toMatch(/^Noto(Serif|Sans)(TC|JP)-(Regular|Bold)/)
  const descriptors = plain.match(/\/Type ?\/FontDescriptor/g) ?? []
  expect(plain.match(/\/FontFile[23]?/g)).toHaveLength(descriptors.length)
})

test('its text can be read out, with what people wrote unchanged', () => {
  const plain = text.replace(/\s/g, '')
  expect(plain).toContain('經縣長電子信箱、院長電子信箱與總統信箱受理407件')
  expect(plain).toContain('#import"x"、*星*、_底線_、$數學$、@標籤、<標籤>、`碼`、//註、&amp;&"引號"、#、[方]')
  expect(plain).toContain('（本項尚無系統紀錄）')
  expect(plain).toContain('登打：試<一>，110/11/209:05')
  expect(plain).toContain('資料截止日民國110年10月31日')
  expect(plain).toContain('查核點3f2a9c55b1d0')
})

test('a rare character of a name is printed as it is', () => {
  expect(text.replace(/\s/g, '')).toContain('中文陶堃與𠮷、零反向尾')
})

test('the Japanese font prints rare characters only: without them it is not in the file', async () => {
  expect(fontsIn(bytes).some((name) => name.startsWith('NotoSerifJP'))).toBe(true)
  const sections = sampleSource.sections.map((section) => ({ ...section, text: section.text.replaceAll('𠮷', '吉') + '\n\n骨角過直海誤經步' }))
  const { document } = await composeReport({ ...sampleSource, sections }, sampleVocabulary, sampleResolver)
  const ordinary = fontsIn(await renderPdf(document, { baseUrl: 'https://windlion.example' }))
  expect(ordinary.length).toBeGreaterThan(0)
  expect(ordinary.filter((name) => !/^Noto(Serif|Sans)TC-/.test(name))).toEqual([])
}, 60_000)

test('a figure in the PDF opens the cases that it counts', () => {
  expect(links).toContain('https://windlion.example/reports/sample/figures/petitions.received')
})

test('the same report gives the same file', async () => {
  const { document } = await composeReport(sampleSource, sampleVocabulary, sampleResolver)
  expect((await renderPdf(document, { baseUrl: 'https://windlion.example' })).equals(bytes)).toBe(true)
}, 60_000)

test('a picture that cannot be read does not cost the report', async () => {
  const broken = { ...sampleResolver, picture: async (id: string) => ({ ...(await sampleResolver.picture(id))!, bytes: Buffer.from('not a picture') }) }
  const { document } = await composeReport(sampleSource, sampleVocabulary, broken)
  const pdf = await renderPdf(document)
  expect(pdf.subarray(0, 5).toString()).toBe('%PDF-')
}, 60_000)
