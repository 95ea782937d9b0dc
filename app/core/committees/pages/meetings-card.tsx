import { Card } from '../../../ui/components/card.tsx'
import { DayText } from '../../../ui/components/time.tsx'
import { type Hearing, meetingPath } from '../hearing.ts'
import type { CaseMeeting } from '../queries.ts'

/** On a case's page: the meetings that treated it, planned ones too, each with what it came to. Nothing where there are none. */
export function MeetingsCard({ hearing, meetings }: { hearing: Hearing; meetings: readonly CaseMeeting[] }) {
  const own = meetings.filter(({ kind }) => kind === hearing.kind)
  if (!own.length) return null
  return <Card title={hearing.label} id={hearing.kind}><ul class="stack"><MeetingLines hearing={hearing} meetings={own} /></ul></Card>
}

/** The same as items of a list that says other things besides. */
export const MeetingLines = ({ hearing, meetings }: { hearing: Hearing; meetings: readonly CaseMeeting[] }) => <>{meetings.map((one) => (
  <li key={one.number}><a class="number nowrap" href={meetingPath(hearing, one.number)}>{one.number}</a>　<DayText day={one.heldOn} />　<span class="muted small">{one.outcome === null ? '已排定' : one.outcome === 'cancelled' ? '取消' : (hearing.decisions[one.decision ?? '']?.label ?? '')}{one.text && `：${one.text}`}</span></li>
))}</>
