import { sql } from 'kysely'
import type { CaseSet, FigureDefinition, FigureSpan } from '../../core/figures/figure.ts'
import { bureaus, ifClosed, labelled } from '../../core/figures/sql.ts'
import { forumPath, programmePath } from './paths.ts'
import { visibleTo } from './programme.ts'
import { caseKind, forumKind, forumOutcomes, outcomes } from './schema.ts'

const sees = (person: Parameters<CaseSet['visibleTo']>[0]) => visibleTo(person, 'c')
const common = (span: FigureSpan, day: ReturnType<typeof sql>, labels: Record<string, string>) => sql`
  c.id as case_id, c.number, c.title, c.confidential, c.received_at, c.due_on, b.name as unit, b.code as unit_code, c.township, to_char(${day}, 'YYYY-MM') as month, null::text as channel, null::text as category, null::text as kind,
  ${ifClosed(span, sql`c.closed_at`)} as closed_at, ${ifClosed(span, labelled(sql`c.outcome`, labels))} as outcome`

/** Programmes whose interim report was reviewed in the period, with the latest day of it. */
const reviewed: CaseSet = {
  name: 'programme.reviewed', casePath: (number) => programmePath(number), visibleTo: sees,
  cases: (span) => sql`
    with ${bureaus}, held as (select s.case_id, max(s.happened_on) as held_on from case_steps s where s.step = 'interim-review' and s.happened_on between ${span.from}::date and least(${span.to}::date, ${span.statusOn}::date) group by s.case_id)
    select ${common(span, sql`h.held_on`, outcomes)}, h.held_on from held h join cases c on c.id = h.case_id and c.kind = ${caseKind} left join bureaus b on b.id = c.unit_id`,
}

/** Public forums held in the period. */
const forums: CaseSet = {
  name: 'programme.forums', casePath: (number) => forumPath(number), visibleTo: sees,
  cases: (span) => sql`
    with ${bureaus}
    select ${common(span, sql`f.held_on`, forumOutcomes)}, f.attendance from programme_forums f join cases c on c.id = f.id and c.kind = ${forumKind} left join bureaus b on b.id = c.unit_id
    where f.held_on between ${span.from}::date and least(${span.to}::date, ${span.statusOn}::date)`,
}

export const figures: FigureDefinition[] = [
  { id: 'plans.programme.interim_report_review_on', title: '期中報告審查日', definition: '期間內研擬離島綜合建設實施方案的期中報告審查會議日期；有幾次時是最後一次。', set: reviewed, kind: 'date', unit: '', adds: 'date', value: sql`held_on`, splits: ['month'], public: true },
  { id: 'plans.programme.forums', title: '方案座談會', definition: '為研擬離島綜合建設實施方案，期間內舉辦的公開座談會場數；公聽會不計。', set: forums, kind: 'flow', unit: '場', adds: 'count', splits: ['township', 'month'], public: true },
  { id: 'plans.programme.forum_attendance', title: '座談會出席人數', definition: '期間內方案座談會的出席人數合計。', set: forums, kind: 'flow', unit: '人次', adds: 'sum', value: sql`attendance::bigint`, splits: ['township', 'month'], public: true },
]
