import type { Reader } from '../../../core/db.ts'
import type { Share } from './query.ts'

export type Unit = { id: number; name: string; parentId: number | null }

/** Every unit that ever was, in the order of their codes: what is due does not end with its unit. */
export function findUnits(reader: Reader): Promise<Unit[]> {
  return reader.selectFrom('units').select(['id', 'name', 'parent_id as parentId']).orderBy('code').execute()
}

/** The unit and all below it. */
export function subtree(units: readonly Unit[], id: number): number[] {
  return [id, ...units.filter((unit) => unit.parentId === id).flatMap((unit) => subtree(units, unit.id))]
}

/** Choices of a select: units that have something due, themselves or below. */
export function unitChoices(units: Unit[], having: number[]): { value: string; text: string }[] {
  const names = new Map(units.map((unit) => [unit.id, unit.name]))
  return units
    .filter((unit) => subtree(units, unit.id).some((id) => having.includes(id)))
    .map((unit) => ({ value: String(unit.id), text: unit.parentId === null ? unit.name : `${names.get(unit.parentId) ?? ''} ${unit.name}`.trim() }))
}

/** Each unit's numbers with those of the units below it, as its list has them. */
export function withBelow(shares: readonly Share[], units: readonly Unit[]): Share[] {
  return shares.map((share) => {
    if (share.key === null) return share
    const below = new Set(subtree(units, +share.key).map(String))
    const all = shares.filter(({ key }) => key !== null && below.has(key))
    const sum = (of: 'count' | 'overdue' | 'soon') => all.reduce((total, each) => total + each[of], 0)
    return { ...share, count: sum('count'), overdue: sum('overdue'), soon: sum('soon') }
  })
}
