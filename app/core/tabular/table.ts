/** A table that somebody handed in: every cell is text, as a person would read it in a spreadsheet. */
export type Table = {
  /** name of the file without its folder, as printed before each problem */
  file: string
  /** trimmed, full-width letters and signs made plain; no two alike, none empty */
  header: string[]
  rows: TableRow[]
}

export type TableRow = {
  /** as a spreadsheet counts: the header is row 1, the first record row 2, however many lines a cell has */
  number: number
  /** one for each column of the header; a ragged row keeps what it had */
  cells: string[]
}

/** Something in a file that must be mended (a problem) or looked at (a notice). */
export type Problem = {
  file: string
  row: number
  /** name of the column, or wholeRow, or wholeFile */
  column: string
  /** zh-TW, no full stop, says what to do */
  reason: string
}

export const wholeRow = '整列'
export const wholeFile = '整份檔案'

/** `table` is null when the file as a whole cannot be used. Rows named in `problems` are in the table all the same. */
export type ReadTable = { table: Table | null; problems: Problem[] }

export type SourceFile = { name: string; bytes: Uint8Array }

export type TableLimits = {
  /** size of the file as handed in */
  bytes: number
  /** size of one part of an XLSX or ODS after unpacking */
  unpackedBytes: number
  /** records without the header */
  rows: number
  columns: number
  /** UTF-16 units in one cell */
  cellLength: number
}

/** For files that operators import on the command line: a decade of letters fits. */
export const importLimits: TableLimits = {
  bytes: 1_000_000_000,
  unpackedBytes: 400_000_000,
  rows: 1_000_000,
  columns: 200,
  cellLength: 1_000_000,
}

/** For files sent through the browser. */
export const uploadLimits: TableLimits = {
  bytes: 20_000_000,
  unpackedBytes: 100_000_000,
  rows: 50_000,
  columns: 200,
  cellLength: 200_000,
}

/** petitions.csv:3:收件時間: reason */
export function printProblem(problem: Problem): string {
  return `${problem.file}:${problem.row}:${problem.column}: ${problem.reason}`
}

/** Thrown by the readers of one format, caught in read.ts, where it becomes the file's only problem. */
export class UnreadableFile extends Error {
  override name = 'UnreadableFile'
  row: number
  constructor(reason: string, row = 1) {
    super(reason)
    this.row = row
  }
}

/** What a format's reader gives: rows as they stand, the header still among them, blank rows left out. */
export type RawTable = {
  rows: TableRow[]
  problems: { row: number; column: number; reason: string }[]
  /** spreadsheets do not write the empty cells at a row's end */
  isSparse?: boolean
  /** U+FFFD in a cell is a character that Big5 could not name, not one that the file says */
  isBig5?: boolean
}
