import { createHash } from 'node:crypto'

// A verifier written from the published algorithms alone; it shares no code with the writer.
export const sha256 = (...parts: Uint8Array[]) => createHash('sha256').update(Buffer.concat(parts)).digest()
const pair = (left: Buffer, right: Buffer) => sha256(Buffer.of(1), left, right)

/** RFC 9162 §2.1.3.2 */
export function rootFromInclusion(leaf: Buffer, index: number, size: number, path: Buffer[]): Buffer | null {
  if (index >= size) return null
  let fn = index
  let sn = size - 1
  let r = leaf
  for (const p of path) {
    if (sn === 0) return null
    if (fn % 2 === 1 || fn === sn) {
      r = pair(p, r)
      while (fn % 2 === 0 && fn !== 0) [fn, sn] = [fn >> 1, sn >> 1]
    } else r = pair(r, p)
    fn >>= 1
    sn >>= 1
  }
  return sn === 0 ? r : null
}

/** RFC 9162 §2.1.4.2 */
export function isConsistent(first: number, second: number, firstRoot: Buffer, secondRoot: Buffer, path: Buffer[]): boolean {
  if (first === second) return path.length === 0 && firstRoot.equals(secondRoot)
  const way = Number.isInteger(Math.log2(first)) ? [firstRoot, ...path] : [...path]
  let fn = first - 1
  let sn = second - 1
  while (fn % 2 === 1) [fn, sn] = [fn >> 1, sn >> 1]
  let fr = way[0]!
  let sr = way[0]!
  for (const c of way.slice(1)) {
    if (sn === 0) return false
    if (fn % 2 === 1 || fn === sn) {
      fr = pair(c, fr)
      sr = pair(c, sr)
      while (fn % 2 === 0 && fn !== 0) [fn, sn] = [fn >> 1, sn >> 1]
    } else sr = pair(sr, c)
    fn >>= 1
    sn >>= 1
  }
  return fr.equals(firstRoot) && sr.equals(secondRoot) && sn === 0
}
