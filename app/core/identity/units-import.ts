import { sql } from 'kysely'
import type { Tx } from '../db.ts'
import { dayCell, key, oneOf } from '../tabular/cells.ts'
import type { CheckedImport, ImportCounts, ImportFile, ImportOptions, Importer } from '../tabular/import.ts'
import { type CheckedRow, type Columns, checkTable, naming, optional, required, rowProblem } from '../tabular/schema.ts'
import type { Problem } from '../tabular/table.ts'
import { type Day, startOf } from '../time.ts'
import { type UnitKind, unitKinds } from './tables.ts'

export type UnitCells = {
  code: string
  name: string
  kind: string
  /** code or name */
  parent: string | null
  validFrom: Day | null
  validUntil: Day | null
}

const kindLabels = new Map<string, UnitKind>((Object.keys(unitKinds) as UnitKind[]).map((kind) => [unitKinds[kind], kind]))

/** The columns of units.csv. */
export const unitColumns: Columns<UnitCells> = {
  code: naming('代碼', key(40)),
  name: required('名稱', key(100)),
  kind: required('類型', oneOf([...kindLabels.keys()])),
  parent: optional('上級', key(100)),
  validFrom: optional('起', dayCell),
  validUntil: optional('迄', dayCell),
}

export const unitsImporter: Importer = {
  as: 'operator',
  name: 'units',
  title: '單位',
  columnNames: Object.values(unitColumns).map(({ name }) => name),
  check: checkUnits,
}

/** A unit as it is to stand; parentCode is the code that 上級 names. */
type Unit = { code: string; name: string; kind: UnitKind; parentCode: string | null; validFrom: Day; validUntil: Day | null }
type KnownUnit = Unit & { id: number }

async function checkUnits(tx: Tx, files: ImportFile[], options: ImportOptions): Promise<CheckedImport> {
  const problems: Problem[] = []
  const cells: CheckedRow<UnitCells>[] = []
  for (const file of files) {
    if (!file.table) continue
    const checked = checkTable(file.table, unitColumns, file.problems)
    problems.push(...checked.problems)
    cells.push(...checked.rows)
  }
  const known = await findUnits(tx)
  const compared = compareUnits(cells, known, options.update)
  problems.push(...compared.problems)
  return { problems, notices: [], load: () => loadUnits(tx, compared.units, known, options.now) }
}

/** Good rows as units, parents before their children; the others named. */
export function compareUnits(rows: CheckedRow<UnitCells>[], known: KnownUnit[], update: boolean): { units: Unit[]; problems: Problem[] } {
  const problems: Problem[] = []
  const byCode = new Map<string, CheckedRow<UnitCells>>()
  for (const at of rows) {
    const first = byCode.get(at.value.code)
    if (first) problems.push(rowProblem(at, '代碼', `「${at.value.code}」與第 ${first.row.number} 列重複`))
    else byCode.set(at.value.code, at)
  }
  const codes = codesByName([...byCode.values()].map(({ value }) => value), known)
  const knownByCode = new Map(known.map((unit) => [unit.code, unit]))
  const units = new Map<string, { at: CheckedRow<UnitCells>; unit: Unit }>()
  for (const at of byCode.values()) {
    const unit = settle(at, codes, problems)
    const before = unit && knownByCode.get(unit.code)
    if (!unit) continue
    if (before && !update && !isSame(before, unit)) {
      problems.push(rowProblem(at, differingColumn(before, unit), `「${unit.code}」已有不同的資料，確定要更改請加上 --update`))
    } else units.set(unit.code, { at, unit })
  }
  return { units: inOrder(units, knownByCode, problems), problems }
}

function settle(at: CheckedRow<UnitCells>, codes: Map<string, string[]>, problems: Problem[]): Unit | null {
  const { code, name, kind, parent, validFrom, validUntil } = at.value
  const before = problems.length
  const say = (column: string, reason: string): void => void problems.push(rowProblem(at, column, reason))
  const parentCodes = parent === null ? [] : (codes.get(parent) ?? [])
  if (parent !== null && parentCodes.length === 0) say('上級', `找不到「${parent}」這個單位`)
  if (parentCodes.length > 1) say('上級', `有 ${parentCodes.length} 個單位叫「${parent}」，請改填代碼（${parentCodes.join('、')}）`)
  if (parentCodes[0] === code) say('上級', '不能是自己')
  if (parent === null && kind === unitKinds.section) say('上級', '科必須填上級單位')
  if (validFrom && validUntil && validUntil < validFrom) say('迄', '早於起日')
  if (problems.length > before) return null
  return { code, name, kind: kindLabels.get(kind)!, parentCode: parentCodes[0] ?? null, validFrom: validFrom ?? beginning, validUntil }
}

const beginning = '1912-01-01' as Day

