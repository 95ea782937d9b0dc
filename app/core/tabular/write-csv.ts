/** A cell to write: text is made safe for spreadsheets, numbers are written as they are. */
export type CellValue = string | number | null

/**
 * CSV in UTF-8 with a byte order mark (so that Excel knows), lines ending in CR LF. A text that a spreadsheet would run as a
 * formula (beginning with = + - @, tab or CR) gets an apostrophe in front.
 */
export function writeCsv(header: string[], rows: Iterable<CellValue[]>): Uint8Array {
  const lines = [header.map(csvCell).join(',')]
  for (const row of rows) lines.push(row.map(csvCell).join(','))
  return Buffer.from(`\ufeff${lines.join('\r\n')}\r\n`)
}

function csvCell(value: CellValue): string {
  if (value === null) return ''
  if (typeof value === 'number') return String(value)
  const safe = harmless(value)
  return /[",;\t\r\n]|^\s|\s$/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

const runsAsFormula = /^[=+\-@\t\r]/
// Full-width forms are read as the plain sign by spreadsheets in an East Asian locale.
const runsAsFormulaFullWidth = /^[＝＋－＠]/

/** The text with an apostrophe in front where a spreadsheet would run it. */
export function harmless(text: string): string {
  return runsAsFormula.test(text) || runsAsFormulaFullWidth.test(text) ? `'${text}` : text
}

/** Takes back what harmless() did. */
export function asItWas(text: string): string {
  return text.startsWith("'") && harmless(text.slice(1)) === text ? text.slice(1) : text
}
