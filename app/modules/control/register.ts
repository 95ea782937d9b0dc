import { sql } from 'kysely'
import { z } from 'zod'
import { act } from '../../core/act.ts'
import { assignLead } from '../../core/cases/assign.ts'
import { drawCaseNumber } from '../../core/cases/numbers.ts'
import { insertCase } from '../../core/cases/open.ts'
import type { Tx } from '../../core/db.ts'
import { dayField } from '../../core/day-fields.ts'
import { ticked } from '../../core/form-fields.ts'
import { done, refusal } from '../../core/errors.ts'
import { record } from '../../core/events/record.ts'
import { indexCase } from '../../core/search/search.ts'
import { monthOf } from '../../core/time.ts'
import { extendMonths, judgeAgain } from './months.ts'
import { moneyField, parseMilestones, parsePlan, type PlannedMonth } from './plan-input.ts'
import { lockForStaff } from './project.ts'
import { caseKind, type Grade, grades, type Level, levels, numberPrefix } from './schema.ts'
import type { ReplacedMonth } from './tables.ts'

const keysOf = <K extends string>(labels: Record<K, string>) => Object.keys(labels) as [K, ...K[]]

const Plan = z.object({
  title: z.string().trim().min(2, '請填計畫名稱').max(200, '計畫名稱最多 200 個字'),
  summary: z.string().trim().max(5000, '最多 5,000 個字').default(''),
  funding: z.string().trim().max(200, '最多 200 個字').default(''),
  budgetTwd: moneyField('總經費'),
  startOn: dayField('請填開始日期，例如 110/4/1'),
  finishOn: dayField('請填完成期限，例如 110/4/1'),
  months: z.string().max(20_000).default(''),
  milestones: z.string().max(20_000).default(''),
  internal: ticked,
})
export const Register = Plan.extend({
  level: z.enum(keysOf<Level>(levels), { error: '請選擇列管類別' }),
  grade: z.enum(keysOf<Grade>(grades), { error: '請選擇列管級別' }),
  unitId: z.coerce.number({ error: '請選擇主辦單位' }).int().positive('請選擇主辦單位'),
})

/** Puts a project under watch: its plan by month, its milestones, the unit that answers for it. */
export const registerProject = act('control.register', Register, async (tx, ctx, input) => {
  if (input.finishOn < input.startOn) return refusal('project.days', '完成期限在開始日期以前', { field: 'finishOn' })
  const unit = await tx.selectFrom('units').select('id').where('id', '=', input.unitId).executeTakeFirst()
  if (!unit) return refusal('project.unit', '找不到這個單位', { field: 'unitId' })
  const plan = readPlan(input)
  if ('code' in plan) return plan
  const id = await insertCase(tx, { kind: caseKind, title: input.title, stage: 'controlled', receivedAt: ctx.now, registeredAt: ctx.now })
  await tx.insertInto('projects').values({ id, ...detailOf(input), level: input.level, grade: input.grade, finished_on: null, listed_on: ctx.today, delisted_on: null }).execute()
  await savePlan(tx, id, plan)
  await assignLead(tx, { caseId: id, unitId: input.unitId, officerId: null, at: ctx.now, endedAs: 'reassigned' })
  await indexCase(tx, id, [input.title, input.summary])
  await record(tx, ctx, 'project.listed', { caseId: id, toStage: 'controlled', payload: { level: input.level, grade: input.grade } })
  const number = await drawCaseNumber(tx, caseKind, numberPrefix, ctx.today)
  await tx.updateTable('cases').set({ number }).where('id', '=', id).execute()
  await record(tx, ctx, 'project.registered', { caseId: id, payload: { number } })
  return done({ number })
}, { permission: 'control.manage' })

const Replan = Plan.extend({ name: z.string().min(1).max(40), why: z.string().trim().min(4, '請寫下修正計畫的理由').max(2000) })

