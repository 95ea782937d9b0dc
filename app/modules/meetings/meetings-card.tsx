import { MeetingTag } from '../../core/committees/pages/list.tsx'
import type { Person } from '../../core/identity/permissions.ts'
import type { Reader } from '../../core/db.ts'
import { Card } from '../../ui/components/card.tsx'
import { DayText } from '../../ui/components/time.tsx'
import { bodyMeetingsPath, meetingPath } from './paths.ts'
import { findMeetings } from './queries.ts'

/** The latest meetings of a body that this person may see, as a card for another module's page. */
export async function MeetingsCard(reader: Reader, person: Person, { body, title, atMost = 5 }: { body: string; title: string; atMost?: number }) {
  const { rows, count } = await findMeetings(reader, person, { body })
  return (
    <Card title={title}>
      {rows.length === 0 ? <p class="muted">還沒有會議。</p> : <ul>{rows.slice(0, atMost).map((row) => <li key={row.number}><a href={meetingPath(row.number)}><DayText day={row.heldOn} weekday /></a>　<MeetingTag outcome={row.outcome} begun={row.begun} approved={row.approvedOn !== null} /></li>)}</ul>}
      {count > atMost && <p><a href={bodyMeetingsPath(body)}>看全部 {count} 次</a></p>}
    </Card>
  )
}
