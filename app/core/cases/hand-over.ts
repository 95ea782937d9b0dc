import { createHash } from 'node:crypto'
import { type RawBuilder, sql } from 'kysely'
import { z } from 'zod'
import { act } from '../act.ts'
import type { Reader, Tx } from '../db.ts'
import { done, refusal } from '../errors.ts'
import { record } from '../events/record.ts'
import { holds, onBehalfOf, type Person, reach } from '../identity/permissions.ts'
import { findPerson } from '../identity/sessions.ts'
import type { Day } from '../time.ts'
import { assignLead } from './assign.ts'
import { caseKinds, seenBy } from './case-kinds.ts'

/** Held by a unit's chief or head: they read cases; who runs accounts does not. */
export const handOverPermission = 'office.hand-over-cases'

/** Units whose cases this person may hand over. */
export const handOverUnits = (person: Person): number[] => {
  const by = reach(person, handOverPermission)
  return by.all ? [] : by.unitIds
}

const personId = (message: string) => z.coerce.number({ error: message }).int().positive(message)
const Input = z.object({
  from: personId('請選擇要交出案件的同仁'),
  to: personId('請選擇接辦的同仁'),
  kinds: z.union([z.string().transform((one) => [one]), z.array(z.string())], { error: '請至少選一類案件' }).pipe(z.array(z.string().max(60)).min(1, '請至少選一類案件').max(60)),
  seen: z.string().max(60).default(''),
})

/**
 * 交接: the open cases in one colleague's hands go to another, with their papers and the same clocks, in one act; each tells it in its history.
 * Only those of the asker's units that they may see, and only to somebody whose post reaches the unit and works that kind. Refused where the cases are
 * no longer those that were shown (`seen`, by `markOf`). Gives how many, joined letters not counted.
 */
export const handOverCases = act(handOverPermission, Input, async (tx, ctx, input) => {
  if (input.from === input.to) return refusal('cases.same-officer', '這位同仁就是要交出案件的人，請另選接辦的同仁', { field: 'to' })
  const to = await findPerson(tx, input.to)
  if (!to) return refusal('cases.no-successor', '這位同仁的帳號已停用，請另選接辦的同仁', { field: 'to' })
  const { mine } = await findInHands(tx, ctx.person, input.from, true)
  if (markOf(mine) !== input.seen) return refusal('cases.changed', '您看過名單以後案件有異動，請再看一次名單再交接')
  const going = mine.filter((one) => input.kinds.includes(one.kind) && whyNotTo(to, one) === null)
  if (!going.length) return refusal('cases.none-to-hand-over', '所選的類別裡沒有這位同仁可以接辦的案件', { field: 'kinds' })
  for (const one of going) {
    const forOne = { ...ctx, onBehalfOf: ctx.onBehalfOf ?? onBehalfOf(ctx.person, handOverPermission, one) }
    await assignLead(tx, { caseId: one.id, unitId: one.unitId, officerId: to.id, at: ctx.now, endedAs: 'handed-over' })
    await record(tx, forOne, 'case.handed-over', { caseId: one.id, payload: { from: input.from, officer: to.id, unit: one.unitId } })
    await caseKinds().find(({ kind }) => kind === one.kind)?.carry?.(tx, forOne, one.id, { unitId: one.unitId, officerId: to.id })
  }
  await record(tx, ctx, 'person.cases-handed-over', { payload: { person: input.from, officer: to.id, cases: going.length } })
  return done({ cases: going.length, to: to.name })
}, { stepUp: true })

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

export type Holder = { id: number; name: string; locked: boolean; lastDay: Day | null; cases: number }

/** Colleagues with open cases in these units, those who have left or leave first. `lastDay`: where every post of theirs ends. */
export async function findHolders(reader: Reader, unitIds: number[], today: Day): Promise<Holder[]> {
  const { rows } = await sql<Holder>`
    select p.id, p.name, p.locked_at is not null as locked, held.last_day as "lastDay", open.cases
    from (select officer_id, count(*) as cases from cases where closed_at is null and officer_id is not null and unit_id = any(${unitIds}::bigint[]) group by officer_id) open
    join people p on p.id = open.officer_id
    left join lateral (select case when bool_or(valid_until is null) then null else max(valid_until) end as last_day from posts where person_id = p.id) held on true
    order by p.locked_at is null, held.last_day is null or held.last_day > ${today}, held.last_day is null, p.name, p.id`.execute(reader)
  return rows
}

export type Successor = { id: number; name: string; unit: string; openCases: number }

/** Who could take cases over: colleagues in use with a post in these units today, with how much they have open. */
export async function findSuccessors(reader: Reader, unitIds: number[], today: Day): Promise<Successor[]> {
  const { rows } = await sql<Successor>`
    select distinct on (u.code, p.name, p.id) p.id, p.name, u.name as unit, (select count(*) from cases c where c.officer_id = p.id and c.closed_at is null) as "openCases"
    from posts join people p on p.id = posts.person_id and p.locked_at is null join units u on u.id = posts.unit_id
    where posts.unit_id = any(${unitIds}::bigint[]) and posts.valid_from <= ${today} and (posts.valid_until is null or posts.valid_until >= ${today}) order by u.code, p.name, p.id`.execute(reader)
  return rows
}

/** Chiefs and heads who may hand over what this colleague has open. */
export async function findHandersOver(reader: Reader, officerId: number, roles: readonly string[], today: Day): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`
    with recursive above as (
      select u.id, u.parent_id from units u where u.id in (select unit_id from cases where officer_id = ${officerId} and closed_at is null)
      union select u.id, u.parent_id from units u join above on above.parent_id = u.id)
    select distinct p.id, u.name || ' ' || p.name as name from posts join above on above.id = posts.unit_id join units u on u.id = above.id join people p on p.id = posts.person_id and p.locked_at is null
    where posts.role = any(${roles}::text[]) and p.id <> ${officerId} and posts.valid_from <= ${today} and (posts.valid_until is null or posts.valid_until >= ${today}) order by p.id limit 6`.execute(reader)
  return rows.map(({ name }) => name)
}
