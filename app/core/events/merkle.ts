import { hash } from 'node:crypto'

/**
 * The Merkle tree of RFC 6962 §2.1 (the same in RFC 9162) over SHA-256. Leaves are numbered from 0; a node is whole when all its leaves
 * are there. `[from, to)` is a run of leaves.
 */
export type Node = { /** leaves before its end */ upto: number; /** 0: a leaf */ level: number }
export type Run = { from: number; to: number }

const sha256 = (bytes: Uint8Array): Buffer => hash('sha256', bytes, 'buffer')

export const emptyRoot = sha256(new Uint8Array())
export const leafHash = (entry: string): Buffer => sha256(Buffer.concat([Buffer.of(0), Buffer.from(entry, 'utf8')]))
export const nodeHash = (left: Uint8Array, right: Uint8Array): Buffer => sha256(Buffer.concat([Buffer.of(1), left, right]))

/** The largest power of two below n: where a run of n leaves is parted. */
function splitOf(n: number): number {
  let k = 1
  while (k * 2 < n) k *= 2
  return k
}

/** The whole nodes that make up a run which starts where runs of the tree do, from the left. */
export function wholeNodes({ from, to }: Run): Node[] {
  const nodes: Node[] = []
  for (let at = from; at < to; ) {
    let level = 0
    while (at + 2 ** (level + 1) <= to) level += 1
    at += 2 ** level
    nodes.push({ upto: at, level })
  }
  return nodes
}

/** The hash of a run from those of its whole nodes. */
export function foldNodes(hashes: Buffer[]): Buffer {
  return hashes.length ? hashes.reduceRight((right, left) => nodeHash(left, right)) : emptyRoot
}

/** PATH(index, D[size]) of RFC 6962 §2.1.1: the runs whose hashes prove that leaf, from the leaf up. */
export function inclusionRuns(index: number, size: number): Run[] {
  const below = (from: number, to: number): Run[] => {
    if (to - from === 1) return []
    const middle = from + splitOf(to - from)
    return index < middle ? [...below(from, middle), { from: middle, to }] : [...below(middle, to), { from, to: middle }]
  }
  return below(0, size)
}

/** PROOF(earlier, D[size]) of RFC 6962 §2.1.2: the runs whose hashes prove that the earlier tree is the beginning of this one. */
export function consistencyRuns(earlier: number, size: number): Run[] {
  const below = (from: number, to: number, isWhole: boolean): Run[] => {
    if (earlier === to) return isWhole ? [] : [{ from, to }]
    const middle = from + splitOf(to - from)
    return earlier <= middle ? [...below(from, middle, isWhole), { from: middle, to }] : [...below(middle, to, false), { from, to: middle }]
  }
  return earlier === 0 || earlier === size ? [] : below(0, size, true)
}

/** The tree's right edge: its whole nodes from the left. Leaves are added one by one; each may make further nodes whole. */
export class Edge {
  size = 0
  private nodes: (Node & { hash: Buffer })[] = []

  /** The edge of a tree of that size, whose `wholeNodes` have these hashes. */
  static at(size: number, hashes: Buffer[]): Edge {
    const edge = new Edge()
    edge.size = size
    edge.nodes = wholeNodes({ from: 0, to: size }).map((node, i) => ({ ...node, hash: hashes[i]! }))
    return edge
  }

  /** Adds a leaf; gives the nodes above it that are whole now. */
  add(leaf: Buffer): (Node & { hash: Buffer })[] {
    this.size += 1
    const made: (Node & { hash: Buffer })[] = []
    let last: Node & { hash: Buffer } = { upto: this.size, level: 0, hash: leaf }
    for (let left = this.nodes.at(-1); left?.level === last.level; left = this.nodes.at(-1)) {
      this.nodes.pop()
      last = { upto: this.size, level: last.level + 1, hash: nodeHash(left.hash, last.hash) }
      made.push(last)
    }
    this.nodes.push(last)
    return made
  }

  root(): Buffer {
    return foldNodes(this.nodes.map((node) => node.hash))
  }
}
