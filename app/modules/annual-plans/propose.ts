import { sql } from 'kysely'
import { z } from 'zod'
import { act, type StaffContext } from '../../core/act.ts'
import { addJoint, assignLead } from '../../core/cases/assign.ts'
import { drawCaseNumber } from '../../core/cases/numbers.ts'
import { insertCase } from '../../core/cases/open.ts'
import type { Tx } from '../../core/db.ts'
import { done, refusal, type Refusal } from '../../core/errors.ts'
import { record } from '../../core/events/record.ts'
import { may } from '../../core/identity/permissions.ts'
import { indexCase } from '../../core/search/search.ts'
import { rocDay } from '../../core/time.ts'
import { type Need, readNeeds } from './needs.ts'
import { lockForStaff, visibleTo } from './proposal.ts'
import { caseKind, categories, type Category, type Kind, kinds, numberPrefix } from './schema.ts'
import './tables.ts'

const keysOf = <K extends string>(labels: Record<K, string>) => Object.keys(labels) as [K, ...K[]]
const year = (what: string) => z.coerce.number({ error: `請填${what}，例如 111` }).int(`請填${what}，例如 111`).min(80, `${what}請填民國年`).max(300, `${what}請填民國年`)
const long = (what: string) => z.string().trim().min(10, `請說明${what}，至少 10 個字`).max(5000, '最多 5,000 個字')

const Plan = z.object({
  title: z.string().trim().min(2, '請填計畫名稱').max(200, '計畫名稱最多 200 個字'),
  category: z.enum(keysOf<Category>(categories), { error: '請選擇計畫類別' }),
  kind: z.enum(keysOf<Kind>(kinds), { error: '請選擇新興或延續' }),
  priority: z.coerce.number({ error: '請填單位內的優先順序' }).int('優先順序請填整數').min(1, '優先順序從 1 開始').max(999, '優先順序最多 999'),
  account: z.string().trim().max(100, '最多 100 個字').default(''),
  fromYear: year('開始年度'),
  toYear: year('結束年度'),
  content: long('計畫緣起與內容'),
  benefit: long('預期效益'),
  results: z.string().trim().max(5000, '最多 5,000 個字').default(''),
  previous: z.string().trim().max(40).default(''),
  joint: z.array(z.coerce.number().int().positive()).max(20).default([]),
  /** fields of the money lines; see needs.ts */
  money: z.record(z.string(), z.string()),
})
type Plan = z.output<typeof Plan>

/** A unit proposes a plan for the year of an open round. */
export const submitProposal = act('annual-plans.submit', Plan.extend({ year: year('年度'), unitId: z.coerce.number({ error: '請選擇主辦單位' }).int().positive('請選擇主辦單位') }), async (tx, ctx, input) => {
  const round = await tx.selectFrom('plan_rounds').select(['id', 'due_on as dueOn']).where('roc_year', '=', input.year).executeTakeFirst()
  if (!round) return refusal('plan.no-round', `${input.year} 年度的先期作業還沒有開始`)
  if (ctx.today > round.dueOn) return refusal('plan.late', `提報期限是 ${rocDay(round.dueOn)}，已經過了；請洽研考單位延長`)
  const unit = await tx.selectFrom('units').select('id').where('id', '=', input.unitId).where('valid_until', 'is', null).executeTakeFirst()
  if (!unit || !may(ctx.person, 'annual-plans.propose', { unitId: input.unitId, officerId: null })) return refusal('plan.unit', '請選擇您所屬的單位', { field: 'unitId' })
  const read = await readPlan(tx, ctx, input, input.year)
  if ('code' in read) return read
  const id = await insertCase(tx, { kind: caseKind, title: input.title, stage: 'submitted', receivedAt: ctx.now, registeredAt: ctx.now, previousId: read.previousId })
  await tx.insertInto('plan_proposals').values({ id, round_id: round.id, ...detailOf(input, read), advised_twd: null, returned_note: null }).execute()
  await saveNeeds(tx, id, read.needs)
  await assignLead(tx, { caseId: id, unitId: input.unitId, officerId: ctx.person.id, at: ctx.now, endedAs: 'reassigned' })
  await addJoint(tx, { caseId: id, unitIds: input.joint.filter((one) => one !== input.unitId), at: ctx.now })
  await indexCase(tx, id, [input.title, input.content, input.benefit])
  await record(tx, ctx, 'plan-proposal.submitted', { caseId: id, toStage: 'submitted', payload: { year: input.year, askedTwd: read.askedTwd } })
  const number = await drawCaseNumber(tx, caseKind, numberPrefix, ctx.today)
  await tx.updateTable('cases').set({ number }).where('id', '=', id).execute()
  await record(tx, ctx, 'plan-proposal.registered', { caseId: id, payload: { number } })
  return done({ number })
}, { permission: 'annual-plans.propose' })

