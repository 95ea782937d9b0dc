import type { Grants } from '../../core/identity/permissions.ts'

/** All who work cases read. Whoever submits works their own; the planning section opens proposals, assists and may take every step for a township that asks it to. */
export const permissions: Grants = {
  'proposals.read': { control: 'all', editor: 'all', clerk: 'all', law: 'all', officer: 'all', 'section-chief': 'all', head: 'all' },
  'proposals.work': { officer: 'subtree', 'section-chief': 'subtree', head: 'subtree', editor: 'all', control: 'all' },
  'proposals.manage': { editor: 'all', control: 'all' },
}
