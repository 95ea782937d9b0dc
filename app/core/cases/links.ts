import { type Generated, sql } from 'kysely'
import type { ActContext } from '../act.ts'
import type { Reader, Tx } from '../db.ts'
import { done, refusal, type Result } from '../errors.ts'
import { holds, type Person } from '../identity/permissions.ts'
import { caseKinds, seenBy } from './case-kinds.ts'
import './tables.ts'

declare module '../db.ts' {
  interface Tables {
    case_links: { to_case_id: number; from_case_id: number; linked_by: number | null; linked_at: Generated<Date> }
  }
}

export type Linked = { number: string; title: string; label: string; path: string; /** the other was made of this one */ made: boolean }

/** The case of which another is to be made, if this person may see it; null where none is named. */
export async function findSource(reader: Reader, person: Person, number: string | undefined): Promise<Result<{ id: number; kind: string; number: string; title: string } | null>> {
  if (!number?.trim()) return done(null)
  const found = await sql<{ id: number; kind: string; number: string; title: string }>`select c.id, c.kind, coalesce(c.number, c.follow_no) as number, c.title from cases c where ${number.trim()} in (c.number, c.follow_no) and c.received_at is not null and ${seenBy(person, 'c')}`.execute(reader)
  return found.rows[0] ? done(found.rows[0]) : refusal('case.no-source', `找不到 ${number.trim()}，或您看不到這一件`, { field: 'from' })
}

export async function linkCases(tx: Tx, ctx: ActContext, fromId: number, toId: number): Promise<void> {
  await tx.insertInto('case_links').values({ from_case_id: fromId, to_case_id: toId, linked_by: ctx.person?.id ?? null }).execute()
}

/** Cases of which this one was made, and that were made of it, as far as this person may see them. */
export async function findLinked(reader: Reader, person: Person, caseId: number): Promise<Linked[]> {
  const { rows } = await sql<{ kind: string; number: string; title: string; made: boolean }>`
    select c.kind, coalesce(c.number, c.follow_no) as number, c.title, l.from_case_id = ${caseId}::bigint as made
    from case_links l join cases c on c.id = case when l.from_case_id = ${caseId}::bigint then l.to_case_id else l.from_case_id end
    where ${caseId}::bigint in (l.from_case_id, l.to_case_id) and ${seenBy(person, 'c')} order by l.linked_at`.execute(reader)
  return rows.flatMap(({ kind, ...row }) => {
    const of = caseKinds().find((one) => one.kind === kind)
    return of ? [{ ...row, label: of.label, path: of.path(row.number) }] : []
  })
}

/** What this person could make of a case of that kind: each with the page that begins it. */
export const makeable = (person: Person, number: string, kind: string): { label: string; path: string }[] =>
  caseKinds().flatMap(({ madeFrom }) => (madeFrom && madeFrom.kinds.includes(kind) && holds(person, madeFrom.permission) ? [{ label: madeFrom.label, path: madeFrom.path(number) }] : []))

/** What a case says in its own words, to begin another with; null where its kind tells nothing. */
export async function toldBy(reader: Reader, kind: string, caseId: number): Promise<string | null> {
  return (await caseKinds().find((one) => one.kind === kind)?.told?.(reader, caseId)) ?? null
}
