import type { Grants } from '../../core/identity/permissions.ts'

const section = { control: 'all' } as const

/** Units report what was given to them, the lead one or one that helps; the control section (研考) issues, checks, chases and records what meetings decide. */
export const permissions: Grants = {
  'directives.read': { control: 'all', editor: 'all', clerk: 'all', law: 'all', officer: 'subtree', 'section-chief': 'subtree', head: 'subtree' },
  'directives.report': { officer: 'subtree', 'section-chief': 'subtree', head: 'subtree' },
  'directives.issue': section,
  'directives.check': section,
  'directives.decide': section,
}
