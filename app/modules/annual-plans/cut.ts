import { sql } from 'kysely'
import { z } from 'zod'
import { cutAt } from '../../client/cut.ts'
import { act } from '../../core/act.ts'
import type { Reader } from '../../core/db.ts'
import { dayField } from '../../core/day-fields.ts'
import { done, NotFound, refusal } from '../../core/errors.ts'
import { record } from '../../core/events/record.ts'
import { parseTwd } from '../../core/money.ts'
import { dayOf, rocDay } from '../../core/time.ts'
import { type SetItem, writeSet } from './decision-set.ts'
import { closeProposal } from './propose.ts'
import { lockForStaff } from './proposal.ts'
import type { PinDecision } from './schema.ts'
import './tables.ts'

const because = z.string().trim().min(4, '請寫下理由').max(2000, '最多 2,000 個字')
const meetingField = z.string().trim().min(2, '請填會議名稱').max(100, '最多 100 個字')
export const reviewMeeting = '施政計畫先期作業審查會議'

export type Ranked = { id: number; number: string; title: string; unit: string | null; unitId: number | null; priority: number; askedTwd: number; twd: number; score: number | null; reviews: number; pin: PinDecision | null; pinReason: string | null; pinnedBy: string | null }

/** Proposals that wait for the decision, in the computed order: mean of the reviews' scores, then the unit's own order, then number; what nobody scored comes last. `twd` is the advised amount, else what was asked. */
export async function findRanked(reader: Reader, roundId: number): Promise<Ranked[]> {
  const { rows } = await sql<Ranked>`
    select c.id, c.number, c.title, u.name as unit, c.unit_id as "unitId", p.priority, p.asked_twd as "askedTwd", coalesce(p.advised_twd, p.asked_twd) as twd, round(v.score, 3)::float8 as score, v.reviews, k.decision as pin, k.reason as "pinReason", w.name as "pinnedBy"
    from plan_proposals p join cases c on c.id = p.id and c.stage = 'complete' left join units u on u.id = c.unit_id
    left join lateral (select avg(score) as score, count(*)::int as reviews from plan_reviews r where r.case_id = p.id) v on true left join plan_pins k on k.case_id = p.id left join people w on w.id = k.person_id
    where p.round_id = ${roundId} order by v.score desc nulls last, p.priority, c.number`.execute(reader)
  return rows
}

/** 調整: the meeting puts one in or out whatever the order says; the reason stays visible. `none` takes it back. */
export const pinProposal = act('annual-plans.pin', z.object({ name: z.string().min(1).max(40), pin: z.enum(['in', 'out', 'none'], { error: '請選擇調整方式' }), why: z.string().trim().max(2000, '最多 2,000 個字').default('') }), async (tx, given, input) => {
  const { proposal, ctx } = await lockForStaff(tx, given, input.name, 'annual-plans.decide')
  if (proposal.stage !== 'complete') return refusal('plan.stage', proposal.stage === 'closed' ? '這件已經審定' : '這件還沒有檢查完成')
  if (input.pin !== 'none' && input.why.length < 4) return refusal('plan.why', '請寫下調整的理由', { field: 'why' })
  await tx.deleteFrom('plan_pins').where('case_id', '=', proposal.id).execute()
  if (input.pin !== 'none') await tx.insertInto('plan_pins').values({ case_id: proposal.id, decision: input.pin, reason: input.why, person_id: ctx.person.id, pinned_at: ctx.now }).execute()
  await record(tx, ctx, 'plan-proposal.pinned', { caseId: proposal.id, payload: { pin: input.pin } })
  return done()
}, { permission: 'annual-plans.decide' })

const Accept = z.object({
  year: z.coerce.number().int(),
  ceiling: z.string().trim().transform((text, check) => parseTwd(text) ?? (check.addIssue({ code: 'custom', message: '請填經費上限，例如 85億 或 8,500,000,000' }), 0)),
  meeting: meetingField,
  meetingOn: dayField('請填會議日期，例如 110/8/25'),
})

