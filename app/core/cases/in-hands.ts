import { createHash } from 'node:crypto'
import { type RawBuilder, sql } from 'kysely'
import type { Reader, Tx } from '../db.ts'
import { holds, type Person, reach } from '../identity/permissions.ts'
import type { Day } from '../time.ts'
import { caseKinds, seenBy } from './case-kinds.ts'

/** Held by a unit's chief or head: they read cases; who runs accounts does not. */
export const handOverPermission = 'office.hand-over-cases'

/** Units whose cases this person may hand over. */
export const handOverUnits = (person: Person): number[] => {
  const by = reach(person, handOverPermission)
  return by.all ? [] : by.unitIds
}

/** An open case in a colleague's hands. `joined`: open letters that go along (併案). */
export type InHand = { id: number; kind: string; name: string; title: string; unitId: number; unit: string; officerId: number; dueOn: Day | null; joined: number }
/** `unseen`: of the asker's units, which they may not open; `elsewhere`: of other units. Both with what is joined. */
export type InHands = { mine: InHand[]; unseen: number; elsewhere: number }

/** What one colleague has open, told apart by what `person` may hand over; with `locked`, nobody changes those cases until the act ends. */
export async function findInHands(reader: Reader | Tx, person: Person, officerId: number, locked = false): Promise<InHands> {
  const { rows } = await sql<InHand & { within: boolean; seen: boolean }>`
    select c.id, c.kind, coalesce(c.number, c.follow_no) as name, c.title, c.unit_id as "unitId", u.name as unit, c.officer_id as "officerId", c.due_on as "dueOn",
      (select count(*) from cases m where ${joinedTo('m', 'c')}) as joined,
      coalesce(c.unit_id = any(${handOverUnits(person)}::bigint[]), false) as within, ${seenBy(person, 'c')} as seen
    from cases c left join units u on u.id = c.unit_id
    where c.officer_id = ${officerId} and c.closed_at is null and not exists (select from cases m where ${joinedTo('c', 'm')})
    order by c.id ${locked ? sql`for update of c` : sql``}`.execute(reader)
  const rest = rows.filter((one) => !(one.within && one.seen))
  const count = (of: InHand[]) => of.reduce((sum, { joined }) => sum + 1 + joined, 0)
  const order = caseKinds().map(({ kind }) => kind)
  return {
    mine: rows.filter((one) => one.within && one.seen).toSorted((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind) || a.id - b.id),
    unseen: count(rest.filter(({ within }) => within)),
    elsewhere: count(rest.filter(({ within }) => !within)),
  }
}

/** `letter` is joined to `main` and goes where it goes: both open, in the same hands. */
const joinedTo = (letter: string, main: string): RawBuilder<boolean> =>
  sql<boolean>`${sql.ref(`${letter}.merged_into`)} = ${sql.ref(`${main}.id`)} and ${sql.ref(`${letter}.closed_at`)} is null and ${sql.ref(`${main}.closed_at`)} is null and ${sql.ref(`${letter}.officer_id`)} = ${sql.ref(`${main}.officer_id`)}`

/** Stands for this list of cases: what was looked at is what is handed over. */
export const markOf = (cases: readonly InHand[]): string => createHash('sha256').update(cases.map(({ id, unitId, joined }) => `${id}:${unitId}:${joined}`).join(' ')).digest('base64url').slice(0, 32)

/** Why this case cannot go to that colleague, or null. What they may do as somebody's deputy does not count: it ends. */
export function whyNotTo(to: Person, one: Pick<InHand, 'kind' | 'unitId' | 'unit'>): string | null {
  if (!to.posts.some(({ unitIds }) => unitIds.includes(one.unitId))) return `不在${one.unit}任職`
  const works = caseKinds().find(({ kind }) => kind === one.kind)?.works
  return works && holds({ ...to, deputyFor: [] }, works) ? null : '職務不承辦這類案件'
}
