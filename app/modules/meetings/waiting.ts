import type { Reader } from '../../core/db.ts'
import type { Person } from '../../core/identity/permissions.ts'
import type { WaitingLine } from '../../core/module.ts'
import type { Day } from '../../core/time.ts'
import { filteredListPath, filteredProposalsPath } from './paths.ts'
import { findProposals } from './proposals/proposal.ts'
import { findMeetings, managedUnits } from './queries.ts'

/** For who keeps bodies: minutes that nobody confirmed by their day, proposals that wait for an agenda. Each line counts what its list shows. */
export async function countWaiting(reader: Reader, person: Person, today: Day): Promise<WaitingLine[]> {
  const unitIds = managedUnits(person)
  const [late, submitted] = [await findMeetings(reader, person, { late: { today, unitIds } }), await findProposals(reader, person, { stage: 'submitted', keptBy: unitIds })]
  return [
    { text: '會議紀錄逾期未確認', href: filteredListPath({ late: '1' }), count: late.count },
    { text: '提案單待排入議程', href: filteredProposalsPath({ stage: 'submitted', kept: '1' }), count: submitted.count },
  ]
}
