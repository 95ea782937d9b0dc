import type { Role } from '../../identity/permissions.ts'
import type { Procedure, StepState } from '../step.ts'

/** What is managed of a procedure's cases beside its steps: who has the case, who may see it, who its parties are. */
export type Managed<State extends StepState> = {
  procedure: Procedure<State>
  /** permission to give the case to a colleague, and the roles of those colleagues */
  assign: string
  officers: readonly Role[]
  /** permission to close and open the case to others by name; stands in the module's `sensitive` */
  confide: string
  /** permission to put parties right */
  correct: string
  /** permission to open what is known of them, which correcting needs */
  open: string
  partyRoles: Readonly<Record<string, string>>
}
