import { type RawBuilder, sql } from 'kysely'
import { isWithinReach } from '../../core/cases/readers.ts'
import type { Reader } from '../../core/db.ts'
import { NotFound } from '../../core/errors.ts'
import type { Person } from '../../core/identity/permissions.ts'
import type { StepState } from '../../core/procedure/step.ts'
import type { Day } from '../../core/time.ts'
import { caseKind, type Kind, type Outcome, type Stage } from './schema.ts'
import './tables.ts'

/** SQL condition "this person may see the proposal" over an alias of cases. Use it in every list, count and search. */
export const visibleTo = (person: Person, alias = 'c'): RawBuilder<boolean> => isWithinReach(person, 'proposals.read', alias)

export type FundedYear = { year: number; appliedTwd: number; grantedTwd: number | null; /** the county's share: as applied for, as granted */ cofundingTwd: number; grantedCofundingTwd: number | null }

/** The facts by which a step is open or not. */
export type ProposalState = StepState & { stage: Stage; outcome: Outcome | null; kind: Kind; ministry: string; programme: string; submittedOn: Day | null; decidedOn: Day | null; years: FundedYear[]; rounds: number; jointUnitIds: number[] }

/** By 案號. Throws NotFound where the person may not see it; null sees all. */
export async function findProposalState(reader: Reader, person: Person | null, name: string, lock = false): Promise<ProposalState> {
  const { rows } = await sql<ProposalState>`
    select c.id, c.number, c.follow_no as "followNo", c.title, c.stage, c.outcome, c.unit_id as "unitId", c.officer_id as "officerId", c.confidential, c.received_at as "receivedAt", c.closed_at as "closedAt", c.due_on as "dueOn",
      m.kind, m.ministry, m.programme, m.submitted_on as "submittedOn", m.decided_on as "decidedOn",
      coalesce((select jsonb_agg(jsonb_build_object('year', y.roc_year, 'appliedTwd', y.applied_twd, 'grantedTwd', y.granted_twd, 'cofundingTwd', y.cofunding_twd, 'grantedCofundingTwd', y.granted_cofunding_twd) order by y.roc_year) from proposal_years y where y.case_id = c.id), '[]') as years,
      (select count(*)::int from case_steps s where s.case_id = c.id and s.step in ('submit', 'resubmit')) as rounds,
      array(select a.unit_id from assignments a where a.case_id = c.id and a.role = 'joint' and (a.until_at is null or a.ended_as = 'closed')) as "jointUnitIds",
      array(select s.step from case_steps s where s.case_id = c.id order by s.id) as steps
    from cases c join proposals m on m.id = c.id
    where c.kind = ${caseKind} and ${name} in (c.number, c.follow_no) and ${person ? visibleTo(person) : sql`true`} ${lock ? sql`for update of c` : sql``}`.execute(reader)
  if (!rows[0]) throw new NotFound('找不到這件提案')
  return rows[0]
}

const add = (years: readonly FundedYear[], value: (year: FundedYear) => number | null): number => years.reduce((sum, year) => sum + (value(year) ?? 0), 0)
export const appliedTwd = (years: readonly FundedYear[]): number => add(years, (year) => year.appliedTwd)
export const grantedTwd = (years: readonly FundedYear[]): number => add(years, (year) => year.grantedTwd)

/** For the first page of the day: proposals of one's own unit that the centre wants changed, and those past its day. */
export async function countToRevise(reader: Reader, person: Person, today: Day): Promise<{ open: number; late: number }> {
  return (await sql<{ open: number; late: number }>`select count(*)::int as open, count(*) filter (where c.due_on < ${today})::int as late from cases c
    where c.kind = ${caseKind} and c.stage = 'revising' and ${visibleTo(person)} and ${isWithinReach(person, 'proposals.work', 'c')}`.execute(reader)).rows[0]!
}
