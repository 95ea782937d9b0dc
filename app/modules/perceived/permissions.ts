import type { Grants } from '../../core/identity/permissions.ts'

const ownUnit = { officer: 'subtree', 'section-chief': 'subtree', head: 'subtree' } as const

/** All who work cases read. Units work their own items and write their public text; the planning section lists and approves, never its own writing. */
export const permissions: Grants = {
  'perceived.read': { control: 'all', editor: 'all', clerk: 'all', law: 'all', officer: 'all', 'section-chief': 'all', head: 'all' },
  'perceived.work': ownUnit,
  'perceived.write': { ...ownUnit, editor: 'all', control: 'all' },
  'perceived.publish': { editor: 'all', control: 'all' },
  'perceived.manage': { editor: 'all', control: 'all' },
}
