import { XMLParser, XMLValidator } from 'fast-xml-parser'
import { unzipSync } from 'fflate'
import { describe, expect, test } from 'vitest'
import { chartPngs } from './chart/png.ts'
import { composeReport } from './compose.ts'
import { renderOdp } from './odp.ts'
import { renderOdt } from './odt.ts'
import { hasLibreOffice, openInLibreOffice } from './testing/office.ts'
import { sampleResolver, sampleSource, sampleVocabulary } from './testing/sample.ts'

const { document } = await composeReport(sampleSource, sampleVocabulary, sampleResolver)
const options = { baseUrl: 'https://windlion.example', replacements: await chartPngs(document) }
const odt = renderOdt(document, options)
const odp = renderOdp(document, options)
const partsOf = (file: Buffer) => unzipSync(new Uint8Array(file))
const partText = (file: Buffer, path: string) => new TextDecoder().decode(partsOf(file)[path])

describe.each([
  ['text', odt, 'application/vnd.oasis.opendocument.text'],
  ['slides', odp, 'application/vnd.oasis.opendocument.presentation'],
])('the report as %s', (_, file, mediaType) => {
  test('names its media type first and uncompressed', () => {
    expect(file.readUInt16LE(8)).toBe(0)
    expect(file.readUInt16LE(28)).toBe(0)
    expect(file.subarray(30, 38).toString('latin1')).toBe('mimetype')
    expect(file.subarray(38, 38 + mediaType.length).toString('latin1')).toBe(mediaType)
  })

  test('lists every part in its manifest, and every part is well-formed', () => {
    const manifest = partText(file, 'META-INF/manifest.xml')
    for (const [path, bytes] of Object.entries(partsOf(file))) {
      if (path === 'mimetype' || path.startsWith('META-INF/')) continue
      expect(manifest).toContain(`manifest:full-path="${path}"`)
      if (path.endsWith('.xml')) expect(XMLValidator.validate(new TextDecoder().decode(bytes))).toBe(true)
    }
  })

  test('uses only styles that it defines', () => {
    const content = partText(file, 'content.xml')
    const defined = new Set([...(content + partText(file, 'styles.xml')).matchAll(/ style:name="([^"]+)"/g)].map((match) => match[1]))
    const used = [...content.matchAll(/ (?:text|table|draw|presentation):(?:visited-)?style-name="([^"]+)"/g)].map((match) => match[1])
    expect([...new Set(used)].filter((name) => !defined.has(name))).toEqual([])
  })

  test('carries what people wrote as text, and charts with an alternative', () => {
    const content = partText(file, 'content.xml')
    expect(content).toContain('#import &quot;x&quot;、*星*、_底線_、$數學$、@標籤、&lt;標籤&gt;')
    expect(content).toContain('&amp;amp; &amp; ')
    expect(content).toContain('中文陶堃與𠮷、零反向尾')
    expect(content).toMatch(/<svg:desc>長條圖，各月收件與結案。/)
    expect(content).toContain('登打：試 &lt;一&gt;，110/11/2 09:05')
    expect(content).toContain('（本項尚無系統紀錄）')
    expect(content).toContain('xlink:href="https://windlion.example/reports/sample/figures/petitions.received"')
  })

  test('has each chart as SVG, then as PNG for programs that show no SVG', () => {
    const frames = [...partText(file, 'content.xml').matchAll(/<draw:frame [^>]*>((?:<draw:image [^>]*>(?:<\/draw:image>)?)+)/g)].map((match) => [...match[1]!.matchAll(/xlink:href="([^"]+)"/g)].map(([, path]) => path!))
    const charts = frames.filter((paths) => paths.some((path) => path.endsWith('.svg')))
    expect(charts.length).toBeGreaterThan(0)
    for (const paths of charts) {
      expect(paths.map((path) => path.slice(-4))).toEqual(['.svg', '.png'])
      const png = Buffer.from(partsOf(file)[paths[1]!]!)
      expect(png.subarray(1, 4).toString('latin1')).toBe('PNG')
      expect(png.readUInt32BE(16)).toBeGreaterThanOrEqual(1000) // pixels across: sharp on a projector
      expect(png.length).toBeGreaterThan(5000) // not an empty picture
    }
  })

  test('is the same file for the same report', async () => {
    const same = { ...options, replacements: await chartPngs(document) }
    const again = mediaType.endsWith('text') ? renderOdt(document, same) : renderOdp(document, same)
    expect(again.equals(file)).toBe(true)
  })
})

test('headings of the text are headings, and tables repeat their header rows', () => {
  const content = partText(odt, 'content.xml')
  expect(content).toMatch(/<text:h text:style-name="Heading_20_1" text:outline-level="1">/)
  expect(content).toContain('<table:table-header-rows>')
})

test('each slide says where it stands, and long tables go on over several', () => {
  const content = partText(odp, 'content.xml')
  expect(content.match(/<draw:page /g)!.length).toBeGreaterThan(10)
  expect(content).toContain('陳情處理與為民服務（續）')
  expect(content).toContain('三信箱收件數 407 件：「三信箱收件數」的定義一句。')
})

test.skipIf(!hasLibreOffice)('LibreOffice opens the text and finds headings, tables and pictures in it', () => {
  const understood = openInLibreOffice(odt, 'odt', 'fodt').toString('utf8')
  const body = understood.slice(understood.indexOf('<office:body>'))
  expect(body.match(/<text:h [^>]*text:outline-level="1"/g)).toHaveLength(4)
  expect(body.match(/<table:table /g)!.length).toBe(5)
  expect(body.match(/<draw:image /g)!.length).toBeGreaterThanOrEqual(4)
  expect(body).toContain('中文陶堃與𠮷')
}, 180_000)

test.skipIf(!hasLibreOffice)('LibreOffice opens the slides and shows as many as were made', () => {
  const understood = openInLibreOffice(odp, 'odp', 'fodp').toString('utf8')
  const made = partText(odp, 'content.xml').match(/<draw:page /g)!.length
  expect(understood.match(/<draw:page /g)).toHaveLength(made)
  new XMLParser().parse(understood)
  expect(understood).toContain('中文陶堃與𠮷')
}, 180_000)
