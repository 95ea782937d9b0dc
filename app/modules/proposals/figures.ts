import { sql } from 'kysely'
import type { CaseSet, FigureDefinition, SplitBy } from '../../core/figures/figure.ts'
import { bureaus, ifClosed, labelled, lastInstant } from '../../core/figures/sql.ts'
import { proposalPath } from './paths.ts'
import { visibleTo } from './proposal.ts'
import { caseKind, kinds, outcomes } from './schema.ts'

const columns = (span: Parameters<CaseSet['cases']>[0], on: 'submitted_on' | 'decided_on') => sql`
  c.id as case_id, c.number, c.title, c.confidential, c.received_at, null::date as due_on, b.name as unit, b.code as unit_code, null::text as township, null::text as channel, to_char(${sql.ref(`m.${on}`)}, 'YYYY-MM') as month,
  coalesce(${ifClosed(span, labelled(sql`c.outcome`, outcomes))}, '審查中') as category, ${labelled(sql`m.kind`, kinds)} as kind, ${ifClosed(span, sql`c.closed_at`)} as closed_at, ${ifClosed(span, labelled(sql`c.outcome`, outcomes))} as outcome, m.kind as proposal_kind`
const seen = { casePath: (number: string) => proposalPath(number), visibleTo: (person: Parameters<CaseSet['visibleTo']>[0]) => visibleTo(person, 'c'), order: { kind: Object.values(kinds), category: Object.values(outcomes) } }
const sumOf = (column: 'applied_twd' | 'granted_twd') => sql`(select coalesce(sum(${sql.ref(`y.${column}`)}), 0)::bigint from proposal_years y where y.case_id = c.id) as ${sql.ref(column)}`

/** Proposals that were submitted in the period. */
const submitted: CaseSet = {
  name: 'proposals.submitted', ...seen,
  cases: (span) => sql`with ${bureaus} select ${columns(span, 'submitted_on')}, ${sumOf('applied_twd')}
    from proposals m join cases c on c.id = m.id and c.kind = ${caseKind} left join bureaus b on b.id = c.unit_id where m.submitted_on between ${span.from}::date and ${span.to}::date and m.submitted_on <= ${span.statusOn}::date`,
}

/** Proposals that were granted in the period. */
const granted: CaseSet = {
  name: 'proposals.granted', ...seen,
  cases: (span) => sql`with ${bureaus} select ${columns(span, 'decided_on')}, ${sumOf('granted_twd')}
    from proposals m join cases c on c.id = m.id and c.kind = ${caseKind} left join bureaus b on b.id = c.unit_id where m.decided_on between ${span.from}::date and ${span.to}::date and m.decided_on <= ${span.statusOn}::date and c.outcome = 'granted' and c.closed_at <= ${lastInstant(span)}`,
}

const splits: SplitBy[] = ['unit', 'month', 'category']
const flow = { set: submitted, kind: 'flow', unit: '案', adds: 'count', splits, public: true } as const

export const figures: FigureDefinition[] = [
  { id: 'proposals.to_central', title: '協助向中央提案', definition: '期間內協助各機關、公所向中央政府提送的計畫案數；智慧城鄉補助另計。', ...flow, where: sql<boolean>`proposal_kind = 'general'` },
  { id: 'smart.proposals', title: '智慧城鄉提案', definition: '期間內協助各單位申請中央智慧城鄉補助的提案數。', ...flow, where: sql<boolean>`proposal_kind = 'smart'` },
  { id: 'proposals.applied_twd', title: '向中央申請經費', definition: '期間內提送的中央計畫，各年度申請經費的合計，含智慧城鄉補助。', set: submitted, kind: 'flow', unit: '元', adds: 'sum', value: sql`applied_twd`, splits: ['unit', 'month', 'kind'], public: true },
  { id: 'proposals.granted_twd', title: '中央核定經費', definition: '期間內核定的中央計畫，各年度核定經費的合計，含智慧城鄉補助；不含縣的配合款。', set: granted, kind: 'flow', unit: '元', adds: 'sum', value: sql`granted_twd`, splits: ['unit', 'month', 'kind'], public: true },
]