/** Codes by code and by name; a code comes before a name written the same. */
function codesByName(rows: UnitCells[], known: KnownUnit[]): Map<string, string[]> {
  const inFile = new Set(rows.map(({ code }) => code))
  const all = [...rows, ...known.filter(({ code }) => !inFile.has(code))]
  const codes = new Map<string, string[]>()
  for (const { code, name } of all) codes.set(name, [...(codes.get(name) ?? []), code])
  for (const { code } of all) codes.set(code, [code])
  return codes
}

function inOrder(units: Map<string, { at: CheckedRow<UnitCells>; unit: Unit }>, known: Map<string, KnownUnit>, problems: Problem[]): Unit[] {
  const parentOf = (code: string): string | null | undefined => (units.has(code) ? units.get(code)!.unit.parentCode : known.get(code)?.parentCode)
  const depth = (code: string): number => {
    let steps = 0
    for (let at: string | null | undefined = code; at && steps <= depthMax; at = parentOf(at)) steps++
    return steps
  }
  const good: { unit: Unit; depth: number }[] = []
  for (const { at, unit } of units.values()) {
    const steps = depth(unit.code)
    const isMissing = unit.parentCode !== null && parentOf(unit.parentCode) === undefined
    if (steps > depthMax) problems.push(rowProblem(at, '上級', '上級單位繞了一圈又回到自己'))
    else if (isMissing) problems.push(rowProblem(at, '上級', `「${unit.parentCode}」那一列有問題，沒有匯入`))
    else good.push({ unit, depth: steps })
  }
  return good.sort((a, b) => a.depth - b.depth).map(({ unit }) => unit)
}

const depthMax = 20

function isSame(a: Unit, b: Unit): boolean {
  return a.name === b.name && a.kind === b.kind && a.parentCode === b.parentCode && a.validFrom === b.validFrom && a.validUntil === b.validUntil
}

function differingColumn(a: Unit, b: Unit): string {
  if (a.name !== b.name) return '名稱'
  if (a.kind !== b.kind) return '類型'
  if (a.parentCode !== b.parentCode) return '上級'
  return a.validFrom === b.validFrom ? '迄' : '起'
}

async function findUnits(tx: Tx): Promise<KnownUnit[]> {
  return tx
    .selectFrom('units as u')
    .leftJoin('units as p', 'p.id', 'u.parent_id')
    .select(['u.id', 'u.code', 'u.name', 'u.kind', 'p.code as parentCode', 'u.valid_from as validFrom', 'u.valid_until as validUntil'])
    .execute()
}

/**
 * Parents come first. A unit's bureau, by which figures are split, is itself, or for sections and agencies that of the unit
 * above. The office has known a unit since it began: else older cases, asked as of then, would have none.
 */
async function loadUnits(tx: Tx, units: Unit[], known: KnownUnit[], now: Date): Promise<ImportCounts> {
  const counts: ImportCounts = { added: 0, changed: 0, unchanged: 0 }
  const before = new Map(known.map((unit) => [unit.code, unit]))
  for (const unit of units) {
    const { code, name, kind, validFrom, validUntil } = unit
    const same = before.get(code)
    if (same && isSame(same, unit)) {
      counts.unchanged++
      continue
    }
    const parent = unit.parentCode === null ? null : await findUnit(tx, unit.parentCode)
    const values = { code, name, kind, parent_id: parent?.id ?? null, valid_from: validFrom, valid_until: validUntil }
    const bureau = parent && (kind === 'section' || kind === 'agency') ? parent.bureau_id : null
    if (same) {
      await tx.updateTable('units').set({ ...values, bureau_id: bureau ?? same.id }).where('id', '=', same.id).execute()
      await moveBelow(tx, same.id)
      counts.changed++
    } else {
      const began = startOf(validFrom)
      await tx.insertInto('units').values({ ...values, bureau_id: bureau ?? sql<number>`currval(pg_get_serial_sequence('windlion.units', 'id'))`, sys_from: began < now ? began : now }).execute()
      counts.added++
    }
  }
  return counts
}

function findUnit(tx: Tx, code: string): Promise<{ id: number; bureau_id: number }> {
  return tx.selectFrom('units').select(['id', 'bureau_id']).where('code', '=', code).executeTakeFirstOrThrow()
}

// Sections and agencies below follow the bureau of the unit above them.
export async function moveBelow(tx: Tx, parentId: number): Promise<void> {
  const parent = await tx.selectFrom('units').select('bureau_id').where('id', '=', parentId).executeTakeFirstOrThrow()
  const moved = await tx
    .updateTable('units')
    .set({ bureau_id: parent.bureau_id })
    .where('parent_id', '=', parentId)
    .where('kind', 'in', ['section', 'agency'])
    .where('bureau_id', '<>', parent.bureau_id)
    .returning('id')
    .execute()
  for (const { id } of moved) await moveBelow(tx, id)
}
