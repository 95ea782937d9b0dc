import type { Db, Reader } from '../../core/db.ts'
import { type UnitKind, unitKinds } from '../../core/identity/tables.ts'
import type { Day } from '../../core/time.ts'

export type UnitChoice = { id: number; name: string; kind: UnitKind; parentId: number | null; bureauId: number }

/** Units that exist on that day, in the order of their codes. */
export async function findUnits(reader: Reader, today: Day): Promise<UnitChoice[]> {
  const rows = await reader
    .selectFrom('units')
    .select(['id', 'name', 'kind', 'parent_id as parentId', 'bureau_id as bureauId'])
    .where('valid_from', '<=', today)
    .where((eb) => eb.or([eb('valid_until', 'is', null), eb('valid_until', '>=', today)]))
    .orderBy('code')
    .execute()
  return rows
}

/** Units as pages show them; kept for a moment, since every list asks for them and they change a few times a year. */
const recent = new WeakMap<Db, { today: Day; until: number; units: Promise<UnitChoice[]> }>()
const recentMs = 5_000

export function recentUnits(db: Db, today: Day): Promise<UnitChoice[]> {
  const known = recent.get(db)
  if (known && known.today === today && known.until > Date.now()) return known.units
  const units = findUnits(db, today)
  recent.set(db, { today, until: Date.now() + recentMs, units })
  units.catch(() => recent.delete(db))
  return units
}

/** For a select: units grouped by kind, sections under their bureau's name. */
export function unitOptions(units: UnitChoice[]): { group: string; options: { value: string; text: string }[] }[] {
  const names = new Map(units.map((unit) => [unit.id, unit.name]))
  const text = (unit: UnitChoice) => (unit.kind === 'section' && unit.parentId ? `${names.get(unit.parentId) ?? ''} ${unit.name}`.trim() : unit.name)
  return (Object.keys(unitKinds) as UnitKind[])
    .map((kind) => ({ group: unitKinds[kind], options: units.filter((unit) => unit.kind === kind).map((unit) => ({ value: String(unit.id), text: text(unit) })) }))
    .filter((group) => group.options.length)
}

/** The unit and all below it. */
export function subtree(units: UnitChoice[], id: number): number[] {
  const below = units.filter((unit) => unit.parentId === id).flatMap((unit) => subtree(units, unit.id))
  return [id, ...below]
}
