import { type RawBuilder, sql } from 'kysely'
import type { CaseSet, FigureDefinition, FigureSpan } from '../../core/figures/figure.ts'
import { bureaus, ifClosed, labelled, lastInstant } from '../../core/figures/sql.ts'
import { endOf, monthOf, startOf } from '../../core/time.ts'
import { proposalPath } from './paths.ts'
import { visibleTo } from './proposal.ts'
import { caseKind, categories, outcomes } from './schema.ts'

const columns = (span: FigureSpan, month: RawBuilder<unknown>) => sql`
  c.id as case_id, c.number, c.title, c.confidential, c.received_at, c.due_on, b.name as unit, b.code as unit_code, null::text as township, to_char(${month} at time zone 'Asia/Taipei', 'YYYY-MM') as month, null::text as channel,
  ${labelled(sql`p.category`, categories)} as category, ${ifClosed(span, labelled(sql`c.outcome`, outcomes))} as kind, ${ifClosed(span, sql`c.closed_at`)} as closed_at, ${ifClosed(span, labelled(sql`c.outcome`, outcomes))} as outcome,
  p.asked_twd, coalesce(p.advised_twd, p.asked_twd) as granted_twd, ${ifClosed(span, sql`c.outcome`)} as decided`
const opens = { casePath: (number: string) => proposalPath(number), visibleTo: (person: Parameters<CaseSet['visibleTo']>[0]) => visibleTo(person, 'c'), order: { category: Object.values(categories), kind: Object.values(outcomes) } }

/** Proposals that units submitted in the period and had not taken back by the status day. */
const submitted: CaseSet = {
  name: 'annual-plans.submitted',
  ...opens,
  cases: (span) => sql`
    with ${bureaus}
    select ${columns(span, sql`c.received_at`)} from cases c join plan_proposals p on p.id = c.id left join bureaus b on b.id = c.unit_id
    where c.kind = ${caseKind} and c.received_at >= ${startOf(span.from)} and c.received_at < ${endOf(span.to)} and c.received_at <= ${lastInstant(span)} and not (c.outcome is not distinct from 'withdrawn' and c.closed_at <= ${lastInstant(span)})`,
}

/** Cases as decided by the status day: one that was admitted later than that is still left out, since its first decision. */
const asDecided = (span: FigureSpan) => sql`(
  select c.id, c.number, c.title, c.confidential, c.received_at, c.due_on, c.unit_id, c.officer_id, c.kind, coalesce(f.left_out_at, c.closed_at) as closed_at, case when f.left_out_at is null then c.outcome else 'not-admitted' end as outcome
  from cases c left join lateral (
    select max(e.happened_at) as left_out_at from events e where e.case_id = c.id and e.kind = ${`${caseKind}.decided`}
      and exists (select from plan_cut_items i join plan_cuts s on s.id = i.cut_id where i.case_id = c.id and s.kind = 'later' and s.decided_at > ${lastInstant(span)})
  ) f on true where c.kind = ${caseKind})`

/** Proposals that were decided in the period and, on the status day, had that result. One admitted later counts in the period of that later decision. */
const decided: CaseSet = {
  name: 'annual-plans.decided',
  ...opens,
  cases: (span) => sql`
    with ${bureaus}
    select ${columns(span, sql`c.closed_at`)}, exists (select from plan_projects l where l.case_id = c.id) as tracked from ${asDecided(span)} c join plan_proposals p on p.id = c.id left join bureaus b on b.id = c.unit_id
    where c.closed_at >= ${startOf(span.from)} and c.closed_at < ${endOf(span.to)} and c.closed_at <= ${lastInstant(span)}`,
}

/**
 * Admitted proposals whose project was under watch on the status day, with its newest report up to that month: money spent and money planned until then, cumulative.
 * A project that goes on for years is counted for its newest proposal alone; one that never reported is not counted.
 */
const carriedOut: CaseSet = {
  name: 'annual-plans.carried-out',
  ...opens,
  cases: (span) => sql`
    with ${bureaus}
    select ${columns(span, sql`c.closed_at`)}, m.actual_twd as spent_twd, m.planned_twd from cases c join plan_proposals p on p.id = c.id join plan_rounds r on r.id = p.round_id join plan_projects l on l.case_id = c.id join projects j on j.id = l.project_id left join bureaus b on b.id = c.unit_id
    join lateral (select m.actual_twd, m.planned_twd from project_months m where m.case_id = j.id and m.month <= ${monthOf(span.statusOn)} and m.actual_twd is not null order by m.month desc limit 1) m on true
    where c.kind = ${caseKind} and c.outcome = 'admitted' and c.closed_at <= ${lastInstant(span)} and j.listed_on <= ${span.statusOn}::date and (j.delisted_on is null or j.delisted_on > ${span.statusOn}::date)
      and not exists (select from plan_projects k join plan_proposals q on q.id = k.case_id join plan_rounds s on s.id = q.round_id join cases d on d.id = q.id
        where k.project_id = l.project_id and s.roc_year > r.roc_year and d.outcome = 'admitted' and d.closed_at <= ${lastInstant(span)})`,
}

const result = { set: decided, kind: 'flow', public: true } as const
const admitted = sql<boolean>`decided = 'admitted'`
const flow = { set: submitted, kind: 'flow', public: true } as const

export const figures: FigureDefinition[] = [
  { id: 'plans.annual.submitted', title: '先期作業提報計畫', definition: '期間內各單位在施政計畫先期作業提報、到資料截止日沒有撤回的計畫案數。', ...flow, unit: '案', adds: 'count', splits: ['unit', 'category', 'kind', 'month'] },
  { id: 'plans.annual.requested_twd', title: '先期作業提報經費', definition: '期間內提報而沒有撤回的計畫，在該年度所需的經費合計，含各種來源。', ...flow, unit: '元', adds: 'sum', value: sql`asked_twd`, splits: ['unit', 'category', 'kind'] },
  { id: 'plans.annual.admitted', title: '納入概算審查計畫', definition: '期間內經審查會議決議納入概算審查的計畫案數；補列的算在補列的期間。', ...result, unit: '案', adds: 'count', where: admitted, splits: ['unit', 'category', 'month'] },
  { id: 'plans.annual.admitted_twd', title: '納入概算經費', definition: '期間內決議納入概算的計畫，該年度的核列經費合計。', ...result, unit: '元', adds: 'sum', where: admitted, value: sql`granted_twd`, splits: ['unit', 'category'] },
  { id: 'plans.annual.not_admitted', title: '未納入概算計畫', definition: '期間內經審查會議決議不納入概算，到資料截止日也沒有補列的計畫案數。', ...result, unit: '案', adds: 'count', where: sql<boolean>`decided = 'not-admitted'`, splits: ['unit', 'category', 'month'] },
  { id: 'plans.annual.tracked_rate', title: '納入計畫列管率', definition: '期間內決議納入概算的計畫裡，已經成為列管計畫的比率。', ...result, kind: 'rate', unit: '', adds: 'share', where: admitted, value: sql`case when tracked then 1 else 0 end`, splits: ['unit', 'category'] },
  { id: 'plans.annual.execution_rate', title: '納入計畫預算執行率', definition: '資料截止日時，納入概算並已列管的計畫，到最近一次填報為止的累計實際支用，占同一時間累計預定支用的比率；沒有填報過的不計。', set: carriedOut, kind: 'rate', unit: '', adds: 'ratio', value: sql`spent_twd`, over: sql`planned_twd`, splits: ['unit', 'category'], public: true },
]
