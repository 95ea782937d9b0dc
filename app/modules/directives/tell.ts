import { sql } from 'kysely'
import type { ActContext } from '../../core/act.ts'
import type { Tx } from '../../core/db.ts'
import type { Role } from '../../core/identity/permissions.ts'
import { queueMail, refuseAddress } from '../../core/mail/outbox.ts'
import { type Day, rocDay } from '../../core/time.ts'

export type Told = { id: number; number: string; title: string; dueOn: Day | null; unitId: number | null; officerId: number | null; note?: string }

/** One mail a colleague with all of theirs: the officer in charge or the officers of the lead unit, and those of it with these other roles. Gives how many were written to. */
export async function tellUnits(tx: Tx, ctx: Pick<ActContext, 'today'>, all: readonly Told[], about: { subject: (count: number) => string; intro: string; purpose: string; roles: (one: Told) => readonly Role[] }): Promise<number> {
  const mails = new Map<string, Told[]>()
  for (const one of all) {
    for (const email of await findAddresses(tx, ctx.today, one, about.roles(one))) mails.set(email, [...(mails.get(email) ?? []), one])
  }
  for (const [to, theirs] of mails) {
    const lines = theirs.map(({ number, title, dueOn, note }) => `${number} ${title}\n期限：${dueOn ? rocDay(dueOn) : '未定期限'}${note ? `\n${note}` : ''}`)
    await queueMail(tx, { to, subject: about.subject(theirs.length), text: `您好：\n\n${about.intro}\n\n${lines.join('\n\n')}\n\n請到「指裁示事項」填報。`, purpose: about.purpose, ...(theirs.length === 1 ? { caseId: theirs[0]!.id } : {}) })
  }
  return mails.size
}

/** Addresses that a mail can go to, each once. `control` sits in a section of its own, the other roles in the unit. */
async function findAddresses(tx: Tx, today: Day, { unitId, officerId }: Told, roles: readonly Role[]): Promise<string[]> {
  const own = roles.filter((role) => role !== 'control' && (role !== 'officer' || officerId === null))
  const { rows } = await sql<{ email: string }>`
    select distinct p.email from people p left join posts o on o.person_id = p.id and o.valid_from <= ${today} and (o.valid_until is null or o.valid_until >= ${today})
    where p.locked_at is null and p.email is not null and ((p.id = ${officerId} and ${roles.includes('officer')}::boolean) or (o.unit_id = ${unitId} and o.role = any(${own}::text[])) or (${roles.includes('control')}::boolean and o.role = 'control'))
    order by p.email`.execute(tx)
  return rows.map(({ email }) => email).filter((email) => !refuseAddress(email))
}

/** The lead units of new directives, once their meeting has ended. */
export async function tellIssued(tx: Tx, ctx: ActContext, meetingId: number, only?: readonly number[]): Promise<void> {
  const { rows } = await sql<Told & { body: string; orderedOn: Day }>`
    select c.id, c.number, c.title, c.due_on as "dueOn", c.unit_id as "unitId", c.officer_id as "officerId", d.body_name as body, d.ordered_on as "orderedOn"
    from directives d join cases c on c.id = d.id where d.meeting_id = ${meetingId} and c.closed_at is null ${only ? sql`and d.id = any(${only}::bigint[])` : sql``} order by d.id`.execute(tx)
  if (!rows.length) return
  const { body, orderedOn } = rows[0]!
  await tellUnits(tx, ctx, rows, { subject: (count) => `${body}指裁示事項列管（${count} 件）`, intro: `下列是 ${rocDay(orderedOn)} ${body}的指裁示，由貴單位主辦，請填報辦理情形：`, purpose: 'directive.issued', roles: () => ['officer', 'section-chief', 'head'] })
}
