import type { Grants } from '../../core/identity/permissions.ts'

const everybody = { control: 'all', editor: 'all', clerk: 'all', law: 'all', officer: 'all', 'section-chief': 'all', head: 'all' } as const
const ownUnit = { officer: 'subtree', 'section-chief': 'subtree', head: 'subtree' } as const

/** The programme is the whole county's, and holds nobody's data: all colleagues who work cases read it. Lead units report, joint units concur; the planning section lists. */
export const permissions: Grants = {
  'relief.read': everybody,
  'relief.report': ownUnit,
  'relief.concur': ownUnit,
  'relief.manage': { editor: 'all', control: 'all' },
}
