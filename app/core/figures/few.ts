import type { FigureDefinition, FigurePart, FigureValue } from './figure.ts'

export type ToldPart = { key: string | null; label: string; value: number | null; numerator: number | null; denominator: number | null; few: boolean }

/**
 * What may be told of a figure's parts. A part of fewer cases than `publicMin` is left out; so are further parts, smallest
 * first, until those left out are at least two and together not fewer than `publicMin`: else the whole less the other parts
 * would give away what was left out.
 */
export function toldParts(figure: FigureDefinition, parts: readonly FigurePart[]): ToldPart[] {
  const min = figure.publicMin ?? 0
  const counts = parts.map(({ cases }) => cases)
  const left = new Set(counts.flatMap((count, at) => (count > 0 && count < min ? [at] : [])))
  const bySize = counts.map((_, at) => at).toSorted((a, b) => counts[a]! - counts[b]!)
  for (const at of bySize) {
    const sum = [...left].reduce((total, each) => total + counts[each]!, 0)
    if (left.size === 0 || (left.size > 1 && sum >= min)) break
    left.add(at)
  }
  return parts.map((part, at) => told(part, left.has(at)))
}

/** The whole; it may be too small, too. */
export function toldWhole(figure: FigureDefinition, whole: FigureValue): ToldPart {
  return told({ ...whole, key: '', label: '' }, whole.cases > 0 && whole.cases < (figure.publicMin ?? 0))
}

function told(part: FigurePart, few: boolean): ToldPart {
  const { key, label } = part
  return few
    ? { key, label, value: null, numerator: null, denominator: null, few }
    : { key, label, value: part.value, numerator: part.numerator ?? null, denominator: part.denominator ?? null, few }
}
