import { sql } from 'kysely'
import type { StaffContext } from '../../../core/act.ts'
import type { Tx } from '../../../core/db.ts'
import { record } from '../../../core/events/record.ts'
import { isCaseHeld } from '../../../core/personal-data/legal-holds.ts'
import type { Request } from '../requests/request.ts'

/**
 * Deletion that the person concerned asked for and was granted (個人資料保護法 §11 III, IV): a list of its own, submitted at once, which
 * another person approves. Cases still open or held back are left out: the duty to decide them comes first. Gives the list's id.
 */
export async function proposeDestruction(tx: Tx, ctx: StaffContext, request: Request): Promise<number | null> {
  const { id } = await tx
    .insertInto('destruction_lists')
    .values({
      class: 'request', title: `個資請求 ${request.caseName} 准許刪除`, cutoff_on: ctx.today, years: null, basis: '個人資料保護法 §11 III、IV', plan: `依個資請求 ${request.caseName} 之決定，刪除所列案件之個人資料。`,
      state: 'submitted', made_by: ctx.person.id, made_at: ctx.now, submitted_at: ctx.now, decided_by: null, decided_at: null, decision_note: null, authority_no: null, done_at: null,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  const added = await sql<{ case_id: number }>`
    insert into destruction_items (list_id, case_id, kind, name, received_on, closed_on, kept_until, unit_name, outcome)
    select ${id}, c.id, c.kind, coalesce(c.number, c.follow_no), c.received_at::date, c.closed_at::date, ${ctx.today}, b.name, c.outcome
    from cases c left join units u on u.id = c.unit_id left join units b on b.id = u.bureau_id
    where c.id = any(${request.caseIds}::bigint[]) and c.closed_at is not null
      and not ${isCaseHeld(sql`c.id`)} returning case_id`.execute(tx)
  await record(tx, ctx, 'destruction.listed', { caseId: request.id, payload: { list: id, cases: added.rows.length } })
  return id
}
