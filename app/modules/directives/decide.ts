import { sql } from 'kysely'
import { z } from 'zod'
import { act, type ActContext } from '../../core/act.ts'
import type { Tx } from '../../core/db.ts'
import { optionalDay } from '../../core/day-fields.ts'
import { done, isRefusal, orNull, refusal, type Refusal } from '../../core/errors.ts'
import { record } from '../../core/events/record.ts'
import type { StepValues } from '../../core/procedure/step.ts'
import { type StepContext, takeStep } from '../../core/procedure/take-step.ts'
import type { Day } from '../../core/time.ts'
import { type DirectiveState, findDirective } from './directive.ts'
import { findMeeting, isLater, isWritten, type Meeting } from './meeting.ts'
import { type Decision, decisions, endings } from './schema.ts'
import { procedure } from './steps.ts'
import { tellIssued } from './tell.ts'
import './tables.ts'

const Decide = z.object({
  name: z.string().min(1).max(40),
  meeting: z.string().trim().min(1, '請選擇會議').max(40),
  decision: z.enum(Object.keys(decisions) as [Decision, ...Decision[]], { error: '請選擇決定' }),
  text: z.string().trim().max(2000, '最多 2,000 個字').default(''),
  dueOn: optionalDay('讀不出新的期限，請寫成 110/4/1 這樣'),
  unitId: z.preprocess((value) => value || null, z.coerce.number().int().positive().nullable()).default(null),
  into: z.string().trim().max(40).default(''),
})

/**
 * What a later meeting decides about a directive: the only way off the list, also for one that was wrong. While that meeting runs it is noted and may be
 * changed, and takes effect when the meeting ends; of a meeting that has ended it takes effect now.
 */
export const decideDirective = act('directives.decide', Decide, async (tx, ctx, input) => decideIn(tx, ctx, await findMeeting(tx, input.meeting, true), input))

const Many = z.object({ meeting: z.string().min(1).max(40), decisions: z.record(z.string(), z.string()).default({}), texts: z.record(z.string(), z.string()).default({}), dues: z.record(z.string(), z.string()).default({}) })

/** The same for many directives at once, by 案號; those without a decision stay as they are. */
export const decideMany = act('directives.decide-many', Many, async (tx, ctx, input) => {
  const meeting = await findMeeting(tx, input.meeting, true)
  const asked = Object.entries(input.decisions).filter(([, decision]) => decision !== '')
  for (const [name, decision] of asked) {
    const one = Decide.safeParse({ name, meeting: input.meeting, decision, text: input.texts[name] ?? '', dueOn: input.dues[name] ?? '' })
    const result = one.success ? await decideIn(tx, ctx, meeting, one.data) : refusal('input.invalid', one.error.issues[0]!.message, { field: one.error.issues[0]!.path.join('.') })
    if (isRefusal(result)) return { ...result, message: `${name}：${result.message}`, field: `${result.field === 'dueOn' ? 'due' : result.field === 'text' ? 'text' : 'decision'}-${name}` }
  }
  if (!asked.length) return refusal('directive.none', '還沒有選任何決定')
  return done({ count: asked.length })
}, { permission: 'directives.decide' })

async function decideIn(tx: Tx, ctx: ActContext, meeting: Meeting, input: z.output<typeof Decide>) {
  const state = await findDirective(tx, ctx.person, input.name, true)
  const first = await findMeeting(tx, state.meeting)
  const into = input.decision === 'merge' && input.into ? await orNull(findDirective(tx, ctx.person, input.into)) : null
  const unit = input.decision === 'reassign' && input.unitId ? await tx.selectFrom('units').select(['id', 'name']).where('id', '=', input.unitId).where('valid_until', 'is', null).executeTakeFirst() : null
  const no = refuseDecision(state, { first, later: meeting, today: ctx.today }, { ...input, hasUnit: Boolean(unit) && unit!.id !== state.unitId, into: into && { id: into.id, open: into.outcome === null } })
  if (no) return no
  const before = await tx.selectFrom('directive_decisions').select(['id', 'taken_at']).where('case_id', '=', state.id).where('meeting_id', '=', meeting.id).executeTakeFirst()
  if (before?.taken_at) return refusal('directive.decided', '這次會議對這件的決定已經生效，要更正請由之後的會議決定', { field: 'decision' })
  const values = { decision: input.decision, text: input.text, due_on: input.decision === 'new-due' ? input.dueOn : null, unit_id: unit?.id ?? null, into_id: into?.id ?? null, person_id: ctx.person?.id ?? null }
  if (before) await tx.updateTable('directive_decisions').set(values).where('id', '=', before.id).execute()
  else await tx.insertInto('directive_decisions').values({ case_id: state.id, meeting_id: meeting.id, taken_at: null, ...values }).execute()
  await record(tx, ctx, 'directive.decision-noted', { caseId: state.id, payload: { meeting: meeting.number, decision: input.decision } })
  if (meeting.outcome === 'held') await takeEffect(tx, ctx, meeting, state.id)
  return done({ pending: meeting.outcome !== 'held' })
}

type Judged = { decision: Decision; text: string; dueOn: Day | null; hasUnit: boolean; into: { id: number; open: boolean } | null }

