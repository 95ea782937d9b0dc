import { sql } from 'kysely'
import type { CaseSet, FigureDefinition, SplitBy } from '../../core/figures/figure.ts'
import { bureaus, ifClosed, labelled } from '../../core/figures/sql.ts'
import { meetingsFigure } from '../meetings/index.ts'
import { suggestionPath } from './paths.ts'
import { adviserKinds, caseKind, outcomes } from './schema.ts'
import { visibleTo } from './suggestion.ts'

/** Suggestions made in the period, as they stood on the status day. */
const made: CaseSet = {
  name: 'advisers.suggestions', casePath: suggestionPath, visibleTo: (person) => visibleTo(person, 'c'), order: { category: Object.values(outcomes) },
  cases: (span) => sql`
    with ${bureaus}
    select c.id as case_id, c.number, c.title, c.confidential, c.received_at, m.due_on, b.name as unit, b.code as unit_code, null::text as township, null::text as channel, to_char(c.received_at at time zone 'Asia/Taipei', 'YYYY-MM') as month,
      coalesce(${ifClosed(span, labelled(sql`c.outcome`, outcomes))}, '研辦中') as category, (select ${labelled(sql`a.kind`, adviserKinds)} from advisers a where a.id = m.adviser_id) as kind, ${ifClosed(span, sql`c.closed_at`)} as closed_at, ${ifClosed(span, labelled(sql`c.outcome`, outcomes))} as outcome,
      case when m.replied_on <= ${span.statusOn}::date then 1 else 0 end as is_replied
    from suggestions m join cases c on c.id = m.id and c.kind = ${caseKind} left join bureaus b on b.id = c.unit_id
    where (c.received_at at time zone 'Asia/Taipei')::date between ${span.from}::date and ${span.to}::date`,
}
const splits: SplitBy[] = ['unit', 'kind', 'category']

export const figures: FigureDefinition[] = [
  { id: 'advisers.suggestions', title: '顧問與鄉賢建議', definition: '期間內縣政顧問及旅台中央鄉賢提出的建議項數。', set: made, kind: 'flow', unit: '項', adds: 'count', splits, public: true },
  { id: 'advisers.replied_rate', title: '建議回復率', definition: '期間內提出的建議中，資料截止日前已回復的比率。', set: made, kind: 'rate', unit: '', adds: 'share', value: sql`is_replied`, splits, public: true },
  meetingsFigure('advisers.meetings', '顧問會議與鄉親座談', '縣政顧問會議及旅台鄉親座談', 'advisers', 'county_people'),
]
