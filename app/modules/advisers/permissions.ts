import type { Grants } from '../../core/identity/permissions.ts'

/** The planning section keeps appointments and hands suggestions on; a unit sees and answers those it was given. */
export const permissions: Grants = {
  'advisers.read': { editor: 'all', control: 'all' },
  'advisers.manage': { editor: 'all', control: 'all' },
  'suggestions.read': { editor: 'all', control: 'all', officer: 'subtree', 'section-chief': 'subtree', head: 'subtree' },
  'suggestions.reply': { officer: 'subtree', 'section-chief': 'subtree', head: 'subtree' },
}
