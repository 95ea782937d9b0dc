import { z } from 'zod'
import { act, type ActContext, type StaffContext } from '../../core/act.ts'
import { computeDeadline } from '../../core/clocks/index.ts'
import { officeCounty } from '../../core/clocks/office-county.ts'
import type { Tx } from '../../core/db.ts'
import { done, refusal, type Refusal } from '../../core/errors.ts'
import { record } from '../../core/events/record.ts'
import { indexCase } from '../../core/search/search.ts'
import { type Day, dayOf, rocDay, startOf } from '../../core/time.ts'
import { type LockedAppeal, lockForStaff } from './appeal.ts'
import { annulIssued } from './decision/approve.ts'
import { decisionRule, endDecisionClock, endSideClocks, meetSideClock, recomputeDecision, startClocks, startSideClock } from './handling/clocks.ts'
import { namedDay, optionalDay } from '../../core/day-fields.ts'
import { writeLetters } from './letters/write.ts'
import { refuseSuccessor, succeed, type Successor, successorShape } from './parties/succeed.ts'
import { travelDaysOf, travelOf } from './rules.ts'
import type { Outcome, Stage } from './schema.ts'
import { isOwn, refuseStep, type StepId, stepOf, steps } from './steps.ts'
import './tables.ts'

export const StepInput = z.object({
  name: z.string().min(1).max(40),
  on: namedDay('發生的日期'),
  documentNo: z.string().trim().max(100, '文號最多 100 個字').optional(),
  note: z.string().trim().max(4000, '最多 4,000 個字').optional(),
  asked: z.string().trim().max(4000, '最多 4,000 個字').optional(),
  paper: z.string().trim().max(100_000, '最多 100,000 個字').optional(),
  months: z.coerce.number().int().min(1, '最少一個月').max(2, '最長二個月').optional(),
  authority: z.string().trim().max(60, '最多 60 個字').optional(),
  other: z.string().trim().max(40).optional(),
  meeting: z.string().trim().max(300, '最多 300 個字').optional(),
  ceased: optionalDay(),
  place: z.string().trim().max(200, '最多 200 個字').optional(),
  signature: z.enum(['yes', 'no']).optional(),
  ...successorShape,
  present: z.string().trim().max(2000, '最多 2,000 個字').optional(),
})
export type StepValues = z.output<typeof StepInput>

/** One act a step; the table of steps.ts refuses what cannot be. */
export const stepActs = Object.fromEntries((Object.keys(steps) as StepId[]).map((id) => [id, stepAct(id)])) as Record<StepId, ReturnType<typeof stepAct>>

function stepAct(id: StepId) {
  return act(`appeals.${id}`, StepInput, (tx, ctx, input) => takeStep(tx, ctx, id, input), { permission: stepOf(id).permission, ...(stepOf(id).stepUp ? { stepUp: true as const } : {}) })
}

async function takeStep(tx: Tx, given: StaffContext, id: StepId, input: StepValues) {
  const { appeal, ctx } = await lockForStaff(tx, given, input.name, stepOf(id).permission)
  if (input.on > ctx.today) return refusal('appeal.future', '日期在今天以後，發生了再登錄', { field: 'on' })
  if (input.on < dayOf(appeal.receivedAt)) return refusal('appeal.before', `日期在收件（${rocDay(dayOf(appeal.receivedAt))}）以前`, { field: 'on' })
  const no = refuseMissing(id, input, appeal) ?? refuseStep(id, appeal, input.on) ?? refuseCeased(input)
  if (no) return no
  if (stepOf(id).asks?.includes('successor')) {
    const wrong = await refuseSuccessor(tx, appeal, input, input.on)
    if (wrong) return wrong
  }
  const other = input.other ? await findOther(tx, ctx, input.other, appeal) : null
  if (other && 'refused' in other) return other
  const stage = await perform(tx, ctx, id, appeal, { ...input, otherId: other?.id ?? null })
  return done({ stage })
}

