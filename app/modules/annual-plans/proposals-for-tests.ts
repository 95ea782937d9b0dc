import { sql } from 'kysely'
import { type Db, write } from '../../core/db.ts'
import { caseKind } from './schema.ts'
import './tables.ts'

/**
 * A round of that ROC year with `count` checked proposals of these units, written as rows for a test or the bench. Amounts and scores are the same each time: scores
 * are few, so that many tie; every eleventh was scored by nobody; of every 97 one is pinned in and one out. Gives the round's id.
 */
export async function makeProposals(db: Db, { year, count, unitIds }: { year: number; count: number; unitIds: number[] }): Promise<number> {
  return write(db, async (tx) => {
    const { id } = await tx.insertInto('plan_rounds').values({ roc_year: year, due_on: '2021-06-30' as never, opened_at: new Date('2021-04-01T01:00:00Z') }).returning('id').executeTakeFirstOrThrow()
    await sql`
      with made as (
        insert into cases (kind, follow_no, number, title, stage, unit_id, received_at, registered_at, confidential)
        select ${caseKind}, 'T' || ${year}::int || '-' || n, '施' || ${year}::int || '-' || lpad(n::text, 6, '0'), '示範計畫第 ' || n || ' 號', 'complete', (${unitIds}::bigint[])[1 + n % ${unitIds.length}::int], '2021-05-03T01:00:00Z', '2021-05-03T01:00:00Z', false
        from generate_series(1, ${count}::int) n returning id, number
      ), numbered as (select id, right(number, 6)::int as n from made), detail as (
        insert into plan_proposals (id, round_id, category, kind, priority, from_year, to_year, content, benefit, asked_twd, total_twd)
        select id, ${id}, 'works', 'new', 1 + n % 7, ${year}::int, ${year}::int, '示範內容', '示範效益', 100000 + (n::bigint * 7919 % 5000) * 10000, 100000 + (n::bigint * 7919 % 5000) * 10000 from numbered
      ), scored as (
        insert into plan_reviews (case_id, role, points, score, reviewed_at) select id, r.role, '{}', 60 + (n * 31 + r.more) % 40, '2021-07-01T01:00:00Z' from numbered cross join (values ('budget', 0), ('research', 20)) r (role, more) where n % 11 <> 0
      )
      insert into plan_pins (case_id, decision, reason, pinned_at) select id, case n % 97 when 5 then 'in' else 'out' end, '審查會議決定', '2021-08-01T01:00:00Z' from numbered where n % 97 in (5, 50)`.execute(tx)
    return id
  })
}
