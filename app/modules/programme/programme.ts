import { type RawBuilder, sql } from 'kysely'
import { isWithinReach } from '../../core/cases/readers.ts'
import type { Reader } from '../../core/db.ts'
import { NotFound } from '../../core/errors.ts'
import type { Person } from '../../core/identity/permissions.ts'
import type { StepState } from '../../core/procedure/step.ts'
import type { Day } from '../../core/time.ts'
import { freeMeetings } from './free-meetings.ts'
import { caseKind, type ReviewStep, type Stage } from './schema.ts'
import './tables.ts'

/** The facts by which a step is open or not. `written`: how many of the fifteen headings have a text. */
export type ProgrammeState = StepState & { stage: Stage; term: number; fromYear: number; toYear: number; written: number; forums: number
  /** the latest day of each step taken */
  days: Partial<Record<string, Day>>
  editions: { edition: number; label: string }[]
  /** of the reviewing body, free or this programme's; the latest first */
  meetings: { number: string; heldOn: Day; step: ReviewStep | null; edition: number | null }[]
}

/** SQL condition "this person may see it" over an alias of cases, of programmes and their forums alike. */
export const visibleTo = (person: Person, alias = 'c'): RawBuilder<boolean> => isWithinReach(person, 'programme.read', alias)

export async function findProgrammeState(reader: Reader, person: Person | null, name: string, lock = false): Promise<ProgrammeState> {
  const { rows } = await sql<ProgrammeState>`
    select c.id, c.number, c.follow_no as "followNo", c.title, c.stage, c.outcome, c.unit_id as "unitId", c.officer_id as "officerId", c.confidential, c.received_at as "receivedAt", c.closed_at as "closedAt", c.due_on as "dueOn",
      m.term, m.from_year as "fromYear", m.to_year as "toYear", (select count(*)::int from programme_texts t where t.case_id = c.id) as written, (select count(*)::int from programme_forums f where f.programme_id = c.id) as forums,
      coalesce((select jsonb_agg(jsonb_build_object('edition', e.edition, 'label', e.label) order by e.edition desc) from programme_editions e where e.case_id = c.id), '[]') as editions, ${freeMeetings(sql`c.id`)} as meetings,
      coalesce((select jsonb_object_agg(d.step, d.on_day) from (select s.step, max(s.happened_on) as on_day from case_steps s where s.case_id = c.id group by s.step) d), '{}') as days,
      array(select s.step from case_steps s where s.case_id = c.id order by s.id) as steps
    from cases c join programmes m on m.id = c.id
    where c.kind = ${caseKind} and ${name} in (c.number, c.follow_no) and ${person ? visibleTo(person) : sql`true`} ${lock ? sql`for update of c` : sql``}`.execute(reader)
  if (!rows[0]) throw new NotFound('找不到這個方案')
  return rows[0]
}
