import { sql } from 'kysely'
import type { ActContext } from '../../../core/act.ts'
import { addJoint, assignLead } from '../../../core/cases/assign.ts'
import { drawCaseNumber } from '../../../core/cases/numbers.ts'
import type { Tx } from '../../../core/db.ts'
import { record } from '../../../core/events/record.ts'
import { evidenceStep } from '../../../core/procedure/evidence.tsx'
import { importSteps, morningOf, recordedThen } from '../../../core/procedure/imported.ts'
import { writeStep } from '../../../core/procedure/take-step.ts'
import { indexCase } from '../../../core/search/search.ts'
import { caseImporter, type CaseToChange } from '../../../core/tabular/case-import.ts'
import { type Day, day, dayOf, lastDayOfMonth, parseInstant } from '../../../core/time.ts'
import { findItemState } from '../item.ts'
import { detailOf, insertItem, insertPlan } from '../register.ts'
import { itemKind, itemPrefix, planKind, planPrefix } from '../schema.ts'
import { procedure } from '../steps.ts'
import '../tables.ts'
import { checkItems, type ItemRow } from './check.ts'
import { columnNames, type ItemCells, itemColumns, programmeTitle } from './columns.ts'

/** relief-items.csv: work items with their months and how they ended. Programmes and plans are made where a row names new ones. */
export const reliefItemsImporter = caseImporter<ItemCells, ItemRow>({ name: 'relief-items', title: '紓困振興工作項目', kind: itemKind, prefix: itemPrefix, columns: itemColumns, columnNames, check: checkItems, textOf, add, change })

function textOf(row: ItemRow, field: keyof ItemCells & string): string {
  const value = field === 'unit' ? row.unitId : field === 'joint' ? row.jointIds.join(',') : row[field]
  return value === null ? '' : String(value)
}

const evening = (on: Day, now: Date): Date => new Date(Math.min(parseInstant(`${on} 17:00`)!.getTime(), now.getTime()))

async function add(tx: Tx, importId: number, rows: readonly ItemRow[], now: Date): Promise<void> {
  for (const row of rows) {
    const at = morningOf(row.listedOn)
    const id = await recordedThen(tx, importId, at, now, async (ctx) => {
      const planId = await planOf(tx, ctx, row, importId)
      const made = await insertItem(tx, ctx, { ...detail(row), title: row.title, number: row.number, at, importId }, planId)
      await assignLead(tx, { caseId: made, unitId: row.unitId, at, endedAs: 'reassigned' })
      await addJoint(tx, { caseId: made, unitIds: row.jointIds, at })
      return made
    })
    await addMonths(tx, importId, id, row.read, now)
    await end(tx, importId, id, row, now)
  }
}

const detail = (row: ItemRow) => detailOf({ summary: row.summary ?? '', target: row.target ?? '', targetCount: row.targetCount, budgetTwd: row.budgetTwd, startOn: row.startOn, finishOn: row.finishOn })

/** The row's plan, made with its programme where it is the first to name it. */
async function planOf(tx: Tx, ctx: ActContext, row: ItemRow, importId: number): Promise<number> {
  const title = programmeTitle(row)
  const known = await tx.selectFrom('relief_programmes').select('id').where('roc_year', '=', row.year).where('title', '=', title).executeTakeFirst()
  const programmeId = known?.id ?? (await tx.insertInto('relief_programmes').values({ roc_year: row.year, title }).returning('id').executeTakeFirstOrThrow()).id
  const plan = await tx.selectFrom('relief_plans as p').innerJoin('cases as c', 'c.id', 'p.id').select('p.id').where('p.programme_id', '=', programmeId).where('c.title', '=', row.plan).executeTakeFirst()
  if (plan) return plan.id
  return insertPlan(tx, ctx, { programmeId, title: row.plan, number: await drawCaseNumber(tx, planKind, planPrefix, row.listedOn), at: morningOf(row.listedOn), importId })
}

