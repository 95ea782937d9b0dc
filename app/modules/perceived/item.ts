import { type RawBuilder, sql } from 'kysely'
import { isWithinReach } from '../../core/cases/readers.ts'
import type { Reader } from '../../core/db.ts'
import { NotFound } from '../../core/errors.ts'
import type { Person } from '../../core/identity/permissions.ts'
import { evidenceStep } from '../../core/procedure/evidence.tsx'
import type { StepState } from '../../core/procedure/step.ts'
import type { Day } from '../../core/time.ts'
import { caseKind, type Outcome, type Stage, type TextState } from './schema.ts'
import './tables.ts'

/** SQL condition "this person may see the item" over an alias of cases. Use it in every list, count and search. */
export const visibleTo = (person: Person, alias = 'c'): RawBuilder<boolean> => isWithinReach(person, 'perceived.read', alias)

/** The facts by which a step is open or not. */
export type ItemState = StepState & { number: string; stage: Stage; outcome: Outcome | null; year: number; township: string | null; listedOn: Day; finishOn: Day | null; /** pieces of evidence of each kind, a picture or a document */ before: number; after: number; paper: number; /** said when it was finished: why there is none */ noBefore: string | null; noAfter: string | null; text: TextState | null; nextNumber: string | null }

const evidenceOf = (kind: 'before' | 'after' | 'paper') => sql`(select count(*)::int from case_steps e where e.case_id = c.id and e.step = ${evidenceStep} and e.answers ->> 'kind' = ${kind})`
const saidAtEnd = (question: string) => sql`(select e.answers ->> ${question} from case_steps e where e.case_id = c.id and e.step = 'finish' order by e.id desc limit 1)`

/** By 案號. Throws NotFound where the person may not see it; null sees all. */
export async function findItemState(reader: Reader, person: Person | null, name: string, lock = false): Promise<ItemState> {
  const { rows } = await sql<ItemState>`
    select c.id, c.number, c.follow_no as "followNo", c.title, c.stage, c.outcome, c.unit_id as "unitId", c.officer_id as "officerId", c.confidential, c.received_at as "receivedAt", c.closed_at as "closedAt", c.due_on as "dueOn", c.township,
      i.roc_year as year, i.listed_on as "listedOn", i.finish_on as "finishOn", t.state as text,
      ${evidenceOf('before')} as before, ${evidenceOf('after')} as after, ${evidenceOf('paper')} as paper, ${saidAtEnd('noBefore')} as "noBefore", ${saidAtEnd('noAfter')} as "noAfter",
      (select n.number from cases n where n.previous_id = c.id and n.kind = c.kind limit 1) as "nextNumber",
      array(select s.step from case_steps s where s.case_id = c.id order by s.id) as steps
    from cases c join perceived_items i on i.id = c.id left join perceived_texts t on t.id = c.id
    where c.kind = ${caseKind} and ${name} in (c.number, c.follow_no) and ${person ? visibleTo(person) : sql`true`} ${lock ? sql`for update of c` : sql``}`.execute(reader)
  if (!rows[0]) throw new NotFound('找不到這個有感施政項目')
  return rows[0]
}
