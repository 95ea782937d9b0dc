import { sql } from 'kysely'
import type { Db, Tx } from '../db.ts'
import { caseStateHashes, stateForm, stateTables } from './case-state.ts'
import { fitsEarlierForm } from './case-state-earlier.ts'

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
        else if (isOfLaterForm(row.state_hash)) differences.push(`案件 ${row.name} 的封存是較新版本的程式做的，這個版本不能查驗`)
        else if (!(await fits(tx, row.id, row.state_hash, hashes.get(row.id)!))) differences.push(`案件 ${row.name} 的資料或過去的版本被改過，和最後一次紀錄不符`)
      }
      count += cases.rows.length
      after = cases.rows.at(-1)?.id ?? after
      return cases.rows.length === 0
    })
    if (done) return { count, differences: [...differences, ...(await rowsOfOtherKinds(db))] }
  }
}

/** A seal tells its form by its first byte; those of before are 32 bytes long. */
const isOfLaterForm = (sealed: Buffer): boolean => sealed.length !== 32 && sealed[0] !== stateForm

async function fits(tx: Tx, caseId: number, sealed: Buffer, now: Buffer): Promise<boolean> {
  return sealed.length === 32 ? fitsEarlierForm(tx, caseId, sealed) : sealed.equals(now)
}

/** A row beside a case of a kind whose proof does not cover that table was written by hand. */
async function rowsOfOtherKinds(db: Db): Promise<string[]> {
  const found: string[] = []
  for (const { table, column, kinds } of stateTables()) {
    if (!kinds) continue
    const { rows } = await sql<{ name: string }>`select coalesce(c.number, c.follow_no) as name from ${sql.table(table)} t join cases c on c.id = t.${sql.ref(column)}
      where not c.kind = any(${kinds}::text[]) order by c.id limit 20`.execute(db)
    found.push(...rows.map(({ name }) => `案件 ${name} 在 ${table} 裡有不屬於它的資料列：它不是由系統寫入的`))
  }
  return found
}
