import type { Problem, Table, TableRow } from './table.ts'

/** What one cell means, or why it means nothing (zh-TW, no full stop). */
export type Parsed<T> = { value: T } | { reason: string }
export type Parse<T> = (text: string) => Parsed<T>

export type Column<T> = { name: string; isRequired: boolean; /** names the row: no two rows of a file may have the same */ isKey?: boolean; parse: Parse<T> }

/** One column for each property of a record; the order in the file is free. */
export type Columns<R> = { [K in keyof R]: Column<R[K]> }

/** The text comes trimmed. A blank cell is a problem. */
export function required<T>(name: string, parse: Parse<T>): Column<T> {
  return { name, isRequired: true, parse: (text) => (text === '' ? { reason: '沒有填' } : parse(text)) }
}

/** The column that names a row, such as 案號: required, and twice in a file is a problem even where the other row is bad. */
export function naming<T>(name: string, parse: Parse<T>): Column<T> {
  return { ...required(name, parse), isKey: true }
}

/** The text comes trimmed. A blank cell, or a column that is not there, is null. */
export function optional<T>(name: string, parse: Parse<T>): Column<T | null> {
  return { name, isRequired: false, parse: (text) => (text === '' ? { value: null } : parse(text)) }
}

export type CheckedRow<R> = { file: string; row: TableRow; value: R }

export type CheckedTable<R> = {
  /** false: columns are missing, unknown or doubled, so that no row can be trusted */
  headerIsGood: boolean
  /** rows in which every cell could be read */
  rows: CheckedRow<R>[]
  problems: Problem[]
}

/** Reads every row of the table by its columns. `alreadyBad` are the problems that reading the file found: those rows are left out. */
export function checkTable<R>(table: Table, columns: Columns<R>, alreadyBad: Problem[] = []): CheckedTable<R> {
  const problems = checkHeader(table, Object.values<Column<unknown>>(columns))
  if (problems.length > 0) return { headerIsGood: false, rows: [], problems }
  const badRows = new Set(alreadyBad.map(({ row }) => row))
  const places = placesOf(table, columns)
  const firstRows = new Map<unknown, number>()
  const rows: CheckedRow<R>[] = []
  for (const row of table.rows) {
    if (badRows.has(row.number)) continue
    const value = readRow(table.file, row, places, firstRows, problems)
    if (value) rows.push({ file: table.file, row, value })
  }
  return { headerIsGood: true, rows, problems }
}

type Place<R> = { key: keyof R; column: Column<R[keyof R]>; index: number }

function placesOf<R>(table: Table, columns: Columns<R>): Place<R>[] {
  return (Object.keys(columns) as (keyof R & string)[]).map((key) => ({
    key,
    column: columns[key],
    index: table.header.indexOf(columns[key].name),
  }))
}

function readRow<R>(file: string, row: TableRow, places: Place<R>[], firstRows: Map<unknown, number>, problems: Problem[]): R | null {
  const value = {} as R
  let isGood = true
  for (const { key, column, index } of places) {
    const parsed = column.parse((row.cells[index] ?? '').trim())
    const reason = 'value' in parsed ? (column.isKey ? whyTwice(parsed.value, row, firstRows) : null) : parsed.reason
    if ('value' in parsed) value[key] = parsed.value
    if (reason !== null) {
      isGood = false
      problems.push({ file, row: row.number, column: column.name, reason })
    }
  }
  return isGood ? value : null
}

function whyTwice(key: unknown, row: TableRow, firstRows: Map<unknown, number>): string | null {
  const first = firstRows.get(key)
  if (first === undefined) firstRows.set(key, row.number)
  return first === undefined ? null : `「${String(key)}」與第 ${first} 列重複`
}

function checkHeader(table: Table, columns: Column<unknown>[]): Problem[] {
  const known = columns.map(({ name }) => name)
  const at = { file: table.file, row: 1 }
  const unknown = table.header.filter((name) => !known.includes(name))
  const missing = columns.filter(({ name, isRequired }) => isRequired && !table.header.includes(name))
  return [
    ...unknown.map((column) => ({ ...at, column, reason: whyUnknown(column, known) })),
    ...missing.map(({ name }) => ({ ...at, column: name, reason: '缺少這個必要的欄位' })),
  ]
}

function whyUnknown(name: string, known: string[]): string {
  const near = nearestName(name, known)
  return near ? `不認得這個欄位，是不是「${near}」` : `不認得這個欄位，可用的欄位是 ${known.join('、')}`
}

/** The known name that differs by the fewest characters, if fewer than half of them differ. */
export function nearestName(name: string, known: string[]): string | null {
  const ranked = known.map((other) => ({ other, distance: distance([...name], [...other]) })).sort((a, b) => a.distance - b.distance)
  const best = ranked[0]
  return best && best.distance * 2 <= Math.max([...name].length, [...best.other].length) ? best.other : null
}

// How many characters must be put in, left out or changed.
function distance(a: string[], b: string[]): number {
  let previous = b.map((_, j) => j + 1)
  for (let i = 0; i < a.length; i++) {
    const current: number[] = []
    b.forEach((character, j) => {
      const diagonal = j === 0 ? i : previous[j - 1]!
      const left = j === 0 ? i + 1 : current[j - 1]!
      current.push(Math.min(diagonal + (a[i] === character ? 0 : 1), left + 1, previous[j]! + 1))
    })
    previous = current
  }
  return previous.at(-1) ?? a.length
}

/** A problem with a row that could be read, for what only a comparison shows. */
export function rowProblem(at: { file: string; row: TableRow }, column: string, reason: string): Problem {
  return { file: at.file, row: at.row.number, column, reason }
}