/** Months with their steps and events, each known from the evening of the month's last day; one statement a table. */
async function addMonths(tx: Tx, importId: number, caseId: number, months: ItemRow['read'], now: Date): Promise<void> {
  if (!months.length) return
  const of = months.map((month) => {
    const on = lastDayOfMonth(day(`${month.month}-01`)) < dayOf(now) ? lastDayOfMonth(day(`${month.month}-01`)) : dayOf(now)
    return { ...month, on, at: evening(on, now) }
  })
  await tx.insertInto('relief_months').values(of.map((one) => ({ case_id: caseId, month: one.month, progress: one.progress, applications: one.applications, approved: one.approved, spent_twd: one.spentTwd, forgone_twd: one.forgoneTwd, deferred_twd: one.deferredTwd, source: one.source, sys_from: one.at }))).execute()
  await tx.insertInto('case_steps').values(of.map((one) => ({
    case_id: caseId, step: 'report', happened_on: one.on, document_no: null, note: null, person_id: null, recorded_at: one.at, sys_from: one.at,
    answers: JSON.stringify({ progress: one.progress, applications: one.applications, approved: one.approved, spent: one.spentTwd, forgone: one.forgoneTwd, deferred: one.deferredTwd, source: one.source }) as never,
  }))).execute()
  await tx.insertInto('events').values(of.map((one) => ({ kind: 'relief.report', happened_at: one.at, recorded_at: one.at, case_id: caseId, person_id: null, on_behalf_of: null, from_stage: 'running', to_stage: 'running', payload: JSON.stringify({ on: one.on, import: importId }) as never }))).execute()
}

/** How the item ended: evidence, the joint units' consent, done; or stopped. */
async function end(tx: Tx, importId: number, id: number, row: ItemRow, now: Date): Promise<void> {
  const find = () => findItemState(tx, null, row.number)
  if (row.evidence) {
    const on = row.agreedOn ?? row.finishedOn ?? row.stoppedOn ?? dayOf(now)
    await recordedThen(tx, importId, evening(on, now), now, async (ctx) => {
      await writeStep(tx, ctx, id, evidenceStep, { on, documentNo: row.evidence, note: null, answers: { kind: 'notice', files: 0 } })
      await record(tx, ctx, 'relief.evidence-added', { caseId: id, payload: { kind: 'notice', files: 0, import: importId } })
    })
  }
  if (row.agreedOn) {
    await importSteps(tx, procedure, importId, now, find, [
      { step: 'ask-concurrence', on: row.agreedOn },
      ...row.jointIds.map((unitId) => ({ step: 'concur', on: row.agreedOn!, answers: { unit: String(unitId) } })),
    ])
  }
  if (row.finishedOn) await importSteps(tx, procedure, importId, now, find, [{ step: 'finish', on: row.finishedOn, answers: { rest: row.rest } }])
  if (row.stoppedOn) await importSteps(tx, procedure, importId, now, find, [{ step: 'stop', on: row.stoppedOn, note: row.stoppedWhy }])
}

/** --update: facts and months put right, recorded now; what was believed before stays in the history. An end that was reached is not taken back by a file. */
async function change(tx: Tx, importId: number, { id, row, fields }: CaseToChange<ItemRow, keyof ItemCells>, now: Date): Promise<void> {
  const ctx = { person: null, onBehalfOf: null, now, today: dayOf(now) }
  const planId = await planOf(tx, ctx, row, importId)
  await tx.updateTable('relief_items').set({ ...detail(row), plan_id: planId }).where('id', '=', id).execute()
  await tx.updateTable('cases').set({ title: row.title }).where('id', '=', id).execute()
  if (fields.includes('unit')) await tx.updateTable('cases').set({ unit_id: row.unitId }).where('id', '=', id).execute()
  await addJoint(tx, { caseId: id, unitIds: row.jointIds, at: now })
  for (const month of row.read) {
    const values = { progress: month.progress, applications: month.applications, approved: month.approved, spent_twd: month.spentTwd, forgone_twd: month.forgoneTwd, deferred_twd: month.deferredTwd, source: month.source }
    await tx.insertInto('relief_months').values({ case_id: id, month: month.month, ...values }).onConflict((conflict) => conflict.columns(['case_id', 'month']).doUpdateSet(values).where(sql<boolean>`(relief_months.progress, relief_months.applications, relief_months.approved, relief_months.spent_twd, relief_months.forgone_twd, relief_months.deferred_twd, relief_months.source)
      is distinct from (excluded.progress, excluded.applications, excluded.approved, excluded.spent_twd, excluded.forgone_twd, excluded.deferred_twd, excluded.source)`)).execute()
  }
  await record(tx, ctx, 'relief.corrected', { caseId: id, payload: { import: importId, fields } })
  const { stage } = await findItemState(tx, null, row.number)
  if (stage !== 'closed') await end(tx, importId, id, { ...row, evidence: fields.includes('evidence') ? row.evidence : null }, now)
  await indexCase(tx, id, [row.title, row.summary, row.target])
}