/** 計畫修正: the plan as it is from now on. What was reported stays and is judged against the new plan; what was believed before stays in the record. */
export const replanProject = act('control.replan', Replan, async (tx, given, input) => {
  const { project, ctx } = await lockForStaff(tx, given, input.name, 'control.manage')
  if (project.stage !== 'controlled') return refusal('project.closed', '這件已經撤管，不能修正計畫')
  if (input.finishOn < input.startOn) return refusal('project.days', '完成期限在開始日期以前', { field: 'finishOn' })
  const plan = readPlan(input)
  if ('code' in plan) return plan
  const reported = await tx.selectFrom('project_months').select('month').where('case_id', '=', project.id).where('actual', 'is not', null).execute()
  const lost = reported.find(({ month }) => !plan.months.some((each) => each.month === month) && month <= monthOf(input.finishOn))
  if (lost) return refusal('project.reported', `${lost.month} 已經填報，計畫期間要包含這個月`, { field: 'startOn' })
  const replaced = await sql<ReplacedMonth>`select month, planned::float8, planned_twd::float8 as "plannedTwd", state, slip::float8 from project_months where case_id = ${project.id} order by month`.execute(tx)
  await tx.insertInto('project_replans').values({ case_id: project.id, changed_on: ctx.today, reason: input.why, finish_on: project.finishOn, budget_twd: project.budgetTwd, months: JSON.stringify(replaced.rows) as never, person_id: ctx.person.id }).execute()
  await tx.updateTable('projects').set(detailOf(input)).where('id', '=', project.id).execute()
  await tx.updateTable('cases').set({ title: input.title }).where('id', '=', project.id).execute()
  await savePlan(tx, project.id, plan)
  await judgeAgain(tx, project.id)
  await indexCase(tx, project.id, [input.title, input.summary])
  await record(tx, ctx, 'project.replanned', { caseId: project.id, payload: { finishOn: input.finishOn, budgetTwd: input.budgetTwd } })
  return done()
}, { permission: 'control.manage' })

const detailOf = (input: z.output<typeof Plan>) => ({ summary: input.summary, funding: input.funding, budget_twd: input.budgetTwd, start_on: input.startOn, finish_on: input.finishOn, public: !input.internal })

type ReadPlan = { months: PlannedMonth[]; milestones: { title: string; plannedOn: z.output<typeof Plan>['startOn'] }[] }

function readPlan(input: z.output<typeof Plan>) {
  const plan = parsePlan(input.months, input)
  if ('problem' in plan) return refusal('project.plan', plan.problem, { field: 'months' })
  const parsed = parseMilestones(input.milestones)
  if ('problem' in parsed) return refusal('project.milestones', parsed.problem, { field: 'milestones' })
  const outside = parsed.milestones.find(({ plannedOn }) => plannedOn < input.startOn || plannedOn > input.finishOn)
  if (outside) return refusal('project.milestones', `查核點「${outside.title}」的日期不在計畫期間`, { field: 'milestones' })
  return { months: plan.months, milestones: parsed.milestones }
}

/** Months keep what was reported of them; those that the plan no longer has go, unless something was reported; those beyond its end have 100 %. Milestones are known again by their names. */
async function savePlan(tx: Tx, caseId: number, { months, milestones }: ReadPlan): Promise<void> {
  await tx.deleteFrom('project_months').where('case_id', '=', caseId).where('actual', 'is', null).where('month', 'not in', months.map(({ month }) => month)).execute()
  for (const { month, planned, plannedTwd } of months) {
    await tx
      .insertInto('project_months')
      .values({ case_id: caseId, month, planned, planned_twd: plannedTwd, actual: null, actual_twd: null, report_state: null, returned_note: null, reported_by: null, reported_at: null, state: null, slip: null, slip_days: null, slip_twd: null, rule: null, warning: null })
      .onConflict((conflict) => conflict.columns(['case_id', 'month']).doUpdateSet({ planned, planned_twd: plannedTwd }))
      .execute()
  }
  const end = months.at(-1)!
  await tx.updateTable('project_months').set({ planned: 100, planned_twd: end.plannedTwd }).where('case_id', '=', caseId).where('month', '>', end.month).execute()
  await extendMonths(tx, null, caseId)
  const before = await tx.selectFrom('project_milestones').select(['id', 'title', 'reached_on']).where('case_id', '=', caseId).execute()
  await tx.deleteFrom('project_milestones').where('case_id', '=', caseId).execute()
  const rows = milestones.map(({ title, plannedOn }, i) => ({ case_id: caseId, position: i + 1, title, planned_on: plannedOn, reached_on: before.find((each) => each.title === title)?.reached_on ?? null }))
  if (rows.length) await tx.insertInto('project_milestones').values(rows).execute()
}
