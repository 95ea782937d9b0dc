import { sql } from 'kysely'
import type { Reader } from '../../core/db.ts'
import { type CaseFileRow, findCaseFiles } from '../../core/procedure/case-files.ts'
import type { ShownClock, ShownStep } from '../../core/procedure/case-parts.tsx'
import type { Day } from '../../core/time.ts'
import type { Basis, Ground } from './schema.ts'
import './tables.ts'

/** What a claim's page shows besides its state. Ask only for a claim that the person may see. */
export type ClaimFile = {
  facts: string; evidence: string; otherAgencies: string | null; damageOn: Day | null; knownOn: Day | null; place: string | null; basis: Basis | null
  ground: Ground | null; byCommittee: boolean; transferredTo: string | null; paidTwd: number | null; suitCourt: string | null; suitNo: string | null; suitResultOn: Day | null; recourseTwd: number | null; recoveredTwd: number
  unit: string | null; officer: string | null; importId: number | null
  clocks: ShownClock[]; steps: ShownStep[]; files: CaseFileRow[]
}

export async function findClaimFile(reader: Reader, caseId: number): Promise<ClaimFile> {
  const { rows } = await sql<Omit<ClaimFile, 'files'>>`
    select m.facts, m.evidence, m.other_agencies as "otherAgencies", m.damage_on as "damageOn", m.known_on as "knownOn", m.place, m.basis, m.ground, m.by_committee as "byCommittee", m.transferred_to as "transferredTo", m.paid_twd as "paidTwd",
      m.suit_court as "suitCourt", m.suit_no as "suitNo", m.suit_result_on as "suitResultOn", m.recourse_twd as "recourseTwd", m.recovered_twd as "recoveredTwd", u.name as unit, p.name as officer, c.import_id as "importId",
      ${clocksOf}, ${stepsOf}
    from compensations m join cases c on c.id = m.id left join units u on u.id = c.unit_id left join people p on p.id = c.officer_id where m.id = ${caseId}`.execute(reader)
  return { ...rows[0]!, files: await findCaseFiles(reader, caseId) }
}

const clocksOf = sql`coalesce((select jsonb_agg(jsonb_build_object('rule', k.rule, 'dueOn', k.due_on, 'metAt', k.met_at, 'because', k.because, 'explanation', k.explanation, 'main', k.main) order by k.id) from case_clocks k where k.case_id = c.id), '[]') as clocks`
const stepsOf = sql`coalesce((select jsonb_agg(jsonb_build_object('step', s.step, 'on', s.happened_on, 'documentNo', s.document_no, 'note', s.note, 'answers', s.answers, 'by', w.name) order by s.happened_on, s.id)
  from case_steps s left join people w on w.id = s.person_id where s.case_id = c.id), '[]') as steps`
