import { type PeriodUnit, type Rule } from '../clocks/rule.ts'
import { Rulebook } from '../clocks/rules.ts'
import { addDays, type Day, dayOf } from '../time.ts'
import type { RuleChange } from './stored.ts'

/**
 * The printed rules with what the county changed. A period set by the county is a version of its own from its first
 * trigger day on, so that what began before keeps the version under which it began; a withdrawn one keeps the days on
 * which it applied, and the version before it follows. A confirmation changes the mark, never a day.
 */
export function countyRulebook(printed: Rulebook, changes: readonly RuleChange[]): Rulebook {
  const ids = [...new Set(changes.map(({ rule }) => rule))].filter((id) => printed.has(id))
  return printed.with(ids.flatMap((id) => versionsOf(printed.versionsOf(id), changes.filter(({ rule }) => rule === id))))
}

function versionsOf(printed: readonly Rule[], changes: readonly RuleChange[]): Rule[] {
  let versions = [...printed]
  const bySpan = changes.filter(({ effective_from }) => effective_from !== null).toSorted((a, b) => (a.effective_from! < b.effective_from! ? -1 : a.effective_from! > b.effective_from! ? 1 : a.id - b.id))
  for (const change of bySpan) {
    if (change.withdrawn_on !== null && change.withdrawn_on < change.effective_from!) continue // taken back before it began
    versions = versions.flatMap((version) => split(version, change))
  }
  const confirmed = changes.findLast(({ what, withdrawn_at }) => what === 'confirmed' && withdrawn_at === null)
  return versions.map((version, i) => ({ ...version, version: i + 1, ...(confirmed ? confirmedBy(confirmed) : {}) }))
}

/** What lies before the change, what the change makes of it, what follows once it was withdrawn. */
function split(version: Rule, change: RuleChange): Rule[] {
  const from = later(version.effectiveFrom, change.effective_from)
  const to = earlier(version.effectiveTo, change.withdrawn_on)
  if (from === null || (to !== null && to < from)) return [version]
  const parts: Rule[] = []
  if (version.effectiveFrom === null || version.effectiveFrom < from) parts.push({ ...version, effectiveTo: addDays(from, -1) })
  parts.push({ ...changed(version, change), effectiveFrom: from, effectiveTo: to })
  if (to !== null && (version.effectiveTo === null || to < version.effectiveTo)) parts.push({ ...version, effectiveFrom: addDays(to, 1) })
  return parts
}

const later = (a: Day | null, b: Day | null): Day | null => (a === null || (b !== null && b > a) ? b : a)
const earlier = (a: Day | null, b: Day | null): Day | null => (a === null || (b !== null && b < a) ? b : a)

function changed(rule: Rule, change: RuleChange): Rule {
  const byCounty = { documentNumber: change.document_number, reason: change.reason }
  const citation = `${rule.citation.replace(/；本縣自訂.*$/, '')}；本縣自訂${change.document_number ? `（${change.document_number}）` : ''}`
  if (change.what === 'in-force') {
    const { draft: _draft, ...inForce } = rule
    return { ...inForce, byCounty, citation: citation.replace('；本縣自訂', '；本縣施行') }
  }
  const period = { length: change.length!, unit: change.unit!, counting: countingFor(rule, change.unit!) }
  if (change.clock === null) return { ...rule, ...period, byCounty, citation }
  const variant = rule.variants?.[change.clock]
  return variant ? { ...rule, variants: { ...rule.variants, [change.clock]: { ...variant, ...period } }, byCounty, citation } : rule
}

// Office days are counted by the calendar alone; a rule that leaves them counts as 行政程序法 §48 says.
function countingFor(rule: Rule, unit: PeriodUnit): Rule['counting'] {
  if (unit === 'wd') return 'office-days'
  return rule.counting === 'office-days' ? 'administrative' : rule.counting
}

const confirmedBy = (change: RuleChange): Pick<Rule, 'confirmed'> => ({
  confirmed: { by: change.confirmed_by ?? '法制單位', documentNumber: change.document_number ?? '', on: dayOf(change.made_at) },
})
