import { sql } from 'kysely'
import { z } from 'zod'
import { act, type ActContext } from '../../core/act.ts'
import type { Tx } from '../../core/db.ts'
import { done, isRefusal, NotFound, refusal } from '../../core/errors.ts'
import { record } from '../../core/events/record.ts'
import { parseTwd } from '../../core/money.ts'
import { formOf, type Source, sources, submitProposal } from '../annual-plans/index.ts'
import { headingField, manage, name } from './acts.ts'
import { findProgrammeState } from './programme.ts'
import { townships } from './schema.ts'
import './tables.ts'

const Project = z.object({
  name,
  heading: headingField,
  title: z.string().trim().min(2, '請填計畫名稱').max(200, '最多 200 個字'),
  unitId: z.coerce.number({ error: '請選擇主辦單位' }).int().positive('請選擇主辦單位'),
  /** left blank: the whole county */
  township: z.union([z.literal('').transform(() => null), z.enum(townships, { error: '請選擇鄉鎮' })]).default(null),
  summary: z.string().trim().max(5000, '最多 5,000 個字').default(''),
  money: z.string().max(5000).default(''),
})

/** Money from lines such as `112 離島建設基金 3,000萬`, within the years of the term. */
export function parseMoney(text: string, from: number, to: number): { lines: { year: number; source: Source; twd: number }[] } | { problem: string } {
  const lines: { year: number; source: Source; twd: number }[] = []
  for (const line of text.split('\n').map((each) => each.normalize('NFKC').trim()).filter(Boolean)) {
    const [year, label, ...amount] = line.split(/\s+/)
    const source = (Object.keys(sources) as Source[]).find((each) => sources[each] === label)
    const twd = parseTwd(amount.join(''))
    if (!/^\d{2,3}$/.test(year ?? '') || !source || !twd) return { problem: `「${line.slice(0, 30)}」請寫成 ${from} 離島建設基金 3,000萬；來源：${Object.values(sources).join('、')}` }
    if (Number(year) < from || Number(year) > to) return { problem: `${year} 年度不在 ${from} 至 ${to} 年的期程` }
    if (lines.some((one) => one.year === Number(year) && one.source === source)) return { problem: `${year} 年度的${label}寫了兩次` }
    lines.push({ year: Number(year), source, twd })
  }
  return lines.length ? { lines } : { problem: '請填分年經費' }
}

export type MoneyLine = { year: number; source: Source; twd: number }

/** A project with its money, inside an act or an import that has checked both. Gives its id. */
export async function insertProject(tx: Tx, ctx: ActContext, caseId: number, values: { heading: number; title: string; unit_id: number; township: string | null; summary: string }, money: readonly MoneyLine[]): Promise<number> {
  const { id } = await tx.insertInto('programme_projects').values({ case_id: caseId, ...values, proposal_id: null }).returning('id').executeTakeFirstOrThrow()
  await insertMoney(tx, caseId, id, money)
  await record(tx, ctx, 'programme.project-added', { caseId, payload: { project: id, heading: values.heading } })
  return id
}

const insertMoney = (tx: Tx, caseId: number, project: number, money: readonly MoneyLine[]) => tx.insertInto('programme_money').values(money.map(({ year, source, twd }) => ({ case_id: caseId, project_id: project, roc_year: year, source, twd }))).execute()

/** In whatever order the lines come. */
export function sameMoney(one: readonly MoneyLine[], other: readonly MoneyLine[]): boolean {
  const key = (lines: readonly MoneyLine[]) => JSON.stringify(lines.map(({ year, source, twd }) => `${year} ${source} ${twd}`).toSorted())
  return key(one) === key(other)
}

/** The project's money from now on; what it was before is kept with the reason. */
export async function replaceMoney(tx: Tx, ctx: ActContext, project: { caseId: number; id: number; before: readonly MoneyLine[] }, money: readonly MoneyLine[], reason: string): Promise<void> {
  const { caseId, id, before } = project
  await tx.insertInto('programme_money_changes').values({ case_id: caseId, project_id: id, changed_on: ctx.today, reason, before_money: JSON.stringify(before) as never, person_id: ctx.person?.id ?? null }).execute()
  await tx.deleteFrom('programme_money').where('project_id', '=', id).execute()
  await insertMoney(tx, caseId, id, money)
  await record(tx, ctx, 'programme.money-changed', { caseId, payload: { project: id } })
}