/** The unit puts its proposal right: after it was given back at any time, else while it waits for the check and the round takes proposals. */
export const amendProposal = act('annual-plans.amend', Plan.extend({ name: z.string().min(1).max(40) }), async (tx, given, input) => {
  const { proposal, ctx } = await lockForStaff(tx, given, input.name, 'annual-plans.propose')
  if (proposal.stage !== 'submitted' && proposal.stage !== 'returned') return refusal('plan.stage', proposal.stage === 'closed' ? '這件已經審定，不能再改' : '這件已經檢查完成，要改請研考單位退回')
  const read = await readPlan(tx, ctx, input, proposal.year, proposal.id)
  if ('code' in read) return read
  await tx.updateTable('plan_proposals').set(detailOf(input, read)).where('id', '=', proposal.id).execute()
  await tx.updateTable('cases').set({ title: input.title, stage: 'submitted', previous_id: read.previousId }).where('id', '=', proposal.id).execute()
  // nobody is given more than is asked for
  await sql`update plan_proposals set advised_twd = null where id = ${proposal.id} and advised_twd > ${read.askedTwd}`.execute(tx)
  await sql`update plan_reviews set advised_twd = null where case_id = ${proposal.id} and advised_twd > ${read.askedTwd}`.execute(tx)
  await saveNeeds(tx, proposal.id, read.needs)
  await saveJoint(tx, proposal.id, input.joint.filter((one) => one !== proposal.unitId), ctx.now)
  await indexCase(tx, proposal.id, [input.title, input.content, input.benefit])
  await record(tx, ctx, 'plan-proposal.amended', { caseId: proposal.id, fromStage: proposal.stage, toStage: 'submitted', payload: { askedTwd: read.askedTwd } })
  return done()
}, { permission: 'annual-plans.propose' })

/** The unit takes it back before it is decided. */
export const withdrawProposal = act('annual-plans.withdraw', z.object({ name: z.string().min(1).max(40), why: z.string().trim().min(4, '請寫下理由').max(2000) }), async (tx, given, input) => {
  const { proposal, ctx } = await lockForStaff(tx, given, input.name, 'annual-plans.propose')
  if (proposal.stage === 'closed') return refusal('plan.stage', '這件已經審定，不能撤回')
  await closeProposal(tx, ctx, proposal.id, 'withdrawn', input.why)
  await record(tx, ctx, 'plan-proposal.withdrawn', { caseId: proposal.id, fromStage: proposal.stage, toStage: 'closed' })
  return done()
}, { permission: 'annual-plans.propose', stepUp: true })

/** Closes the case with its outcome and ends the assignment; the event is the caller's. */
export async function closeProposal(tx: Tx, ctx: { now: Date }, id: number, outcome: string, note: string): Promise<void> {
  await tx.updateTable('cases').set({ stage: 'closed', closed_at: ctx.now, outcome }).where('id', '=', id).execute()
  await tx.updateTable('assignments').set({ until_at: ctx.now, ended_as: 'closed', note: note.slice(0, 500) }).where('case_id', '=', id).where('until_at', 'is', null).execute()
}

type ReadPlan = { needs: Need[]; askedTwd: number; totalTwd: number; previousId: number | null }

async function readPlan(tx: Tx, ctx: StaffContext, input: Plan, round: number, own?: number): Promise<ReadPlan | Refusal> {
  if (input.toYear < input.fromYear) return refusal('plan.years', '結束年度在開始年度以前', { field: 'toYear' })
  if (input.fromYear > round || input.toYear < round) return refusal('plan.years', `計畫期間要包含 ${round} 年度`, { field: 'fromYear' })
  if (input.toYear > input.fromYear + 20) return refusal('plan.years', '計畫期間最多 21 年', { field: 'toYear' })
  const money = readNeeds(input.money, round)
  if ('problem' in money) return refusal('plan.money', money.problem, { field: money.field })
  const beyond = money.needs.find((need) => need.year > input.toYear)
  if (beyond) return refusal('plan.money', `${beyond.year} 年度在計畫期間以外，不能有經費`, { field: 'toYear' })
  if (input.kind === 'continuing' && !input.results) return refusal('plan.results', '延續計畫請寫前期執行成果', { field: 'results' })
  const previousId = await findPrevious(tx, ctx, input.previous, round, own)
  return typeof previousId === 'object' && previousId !== null ? previousId : { ...money, previousId }
}

/** The same project in an earlier round, by its number; only one that this person may see. */
async function findPrevious(tx: Tx, ctx: StaffContext, number: string, round: number, own?: number): Promise<number | null | Refusal> {
  if (!number) return null
  const found = await tx.selectFrom('cases as c').innerJoin('plan_proposals as p', 'p.id', 'c.id').innerJoin('plan_rounds as r', 'r.id', 'p.round_id').select(['c.id', 'r.roc_year as year'])
    .where('c.number', '=', number).where('c.kind', '=', caseKind).where(visibleTo(ctx.person)).executeTakeFirst()
  if (!found || found.id === own) return refusal('plan.previous', `找不到「${number}」這件計畫提報`, { field: 'previous' })
  return found.year < round ? found.id : refusal('plan.previous', `「${number}」不是以前年度的提報`, { field: 'previous' })
}

const detailOf = (input: Plan, read: ReadPlan) => ({
  category: input.category, kind: input.kind, priority: input.priority, account: input.account, from_year: input.fromYear, to_year: input.toYear, content: input.content, benefit: input.benefit, results: input.results,
  asked_twd: read.askedTwd, total_twd: read.totalTwd,
})

async function saveNeeds(tx: Tx, caseId: number, needs: readonly Need[]): Promise<void> {
  await tx.deleteFrom('plan_needs').where('case_id', '=', caseId).execute()
  await tx.insertInto('plan_needs').values(needs.map(({ position, year: of, source, object, twd }) => ({ case_id: caseId, position, roc_year: of, source, object, twd }))).execute()
}

async function saveJoint(tx: Tx, caseId: number, unitIds: number[], at: Date): Promise<void> {
  let gone = tx.updateTable('assignments').set({ until_at: at, ended_as: 'removed' }).where('case_id', '=', caseId).where('role', '=', 'joint').where('until_at', 'is', null)
  if (unitIds.length) gone = gone.where('unit_id', 'not in', unitIds)
  await gone.execute()
  await addJoint(tx, { caseId, unitIds, at })
}
