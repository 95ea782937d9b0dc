import type { ActContext } from '../act.ts'
import type { Reader, Tx } from '../db.ts'

/** What points at a unit besides people, cases and lower units: rules of dispatch, chapters of a report in the making. */
export type UnitFollower = {
  /** 「3 條分文規則」 */
  words(count: number): string
  /** how many still need this unit, so that it cannot be closed; left out: none stands in the way */
  count?(reader: Reader, unitId: number): Promise<number>
  /** on a merger: points them at the other unit, and records it; gives how many */
  move(tx: Tx, ctx: ActContext, from: number, into: number): Promise<number>
}

let followers: UnitFollower[] = []

/** Filled once at start from the modules. */
export function useUnitFollowers(of: UnitFollower[]): void {
  followers = of
}

/** What would be left pointing at a unit that closes, in words. */
export async function stillPointing(reader: Reader, unitId: number): Promise<string[]> {
  const counts = await Promise.all(followers.map(async (one) => ({ one, count: (await one.count?.(reader, unitId)) ?? 0 })))
  return counts.filter(({ count }) => count > 0).map(({ one, count }) => one.words(count))
}

/** Moves all of them; gives what moved, in words. */
export async function moveFollowers(tx: Tx, ctx: ActContext, from: number, into: number): Promise<string[]> {
  const moved: string[] = []
  for (const one of followers) {
    const count = await one.move(tx, ctx, from, into)
    if (count > 0) moved.push(one.words(count))
  }
  return moved
}
