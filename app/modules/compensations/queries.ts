import { sql } from 'kysely'
import type { Reader } from '../../core/db.ts'
import { type CaseFileRow, findCaseFiles } from '../../core/procedure/case-files.ts'
import { clocksOf, type ShownClock, type ShownStep, stepsOfCase } from '../../core/procedure/shown.ts'
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
      ${clocksOf}, ${stepsOfCase}
    from compensations m join cases c on c.id = m.id left join units u on u.id = c.unit_id left join people p on p.id = c.officer_id where m.id = ${caseId}`.execute(reader)
  return { ...rows[0]!, files: await findCaseFiles(reader, caseId) }
}
