import iconv from 'iconv-lite'
import { expect, test } from 'vitest'
import { readTable } from './read.ts'
import { type TableLimits, printProblem, uploadLimits } from './table.ts'

const utf8 = (text: string): Uint8Array => Buffer.from(text)
const big5 = (text: string): Uint8Array => iconv.encode(text, 'cp950')
const read = (bytes: Uint8Array, limits?: TableLimits) => readTable({ name: '/tmp/in/petitions.csv', bytes }, limits ? { limits } : {})
const printed = (bytes: Uint8Array, limits?: TableLimits): string[] => read(bytes, limits).problems.map(printProblem)
const rowsOf = (bytes: Uint8Array): [number, string[]][] => read(bytes).table!.rows.map(({ number, cells }) => [number, cells])

test('a plain file is read with its header as row 1', () => {
  const { table, problems } = read(utf8('案號,主旨\nA1,路燈不亮\nA2,水溝不通\n'))
  expect(problems).toEqual([])
  expect(table).toEqual({
    file: 'petitions.csv',
    header: ['案號', '主旨'],
    rows: [{ number: 2, cells: ['A1', '路燈不亮'] }, { number: 3, cells: ['A2', '水溝不通'] }],
  })
})

test('the byte order mark, Windows line ends and full-width header letters do not matter', () => {
  const { table } = read(utf8('\ufeff 案號 ,ＵＲＬ\u3000\r\nA1,x\r\n'))
  expect(table!.header).toEqual(['案號', 'URL'])
})

test('old Mac line ends and mixed line ends are line ends', () => {
  expect(rowsOf(utf8('a,b\r1,2\r3,4'))).toEqual([[2, ['1', '2']], [3, ['3', '4']]])
  expect(rowsOf(utf8('a,b\r\n1,2\n3,4\r5,6'))).toEqual([[2, ['1', '2']], [3, ['3', '4']], [4, ['5', '6']]])
})

test('a cell in quotes may hold commas, quotes and line breaks, and rows are counted as a spreadsheet shows them', () => {
  expect(rowsOf(utf8('a,b\n"x, ""y""","一\n二\r\n三"\n1,2\n'))).toEqual([[2, ['x, "y"', '一\n二\r\n三']], [3, ['1', '2']]])
})

test('blank rows count but hold nothing', () => {
  expect(rowsOf(utf8('a,b\n1,2\n\n,\n3,4\n,\n\n'))).toEqual([[2, ['1', '2']], [5, ['3', '4']]])
})

test('tab and semicolon are found to be delimiters, also when commas stand in the quoted header', () => {
  expect(read(utf8('a\tb\n1\t2\n')).table!.header).toEqual(['a', 'b'])
  expect(read(utf8('a;b\n1;2,5\n')).table!.rows[0]!.cells).toEqual(['1', '2,5'])
  expect(read(utf8('"a,b,c";d\n1;2\n')).table!.header).toEqual(['a,b,c', 'd'])
  expect(read(utf8('sep=;\na;b\n1;2\n')).table!.header).toEqual(['a', 'b'])
})

test('quotes inside a cell that is not quoted stay as they are', () => {
  expect(rowsOf(utf8('a,b\n12" 水管,2\n'))).toEqual([[2, ['12" 水管', '2']]])
})

test('Big5 is recognised, also characters of its Windows and ETen extensions', () => {
  expect(rowsOf(big5('案號,姓名\nA1,陳碁恒\nA2,李€裏\n'))).toEqual([[2, ['A1', '陳碁恒']], [3, ['A2', '李€裏']]])
  const circled = Buffer.concat([big5('案號,主旨\nA1,'), Buffer.from([0xc6, 0xa1]), big5('路燈\n')])
  expect(rowsOf(circled)).toEqual([[2, ['A1', '①路燈']]])
})

test('characters that an office added to Big5 by itself are named by cell', () => {
  const bytes = Buffer.concat([big5('案號,姓名\nA1,王小明\nA2,陳'), Buffer.from([0xfa, 0x40]), big5('\nA3,林一二\n')])
  expect(printed(bytes)).toEqual(['petitions.csv:3:姓名: 有無法辨識的字（可能是 Big5 造字），請改用 UTF-8 並改成正確的字'])
})

