import type { Grants } from '../../core/identity/permissions.ts'

const desk = { clerk: 'all' } as const
const inUnit = { officer: 'own', 'section-chief': 'subtree', head: 'subtree' } as const

/** Who may do what to which petitions: `clerk` 為民服務科 for all; officers for their own and what their unit has, chiefs and heads for their unit and below. */
export const permissions: Grants = {
  'petitions.read': { clerk: 'all', control: 'all', officer: 'own-unit', 'section-chief': 'subtree', head: 'subtree' },
  'petitions.read-confidential': { clerk: 'all', officer: 'own', 'section-chief': 'subtree', head: 'subtree' },
  'petitions.open-personal-data': { clerk: 'all', officer: 'own', 'section-chief': 'subtree', head: 'subtree' },
  'petitions.register': desk,
  'petitions.classify': { ...desk, ...inUnit },
  'petitions.dispatch': desk,
  'petitions.edit-dispatch-rules': desk,
  'petitions.accept': { officer: 'own-unit', 'section-chief': 'subtree', head: 'subtree' },
  'petitions.hand-over': { officer: 'own', 'section-chief': 'subtree', head: 'subtree' },
  'petitions.assign-officer': { 'section-chief': 'subtree', head: 'subtree' },
  'petitions.return': { officer: 'own-unit', 'section-chief': 'subtree', head: 'subtree' },
  'petitions.reassign': desk,
  'petitions.add-joint': { ...desk, ...inUnit },
  'petitions.contribute': { officer: 'own-unit', 'section-chief': 'subtree', head: 'subtree' },
  'petitions.waive': inUnit,
  'petitions.draft': inUnit,
  'petitions.submit': inUnit,
  'petitions.recall': { clerk: 'all', ...inUnit },
  'petitions.approve': { 'section-chief': 'subtree', head: 'subtree' },
  'petitions.approve-as-chief': { 'section-chief': 'subtree', head: 'subtree' },
  'petitions.approve-as-head': { head: 'subtree' },
  'petitions.ask-supplement': inUnit,
  'petitions.supplement': { ...desk, ...inUnit },
  'petitions.extend': inUnit,
  'petitions.merge': { ...desk, ...inUnit },
  'petitions.take-apart': { ...desk, ...inUnit },
  'petitions.transfer': { ...desk, ...inUnit },
  'petitions.no-action': { ...desk, ...inUnit },
  'petitions.other-procedure': { ...desk, ...inUnit },
  'petitions.confide': { ...desk, ...inUnit },
  'petitions.withdraw': { ...desk, ...inUnit },
  'petitions.publish': desk,
  'petitions.send': desk,
  'petitions.inbox': desk,
  'petitions.chase': { control: 'all', clerk: 'all' },
}
