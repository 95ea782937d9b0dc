import { sql } from 'kysely'
import { z } from 'zod'
import { act } from '../../core/act.ts'
import { done, isRefusal, NotFound, refusal } from '../../core/errors.ts'
import { record } from '../../core/events/record.ts'
import { formOf, submitProposal } from '../annual-plans/index.ts'
import { name } from './acts.ts'
import { type MoneyLine, sourceKinds } from './money.ts'
import { findProgrammeState } from './programme.ts'
import './tables.ts'

/** Once for each year, and anew for the same one after the unit took it back or it was left out. */
export const mayHandOver = (before: { year: number; outcome: string | null } | null, year: number): boolean => before === null || year > before.year || (year === before.year && (before.outcome === 'withdrawn' || before.outcome === 'not-admitted'))

/** The unit takes a project of an approved programme over into the annual plan's round: a proposal with its money of that year and after. */
export const handOver = act('programme.hand-over', z.object({ name, project: z.coerce.number().int(), year: z.coerce.number({ error: '請填年度' }).int('請填年度') }), async (tx, ctx, input) => {
  const state = await findProgrammeState(tx, ctx.person, input.name, true)
  const { rows: [project] } = await sql<{ id: number; title: string; summary: string; unitId: number; proposal: { number: string; year: number; outcome: string | null } | null; money: MoneyLine[] }>`
    select p.id, p.title, p.summary, p.unit_id as "unitId", (select jsonb_build_object('number', a.number, 'year', r.roc_year, 'outcome', a.outcome) from cases a join plan_proposals o on o.id = a.id join plan_rounds r on r.id = o.round_id where a.id = p.proposal_id) as proposal, (select jsonb_agg(jsonb_build_object('year', m.roc_year, 'source', m.source, 'twd', m.twd) order by m.roc_year, m.source) from programme_money m where m.project_id = p.id) as money
    from programme_projects p where p.id = ${input.project} and p.case_id = ${state.id} and p.removed_on is null`.execute(tx)
  if (!project) throw new NotFound('找不到這件計畫')
  if (state.stage !== 'in-force') return refusal('programme.not-in-force', '方案核定實施後，計畫才能提報年度施政計畫', { law: '離島建設條例 §6 I' })
  const before = project.proposal
  if (!mayHandOver(before, input.year)) return refusal('programme.handed-over', `這件計畫已經提報 ${before!.year} 年度（${before!.number}）`)
  const needs = project.money.filter(({ year }) => year >= input.year && year < input.year + 4).map(({ year, source, twd }) => ({ position: sourceKinds.indexOf(source) + 1, year, source, object: 'capital' as const, twd }))
  const years = project.money.map(({ year }) => year)
  const proposed = await submitProposal.within(tx, ctx, {
    year: input.year, unitId: project.unitId, title: project.title, category: 'works', kind: before?.outcome === 'admitted' ? 'continuing' : 'new', priority: 1, account: '', fromYear: Math.min(input.year, ...years), toYear: Math.max(input.year, ...years), previous: before?.outcome === 'admitted' && before.year < input.year ? before.number : '', joint: [], results: before?.outcome === 'admitted' ? `前一年度的提報 ${before.number} 已納入概算；執行成果待提報單位補充。` : '',
    content: `${state.title}所列計畫。${project.summary}`, benefit: `依${state.title}辦理，效益待提報單位補充。`, money: formOf(needs),
  })
  if (isRefusal(proposed)) return proposed
  const { id } = await tx.selectFrom('cases').select('id').where('number', '=', proposed.value.number).executeTakeFirstOrThrow()
  await tx.updateTable('programme_projects').set({ proposal_id: id }).where('id', '=', project.id).execute()
  await record(tx, ctx, 'programme.handed-over', { caseId: state.id, payload: { project: project.id, proposal: id } })
  return done({ number: proposed.value.number })
}, { permission: 'annual-plans.propose' })
