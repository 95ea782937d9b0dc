import type { Grants } from '../../core/identity/permissions.ts'

const inUnit = { officer: 'own', 'section-chief': 'subtree', head: 'subtree', law: 'all' } as const
const office = { law: 'all' } as const

/** Officers propose and draft for their unit; what follows the law section (法制) records for all. */
export const permissions: Grants = {
  // the desk too: the office's letters go through it
  'regulations.read': { clerk: 'all', law: 'all', control: 'all', editor: 'all', officer: 'subtree', 'section-chief': 'subtree', head: 'subtree' },
  'regulations.propose': { officer: 'subtree', 'section-chief': 'subtree', head: 'subtree', law: 'all' },
  'regulations.draft': inUnit,
  'regulations.answer': inUnit,
  'regulations.advance': office,
  'regulations.promulgate': office,
  'regulations.withdraw': inUnit,
  'regulations.meetings': office,
}
