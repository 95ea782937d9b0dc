import { sql } from 'kysely'
import type { Tx } from '../db.ts'
import { currentRing } from '../personal-data/keys.ts'
import type { CheckedImport, Importer, ImportFile, ImportOptions } from './import.ts'
import { differingFields, hashRow, renewedHashes, textOfCell } from './row-hashes.ts'
import { type CheckedRow, checkTable, type Columns, rowProblem } from './schema.ts'
import type { Problem } from './table.ts'

declare module '../db.ts' {
  interface Tables {
    /** what the last import said of a case */
    case_import_rows: { case_id: number; import_id: number; field_hashes: Buffer; /** of the keyed hashes in it */ key_version: number }
  }
}

/** A case that a file names and that is here. `mergedInto`: the 案號 of the case it was merged into. */
export type KnownCase = { id: number; kind: string; number: string; mergedInto: string | null; fieldHashes: Buffer | null; keyVersion: number | null }
export type CaseToChange<Row, Field = string> = { id: number; row: Row; /** what differs from the last import; all that the file has when it never was imported */ fields: Field[] }

/** How cases of one kind are read from files, one row a case, named by its 案號. */
export type CaseImport<Cells extends { number: string }, Row extends { number: string }> = {
  /** what files of this kind are called: petitions */
  name: string
  title: string
  kind: string
  /** 案號 of our own form, which must not be drawn again: 陳 */
  prefix: string
  /** New columns go to the end: their order is stored. */
  columns: Columns<Cells> | ((tx: Tx) => Promise<Columns<Cells>>)
  columnNames: readonly string[]
  personal?: readonly (keyof Cells & string)[]
  /** a case worked in this system may be changed by --update; else it never is */
  changesOwn?: true
  /** 案號 that rows name besides their own */
  alsoNames?(cells: Cells): readonly (string | null)[]
  /** Compares rows with each other and with what is there. A row without a problem can be loaded. */
  check(tx: Tx, rows: CheckedRow<Cells>[], about: { known: ReadonlyMap<string, KnownCase>; now: Date }): Promise<{ rows: CheckedRow<Row>[]; problems: Problem[]; notices: Problem[] }>
  /** the text by which a field is known again, where it is not the cell itself */
  textOf?(row: Row, field: keyof Cells & string): string
  /** Writes new cases with everything beside them and their events, each under its 案號. */
  add(tx: Tx, importId: number, rows: readonly Row[], now: Date): Promise<void>
  /** Puts a known case right, recorded now. */
  change(tx: Tx, importId: number, change: CaseToChange<Row, keyof Cells & string>, now: Date): Promise<void>
}

/** An importer that knows its rows again: the same row changes nothing, another one for a known 案號 is refused unless it is meant. */
export function caseImporter<Cells extends { number: string }, Row extends { number: string }>(of: CaseImport<Cells, Row>): Importer {
  return { as: 'operator', name: of.name, title: of.title, columnNames: [...of.columnNames], check: (tx, files, options) => checkFiles(of, tx, files, options) }
}

type Fields<Cells> = keyof Cells & string
type Hashed<Row> = { row: Row; fieldHashes: Buffer; keyVersion: number }
type Plan<Row, Field> = { add: Hashed<Row>[]; change: (Hashed<Row> & CaseToChange<Row, Field>)[]; unchanged: number; problems: Problem[] }

async function checkFiles<Cells extends { number: string }, Row extends { number: string }>(of: CaseImport<Cells, Row>, tx: Tx, files: ImportFile[], options: ImportOptions): Promise<CheckedImport> {
  const columns = typeof of.columns === 'function' ? await of.columns(tx) : of.columns
  const problems: Problem[] = []
  const cells: CheckedRow<Cells>[] = []
  const headers = new Map<string, string[]>()
  for (const file of files) {
    if (!file.table) continue
    const checked = checkTable(file.table, columns, file.problems)
    problems.push(...checked.problems)
    for (const row of checked.rows) cells.push(row)
    headers.set(file.name, file.table.header)
  }
  const twice = namedTwice(cells, columns.number.name)
  problems.push(...twice.problems)
  const numbers = cells.flatMap(({ value }) => [value.number, ...(of.alsoNames?.(value) ?? [])]).filter((number) => number !== null)
  const known = await findKnown(tx, [...new Set(numbers)])
  const checked = await of.check(tx, twice.rows, { known, now: options.now })
  const plan = planRows(of, columns, checked.rows, known, headers, options.update)
  return { problems: [...problems, ...checked.problems, ...plan.problems], notices: checked.notices, load: () => load(of, tx, files, plan, options.now) }
}

/** A 案號 may stand in one row only, of all files together; twice in one file was found when it was read. */
function namedTwice<Cells extends { number: string }>(rows: CheckedRow<Cells>[], column: string): { rows: CheckedRow<Cells>[]; problems: Problem[] } {
  const firsts = new Map<string, CheckedRow<Cells>>()
  const problems: Problem[] = []
  for (const at of rows) {
    const first = firsts.get(at.value.number)
    if (first) problems.push(rowProblem(at, column, `「${at.value.number}」與 ${first.file} 第 ${first.row.number} 列重複`))
    else firsts.set(at.value.number, at)
  }
  return { rows: [...firsts.values()], problems }
}