test('UTF-16 with a byte order mark is read, without one it is named', () => {
  const text = '案號,主旨\nA1,路燈𠮷\n'
  expect(rowsOf(Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')]))).toEqual([[2, ['A1', '路燈𠮷']]])
  expect(rowsOf(Buffer.concat([Buffer.from([0xfe, 0xff]), Buffer.from(text, 'utf16le').swap16()]))).toEqual([[2, ['A1', '路燈𠮷']]])
  expect(printed(Buffer.from('id,name\n1,abc\n', 'utf16le'))[0]).toMatch(/^petitions.csv:1:整份檔案: 這是沒有標示開頭的 UTF-16/)
})

test('simplified Chinese, Japanese and Korean encodings are refused by name, not read as rubbish', () => {
  const letters: [string, string][] = [
    ['gbk', '案号,渠道,收件时间,主题,内容\nA1,县长信箱,2021-04-09,路灯不亮已经三天,请派人维修谢谢\n'],
    ['shift_jis', '番号,件名\n1,街灯が消えています。修理をお願いします\n'],
    ['euc-kr', '번호,제목\n1,가로등이 꺼져 있습니다 수리해 주세요\n'],
  ]
  for (const [encoding, text] of letters) {
    expect(printed(iconv.encode(text, encoding))[0], encoding).toMatch(/文字編碼不是 UTF-8、UTF-16 或 Big5/)
  }
})

test('UTF-8 with a broken character says in which line', () => {
  const bytes = Buffer.concat([utf8('案號,主旨\nA1,路燈不亮\nA2,水'), Buffer.from([0xe6, 0xb0]), utf8('溝\n')])
  expect(printed(bytes)).toEqual(['petitions.csv:1:整份檔案: 檔案看來是 UTF-8，但第 3 行有不完整的字，請由原系統重新匯出'])
})

test('ragged rows are named and the other rows kept', () => {
  const { table, problems } = read(utf8('a,b,c\n1,2\n1,2,3\n1,2,3,4\n1,2,3,,\n'))
  expect(problems.map(printProblem)).toEqual([
    'petitions.csv:2:整列: 有 2 欄，欄位名稱有 3 個，請檢查逗號與引號',
    'petitions.csv:4:整列: 有 4 欄，欄位名稱有 3 個，請檢查逗號與引號',
  ])
  expect(table!.rows).toHaveLength(4)
})

test('headers twice, without a name, or not in the first row are refused', () => {
  expect(printed(utf8('案號,主旨,案號\n1,2,3\n'))).toEqual(['petitions.csv:1:案號: 欄位名稱出現兩次以上，請刪除或改名'])
  expect(printed(utf8('案號,,主旨\n1,2,3\n'))).toEqual(['petitions.csv:1:第 2 欄: 沒有欄位名稱'])
  expect(printed(utf8('\n案號,主旨\n1,2\n'))[0]).toMatch(/第 1 列是空白的/)
  expect(read(utf8('案號,主旨,,\n1,2,,\n')).table!.header).toEqual(['案號', '主旨'])
})

test('U+0000 is refused by cell, characters beyond the BMP are welcome', () => {
  expect(printed(utf8('a,b\n1,x\0y\n'))).toEqual(['petitions.csv:2:b: 含有空字元（U+0000），請刪除後再匯入'])
  expect(rowsOf(utf8('a,b\n堃,𠮷👾\n'))).toEqual([[2, ['堃', '𠮷👾']]])
})

test('a quote that never closes is said at the row where it begins', () => {
  expect(printed(utf8('a,b\n1,2\n3,"4\n5,6\n7,8\n'))).toEqual(['petitions.csv:3:整列: 這一列起有引號沒有結束，請補上成對的引號（"）'])
})

test('empty files, and files over the limits of bytes, rows, columns and cells are refused', () => {
  const limits = { ...uploadLimits, bytes: 2_000_000, rows: 3, columns: 4, cellLength: 100 }
  expect(printed(utf8(''))).toEqual(['petitions.csv:1:整份檔案: 檔案是空的'])
  expect(printed(utf8('\n \n'))).toEqual(['petitions.csv:1:整份檔案: 檔案裡沒有資料，第 1 列要是欄位名稱'])
  expect(printed(new Uint8Array(2_000_001), limits)[0]).toMatch(/檔案超過 2 MB/)
  expect(printed(utf8('a\n1\n2\n3\n'), limits)).toEqual([])
  expect(printed(utf8('a\n1\n2\n3\n4\n'), limits)[0]).toMatch(/資料超過 3 列/)
  expect(printed(utf8('a\n1,2,3,4,5\n'), limits)[0]).toMatch(/最多 4 欄/)
  expect(printed(utf8(`a\n${'字'.repeat(101)}\n`), limits)).toEqual(['petitions.csv:2:a: 文字超過 100 個字'])
  expect(printed(utf8(`a\n1\n"${'x'.repeat(1000)}\n`), limits)[0]).toMatch(/petitions.csv:3:整列: 這一列的文字太長/)
})

test('other kinds of file are refused by what they are, whatever they are called', () => {
  const begins: [number[], RegExp][] = [
    [[0x4d, 0x5a, 0x90, 0, 3], /執行檔/], [[0x25, 0x50, 0x44, 0x46, 0x2d], /PDF/], [[0xd0, 0xcf, 0x11, 0xe0], /舊版 .xls 或有密碼/],
    [[0x1f, 0x8b, 8, 0], /gzip/], [[0x89, 0x50, 0x4e, 0x47], /圖片/], [[0x7f, 0x45, 0x4c, 0x46], /執行檔/],
  ]
  for (const [beginning, sentence] of begins) expect(printed(Buffer.from(beginning))[0]).toMatch(sentence)
})

