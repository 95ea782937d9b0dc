import { sql } from 'kysely'
import { casePath, seenBy } from '../../core/cases/case-kinds.ts'
import { meetingOutcomes } from '../../core/committees/words.ts'
import type { CaseSet, FigureDefinition } from '../../core/figures/figure.ts'
import { bureaus, ifClosed, labelled } from '../../core/figures/sql.ts'
import { visibleTo } from './meeting.ts'
import { meetingPath } from './paths.ts'

/**
 * Meetings of bodies that were held in the period; one that was cancelled or has no record of being held does not count. Which body it was is asked of
 * the table of now, also as of an instant: a body may be set up after meetings of long ago were taken over, and its code never changes.
 */
const held: CaseSet = {
  name: 'meetings.held',
  casePath: (number) => meetingPath(number),
  visibleTo: (person) => visibleTo(person, 'c'),
  cases: (span) => sql`
    with ${bureaus}
    select c.id as case_id, c.number, c.title, c.confidential, c.received_at, c.due_on, bureaus.name as unit, bureaus.code as unit_code, null::text as township,
      to_char(m.held_on, 'YYYY-MM') as month, null::text as channel, null::text as category, body.name as kind,
      ${ifClosed(span, sql`c.closed_at`)} as closed_at, ${ifClosed(span, labelled(sql`c.outcome`, meetingOutcomes))} as outcome, body.code as body
    from committee_meetings m join meetings b on b.id = m.id join windlion.meeting_bodies body on body.id = b.body_id join cases c on c.id = m.id left join bureaus on bureaus.id = c.unit_id
    where m.held_on between ${span.from}::date and ${span.to}::date and m.held_on <= ${span.statusOn}::date and c.outcome = 'held'`,
}

/** Bills to enact or amend that a county meeting held in the period decided about; one that came back later counts once. */
const bills: CaseSet = {
  name: 'meetings.bills',
  casePath: (number) => casePath('regulation', number) ?? '',
  visibleTo: (person) => seenBy(person, 'c'),
  cases: (span) => sql`
    with ${bureaus}
    select c.id as case_id, c.number, c.title, c.confidential, c.received_at, c.due_on, bureaus.name as unit, bureaus.code as unit_code, null::text as township,
      to_char(treated.first_on, 'YYYY-MM') as month, null::text as channel, null::text as category, ${labelled(sql`r.change`, changes)} as kind, ${ifClosed(span, sql`c.closed_at`)} as closed_at, null::text as outcome
    from (select i.case_id, min(m.held_on) as first_on
      from committee_items i join committee_meetings m on m.id = i.meeting_id join cases held on held.id = m.id and held.outcome = 'held' join meetings b on b.id = m.id join windlion.meeting_bodies body on body.id = b.body_id and body.code = 'county_affairs'
      where m.held_on between ${span.from}::date and ${span.to}::date and m.held_on <= ${span.statusOn}::date and i.decision is not null group by i.case_id) treated
      join cases c on c.id = treated.case_id join regulations r on r.id = c.id and r.change in ('enact', 'amend') left join bureaus on bureaus.id = c.unit_id`,
}
const changes = { enact: '制（訂）定', amend: '修正' } as const

/** A figure that counts the meetings of one body (or several) held in the period, for modules that report them. */
export const meetingsFigure = (id: string, title: string, name: string, ...bodies: string[]): FigureDefinition => ({
  id, title, definition: `期間內召開的${name}次數，取消的不算。`, set: held, where: sql<boolean>`body = any(${bodies}::text[])`, kind: 'flow', unit: '次', adds: 'count', splits: ['unit', 'month', 'kind'], public: true,
})

export const figures: FigureDefinition[] = [
  meetingsFigure('meetings.county_affairs', '縣務會議', '縣務會議', 'county_affairs'),
  { id: 'meetings.regulation_bills', title: '縣務會議審議法規案', definition: '期間內召開的縣務會議所審議的制（訂）定、修正法規案數；同一案在期間內審議多次算一案。', set: bills, kind: 'flow', unit: '案', adds: 'count', splits: ['unit', 'month', 'kind'], public: true },
  meetingsFigure('meetings.executive', '主管會報', '主管會報', 'executive'),
  meetingsFigure('control.meetings', '管考會議', '管考會議', 'control'),
]
