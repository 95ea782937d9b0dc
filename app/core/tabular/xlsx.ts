import { UnreadableFile, type RawTable, type TableLimits, type TableRow } from './table.ts'
import { isDateFormat, printNumber, printSerial } from './xlsx-numbers.ts'
import { scanXml } from './xml.ts'
import type { Archive } from './zip.ts'

/** Rows of one sheet of an Excel workbook. Formulas give their stored result; dates ISO text. Throws UnreadableFile. */
export function readXlsx(archive: Archive, sheetNames: string[], limits: TableLimits): RawTable {
  const workbook = readWorkbook(archive)
  const named = (name: string): boolean => sheetNames.some((wanted) => wanted.toLowerCase() === name.trim().toLowerCase())
  const sheet = workbook.sheets.find(({ name }) => named(name)) ?? workbook.sheets.find(({ visible }) => visible)
  const xml = sheet && archive.text(sheet.path)
  if (!xml) throw new UnreadableFile('活頁簿裡找不到工作表')
  return readSheet(xml, {
    limits,
    strings: readSharedStrings(archive.text('xl/sharedStrings.xml')),
    dateStyles: readDateStyles(archive.text('xl/styles.xml')),
    is1904: workbook.is1904,
  })
}

type Workbook = { sheets: { name: string; path: string; visible: boolean }[]; is1904: boolean }

function readWorkbook(archive: Archive): Workbook {
  const targets = new Map<string, string>()
  scanXml(archive.text('xl/_rels/workbook.xml.rels') ?? '', {
    open: (name, attribute) => {
      if (name === 'Relationship') targets.set(attribute('Id') ?? '', attribute('Target') ?? '')
    },
  })
  const workbook: Workbook = { sheets: [], is1904: false }
  scanXml(archive.text('xl/workbook.xml') ?? '', {
    open: (name, attribute) => {
      if (name === 'workbookPr') workbook.is1904 = ['1', 'true'].includes(attribute('date1904') ?? '')
      if (name !== 'sheet') return
      const target = targets.get(attribute('r:id') ?? '') ?? ''
      const path = target.startsWith('/') ? target.slice(1) : `xl/${target}`
      workbook.sheets.push({ name: attribute('name') ?? '', path, visible: (attribute('state') ?? 'visible') === 'visible' })
    },
  })
  return workbook
}

// Texts that cells share; a text may be cut into runs of different looks; readings above Japanese characters (rPh) are left out.
function readSharedStrings(xml: string | null): string[] {
  const strings: string[] = []
  let text = ''
  let inText = false
  let inReading = false
  scanXml(xml ?? '', {
    open: (name) => {
      if (name === 'si') text = ''
      else if (name === 't') inText = true
      else if (name === 'rPh') inReading = true
    },
    text: (characters) => {
      if (inText && !inReading) text += characters
    },
    close: (name) => {
      if (name === 'si') strings.push(unescapeText(text))
      else if (name === 't') inText = false
      else if (name === 'rPh') inReading = false
    },
  })
  return strings
}

function readDateStyles(xml: string | null): boolean[] {
  const custom = new Map<number, string>()
  const styles: boolean[] = []
  let inCellStyles = false
  scanXml(xml ?? '', {
    open: (name, attribute) => {
      if (name === 'numFmt') custom.set(Number(attribute('numFmtId')), attribute('formatCode') ?? '')
      else if (name === 'cellXfs') inCellStyles = true
      else if (name === 'xf' && inCellStyles) {
        const format = Number(attribute('numFmtId') ?? 0)
        styles.push(isDateFormat(format, custom.get(format)))
      }
    },
    close: (name) => {
      if (name === 'cellXfs') inCellStyles = false
    },
  })
  return styles
}

type Book = { limits: TableLimits; strings: string[]; dateStyles: boolean[]; is1904: boolean }

function readSheet(xml: string, book: Book): RawTable {
  const rows: TableRow[] = []
  const problems: RawTable['problems'] = []
  let row: TableRow = { number: 0, cells: [] }
  let cell = { column: -1, type: '', style: 0, text: '' }
  let collects = false
  let inReading = false
  scanXml(xml, {
    open: (name, attribute) => {
      if (name === 'row') {
        row = { number: Number(attribute('r') ?? row.number + 1), cells: [] }
        cell.column = -1
      } else if (name === 'c') {
        const reference = attribute('r')
        const column = reference ? columnOf(reference) : cell.column + 1
        if (!(column < book.limits.columns)) throw tooWide(row.number, book.limits)
        cell = { column, type: attribute('t') ?? 'n', style: Number(attribute('s') ?? 0), text: '' }
      } else if (name === 'v' || name === 't') collects = true
      else if (name === 'rPh') inReading = true
    },
    text: (characters) => {
      if (collects && !inReading) cell.text += characters
    },
    close: (name) => {
      if (name === 'v' || name === 't') collects = false
      else if (name === 'rPh') inReading = false
      else if (name === 'c') {
        while (row.cells.length < cell.column) row.cells.push('')
        row.cells[cell.column] = cellText(cell, book)
        if (cell.type === 'e') problems.push({ row: row.number, column: cell.column, reason: `儲存格是錯誤值 ${cell.text}` })
      } else if (name === 'row' && row.cells.some((text) => text.trim() !== '')) {
        if (rows.length > book.limits.rows) throw tooLong(row.number, book.limits)
        rows.push(row)
      }
    },
  })
  return { rows, problems, isSparse: true }
}

function cellText(cell: { type: string; style: number; text: string }, book: Book): string {
  switch (cell.type) {
    case 's':
      return book.strings[Number(cell.text)] ?? ''
    case 'str': case 'inlineStr':
      return unescapeText(cell.text)
    case 'b':
      return cell.text === '1' ? 'TRUE' : 'FALSE'
    case 'n':
      if (cell.text.trim() === '') return ''
      return book.dateStyles[cell.style] ? printSerial(Number(cell.text), book.is1904) : printNumber(cell.text)
    default:
      return cell.text
  }
}

// Excel writes characters that XML cannot hold, and line breaks of Windows, as _x000D_.
const unescapeText = (text: string): string =>
  text.includes('_x') ? text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, code: string) => String.fromCharCode(parseInt(code, 16))) : text

// B12 → 1
function columnOf(reference: string): number {
  let column = 0
  for (const letter of /^[A-Z]{1,3}/.exec(reference)?.[0] ?? '') column = column * 26 + letter.charCodeAt(0) - 64
  return column - 1
}

export const tooWide = (row: number, limits: TableLimits): UnreadableFile =>
  new UnreadableFile(`這一列超過 ${limits.columns} 欄`, row)

export const tooLong = (row: number, limits: TableLimits): UnreadableFile =>
  new UnreadableFile(`資料超過 ${limits.rows} 列，請分成幾個檔案匯入`, row)
