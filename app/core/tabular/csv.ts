import { type CsvError, parse } from 'csv-parse/sync'
import { toUtf8 } from './encoding.ts'
import { type RawTable, type TableLimits, type TableRow, UnreadableFile } from './table.ts'

/**
 * Rows of a CSV: divided by comma, tab or semicolon, whichever its header has most; cells in quotes may hold line breaks.
 * Throws UnreadableFile when the rows cannot be told apart.
 */
export function readCsv(bytes: Uint8Array, limits: TableLimits): RawTable {
  const { text: wholeText, isBig5 } = toUtf8(bytes)
  const text = withoutSeparatorLine(wholeText)
  const rows: TableRow[] = []
  let number = 0
  const keep = (cells: string[]): null => {
    number++
    if (cells.every((cell) => cell.trim() === '')) return null
    if (rows.length > limits.rows) throw new UnreadableFile(`資料超過 ${limits.rows} 列，請分成幾個檔案匯入`, number)
    if (cells.length > limits.columns) throw new UnreadableFile(`這一列有 ${cells.length} 欄，最多 ${limits.columns} 欄`, number)
    rows.push({ number, cells })
    return null
  }
  try {
    parse(text, {
      delimiter: delimiterOf(text),
      record_delimiter: ['\r\n', '\n', '\r'],
      relax_column_count: true,
      relax_quotes: true,
      max_record_size: limits.cellLength * 4, // bytes
      on_record: keep,
    })
  } catch (error) {
    throw error instanceof UnreadableFile ? error : new UnreadableFile(whyUnreadable(error as CsvError, limits), number + 1)
  }
  return { rows, problems: [], isBig5 }
}

function whyUnreadable(error: CsvError, limits: TableLimits): string {
  switch (error.code) {
    case 'CSV_QUOTE_NOT_CLOSED':
      return '這一列起有引號沒有結束，請補上成對的引號（"）'
    case 'CSV_MAX_RECORD_SIZE':
      return `這一列的文字太長（一格最多 ${limits.cellLength} 個字），可能是引號沒有成對`
    default:
      throw error
  }
}

// Excel writes and hides a first line "sep=;".
function withoutSeparatorLine(text: Uint8Array): Uint8Array {
  const line = /^sep=.\r?\n/.exec(Buffer.from(text.subarray(0, 10)).toString('latin1'))
  return line ? text.subarray(line[0].length) : text
}

function delimiterOf(text: Uint8Array): string {
  const counts = new Map([[',', 0], ['\t', 0], [';', 0]])
  const beginning = Buffer.from(text.subarray(0, 20_000)).toString('latin1')
  let quoted = false
  let seen = false
  for (const sign of beginning) {
    if (sign === '"') quoted = !quoted
    else if (!quoted && (sign === '\n' || sign === '\r')) {
      if (seen) break
    } else {
      seen = true
      if (!quoted && counts.has(sign)) counts.set(sign, counts.get(sign)! + 1)
    }
  }
  return [...counts].reduce((most, next) => (next[1] > most[1] ? next : most))[0]
}