/** Why a meeting cannot decide so: it is not a later one, or the decision lacks what it needs. */
export function refuseDecision(state: Pick<DirectiveState, 'id' | 'outcome' | 'stage' | 'orderedDueOn' | 'grade' | 'orderedOn'>, { first, later, today }: { first: Meeting; later: Meeting; today: Day }, input: Judged): Refusal | null {
  if (state.outcome) return refusal('directive.closed', '這件已經離開列管', { field: 'decision' })
  if (later.outcome === 'cancelled') return refusal('directive.cancelled', '這次會議取消了', { field: 'meeting' })
  if (later.heldOn > today) return refusal('directive.future', '開會日期還沒有到', { field: 'meeting' })
  if (!isLater(later, first)) return refusal('directive.not-later', `只有 ${first.title} 之後的會議能決定這件`, { field: 'meeting' })
  if (endings[input.decision] && state.stage !== 'checked' && input.text.length < 4) return refusal('directive.why', '沒有檢核通過的填報，請寫下會議為什麼這樣決定', { field: 'text' })
  if (input.decision === 'new-due' && (!input.dueOn || input.dueOn <= later.heldOn)) return refusal('directive.due', '請填新的期限，要在會議之後', { field: 'dueOn' })
  if (input.decision === 'to-own' && state.grade === 'own') return refusal('directive.grade', '這件已經是單位自行列管', { field: 'decision' })
  if (input.decision === 'to-county' && state.grade === 'county') return refusal('directive.grade', '這件已經是府列管', { field: 'decision' })
  if (input.decision === 'reassign' && !input.hasUnit) return refusal('directive.unit', '請選擇改由哪個單位主辦', { field: 'unitId' })
  if (input.decision === 'merge' && (!input.into || input.into.id === state.id || !input.into.open)) return refusal('directive.into', '請填併入哪一件，要是另一件列管中的指裁示', { field: 'into' })
  return null
}

/** Lets what was noted in a meeting take effect, and tells the units of its new directives. Called in the transaction that ends the meeting. */
export async function carryOutDecisions(tx: Tx, ctx: ActContext, meetingId: number): Promise<Refusal | null> {
  const { number } = await tx.selectFrom('cases').select('number').where('id', '=', meetingId).executeTakeFirstOrThrow()
  const meeting = await findMeeting(tx, number!)
  const noted = await tx.selectFrom('directive_decisions').select('case_id').where('meeting_id', '=', meetingId).where('taken_at', 'is', null).orderBy('id').execute()
  for (const { case_id: caseId } of noted) {
    const no = await takeEffect(tx, ctx, meeting, caseId)
    if (no) return no
  }
  await tellIssued(tx, ctx, meetingId)
  return null
}

/** One noted decision becomes a step of the directive, dated by the meeting. A directive that left the list meanwhile keeps its first decision. */
export async function takeEffect(tx: Tx, ctx: StepContext, meeting: Pick<Meeting, 'id' | 'number' | 'heldOn'>, caseId: number): Promise<Refusal | null> {
  const { rows } = await sql<{ name: string; decision: Decision; text: string; dueOn: Day | null; unit: string | null; into: string | null }>`
    select c.number as name, d.decision, d.text, d.due_on as "dueOn", u.name as unit, i.number as into
    from directive_decisions d join cases c on c.id = d.case_id left join units u on u.id = d.unit_id left join cases i on i.id = d.into_id where d.case_id = ${caseId} and d.meeting_id = ${meeting.id}`.execute(tx)
  const { name, decision, text, dueOn, unit, into } = rows[0]!
  const state = await findDirective(tx, null, name, true)
  if (state.outcome) return null
  await tx.updateTable('directive_decisions').set({ taken_at: ctx.now }).where('case_id', '=', caseId).where('meeting_id', '=', meeting.id).execute()
  const values: StepValues = { on: meeting.heldOn, documentNo: null, note: text || null, answers: { decision, meeting: meeting.number, dueOn, unit, into } }
  const taken = await takeStep(tx, ctx, procedure, 'decide', state, values)
  return isRefusal(taken) ? taken : null
}

/** A meeting that gave directives was held and is not cancelled; what it noted about others goes with it. */
export async function refuseCancelWithDirectives(tx: Tx, meetingId: number): Promise<Refusal | null> {
  const given = await tx.selectFrom('directives').select('id').where('meeting_id', '=', meetingId).limit(1).executeTakeFirst()
  if (given) return refusal('meeting.directives', '這次會議已經作成指裁示，不能取消')
  await tx.deleteFrom('directive_decisions').where('meeting_id', '=', meetingId).where('taken_at', 'is', null).execute()
  return null
}

/** A sentence of this meeting that was listed must go on standing in what is written of it: the directive is that sentence. */
export async function refuseLostSentence(tx: Tx, meetingNumber: string): Promise<Refusal | null> {
  const meeting = await findMeeting(tx, meetingNumber)
  const { rows } = await sql<{ number: string; sentence: string }>`select c.number, d.sentence from directives d join cases c on c.id = d.id where d.meeting_id = ${meeting.id}`.execute(tx)
  const lost = rows.find(({ sentence }) => !isWritten(sentence, meeting))
  return lost ? refusal('directive.lost-sentence', `「${lost.sentence}」已列管為 ${lost.number}，決議內容要留著這一句`) : null
}
