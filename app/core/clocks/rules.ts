import { type Day, dayOf } from '../time.ts'
import type { Rule } from './rule.ts'
import { appealRules } from './rules/appeals.ts'
import { compensationRules } from './rules/compensation.ts'
import { consumerRules } from './rules/consumer.ts'
import { councilRules } from './rules/council.ts'
import { cyberRules } from './rules/cyber.ts'
import { documentRules } from './rules/documents.ts'
import { informationRules } from './rules/information.ts'
import { legalAidRules } from './rules/legal-aid.ts'
import { petitionRules } from './rules/petitions.ts'
import { planRules } from './rules/plans.ts'
import { procedureRules } from './rules/procedure.ts'
import { procurementRules } from './rules/procurement.ts'
import { regulationRules } from './rules/regulations.ts'
import { tenderRules } from './rules/tenders.ts'

/** Every rule by id, each with its versions in order of time. */
export class Rulebook {
  private readonly versions = new Map<string, readonly Rule[]>()

  /** Throws RangeError where versions of one id overlap or are out of order. */
  constructor(rules: readonly Rule[]) {
    for (const rule of rules) {
      const earlier = this.versions.get(rule.id) ?? []
      const last = earlier.at(-1)
      const follows = !last || (last.effectiveTo !== null && rule.effectiveFrom !== null && last.effectiveTo < rule.effectiveFrom && last.version < rule.version)
      if (!follows) throw new RangeError(`version ${rule.version} of ${rule.id} does not follow the one before`)
      this.versions.set(rule.id, [...earlier, rule])
    }
  }

  ids(): string[] {
    return [...this.versions.keys()]
  }

  /** Every version of one rule, in order of time; none for an unknown id. */
  versionsOf(id: string): readonly Rule[] {
    return this.versions.get(id) ?? []
  }

  has(id: string): boolean {
    return this.versions.has(id)
  }

  /** Latest versions, one an id: for lists. */
  latest(): Rule[] {
    return [...this.versions.values()].map((versions) => versions.at(-1)!)
  }

  /** The version in force on the trigger day; null when the id is unknown or no version was in force. */
  find(id: string, trigger: Day | Date): Rule | null {
    const versions = this.versions.get(id)
    if (!versions) return null
    const on = typeof trigger === 'string' ? trigger : dayOf(trigger)
    for (const rule of versions) {
      if ((rule.effectiveFrom === null || rule.effectiveFrom <= on) && (rule.effectiveTo === null || on <= rule.effectiveTo)) return rule
    }
    return null
  }

  /** The same book with a county's own rules in place of those with their ids. */
  with(rules: readonly Rule[]): Rulebook {
    const replaced = new Set(rules.map((rule) => rule.id))
    return new Rulebook([...[...this.versions.values()].flat().filter((rule) => !replaced.has(rule.id)), ...rules])
  }
}

/** The rules as they come with this program. */
export const printedRulebook = new Rulebook([
  ...petitionRules, ...appealRules, ...compensationRules, ...consumerRules, ...legalAidRules, ...councilRules, ...regulationRules,
  ...procurementRules, ...tenderRules, ...informationRules, ...documentRules, ...planRules, ...cyberRules, ...procedureRules,
])

/** The rules in use: the printed ones until `useRulebook`. A live binding like `officeCalendar`: keep no copy. */
export let rulebook: Rulebook = printedRulebook

/** Takes the rules with the county's changes into use in this process; core/calendar calls it. */
export function useRulebook(rules: Rulebook): void {
  rulebook = rules
}
