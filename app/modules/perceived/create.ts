import type { ActContext } from '../../core/act.ts'
import { assignLead } from '../../core/cases/assign.ts'
import { drawCaseNumber } from '../../core/cases/numbers.ts'
import { insertCase } from '../../core/cases/open.ts'
import type { Tx } from '../../core/db.ts'
import { record } from '../../core/events/record.ts'
import { indexCase } from '../../core/search/search.ts'
import type { Day } from '../../core/time.ts'
import type { ItemState } from './item.ts'
import { caseKind, numberPrefix } from './schema.ts'
import './tables.ts'

export type NewItem = { year: number; title: string; goal: string; unitId: number; township: string | null; finishOn: Day | null }

/** Writes an item's case under its number, which was drawn or came by import; gives its id. */
export async function insertItem(tx: Tx, ctx: ActContext, one: NewItem & { number: string; at: Date; listedOn: Day; stage: 'planned' | 'running'; previousId: number | null; importId: number | null }): Promise<number> {
  const id = await insertCase(tx, { kind: caseKind, number: one.number, title: one.title, stage: one.stage, township: one.township, receivedAt: one.at, registeredAt: ctx.now, previousId: one.previousId, importId: one.importId })
  await tx.insertInto('perceived_items').values({ id, roc_year: one.year, goal: one.goal, listed_on: one.listedOn, finish_on: one.finishOn }).execute()
  await assignLead(tx, { caseId: id, unitId: one.unitId, at: one.at, endedAs: 'reassigned' })
  await indexCase(tx, id, [one.title, one.goal])
  await record(tx, ctx, 'perceived.registered', { caseId: id, toStage: one.stage, payload: { number: one.number, year: one.year, ...(one.importId === null ? {} : { import: one.importId }) } })
  return id
}

/** The same item in the year after, linked to this one. */
export async function carryOver(tx: Tx, ctx: ActContext, state: ItemState): Promise<number> {
  const { goal } = await tx.selectFrom('perceived_items').select('goal').where('id', '=', state.id).executeTakeFirstOrThrow()
  const number = await drawCaseNumber(tx, caseKind, numberPrefix, ctx.today)
  const one = { year: state.year + 1, title: state.title, goal, unitId: state.unitId!, township: state.township, finishOn: null, number, at: ctx.now, listedOn: ctx.today, stage: state.stage === 'running' ? ('running' as const) : ('planned' as const), previousId: state.id, importId: null }
  return insertItem(tx, ctx, one)
}
