import type { Grants } from '../../core/identity/permissions.ts'

/** The unit of a section drafts and confirms it; the department (報告彙編) compiles, reminds, reopens and issues. */
export const permissions: Grants = {
  'reports.see': { clerk: 'all', officer: 'all', 'section-chief': 'all', head: 'all', control: 'all', editor: 'all' },
  'reports.write': { officer: 'own-unit', 'section-chief': 'subtree', head: 'subtree', editor: 'all' },
  'reports.type': { officer: 'own-unit', 'section-chief': 'subtree', head: 'subtree', editor: 'all' },
  'reports.confirm': { 'section-chief': 'subtree', head: 'subtree' },
  // in the place of a unit that cannot, with the reason: it shows wherever the section shows
  'reports.confirm-for': { editor: 'all' },
  'reports.edit': { editor: 'all' },
}
