import { type RawBuilder, sql } from 'kysely'
import type { CaseSet, FigureDefinition, FigureSpan } from '../../core/figures/figure.ts'
import { bureaus, ifClosed, labelled, lastInstant } from '../../core/figures/sql.ts'
import { endOf, startOf } from '../../core/time.ts'
import { visibleTo } from './dispute.ts'
import { disputePath } from './paths.ts'
import { caseKind, categories, outcomes, results } from './schema.ts'

/** Columns of every set: what became of the mediation by the status day is `kind`, the business the dispute is about its `category`. */
const columns = (span: FigureSpan, month: RawBuilder<unknown>) => sql`
  c.id as case_id, coalesce(c.number, c.follow_no) as number, c.title, c.confidential, c.received_at, d.meeting_due_on as due_on, bureaus.name as unit, bureaus.code as unit_code, null::text as township,
  to_char(${month}, 'YYYY-MM') as month, null::text as channel, nullif(d.category, '') as category, coalesce(${labelled(sql`d.result`, results)}, '還沒有結果') as kind,
  ${ifClosed(span, sql`c.closed_at`)} as closed_at, ${ifClosed(span, labelled(sql`c.outcome`, outcomes))} as outcome,
  d.result, d.result_on, d.meeting_on, d.meeting_due_on, d.disputed_twd, d.settled_twd, d.second_on, ${span.statusOn}::date as status_on`

/** The detail row as it stood on the status day. */
const detail = (span: FigureSpan) => sql`lateral (
  select x.category, x.disputed_twd, x.meeting_due_on, x.accepted_on, case when x.result_on <= ${span.statusOn}::date then x.result end as result, case when x.result_on <= ${span.statusOn}::date then x.result_on end as result_on,
    case when x.result_on <= ${span.statusOn}::date then x.settled_twd end as settled_twd, case when x.meeting_on <= ${span.statusOn}::date then x.meeting_on end as meeting_on, case when x.second_on <= ${span.statusOn}::date then x.second_on end as second_on
  from consumer_disputes x where x.id = c.id offset 0) d`
const opens = { casePath: (number: string) => disputePath(number), visibleTo: (person: Parameters<CaseSet['visibleTo']>[0]) => visibleTo(person, 'c'), order: { kind: Object.values(results), category: categories } }

const complained: CaseSet = {
  name: 'consumer-disputes.received',
  ...opens,
  cases: (span) => sql`
    with ${bureaus}
    select ${columns(span, sql`c.received_at at time zone 'Asia/Taipei'`)}
    from cases c cross join ${detail(span)} left join bureaus on bureaus.id = c.unit_id
    where c.kind = ${caseKind} and c.received_at >= ${startOf(span.from)} and c.received_at < ${endOf(span.to)} and c.received_at <= ${lastInstant(span)} and c.stage not in ('unconfirmed', 'lapsed')`,
}

/** Mediation applied for in the period. */
const applied: CaseSet = {
  name: 'consumer-disputes.applied',
  ...opens,
  cases: (span) => sql`
    with ${bureaus}
    select ${columns(span, sql`k.applied_on`)}
    from consumer_disputes k join cases c on c.id = k.id and c.kind = ${caseKind} cross join ${detail(span)} left join bureaus on bureaus.id = c.unit_id
    where k.applied_on between ${span.from}::date and ${span.to}::date and k.applied_on <= ${span.statusOn}::date`,
}

/** Mediation that ended in the period, whenever it was applied for. */
const ended: CaseSet = {
  name: 'consumer-disputes.ended',
  ...opens,
  cases: (span) => sql`
    with ${bureaus}
    select ${columns(span, sql`k.result_on`)}
    from consumer_disputes k join cases c on c.id = k.id and c.kind = ${caseKind} cross join ${detail(span)} left join bureaus on bureaus.id = c.unit_id
    where k.result_on between ${span.from}::date and ${span.to}::date and k.result_on <= ${span.statusOn}::date`,
}

