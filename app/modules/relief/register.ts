import { z } from 'zod'
import { act, type ActContext } from '../../core/act.ts'
import { addJoint, assignLead, jointUnitIds } from '../../core/cases/assign.ts'
import { drawCaseNumber } from '../../core/cases/numbers.ts'
import { beganAt, insertCase } from '../../core/cases/open.ts'
import type { Tx } from '../../core/db.ts'
import { dayField, optionalDay } from '../../core/day-fields.ts'
import { done, NotFound, refusal, type Refusal } from '../../core/errors.ts'
import { record } from '../../core/events/record.ts'
import { parseTwd } from '../../core/money.ts'
import { lockFor } from '../../core/procedure/take-step.ts'
import { indexCase } from '../../core/search/search.ts'
import { procedure } from './steps.ts'
import { itemKind, itemPrefix, planKind, planPrefix } from './schema.ts'
import './tables.ts'

const manage = { permission: 'relief.manage' } as const
const text = (max: number) => z.string().trim().max(max, `最多 ${max.toLocaleString('en')} 個字`).default('')
const id = (message: string) => z.coerce.number({ error: message }).int().positive(message)

const Programme = z.object({ year: z.coerce.number({ error: '請填民國年，例如 110' }).int().min(1, '請填民國年').max(999, '請填民國年'), title: z.string().trim().min(2, '請填方案名稱').max(100, '最多 100 個字'), basis: text(500) })

/** A programme of a year: 110年度產業紓困振興方案. */
export const addProgramme = act('relief.add-programme', Programme, async (tx, ctx, input) => {
  const known = await tx.selectFrom('relief_programmes').select('id').where('roc_year', '=', input.year).where('title', '=', input.title).executeTakeFirst()
  if (known) return refusal('relief.programme-known', '這一年已經有同名的方案', { field: 'title' })
  const { id: programme } = await tx.insertInto('relief_programmes').values({ roc_year: input.year, title: input.title, basis: input.basis }).returning('id').executeTakeFirstOrThrow()
  await record(tx, ctx, 'relief.programme-added', { payload: { programme, year: input.year } })
  return done({ programme })
}, manage)

/** A plan of a programme; its work items come after. */
export const addPlan = act('relief.add-plan', z.object({ programme: id('請選擇方案'), title: z.string().trim().min(2, '請填計畫名稱').max(100, '最多 100 個字') }), async (tx, ctx, input) => {
  const programme = await tx.selectFrom('relief_programmes').select('id').where('id', '=', input.programme).forUpdate().executeTakeFirst()
  if (!programme) throw new NotFound('找不到這個方案')
  const known = await tx.selectFrom('relief_plans as p').innerJoin('cases as c', 'c.id', 'p.id').select('p.id').where('p.programme_id', '=', programme.id).where('c.title', '=', input.title).executeTakeFirst()
  if (known) return refusal('relief.plan-known', '這個方案已經有同名的計畫', { field: 'title' })
  const number = await drawCaseNumber(tx, planKind, planPrefix, ctx.today)
  return done({ id: await insertPlan(tx, ctx, { programmeId: programme.id, title: input.title, number, at: ctx.now, importId: null }), number })
}, manage)

/** Writes a plan's case behind the last one of its programme; gives its id. */
export async function insertPlan(tx: Tx, ctx: ActContext, plan: { programmeId: number; title: string; number: string; at: Date; importId: number | null }): Promise<number> {
  const planId = await insertCase(tx, { kind: planKind, number: plan.number, title: plan.title, stage: 'running', receivedAt: plan.at, registeredAt: plan.at, importId: plan.importId })
  const { last } = await tx.selectFrom('relief_plans').select((eb) => eb.fn.max('position').as('last')).where('programme_id', '=', plan.programmeId).executeTakeFirstOrThrow()
  await tx.insertInto('relief_plans').values({ id: planId, programme_id: plan.programmeId, position: (last ?? 0) + 1 }).execute()
  await indexCase(tx, planId, [plan.title])
  await record(tx, ctx, 'relief-plan.registered', { caseId: planId, toStage: 'running', payload: { number: plan.number, ...(plan.importId === null ? {} : { import: plan.importId }) } })
  return planId
}

const money = z.string().trim().optional().transform((value, check): number | null => {
  if (!value) return null
  const twd = parseTwd(value)
  if (twd === null) check.addIssue({ code: 'custom', message: '金額寫成 12,000,000 或 1,200萬' })
  return twd
})
const count = z.string().trim().optional().transform((value, check): number | null => {
  if (!value) return null
  const plain = value.normalize('NFKC').replaceAll(',', '')
  if (/^\d{1,9}$/.test(plain)) return Number(plain)
  check.addIssue({ code: 'custom', message: '件數請填整數' })
  return null
})
const Item = z.object({
  plan: id('請選擇計畫'),
  title: z.string().trim().min(2, '請填工作項目').max(100, '最多 100 個字'),
  summary: text(5000), target: text(1000), targetCount: count, budgetTwd: money,
  unitId: id('請選擇主辦單位'),
  /** ids of the joint units */
  joint: z.array(z.coerce.number().int().positive()).default([]),
  startOn: dayField('請填開始日期，例如 110/4/1'), finishOn: dayField('請填完成期限，例如 110/12/31'),
})
type ItemInput = z.output<typeof Item>

