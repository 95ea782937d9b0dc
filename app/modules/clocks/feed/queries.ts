import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import { casePath } from '../../../core/cases/case-kinds.ts'
import type { Reader } from '../../../core/db.ts'
import type { DayEvent } from '../../../core/ical.ts'
import { holds, type Person } from '../../../core/identity/permissions.ts'
import { findPerson } from '../../../core/identity/sessions.ts'
import { type Day, rocDay, weekday } from '../../../core/time.ts'
import { isRunning, kindLabel, mayBeSeenBy, ruleTitle } from '../running.ts'
import { secretHash } from './secret.ts'
import '../tables.ts'

/** Whose calendar this secret opens; null when nobody's, when their account is locked or they hold no post any more. */
export async function findFeedPerson(reader: Reader, secret: string): Promise<Person | null> {
  if (!/^[\w-]{32}$/.test(secret)) return null
  const feed = await reader.selectFrom('calendar_feeds').select('person_id').where('secret_hash', '=', secretHash(secret)).executeTakeFirst()
  const person = feed ? await findPerson(reader, feed.person_id) : null
  return person && holds({ ...person, deputyFor: [] }, 'clocks.board') ? person : null
}

/** More than this many own cases is not a calendar's work. */
const eventsMax = 2_000
/** Sequence numbers count seconds from here, so that they grow with each recorded change and fit 32 bits. */
const sequenceFrom = Date.UTC(2020, 0, 1)

/** What is due of an officer's own cases: number and rule, no subject, no resident. */
export async function findFeedEvents(reader: Reader, person: Person, origin: string): Promise<DayEvent[]> {
  const found = await sql<{ id: number; name: string; kind: string; rule: string; dueOn: Day; changedAt: Date }>`
    select k.id, coalesce(c.number, c.follow_no) as name, c.kind, k.rule, k.due_on as "dueOn", k.sys_from as "changedAt"
    from cases c join case_clocks k on k.case_id = c.id
    where c.officer_id = ${person.id} and k.due_on is not null and ${isRunning} and ${mayBeSeenBy({ ...person, deputyFor: [] })}
    order by k.due_on, k.id limit ${sql.lit(eventsMax)}`.execute(reader)
  return found.rows.map(({ id, name, kind, rule, dueOn, changedAt }) => {
    const path = casePath(kind, name)
    const url = path ? origin + path : undefined
    return {
      // not the row's number itself: calendars are shared, and how many cases there are is not for all
      uid: `${createHash('sha256').update(`clock ${id} ${name}`).digest('hex').slice(0, 32)}@windlion`,
      day: dueOn,
      title: `限辦 ${name} ${ruleTitle(rule)}`,
      text: [`${kindLabel(kind)}，限辦日 ${rocDay(dueOn)}（${weekday(dueOn)}）`, ...(url ? [url] : [])].join('\n'),
      ...(url ? { url } : {}),
      category: kindLabel(kind),
      changedAt,
      sequence: Math.max(0, Math.floor((changedAt.getTime() - sequenceFrom) / 1000)),
    }
  })
}