/** Mediation pending at some time of the period. Whether it still is at the end is told by its steps, the other lines by its days. */
const alive: CaseSet = {
  name: 'consumer-disputes.alive',
  ...opens,
  cases: (span) => sql`
    with ${bureaus}
    select ${columns(span, sql`k.applied_on`)}, k.applied_on < ${span.from}::date as carried_in, k.applied_on >= ${span.from}::date as entered, coalesce(k.result_on <= ${span.to}::date, false) as ended,
      not exists (select from case_steps s where s.case_id = c.id and s.happened_on <= ${span.to}::date
        and (s.step in ('settle', 'fail', 'not-accept', 'objector-absent', 'withdraw') or (s.step = 'objection' and k.plan = 'ordinary') or (s.step = 'no-objection' and k.result_on <= ${span.to}::date))) as carried_out
    from consumer_disputes k join cases c on c.id = k.id and c.kind = ${caseKind} cross join ${detail(span)} left join bureaus on bureaus.id = c.unit_id
    where k.applied_on <= ${span.to}::date and (k.result_on is null or k.result_on >= ${span.from}::date) and (k.transferred_to is null)`,
}

const held = sql<boolean>`result in ('settled', 'deemed-settled', 'failed', 'deemed-failed')`
const count = (kind: FigureDefinition['kind'], set: CaseSet): Pick<FigureDefinition, 'set' | 'kind' | 'unit' | 'adds' | 'splits' | 'public'> => ({ set, kind, unit: '件', adds: 'count', splits: ['month', 'category', 'kind'], public: true })

export const figures: FigureDefinition[] = [
  { id: 'mediation.held', title: '消費爭議調解終結', definition: '期間內調解終結的消費爭議調解件數，不論成立與否，含視為成立或不成立；不受理和撤回的不算。', ...count('flow', ended), where: held },
  { id: 'mediation.failed', title: '其中調解不成立', definition: '期間內調解終結的消費爭議調解中，調解不成立（含視為不成立）的件數。', ...count('flow', ended), where: sql<boolean>`result in ('failed', 'deemed-failed')` },
  { id: 'mediation.pending', title: '新收仍在調解', definition: '期間內申請的消費爭議調解中，至資料截止日還沒有結果的件數。', ...count('cohort', applied), where: sql<boolean>`result is null` },
  { id: 'mediation.applied', title: '申請調解', definition: '期間內收到的消費爭議調解申請件數。', ...count('flow', applied) },
  { id: 'mediation.settled_rate', title: '調解成立率', definition: '期間內調解終結的消費爭議調解中，調解成立（含視為成立）的比率。', set: ended, where: held, kind: 'rate', unit: '', adds: 'share', value: sql<number>`(result in ('settled', 'deemed-settled'))::int`, splits: ['month', 'category'], public: true },
  { id: 'mediation.settled_twd', title: '調解成立金額', definition: '期間內調解成立（含視為成立）的給付金額合計。', set: ended, where: sql<boolean>`result in ('settled', 'deemed-settled')`, kind: 'flow', unit: '元', adds: 'sum', value: sql`settled_twd`, splits: ['month', 'category'], public: true, publicMin: 2 },
  { id: 'mediation.by_result', title: '調解結果', definition: '期間內有結果的消費爭議調解，依結果分列的件數，含不受理和撤回。', set: ended, kind: 'breakdown', unit: '件', adds: 'breakdown', part: sql`result`, parts: Object.entries(results).map(([key, label]) => ({ key, label })), splits: ['part', 'month', 'category'], public: true },
  { id: 'mediation.balance', title: '消費爭議調解收結', definition: '期初未結加新收減終結等於期末未結的消費爭議調解件數；移轉其他縣市的不計。', set: alive, kind: 'balance', unit: '件', adds: 'balance', splits: ['part', 'category'], public: true },
  {
    id: 'mediation.in_time_rate', title: '三十日內開會', definition: '期間內申請並受理、至資料截止日已開會或期限已到的消費爭議調解中，在期限內開第一次調解會議的比率（消費爭議調解辦法 §7 II）。', set: applied, kind: 'rate', unit: '', adds: 'share',
    value: sql<number | null>`case when meeting_on is not null then (meeting_on <= meeting_due_on)::int when meeting_due_on < status_on and result is null then 0 end`, splits: ['month', 'category'], public: true,
  },
  { id: 'consumer.received', title: '受理消費爭議', definition: '期間內收到的消費爭議申訴及調解申請件數，線上提出而未確認的不算。', ...count('flow', complained) },
  { id: 'consumer.second', title: '其中第二次申訴', definition: '期間內收到的消費爭議中，至資料截止日已向消保官提出第二次申訴的件數。', ...count('cohort', complained), where: sql<boolean>`second_on is not null` },
  { id: 'consumer.disputed_twd', title: '爭議金額', definition: '期間內收到的消費爭議的爭議金額合計；沒有填的不算。', set: complained, kind: 'flow', unit: '元', adds: 'sum', value: sql`disputed_twd`, splits: ['month', 'category'], public: true, publicMin: 2 },
]
