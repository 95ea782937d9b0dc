import { strToU8, zipSync } from 'fflate'
import { expect, test } from 'vitest'
import { readTable } from './read.ts'
import { printProblem, uploadLimits } from './table.ts'
import { writeOds } from './write-ods.ts'
import { writeXlsx } from './write-xlsx.ts'

const read = (bytes: Uint8Array, sheet?: string[]) => readTable({ name: 'petitions.xlsx', bytes }, { limits: uploadLimits, ...(sheet && { sheet }) })
const rowsOf = (bytes: Uint8Array, sheet?: string[]) => read(bytes, sheet).table?.rows.map(({ number, cells }) => [number, ...cells])
const said = (bytes: Uint8Array) => read(bytes).problems.map(printProblem)

const sheet = { name: '陳情', header: ['案號', '主旨', '件數'], rows: [['A1', '一\n二  & <三>\t"四"', 5], ['A2', '=1+1', null]] as (string | number | null)[][] }

test('what is written as XLSX or ODS is read as it was', () => {
  const rows = [[2, 'A1', '一\n二  & <三>\t"四"', '5'], [3, 'A2', '=1+1', '']]
  expect(rowsOf(writeXlsx([sheet]))).toEqual(rows)
  expect(rowsOf(writeOds([sheet]))).toEqual(rows)
})

test('XLSX keeps even texts that look like its own escapes', () => {
  const odd = { name: 's', header: ['a'], rows: [['一_x0041_\r\n二']] }
  expect(rowsOf(writeXlsx([odd]))).toEqual([[2, '一_x0041_\r\n二']])
})

test('the same sheet gives the same bytes', () => {
  expect(writeOds([sheet])).toEqual(writeOds([sheet]))
  expect(writeXlsx([sheet])).toEqual(writeXlsx([sheet]))
})

test('an ODS begins with its type, unpacked', () => {
  const head = Buffer.from(writeOds([sheet]).subarray(0, 90)).toString('latin1')
  expect(head.slice(30)).toMatch(/^mimetypeapplication\/vnd\.oasis\.opendocument\.spreadsheet/)
})

test('the sheet with the asked name is read, else the first one', () => {
  const other = { name: '說明', header: ['x'], rows: [['y']] }
  for (const write of [writeXlsx, writeOds]) {
    expect(rowsOf(write([other, sheet]), ['petitions', '陳情'])).toHaveLength(2)
    expect(rowsOf(write([other, sheet]))).toEqual([[2, 'y']])
  }
})

function xlsx(sheetData: string, parts: { strings?: string; styles?: string; workbook?: string } = {}): Uint8Array {
  const relationship = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
  return zipSync({
    'xl/workbook.xml': strToU8(`<workbook xmlns:r="${relationship}">${parts.workbook ?? ''}<sheets><sheet name="a" sheetId="1" state="hidden" r:id="r2"/><sheet name="b" sheetId="2" r:id="r1"/></sheets></workbook>`),
    'xl/_rels/workbook.xml.rels': strToU8('<Relationships><Relationship Id="r1" Target="worksheets/one.xml"/><Relationship Id="r2" Target="/xl/worksheets/two.xml"/></Relationships>'),
    'xl/worksheets/one.xml': strToU8(`<worksheet><sheetData>${sheetData}</sheetData></worksheet>`),
    'xl/sharedStrings.xml': strToU8(`<sst>${parts.strings ?? ''}</sst>`),
    'xl/styles.xml': strToU8(parts.styles ?? '<styleSheet/>'),
  })
}

const header = '<row r="1"><c r="A1" t="inlineStr"><is><t>a</t></is></c><c r="B1" t="inlineStr"><is><t>b</t></is></c><c r="C1" t="inlineStr"><is><t>c</t></is></c></row>'

test('shared texts in runs, readings, gaps between cells and between rows are understood; hidden sheets passed over', () => {
  const strings = '<si><t>路燈</t></si><si><r><t>不</t></r><r><rPr/><t xml:space="preserve">亮 </t></r><rPh sb="0" eb="1"><t>ふ</t></rPh></si><si><t>一_x000D_\n二</t></si>'
  const rows = '<row r="3"><c r="A3" t="s"><v>0</v></c><c r="C3" t="s"><v>1</v></c></row><row r="7"><c r="B7" t="s"><v>2</v></c></row><row r="9"/>'
  expect(rowsOf(xlsx(header + rows, { strings }))).toEqual([[3, '路燈', '', '不亮 '], [7, '', '一\r\n二', '']])
})

test('days and times come as ISO text, numbers as they are shown', () => {
  const styles = '<styleSheet><numFmts><numFmt numFmtId="180" formatCode="[$-404]e&quot;年&quot;m&quot;月&quot;d&quot;日&quot;;@"/><numFmt numFmtId="181" formatCode="0.00E+00"/></numFmts>' +
    '<cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="180"/><xf numFmtId="181"/><xf numFmtId="22"/></cellXfs></styleSheet>'
  const cells = (...items: [string, number][]): string => `<row r="2">${items.map(([v, s], i) => `<c r="${'ABC'[i]}2" s="${s}"><v>${v}</v></c>`).join('')}</row>`
  expect(rowsOf(xlsx(header + cells(['44295', 1], ['44295.354166666664', 2], ['44295', 0]), { styles }))).toEqual([[2, '2021-04-09', '2021-04-09 08:30:00', '44295']])
  expect(rowsOf(xlsx(header + cells(['11004000001', 0], ['1.1004E10', 3], ['0.30000000000000004', 0]), { styles }))).toEqual([[2, '11004000001', '11004000000', '0.3']])
  expect(rowsOf(xlsx(header + cells(['42833', 1], ['0.5', 4], ['44295.999999999', 4]), { styles, workbook: '<workbookPr date1904="1"/>' }))).toEqual([[2, '2021-04-09', '1904-01-01 12:00:00', '2025-04-11']])
  expect(rowsOf(xlsx(header + cells(['60', 1], ['61', 1], ['59', 1]), { styles }))).toEqual([[2, '1900-02-29', '1900-03-01', '1900-02-28']])
})

