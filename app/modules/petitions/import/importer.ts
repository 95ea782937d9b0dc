import type { Tx } from '../../../core/db.ts'
import type { CheckedImport, ImportFile, ImportOptions, Importer } from '../../../core/tabular/import.ts'
import { type CheckedRow, checkTable, rowProblem } from '../../../core/tabular/schema.ts'
import type { Problem } from '../../../core/tabular/table.ts'
import { rocDay } from '../../../core/time.ts'
import { caseKind } from '../schema.ts'
import { findTownships } from '../townships.ts'
import { type PetitionImportRow, type UnitForImport, checkPetitions } from './check.ts'
import { type PetitionCells, petitionColumnNames, petitionColumns } from './columns.ts'
import { dueOfImported } from './due.ts'
import { type Field, columnNameOf, differingFields, fieldsIn, hashFields } from './fields.ts'
import { type PetitionToAdd, type PetitionToChange, loadPetitions } from './load.ts'
import { currentRing } from '../../../core/personal-data/keys.ts'
import '../tables.ts'
import './tables.ts'

/** petitions.csv, .xlsx, .ods: the letters of an older system. */
export const petitionsImporter: Importer = {
  as: 'operator',
  name: 'petitions',
  title: '陳情',
  columnNames: petitionColumnNames,
  check: checkPetitionFiles,
}

async function checkPetitionFiles(tx: Tx, files: ImportFile[], options: ImportOptions): Promise<CheckedImport> {
  const problems: Problem[] = []
  const cells: CheckedRow<PetitionCells>[] = []
  const given = new Map<string, Field[]>()
  const townships = await findTownships(tx)
  for (const file of files) {
    if (!file.table) continue
    const checked = checkTable(file.table, petitionColumns(townships), file.problems)
    problems.push(...checked.problems)
    for (const row of checked.rows) cells.push(row)
    given.set(file.name, fieldsIn(file.table.header))
  }
  const known = await findKnown(tx, [...new Set(cells.flatMap(({ value }) => [value.number, ...(value.mergedInto ? [value.mergedInto] : [])]))])
  const knownNumbers = new Map([...known.values()].map(({ number, mergedInto }) => [number, mergedInto]))
  const checked = checkPetitions(cells, { units: await findUnits(tx), knownNumbers, now: options.now })
  const plan = planRows(checked.rows, known, given, options.update)
  return {
    problems: [...problems, ...checked.problems, ...plan.problems],
    notices: [...checked.notices, ...plan.notices],
    load: () => loadPetitions(tx, { ...plan, files, recordedAt: options.now }),
  }
}

type KnownPetition = { id: number; kind: string; number: string; mergedInto: string | null; fieldHashes: Buffer | null; keyVersion: number | null }

type Plan = { add: PetitionToAdd[]; change: PetitionToChange[]; unchanged: number; problems: Problem[]; notices: Problem[] }

/** New numbers are added; known ones are left alone, changed where that is meant, or refused by the first column that differs. */
function planRows(rows: CheckedRow<PetitionImportRow>[], known: ReadonlyMap<string, KnownPetition>, given: ReadonlyMap<string, Field[]>, update: boolean): Plan {
  const plan: Plan = { add: [], change: [], unchanged: 0, problems: [], notices: [] }
  for (const at of rows) {
    const row = at.value
    const before = known.get(row.number)
    const keyVersion = before?.keyVersion ?? currentRing().current
    const fieldHashes = hashFields(row, keyVersion)
    if (!before) {
      plan.add.push({ row, fieldHashes, keyVersion })
      const due = dueOfImported(row)
      if (due.differs) plan.notices.push(rowProblem(at, '限辦日期', `${rocDay(row.dueOn!)} 與系統計算的 ${rocDay(due.computed!)} 不同，照檔案保留`))
      continue
    }
    const inFile = given.get(at.file)!
    const differing = before.fieldHashes ? differingFields(before.fieldHashes, fieldHashes, inFile) : inFile
    if (differing.length === 0) plan.unchanged++
    else if (before.kind !== caseKind) plan.problems.push(rowProblem(at, '案號', `「${row.number}」是其他業務的案件`))
    else if (update) plan.change.push({ id: before.id, row, fieldHashes, keyVersion, before: before.fieldHashes, fields: differing })
    else plan.problems.push(rowProblem(at, columnNameOf(differing[0]!), whyRefused(before, differing)))
  }
  return plan
}

function whyRefused(before: KnownPetition, differing: Field[]): string {
  if (!before.fieldHashes) return `「${before.number}」已在本系統登錄，確定要以檔案更改請加上 --update`
  const others = differing.length > 1 ? `（還有 ${differing.slice(1).map(columnNameOf).join('、')}）` : ''
  return `與先前匯入的「${before.number}」不同${others}，確定要更改請加上 --update`
}

async function findKnown(tx: Tx, numbers: string[]): Promise<Map<string, KnownPetition>> {
  const known = new Map<string, KnownPetition>()
  for (let from = 0; from < numbers.length; from += 20_000) {
    const found = await tx
      .selectFrom('cases as c')
      .leftJoin('cases as m', 'm.id', 'c.merged_into')
      .leftJoin('petition_import_rows as r', 'r.case_id', 'c.id')
      .select(['c.id', 'c.kind', 'c.number', 'm.number as mergedInto', 'r.field_hashes as fieldHashes', 'r.key_version as keyVersion'])
      .where((eb) => eb('c.number', '=', eb.fn.any(eb.val(numbers.slice(from, from + 20_000)))))
      .execute()
    for (const petition of found) known.set(petition.number!, petition as KnownPetition)
  }
  return known
}

function findUnits(tx: Tx): Promise<UnitForImport[]> {
  return tx.selectFrom('units').select(['id', 'code', 'name', 'valid_from as validFrom', 'valid_until as validUntil']).execute()
}

