import { sql } from 'kysely'
import type { CaseSet, FigureDefinition, FigureSpan, SplitBy } from '../../core/figures/figure.ts'
import { bureaus, ifClosed, labelled, lastInstant } from '../../core/figures/sql.ts'
import { monthOf, rocYear } from '../../core/time.ts'
import { meetingsFigure } from '../meetings/index.ts'
import { visibleTo } from './item.ts'
import { itemPath, planPath } from './paths.ts'
import { itemKind, outcomes, planKind } from './schema.ts'

const seen = { visibleTo: (person: Parameters<CaseSet['visibleTo']>[0]) => visibleTo(person, 'c') }
const blanks = sql`null::text as township, null::text as channel, c.received_at, null::date as due_on, c.title, c.confidential`
const month = sql`to_char(c.received_at at time zone 'Asia/Taipei', 'YYYY-MM') as month`
const listed = (span: FigureSpan) => sql`c.received_at <= ${lastInstant(span)} and g.roc_year = ${rocYear(span.statusOn)}`

/** Plans of the programmes of the status day's year. */
const plans: CaseSet = {
  name: 'relief.plans', casePath: planPath, ...seen,
  cases: (span) => sql`
    select c.id as case_id, c.number, ${blanks}, null::text as unit, null::text as unit_code, ${month}, g.title as category, '計畫' as kind, null::timestamptz as closed_at, null::text as outcome
    from relief_plans p join cases c on c.id = p.id and c.kind = ${planKind} join relief_programmes g on g.id = p.programme_id where ${listed(span)}`,
}

/** Work items of those programmes as they stood on the status day, with the three sums up to its month. */
const items: CaseSet = {
  name: 'relief.items', casePath: itemPath, ...seen, order: { category: Object.values(outcomes) },
  cases: (span) => sql`
    with ${bureaus}
    select c.id as case_id, c.number, ${blanks}, b.name as unit, b.code as unit_code, ${month}, coalesce(${ifClosed(span, labelled(sql`c.outcome`, outcomes))}, '辦理中') as category,
      (select pc.title from cases pc where pc.id = i.plan_id) as kind, ${ifClosed(span, sql`c.closed_at`)} as closed_at, ${ifClosed(span, labelled(sql`c.outcome`, outcomes))} as outcome,
      case when c.closed_at <= ${lastInstant(span)} and c.outcome = 'done' then 1 else 0 end as is_done, s.*
    from relief_items i join cases c on c.id = i.id and c.kind = ${itemKind} join relief_plans p on p.id = i.plan_id join relief_programmes g on g.id = p.programme_id left join bureaus b on b.id = c.unit_id
    cross join lateral (
      select coalesce(sum(m.applications), 0)::bigint as applications, coalesce(sum(m.spent_twd), 0)::bigint as spent_twd, coalesce(sum(m.forgone_twd), 0)::bigint as forgone_twd, coalesce(sum(m.deferred_twd), 0)::bigint as deferred_twd
      from relief_months m where m.case_id = i.id and m.month <= ${monthOf(span.statusOn)}) s
    where ${listed(span)}`,
}

const splits: SplitBy[] = ['unit', 'kind', 'category']
const stock = { set: items, kind: 'stock', splits, public: true } as const
const sum = { ...stock, unit: '元', adds: 'sum' } as const

export const figures: FigureDefinition[] = [
  meetingsFigure('relief.meetings', '紓困振興工作小組會議', '紓困振興工作小組會議', 'relief'),
  { id: 'relief.plans', title: '紓困振興計畫', definition: '資料截止日時，本年度產業紓困振興方案所列的計畫項數。', set: plans, kind: 'stock', unit: '項', adds: 'count', splits: ['category'], public: true },
  { id: 'relief.items', title: '紓困振興工作項目', definition: '資料截止日時，本年度產業紓困振興方案各計畫所列的工作項目數，含已完成及停辦。', ...stock, unit: '項', adds: 'count' },
  { id: 'relief.done_rate', title: '紓困工作項目完成率', definition: '本年度紓困振興工作項目中，資料截止日前有佐證、經協辦單位同意而完成的比率。', set: items, kind: 'rate', unit: '', adds: 'share', value: sql`is_done`, splits: ['unit', 'kind'], public: true },
  { id: 'relief.applications', title: '紓困措施申請', definition: '本年度紓困振興工作項目到資料截止日所在月份為止，累計申請的件數。', ...stock, unit: '件', adds: 'sum', value: sql`applications` },
  { id: 'relief.spent_twd', title: '紓困支出', definition: '本年度紓困振興工作項目到資料截止日所在月份為止，累計實際支出；不含減收及緩收。', ...sum, value: sql`spent_twd` },
  { id: 'relief.forgone_twd', title: '紓困減收', definition: '本年度紓困振興工作項目到資料截止日所在月份為止，減免而不再收的累計金額；不含支出及緩收。', ...sum, value: sql`forgone_twd` },
  { id: 'relief.deferred_twd', title: '紓困緩收', definition: '本年度紓困振興工作項目到資料截止日所在月份為止，延期而以後仍要收的累計金額；不含支出及減收。', ...sum, value: sql`deferred_twd` },
]
