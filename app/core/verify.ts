import { sql } from 'kysely'
import type { Db } from './db.ts'
import { readDocument } from './documents/store.ts'
import { type Kept, toldRoots } from './events/checkpoints.ts'
import { sealEvents } from './events/seal.ts'
import { BrokenTree } from './events/tree.ts'
import { verifyCaseStates } from './events/verify-cases.ts'
import { verifyEvents } from './events/verify-events.ts'

/** One kind of proof: how many things were recomputed, and a zh-TW sentence for each that differs; `remarks` say what is no difference but worth knowing. */
export type Proof = { what: string; count: number; differences: string[]; remarks?: string[] }

/** Further proofs that modules and reports bring: figures of issued reports, … */
export type ProofMaker = (db: Db) => Promise<Proof>
const makers: ProofMaker[] = []
export function addProof(maker: ProofMaker): void {
  makers.push(maker)
}

/**
 * Recomputes the sealed events and the checkpoints told of them (with those kept elsewhere, `against`), case states from events, document
 * hashes, and what modules add. Changes nothing but unsealed events' seals.
 */
export async function verifyAll(db: Db, against?: Kept): Promise<Proof[]> {
  const proofs: Proof[] = [...(await verifyRecord(db, against)), await verifyStages(db), await verifyNumbers(db), { what: '案件資料', ...(await verifyCaseStates(db)) }, await verifyDocuments(db)]
  for (const maker of makers) proofs.push(await maker(db))
  return proofs
}

async function verifyRecord(db: Db, against?: Kept): Promise<Proof[]> {
  const broken = await sealEvents(db).then(() => [], (error: unknown) => {
    // the events say what happened
    if (error instanceof BrokenTree) return [error.message]
    if ((error as { code?: string }).code === uniqueViolation) return ['封存無法繼續：最後的封存和事件的順序不合']
    throw error
  })
  const { told, count, differences } = await toldRoots(db, against)
  const events = await verifyEvents(db, told)
  return [{ what: '事件封存', count: events.count, differences: [...events.differences, ...broken] }, { what: '檢核點', count, differences: [...differences, ...events.rootDifferences] }]
}

const uniqueViolation = '23505'

/** A case stands in the stage to which its last stage-changing event brought it. */
async function verifyStages(db: Db): Promise<Proof> {
  const rows = await sql<{ name: string; stage: string; expected: string }>`
    select coalesce(c.number, c.follow_no) as name, c.stage, e.to_stage as expected from cases c
    join lateral (select to_stage from events where case_id = c.id and to_stage is not null order by id desc limit 1) e on true
    where c.stage <> e.to_stage order by c.id limit 100`.execute(db)
  const orphaned = await sql<{ case_id: number }>`
    select distinct e.case_id from events e where e.case_id is not null and not exists (select from cases c where c.id = e.case_id) limit 100`.execute(db)
  return {
    what: '案件狀態',
    count: await countOf(db, 'cases'),
    differences: [
      ...rows.rows.map((row) => `案件 ${row.name} 的階段是 ${row.stage}，事件紀錄到 ${row.expected}`),
      ...orphaned.rows.map((row) => `事件所屬的案件 ${row.case_id} 不見了`),
    ],
  }
}

/**
 * 案號 that this system drew have no gaps up to the counter. Numbers of the same form that came by import may have some: the
 * first drawn one follows after them.
 */
async function verifyNumbers(db: Db): Promise<Proof> {
  const rows = await sql<{ kind: string; roc_year: number; last: number; drawn: number; first: number | null; highest: number | null; imported: number }>`
    with numbers as (
      select e.kind, (e.payload ? 'import') as imported, (m[1])::int as roc_year, (m[2])::int as no
      from events e cross join lateral regexp_match(e.payload->>'number', '^\\D+(\\d{1,3})-(\\d{6})$') as m
      where e.kind like '%.registered' and m is not null)
    select k.kind, k.roc_year, k.last, count(*) filter (where not n.imported) as drawn, min(n.no) filter (where not n.imported) as first,
      max(n.no) filter (where not n.imported) as highest, coalesce(max(n.no) filter (where n.imported), 0) as imported
    from case_counters k left join numbers n on n.kind = k.kind || '.registered' and n.roc_year = k.roc_year
    group by k.kind, k.roc_year, k.last`.execute(db)
  const hasGap = ({ last, drawn, first, highest, imported }: (typeof rows.rows)[number]): boolean =>
    drawn === 0 ? last !== imported : highest !== last || drawn !== last - first! + 1 || first! > imported + 1
  return {
    what: '案號連續',
    count: rows.rows.length,
    differences: rows.rows.filter(hasGap).map((row) => `${row.roc_year} 年 ${row.kind} 的案號用到 ${row.last}，由本系統登錄的有 ${row.drawn} 個，中間不連續`),
  }
}

async function verifyDocuments(db: Db): Promise<Proof> {
  const differences: string[] = []
  const documents = await sql<{ id: number; sha256: string }>`select id, encode(sha256, 'hex') as sha256 from documents order by id`.execute(db)
  for (const document of documents.rows) {
    await readDocument(document.sha256).catch((error: NodeJS.ErrnoException) => {
      differences.push(error.code === 'ENOENT' ? `檔案 ${document.sha256.slice(0, 12)}… 不見了` : `檔案 ${document.sha256.slice(0, 12)}… 的內容被改過`)
    })
  }
  return { what: '檔案內容', count: documents.rows.length, differences }
}

async function countOf(db: Db, table: 'cases'): Promise<number> {
  const row = await db.selectFrom(table).select((eb) => eb.fn.countAll<number>().as('n')).executeTakeFirstOrThrow()
  return row.n
}
