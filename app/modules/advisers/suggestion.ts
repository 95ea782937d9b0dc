import { type RawBuilder, sql } from 'kysely'
import { isWithinReach } from '../../core/cases/readers.ts'
import type { Reader } from '../../core/db.ts'
import { NotFound } from '../../core/errors.ts'
import type { Person } from '../../core/identity/permissions.ts'
import type { StepState } from '../../core/procedure/step.ts'
import type { Day } from '../../core/time.ts'
import { caseKind, type Outcome, type Stage } from './schema.ts'
import './tables.ts'

/** SQL condition "this person may see the suggestion" over an alias of cases. Use it in every list, count and search. */
export const visibleTo = (person: Person, alias = 'c'): RawBuilder<boolean> => isWithinReach(person, 'suggestions.read', alias)

/** The facts by which a step is open or not. `askedDueOn`: the day by which the unit is asked to reply. */
export type SuggestionState = StepState & { stage: Stage; outcome: Outcome | null; unit: string | null; adviserId: number; adviser: string; meetingNo: string | null; body: string; askedDueOn: Day | null; reply: string | null; repliedOn: Day | null }

/** By 案號. Throws NotFound where the person may not see it; null sees all. */
export async function findSuggestionState(reader: Reader, person: Person | null, name: string, lock = false): Promise<SuggestionState> {
  const { rows } = await sql<SuggestionState>`
    select c.id, c.number, c.follow_no as "followNo", c.title, c.stage, c.outcome, c.unit_id as "unitId", c.officer_id as "officerId", c.confidential, c.received_at as "receivedAt", c.closed_at as "closedAt", c.due_on as "dueOn",
      u.name as unit, m.adviser_id as "adviserId", (select a.name from advisers a where a.id = m.adviser_id) as adviser, m.meeting_no as "meetingNo", m.body, m.due_on as "askedDueOn", m.reply, m.replied_on as "repliedOn",
      array(select s.step from case_steps s where s.case_id = c.id order by s.id) as steps
    from cases c join suggestions m on m.id = c.id left join units u on u.id = c.unit_id
    where c.kind = ${caseKind} and ${name} in (c.number, c.follow_no) and ${person ? visibleTo(person) : sql`true`} ${lock ? sql`for update of c` : sql``}`.execute(reader)
  if (!rows[0]) throw new NotFound('找不到這項建議')
  return rows[0]
}
