import { sql } from 'kysely'
import type { Reader } from '../../../core/db.ts'
import type { Person } from '../../../core/identity/permissions.ts'
import type { Day } from '../../../core/time.ts'
import { visibleTo } from '../visible.ts'
import { caseKind } from '../schema.ts'
import type { ListRow } from './list-query.ts'
import type { ReminderStep } from '../handling/reminder-steps.ts'

export type OverdueRow = ListRow & { lastStep: ReminderStep | null; lastStepAt: Date | null }

/** At this many an overdue list is a meeting, not a list. */
const rowsMax = 500

/** Every open case past its due day that this person may see, the latest first in need, with the last step of 稽催. */
export async function findOverdue(reader: Reader, person: Person, today: Day): Promise<OverdueRow[]> {
  const found = await sql<OverdueRow>`
    select c.id, c.number, c.follow_no as "followNo", c.title, c.stage, c.outcome, p.channel, p.category, c.township, u.name as "unitName", o.name as "officerName",
      c.received_at as "receivedAt", c.due_on as "dueOn", c.closed_at as "closedAt", c.confidential, c.merged_into is not null as merged,
      p.extended_to is not null as extended, c.import_id is not null as imported, r.step as "lastStep", r.at as "lastStepAt"
    from cases c join petitions p on p.id = c.id left join units u on u.id = c.unit_id left join people o on o.id = c.officer_id
      left join lateral (select step, at from petition_reminders where case_id = c.id and due_on = c.due_on and step like 'overdue-%' order by at desc limit 1) r on true
    where c.kind = ${caseKind} and c.closed_at is null and c.received_at is not null and c.due_on < ${today} and ${visibleTo(person)}
    order by c.due_on, c.id limit ${sql.lit(rowsMax)}`.execute(reader)
  return found.rows
}
