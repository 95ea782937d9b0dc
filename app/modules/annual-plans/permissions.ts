import type { Grants } from '../../core/identity/permissions.ts'

const section = { control: 'all' } as const
const units = { officer: 'subtree', 'section-chief': 'subtree', head: 'subtree' } as const

/** Units propose their own; the control section (研考) opens a round, checks, and lays the list before the meeting. Named reviewers see all of their round. */
export const permissions: Grants = {
  'annual-plans.read': { control: 'all', editor: 'all', ...units },
  'annual-plans.propose': units,
  'annual-plans.manage': section,
  /** whoever is named in a round reviews it; see reviewers.ts */
  'annual-plans.review': { control: 'all', editor: 'all', officer: 'all', 'section-chief': 'all', head: 'all' },
  /** the line and what it leaves out, for the meeting: heads see all, and named reviewers of their round; others see their own of what was decided */
  'annual-plans.cut': { control: 'all', editor: 'all', head: 'all' },
  /** the section writes down what the meeting decided */
  'annual-plans.decide': section,
}