/** The accepted cut: every proposal of the round is decided, and the whole list is kept as one signed set. Cannot be taken back; one that was left out can be admitted later. */
export const acceptCut = act('annual-plans.accept-cut', Accept, async (tx, ctx, input) => {
  const round = await tx.selectFrom('plan_rounds').select(['id', 'opened_at as openedAt']).where('roc_year', '=', input.year).forUpdate().executeTakeFirst()
  if (!round) throw new NotFound('還沒有這個年度的先期作業')
  if (input.meetingOn > ctx.today) return refusal('plan-cut.meeting', '會議日期在今天以後', { field: 'meetingOn' })
  if (input.meetingOn < dayOf(round.openedAt)) return refusal('plan-cut.meeting', `會議日期在先期作業開始（${rocDay(dayOf(round.openedAt))}）以前`, { field: 'meetingOn' })
  if (await tx.selectFrom('plan_cuts').select('id').where('round_id', '=', round.id).where('kind', '=', 'cut').executeTakeFirst()) return refusal('plan-cut.exists', `${input.year} 年度已經審定；要補列請在那一件辦理`)
  await sql`select c.id from cases c join plan_proposals p on p.id = c.id where p.round_id = ${round.id} order by c.id for update of c`.execute(tx)
  const { rows: [waiting] } = await sql<{ n: number }>`select count(*)::int as n from plan_proposals p join cases c on c.id = p.id where p.round_id = ${round.id} and c.stage in ('submitted', 'returned')`.execute(tx)
  if (waiting!.n > 0) return refusal('plan-cut.waiting', `還有 ${waiting!.n} 件待檢查或補正，檢查完或撤回後才能審定`)
  const items = await decisionsAt(tx, round.id, input.ceiling)
  if (!items.length) return refusal('plan-cut.none', '沒有可以審定的提報')
  const pinned = items.filter(({ decision, reason }) => decision === 'in' && reason).reduce((sum, { twd }) => sum + twd, 0)
  if (pinned > input.ceiling) return refusal('plan-cut.pinned', '指定納入的合計已超過經費上限', { field: 'ceiling' })
  const set = await writeSet(tx, { roundId: round.id, year: input.year, kind: 'cut', ceilingTwd: input.ceiling, meeting: input.meeting, meetingOn: input.meetingOn, items, personId: ctx.person.id, at: ctx.now })
  for (const { caseId, decision, reason } of items) {
    await closeProposal(tx, ctx, caseId, decision === 'in' ? 'admitted' : 'not-admitted', reason)
    await record(tx, ctx, 'plan-proposal.decided', { caseId, fromStage: 'complete', toStage: 'closed', payload: { outcome: decision === 'in' ? 'admitted' : 'not-admitted', set: set.id } })
  }
  const within = items.filter(({ decision }) => decision === 'in').length
  await record(tx, ctx, 'plan-cut.accepted', { payload: { year: input.year, set: set.id, sha256: set.sha256, ceilingTwd: input.ceiling, within, out: items.length - within } })
  return done({ within, out: items.length - within })
}, { permission: 'annual-plans.decide', stepUp: true })

/** Each proposal of the round under a ceiling: what the order says, what is decided, why. */
export async function decisionsAt(reader: Reader, roundId: number, ceilingTwd: number): Promise<SetItem[]> {
  const ranked = await findRanked(reader, roundId)
  const cut = cutAt(ranked, ceilingTwd)
  return ranked.map(({ id, number, score, twd, pin, pinReason }, i) => {
    const decision: PinDecision = cut.within[i] ? 'in' : 'out'
    const computed: PinDecision = pin === null ? decision : cut.byOrder[i] ? 'in' : 'out'
    const reason = pinReason ?? (decision === 'out' ? `審查序位第 ${i + 1}，累計經費超過上限` : '')
    return { caseId: id, number, position: i + 1, score, twd, computed, decision, reason }
  })
}

/** 補列: one that was left out is admitted by a later decision, which is a signed set of its own. */
export const admitLater = act('annual-plans.admit-later', z.object({ name: z.string().min(1).max(40), meeting: meetingField, meetingOn: dayField('請填決定日期，例如 110/9/15'), why: because }), async (tx, given, input) => {
  const { proposal, ctx } = await lockForStaff(tx, given, input.name, 'annual-plans.decide')
  const { rows: [it] } = await sql<{ outcome: string | null; closedAt: Date | null; twd: number }>`select c.outcome, c.closed_at as "closedAt", coalesce(p.advised_twd, p.asked_twd) as twd from cases c join plan_proposals p on p.id = c.id where c.id = ${proposal.id}`.execute(tx)
  if (it!.outcome !== 'not-admitted') return refusal('plan.not-left-out', '這件不是未納入的提報，不能補列')
  if (input.meetingOn > ctx.today) return refusal('plan-cut.meeting', '決定日期在今天以後', { field: 'meetingOn' })
  if (input.meetingOn < dayOf(it!.closedAt!)) return refusal('plan-cut.meeting', `決定日期在審定（${rocDay(dayOf(it!.closedAt!))}）以前`, { field: 'meetingOn' })
  const item: SetItem = { caseId: proposal.id, number: proposal.number, position: 1, score: null, twd: it!.twd, computed: 'out', decision: 'in', reason: input.why }
  const set = await writeSet(tx, { roundId: proposal.roundId, year: proposal.year, kind: 'later', ceilingTwd: null, meeting: input.meeting, meetingOn: input.meetingOn, items: [item], personId: ctx.person.id, at: ctx.now })
  await tx.updateTable('cases').set({ outcome: 'admitted', closed_at: ctx.now }).where('id', '=', proposal.id).execute()
  // why it is so now; why it was left out stands in the first set
  await sql`update assignments set note = ${input.why.slice(0, 500)} where id = (select max(id) from assignments where case_id = ${proposal.id} and role = 'lead' and ended_as = 'closed')`.execute(tx)
  await record(tx, ctx, 'plan-proposal.admitted-later', { caseId: proposal.id, payload: { set: set.id, sha256: set.sha256 } })
  return done()
}, { permission: 'annual-plans.decide', stepUp: true })
