import { type RawBuilder, sql } from 'kysely'
import { isWithinReachOrJoint } from '../../core/cases/readers.ts'
import type { Reader } from '../../core/db.ts'
import { NotFound } from '../../core/errors.ts'
import type { Person } from '../../core/identity/permissions.ts'
import type { StepState } from '../../core/procedure/step.ts'
import type { Day } from '../../core/time.ts'
import { caseKind, type Grade, type Outcome, type ReportAsk, type Stage } from './schema.ts'
import './tables.ts'

/** A directive as its steps need it. `asks`: what the newest report of the lead unit asks for. */
export type DirectiveState = StepState & {
  stage: Stage; outcome: Outcome | null
  meetingId: number; meeting: string; body: string; bodyName: string; orderedOn: Day; item: string; sentence: string; proof: string; orderedDueOn: Day | null; grade: Grade
  about: string | null; aboutKind: string | null; aboutTitle: string | null
  finishedOn: Day | null; delistedOn: Day | null; asks: ReportAsk | null; hasEvidence: boolean
  jointIds: number[]
}

/** SQL condition "this person may see the directive" over an alias of cases: who reads all, the lead unit, units that help. */
export const visibleTo = (person: Person, alias = 'c'): RawBuilder<boolean> => isWithinReachOrJoint(person, 'directives.read', alias)

/** By 案號; locked for an act. Not found where the person may not see it; null sees all: jobs and imports. */
export async function findDirective(reader: Reader, person: Person | null, name: string, lock = false): Promise<DirectiveState> {
  const { rows } = await sql<DirectiveState>`
    select c.id, c.number, c.follow_no as "followNo", c.title, c.stage, c.outcome, c.unit_id as "unitId", c.officer_id as "officerId", c.confidential, c.received_at as "receivedAt", c.closed_at as "closedAt", c.due_on as "dueOn",
      d.meeting_id as "meetingId", m.number as meeting, d.body, d.body_name as "bodyName", d.ordered_on as "orderedOn", d.item, d.sentence, d.proof, d.due_on as "orderedDueOn", d.grade, a.number as about, a.kind as "aboutKind", a.title as "aboutTitle",
      d.finished_on as "finishedOn", d.delisted_on as "delistedOn",
      (select s.answers->>'asks' from case_steps s where s.case_id = c.id and s.step = 'report' order by s.id desc limit 1) as asks,
      exists (select from windlion.case_documents e where e.case_id = c.id) as "hasEvidence",
      array(select j.unit_id from assignments j where j.case_id = c.id and j.role = 'joint' and (j.until_at is null or j.ended_as = 'closed') order by j.id) as "jointIds",
      array(select s.step from case_steps s where s.case_id = c.id order by s.id) as steps
    from cases c join directives d on d.id = c.id join cases m on m.id = d.meeting_id left join cases a on a.id = d.about_id
    where c.kind = ${caseKind} and c.number = ${name} and ${person ? visibleTo(person) : sql`true`} ${lock ? sql`for update of c` : sql``}`.execute(reader)
  const state = rows[0]
  if (!state) throw new NotFound('找不到這件指裁示事項')
  return { ...state, jointIds: state.jointIds.map(Number) }
}
