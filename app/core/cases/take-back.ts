import { randomUUID } from 'node:crypto'
import { type RawBuilder, sql } from 'kysely'
import { z } from 'zod'
import { act } from '../act.ts'
import type { Reader } from '../db.ts'
import { done, refusal } from '../errors.ts'
import { record } from '../events/record.ts'
import type { Person } from '../identity/permissions.ts'
import { findPerson } from '../identity/sessions.ts'
import { seenBy } from './case-kinds.ts'
import { give, tellSuccessor } from './give-cases.ts'
import { findInHands, handOverPermission, handOverUnits, whyNotTo } from './in-hands.ts'

/**
 * 收回: what one hand-over gave goes back to who had it, as far as it is still open, still in the successor's hands since then, and the asker's to hand over.
 * What was done meanwhile stays. Refused where the one before has left or works elsewhere by now: then it is handed over to another.
 */
export const takeBackCases = act('office.take-back-cases', z.object({ handOver: z.uuid({ error: '找不到這次交接' }), origin: z.string().max(200).default('') }), async (tx, ctx, input) => {
  const found = await findHandOver(tx, input.handOver)
  if (!found) return refusal('cases.no-hand-over', '找不到這次交接')
  const back = await findPerson(tx, found.from)
  if (!back) return refusal('cases.no-way-back', `${found.fromName}的帳號已停用，不能收回；請在「案件交接」交給別的同仁`)
  const { mine } = await findInHands(tx, ctx.person, found.to, true)
  const going = mine.filter(({ id }) => found.caseIds.includes(id)).filter((one) => whyNotTo(back, one) === null)
  if (!going.length) return refusal('cases.none-to-take-back', '這次交接的案件都已結案、再交給別人，或原承辦人已經不能承辦')
  await give(tx, ctx, going, { from: found.to, to: found.from, handOver: randomUUID(), back: true })
  await record(tx, ctx, 'person.cases-taken-back', { payload: { person: found.to, officer: found.from, cases: going.length, handOver: input.handOver } })
  await tellSuccessor(tx, ctx, going, { from: found.to, to: found.from, origin: input.origin })
  return done({ cases: going.length, to: back.name })
}, { permission: handOverPermission, stepUp: true })

/** A hand-over of the last days: whose, to whom, by whom; `caseIds`: those that lie where it put them, open. */
export type PastHandOver = { handOver: string; at: Date; from: number; fromName: string; to: number; toName: string; by: string; cases: number; caseIds: number[]; back: boolean; fromLocked: boolean }

/** For how many days a hand-over stays on the list of those that can be taken back. */
export const takeBackDays = 30

const handOvers = (which: RawBuilder<unknown>) => sql<PastHandOver>`
  select e.payload->>'handOver' as "handOver", min(e.happened_at) as at, (e.payload->>'from')::bigint as from, f.name as "fromName", (e.payload->>'officer')::bigint as to, t.name as "toName",
    min(p.name || coalesce('（代' || absent.name || '）', '')) as by, count(*) as cases, coalesce(bool_or((e.payload->>'back')::boolean), false) as back, f.locked_at is not null as "fromLocked",
    coalesce(jsonb_agg(e.case_id) filter (where c.closed_at is null and c.officer_id = (e.payload->>'officer')::bigint and e.happened_at = (
      select a.from_at from assignments a where a.case_id = c.id and a.role = 'lead' and a.until_at is null)), '[]') as "caseIds"
  from events e join cases c on c.id = e.case_id join people f on f.id = (e.payload->>'from')::bigint join people t on t.id = (e.payload->>'officer')::bigint
  join people p on p.id = e.person_id left join people absent on absent.id = e.on_behalf_of
  where e.kind = 'case.handed-over' and e.payload ? 'handOver' and ${which}
  group by e.payload->>'handOver', 3, f.name, f.locked_at, 5, t.name`

async function findHandOver(reader: Reader, handOver: string): Promise<PastHandOver | null> {
  return (await handOvers(sql`e.payload->>'handOver' = ${handOver}`).execute(reader)).rows[0] ?? null
}

/** Hand-overs of the last `takeBackDays` of cases that are now in these units and that the person may see, the latest first. */
export async function findHandOvers(reader: Reader, person: Person, now: Date): Promise<PastHandOver[]> {
  const since = new Date(now.getTime() - takeBackDays * 86_400_000)
  const { rows } = await sql<PastHandOver>`select * from (${handOvers(sql`e.happened_at >= ${since} and c.unit_id = any(${handOverUnits(person)}::bigint[]) and ${seenBy(person, 'c')}`)}) h order by h.at desc limit 20`.execute(reader)
  return rows
}
