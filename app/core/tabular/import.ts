import { createHash } from 'node:crypto'
import { readFile, readdir, stat, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { type Db, type Tx, write } from '../db.ts'
import { WrongUse } from '../errors.ts'
import type { Actor } from '../identity/actors.ts'
import { type Problem, type ReadTable, type Table, type TableRow, printProblem } from './table.ts'
import { readTable } from './read.ts'
import { asItWas, writeCsv } from './write-csv.ts'

/** A kind of file that can be imported. Declared by the module that owns the records. */
export type Importer = {
  /** as whom its rows are loaded */
  as: Actor
  /** what files and sheets of this kind are called: petitions */
  name: string
  /** 陳情 */
  title: string
  columnNames: string[]
  /** Compares all files of this kind with each other and with the database; loads nothing yet. */
  check(tx: Tx, files: ImportFile[], options: ImportOptions): Promise<CheckedImport>
}

export type ImportFile = ReadTable & {
  /** name without its folder, as in every problem */
  name: string
  path: string
  sha256: Buffer
}

export type ImportOptions = {
  /** a different row for a known key changes it, recorded now */
  update: boolean
  /** the recorded instant of this import */
  now: Date
}

export type ImportWishes = {
  update?: boolean
  keepGood?: boolean
  /** another recorded instant than now, in the past: for the demonstration, which replays what was corrected when */
  recordedAt?: Date
}

export type CheckedImport = {
  /** beyond those of reading the file */
  problems: Problem[]
  /** odd, but loaded */
  notices: Problem[]
  /** Loads the rows without problems. */
  load(): Promise<ImportCounts>
}

export type ImportCounts = { added: number; changed: number; unchanged: number }

export type ImportOutcome = {
  /** 0 done, 1 rows refused */
  exitCode: 0 | 1
  /** for standard error, one problem a line */
  errors: string[]
  /** for standard output */
  messages: string[]
}

/**
 * `windlion import`: reads every file, checks all of it, then loads all or nothing in one transaction. With keepGood the rows
 * without problems are loaded and the others written to rejected.csv beside their file. Importers come in the order in which
 * their records need each other. Throws WrongUse when there is nothing to import.
 */
export async function importFiles(db: Db, paths: string[], importers: Importer[], options: ImportWishes = {}): Promise<ImportOutcome> {
  return importTables(db, await readFiles(await findFiles(paths), importers), importers, options)
}

export type FileOfKind = ImportFile & { importer: Importer }

/** The same for files that were read already. */
export async function importTables(db: Db, files: FileOfKind[], importers: Importer[], options: ImportWishes = {}): Promise<ImportOutcome> {
  const outcome: ImportOutcome = { exitCode: 0, errors: [], messages: [] }
  const run = write(db, async (tx, clock) => {
    const now = options.recordedAt ?? clock
    if (options.recordedAt) await tx.selectNoFrom((eb) => eb.fn('set_config', [eb.val('windlion.recorded_at'), eb.val(now.toISOString()), eb.lit(true)]).as('at')).execute()
    // Two imports at once would each find the other's rows missing.
    await tx.selectNoFrom((eb) => eb.fn('pg_advisory_xact_lock', [eb.val(importLock)]).as('locked')).execute()
    const kinds = importers.filter((importer) => files.some((file) => file.importer === importer))
    for (const importer of kinds) {
      const own = files.filter((file) => file.importer === importer)
      const checked = await checkKind(tx, importer, own, { update: options.update ?? false, now }, options.keepGood ?? false, outcome)
      // Even when all will be undone, the kinds after it are checked against its good rows.
      const isNeeded = outcome.exitCode === 0 || options.keepGood || importer !== kinds.at(-1)
      if (!isNeeded) continue
      const { added, changed, unchanged } = await checked.load()
      outcome.messages.push(`${importer.title}：新增 ${added} 筆、更新 ${changed} 筆、原本就有 ${unchanged} 筆`)
    }
    if (outcome.exitCode === 1 && !options.keepGood) throw new NothingLoaded()
  })
  try {
    await run
  } catch (error) {
    if (!(error instanceof NothingLoaded)) throw error
    outcome.messages = []
    outcome.errors.push('沒有匯入任何資料：請修正以上各列後再匯入，或加上 --keep-good 只匯入沒有問題的列')
  }
  return outcome
}

const importLock = 7_301_004

class NothingLoaded extends Error {}

async function checkKind(tx: Tx, importer: Importer, files: ImportFile[], options: ImportOptions, keepGood: boolean, outcome: ImportOutcome): Promise<CheckedImport> {
  const checked = await importer.check(tx, files, options)
  const problems = [...files.flatMap((file) => file.problems), ...checked.problems].sort(byPlace)
  for (const problem of problems) outcome.errors.push(printProblem(problem))
  for (const notice of checked.notices.sort(byPlace)) outcome.messages.push(`提醒 ${printProblem(notice)}`)
  if (problems.length > 0) outcome.exitCode = 1
  if (problems.length > 0 && keepGood) outcome.messages.push(...(await writeRejected(files, problems)))
  return checked
}

const byPlace = (a: Problem, b: Problem): number => (a.file === b.file ? a.row - b.row : a.file < b.file ? -1 : 1)

async function findFiles(paths: string[]): Promise<string[]> {
  if (paths.length === 0) throw new WrongUse('請指定要匯入的檔案或資料夾，例如 windlion import ./移轉資料')
  const found: string[] = []
  for (const path of paths) {
    const kind = await stat(path).catch(() => null)
    if (!kind) throw new WrongUse(`找不到「${path}」`)
    if (!kind.isDirectory()) found.push(path)
    else {
      const names = (await readdir(path)).filter((name) => /\.(csv|xlsx|ods)$/i.test(name) && !/^(\.|~\$|rejected)/.test(name))
      if (names.length === 0) throw new WrongUse(`「${path}」裡沒有 .csv、.xlsx 或 .ods 檔`)
      found.push(...names.sort().map((name) => join(path, name)))
    }
  }
  return [...new Set(found)]
}

async function readFiles(paths: string[], importers: Importer[]): Promise<FileOfKind[]> {
  const files: FileOfKind[] = []
  for (const path of paths) {
    const bytes = await readFile(path)
    const name = basename(path)
    const named = importers.find((importer) => name.toLowerCase().startsWith(importer.name))
    const read = readTable({ name, bytes }, { sheet: named ? [named.name, named.title] : importers.flatMap((each) => [each.name, each.title]) })
    const importer = named ?? importerOf(read.table, importers)
    if (!importer) throw new WrongUse(read.problems.map(printProblem).join('\n') || `看不出「${name}」是哪一種資料：檔名請以 ${importers.map((each) => each.name).join('、')} 開頭`)
    files.push({ ...withoutRejectionMarks(read), name, path, importer, sha256: createHash('sha256').update(bytes).digest() })
  }
  return files
}

// By its columns: the kind that knows most of them, if it knows half.
function importerOf(table: Table | null, importers: Importer[]): Importer | undefined {
  if (!table) return undefined
  const known = (importer: Importer): number => table.header.filter((name) => importer.columnNames.includes(name)).length
  const best = [...importers].sort((a, b) => known(b) - known(a))[0]
  return best && known(best) * 2 >= table.header.length ? best : undefined
}

const rejectionColumn = '退回原因'

/** rejected.csv may be mended and imported as it is: its last column and the apostrophes that made it safe to open go. */
function withoutRejectionMarks(read: ReadTable): ReadTable {
  const { table } = read
  if (!table || table.header.at(-1) !== rejectionColumn) return read
  const width = table.header.length - 1
  table.header = table.header.slice(0, width)
  for (const row of table.rows) row.cells = row.cells.slice(0, width).map(asItWas)
  return read
}

/** Writes the refused rows of each file beside it; gives a message for each. */
async function writeRejected(files: ImportFile[], problems: Problem[]): Promise<string[]> {
  const messages: string[] = []
  const written = new Set<string>()
  for (const file of files) {
    const reasons = Map.groupBy(problems.filter((problem) => problem.file === file.name), ({ row }) => row)
    if (reasons.size === 0) continue
    if (!file.table || reasons.has(1)) {
      messages.push(`${file.name} 整份沒有匯入`)
      continue
    }
    const rows = file.table.rows.filter((row) => reasons.has(row.number)).map((row) => rejectedRow(row, file.table!.header.length, reasons.get(row.number)!))
    const plain = join(dirname(file.path), 'rejected.csv')
    const path = written.has(plain) ? join(dirname(file.path), `rejected-${file.name.replace(/\.\w+$/, '')}.csv`) : plain
    written.add(path)
    await writeFile(path, writeCsv([...file.table.header, rejectionColumn], rows))
    messages.push(`${file.name} 沒有匯入的 ${rows.length} 列寫在 ${path}`)
  }
  return messages
}

function rejectedRow(row: TableRow, width: number, problems: Problem[]): string[] {
  const cells = Array.from({ length: width }, (_, i) => row.cells[i] ?? '')
  const extra = row.cells.slice(width)
  const reasons = problems.map(({ column, reason }) => `${column}：${reason}`)
  return [...cells, [...reasons, ...(extra.length > 0 ? [`多出的內容：${extra.join('、')}`] : [])].join('；')]
}
