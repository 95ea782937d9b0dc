/**
 * Numbers that look random and are always the same: nothing here asks the clock or the machine. `fork` gives a stream of its
 * own by name, so that one part of the demonstration can change without changing the others.
 */
export class Random {
  private state: number
  private readonly seed: string

  constructor(seed: string) {
    this.seed = seed
    this.state = hashOf(seed)
  }

  fork(name: string): Random {
    return new Random(`${this.seed}/${name}`)
  }

  /** From 0 up to but not including 1 (mulberry32). */
  next(): number {
    this.state = (this.state + 0x6d2b79f5) | 0
    let t = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }

  /** A whole number from the first to the second, both included. */
  int(from: number, to: number): number {
    return from + Math.floor(this.next() * (to - from + 1))
  }

  chance(probability: number): boolean {
    return this.next() < probability
  }

  pick<T>(list: readonly T[]): T {
    return list[this.int(0, list.length - 1)]!
  }

  /** Some of the list, each once, in the list's order. */
  some<T>(list: readonly T[], count: number): T[] {
    const left = list.map((_, i) => i)
    const chosen: number[] = []
    while (chosen.length < count && left.length > 0) chosen.push(...left.splice(this.int(0, left.length - 1), 1))
    return chosen.sort((a, b) => a - b).map((i) => list[i]!)
  }

  weighted<T>(list: readonly (readonly [T, number])[]): T {
    const total = list.reduce((sum, [, weight]) => sum + weight, 0)
    let at = this.next() * total
    for (const [value, weight] of list) {
      at -= weight
      if (at < 0) return value
    }
    return list.at(-1)![0]
  }

  /** Around 0, mostly between −2 and 2: the sum of twelve, less six. */
  normal(): number {
    let sum = -6
    for (let i = 0; i < 12; i++) sum += this.next()
    return sum
  }
}

// FNV-1a
function hashOf(text: string): number {
  let hash = 0x811c_9dc5
  for (const byte of new TextEncoder().encode(text)) hash = Math.imul(hash ^ byte, 0x0100_0193)
  return hash | 0
}
