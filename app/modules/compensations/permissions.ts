import type { Grants } from '../../core/identity/permissions.ts'

const section = { law: 'all' } as const

/**
 * 法制 handles every claim (國家賠償法施行細則 §42); people of the agency concerned read what their unit helps with and give its opinion. Nobody's role
 * opens a confidential claim as such (claim.ts). What one drafts another issues: a colleague of the section, its chief, the head of the department.
 */
export const permissions: Grants = {
  'compensations.read': { law: 'all', control: 'all', editor: 'all', clerk: 'all', officer: 'own-unit', 'section-chief': 'subtree', head: 'subtree' },
  'compensations.register': section,
  'compensations.examine': section,
  'compensations.decide': section,
  'compensations.negotiate': section,
  'compensations.pay': section,
  'compensations.recourse': section,
  'compensations.confide': section,
  'compensations.correct-parties': section,
  'compensations.opinion': { officer: 'own-unit', 'section-chief': 'subtree', head: 'subtree' },
  'compensations.letters': section,
  'compensations.issue': { law: 'all', 'section-chief': 'subtree', head: 'subtree' },
  'compensations.half-year': section,
  'compensations.open-personal-data': { law: 'all', officer: 'own', head: 'subtree' },
}
