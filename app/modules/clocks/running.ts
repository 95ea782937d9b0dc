import type { RawBuilder } from 'kysely'
import { caseKinds, seenBy } from '../../core/cases/case-kinds.ts'
import { rulebook } from '../../core/clocks/index.ts'
import type { Person } from '../../core/identity/permissions.ts'

export { isRunning } from '../../core/cases/due.ts'

/** SQL condition over cases c: this person may see it. */
export const mayBeSeenBy = (person: Person, alias = 'c'): RawBuilder<boolean> => seenBy(person, alias)

/** What a rule's period is for, 人民陳情之答復; its id where the rulebook has it no more. */
export function ruleTitle(id: string): string {
  if (known?.book !== rulebook) known = { book: rulebook, titles: new Map(rulebook.latest().map((rule) => [rule.id, rule.title])) }
  return known.titles.get(id) ?? id
}
/** of the rulebook in use: the county may change it at any time */
let known: { book: typeof rulebook; titles: Map<string, string> } | undefined

export function kindLabel(kind: string): string {
  return caseKinds().find((each) => each.kind === kind)?.label ?? kind
}
