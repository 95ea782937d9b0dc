import type { Managed } from '../../core/procedure/manage/managed.ts'
import type { DisputeState } from './dispute.ts'
import { partyRoles } from './schema.ts'
import { procedure } from './steps.ts'

/** Who has a case, who may see it, who its parties are. */
export const managed: Managed<DisputeState> = {
  procedure, assign: 'consumer-disputes.handle', officers: ['ombudsman', 'law'], confide: 'consumer-disputes.confide', correct: 'consumer-disputes.correct-parties', open: 'consumer-disputes.open-personal-data', partyRoles,
}
