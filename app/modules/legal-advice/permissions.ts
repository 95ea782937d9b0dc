import type { Grants } from '../../core/identity/permissions.ts'

const office = { law: 'all' } as const
const counter = { law: 'all', clerk: 'all' } as const

/**
 * The law section (法制) plans sessions and keeps the roster; it and the desk book for people and run the counter. A lawyer sees the
 * sessions and consultations at their own desk and alone reads what they wrote. Nobody else sees who was advised.
 */
export const permissions: Grants = {
  'legal-advice.read': { ...counter, lawyer: 'own' },
  'legal-advice.open-personal-data': { ...counter, lawyer: 'own' },
  'legal-advice.plan': office,
  'legal-advice.roster': office,
  'legal-advice.topics': office,
  'legal-advice.counter': counter,
  'legal-advice.statistics': { law: 'all', clerk: 'all', control: 'all', editor: 'all' },
  'legal-advice.advise': { lawyer: 'own' },
}
