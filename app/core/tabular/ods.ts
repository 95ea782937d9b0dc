import { UnreadableFile, type RawTable, type TableLimits } from './table.ts'
import { printNumber } from './xlsx-numbers.ts'
import { tooLong, tooWide } from './xlsx.ts'
import { scanXml } from './xml.ts'
import type { Archive } from './zip.ts'

export function isOds(archive: Archive): boolean {
  const type = archive.text('mimetype')?.trim() ?? ''
  return type.startsWith('application/vnd.oasis.opendocument.spreadsheet')
}

/**
 * Rows of one sheet of an OpenDocument spreadsheet. Dates come as their ISO text. Rows and cells said to repeat are repeated
 * only where they hold something, and within the limits. Throws UnreadableFile.
 */
export function readOds(archive: Archive, sheetNames: string[], limits: TableLimits): RawTable {
  if (archive.text('META-INF/manifest.xml')?.includes('encryption-data')) {
    throw new UnreadableFile('檔案有密碼，請取消密碼後再匯入')
  }
  const content = archive.text('content.xml')
  if (!content) throw new UnreadableFile('檔案不完整：沒有內容')
  const wanted = pickSheet(content, sheetNames)
  if (wanted < 0) throw new UnreadableFile('試算表裡找不到工作表')
  return readSheet(content, wanted, limits)
}

function pickSheet(content: string, sheetNames: string[]): number {
  const names: string[] = []
  let depth = 0
  scanXml(content, {
    open: (name, attribute) => {
      if (name === 'table' && depth++ === 0) names.push(attribute('table:name') ?? '')
    },
    close: (name) => {
      if (name === 'table') depth--
    },
  })
  const named = names.findIndex((name) => sheetNames.some((wanted) => wanted.toLowerCase() === name.trim().toLowerCase()))
  return named >= 0 ? named : names.length - 1 < 0 ? -1 : 0
}

type Cell = { type: string; value: string | null; times: number; text: string; paragraphs: number }

function readSheet(content: string, wanted: number, limits: TableLimits): RawTable {
  const table: RawTable = { rows: [], problems: [], isSparse: true }
  let sheet = -1
  let tables = 0
  let nextRow = 1
  let rowTimes = 1
  let cells: string[] = []
  let blanks = 0
  let cell: Cell | null = null
  let inParagraph = 0
  let inNote = 0

  const endCell = (ended: Cell): void => {
    const text = cellText(ended)
    if (text === '') {
      blanks += ended.times
      return
    }
    if (cells.length + blanks + ended.times > limits.columns) throw tooWide(nextRow, limits)
    for (; blanks > 0; blanks--) cells.push('')
    for (let i = 0; i < ended.times; i++) cells.push(text)
  }
  const endRow = (): void => {
    if (cells.length > 0) {
      if (table.rows.length + rowTimes > limits.rows + 1) throw tooLong(nextRow, limits)
      for (let i = 0; i < rowTimes; i++) table.rows.push({ number: nextRow + i, cells: i === 0 ? cells : [...cells] })
    }
    nextRow += rowTimes
  }

  scanXml(content, {
    open: (name, attribute) => {
      if (name === 'table' && tables++ === 0) sheet++
      if (sheet !== wanted || tables === 0) return
      if (name === 'annotation' || name === 'shape') inNote++
      if (inNote > 0) return
      if (name === 'table-row') {
        rowTimes = times(attribute('table:number-rows-repeated'))
        cells = []
        blanks = 0
      } else if (name === 'table-cell' || name === 'covered-table-cell') {
        const type = attribute('office:value-type') ?? ''
        const value = attribute('office:date-value') ?? attribute('office:time-value') ?? attribute('office:value') ?? attribute('office:boolean-value')
        cell = { type, value, times: times(attribute('table:number-columns-repeated')), text: '', paragraphs: 0 }
      } else if (cell && name === 'p') {
        if (cell.paragraphs++ > 0) cell.text += '\n'
        inParagraph++
      } else if (cell && name === 's') cell.text += ' '.repeat(Math.min(times(attribute('text:c')), 1000))
      else if (cell && name === 'tab') cell.text += '\t'
      else if (cell && name === 'line-break') cell.text += '\n'
    },
    text: (characters) => {
      // As in HTML, breaks and runs of spaces in the file stand for one space.
      if (cell && inParagraph > 0 && inNote === 0) cell.text += characters.replace(/[\r\n\t ]+/g, ' ')
    },
    close: (name) => {
      if (name === 'table') tables--
      if (sheet !== wanted) return
      if (name === 'annotation' || name === 'shape') inNote--
      else if (inNote > 0) return
      else if (name === 'p' && inParagraph > 0) inParagraph--
      else if (cell && (name === 'table-cell' || name === 'covered-table-cell')) {
        endCell(cell)
        cell = null
      } else if (name === 'table-row') endRow()
    },
  })
  return table
}

function cellText(cell: Cell): string {
  if (cell.value === null) return cell.text
  switch (cell.type) {
    case 'date':
      return cell.value.replace('T', ' ').replace(/ 00:00:00(?:\.0+)?$/, '')
    case 'time':
      return cell.value.replace(/^PT(\d+)H(\d+)M(\d+)(?:[.,]\d+)?S$/, '$1:$2:$3')
    case 'float': case 'currency': case 'percentage':
      return printNumber(cell.value)
    case 'boolean':
      return cell.value.toUpperCase()
    default:
      return cell.text
  }
}

const times = (text: string | null): number => Math.max(1, Math.floor(Number(text ?? 1)) || 1)
