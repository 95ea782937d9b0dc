import { type RawBuilder, sql } from 'kysely'
import type { ActContext, StaffContext } from '../../../core/act.ts'
import { isWithinReach } from '../../../core/cases/readers.ts'
import type { DecidedItem } from '../../../core/committees/hearing.ts'
import type { Reader, Tx } from '../../../core/db.ts'
import { done, NotAllowed, NotFound, refusal, type Refusal, type Result } from '../../../core/errors.ts'
import { record } from '../../../core/events/record.ts'
import { may, type Person } from '../../../core/identity/permissions.ts'
import { type CaseFileRow, findCaseFiles } from '../../../core/procedure/case-files.ts'
import type { Day } from '../../../core/time.ts'
import { visibleTo as meetingVisibleTo } from '../meeting.ts'
import { proposalKind, type ProposalStage } from '../schema.ts'
import '../tables.ts'

/** SQL condition over an alias of cases: the proposer's unit, who keeps the bodies, and whoever sees a meeting on whose agenda it stands. */
export const visibleTo = (person: Person, alias = 'c'): RawBuilder<boolean> => sql<boolean>`(${isWithinReach(person, 'meetings.propose', alias)} or exists (
  select from committee_items placed join cases m on m.id = placed.meeting_id where placed.case_id = ${sql.ref(`${alias}.id`)} and ${meetingVisibleTo(person, 'm')})
  or exists (select from meeting_proposals mine join meeting_bodies kept on kept.id = mine.body_id where mine.id = ${sql.ref(`${alias}.id`)} and ${sql.ref(`${alias}.stage`)} <> 'draft' and kept.owner_unit_id = any(${unitsOf(person)}::bigint[])))`
const unitsOf = (person: Person): number[] => [...person.posts, ...person.deputyFor.flatMap(({ posts }) => posts)].flatMap(({ unitIds }) => unitIds)

export type Proposal = {
  id: number; number: string; title: string; stage: ProposalStage; outcome: string | null; unitId: number | null; unit: string | null; officerId: number | null; officer: string | null; body: string; bodyCode: string; bodyId: number
  section: 'report' | 'discussion'; reason: string; proposal: string; submittedOn: Day | null; closedAt: Date | null
}
const columns = sql`c.id, c.number, c.title, c.stage, c.outcome, c.unit_id as "unitId", u.name as unit, c.officer_id as "officerId", o.name as officer, b.name as body, b.code as "bodyCode", p.body_id as "bodyId", p.section, p.reason, p.proposal, p.submitted_on as "submittedOn", c.closed_at as "closedAt"`
const tables = sql`from cases c join meeting_proposals p on p.id = c.id join meeting_bodies b on b.id = p.body_id left join units u on u.id = c.unit_id left join people o on o.id = c.officer_id`

export type ProposalFile = Proposal & { files: CaseFileRow[]; meetings: { number: string; title: string; heldOn: Day; stage: string; decision: string | null; text: string }[] }

/** A proposal whole. Not found when the person may not see it. */
export async function findProposal(reader: Reader, person: Person, number: string): Promise<ProposalFile> {
  const found = (await sql<Proposal>`select ${columns} ${tables} where c.kind = ${proposalKind} and c.number = ${number} and ${visibleTo(person)}`.execute(reader)).rows[0]
  if (!found) throw new NotFound('找不到這件提案')
  const meetings = await sql<ProposalFile['meetings'][number]>`
    select m.number, m.title, g.held_on as "heldOn", m.stage, i.decision, i.decision_text as text from committee_items i join committee_meetings g on g.id = i.meeting_id join cases m on m.id = g.id
    where i.case_id = ${found.id} and ${meetingVisibleTo(person, 'm')} order by g.held_on, g.id`.execute(reader)
  return { ...found, files: await findCaseFiles(reader, found.id), meetings: meetings.rows }
}

