import type { Tx } from '../../../core/db.ts'
import type { CheckedImport, Importer, ImportFile, ImportOptions } from '../../../core/tabular/import.ts'
import { type CheckedRow, checkTable, rowProblem } from '../../../core/tabular/schema.ts'
import type { Problem } from '../../../core/tabular/table.ts'
import { dayOf } from '../../../core/time.ts'
import { caseKind } from '../schema.ts'
import '../tables.ts'
import { changeRegulation } from './change.ts'
import { type CheckedRegulation, checkRegulations } from './check.ts'
import { columnNameOf, columnNames, differingFields, type Field, fieldsIn, hashFields, type RegulationCells, regulationColumns, renewedHashes } from './columns.ts'
import { addRegulations, keepCountersAhead, type RegulationToAdd, type RegulationToChange } from './load.ts'

/** regulations.csv: promulgations with their whole texts. */
export const regulationsImporter: Importer = { as: 'operator', name: 'regulations', title: '法規', columnNames, check }

async function check(tx: Tx, files: ImportFile[], options: ImportOptions): Promise<CheckedImport> {
  const problems: Problem[] = []
  const cells: CheckedRow<RegulationCells>[] = []
  const given = new Map<string, Field[]>()
  for (const file of files) {
    if (!file.table) continue
    const checked = checkTable(file.table, regulationColumns, file.problems)
    problems.push(...checked.problems)
    cells.push(...checked.rows)
    given.set(file.name, fieldsIn(file.table.header))
  }
  const known = await findKnown(tx, cells.map(({ value }) => value.number))
  const laws = await tx.selectFrom('laws').select(['code', 'name']).where('kind', '<>', 'national').execute()
  const units = await tx.selectFrom('units').select(['id', 'code', 'name']).execute()
  const checked = checkRegulations(cells, { units, known: { codes: new Set(laws.map(({ code }) => code)), names: new Set(laws.map(({ name }) => name)) }, numbers: new Set(known.keys()), today: dayOf(options.now) })
  const plan = planRows(checked.rows, known, given, options.update)
  return {
    problems: [...problems, ...checked.problems, ...plan.problems],
    notices: checked.notices,
    load: async () => {
      const counts = { added: plan.add.length, changed: plan.change.length, unchanged: plan.unchanged }
      if (counts.added + counts.changed === 0) return counts
      const importId = await recordImport(tx, files, counts.added + counts.changed, options.now)
      await addRegulations(tx, importId, plan.add, options.now)
      for (const change of plan.change) await changeRegulation(tx, importId, change, options.now)
      await keepCountersAhead(tx, plan.add.map(({ row }) => row.number))
      return counts
    },
  }
}

type Known = { id: number; kind: string; fieldHashes: Buffer | null }
type Plan = { add: RegulationToAdd[]; change: RegulationToChange[]; unchanged: number; problems: Problem[] }

/** New numbers are added; known ones are left alone, changed where that is meant, or refused by the first column that differs. */
function planRows(rows: CheckedRegulation[], known: ReadonlyMap<string, Known>, given: ReadonlyMap<string, Field[]>, update: boolean): Plan {
  const plan: Plan = { add: [], change: [], unchanged: 0, problems: [] }
  for (const at of rows) {
    const row = at.value
    const fieldHashes = hashFields(row)
    const before = known.get(row.number)
    const inFile = given.get(at.file)!
    if (!before) {
      plan.add.push({ row, fieldHashes })
      continue
    }
    const differing = before.fieldHashes ? differingFields(before.fieldHashes, fieldHashes, inFile) : inFile
    if (before.kind !== caseKind) plan.problems.push(rowProblem(at, '案號', `「${row.number}」是其他業務的案件`))
    else if (differing.length === 0) plan.unchanged++
    else if (!before.fieldHashes) plan.problems.push(rowProblem(at, '案號', `「${row.number}」是在本系統辦理的，不能以檔案更改`))
    else if (update) plan.change.push({ caseId: before.id, row, fieldHashes: renewedHashes(before.fieldHashes, fieldHashes, inFile), fields: differing })
    else plan.problems.push(rowProblem(at, columnNameOf(differing[0]!), `與先前匯入的「${row.number}」不同${others(differing)}，確定要更改請加上 --update`))
  }
  return plan
}

const others = (differing: Field[]): string => (differing.length > 1 ? `（還有 ${differing.slice(1).map(columnNameOf).join('、')}）` : '')

async function findKnown(tx: Tx, numbers: string[]): Promise<Map<string, Known>> {
  const rows = await tx
    .selectFrom('cases as c')
    .leftJoin('regulation_import_rows as r', 'r.case_id', 'c.id')
    .select(['c.id', 'c.kind', 'c.number', 'r.field_hashes as fieldHashes'])
    .where((eb) => eb('c.number', '=', eb.fn.any(eb.val(numbers))))
    .execute()
  return new Map(rows.map(({ number, ...row }) => [number!, row]))
}

async function recordImport(tx: Tx, files: ImportFile[], rows: number, now: Date): Promise<number> {
  const { id } = await tx
    .insertInto('imports')
    .values({ what: 'regulations', file_name: files.map(({ name }) => name).join('、'), sha256: files[0]?.sha256 ?? Buffer.alloc(32), rows, imported_at: now, person_id: null })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}
