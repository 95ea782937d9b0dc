import type { Grants } from '../../core/identity/permissions.ts'

/** Numbers are open to everyone in the office; which of the cases behind them one sees, the cases' own permissions say. */
export const permissions: Grants = {
  'figures.read': { clerk: 'all', officer: 'all', 'section-chief': 'all', head: 'all', control: 'all', editor: 'all', law: 'all', administrator: 'all' },
  'figures.publish': { clerk: 'all', control: 'all', editor: 'all' },
}
