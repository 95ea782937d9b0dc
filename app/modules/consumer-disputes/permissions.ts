import type { Grants } from '../../core/identity/permissions.ts'

const office = { ombudsman: 'all', law: 'all' } as const

/** 消保官 handles complaints and chairs the mediation (消費者保護法 §43 III, §45 II); the law section keeps the committee's papers. Mediation is not public (調解辦法 §15): others read only to count. */
export const permissions: Grants = {
  'consumer-disputes.read': { ombudsman: 'all', law: 'all', control: 'all', editor: 'all', clerk: 'all', 'section-chief': 'subtree', head: 'subtree' },
  'consumer-disputes.register': office,
  'consumer-disputes.handle': office,
  'consumer-disputes.mediate': office,
  'consumer-disputes.confide': office,
  'consumer-disputes.correct-parties': office,
  'consumer-disputes.letters': office,
  'consumer-disputes.issue': { ...office, 'section-chief': 'subtree', head: 'subtree' },
  'consumer-disputes.open-personal-data': office,
}
