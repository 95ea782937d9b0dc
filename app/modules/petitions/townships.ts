import type { Reader } from '../../core/db.ts'
import { townships } from './schema.ts'

/** The county's townships: those with an office among the units (竹南鎮公所 → 竹南鎮), and the ones we know. */
export async function findTownships(reader: Reader): Promise<string[]> {
  const offices = await reader.selectFrom('units').select('name').where('kind', '=', 'township').orderBy('code').execute()
  const own = offices.flatMap(({ name }) => /^(.+[鄉鎮市區])公所$/.exec(name)?.[1] ?? [])
  return [...new Set([...own, ...townships])]
}
