import type { Grants } from '../../core/identity/permissions.ts'

const section = { control: 'all' } as const
const units = { officer: 'subtree', 'section-chief': 'subtree', head: 'subtree' } as const

/** Units propose their own; the control section (研考) opens a round, checks, and lays the list before the meeting. */
export const permissions: Grants = {
  'annual-plans.read': { control: 'all', editor: 'all', ...units },
  'annual-plans.propose': units,
  'annual-plans.manage': section,
}
