import { caseImporter } from '../../../core/tabular/case-import.ts'
import { findSetting } from '../../../core/identity/settings.ts'
import { dayOf } from '../../../core/time.ts'
import { caseKind, numberPrefix } from '../schema.ts'
import { type AppealRow, checkAppeals } from './check.ts'
import { type AppealCells, appealColumns, columnNames, personalColumns } from './columns.ts'
import { addAppeals, changeAppeal } from './load.ts'

/** appeals.csv, .xlsx, .ods: the appeals of an older system or of the law section's own list. */
export const appealsImporter = caseImporter<AppealCells, AppealRow>({
  name: 'appeals',
  title: '訴願',
  kind: caseKind,
  prefix: numberPrefix,
  columns: appealColumns,
  columnNames,
  personal: personalColumns,
  check: async (tx, rows, { now }) =>
    checkAppeals(rows, { units: await tx.selectFrom('units').select(['id', 'code', 'name', 'kind', 'valid_from as validFrom', 'valid_until as validUntil']).execute(), county: (await findSetting<string>(tx, 'county.name')) ?? '縣政府', today: dayOf(now) }),
  add: addAppeals,
  change: changeAppeal,
})
