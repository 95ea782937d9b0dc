import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import type { Db } from '../db.ts'
import { entryOf, eventText, type Seal, sealColumns } from './entry.ts'
import { Edge, leafHash } from './merkle.ts'

const batchSize = 5_000
/** An act's recorded instant is taken before its first row; what lies between is a file's checking at most. Longer: somebody set it back. */
const lateMicroseconds = 10 * 60 * 1_000_000
/** The tree's own faults are many when one leaf is wrong; the first ones say where. */
const namedMost = 20

type Row = Seal & { leaf: Buffer; eventId: number; id: number | null; kind: string | null; recordedAt: number | null; importedAt: number | null; text: string | null }

/** Roots that were told at some size, by that size: what verifyEvents finds there is compared with each. */
export type ToldRoots = Map<number, { root: Buffer; /** also the head of the chain before the tree */ orChain?: boolean; what: string }[]>

/**
 * Recomputes every leaf, every node of the tree and the roots that were told, and the older chain beneath it. Each difference is one zh-TW
 * sentence that names the event. Seals nothing.
 */
export async function verifyEvents(db: Db, told: ToldRoots): Promise<{ count: number; differences: string[]; rootDifferences: string[] }> {
  const check = new EventCheck(db, told)
  for (;;) {
    const found = await sql<Row>`
      select ${sealColumns}, s.leaf, s.event_id as "eventId", e.id, e.kind, round(extract(epoch from e.recorded_at) * 1000000)::bigint as "recordedAt",
        round(extract(epoch from i.imported_at) * 1000000)::bigint as "importedAt", ${eventText} as text
      from event_seals s left join events e on e.id = s.event_id left join imports i on i.id = (e.payload->>'import')::bigint and i.xid = e.xid where s.seq > ${check.seq} order by s.seq limit ${sql.lit(batchSize)}`.execute(db)
    if (!found.rows.length) break
    await check.takeBatch(found.rows)
  }
  check.end()
  // behind the last sealed one: what comes after it may wait for a transaction that was still running
  const unsealed = await sql<{ id: number }>`
    with last as (select xid, id from events where id = (select event_id from event_seals order by seq desc limit 1))
    select e.id from events e join last on (e.xid, e.id) < (last.xid, last.id)
    where not exists (select from event_seals s where s.event_id = e.id) order by e.id limit ${sql.lit(namedMost)}`.execute(db)
  const slippedIn = unsealed.rows.map(({ id }) => `事件 ${id} 沒有封存：它不是由系統寫入的`)
  return { count: check.seq, differences: [...check.differences, ...slippedIn, ...check.nodes.slice(0, namedMost)], rootDifferences: check.roots }
}

class EventCheck {
  seq = 0
  differences: string[] = []
  nodes: string[] = []
  roots: string[] = []
  private edge = new Edge()
  private chain: Buffer = Buffer.alloc(32)
  private latest = 0
  /** what `checkTime` found; the demonstration county's loading is forgiven at its end */
  private timed: string[] = []
  private db: Db
  private told: ToldRoots

  constructor(db: Db, told: ToldRoots) {
    this.db = db
    this.told = told
  }

  async takeBatch(rows: Row[]): Promise<void> {
    const stored = await this.storedNodes(this.seq, rows.at(-1)!.seq)
    for (const row of rows) this.take(row, stored)
    for (const [key] of stored) this.nodes.push(`封存樹多出節點 ${key}`)
  }

  private async storedNodes(after: number, upto: number): Promise<Map<string, Buffer>> {
    const found = await sql<{ upto: number; level: number; hash: Buffer }>`select upto, level, hash from event_tree where upto > ${after} and upto <= ${upto}`.execute(this.db)
    return new Map(found.rows.map((node) => [`${node.level}/${node.upto}`, node.hash]))
  }

  private take(row: Row, stored: Map<string, Buffer>): void {
    if (row.seq !== this.seq + 1) this.differences.push(`封存序號 ${this.seq + 1} 至 ${row.seq - 1} 不見了`)
    for (; this.seq < row.seq - 1; this.seq += 1) this.edge.add(Buffer.alloc(32)) // a hole: every node above it differs
    this.seq = row.seq
    const name = `事件 ${row.eventId}（封存序號 ${row.seq}）`
    if (row.id === null) this.differences.push(`${name}被刪除`)
    else if (!leafHash(entryOf(row, row.text!)).equals(row.leaf) || !this.fitsChain(row)) this.differences.push(`${name}被竄改：內容、時刻或順序和封存時不同`)
    else this.checkTime(row, name)
    for (const node of this.edge.add(row.leaf)) {
      const key = `${node.level}/${node.upto}`
      const kept = stored.get(key)
      stored.delete(key)
      if (!kept?.equals(node.hash)) this.nodes.push(`封存樹的節點 ${key}（封存序號 ${node.upto - 2 ** node.level + 1} 至 ${node.upto}）${kept ? '和重算的不同' : '不見了'}`)
    }
    if (row.chain) this.chain = row.chain
    this.checkRoots()
  }

  /** Seals made before the tree hold their link of the chain: sha256(link before ‖ event ‖ state). */
  private fitsChain({ chain, text, state }: Row): boolean {
    return !chain || linkOf(this.chain, text!, state).equals(chain)
  }

  /**
   * Events are sealed in the order in which their transactions began to write, so none is recorded long before one sealed ahead of it. What a
   * file brings has its own recorded times, in the transaction that took the file in: there the day of the import counts. So has the
   * demonstration county, up to the event that ends its loading.
   */
  private checkTime({ recordedAt, importedAt, sealedAt, kind }: Row, name: string): void {
    if (kind === 'demonstration.loaded') this.latest = 0
    const at = importedAt ?? recordedAt!
    if (at < this.latest - lateMicroseconds) this.timed.push(`${name}的登錄時刻比先前封存的事件早 ${minutesOf(this.latest - at)} 分鐘：可能是倒填，或伺服器時鐘曾被調回`)
    else if (at > sealedAt + lateMicroseconds) this.timed.push(`${name}的登錄時刻比封存時晚 ${minutesOf(at - sealedAt)} 分鐘`)
    else this.latest = Math.max(this.latest, at)
    if (kind === 'demonstration.loaded') this.timed = []
  }

  private checkRoots(): void {
    for (const { root, orChain, what } of this.told.get(this.seq) ?? []) {
      if (!root.equals(this.edge.root()) && !(orChain && root.equals(this.chain))) this.roots.push(`${what}（到封存序號 ${this.seq}）和現在重算的不同：這之前的紀錄被改寫過`)
    }
  }

  end(): void {
    this.differences.push(...this.timed)
    for (const [size, all] of this.told) if (size > this.seq) for (const { what } of all) this.roots.push(`${what}說有 ${size} 個事件，現在只有 ${this.seq} 個：後面的紀錄不見了`)
  }
}

function linkOf(before: Buffer, event: string, state: Buffer | null): Buffer {
  const link = createHash('sha256').update(before).update(event, 'utf8')
  if (state) link.update(state)
  return link.digest()
}

const minutesOf = (microseconds: number): number => Math.round(microseconds / 60_000_000)
