import { type RawBuilder, sql } from 'kysely'
import type { CaseSet, FigureDefinition } from '../../core/figures/figure.ts'
import { bureaus, ifClosed, labelled } from '../../core/figures/sql.ts'
import { meetingOutcomes } from '../../core/committees/words.ts'
import { meetingPath, regulationPath } from './paths.ts'
import { visibleTo } from './regulation.ts'
import { caseKind, categories, instruments, meetingKind, outcomes } from './schema.ts'

/**
 * What was promulgated, issued or handed down in the period. A regulation that was changed several times in it counts once (種): the
 * first of those cases stands for it, `turn` says which. Numbered within kind of change, so that one enacted and amended counts in both.
 */
const promulgated: CaseSet = {
  name: 'regulations.promulgated',
  casePath: (number) => regulationPath(number),
  visibleTo: (person) => visibleTo(person, 'c'),
  order: { kind: Object.values(instruments), category: categories },
  cases: (span) => sql`
    with ${bureaus}
    select c.id as case_id, coalesce(c.number, c.follow_no) as number, c.title, c.confidential, coalesce(c.received_at, r.promulgated_on::timestamptz) as received_at, c.due_on,
      bureaus.name as unit, bureaus.code as unit_code, null::text as township, to_char(r.promulgated_on, 'YYYY-MM') as month, null::text as channel,
      nullif(r.category, '') as category, ${labelled(sql`r.instrument`, instruments)} as kind,
      ${ifClosed(span, sql`c.closed_at`)} as closed_at, ${ifClosed(span, labelled(sql`c.outcome`, outcomes))} as outcome,
      r.instrument, r.change, row_number() over (partition by coalesce(r.law_id, -r.id), r.change order by r.promulgated_on, r.id) as turn
    from regulations r join cases c on c.id = r.id and c.kind = ${caseKind} left join bureaus on bureaus.id = c.unit_id
    where r.promulgated_on between ${span.from}::date and ${span.to}::date and r.promulgated_on <= ${span.statusOn}::date`,
}

/** 法規審查會議 held in the period; one that was cancelled or has no record of being held does not count. */
const meetings: CaseSet = {
  name: 'regulations.meetings',
  casePath: (number) => meetingPath(number),
  visibleTo: (person) => visibleTo(person, 'c'),
  cases: (span) => sql`
    with ${bureaus}
    select c.id as case_id, c.number, c.title, c.confidential, c.received_at, c.due_on, bureaus.name as unit, bureaus.code as unit_code, null::text as township,
      to_char(m.held_on, 'YYYY-MM') as month, null::text as channel, null::text as category, '法規審查會議' as kind,
      ${ifClosed(span, sql`c.closed_at`)} as closed_at, ${ifClosed(span, labelled(sql`c.outcome`, meetingOutcomes))} as outcome
    from committee_meetings m join cases c on c.id = m.id and c.kind = ${meetingKind} left join bureaus on bureaus.id = c.unit_id
    where m.held_on between ${span.from}::date and ${span.to}::date and m.held_on <= ${span.statusOn}::date and c.outcome = 'held'`,
}

const once = (where: RawBuilder<boolean>): Pick<FigureDefinition, 'set' | 'where' | 'kind' | 'unit' | 'adds' | 'splits' | 'public'> => ({
  set: promulgated, where: sql<boolean>`(${where}) and turn = 1`, kind: 'flow', unit: '種', adds: 'count', splits: ['unit', 'month', 'category', 'kind'], public: true,
})
const selfGovernment = sql<boolean>`instrument in ('ordinance', 'rule', 'delegated')`

export const figures: FigureDefinition[] = [
  { id: 'regulations.enacted', title: '制定自治法規', definition: '期間內公布或發布的新制（訂）定自治條例、自治規則及委辦規則種數。', ...once(sql`change = 'enact' and ${selfGovernment}`) },
  { id: 'regulations.amended', title: '修正自治法規', definition: '期間內公布或發布修正的自治條例、自治規則及委辦規則種數；同一法規在期間內修正多次算一種。', ...once(sql`change = 'amend' and ${selfGovernment}`) },
  {
    id: 'regulations.administrative_rules', title: '訂定及修正行政規則', definition: '期間內下達或發布的訂定、修正行政規則種數；同一規則在期間內修正多次算一種。',
    ...once(sql`change in ('enact', 'amend') and instrument = 'administrative'`),
  },
  { id: 'regulations.review_meetings', title: '法規審查會議', definition: '期間內已召開的法規審查會議次數，取消的不算。', set: meetings, kind: 'flow', unit: '次', adds: 'count', splits: ['unit', 'month'], public: true },
]
