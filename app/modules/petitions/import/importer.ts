import type { Tx } from '../../../core/db.ts'
import { findUnitsForImport } from '../../../core/identity/unit-finder.ts'
import { caseImporter, type KnownCase } from '../../../core/tabular/case-import.ts'
import { type CheckedRow, rowProblem } from '../../../core/tabular/schema.ts'
import { rocDay } from '../../../core/time.ts'
import { caseKind, numberPrefix } from '../schema.ts'
import { findTownships } from '../townships.ts'
import { changePetition } from './change.ts'
import { type PetitionImportRow, checkPetitions } from './check.ts'
import { type PetitionCells, petitionColumnNames, petitionColumns } from './columns.ts'
import { dueOfImported } from './due.ts'
import { spreadRows } from './spread.ts'
import { stageRows } from './stage.ts'
import '../tables.ts'

/** petitions.csv, .xlsx, .ods: the letters of an older system. */
export const petitionsImporter = caseImporter<PetitionCells, PetitionImportRow>({
  name: 'petitions',
  title: '陳情',
  kind: caseKind,
  prefix: numberPrefix,
  columns: async (tx) => petitionColumns(await findTownships(tx)),
  columnNames: petitionColumnNames,
  personal: ['senderName', 'senderEmail', 'senderPhone', 'senderAddress'],
  changesOwn: true,
  alsoNames: ({ mergedInto }) => [mergedInto],
  check,
  textOf,
  add: async (tx, importId, rows, now) => {
    await stageRows(tx, rows)
    await spreadRows(tx, importId, now)
  },
  change: changePetition,
})

async function check(tx: Tx, rows: CheckedRow<PetitionCells>[], { known, now }: { known: ReadonlyMap<string, KnownCase>; now: Date }) {
  const checked = checkPetitions(rows, { units: await findUnitsForImport(tx), knownNumbers: new Map([...known.values()].map(({ number, mergedInto }) => [number, mergedInto])), now })
  const added = checked.rows.filter(({ value }) => !known.has(value.number))
  for (const at of added) {
    const due = dueOfImported(at.value)
    if (due.differs) checked.notices.push(rowProblem(at, '限辦日期', `${rocDay(at.value.dueOn!)} 與系統計算的 ${rocDay(due.computed!)} 不同，照檔案保留`))
  }
  return checked
}

function textOf(row: PetitionImportRow, field: keyof PetitionCells): string {
  const value = field === 'unit' ? row.unitId : field === 'jointUnits' ? row.jointUnitIds.join(' ') : row[field]
  if (value === null || value === false) return ''
  return value instanceof Date ? value.toISOString() : String(value)
}
