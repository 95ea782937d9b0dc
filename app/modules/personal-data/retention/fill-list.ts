import { sql } from 'kysely'
import type { Tx } from '../../../core/db.ts'
import { caseColumnOf, isCaseHeld, isRecordHeld } from '../../../core/personal-data/legal-holds.ts'
import type { ListedRecords, Retention } from '../../../core/personal-data/retention.ts'
import type { Day } from '../../../core/time.ts'

type List = { id: number; cutoff: Day }

/** Puts on the list whatever of its class was kept for so many years by the cutoff. How many. */
export async function fillList(tx: Tx, list: List, { kind, records }: Retention, years: number): Promise<number> {
  const listed = records ? await listRecords(tx, list, kind, records, years) : await listCases(tx, list, kind, years)
  return listed.rows.length
}

/** Closed cases, not held back, not yet destroyed, none that an open case goes on from. */
function listCases(tx: Tx, { id, cutoff }: List, kind: string, years: number) {
  return sql`
    insert into destruction_items (list_id, case_id, kind, name, received_on, closed_on, kept_until, unit_name, outcome)
    select ${id}, c.id, c.kind, coalesce(c.number, c.follow_no), c.received_at::date, c.closed_at::date, (c.closed_at::date + make_interval(years => ${years}))::date, b.name, c.outcome
    from cases c left join units u on u.id = c.unit_id left join units b on b.id = u.bureau_id
    where c.kind = ${kind} and c.closed_at is not null and (c.closed_at::date + make_interval(years => ${years}))::date <= ${cutoff}
      and not ${isCaseHeld(sql`c.id`)}
      and not exists (select from destruction_items i where i.case_id = c.id and i.destroyed_at is not null)
      and not exists (select from cases f where f.previous_id = c.id and f.closed_at is null) returning 1`.execute(tx)
}

/** Records that became no case, wait for nobody and are not held back. */
function listRecords(tx: Tx, { id, cutoff }: List, kind: string, { table, received, ended, outcome, prefix }: ListedRecords, years: number) {
  const endedOn = sql`r.${sql.ref(ended)}::date`
  return sql`
    insert into destruction_items (list_id, record_table, record_id, kind, name, received_on, closed_on, kept_until, outcome)
    select ${id}, ${table}, r.id, ${kind}, ${prefix} || '-' || lpad(r.id::text, greatest(6, length(r.id::text)), '0'), r.${sql.ref(received)}::date, ${endedOn}, (${endedOn} + make_interval(years => ${years}))::date, r.${sql.ref(outcome)}
    from ${sql.table(table)} r where r.${sql.ref(caseColumnOf(table))} is null and not ${isRecordHeld(sql`${table}`, sql`r.id`)} and r.${sql.ref(ended)} is not null and (${endedOn} + make_interval(years => ${years}))::date <= ${cutoff} returning 1`.execute(tx)
}
