import { type RawBuilder, sql } from 'kysely'
import type { CaseSet, FigureDefinition, FigureSpan } from '../../core/figures/figure.ts'
import { bureaus, labelled } from '../../core/figures/sql.ts'
import type { Person } from '../../core/identity/permissions.ts'
import { visibleTo } from './directive.ts'
import { directivePath } from './paths.ts'
import { caseKind, executive, outcomes } from './schema.ts'

/**
 * Days are those of the meetings: a directive enters the list with the meeting that gave it and leaves it with the meeting that decided so. What became of it
 * later than the status day is not told.
 */
const columns = (span: FigureSpan, month: RawBuilder<unknown>) => sql`
  c.id as case_id, c.number, c.title, c.confidential, c.received_at, d.due_on, b.name as unit, b.code as unit_code, null::text as township, to_char(${month}, 'YYYY-MM') as month, null::text as channel,
  case when d.delisted_on <= ${span.statusOn}::date then ${labelled(sql`c.outcome`, outcomes)} else '列管中' end as category, d.body_name as kind, case when d.delisted_on <= ${span.statusOn}::date then c.closed_at end as closed_at,
  case when d.delisted_on <= ${span.statusOn}::date then ${labelled(sql`c.outcome`, outcomes)} end as outcome, d.body, d.ordered_on, d.delisted_on, d.due_on as ordered_due_on,
  case when d.delisted_on <= ${span.statusOn}::date then c.outcome end as left_as, ${span.statusOn}::date as status_on`
const from = sql`from directives d join lateral (select * from cases where id = d.id offset 0) c on c.kind = ${caseKind} left join bureaus b on b.id = c.unit_id`
const opens = { casePath: (number: string) => directivePath(number), visibleTo: (person: Person) => visibleTo(person, 'c'), order: { category: ['列管中', ...Object.values(outcomes)] } }

const issued: CaseSet = { name: 'directives.issued', ...opens, cases: (span) => sql`with ${bureaus} select ${columns(span, sql`d.ordered_on`)} ${from} where d.ordered_on between ${span.from}::date and ${span.to}::date and d.ordered_on <= ${span.statusOn}::date` }
const left: CaseSet = { name: 'directives.left', ...opens, cases: (span) => sql`with ${bureaus} select ${columns(span, sql`d.delisted_on`)} ${from} where d.delisted_on between ${span.from}::date and ${span.to}::date and d.delisted_on <= ${span.statusOn}::date` }
const listed: CaseSet = { name: 'directives.listed', ...opens, cases: (span) => sql`with ${bureaus} select ${columns(span, sql`d.ordered_on`)} ${from} where d.ordered_on <= ${span.statusOn}::date and (d.delisted_on is null or d.delisted_on > ${span.statusOn}::date)` }

/** On the list at some time of the period. Whether one is still on it at its end is told by what meetings decided, the other lines by its days. */
const alive: CaseSet = {
  name: 'directives.alive',
  ...opens,
  cases: (span) => sql`
    with ${bureaus}
    select ${columns(span, sql`d.ordered_on`)}, d.ordered_on < ${span.from}::date as carried_in, d.ordered_on >= ${span.from}::date as entered, coalesce(d.delisted_on <= ${span.to}::date, false) as ended,
      not exists (select from directive_decisions x join committee_meetings m on m.id = x.meeting_id where x.case_id = d.id and x.taken_at is not null and x.decision in ('delist', 'merge', 'void') and m.held_on <= ${span.to}::date) as carried_out
    ${from} where d.ordered_on <= ${span.to}::date and (d.delisted_on is null or d.delisted_on >= ${span.from}::date)`,
}

const inReport = sql<boolean>`body = ${executive}`
const count = (kind: FigureDefinition['kind'], set: CaseSet): Pick<FigureDefinition, 'set' | 'kind' | 'unit' | 'adds' | 'splits' | 'public'> => ({ set, kind, unit: '案', adds: 'count', splits: ['unit', 'month', 'category', 'kind'], public: true })
const ages: [string, string, RawBuilder<boolean>][] = [
  ['under-30', '未滿 30 日', sql`status_on - ordered_on < 30`], ['under-90', '30 日以上未滿 90 日', sql`status_on - ordered_on < 90`], ['under-180', '90 日以上未滿 180 日', sql`status_on - ordered_on < 180`], ['over-180', '180 日以上', sql`true`],
]

export const figures: FigureDefinition[] = [
  { id: 'directives.issued', title: '主管會報指裁示事項', definition: '期間內召開的主管會報所作成的指裁示事項案數。', ...count('flow', issued), where: inReport },
  { id: 'directives.delisted', title: '其中解除列管', definition: '期間內召開的主管會報所作成的指裁示事項中，至資料截止日已由之後的會議決定解除列管的案數；併案和撤銷的不算。', ...count('cohort', issued), where: sql<boolean>`${inReport} and left_as = 'delisted'` },
  { id: 'directives.delisted_all', title: '期間內解除列管', definition: '期間內召開的會議決定解除列管的主管會報指裁示事項案數，不論何時作成；含併案和撤銷列管。', ...count('flow', left), where: inReport },
  {
    id: 'directives.delisted_rate', title: '解除列管比率', definition: '期間內主管會報所作成的指裁示事項中，至資料截止日已解除列管者所占的比率。', set: issued, kind: 'rate', unit: '', adds: 'share', where: inReport, value: sql`case when left_as = 'delisted' then 1 else 0 end`, splits: ['unit', 'month'], public: true,
  },
  { id: 'directives.listed', title: '列管中的指裁示事項', definition: '資料截止日時還在列管的各種會議指裁示事項案數。', ...count('stock', listed) },
  { id: 'directives.overdue', title: '其中逾期', definition: '資料截止日時還在列管、而且已過期限的指裁示事項案數；未定期限的不算。', ...count('stock', listed), where: sql<boolean>`ordered_due_on < status_on` },
  {
    id: 'directives.by_age', title: '列管中的案齡', definition: '資料截止日時還在列管的指裁示事項，依作成後的日數分列的案數。', set: listed, kind: 'breakdown', unit: '案', adds: 'breakdown',
    part: sql`case ${sql.join(ages.map(([key, , when]) => sql`when ${when} then ${sql.lit(key)}`), sql` `)} end`, parts: ages.map(([key, label]) => ({ key, label })), splits: ['part', 'unit', 'kind'], public: true,
  },
  { id: 'directives.age_median', title: '案齡中位數', definition: '資料截止日時還在列管的指裁示事項，作成後日數的中位數。', set: listed, kind: 'median', unit: '日', adds: 'median', value: sql`(status_on - ordered_on)`, splits: ['unit', 'kind'], public: true },
  {
    id: 'directives.balance', title: '指裁示事項消長', definition: '期初列管加期間新增，減期間離開列管，等於期末列管的指裁示事項案數；各種會議都算。', set: alive, kind: 'balance', unit: '案', adds: 'balance',
    parts: [{ key: 'carried-in', label: '期初列管' }, { key: 'entered', label: '新增列管' }, { key: 'ended', label: '離開列管' }, { key: 'carried-out', label: '期末列管' }], splits: ['part', 'unit', 'kind'], public: true,
  },
]
