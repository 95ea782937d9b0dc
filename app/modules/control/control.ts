import { z } from 'zod'
import { act } from '../../core/act.ts'
import { assignLead } from '../../core/cases/assign.ts'
import { dayField } from '../../core/day-fields.ts'
import { done, refusal } from '../../core/errors.ts'
import { record } from '../../core/events/record.ts'
import { addDays, rocDay } from '../../core/time.ts'
import { extendMonths } from './months.ts'
import { lockForStaff } from './project.ts'
import { outcomes, type Outcome, type State, states } from './schema.ts'
import './tables.ts'

const name = z.string().min(1).max(40)
const because = z.string().trim().min(4, '請寫下理由').max(2000, '最多 2,000 個字')
const settable = Object.keys(states).filter((state) => state !== 'unreported') as [State, ...State[]]

/** No state stands by hand for longer than this; then the computed one shows again, or it is set anew with a reason. */
export const overrideDaysMax = 92

/** A state set by hand over the computed one, with a reason and an end, shown as such everywhere. */
export const overrideState = act('control.override', z.object({ name, state: z.enum(settable, { error: '請選擇燈號' }), why: because, until: dayField('請填到哪一天為止，例如 110/4/1') }), async (tx, given, input) => {
  const { project, ctx } = await lockForStaff(tx, given, input.name, 'control.manage')
  if (project.stage !== 'controlled') return refusal('project.closed', '這件已經撤管')
  if (input.until < ctx.today) return refusal('project.until', '期限在今天以前', { field: 'until' })
  if (input.until > addDays(ctx.today, overrideDaysMax)) return refusal('project.until', `最多到 ${rocDay(addDays(ctx.today, overrideDaysMax))}，到期再檢討`, { field: 'until' })
  await tx.updateTable('project_overrides').set({ until_on: addDays(ctx.today, -1) }).where('case_id', '=', project.id).where('until_on', '>=', ctx.today).where('from_on', '<', ctx.today).execute()
  await tx.deleteFrom('project_overrides').where('case_id', '=', project.id).where('from_on', '>=', ctx.today).execute()
  await tx.insertInto('project_overrides').values({ case_id: project.id, state: input.state, reason: input.why, from_on: ctx.today, until_on: input.until, person_id: ctx.person.id }).execute()
  await record(tx, ctx, 'project.overridden', { caseId: project.id, payload: { state: input.state, until: input.until } })
  return done()
}, { permission: 'control.manage' })

/** Back to the computed state. */
export const endOverride = act('control.end-override', z.object({ name }), async (tx, given, input) => {
  const { project, ctx } = await lockForStaff(tx, given, input.name, 'control.manage')
  const own = await tx.selectFrom('project_overrides').select(['id', 'from_on']).where('case_id', '=', project.id).where('until_on', '>=', ctx.today).execute()
  if (!own.length) return refusal('project.no-override', '目前沒有人工調整的燈號')
  for (const { id, from_on: from } of own) {
    if (from >= ctx.today) await tx.deleteFrom('project_overrides').where('id', '=', id).execute()
    else await tx.updateTable('project_overrides').set({ until_on: addDays(ctx.today, -1) }).where('id', '=', id).execute()
  }
  await record(tx, ctx, 'project.override-ended', { caseId: project.id })
  return done()
}, { permission: 'control.manage' })

/** 撤管: control ends, with how and why. */
export const delistProject = act('control.delist', z.object({ name, outcome: z.enum(Object.keys(outcomes) as [Outcome, ...Outcome[]], { error: '請選擇撤管原因' }), why: because }), async (tx, given, input) => {
  const { project, ctx } = await lockForStaff(tx, given, input.name, 'control.manage')
  if (project.stage !== 'controlled') return refusal('project.closed', '這件已經撤管')
  if (input.outcome === 'completed' && !project.finishedOn) return refusal('project.not-finished', '還沒有填報完成日期，不能以完成撤管', { field: 'outcome' })
  await tx.updateTable('projects').set({ delisted_on: ctx.today }).where('id', '=', project.id).execute()
  await tx.updateTable('cases').set({ stage: 'closed', closed_at: ctx.now, outcome: input.outcome }).where('id', '=', project.id).execute()
  await tx.updateTable('assignments').set({ until_at: ctx.now, ended_as: 'closed', note: input.why.slice(0, 500) }).where('case_id', '=', project.id).where('until_at', 'is', null).execute()
  await record(tx, ctx, 'project.delisted', { caseId: project.id, fromStage: 'controlled', toStage: 'closed', payload: { outcome: input.outcome } })
  return done()
}, { permission: 'control.manage' })

/** Under watch again, by mistake or because it is needed. */
export const relistProject = act('control.relist', z.object({ name, why: because }), async (tx, given, input) => {
  const { project, ctx } = await lockForStaff(tx, given, input.name, 'control.manage')
  if (project.stage !== 'closed') return refusal('project.listed', '這件還在列管中')
  await tx.updateTable('projects').set({ delisted_on: null }).where('id', '=', project.id).execute()
  await tx.updateTable('cases').set({ stage: 'controlled', closed_at: null, outcome: null }).where('id', '=', project.id).execute()
  await assignLead(tx, { caseId: project.id, unitId: project.unitId, officerId: project.officerId, at: ctx.now, endedAs: 'reassigned', note: input.why.slice(0, 500) })
  await extendMonths(tx, null, project.id)
  await record(tx, ctx, 'project.relisted', { caseId: project.id, fromStage: 'closed', toStage: 'controlled' })
  return done()
}, { permission: 'control.manage' })
