import { sql } from 'kysely'
import { seenBy } from '../../../core/cases/case-kinds.ts'
import type { Reader } from '../../../core/db.ts'
import type { Person } from '../../../core/identity/permissions.ts'
import type { Day } from '../../../core/time.ts'
import type { BodyKind, BodyLevel, Publication } from '../schema.ts'

export type RegisteredBody = {
  code: string; name: string; kind: BodyKind; level: BodyLevel; ownerUnit: string | null; basis: string; publication: Publication; timesAYear: number | null; /** of its meetings: those of another module's committee are found by it */ caseKind: string
  held: number; confirmed: number; /** minutes that everybody may read now */ published: number; lastOn: Day | null
  /** held, minutes not confirmed, and past the day by which the body has them done; where it has no such day, thirty days */
  missing: { number: string; heldOn: Day }[]
}

const fallbackDays = 30

/** Every standing body of a year, county first, with its meetings of that year up to `today` that this person may see, and whose minutes are missing. */
export async function findRegister(reader: Reader, person: Person, year: number, today: Day): Promise<RegisteredBody[]> {
  const { rows } = await sql<RegisteredBody>`
    select b.code, b.name, b.kind, b.level, u.name as "ownerUnit", b.basis, b.publication, b.times_a_year as "timesAYear", b.case_kind as "caseKind", count(h.id)::int as held, (count(h.id) filter (where h.approved_on is not null))::int as confirmed, (count(h.id) filter (where h.is_public))::int as published, max(h.held_on) as "lastOn",
      coalesce(jsonb_agg(jsonb_build_object('number', h.number, 'heldOn', h.held_on) order by h.held_on) filter (where h.id is not null and h.approved_on is null and h.held_on + coalesce(b.minutes_due_days, ${fallbackDays}) < ${today}::date), '[]') as missing
    from meeting_bodies b left join units u on u.id = b.owner_unit_id
    left join (select c.id, c.number, c.kind, m.held_on, m.approved_on, x.body_id, exists (select from meeting_publications p where p.meeting_id = m.id and p.withdrawn_at is null) as is_public from committee_meetings m join cases c on c.id = m.id left join meetings x on x.id = m.id
      where c.outcome = 'held' and m.held_on between make_date(${year}::int, 1, 1) and least(make_date(${year}::int, 12, 31), ${today}::date) and ${seenBy(person, 'c')}) h on h.body_id = b.id or (h.body_id is null and h.kind = b.case_kind)
    where b.standing and (b.valid_from is null or b.valid_from <= make_date(${year}::int, 12, 31)) and (b.valid_until is null or b.valid_until >= make_date(${year}::int, 1, 1))
    group by b.id, u.name order by array_position(array['county', 'agency', 'township'], b.level), b.id`.execute(reader)
  return rows
}
