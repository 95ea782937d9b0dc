import type { Tx } from '../../../core/db.ts'
import { record } from '../../../core/events/record.ts'
import { importCase, importSteps, morningOf, recordedThen } from '../../../core/procedure/imported.ts'
import { addParty, type Party } from '../../../core/procedure/parties.ts'
import { indexCase } from '../../../core/search/search.ts'
import { caseImporter, type CaseToChange, type KnownCase } from '../../../core/tabular/case-import.ts'
import type { CheckedRow } from '../../../core/tabular/schema.ts'
import type { Problem } from '../../../core/tabular/table.ts'
import { dayOf } from '../../../core/time.ts'
import { untouched } from '../create.ts'
import { findDisputeState } from '../dispute.ts'
import { caseKind, numberPrefix } from '../schema.ts'
import { procedure } from '../steps.ts'
import { checkDisputes, type DisputeRow } from './check.ts'
import { columnNames, type DisputeCells, disputeColumns } from './columns.ts'
import { detailOf, stepsOfRow } from './spread.ts'

/** consumer-disputes.csv: disputes with what became of them. Each is played through the same steps as one that is worked here. */
export const disputesImporter = caseImporter<DisputeCells, DisputeRow>({
  name: 'consumer-disputes', title: '消費爭議', kind: caseKind, prefix: numberPrefix, columns: disputeColumns, columnNames, personal: ['consumer'], check, add, change,
})

async function check(tx: Tx, rows: CheckedRow<DisputeCells>[], { now }: { known: ReadonlyMap<string, KnownCase>; now: Date }): Promise<{ rows: CheckedRow<DisputeRow>[]; problems: Problem[]; notices: Problem[] }> {
  const units = await tx.selectFrom('units').select(['id', 'code', 'name']).execute()
  return { ...checkDisputes(rows, units, dayOf(now)), notices: [] }
}

async function add(tx: Tx, importId: number, rows: readonly DisputeRow[], now: Date): Promise<void> {
  for (const row of rows) {
    const receivedAt = morningOf(row.receivedOn)
    await recordedThen(tx, importId, receivedAt, now, async (ctx) => {
      const id = await importCase(tx, ctx, { kind: caseKind, noun: 'consumer-dispute', number: row.number, title: row.title, stage: 'received', unitId: row.unitId, receivedAt, importId })
      await tx.insertInto('consumer_disputes').values({ id, ...untouched, ...detailOf(row) }).execute()
      await addParties(tx, id, row)
      await indexCase(tx, id, [row.title, row.facts, row.asked, row.business])
    })
    await importSteps(tx, procedure, importId, now, () => findDisputeState(tx, null, row.number), stepsOfRow(row))
  }
}

const nobody = { organisation: null, businessNo: null, name: null, idNumber: null, born: null, email: null, phone: null, address: null, more: null, power: null }

async function addParties(tx: Tx, id: number, row: DisputeRow): Promise<void> {
  const parties: Party[] = [...(row.consumer ? [{ ...nobody, role: 'consumer', kind: 'person' as const, name: row.consumer }] : []), ...(row.business ? [{ ...nobody, role: 'business', kind: 'organisation' as const, organisation: row.business, businessNo: row.businessNo }] : [])]
  for (const party of parties) await addParty(tx, id, party)
}

/** --update: facts put right, and steps that the last file did not have yet. A step that was taken is not taken back by a file. */
async function change(tx: Tx, importId: number, { id, row, fields }: CaseToChange<DisputeRow, keyof DisputeCells>, now: Date): Promise<void> {
  const ctx = { person: null, onBehalfOf: null, now, today: dayOf(now) }
  await tx.updateTable('consumer_disputes').set(detailOf(row)).where('id', '=', id).execute()
  await tx.updateTable('cases').set({ title: row.title, received_at: morningOf(row.receivedOn) }).where('id', '=', id).execute()
  if (fields.some((field) => ['consumer', 'business', 'businessNo'].includes(field))) {
    await tx.updateTable('case_parties').set({ ended_at: now }).where('case_id', '=', id).where('ended_at', 'is', null).execute()
    await addParties(tx, id, row)
  }
  await record(tx, ctx, 'consumer-dispute.corrected', { caseId: id, payload: { import: importId, fields } })
  const { steps } = await findDisputeState(tx, null, row.number)
  await importSteps(tx, procedure, importId, now, () => findDisputeState(tx, null, row.number), stepsOfRow(row).filter(({ step }) => !steps.includes(step)))
  await indexCase(tx, id, [row.title, row.facts, row.asked, row.business])
}