/** A project of the programme, with funding by year and source (離島建設條例 §5 ⑬⑭). */
export const addProject = act('programme.add-project', Project, async (tx, ctx, input) => {
  const state = await findProgrammeState(tx, ctx.person, input.name, true)
  if (state.outcome) return refusal('programme.closed', '方案已經結束')
  const unit = await tx.selectFrom('units').select('id').where('id', '=', input.unitId).executeTakeFirst()
  if (!unit) return refusal('programme.unit', '找不到這個單位', { field: 'unitId' })
  const money = parseMoney(input.money, state.fromYear, state.toYear)
  if ('problem' in money) return refusal('programme.money', money.problem, { field: 'money' })
  return done({ id: await insertProject(tx, ctx, state.id, { heading: input.heading, title: input.title, unit_id: input.unitId, township: input.township, summary: input.summary }, money.lines) })
}, manage)

/** Money as `parseMoney` reads it, a line a year and source. */
export const linesOfMoney = (money: readonly MoneyLine[]): string => money.map(({ year, source, twd }) => `${year} ${sources[source]} ${twd.toLocaleString('en')}`).join('\n')

/** The project's money as it is from now on, with the reason; what it was before stays in its history. A proposal that was handed over keeps the money it was handed over with. */
export const changeMoney = act('programme.change-money', z.object({ name, project: z.coerce.number().int(), money: z.string().max(5000).default(''), why: z.string().trim().min(4, '請寫下調整的理由').max(2000, '最多 2,000 個字') }), async (tx, ctx, input) => {
  const state = await findProgrammeState(tx, ctx.person, input.name, true)
  const project = await tx.selectFrom('programme_projects').select('id').where('id', '=', input.project).where('case_id', '=', state.id).executeTakeFirst()
  if (!project) throw new NotFound('找不到這件計畫')
  if (state.stage !== 'drafting' && state.stage !== 'in-force') return refusal('programme.money-fixed', state.outcome ? '方案已經結束' : '送審中的方案不能調整經費，退回修正或核定後才能調整')
  const money = parseMoney(input.money, state.fromYear, state.toYear)
  if ('problem' in money) return refusal('programme.money', money.problem, { field: 'money' })
  const before = await tx.selectFrom('programme_money').select(['roc_year as year', 'source', 'twd']).where('project_id', '=', project.id).orderBy('roc_year').orderBy('source').execute()
  if (sameMoney(before, money.lines)) return refusal('programme.money-same', '經費和原來一樣', { field: 'money' })
  await replaceMoney(tx, ctx, { caseId: state.id, id: project.id, before }, money.lines, input.why)
  return done()
}, manage)

/** The unit takes a project of an approved programme over into the annual plan's round: a proposal with its money of that year and after. */
export const handOver = act('programme.hand-over', z.object({ name, project: z.coerce.number().int(), year: z.coerce.number({ error: '請填年度' }).int('請填年度') }), async (tx, ctx, input) => {
  const state = await findProgrammeState(tx, ctx.person, input.name, true)
  const { rows: [project] } = await sql<{ id: number; title: string; summary: string; unitId: number; proposalId: number | null; money: { year: number; source: Source; twd: number }[] }>`
    select p.id, p.title, p.summary, p.unit_id as "unitId", p.proposal_id as "proposalId", (select jsonb_agg(jsonb_build_object('year', m.roc_year, 'source', m.source, 'twd', m.twd) order by m.roc_year, m.source) from programme_money m where m.project_id = p.id) as money
    from programme_projects p where p.id = ${input.project} and p.case_id = ${state.id}`.execute(tx)
  if (!project) throw new NotFound('找不到這件計畫')
  if (state.stage !== 'in-force') return refusal('programme.not-in-force', '方案核定實施後，計畫才能提報年度施政計畫', { law: '離島建設條例 §6 I' })
  if (project.proposalId !== null) return refusal('programme.handed-over', '這件計畫已經提報過')
  const kinds = Object.keys(sources) as Source[]
  const needs = project.money.filter(({ year }) => year >= input.year && year < input.year + 4).map(({ year, source, twd }) => ({ position: kinds.indexOf(source) + 1, year, source, object: 'capital' as const, twd }))
  const years = project.money.map(({ year }) => year)
  const proposed = await submitProposal.within(tx, ctx, {
    year: input.year, unitId: project.unitId, title: project.title, category: 'works', kind: 'new', priority: 1, account: '', fromYear: Math.min(input.year, ...years), toYear: Math.max(input.year, ...years), previous: '', joint: [], results: '',
    content: `${state.title}所列計畫。${project.summary}`, benefit: `依${state.title}辦理，效益待提報單位補充。`, money: formOf(needs),
  })
  if (isRefusal(proposed)) return proposed
  const { id } = await tx.selectFrom('cases').select('id').where('number', '=', proposed.value.number).executeTakeFirstOrThrow()
  await tx.updateTable('programme_projects').set({ proposal_id: id }).where('id', '=', project.id).execute()
  await record(tx, ctx, 'programme.handed-over', { caseId: state.id, payload: { project: project.id, proposal: id } })
  return done({ number: proposed.value.number })
}, { permission: 'annual-plans.propose' })