const asks: Record<string, [field: keyof StepValues, message: string]> = {
  asked: ['asked', '請寫下要補正的事項'], months: ['months', '請填延長幾個月'], authority: ['authority', '請填管轄機關'], other: ['other', '請填要合併的案號'],
  paper: ['paper', '請寫下書狀的內容或摘要'], meeting: ['meeting', '請填時間和地點'], ceased: ['ceased', '請填原因消滅的日期，例如 110/4/1'], place: ['place', '請填辯論的處所'], present: ['present', '請填到場的人'], signature: ['signature', '請選擇訴願人或代理人簽名或蓋章了沒有'],
}

function refuseMissing(id: StepId, input: StepValues, { signed }: Pick<LockedAppeal, 'signed'>): Refusal | null {
  const step = stepOf(id)
  if (step.because && !input.note) return refusal('appeal.reason', '請寫下理由', { field: 'note' })
  for (const ask of step.asks ?? []) {
    if (ask === 'successor') continue // asked of the parties, below
    const [field, message] = asks[ask]!
    if (ask === 'signature' && signed) continue
    if (!input[field]) return refusal(`appeal.${ask}`, message, { field })
  }
  return null
}

/** What ended later than it was asked for is no cause of the delay. */
function refuseCeased({ ceased, on }: StepValues): Refusal | null {
  return ceased && ceased > on ? refusal('appeal.ceased', '原因消滅的日期在申請以後', { field: 'ceased', law: '訴願法 §15 I' }) : null
}

async function findOther(tx: Tx, ctx: StaffContext, number: string, appeal: LockedAppeal): Promise<{ id: number } | Refusal> {
  if (number === appeal.number) return refusal('appeal.itself', '不能和自己合併', { field: 'other' })
  const found = await lockForStaff(tx, ctx, number, 'appeals.handle').catch(() => null)
  if (!found) return refusal('appeal.no-other', `找不到「${number}」`, { field: 'other' })
  if (found.appeal.stage === 'closed' || found.appeal.stage === 'decided') return refusal('appeal.other-ended', `「${number}」已經決定或結案`, { field: 'other' })
  if (found.appeal.joinedTo !== null) return refusal('appeal.other-joined', `「${number}」已經併到別的案件，請填那一件的案號`, { field: 'other' })
  return { id: found.appeal.id }
}

export type Performed = Omit<StepValues, 'name' | 'ceased' | keyof Successor> & Partial<Successor> & { ceased?: Day | null; otherId?: number | null }

/** Writes the step, moves the case, lets the right clocks run and the letters go out. Gives the stage the case has now. */
export async function perform(tx: Tx, ctx: ActContext, id: StepId, appeal: LockedAppeal, input: Performed): Promise<Stage> {
  const step = stepOf(id)
  const stage = typeof step.to === 'function' ? step.to(appeal) : (step.to ?? appeal.stage)
  await tx.insertInto('appeal_steps').values({ case_id: appeal.id, step: id, happened_on: input.on, document_no: input.documentNo || null, note: noteOf(input), person_id: ctx.person?.id ?? null }).execute()
  if (step.paper && input.paper) await keepPaper(tx, appeal, step.paper, paperOf(input), input.on)
  await factsAndClocks(tx, ctx, id, appeal, input)
  await tx.updateTable('cases').set({ stage }).where('id', '=', appeal.id).execute()
  await record(tx, ctx, `appeal.${id}`, { caseId: appeal.id, fromStage: appeal.stage, toStage: stage, payload: { on: input.on, ...(input.months ? { months: input.months } : {}), ...(input.otherId ? { other: input.otherId } : {}) } })
  if (stage === 'closed') await closeAppeal(tx, ctx, { id: appeal.id, stage: appeal.stage }, step.outcome!)
  if (step.tells) await tellOf(tx, ctx, id, appeal, input)
  return stage
}

/** 審議規則 §16: place, who was there and the gist; the day and the matter are the case's own. */
const paperOf = ({ paper, place, present }: Performed): string => (place ? `處所：${place}\n到場：${present}\n\n${paper}` : paper!)

const noteOf = ({ note, asked, authority, meeting }: Performed): string | null => [asked, authority && `管轄機關：${authority}`, meeting, note].filter(Boolean).join('\n') || null

async function keepPaper(tx: Tx, appeal: LockedAppeal, kind: NonNullable<ReturnType<typeof stepOf>['paper']>, text: string, on: StepValues['on']): Promise<void> {
  await tx.insertInto('appeal_papers').values({ case_id: appeal.id, kind, text, received_on: on }).execute()
  await reindex(tx, appeal.id)
}

