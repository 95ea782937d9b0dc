import { sql } from 'kysely'
import type { Reader } from '../../../core/db.ts'
import type { Person } from '../../../core/identity/permissions.ts'
import type { Day } from '../../../core/time.ts'
import { visibleTo } from '../visible.ts'
import { caseKind, type Channel } from '../schema.ts'
import { findRules, letterFacts } from './rules-query.ts'
import { type Advice, suggestUnit } from './suggest.ts'

export type TrayRow = {
  id: number
  name: string
  number: string | null
  title: string
  excerpt: string
  channel: Channel
  category: string | null
  township: string | null
  receivedAt: Date
  dueOn: Day | null
  confidential: boolean
  /** why the unit that had it sent it back */
  returned: { unitName: string; note: string | null } | null
  advice: Advice
}

/** What waits for the desk: received, not dispatched, not merged; the oldest first, each with its suggestion. */
export async function findTray(reader: Reader, person: Person, limit = 50): Promise<TrayRow[]> {
  const found = await sql<Omit<TrayRow, 'advice'>>`
    select c.id, coalesce(c.number, c.follow_no) as name, c.number, c.title, p.channel, p.category, c.township, c.received_at as "receivedAt", c.due_on as "dueOn", c.confidential,
      (select case when length(w.words) > 70 then left(w.words, 69) || '…' else w.words end
        from petition_letters l, lateral (select regexp_replace(l.text, '\\s+', ' ', 'g') as words) w where l.case_id = c.id order by l.id limit 1) as excerpt,
      (select jsonb_build_object('unitName', u.name, 'note', a.note) from assignments a join units u on u.id = a.unit_id
        where a.case_id = c.id and a.role = 'lead' and a.ended_as = 'returned' order by a.id desc limit 1) as returned
    from cases c join petitions p on p.id = c.id
    where c.kind = ${caseKind} and c.stage = 'received' and c.unit_id is null and c.merged_into is null and c.closed_at is null and ${visibleTo(person)}
    order by coalesce(c.due_on, 'infinity'::date), c.id limit ${limit}`.execute(reader)
  const [rules, letters] = [await findRules(reader, 'live'), await letterFacts(reader, found.rows.map((row) => row.id))]
  return found.rows.map((row) => ({ ...row, advice: suggestUnit(letters.get(row.id)!, rules) }))
}