test('a formula gives its stored result, an error value is named by its cell', () => {
  const row = '<row r="2"><c r="A2" t="str"><f>CONCAT("a")</f><v>甲</v></c><c r="B2" t="b"><v>1</v></c><c r="C2" t="e"><v>#N/A</v></c></row>'
  const bytes = xlsx(header + row)
  expect(rowsOf(bytes)).toEqual([[2, '甲', 'TRUE', '#N/A']])
  expect(said(bytes)).toEqual(['petitions.xlsx:2:c: 儲存格是錯誤值 #N/A'])
})

function ods(rows: string): Uint8Array {
  return zipSync({
    mimetype: [strToU8('application/vnd.oasis.opendocument.spreadsheet'), { level: 0 }],
    'content.xml': strToU8(`<o:doc><table:table table:name="s">${rows}</table:table></o:doc>`),
  })
}
const cell = (text: string, attributes = ''): string => `<table:table-cell ${attributes}><text:p>${text}</text:p></table:table-cell>`
const odsHeader = `<table:table-row>${cell('a')}${cell('b')}${cell('c')}</table:table-row>`

test('ODS repeats cells and rows only where they hold something', () => {
  const rows = `<table:table-row table:number-rows-repeated="2">${cell('x', 'table:number-columns-repeated="2"')}<table:table-cell table:number-columns-repeated="16382"/></table:table-row>` +
    '<table:table-row table:number-rows-repeated="1048000"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>' +
    `<table:table-row><table:table-cell/><table:covered-table-cell/>${cell('z')}</table:table-row>`
  expect(rowsOf(ods(odsHeader + rows))).toEqual([[2, 'x', 'x', ''], [3, 'x', 'x', ''], [1048004, '', '', 'z']])
})

test('ODS that repeats something without end is refused', () => {
  expect(said(ods(`${odsHeader}<table:table-row table:number-rows-repeated="1048000">${cell('x')}</table:table-row>`))[0]).toMatch(/petitions.xlsx:2:整列: 資料超過 50000 列/)
  expect(said(ods(`${odsHeader}<table:table-row>${cell('x', 'table:number-columns-repeated="16384"')}</table:table-row>`))[0]).toMatch(/超過 200 欄/)
})

test('ODS dates, times, numbers, breaks and spaces are read as text; comments left out', () => {
  const row = `<table:table-row>${cell('110/4/9', 'office:value-type="date" office:date-value="2021-04-09T08:30:00"')}${cell('1,200.0', 'office:value-type="float" office:value="1200"')}` +
    '<table:table-cell office:value-type="string"><office:annotation><text:p>註</text:p></office:annotation><text:p>一<text:s text:c="2"/>二<text:line-break/>三</text:p><text:p>四 &amp; <text:span>五</text:span></text:p></table:table-cell></table:table-row>'
  expect(rowsOf(ods(odsHeader + row))).toEqual([[2, '2021-04-09 08:30:00', '1200', '一  二\n三\n四 & 五']])
})

test('entities, zip bombs, lies about sizes, passwords and broken files are refused', () => {
  const withDtd = zipSync({ mimetype: strToU8('application/vnd.oasis.opendocument.spreadsheet'), 'content.xml': strToU8('<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>') })
  expect(said(withDtd)[0]).toMatch(/DOCTYPE/)
  const bomb = zipSync({ mimetype: strToU8('application/vnd.oasis.opendocument.spreadsheet'), 'content.xml': new Uint8Array(60_000_000).fill(32) }, { level: 9 })
  expect(bomb.length).toBeLessThan(200_000)
  expect(said(bomb)[0]).toMatch(/大得不合理/)
  const liar = Buffer.from(bomb)
  const central = liar.lastIndexOf(Buffer.from([0x50, 0x4b, 1, 2]))
  liar.writeUInt32LE(1000, central + 24)
  expect(said(liar)[0]).toMatch(/大得不合理/)
  const good = Buffer.from(writeXlsx([sheet]))
  const locked = Buffer.from(good)
  for (let at = locked.indexOf('PK\x01\x02', 0, 'latin1'); at >= 0; at = locked.indexOf('PK\x01\x02', at + 4, 'latin1')) locked[at + 8]! |= 1
  expect(said(locked)[0]).toMatch(/密碼/)
  for (const cut of [10, 100, good.length - 30, good.length - 200]) expect(said(good.subarray(0, cut))[0], `${cut}`).toMatch(/不完整或已損壞/)
  expect(said(zipSync({ 'a.txt': strToU8('x') }))[0]).toMatch(/不是 .xlsx 或 .ods/)
})

test('a file of random bytes never makes the reader throw', () => {
  let seed = 1
  const next = (): number => (seed = (seed * 48271) % 2147483647)
  const good = writeXlsx([sheet])
  for (let i = 0; i < 300; i++) {
    const bytes = Buffer.from(good)
    for (let k = 0; k < 5; k++) bytes[next() % bytes.length] = next() % 256
    expect(() => read(bytes)).not.toThrow()
  }
})
