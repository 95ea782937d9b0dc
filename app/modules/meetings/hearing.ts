import { sql } from 'kysely'
import type { StaffContext } from '../../core/act.ts'
import { casePath } from '../../core/cases/case-kinds.ts'
import type { DecidedItem, Hearing } from '../../core/committees/hearing.ts'
import { approveMinutes } from '../../core/committees/hold.ts'
import { commonActs } from '../../core/committees/routes.tsx'
import type { Reader, Tx } from '../../core/db.ts'
import { done, isRefusal, NotFound, refusal, type Refusal, type Result } from '../../core/errors.ts'
import type { Person } from '../../core/identity/permissions.ts'
import { type Day, rocDay } from '../../core/time.ts'
import { carryOutDecisions, directiveLines, refuseCancelWithDirectives } from '../directives/index.ts'
import { carryCountyDecision, type CountyDecision, findForCountyMeeting, lockForCountyMeeting } from '../regulations/index.ts'
import { isInForce } from './bodies.ts'
import { visibleTo } from './meeting.ts'
import { listPath, meetingPath } from './paths.ts'
import { carryDecision, findSubmitted, lockSubmitted, place } from './proposals/proposal.ts'
import { decisions, decisionsFor, meetingKind, meetingPrefix, proposalKind, proposalPrefix, sections } from './schema.ts'
import './tables.ts'

/** Meetings of every body. Which body decides its name, who sits and who may call; see call.ts. */
export const hearing: Hearing = {
  kind: meetingKind, prefix: meetingPrefix, label: '會議', itemLabel: '議案', path: listPath, read: 'meetings.read', manage: 'meetings.manage',
  committee: null,
  decisions,
  grounds: ['relative', 'joint-interest', 'bias'],
  visibleTo,
  itemPath: (number) => casePath(number.startsWith('法') ? 'regulation' : number.startsWith(proposalPrefix) ? proposalKind : meetingKind, number) ?? meetingPath(number),
  eligible: () => Promise.resolve([]),
  lockItem: (tx, _ctx, number) => lockItem(tx, number),
  carryOut: (tx, ctx, item) => carryOut(tx, ctx, item),
  onAgenda: async (tx, ctx, caseId, on) => {
    const { kind } = await tx.selectFrom('cases').select('kind').where('id', '=', caseId).executeTakeFirstOrThrow()
    if (kind === proposalKind) await place(tx, ctx, caseId, on)
  },
  refuseCancel: refuseCancelWithDirectives,
  refuseMove: moveTo,
  afterItems: async (tx, ctx, meeting) => { await carryOutDecisions(tx, ctx, meeting.id); return null },
  minutes: async (tx, meetingId) => ({ seat: '人員', sections, quiet: true, after: await directiveLines(tx, meetingId) }),
}

async function lockItem(tx: Tx, number: string): Promise<Result<{ id: number; title: string; section?: string }>> {
  const one = await tx.selectFrom('cases').select('kind').where('number', '=', number).executeTakeFirst()
  if (one?.kind === proposalKind) return lockSubmitted(tx, number)
  if (one?.kind !== 'regulation') return lockMinutes(tx, number)
  const bill = await lockForCountyMeeting(tx, number)
  return isRefusal(bill) ? bill : done({ ...bill.value, section: 'discussion' })
}

/** The minutes of an earlier meeting, to be confirmed in this one. */
async function lockMinutes(tx: Tx, number: string) {
  const found = await tx.selectFrom('cases as c').innerJoin('committee_meetings as m', 'm.id', 'c.id').select(['c.id', 'c.title', 'c.outcome', 'm.approved_on as approvedOn']).where('c.kind', '=', meetingKind).where('c.number', '=', number).forUpdate('c').executeTakeFirst()
  if (!found) throw new NotFound(`找不到 ${number}`)
  if (found.outcome !== 'held') return refusal('meeting.not-held', `${number} 還沒有紀錄可以確認`)
  if (found.approvedOn) return refusal('meeting.approved', `${number} 的紀錄已經確認`)
  return done({ id: found.id, title: found.title, section: 'minutes' })
}

/** The body must exist on the new day too; the last day for proposals moves by as many days. */
async function moveTo(tx: Tx, meetingId: number, on: Day): Promise<Refusal | null> {
  const body = await tx.selectFrom('meetings as h').innerJoin('meeting_bodies as b', 'b.id', 'h.body_id').select(['b.name', 'b.valid_from as validFrom', 'b.valid_until as validUntil']).where('h.id', '=', meetingId).executeTakeFirstOrThrow()
  if (!isInForce(body, on)) return refusal('body.ended', `${body.name}在 ${rocDay(on)} 不存在`, { field: 'newOn' })
  await sql`update meetings h set proposals_due_on = h.proposals_due_on + (${on}::date - m.held_on) from committee_meetings m where m.id = h.id and h.id = ${meetingId}`.execute(tx)
  return null
}

async function carryOut(tx: Tx, ctx: StaffContext, item: DecidedItem): Promise<Refusal | null> {
  const { kind } = await tx.selectFrom('cases').select('kind').where('id', '=', item.caseId).executeTakeFirstOrThrow()
  if (!(decisionsFor(kind, null) as string[]).includes(item.decision)) return refusal('meeting.decision', '這個議案不能作這種決議', { field: `decision-${item.id}` })
  if (kind === proposalKind) return carryDecision(tx, ctx, item)
  if (kind === 'regulation') return carryCountyDecision(tx, ctx, { number: item.number, decision: item.decision as CountyDecision, text: item.text, heldOn: item.meeting.heldOn, meeting: item.meeting.number })
  if (kind === meetingKind) {
    const locked = await lockMinutes(tx, item.number)
    if (!('value' in locked)) return locked
    await approveMinutes(tx, ctx, hearing, item.caseId, item.meeting.heldOn, [`${item.meeting.number} 確認`, item.text].filter(Boolean).join('：'))
  }
  return null
}

/** The last meeting of the body whose minutes nobody has confirmed yet, held before that day. */
export async function findUnconfirmed(reader: Reader, bodyId: number): Promise<{ number: string; title: string }[]> {
  return (await sql<{ number: string; title: string }>`
    select c.number, c.title from meetings b join committee_meetings m on m.id = b.id join cases c on c.id = b.id
    where b.body_id = ${bodyId} and c.outcome = 'held' and m.approved_on is null
      and not exists (select from committee_items i join cases x on x.id = i.meeting_id where i.case_id = c.id and x.stage = 'planned') order by m.held_on, c.id`.execute(reader)).rows
}

/** What could go on an agenda of the body now, besides minutes to confirm. */
export async function eligibleFor(reader: Reader, person: Person, body: { id: number; code: string }): Promise<{ number: string; title: string }[]> {
  const proposals = await findSubmitted(reader, body.id)
  if (body.code !== 'county_affairs') return proposals
  const [bills, planned] = [await findForCountyMeeting(reader, person), await sql<{ number: string }>`select c.number from committee_items i join cases c on c.id = i.case_id join cases m on m.id = i.meeting_id where c.kind = 'regulation' and m.kind = ${meetingKind} and m.stage = 'planned'`.execute(reader)]
  return [...bills.filter(({ number }) => !planned.rows.some((one) => one.number === number)), ...proposals]
}

export const acts = commonActs(hearing)
