import { type RawBuilder, sql } from 'kysely'
import type { CaseSet, FigureDefinition, FigureSpan, SplitBy } from '../../core/figures/figure.ts'
import { bureaus, ifClosed, labelled, lastInstant } from '../../core/figures/sql.ts'
import { rocYear } from '../../core/time.ts'
import { visibleTo } from './item.ts'
import { itemPath } from './paths.ts'
import { caseKind, outcomes, wholeCounty } from './schema.ts'

/** Items listed by the status day for that year or the one after; withdrawn ones are not. */
const items: CaseSet = {
  name: 'perceived.items', casePath: itemPath, visibleTo: (person) => visibleTo(person, 'c'), order: { category: Object.values(outcomes) },
  cases: (span) => sql`
    with ${bureaus}
    select c.id as case_id, c.number, c.title, c.confidential, c.received_at, null::date as due_on, b.name as unit, b.code as unit_code, coalesce(c.township, ${wholeCounty}) as township, null::text as channel, to_char(i.listed_on, 'YYYY-MM') as month,
      coalesce(${ifClosed(span, labelled(sql`c.outcome`, outcomes))}, '辦理中') as category, i.roc_year || '年' as kind, ${ifClosed(span, sql`c.closed_at`)} as closed_at, ${ifClosed(span, labelled(sql`c.outcome`, outcomes))} as outcome,
      i.roc_year - ${rocYear(span.statusOn)} as years_on, case when ${ifClosed(span, sql`c.outcome`)} = 'done' then 1 else 0 end as is_done, ${published(span)} as is_published
    from perceived_items i join cases c on c.id = i.id and c.kind = ${caseKind} left join bureaus b on b.id = c.unit_id
    where i.roc_year between ${rocYear(span.statusOn)} and ${rocYear(span.statusOn) + 1} and i.listed_on <= ${span.statusOn}::date and not coalesce(c.outcome = 'withdrawn' and c.closed_at <= ${lastInstant(span)}, false)`,
}

function published(span: FigureSpan): RawBuilder<unknown> {
  return sql`coalesce((select case when t.state = 'approved' and t.published_at <= ${lastInstant(span)} then 1 else 0 end from perceived_texts t where t.id = i.id), 0)`
}

const splits: SplitBy[] = ['unit', 'township', 'category']
const stock = { set: items, kind: 'stock', unit: '項', adds: 'count', splits, public: true } as const
const thisYear = sql<boolean>`years_on = 0`

export const figures: FigureDefinition[] = [
  { id: 'perceived.items_this_year', title: '本年度有感施政項目', definition: '資料截止日時，列為本年度有感施政的項目數；已撤案的不計。', ...stock, where: thisYear },
  { id: 'perceived.items_next_year', title: '下年度有感施政項目', definition: '資料截止日時，列為下年度有感施政的項目數；已撤案的不計。', ...stock, where: sql<boolean>`years_on = 1` },
  { id: 'perceived.done_rate', title: '有感施政完成率', definition: '本年度有感施政項目中，資料截止日前完成的比率；已撤案的不計。', set: items, kind: 'rate', unit: '', adds: 'share', where: thisYear, value: sql`is_done`, splits: ['unit', 'township'], public: true },
  { id: 'perceived.published', title: '已公開的施政成果', definition: '本年度有感施政項目中，資料截止日前經核可公開成果的項目數。', ...stock, where: sql<boolean>`years_on = 0 and is_published = 1` },
]
