import type { Grants } from '../../core/identity/permissions.ts'

/** Which cases someone sees on the board is said by the kinds of case themselves; this is only who has a board. */
export const permissions: Grants = {
  'clocks.board': { clerk: 'all', control: 'all', officer: 'own-unit', 'section-chief': 'own-unit', head: 'own-unit' },
  /** says that a duty beside the case's own was done */
  'clocks.meet': { clerk: 'all', officer: 'own', 'section-chief': 'own-unit', head: 'own-unit' },
}
