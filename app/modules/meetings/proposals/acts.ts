import { z } from 'zod'
import { act, type StaffContext } from '../../../core/act.ts'
import { assignLead } from '../../../core/cases/assign.ts'
import { drawCaseNumber } from '../../../core/cases/numbers.ts'
import { insertCase } from '../../../core/cases/open.ts'
import type { Upload } from '../../../core/documents/accept.ts'
import type { Tx } from '../../../core/db.ts'
import { done, refusal, type Refusal } from '../../../core/errors.ts'
import { record } from '../../../core/events/record.ts'
import { keepFiles } from '../../../core/filing/supplement.tsx'
import { indexCase } from '../../../core/search/search.ts'
import { findBody, isInForce } from '../bodies.ts'
import { meetingKind, proposalKind, proposalPrefix } from '../schema.ts'
import { close, lockOwn, type Proposal } from './proposal.ts'

const fields = {
  section: z.enum(['report', 'discussion'], { error: '請選擇報告或討論' }),
  title: z.string().trim().min(4, '請填案由').max(200, '案由最多 200 個字'),
  reason: z.string().trim().min(4, '請寫說明').max(20_000, '最多 20,000 個字'),
  proposal: z.string().trim().max(5000, '最多 5,000 個字').default(''),
  files: z.custom<Upload[]>(Array.isArray).default([]),
  next: z.enum(['draft', 'submit']).default('draft'),
}
const name = z.string().min(1).max(40)

/** A discussion asks the meeting for something; a report does not. */
const refuseEmpty = (input: { section: string; proposal: string }): Refusal | null => (input.section === 'discussion' && input.proposal.length < 2 ? refusal('proposal.wanted', '討論事項要寫擬辦：請會議決定什麼', { field: 'proposal' }) : null)

/** 提案單: a unit's proposal to a body, kept as a draft or handed in. */
export const propose = act('meetings.propose', z.object({ body: z.string().max(40), ...fields }), async (tx, ctx, input) => {
  const body = await findBody(tx, input.body)
  if (body.caseKind !== meetingKind || !isInForce(body, ctx.today)) return refusal('proposal.body', '這個會議體不收提案', { field: 'body' })
  const no = refuseEmpty(input)
  if (no) return no
  const unitId = ctx.person.posts[0]?.unitId ?? null
  const number = await drawCaseNumber(tx, proposalKind, proposalPrefix, ctx.today)
  const id = await insertCase(tx, { kind: proposalKind, number, title: input.title, stage: 'draft', receivedAt: ctx.now, registeredAt: ctx.now })
  await tx.insertInto('meeting_proposals').values({ id, body_id: body.id, section: input.section, reason: input.reason, proposal: input.proposal, submitted_on: null }).execute()
  await assignLead(tx, { caseId: id, unitId, officerId: ctx.person.id, at: ctx.now, endedAs: 'reassigned' })
  await indexCase(tx, id, [input.title, input.reason, input.proposal])
  await record(tx, ctx, 'meeting-proposal.drafted', { caseId: id, toStage: 'draft', payload: { body: body.code } })
  await record(tx, ctx, 'meeting-proposal.registered', { caseId: id, payload: { number } })
  const kept = await keepFiles(tx, ctx, id, input.files, 'paper')
  if (kept) return { ...kept, field: 'files' }
  if (input.next === 'submit') await handIn(tx, ctx, id)
  return done({ number })
})

export const changeProposal = act('meetings.change-proposal', z.object({ name, ...fields }), async (tx, ctx, input) => {
  const proposal = await lockOwn(tx, ctx, input.name)
  const no = notDraft(proposal) ?? refuseEmpty(input)
  if (no) return no
  await tx.updateTable('cases').set({ title: input.title }).where('id', '=', proposal.id).execute()
  await tx.updateTable('meeting_proposals').set({ section: input.section, reason: input.reason, proposal: input.proposal }).where('id', '=', proposal.id).execute()
  await indexCase(tx, proposal.id, [input.title, input.reason, input.proposal])
  await record(tx, ctx, 'meeting-proposal.changed', { caseId: proposal.id })
  const kept = await keepFiles(tx, ctx, proposal.id, input.files, 'paper')
  if (kept) return { ...kept, field: 'files' }
  if (input.next === 'submit') await handIn(tx, ctx, proposal.id)
  return done()
}, { permission: 'meetings.propose' })

/** Back to the unit while it is on no agenda: to be changed, or for good. */
export const pullBack = act('meetings.pull-back', z.object({ name, how: z.enum(['draft', 'withdraw'], { error: '請選擇改寫或撤回' }) }), async (tx, ctx, input) => {
  const proposal = await lockOwn(tx, ctx, input.name)
  if (proposal.stage === 'on-agenda') return refusal('proposal.on-agenda', '已經排入議程，請先由幕僚單位移出議程')
  if (proposal.stage === 'closed') return refusal('proposal.closed', '這件提案已經結案')
  if (input.how === 'withdraw') {
    await close(tx, ctx, proposal.id, proposal.stage, 'withdrawn')
    return done()
  }
  if (proposal.stage === 'draft') return refusal('proposal.draft', '這件提案還沒有提送')
  await tx.updateTable('cases').set({ stage: 'draft' }).where('id', '=', proposal.id).execute()
  await tx.updateTable('meeting_proposals').set({ submitted_on: null }).where('id', '=', proposal.id).execute()
  await record(tx, ctx, 'meeting-proposal.pulled-back', { caseId: proposal.id, fromStage: 'submitted', toStage: 'draft' })
  return done()
}, { permission: 'meetings.propose' })

const notDraft = ({ stage }: Proposal): Refusal | null => (stage === 'draft' ? null : refusal('proposal.submitted', '已經提送，抽回後才能改'))

async function handIn(tx: Tx, ctx: StaffContext, id: number): Promise<void> {
  await tx.updateTable('cases').set({ stage: 'submitted' }).where('id', '=', id).execute()
  await tx.updateTable('meeting_proposals').set({ submitted_on: ctx.today }).where('id', '=', id).execute()
  await record(tx, ctx, 'meeting-proposal.submitted', { caseId: id, fromStage: 'draft', toStage: 'submitted' })
}
