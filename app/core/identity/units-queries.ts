import { sql } from 'kysely'
import type { Reader } from '../db.ts'
import type { Day } from '../time.ts'
import type { UnitKind } from './tables.ts'

export type UnitLine = { id: number; code: string; name: string; kind: UnitKind; parent: string | null; parent_code: string | null; valid_from: Day; valid_until: Day | null; people: number; open_cases: number }

/** Units by bureau and code; `closed`: those of before too. `people` holds a post there today. */
export async function listUnits(reader: Reader, filter: { words?: string | undefined; closed?: boolean }, today: Day): Promise<UnitLine[]> {
  const like = `%${(filter.words ?? '').trim().replace(/[\\%_]/g, '\\$&')}%`
  return unitLines(reader, sql`(u.name ilike ${like} or u.code ilike ${like}) ${filter.closed ? sql`` : sql`and (u.valid_until is null or u.valid_until >= ${today})`}`, today)
}

export async function findUnitLine(reader: Reader, id: number, today: Day): Promise<UnitLine | null> {
  return (await unitLines(reader, sql`u.id = ${id}`, today))[0] ?? null
}

async function unitLines(reader: Reader, where: ReturnType<typeof sql>, today: Day): Promise<UnitLine[]> {
  const { rows } = await sql<UnitLine>`
    select u.id, u.code, u.name, u.kind, p.name as parent, p.code as parent_code, u.valid_from, u.valid_until,
      (select count(distinct person_id) from posts where unit_id = u.id and valid_from <= ${today} and (valid_until is null or valid_until >= ${today})) as people,
      (select count(*) from cases c where c.unit_id = u.id and c.closed_at is null) as open_cases
    from units u join units b on b.id = u.bureau_id left join units p on p.id = u.parent_id where ${where} order by b.code, u.code <> b.code, u.code`.execute(reader)
  return rows
}
