import { z } from 'zod'
import { act, type ActContext } from '../../core/act.ts'
import { addJoint, assignLead, jointUnitIds } from '../../core/cases/assign.ts'
import { drawCaseNumber } from '../../core/cases/numbers.ts'
import { beganAt, insertCase } from '../../core/cases/open.ts'
import type { Tx } from '../../core/db.ts'
import { optionalDay } from '../../core/day-fields.ts'
import { done, refusal, type Refusal } from '../../core/errors.ts'
import { record } from '../../core/events/record.ts'
import { lockFor } from '../../core/procedure/take-step.ts'
import { indexCase } from '../../core/search/search.ts'
import { type Kind, kinds, caseKind, numberPrefix } from './schema.ts'
import { procedure } from './steps.ts'
import './tables.ts'

const line = (what: string, max = 100) => z.string().trim().min(2, `請填${what}`).max(max, `最多 ${max} 個字`)
const Proposal = z.object({
  kind: z.enum(Object.keys(kinds) as [Kind, ...Kind[]], { error: '請選擇種類' }),
  title: line('計畫名稱'), ministry: line('中央部會'), programme: line('中央的計畫名稱'), summary: z.string().trim().max(5000, '最多 5,000 個字').default(''),
  unitId: z.coerce.number({ error: '請選擇提案單位' }).int().positive('請選擇提案單位'),
  joint: z.array(z.coerce.number().int().positive()).default([]),
})
/** With the day on which it began, which may lie before it is typed in; today when left out. */
const Opened = Proposal.extend({ openedOn: optionalDay() })
export type NewProposal = z.output<typeof Proposal>

/** Opens a proposal: who submits, who assists, which programme of which ministry. */
export const openProposal = act('proposals.open', Opened, async (tx, ctx, { openedOn, ...input }) => {
  const on = openedOn ?? ctx.today
  if (on > ctx.today) return refusal('proposal.future', '開始日期在今天以後', { field: 'openedOn' })
  const no = await refuseProposal(tx, input)
  if (no) return no
  const number = await drawCaseNumber(tx, caseKind, numberPrefix, on)
  await insertProposal(tx, ctx, { ...input, number, at: beganAt(on, ctx), importId: null })
  return done({ number })
}, { permission: 'proposals.manage' })

export async function insertProposal(tx: Tx, ctx: ActContext, one: NewProposal & { number: string; at: Date; importId: number | null }): Promise<number> {
  const id = await insertCase(tx, { kind: caseKind, number: one.number, title: one.title, stage: 'preparing', receivedAt: one.at, registeredAt: ctx.now, importId: one.importId })
  await tx.insertInto('proposals').values({ id, kind: one.kind, ministry: one.ministry, programme: one.programme, summary: one.summary, submitted_on: null, decided_on: null }).execute()
  await assignLead(tx, { caseId: id, unitId: one.unitId, at: one.at, endedAs: 'reassigned' })
  await addJoint(tx, { caseId: id, unitIds: one.joint, at: one.at })
  await indexCase(tx, id, [one.title, one.programme, one.ministry, one.summary])
  await record(tx, ctx, 'proposal.registered', { caseId: id, toStage: 'preparing', payload: { number: one.number, ...(one.importId === null ? {} : { import: one.importId }) } })
  return id
}

async function refuseProposal(tx: Tx, { unitId, joint }: NewProposal): Promise<Refusal | null> {
  if (joint.includes(unitId)) return refusal('proposal.joint', '提案單位不能又是協助單位', { field: 'joint' })
  const all = [...new Set([unitId, ...joint])]
  const found = await tx.selectFrom('units').select('id').where('id', 'in', all).execute()
  return found.length === all.length ? null : refusal('proposal.unit', '找不到這個單位', { field: 'unitId' })
}

/** Puts a proposal right. */
export const changeProposal = act('proposals.change', Proposal.extend({ name: z.string().min(1).max(40) }), async (tx, given, input) => {
  const { state, ctx } = await lockFor(procedure, tx, given, input.name, 'proposals.manage')
  if (state.stage === 'closed') return refusal('proposal.closed', '已有結果，要修改請先恢復辦理')
  const no = await refuseProposal(tx, input)
  if (no) return no
  await tx.updateTable('proposals').set({ kind: input.kind, ministry: input.ministry, programme: input.programme, summary: input.summary }).where('id', '=', state.id).execute()
  await tx.updateTable('cases').set({ title: input.title }).where('id', '=', state.id).execute()
  if (state.unitId !== input.unitId) await assignLead(tx, { caseId: state.id, unitId: input.unitId, at: ctx.now, endedAs: 'reassigned' })
  const gone = (await jointUnitIds(tx, state.id)).filter((unitId) => !input.joint.includes(unitId))
  if (gone.length) await tx.updateTable('assignments').set({ until_at: ctx.now, ended_as: 'returned' }).where('case_id', '=', state.id).where('role', '=', 'joint').where('until_at', 'is', null).where('unit_id', 'in', gone).execute()
  await addJoint(tx, { caseId: state.id, unitIds: input.joint, at: ctx.now })
  await indexCase(tx, state.id, [input.title, input.programme, input.ministry, input.summary])
  await record(tx, ctx, 'proposal.changed', { caseId: state.id, payload: { unit: input.unitId, joint: input.joint } })
  return done({ number: state.number! })
}, { permission: 'proposals.manage' })
