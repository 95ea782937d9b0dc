import type { Managed } from '../../core/procedure/manage/managed.ts'
import type { Opinions } from '../../core/procedure/manage/opinions.tsx'
import type { ClaimState } from './claim.ts'
import { partyRoles } from './schema.ts'
import { procedure } from './steps.ts'

/** Who has a case, who may see it, who its parties are. */
export const managed: Managed<ClaimState> = {
  procedure, assign: 'compensations.examine', officers: ['law'], confide: 'compensations.confide', correct: 'compensations.correct-parties', open: 'compensations.open-personal-data', partyRoles,
}

/** The agency held liable says what it knows (國家賠償法施行細則 §20). */
export const opinions: Opinions<ClaimState> = { procedure, ask: 'compensations.examine', answer: 'compensations.opinion', unitOf: ({ agency }) => agency }