/** Proposals this person may see, open ones unless `all`, the newest first. */
export async function findProposals(reader: Reader, person: Person, filter: { stage?: string | undefined; body?: string | undefined; all?: boolean; /** to bodies that these units keep (null: any) */ keptBy?: number[] | null | undefined }, before?: string): Promise<{ rows: Proposal[]; count: number; next: string | null }> {
  const parts: RawBuilder<unknown>[] = [sql`c.kind = ${proposalKind}`, visibleTo(person)]
  if (filter.stage) parts.push(sql`c.stage = ${filter.stage}`)
  else if (!filter.all) parts.push(sql`c.closed_at is null`)
  if (filter.body) parts.push(sql`b.code = ${filter.body}`)
  if (filter.keptBy) parts.push(sql`b.owner_unit_id = any(${filter.keptBy}::bigint[])`)
  const where = sql.join(parts, sql` and `)
  const { rows } = await sql<Proposal & { count: number }>`select ${columns}, (select count(*)::int ${tables} where ${where}) as count ${tables} where ${where} ${/^\d{1,15}$/.test(before ?? '') ? sql`and c.id < ${Number(before)}` : sql``} order by c.id desc limit 51`.execute(reader)
  return { rows: rows.slice(0, 50), count: rows[0]?.count ?? 0, next: rows.length > 50 ? String(rows[49]!.id) : null }
}

/** Holds a proposal for an act of its own unit. */
export async function lockOwn(tx: Tx, ctx: StaffContext, number: string): Promise<Proposal> {
  const found = (await sql<Proposal>`select ${columns} ${tables} where c.kind = ${proposalKind} and c.number = ${number} and ${visibleTo(ctx.person)} for update of c`.execute(tx)).rows[0]
  if (!found) throw new NotFound('找不到這件提案')
  if (!may(ctx.person, 'meetings.propose', found)) throw new NotAllowed('meetings.propose')
  return found
}

/** What waits for a meeting of the body. */
export async function findSubmitted(reader: Reader, bodyId: number): Promise<{ number: string; title: string }[]> {
  return (await sql<{ number: string; title: string }>`select c.number, c.title || '（' || coalesce(u.name, '') || '，' || to_char(p.submitted_on, 'FMMM/FMDD') || ' 提送）' as title ${tables} where p.body_id = ${bodyId} and c.stage = 'submitted' order by p.submitted_on, c.id`.execute(reader)).rows
}

/** The same for one, inside the act that puts it on an agenda. */
export async function lockSubmitted(tx: Tx, number: string): Promise<Result<{ id: number; title: string; section: string }>> {
  const found = (await sql<Proposal>`select ${columns} ${tables} where c.kind = ${proposalKind} and c.number = ${number} for update of c`.execute(tx)).rows[0]
  if (!found) throw new NotFound('找不到這件提案')
  return found.stage === 'submitted' ? done({ id: found.id, title: found.title, section: found.section }) : refusal('proposal.not-submitted', `${number} 還沒有提送，或已經排入別的議程`)
}

/** On an agenda, or off it again. */
export async function place(tx: Tx, ctx: ActContext, caseId: number, on: Day | null): Promise<void> {
  const before = await tx.selectFrom('cases').select('stage').where('id', '=', caseId).executeTakeFirstOrThrow()
  const stage = on ? 'on-agenda' : 'submitted'
  if (before.stage === 'closed' || before.stage === stage) return
  await tx.updateTable('cases').set({ stage }).where('id', '=', caseId).execute()
  await record(tx, ctx, on ? 'meeting-proposal.placed' : 'meeting-proposal.taken-off', { caseId, fromStage: before.stage, toStage: stage, payload: on ? { on } : {} })
}

/** What a meeting decided: the proposal ends, waits for another meeting, or goes back to its unit. */
export async function carryDecision(tx: Tx, ctx: StaffContext, { caseId, decision, meeting }: DecidedItem): Promise<Refusal | null> {
  if (decision === 'again' || decision === 'returned') {
    const stage = decision === 'again' ? 'submitted' : 'draft'
    await tx.updateTable('cases').set({ stage }).where('id', '=', caseId).execute()
    await record(tx, ctx, `meeting-proposal.${decision}`, { caseId, fromStage: 'on-agenda', toStage: stage, payload: { meeting: meeting.number } })
    return null
  }
  await close(tx, ctx, caseId, 'on-agenda', decision)
  return null
}

export async function close(tx: Tx, ctx: StaffContext, caseId: number, fromStage: string, outcome: string): Promise<void> {
  await tx.updateTable('cases').set({ stage: 'closed', closed_at: ctx.now, outcome }).where('id', '=', caseId).execute()
  await tx.updateTable('assignments').set({ until_at: ctx.now, ended_as: 'closed' }).where('case_id', '=', caseId).where('until_at', 'is', null).execute()
  await record(tx, ctx, 'meeting-proposal.closed', { caseId, fromStage, toStage: 'closed', payload: { outcome } })
}
