import { nearestNames } from '../clocks/nearest-names.ts'
import type { Reader } from '../db.ts'

/** The county's townships, by their offices among the units: 烏坵鄉公所 → 烏坵鄉. */
export async function findTownships(reader: Reader): Promise<string[]> {
  const offices = await reader.selectFrom('units').select('name').where('kind', '=', 'township').orderBy('code').execute()
  return [...new Set(offices.flatMap(({ name }) => /^(.+[鄉鎮市區])公所$/.exec(name)?.[1] ?? []))]
}

/** Why these are no townships of the county; null when they are. A county without township offices is taken at its word. */
export function refuseTownships(names: readonly string[], known: readonly string[]): string | null {
  const unknown = names.find((name) => (known.length ? !known.includes(name) : !/^[\p{L}]{1,5}[鄉鎮市區]$/u.test(name)))
  if (unknown === undefined) return null
  return known.length ? `本縣沒有「${unknown}」，最接近的是 ${nearestNames(unknown, known).join('、')}` : `「${unknown}」不是鄉鎮市的名稱`
}