/** Lists a work item in a plan, on a day that may lie before it is typed in (today when left out), with who leads, who helps, and what is to be reached. */
export const addItem = act('relief.add-item', Item.extend({ listedOn: optionalDay() }), async (tx, ctx, { listedOn, ...input }) => {
  const on = listedOn ?? ctx.today
  if (on > ctx.today) return refusal('relief.future', '列入日期在今天以後', { field: 'listedOn' })
  const at = beganAt(on, ctx)
  const no = await refuseItem(tx, input)
  if (no) return no
  const number = await drawCaseNumber(tx, itemKind, itemPrefix, on)
  const itemId = await insertItem(tx, ctx, { ...detailOf(input), title: input.title, number, at, importId: null }, input.plan)
  await assignLead(tx, { caseId: itemId, unitId: input.unitId, at, endedAs: 'reassigned' })
  await addJoint(tx, { caseId: itemId, unitIds: input.joint, at })
  return done({ number })
}, manage)

export async function insertItem(tx: Tx, ctx: ActContext, item: ReturnType<typeof detailOf> & { title: string; number: string; at: Date; importId: number | null }, planId: number): Promise<number> {
  const { title, number, at, importId, ...detail } = item
  const itemId = await insertCase(tx, { kind: itemKind, number, title, stage: 'running', receivedAt: at, registeredAt: ctx.now, importId })
  const { last } = await tx.selectFrom('relief_items').select((eb) => eb.fn.max('position').as('last')).where('plan_id', '=', planId).executeTakeFirstOrThrow()
  await tx.insertInto('relief_items').values({ id: itemId, plan_id: planId, position: (last ?? 0) + 1, ...detail, finished_on: null }).execute()
  await indexCase(tx, itemId, [title, detail.summary, detail.target])
  await record(tx, ctx, 'relief-item.registered', { caseId: itemId, toStage: 'running', payload: { number, ...(importId === null ? {} : { import: importId }) } })
  return itemId
}

export const detailOf = (input: Pick<ItemInput, 'summary' | 'target' | 'targetCount' | 'budgetTwd' | 'startOn' | 'finishOn'>) => ({
  summary: input.summary, target: input.target, target_count: input.targetCount, budget_twd: input.budgetTwd, start_on: input.startOn, finish_on: input.finishOn,
})

async function refuseItem(tx: Tx, input: ItemInput): Promise<Refusal | null> {
  if (input.finishOn < input.startOn) return refusal('relief.days', '完成期限在開始日期以前', { field: 'finishOn' })
  if (input.joint.includes(input.unitId)) return refusal('relief.joint', '主辦單位不能又是協辦單位', { field: 'joint' })
  const units = await tx.selectFrom('units').select('id').where('id', 'in', [input.unitId, ...input.joint]).execute()
  if (units.length !== new Set([input.unitId, ...input.joint]).size) return refusal('relief.unit', '找不到這個單位', { field: 'unitId' })
  const plan = await tx.selectFrom('relief_plans').select('id').where('id', '=', input.plan).executeTakeFirst()
  return plan ? null : refusal('relief.plan', '找不到這個計畫', { field: 'plan' })
}

/** Puts an item right. Another set of joint units means that all of them agree anew. */
export const changeItem = act('relief.change-item', Item.extend({ name: z.string().min(1).max(40) }), async (tx, given, input) => {
  const { state, ctx } = await lockFor(procedure, tx, given, input.name, 'relief.manage')
  if (state.stage === 'closed') return refusal('relief.closed', '已經結束，要修改請先恢復辦理')
  if (state.stage === 'concurring') return refusal('relief.concurring', '正在等協辦單位同意，要修改請主辦單位先收回')
  const no = await refuseItem(tx, input)
  if (no) return no
  await tx.updateTable('relief_items').set({ ...detailOf(input), plan_id: input.plan }).where('id', '=', state.id).execute()
  await tx.updateTable('cases').set({ title: input.title }).where('id', '=', state.id).execute()
  if (state.unitId !== input.unitId) await assignLead(tx, { caseId: state.id, unitId: input.unitId, at: ctx.now, endedAs: 'reassigned' })
  const gone = (await jointUnitIds(tx, state.id)).filter((unitId) => !input.joint.includes(unitId))
  if (gone.length) await tx.updateTable('assignments').set({ until_at: ctx.now, ended_as: 'returned' }).where('case_id', '=', state.id).where('role', '=', 'joint').where('until_at', 'is', null).where('unit_id', 'in', gone).execute()
  await addJoint(tx, { caseId: state.id, unitIds: input.joint, at: ctx.now })
  await indexCase(tx, state.id, [input.title, input.summary, input.target])
  await record(tx, ctx, 'relief.item-changed', { caseId: state.id, payload: { unit: input.unitId, joint: input.joint } })
  return done({ number: state.number })
}, manage)
