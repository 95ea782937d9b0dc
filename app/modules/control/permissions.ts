import type { Grants } from '../../core/identity/permissions.ts'

const section = { control: 'all' } as const

/** Units report their own projects; the control section (管考) lists, checks, judges and publishes. */
export const permissions: Grants = {
  'control.read': { control: 'all', editor: 'all', clerk: 'all', law: 'all', officer: 'subtree', 'section-chief': 'subtree', head: 'subtree' },
  'control.report': { officer: 'subtree', 'section-chief': 'subtree', head: 'subtree' },
  'control.manage': section,
  'control.check': section,
  'control.publish': section,
}
