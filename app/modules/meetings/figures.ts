import { sql } from 'kysely'
import { meetingOutcomes } from '../../core/committees/words.ts'
import type { CaseSet, FigureDefinition } from '../../core/figures/figure.ts'
import { bureaus, ifClosed, labelled } from '../../core/figures/sql.ts'
import { visibleTo } from './meeting.ts'
import { meetingPath } from './paths.ts'

/** Meetings of bodies that were held in the period; one that was cancelled or has no record of being held does not count. */
const held: CaseSet = {
  name: 'meetings.held',
  casePath: (number) => meetingPath(number),
  visibleTo: (person) => visibleTo(person, 'c'),
  cases: (span) => sql`
    with ${bureaus}
    select c.id as case_id, c.number, c.title, c.confidential, c.received_at, c.due_on, bureaus.name as unit, bureaus.code as unit_code, null::text as township,
      to_char(m.held_on, 'YYYY-MM') as month, null::text as channel, null::text as category, body.name as kind,
      ${ifClosed(span, sql`c.closed_at`)} as closed_at, ${ifClosed(span, labelled(sql`c.outcome`, meetingOutcomes))} as outcome, body.code as body
    from committee_meetings m join meetings b on b.id = m.id join meeting_bodies body on body.id = b.body_id join cases c on c.id = m.id left join bureaus on bureaus.id = c.unit_id
    where m.held_on between ${span.from}::date and ${span.to}::date and m.held_on <= ${span.statusOn}::date and c.outcome = 'held'`,
}

/** A figure that counts the meetings of one body (or several) held in the period, for modules that report them. */
export const meetingsFigure = (id: string, title: string, name: string, ...bodies: string[]): FigureDefinition => ({
  id, title, definition: `期間內召開的${name}次數，取消的不算。`, set: held, where: sql<boolean>`body = any(${bodies}::text[])`, kind: 'flow', unit: '次', adds: 'count', splits: ['unit', 'month', 'kind'], public: true,
})

export const figures: FigureDefinition[] = [
  meetingsFigure('meetings.county_affairs', '縣務會議', '縣務會議', 'county_affairs'),
  meetingsFigure('meetings.executive', '主管會報', '主管會報', 'executive'),
  meetingsFigure('control.meetings', '管考會議', '管考會議', 'control'),
]
