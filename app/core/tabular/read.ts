import { startsWith } from './encoding.ts'
import { readCsv } from './csv.ts'
import { isOds, readOds } from './ods.ts'
import {
  type Problem, type RawTable, type ReadTable, type SourceFile, type TableLimits, type TableRow, UnreadableFile, importLimits,
  wholeFile, wholeRow,
} from './table.ts'
import { readXlsx } from './xlsx.ts'
import { type Archive, openArchive } from './zip.ts'

/**
 * Reads a CSV, XLSX or ODS file, told apart by content, not by name. Of several sheets it takes the one called like `sheet`
 * (one of these names), else the first visible one. Never throws for what a file may hold; says it in `problems`.
 */
export function readTable(file: SourceFile, options: { sheet?: string[]; limits?: TableLimits } = {}): ReadTable {
  const limits = options.limits ?? importLimits
  const name = file.name.replace(/^.*[/\\]/, '')
  try {
    return tableFrom(name, readRaw(file.bytes, options.sheet ?? [], limits), limits)
  } catch (error) {
    if (!(error instanceof UnreadableFile)) throw error
    const column = error.row > 1 ? wholeRow : wholeFile
    return { table: null, problems: [{ file: name, row: error.row, column, reason: error.message }] }
  }
}

function readRaw(bytes: Uint8Array, sheet: string[], limits: TableLimits): RawTable {
  if (bytes.length === 0) throw new UnreadableFile('檔案是空的')
  if (bytes.length > limits.bytes) throw new UnreadableFile(`檔案超過 ${megabytes(limits.bytes)}，請分成幾個檔案匯入`)
  if (startsWith(bytes, [0x50, 0x4b])) return readArchive(openArchive(bytes, limits.unpackedBytes), sheet, limits)
  const foreign = foreignKinds.find(({ beginning }) => startsWith(bytes, beginning))
  if (foreign) throw new UnreadableFile(foreign.reason)
  return readCsv(bytes, limits)
}

function readArchive(archive: Archive, sheet: string[], limits: TableLimits): RawTable {
  if (isOds(archive)) return readOds(archive, sheet, limits)
  if (archive.has('xl/workbook.xml')) return readXlsx(archive, sheet, limits)
  if (archive.has('xl/workbook.bin')) throw new UnreadableFile('這是二進位的 .xlsb 檔，請另存為 .xlsx、.ods 或 CSV')
  throw new UnreadableFile('這是壓縮檔，但不是 .xlsx 或 .ods 試算表')
}

const foreignKinds: { beginning: number[]; reason: string }[] = [
  { beginning: [0xd0, 0xcf, 0x11, 0xe0], reason: '這是舊版 .xls 或有密碼的檔案，請取消密碼並另存為 .xlsx、.ods 或 CSV' },
  { beginning: [0x25, 0x50, 0x44, 0x46], reason: '這是 PDF 檔，請提供 CSV、.xlsx 或 .ods' },
  { beginning: [0x4d, 0x5a, 0x90], reason: '這是執行檔，不能匯入' },
  { beginning: [0x7f, 0x45, 0x4c, 0x46], reason: '這是執行檔，不能匯入' },
  { beginning: [0x1f, 0x8b], reason: '這是 gzip 壓縮檔，請先解壓縮' },
  { beginning: [0x89, 0x50, 0x4e, 0x47], reason: '這是圖片檔，請提供 CSV、.xlsx 或 .ods' },
  { beginning: [0xff, 0xd8, 0xff], reason: '這是圖片檔，請提供 CSV、.xlsx 或 .ods' },
]

function tableFrom(file: string, raw: RawTable, limits: TableLimits): ReadTable {
  const [first, ...rows] = raw.rows
  if (!first) throw new UnreadableFile('檔案裡沒有資料，第 1 列要是欄位名稱')
  if (first.number !== 1) throw new UnreadableFile(`第 1 列是空白的，欄位名稱要寫在第 1 列（現在在第 ${first.number} 列）`)
  const width = widthOf(first, rows)
  const header = first.cells.slice(0, width).map(plainHeader)
  const headerProblems = checkHeader(header).map((problem) => ({ file, row: 1, ...problem }))
  if (headerProblems.length > 0) return { table: null, problems: headerProblems }
  const problems: Problem[] = raw.problems.map(({ row, column, reason }) => ({
    file, row, reason, column: header[column] ?? wholeRow,
  }))
  const badText = raw.isBig5 ? /[\0\ufffd]/ : /\0/
  for (const row of rows) {
    while (raw.isSparse && row.cells.length < header.length) row.cells.push('')
    problems.push(...checkRow(file, row, header, limits, badText))
  }
  return { table: { file, header, rows }, problems: problems.sort((a, b) => a.row - b.row) }
}

// Columns after the last named one are left out as long as nobody wrote into them.
function widthOf(header: TableRow, rows: TableRow[]): number {
  const named = lastFilled(header.cells)
  for (const row of rows) {
    while (row.cells.length > named && row.cells.at(-1)!.trim() === '') row.cells.pop()
  }
  return named
}

const lastFilled = (cells: string[]): number => cells.findLastIndex((cell) => cell.trim() !== '') + 1

/** Trimmed; full-width letters, digits and signs made plain; invisible signs and line breaks removed. */
export function plainHeader(text: string): string {
  return text
    .replace(/[\uff01-\uff5e]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0xfee0))
    .replace(/[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u00ad]/g, '')
    .replace(/[\s\u3000]+/g, ' ')
    .trim()
}

function checkHeader(header: string[]): { column: string; reason: string }[] {
  const problems: { column: string; reason: string }[] = []
  const seen = new Set<string>()
  header.forEach((name, i) => {
    if (name === '') problems.push({ column: `第 ${i + 1} 欄`, reason: '沒有欄位名稱' })
    else if (seen.has(name)) problems.push({ column: name, reason: '欄位名稱出現兩次以上，請刪除或改名' })
    else if (/[\0\ufffd]/.test(name)) problems.push({ column: `第 ${i + 1} 欄`, reason: '欄位名稱有無法辨識的字' })
    seen.add(name)
  })
  return problems
}

function checkRow(file: string, row: TableRow, header: string[], limits: TableLimits, badText: RegExp): Problem[] {
  if (row.cells.length !== header.length) {
    return [{ file, row: row.number, column: wholeRow, reason: `有 ${row.cells.length} 欄，欄位名稱有 ${header.length} 個，請檢查逗號與引號` }]
  }
  const problems: Problem[] = []
  row.cells.forEach((cell, i) => {
    const reason = whyNotCell(cell, limits, badText)
    if (reason) problems.push({ file, row: row.number, column: header[i]!, reason })
  })
  return problems
}

function whyNotCell(cell: string, limits: TableLimits, badText: RegExp): string | null {
  if (cell.length > limits.cellLength) return `文字超過 ${limits.cellLength} 個字`
  if (!badText.test(cell) && cell.isWellFormed()) return null
  if (cell.includes('\0')) return '含有空字元（U+0000），請刪除後再匯入'
  return '有無法辨識的字（可能是 Big5 造字），請改用 UTF-8 並改成正確的字'
}

const megabytes = (bytes: number): string => `${Math.floor(bytes / 1_000_000)} MB`
