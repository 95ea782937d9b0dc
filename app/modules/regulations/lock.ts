import { sql } from 'kysely'
import type { StaffContext } from '../../core/act.ts'
import type { Tx } from '../../core/db.ts'
import { NotAllowed, NotFound } from '../../core/errors.ts'
import { may, onBehalfOf } from '../../core/identity/permissions.ts'
import type { Day } from '../../core/time.ts'
import { besides, type ProposalState } from './steps.ts'

export type LockedProposal = ProposalState & {
  id: number; number: string; title: string; name: string; unitId: number | null; officerId: number | null; lawId: number | null; category: string | null; draft: string | null; reason: string; public: boolean; endsOn: Day | null; articles: string[] | null; droppedAttachments: string[]
  receivedAt: Date; promulgationDue: Day | null
}

/** Holds a proposal for a staff act. Not found when the person may not even see it; NotAllowed when they may see it but not do this. */
export async function lockForStaff(tx: Tx, ctx: StaffContext, number: string, permission: string): Promise<{ proposal: LockedProposal; ctx: StaffContext }> {
  const proposal = await lockProposal(tx, number)
  if (!proposal || !may(ctx.person, 'regulations.read', proposal)) throw new NotFound('找不到這件法規案')
  if (!may(ctx.person, permission, proposal)) throw new NotAllowed(permission)
  return { proposal, ctx: { ...ctx, onBehalfOf: ctx.onBehalfOf ?? onBehalfOf(ctx.person, permission, proposal) } }
}

/** Holds a proposal for what is not one person's act upon it; the caller has seen to it that they may. */
export async function lockProposal(tx: Tx, number: string): Promise<LockedProposal | undefined> {
  const { rows } = await sql<LockedProposal>`
    select c.id, c.number, c.title, c.stage, c.unit_id as "unitId", c.officer_id as "officerId", c.due_on as "dueOn", c.received_at as "receivedAt", r.law_id as "lawId", r.name, r.instrument, r.change, r.category, r.draft, r.reason, r.ends_on as "endsOn", r.articles, r.dropped_attachments as "droppedAttachments",
      r.penalty, r.gazetted, r.public, r.notice_from as "noticeFrom", r.notice_until as "noticeUntil", r.promulgation_due as "promulgationDue",
      (select max(s.happened_on) from regulation_steps s where s.case_id = c.id and s.step = 'letter-received') as "letterOn",
      (select max(s.happened_on) from regulation_steps s where s.case_id = c.id and s.step <> all(${[...besides]}::text[])) as "lastOn",
      array(select s.step from regulation_steps s where s.case_id = c.id order by s.id) as steps
    from cases c join regulations r on r.id = c.id where c.number = ${number} for update of c`.execute(tx)
  return rows[0]
}
