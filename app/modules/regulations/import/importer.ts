import type { Tx } from '../../../core/db.ts'
import { caseImporter, type KnownCase } from '../../../core/tabular/case-import.ts'
import type { CheckedRow } from '../../../core/tabular/schema.ts'
import { dayOf } from '../../../core/time.ts'
import { caseKind, numberPrefix } from '../schema.ts'
import { changeRegulation } from './change.ts'
import { checkRegulations, type RegulationRow } from './check.ts'
import { columnNames, type RegulationCells, regulationColumns } from './columns.ts'
import { addRegulations } from './load.ts'

/** regulations.csv: promulgations with their whole texts. */
export const regulationsImporter = caseImporter<RegulationCells, RegulationRow>({
  name: 'regulations', title: '法規', kind: caseKind, prefix: numberPrefix, columns: regulationColumns, columnNames, check, add: addRegulations, change: changeRegulation,
})

async function check(tx: Tx, rows: CheckedRow<RegulationCells>[], { known, now }: { known: ReadonlyMap<string, KnownCase>; now: Date }) {
  const laws = await tx.selectFrom('laws').select(['code', 'name']).where('kind', '<>', 'national').execute()
  const units = await tx.selectFrom('units').select(['id', 'code', 'name']).execute()
  return checkRegulations(rows, { units, known: { codes: new Set(laws.map(({ code }) => code)), names: new Set(laws.map(({ name }) => name)) }, numbers: new Set(known.keys()), today: dayOf(now) })
}
