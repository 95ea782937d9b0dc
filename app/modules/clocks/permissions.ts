import type { Grants } from '../../core/identity/permissions.ts'

/** Which cases someone sees on the board is said by the kinds of case themselves; this is only who has a board. */
export const permissions: Grants = {
  'clocks.board': { clerk: 'all', control: 'all', officer: 'own-unit', 'section-chief': 'subtree', head: 'subtree' },
  /** says that a duty beside the case's own was done */
  'clocks.meet': { clerk: 'all', officer: 'own', 'section-chief': 'subtree', head: 'subtree' },
  /** 停止上班 and new years of the office calendar: every running case's day hangs on it */
  'clocks.calendar': { control: 'all', administrator: 'all' },
  /** the rules themselves: periods that the county sets, what the law section has confirmed */
  'clocks.rules': { law: 'all', administrator: 'all' },
}