/** New numbers are added; known ones are left alone, changed where that is meant, or refused by the first column that differs. */
function planRows<Cells extends { number: string }, Row extends { number: string }>(
  of: CaseImport<Cells, Row>, columns: Columns<Cells>, rows: CheckedRow<Row>[], known: ReadonlyMap<string, KnownCase>, headers: ReadonlyMap<string, string[]>, update: boolean,
): Plan<Row, Fields<Cells>> {
  const plan: Plan<Row, Fields<Cells>> = { add: [], change: [], unchanged: 0, problems: [] }
  const fields = Object.keys(columns) as Fields<Cells>[]
  const personal = new Set(of.personal)
  const nameOf = (field: Fields<Cells>): string => columns[field].name
  for (const at of rows) {
    const row = at.value
    const before = known.get(row.number)
    const keyVersion = before?.keyVersion ?? currentRing().current
    const textOf = (field: Fields<Cells>): string => of.textOf?.(row, field) ?? textOfCell(row[field as unknown as keyof Row])
    const fieldHashes = hashRow(fields, textOf, personal, keyVersion)
    if (!before) {
      plan.add.push({ row, fieldHashes, keyVersion })
      continue
    }
    const given = fields.filter((field) => headers.get(at.file)!.includes(nameOf(field)))
    const differing = before.fieldHashes ? differingFields(fields, before.fieldHashes, fieldHashes, given) : given
    if (before.kind !== of.kind) plan.problems.push(rowProblem(at, nameOf('number'), `「${row.number}」是其他業務的案件`))
    else if (differing.length === 0) plan.unchanged++
    else if (!before.fieldHashes && !of.changesOwn) plan.problems.push(rowProblem(at, nameOf('number'), `「${row.number}」是在本系統辦理的，不能以檔案更改`))
    else if (update) plan.change.push({ id: before.id, row, fieldHashes: before.fieldHashes ? renewedHashes(fields, before.fieldHashes, fieldHashes, given) : fieldHashes, keyVersion, fields: differing })
    else plan.problems.push(rowProblem(at, nameOf(differing[0]!), whyRefused(before, differing.map(nameOf))))
  }
  return plan
}

function whyRefused(before: KnownCase, differing: string[]): string {
  if (!before.fieldHashes) return `「${before.number}」已在本系統登錄，確定要以檔案更改請加上 --update`
  const others = differing.length > 1 ? `（還有 ${differing.slice(1).join('、')}）` : ''
  return `與先前匯入的「${before.number}」不同${others}，確定要更改請加上 --update`
}

async function load<Cells extends { number: string }, Row extends { number: string }>(of: CaseImport<Cells, Row>, tx: Tx, files: ImportFile[], plan: Plan<Row, Fields<Cells>>, now: Date) {
  const counts = { added: plan.add.length, changed: plan.change.length, unchanged: plan.unchanged }
  if (counts.added + counts.changed === 0) return counts
  const importId = await recordImport(tx, of.name, files, counts.added + counts.changed, now)
  if (plan.add.length) await of.add(tx, importId, plan.add.map(({ row }) => row), now)
  for (const { id, row, fields } of plan.change) await of.change(tx, importId, { id, row, fields }, now)
  await keepHashes(tx, of.kind, importId, [...plan.add, ...plan.change])
  await keepCountersAhead(tx, of, plan.add.map(({ row }) => row.number))
  return counts
}

async function recordImport(tx: Tx, what: string, files: ImportFile[], rows: number, now: Date): Promise<number> {
  const { id } = await tx
    .insertInto('imports')
    .values({ what, file_name: files.map(({ name }) => name).join('、'), sha256: files[0]?.sha256 ?? Buffer.alloc(32), rows, imported_at: now, person_id: null })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

const rowsPerStatement = 20_000
const inLots = <T>(all: readonly T[]): T[][] => Array.from({ length: Math.ceil(all.length / rowsPerStatement) }, (_, i) => all.slice(i * rowsPerStatement, (i + 1) * rowsPerStatement))

async function findKnown(tx: Tx, numbers: string[]): Promise<Map<string, KnownCase>> {
  const known = new Map<string, KnownCase>()
  for (const some of inLots(numbers)) {
    const found = await tx
      .selectFrom('cases as c')
      .leftJoin('cases as m', 'm.id', 'c.merged_into')
      .leftJoin('case_import_rows as r', 'r.case_id', 'c.id')
      .select(['c.id', 'c.kind', 'c.number', 'm.number as mergedInto', 'r.field_hashes as fieldHashes', 'r.key_version as keyVersion'])
      .where((eb) => eb('c.number', '=', eb.fn.any(eb.val(some))))
      .execute()
    for (const one of found) known.set(one.number!, one as KnownCase)
  }
  return known
}

async function keepHashes(tx: Tx, kind: string, importId: number, rows: readonly Hashed<{ number: string }>[]): Promise<void> {
  for (const some of inLots(rows)) {
    await sql`insert into case_import_rows (case_id, import_id, field_hashes, key_version)
      select c.id, ${importId}, r.field_hashes, r.key_version
      from unnest(${some.map(({ row }) => row.number)}::text[], ${some.map(({ fieldHashes }) => fieldHashes)}::bytea[], ${some.map(({ keyVersion }) => keyVersion)}::int[]) as r (number, field_hashes, key_version)
      join cases c on c.number = r.number and c.kind = ${kind}
      on conflict (case_id) do update set import_id = excluded.import_id, field_hashes = excluded.field_hashes, key_version = excluded.key_version`.execute(tx)
  }
}

async function keepCountersAhead(tx: Tx, { kind, prefix }: { kind: string; prefix: string }, numbers: readonly string[]): Promise<void> {
  const own = new RegExp(`^${prefix}(\\d{1,3})-(\\d{6})$`)
  const last = new Map<number, number>()
  for (const number of numbers) {
    const found = own.exec(number)
    if (found) last.set(Number(found[1]), Math.max(Number(found[2]), last.get(Number(found[1])) ?? 0))
  }
  for (const [year, number] of last) {
    await sql`insert into case_counters (kind, roc_year, last) values (${kind}, ${year}, ${number})
      on conflict (kind, roc_year) do update set last = greatest(case_counters.last, excluded.last)`.execute(tx)
  }
}
