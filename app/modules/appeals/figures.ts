import { type RawBuilder, sql } from 'kysely'
import type { CaseSet, FigureDefinition, FigureSpan, SplitBy } from '../../core/figures/figure.ts'
import { labelled, lastInstant } from '../../core/figures/sql.ts'
import { visibleTo } from './appeal.ts'
import { results } from './after/rules.ts'
import { appealPath } from './paths.ts'
import { caseKind, categories, channels, decisions, outcomes } from './schema.ts'

const shared = {
  casePath: (number: string) => appealPath(number),
  visibleTo: (person) => visibleTo(person, 'c'),
  order: { kind: [...Object.values(outcomes), '審理中'], category: categories },
} satisfies Partial<CaseSet>

/**
 * Appeals on which the county decides, as they stood at the end of the status day; `unit` is the original agency. When a decision came
 * or a case ended after that day, it was still under review.
 */
function appealsWhere(span: FigureSpan, monthOf: RawBuilder<unknown>, chosen: RawBuilder<unknown>): RawBuilder<unknown> {
  const last = lastInstant(span)
  const isDecided = sql`a.decided_on <= ${span.statusOn}::date`
  const isEnded = sql`(c.closed_at <= ${last} and a.decided_on is null)`
  // the day on which its review ended: by a decision, or without one
  const endedOn = sql`coalesce(a.decided_on, (c.closed_at at time zone 'Asia/Taipei')::date)`
  return sql`
    select c.id as case_id, coalesce(c.number, c.follow_no) as number, c.title, c.confidential, c.received_at, a.agency as unit, coalesce(u.code, a.agency_kind) as unit_code, null::text as township,
      to_char(${monthOf}, 'YYYY-MM') as month, ${labelled(sql`a.channel`, channels)} as channel, nullif(a.category, '') as category,
      coalesce(case when ${isDecided} then ${labelled(sql`a.decision`, outcomes)} when ${isEnded} then ${labelled(sql`c.outcome`, outcomes)} end, '審理中') as kind,
      case when ${isDecided} or ${isEnded} then ${endedOn}::timestamp at time zone 'Asia/Taipei' end as closed_at,
      case when ${isDecided} then ${labelled(sql`a.decision`, outcomes)} when ${isEnded} then ${labelled(sql`c.outcome`, outcomes)} end as outcome,
      case when ${isDecided} then a.decision end as decision, coalesce(${isDecided} or ${isEnded}, false) as is_over, d.due_on, a.decided_on,
      a.filed_on < ${span.from}::date and (${endedOn} is null or ${endedOn} >= ${span.from}::date) as carried_in,
      a.filed_on between ${span.from}::date and ${span.to}::date as entered,
      coalesce(${endedOn} between ${span.from}::date and ${span.to}::date, false) as ended,
      a.filed_on <= ${span.to}::date and (c.stage not in ('decided', 'closed') or ${endedOn} > ${span.to}::date) as carried_out
    from appeals a join cases c on c.id = a.id and c.kind = ${caseKind} left join units u on u.id = a.agency_unit_id
    left join lateral (select x.due_on from case_dues x where x.case_id = c.id and x.at <= coalesce(a.decided_on::timestamp at time zone 'Asia/Taipei', ${last}) order by x.at desc, x.id desc limit 1) d on true
    where a.ours and ${chosen}`
}

/** What was filed in the period, by the day of filing. */
const filed: CaseSet = { ...shared, name: 'appeals.filed', cases: (span) => appealsWhere(span, sql`a.filed_on`, sql`a.filed_on between ${span.from}::date and ${span.to}::date and a.filed_on <= ${span.statusOn}::date`) }
/** What was decided in the period, whenever it had been filed. */
const decided: CaseSet = { ...shared, name: 'appeals.decided', cases: (span) => appealsWhere(span, sql`a.decided_on`, sql`a.decided_on between ${span.from}::date and ${span.to}::date and a.decided_on <= ${span.statusOn}::date`) }
/** Everything filed until the end of the period. */
const all: CaseSet = { ...shared, name: 'appeals.all', cases: (span) => appealsWhere(span, sql`a.filed_on`, sql`a.filed_on <= ${span.to}::date`) }

/**
 * Suits against decisions on which the county decided: one row a case. `chosen` says which day of a suit lies in the period; the last one of a case
 * stands for it (上訴 is a suit of its own). What was judged after the status day is still pending.
 */
function suitsWhere(span: FigureSpan, by: 'happened_on' | 'result_on'): RawBuilder<unknown> {
  const known = sql`(s.result_on <= ${span.statusOn}::date)`
  return sql`
    select distinct on (c.id) c.id as case_id, coalesce(c.number, c.follow_no) as number, c.title, c.confidential, c.received_at, a.agency as unit, coalesce(u.code, a.agency_kind) as unit_code, null::text as township,
      to_char(s.${sql.ref(by)}, 'YYYY-MM') as month, ${labelled(sql`a.channel`, channels)} as channel, nullif(a.category, '') as category,
      coalesce(case when ${known} then ${labelled(sql`s.result`, results.litigation)} end, '進行中') as kind, case when ${known} then s.result_on::timestamp at time zone 'Asia/Taipei' end as closed_at,
      case when ${known} then ${labelled(sql`s.result`, results.litigation)} end as outcome, null::date as due_on, case when ${known} then s.result end as result
    from appeal_sequels s join appeals a on a.id = s.case_id and a.ours join cases c on c.id = a.id and c.kind = ${caseKind} left join units u on u.id = a.agency_unit_id
    where s.kind = 'litigation' and s.${sql.ref(by)} between ${span.from}::date and least(${span.to}::date, ${span.statusOn}::date) order by c.id, s.${sql.ref(by)} desc, s.id desc`
}