/** The case's title, its claims and every paper, for the search. */
export async function reindex(tx: Tx, caseId: number): Promise<void> {
  const { title } = await tx.selectFrom('cases').select('title').where('id', '=', caseId).executeTakeFirstOrThrow()
  const detail = await tx.selectFrom('appeals').select(['agency', 'disposition_no']).where('id', '=', caseId).executeTakeFirstOrThrow()
  const claims = await tx.selectFrom('appeal_claims').select('text').where('case_id', '=', caseId).execute()
  const papers = await tx.selectFrom('appeal_papers').select('text').where('case_id', '=', caseId).execute()
  await indexCase(tx, caseId, [title, detail.agency, detail.disposition_no, ...claims.map(({ text }) => text), ...papers.map(({ text }) => text)])
}

/** Closes an appeal: outcome, clocks ended, assignment ended, event `appeal.closed`. `stage`: the one it comes from; `about`: more for the event. */
export async function closeAppeal(tx: Tx, ctx: ActContext, appeal: { id: number; stage: Stage }, outcome: Outcome, about: object = {}): Promise<void> {
  await endDecisionClock(tx, appeal.id, ctx.now)
  await endSideClocks(tx, appeal.id, ctx.now)
  await tx.updateTable('cases').set({ stage: 'closed', closed_at: ctx.now, outcome }).where('id', '=', appeal.id).execute()
  await tx.updateTable('assignments').set({ until_at: ctx.now, ended_as: 'closed' }).where('case_id', '=', appeal.id).where('until_at', 'is', null).execute()
  await record(tx, ctx, 'appeal.closed', { caseId: appeal.id, fromStage: appeal.stage, toStage: 'closed', payload: { outcome, ...about } })
}

/** What each step does besides moving the case: the facts it leaves, and the clocks of rules.md §2.2. */
async function factsAndClocks(tx: Tx, ctx: ActContext, id: StepId, appeal: LockedAppeal, { on, months, otherId, authority, ceased, signature, ...more }: Performed): Promise<void> {
  const set = (values: object) => tx.updateTable('appeals').set(values).where('id', '=', appeal.id).execute()
  const at = startOf(on)
  switch (id) {
    case 'petition-received':
      await set({ petition_on: on })
      await meetSideClock(tx, appeal.id, 'appeal-supplement-30d', at)
      // 審議規則 §6 I: with its reasons the county's own answer is due in twenty days, no longer the paper alone in ten
      if (isOwn(appeal)) await startClocks(tx, appeal.id, 'corrected', ctx.now)
      await recomputeDecision(tx, appeal.id, 'corrected', ctx.now)
      return
    case 'corrected':
      await set({ corrected_on: on, ...(signature === 'yes' ? { signed: true } : {}) })
      await meetSideClock(tx, appeal.id, 'appeal-correction-20d', at)
      if (appeal.stage === 'decided') await annulDecision(tx, ctx, appeal)
      await recomputeDecision(tx, appeal.id, 'corrected', ctx.now)
      return
    case 'forward': case 'return-defence':
      await set(id === 'forward' ? { forwarded_on: on } : { agency_reply: null, agency_replied_on: null })
      await startSideClock(tx, appeal.id, 'appeal-agency-reply-20d', on)
      return
    case 'defended': case 'agency-revoked': case 'agency-changed': case 'agency-silent':
      await set({ agency_reply: replies[id], agency_replied_on: on })
      await meetSideClock(tx, appeal.id, 'appeal-agency-reply-20d', at)
      return
    case 'reasons':
      await set({ last_reasons_on: on })
      await recomputeDecision(tx, appeal.id, 'corrected', ctx.now)
      return
    case 'extend':
      await set({ extension_months: months })
      await recomputeDecision(tx, appeal.id, 'extension', ctx.now)
      return
    case 'suspend':
      await set({ suspended_on: on, suspended_from: appeal.stage })
      await recomputeDecision(tx, appeal.id, 'pause', ctx.now)
      return
    case 'resume':
      await set({ suspended_on: null, suspended_from: null, resumed_on: on })
      await recomputeDecision(tx, appeal.id, 'resume', ctx.now)
      return
    case 'ask-restitution':
      await set({ restitution: 'asked', restitution_asked_on: on, restitution_until: restitutionUntil(appeal, ceased!) })
      return
    case 'grant-restitution': case 'refuse-restitution':
      await set({ restitution: id === 'grant-restitution' ? 'granted' : 'refused' })
      return
    case 'ask-hearing': case 'grant-hearing': case 'refuse-hearing': case 'oral-held':
      await set({ oral: hearings[id] })
      return
    case 'ask-inspection':
      await startSideClock(tx, appeal.id, 'appeal-file-access-10d', on)
      return
    case 'grant-inspection': case 'refuse-inspection':
      await meetSideClock(tx, appeal.id, 'appeal-file-access-10d', at)
      return
    case 'party-died':
      await startSideClock(tx, appeal.id, 'appeal-succession-30d', on, travelOf({ residence: appeal.residence, seat: officeCounty, representativeAtSeat: appeal.representativeAtSeat }))
      return
    case 'succeeded':
      await meetSideClock(tx, appeal.id, 'appeal-succession-30d', at)
      await succeed(tx, ctx, appeal, more as Successor, on)
      return
    case 'allow-assignment':
      await succeed(tx, ctx, appeal, more as Successor, on)
      return
    case 'join': case 'separate':
      await set({ joined_to: otherId ?? null })
      return
    case 'transfer': case 'own-forwarded': case 'own-defended': case 'own-revised':
      await set({ authority, ours: false })
      return
    default:
      return
  }
}

