import type { Reader } from '../db.ts'
import type { Day } from '../time.ts'
import './tables.ts'

export type UnitForImport = { id: number; code: string; name: string; validFrom: Day; validUntil: Day | null }

/** Every unit there ever was, for `unitFinder`. */
export function findUnitsForImport(reader: Reader): Promise<UnitForImport[]> {
  return reader.selectFrom('units').select(['id', 'code', 'name', 'valid_from as validFrom', 'valid_until as validUntil']).execute()
}

export type FindUnit = (nameOrCode: string, on: Day) => number | string

/** The unit's id, or why there is none. A name that several units share must be given by code; one that was used again means the unit of that day. */
export function unitFinder(units: UnitForImport[]): FindUnit {
  const byName = Map.groupBy(units, ({ name }) => name.normalize('NFKC'))
  const byCode = new Map(units.map((unit) => [unit.code.normalize('NFKC'), unit]))
  return (nameOrCode, on) => {
    const coded = byCode.get(nameOrCode)
    if (coded) return coded.id
    const named = byName.get(nameOrCode) ?? []
    const then = named.filter(({ validFrom, validUntil }) => validFrom <= on && (validUntil === null || on <= validUntil))
    const candidates = then.length > 0 ? then : named
    if (candidates.length === 1) return candidates[0]!.id
    if (candidates.length > 1) return `有 ${candidates.length} 個單位叫「${nameOrCode}」，請改填代碼（${candidates.map(({ code }) => code).join('、')}）`
    return `沒有「${nameOrCode}」這個單位，請填單位名稱或代碼，或先匯入 units.csv`
  }
}
