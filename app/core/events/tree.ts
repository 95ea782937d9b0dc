import { sql } from 'kysely'
import type { Reader, Tx } from '../db.ts'
import { Edge, foldNodes, type Node, type Run, wholeNodes } from './merkle.ts'

/** The stored tree broken: a fault for whoever seals or proves, a difference for verify. */
export class BrokenTree extends Error {}

export async function treeSize(reader: Reader): Promise<number> {
  const found = await sql<{ size: number | null }>`select max(seq) as size from event_seals`.execute(reader)
  return found.rows[0]!.size ?? 0
}

/** The root of the tree of the first `size` sealed events. */
export async function rootAt(reader: Reader, size: number): Promise<Buffer> {
  return (await hashesOf(reader, [{ from: 0, to: size }]))[0]!
}

/** The hashes of runs of leaves, from O(log n) rows in one query. */
export async function hashesOf(reader: Reader, runs: Run[]): Promise<Buffer[]> {
  const nodes = runs.map(wholeNodes)
  const hashes = await storedHashes(reader, nodes.flat())
  let used = 0
  return nodes.map((own) => foldNodes(hashes.slice(used, (used += own.length))))
}

export async function edgeOf(tx: Tx, size: number): Promise<Edge> {
  return Edge.at(size, await storedHashes(tx, wholeNodes({ from: 0, to: size })))
}

async function storedHashes(reader: Reader, nodes: Node[]): Promise<Buffer[]> {
  if (!nodes.length) return []
  const found = await sql<{ hash: Buffer | null }>`
    select (select t.hash from windlion_public.record_tree t where t.upto = n.upto and t.level = n.level) as hash
    from unnest(${nodes.map((node) => node.upto)}::bigint[], ${nodes.map((node) => node.level)}::int[]) with ordinality n(upto, level, i) order by n.i`.execute(reader)
  return found.rows.map(({ hash }, i) => {
    if (!hash) throw new BrokenTree(`封存樹缺少第 ${nodes[i]!.level} 層、到第 ${nodes[i]!.upto} 個事件的節點`)
    return hash
  })
}