const ofSuits = { ...shared, order: { kind: [...Object.values(results.litigation), '進行中'], category: categories } } satisfies Partial<CaseSet>
/** Whose decision was sued over in the period. */
const sued: CaseSet = { ...ofSuits, name: 'appeals.sued', cases: (span) => suitsWhere(span, 'happened_on') }
/** Whose suit ended in the period. */
const judged: CaseSet = { ...ofSuits, name: 'appeals.judged', cases: (span) => suitsWhere(span, 'result_on') }

const splits: SplitBy[] = ['unit', 'month', 'category', 'kind']
const common = { unit: '件', adds: 'count', splits, public: true } as const
const of = (decision: string): RawBuilder<boolean> => sql<boolean>`decision = ${sql.lit(decision)}`
const rate = { kind: 'rate', unit: '', set: decided, adds: 'share', splits: ['unit', 'month', 'category'] as SplitBy[], public: true } as const

export const figures: FigureDefinition[] = [
  { ...common, id: 'appeals.filed', title: '提起訴願', definition: '期間內向本府提起、由本府受理的訴願件數，以最先收受的日期為準；移送他機關的不算。', kind: 'flow', set: filed },
  { ...common, id: 'appeals.filed_pending', title: '其中審議中', definition: '期間內提起的訴願中，至資料截止日還沒有決定、撤回或移送的件數。', kind: 'cohort', set: filed, where: sql`not is_over` },
  { ...common, id: 'appeals.decided', title: '訴願審議決定', definition: '期間內經訴願審議委員會作成決定的訴願件數，以決定日為準。', kind: 'flow', set: decided },
  { ...common, id: 'appeals.decided_non_acceptance', title: '訴願不受理', definition: '期間內作成的訴願決定中，各項請求都決定不受理的件數（訴願法第 77 條）。', kind: 'flow', set: decided, where: of('non-acceptance') },
  { ...common, id: 'appeals.decided_dismissed', title: '訴願駁回', definition: '期間內作成的訴願決定中，各項請求都決定駁回的件數（訴願法第 79 條、第 82 條第 2 項、第 83 條）。', kind: 'flow', set: decided, where: of('dismissed') },
  { ...common, id: 'appeals.decided_revoked', title: '訴願撤銷', definition: '期間內作成的訴願決定中，各項請求都決定撤銷原處分的件數（訴願法第 81 條）。', kind: 'flow', set: decided, where: of('revoked') },
  { ...common, id: 'appeals.decided_partly_revoked', title: '訴願一部撤銷一部駁回', definition: '期間內作成的訴願決定中，一部撤銷而其餘駁回或不受理的件數。', kind: 'flow', set: decided, where: of('partly-revoked') },
  {
    id: 'appeals.decided_by_outcome', title: '訴願決定結果', definition: '期間內作成的訴願決定，依結果分列的件數；一件有數項請求的，依各項結果合起來的名稱算一件。', kind: 'breakdown', unit: '件', set: decided, adds: 'breakdown', part: sql`decision`,
    parts: decisions.map((key) => ({ key, label: outcomes[key] })), splits: ['part', 'unit', 'month', 'category'], public: true,
  },
  { ...rate, id: 'appeals.in_time_rate', title: '訴願如期決定率', definition: '期間內作成的訴願決定中，在決定期間（含延長及重行起算）以內作成的比率；期限無法確定的不計。', value: sql`case when due_on is not null then (decided_on <= due_on)::int end` },
  { ...rate, id: 'appeals.revocation_rate', title: '訴願撤銷率', definition: '期間內作成的訴願決定中，撤銷、一部撤銷或命速為處分的比率。', value: sql`(decision in ('revoked', 'partly-revoked', 'ordered'))::int` },
  { ...common, id: 'appeals.litigation_filed', title: '提起行政訴訟', definition: '期間內對本府的訴願決定提起行政訴訟（含上訴）的案件數，以法院收到的日期為準；一件提起數次的算一件（訴願法第 90 條）。', kind: 'flow', set: sued },
  {
    id: 'appeals.litigation_results', title: '行政訴訟結果', definition: '期間內有裁判或終結的，對本府訴願決定提起的行政訴訟，依最後一次的結果分列的案件數。', kind: 'breakdown', unit: '件', set: judged, adds: 'breakdown', part: sql`result`,
    parts: Object.entries(results.litigation).map(([key, label]) => ({ key, label })), splits: ['part', 'unit', 'month', 'category'], public: true,
  },
  { ...rate, set: judged, id: 'appeals.litigation_upheld_rate', title: '訴願決定經法院維持率', definition: '期間內有裁判的案件中，法院駁回原告之訴或裁定駁回的比率；撤回、和解的不計，一部撤銷的算沒有維持。', value: sql`case when result in ('dismissed', 'inadmissible') then 1 when result in ('revoked', 'decision-revoked', 'partly') then 0 end` },
  {
    id: 'appeals.balance', title: '訴願案件收結', definition: '期初未結加期間新收，減期間內決定、撤回的，等於期末未結。', kind: 'balance', unit: '件', set: all, adds: 'balance', splits: ['part', 'unit', 'month', 'category'], public: true,
    where: sql`carried_in or entered or ended or carried_out`,
  },
]
