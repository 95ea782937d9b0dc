import { type RawBuilder, sql } from 'kysely'
import type { CaseSet, FigureDefinition, FigureSpan, SplitBy } from '../../core/figures/figure.ts'
import { labelled, lastInstant } from '../../core/figures/sql.ts'
import { visibleTo } from './appeal.ts'
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
  {
    id: 'appeals.balance', title: '訴願案件收結', definition: '期初未結加期間新收，減期間內決定、撤回的，等於期末未結。', kind: 'balance', unit: '件', set: all, adds: 'balance', splits: ['part', 'unit', 'month', 'category'], public: true,
    where: sql`carried_in or entered or ended or carried_out`,
  },
]