const replies = { defended: 'defended', 'agency-revoked': 'revoked', 'agency-changed': 'changed', 'agency-silent': 'silent' } as const
const hearings = { 'ask-hearing': 'asked', 'grant-hearing': 'granted', 'refuse-hearing': 'refused', 'oral-held': 'held' } as const

/** The last day to ask for 回復原狀: ten days after the cause ended, a year after the missed day at most (訴願法 §15 I). */
function restitutionUntil(appeal: LockedAppeal, ceased: Day): Day | null {
  const answer = computeDeadline('appeal-restitution-10d', ceased, { ...(appeal.filingDueOn ? { missedOn: appeal.filingDueOn } : {}), ...travelOf({ residence: appeal.residence, seat: officeCounty, representativeAtSeat: appeal.representativeAtSeat }) })
  return answer.kind === 'due' ? answer.day : null
}

/** 審議規則 §24: corrected before the originals went out, the decision of non-acceptance is annulled and the appeal is taken up. */
async function annulDecision(tx: Tx, ctx: ActContext, appeal: LockedAppeal): Promise<void> {
  await tx.updateTable('appeal_claims').set({ outcome: null, basis: null, then_what: null, remand_days: null }).where('case_id', '=', appeal.id).execute()
  await tx.updateTable('appeals').set({ decided_on: null, decision: null, decision_no: null }).where('id', '=', appeal.id).execute()
  await annulIssued(tx, ctx, appeal.id)
  await record(tx, ctx, 'appeal.decision-annulled', { caseId: appeal.id, payload: { decidedOn: appeal.decidedOn } })
}

async function tellOf(tx: Tx, ctx: ActContext, id: StepId, appeal: LockedAppeal, input: Performed): Promise<void> {
  const { kind, whom, arrived } = stepOf(id).tells!
  const clock = await tx.selectFrom('case_clocks').select(['due_on', 'explanation']).where('case_id', '=', appeal.id).where('main', '=', true).where('rule', '=', decisionRule).executeTakeFirst()
  const said = { note: input.note ?? null, asked: input.asked, authority: input.authority, meeting: input.meeting ?? null, dueOn: clock?.due_on ?? null, reasons: clock?.explanation ?? [], refused: id.startsWith('refuse'), ...(kind === 'correction' ? { travelDays: travelDaysOf(appeal) } : {}), ...(id === 'end-stay' ? { ended: true } : {}), ...(id === 'own-defended' ? { defence: input.paper! } : id === 'own-revised' ? { revised: true } : {}) }
  await writeLetters(tx, ctx, appeal, kind, whom, said, input.documentNo || null, arrived ? input.on : null)
}
