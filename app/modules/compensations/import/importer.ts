import type { Tx } from '../../../core/db.ts'
import { record } from '../../../core/events/record.ts'
import { importCase, importSteps, morningOf, recordedThen } from '../../../core/procedure/imported.ts'
import { addParty, type Party } from '../../../core/procedure/parties.ts'
import { indexCase } from '../../../core/search/search.ts'
import { caseImporter, type CaseToChange, type KnownCase } from '../../../core/tabular/case-import.ts'
import type { CheckedRow } from '../../../core/tabular/schema.ts'
import type { Problem } from '../../../core/tabular/table.ts'
import { dayOf } from '../../../core/time.ts'
import { nameAgency } from '../carry-out.ts'
import { findClaimState } from '../claim.ts'
import { startPeriod, undecided } from '../create.ts'
import { caseKind, numberPrefix } from '../schema.ts'
import { procedure } from '../steps.ts'
import { type ClaimRow, checkClaims } from './check.ts'
import { type ClaimCells, claimColumns, columnNames } from './columns.ts'
import { detailOf, stepsOfRow } from './spread.ts'

/** compensations.csv: claims with what became of them. Each is played through the same steps as one that is worked here. */
export const compensationsImporter = caseImporter<ClaimCells, ClaimRow>({
  name: 'compensations', title: '國家賠償', kind: caseKind, prefix: numberPrefix, columns: claimColumns, columnNames, personal: ['claimant'], check, add, change,
})

async function check(tx: Tx, rows: CheckedRow<ClaimCells>[], { now }: { known: ReadonlyMap<string, KnownCase>; now: Date }): Promise<{ rows: CheckedRow<ClaimRow>[]; problems: Problem[]; notices: Problem[] }> {
  const units = await tx.selectFrom('units').select(['id', 'code', 'name']).execute()
  return { ...checkClaims(rows, units, dayOf(now)), notices: [] }
}

async function add(tx: Tx, importId: number, rows: readonly ClaimRow[], now: Date): Promise<void> {
  for (const row of rows) {
    const receivedAt = morningOf(row.receivedOn)
    await recordedThen(tx, importId, receivedAt, now, async (ctx) => {
      const id = await importCase(tx, ctx, { kind: caseKind, noun: 'compensation', number: row.number, title: row.title, stage: 'received', unitId: row.unitId, receivedAt, importId })
      await tx.insertInto('compensations').values({ id, agency: null, agency_unit_id: null, ...undecided, ...detailOf(row), other_agencies: null }).execute()
      if (row.claimant) await addParty(tx, id, claimantOf(row.claimant))
      if (row.agency) await nameAgency(tx, ctx, id, row.agency)
      await startPeriod(tx, id, receivedAt, ctx.now)
      await indexCase(tx, id, [row.title, row.facts])
    })
    await importSteps(tx, procedure, importId, now, () => findClaimState(tx, null, row.number), stepsOfRow(row))
  }
}

const claimantOf = (name: string): Party => ({ role: 'claimant', kind: 'person', organisation: null, businessNo: null, name, idNumber: null, born: null, email: null, phone: null, address: null, more: null, power: null })

/** --update: facts put right, and steps that the last file did not have yet. A step that was taken is not taken back by a file. */
async function change(tx: Tx, importId: number, { id, row, fields }: CaseToChange<ClaimRow, keyof ClaimCells>, now: Date): Promise<void> {
  const ctx = { person: null, onBehalfOf: null, now, today: dayOf(now) }
  await tx.updateTable('compensations').set(detailOf(row)).where('id', '=', id).execute()
  await tx.updateTable('cases').set({ title: row.title, received_at: morningOf(row.receivedOn) }).where('id', '=', id).execute()
  if (fields.includes('agency') && row.agency) await nameAgency(tx, ctx, id, row.agency)
  if (fields.includes('claimant')) {
    await tx.updateTable('case_parties').set({ ended_at: now }).where('case_id', '=', id).where('role', '=', 'claimant').where('ended_at', 'is', null).execute()
    if (row.claimant) await addParty(tx, id, claimantOf(row.claimant))
  }
  await record(tx, ctx, 'compensation.corrected', { caseId: id, payload: { import: importId, fields } })
  const { steps } = await findClaimState(tx, null, row.number)
  await importSteps(tx, procedure, importId, now, () => findClaimState(tx, null, row.number), stepsOfRow(row).filter(({ step }) => !steps.includes(step)))
  await indexCase(tx, id, [row.title, row.facts])
}
