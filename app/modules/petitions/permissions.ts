import type { Grants } from '../../core/identity/permissions.ts'

const desk = { clerk: 'all' } as const
const inUnit = { officer: 'own', 'section-chief': 'subtree', head: 'subtree' } as const

/** 職務區隔 on one case: whoever did these things to what is decided, or for whom a deputy did them, does not decide it. */
export const apart = { 'petitions.approve': { notWho: ['petition.drafted', 'petition.submitted'], why: '自己擬的或自己送的不能自己核定，代理時也不能' } } as const

/** Who may do what to which petitions: `clerk` 為民服務科 for all; officers for their own and what their unit has, chiefs and heads for their unit and below. */
export const permissions: Grants = {
  // law and ombudsman: what is dispatched to their section, out of which a claim or a dispute may be made
  'petitions.read': { clerk: 'all', control: 'all', officer: 'own-unit', law: 'own-unit', ombudsman: 'own-unit', 'section-chief': 'subtree', head: 'subtree' },
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
  // a confidential case is seen by name (visible.ts): no role sees it as such
  'petitions.name-reader': { ...desk, ...inUnit },
  'petitions.withdraw': { ...desk, ...inUnit },
  'petitions.publish': desk,
  // the letter of a confidential case is posted by its own officer
  'petitions.send': { ...desk, officer: 'own' },
  'petitions.inbox': desk,
  'petitions.chase': { control: 'all', clerk: 'all' },
}
