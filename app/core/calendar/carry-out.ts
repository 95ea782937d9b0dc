import { sql } from 'kysely'
import type { ActContext } from '../act.ts'
import type { Tx } from '../db.ts'
import type { Move } from './moves.ts'
import { tellOfficers } from './tell.ts'

/** `changeId`: of the calendar; null when a rule changed. `at`: from when the new days hold. */
type Why = { changeId: number | null; words: string; version: string; at: Date }

/** Rows written by one statement. */
const writtenAtOnce = 1_000

/** Gives each clock its new day and explanation, with an event and the earlier day kept, and tells the officers. The cases must be locked. */
export async function carryOutMoves(tx: Tx, ctx: ActContext, why: Why, moves: readonly Move[]): Promise<void> {
  for (let i = 0; i < moves.length; i += writtenAtOnce) await writeMoves(tx, ctx, why, moves.slice(i, i + writtenAtOnce))
  if (moves.length) await tellOfficers(tx, ctx, why.words, moves)
}

async function writeMoves(tx: Tx, ctx: ActContext, { changeId, words, version, at }: Why, moves: readonly Move[]): Promise<void> {
  const rows = JSON.stringify(moves.map(({ clockId, caseId, main, rule, officerId, from, to, because, explanation }) => ({ clock: clockId, case: caseId, main, rule, officer: officerId, from_on: from, to_on: to, because, explanation })))
  const given = sql`jsonb_to_recordset(${rows}::jsonb) as g(clock bigint, "case" bigint, main boolean, rule text, officer bigint, from_on date, to_on date, because text, explanation jsonb)`
  await sql`update case_clocks k set due_on = g.to_on, because = g.because, calendar_version = ${version}, explanation = array(select jsonb_array_elements_text(g.explanation))
    from ${given} where k.id = g.clock`.execute(tx)
  // never before what the case already has on record, or an earlier day would win over this one
  await sql`insert into case_dues (case_id, at, due_on, cause, note)
    select g."case", greatest(${at}::timestamptz, (select max(d.at) from case_dues d where d.case_id = g."case")), g.to_on, 'calendar', ${words} from ${given} where g.main order by g.clock`.execute(tx)
  await sql`update cases c set due_on = g.to_on from ${given} where c.id = g."case" and g.main`.execute(tx)
  if (changeId !== null) await sql`insert into calendar_moves (change_id, clock_id, case_id, officer_id, from_on, to_on) select ${changeId}, g.clock, g."case", g.officer, g.from_on, g.to_on from ${given} order by g.from_on, g.clock`.execute(tx)
  await sql`insert into events (kind, happened_at, case_id, person_id, on_behalf_of, payload)
    select 'case.due-moved', ${ctx.now}::timestamptz, g."case", ${ctx.person?.id ?? null}::bigint, ${ctx.onBehalfOf}::bigint,
      jsonb_build_object('because', ${words}::text, 'rule', g.rule, 'from', g.from_on, 'to', g.to_on)
        || case when ${changeId}::bigint is null then '{}' else jsonb_build_object('change', ${changeId}::bigint) end from ${given} order by g.clock`.execute(tx)
}
