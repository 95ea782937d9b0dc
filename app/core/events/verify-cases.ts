import { sql } from 'kysely'
import type { Db } from '../db.ts'
import { type CaseState, caseStateHashes } from './case-state.ts'

/** Seals made before states were salted, covered history, or took sealed values by their proofs, fit an earlier form. */
const fits = (sealed: Buffer, { whole, earlier }: CaseState): boolean => [whole, ...earlier].some((one) => sealed.equals(one))

/**
 * Cases whose rows, or earlier versions of them, are no longer what they were when their last event was sealed. Each is one zh-TW sentence.
 * Only the last seal of a case counts: what an act destroyed lawfully has an event after it.
 */
export async function verifyCaseStates(db: Db): Promise<{ count: number; differences: string[] }> {
  const differences: string[] = []
  let count = 0
  for (let after = 0; ; ) {
    // one snapshot for seals and rows; a case with an act under way or not yet sealed is left for the next time
    const done = await db.transaction().setIsolationLevel('repeatable read').execute(async (tx) => {
      const cases = await sql<{ id: number; name: string; state_hash: Buffer | null; open: boolean }>`
        select c.id, coalesce(c.number, c.follow_no) as name, s.state_hash,
          exists (select from events e where e.case_id = c.id and not exists (select from event_seals es where es.event_id = e.id)) as open
        from cases c left join lateral (select es.state_hash from events e join event_seals es on es.event_id = e.id
          where e.case_id = c.id and es.state_hash is not null order by es.seq desc limit 1) s on true
        where c.id > ${after} order by c.id limit 2000`.execute(tx)
      const hashes = await caseStateHashes(tx, cases.rows.map((row) => row.id))
      for (const row of cases.rows) {
        if (row.open) continue
        if (!row.state_hash) differences.push(`案件 ${row.name} 沒有封存紀錄：它不是由系統寫入的`)
        else if (!fits(row.state_hash, hashes.get(row.id)!) && !fits(row.state_hash, (await caseStateHashes(tx, [row.id], true)).get(row.id)!)) differences.push(`案件 ${row.name} 的資料或過去的版本被改過，和最後一次紀錄不符`)
      }
      count += cases.rows.length
      after = cases.rows.at(-1)?.id ?? after
      return cases.rows.length === 0
    })
    if (done) return { count, differences }
  }
}
