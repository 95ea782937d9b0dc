import { type RawBuilder, sql } from 'kysely'
import type { CaseSet, FigureDefinition, FigureSpan } from '../../core/figures/figure.ts'
import { bureaus, ifClosed, labelled, lastInstant } from '../../core/figures/sql.ts'
import { endOf, startOf } from '../../core/time.ts'
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

const flow = { set: submitted, kind: 'flow', public: true } as const

export const figures: FigureDefinition[] = [
  { id: 'plans.annual.submitted', title: '先期作業提報計畫', definition: '期間內各單位在施政計畫先期作業提報、到資料截止日沒有撤回的計畫案數。', ...flow, unit: '案', adds: 'count', splits: ['unit', 'category', 'kind', 'month'] },
  { id: 'plans.annual.requested_twd', title: '先期作業提報經費', definition: '期間內提報而沒有撤回的計畫，在該年度所需的經費合計，含各種來源。', ...flow, unit: '元', adds: 'sum', value: sql`asked_twd`, splits: ['unit', 'category', 'kind'] },
]
