import { sql } from 'kysely'
import type { Db } from '../../../core/db.ts'

/** How often the database is asked while somebody reads, and how long a reader's question stays open: short, so that a stopping service waits little. */
export const askEveryMs = 250
export const openForMs = 8_000

type Reader = { meetingId: number; seen: string; answer(version: string | null): void }
type Watch = { readers: Set<Reader>; timer: NodeJS.Timeout | null }
const watches = new WeakMap<Db, Watch>()

/** A word that changes whenever anything of the meeting does that readers see. */
export async function versionsOf(db: Db, ids: readonly number[]): Promise<Map<number, string>> {
  const { rows } = await sql<{ id: number; version: string }>`
    select h.id, concat_ws('.', extract(epoch from greatest(h.sys_from, m.sys_from, c.sys_from)), extract(epoch from max(i.sys_from)), count(i.id), count(i.decision)) as version
    from meetings h join committee_meetings m on m.id = h.id join cases c on c.id = h.id left join committee_items i on i.meeting_id = h.id
    where h.id = any(${[...ids]}::bigint[]) group by h.id, h.sys_from, m.sys_from, c.sys_from`.execute(db)
  return new Map(rows.map(({ id, version }) => [Number(id), version]))
}

/**
 * Waits until the meeting is no longer what the reader has seen: gives its version, or null after some seconds. All readers of this process share
 * one question to the database, asked only while somebody reads.
 */
export function whenChanged(db: Db, meetingId: number, seen: string): Promise<string | null> {
  const watch = watches.get(db) ?? { readers: new Set<Reader>(), timer: null }
  watches.set(db, watch)
  return new Promise((resolve) => {
    const late = setTimeout(() => reader.answer(null), openForMs)
    const reader: Reader = { meetingId, seen, answer: (version) => { clearTimeout(late); watch.readers.delete(reader); resolve(version) } }
    watch.readers.add(reader)
    watch.timer ??= setTimeout(() => void ask(db, watch), 0)
  })
}

async function ask(db: Db, watch: Watch): Promise<void> {
  const asked = [...watch.readers]
  const versions = await versionsOf(db, [...new Set(asked.map(({ meetingId }) => meetingId))]).catch(() => null)
  for (const one of asked) {
    const version = versions?.get(one.meetingId)
    if (version !== undefined && version !== one.seen) one.answer(version)
  }
  watch.timer = watch.readers.size ? setTimeout(() => void ask(db, watch), askEveryMs) : null
}
