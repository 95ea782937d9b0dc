import type { AgendaEntry } from './tables.ts'

/** An entry beside the other version: gone, new, in another order than the rest (with the place it had), or as it was. */
export type Compared = { entry: AgendaEntry; change: 'same' | 'out' | 'in' | 'moved'; from?: number }

const keyOf = ({ number, subject }: AgendaEntry): string => number ?? subject

/** Two agendas entry by entry. What only shifted because something before it came or went has not moved. */
export function compareAgendas(before: readonly AgendaEntry[], after: readonly AgendaEntry[]): { left: Compared[]; right: Compared[] } {
  const [old, now] = [before.map(keyOf), after.map(keyOf)]
  const [keptOld, keptNow] = [old.filter((key) => now.includes(key)), now.filter((key) => old.includes(key))]
  return {
    left: before.map((entry, i) => ({ entry, change: now.includes(old[i]!) ? 'same' : 'out' })),
    right: after.map((entry, i) => {
      const key = now[i]!
      if (!old.includes(key)) return { entry, change: 'in' }
      return keptOld.indexOf(key) === keptNow.indexOf(key) ? { entry, change: 'same' } : { entry, change: 'moved', from: old.indexOf(key) + 1 }
    }),
  }
}
