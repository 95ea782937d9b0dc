import { sql } from 'kysely'
import type { Reader } from '../../core/db.ts'
import { type CaseFileRow, findCaseFiles } from '../../core/procedure/case-files.ts'
import { clocksOf, type ShownClock, type ShownStep, stepsOfCase } from '../../core/procedure/shown.ts'
import type { FirstTo } from './schema.ts'
import './tables.ts'

/** What a dispute's page shows besides its state. Ask only for a dispute that the person may see. */
export type DisputeFile = {
  category: string | null; facts: string; asked: string; firstTo: FirstTo | null; jurisdiction: string | null; terms: string | null; settledTwd: number | null; ground: string | null; transferredTo: string | null
  unit: string | null; officer: string | null; importId: number | null; clocks: ShownClock[]; steps: ShownStep[]; files: CaseFileRow[]
}

export async function findDisputeFile(reader: Reader, caseId: number): Promise<DisputeFile> {
  const { rows } = await sql<Omit<DisputeFile, 'files'>>`
    select d.category, d.facts, d.asked, d.first_to as "firstTo", d.jurisdiction, d.terms, d.settled_twd as "settledTwd", d.ground, d.transferred_to as "transferredTo",
      u.name as unit, p.name as officer, c.import_id as "importId", ${clocksOf}, ${stepsOfCase}
    from consumer_disputes d join cases c on c.id = d.id left join units u on u.id = c.unit_id left join people p on p.id = c.officer_id where d.id = ${caseId}`.execute(reader)
  return { ...rows[0]!, files: await findCaseFiles(reader, caseId) }
}
