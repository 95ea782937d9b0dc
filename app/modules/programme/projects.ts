import { sql } from 'kysely'
import { z } from 'zod'
import { act, type ActContext, type StaffContext } from '../../core/act.ts'
import type { Reader, Tx } from '../../core/db.ts'
import { done, NotFound, refusal, type Refusal } from '../../core/errors.ts'
import { record } from '../../core/events/record.ts'
import { headingField, manage, name } from './acts.ts'
import { type MoneyLine, parseMoney, readCells, type ReadMoney, sameMoney } from './money.ts'
import { findProgrammeState, type ProgrammeState } from './programme.ts'
import { townships } from './schema.ts'
import type { ProjectFacts } from './tables.ts'

/** What a project is besides its money. */
export type Facts = Omit<ProjectFacts, 'removed_on'>
export type Known = ProjectFacts & { id: number; caseId: number; money: MoneyLine[]; changes: number }

/** Names that differ only in width or blanks are one. */
export const plainTitle = (title: string): string => title.normalize('NFKC').trim()

/** Projects of all programmes, of one, or one of them; also those that were taken out. */
export async function findKnown(reader: Reader, caseId?: number, id?: number): Promise<Known[]> {
  const { rows } = await sql<Known>`
    select p.id, p.case_id as "caseId", p.heading, p.title, p.unit_id, p.township, p.summary, p.removed_on, (select count(*)::int from programme_money_changes h where h.project_id = p.id) as changes,
      coalesce((select jsonb_agg(jsonb_build_object('year', y.roc_year, 'source', y.source, 'twd', y.twd) order by y.roc_year, y.source) from programme_money y where y.project_id = p.id), '[]') as money
    from programme_projects p where ${caseId === undefined ? sql`true` : sql`p.case_id = ${caseId}`} and ${id === undefined ? sql`true` : sql`p.id = ${id}`} order by p.id`.execute(reader)
  return rows
}

const factsOf = ({ heading, title, unit_id, township, summary, removed_on }: ProjectFacts): ProjectFacts => ({ heading, title, unit_id, township, summary, removed_on })
const isSame = (one: ProjectFacts, other: ProjectFacts) => JSON.stringify(factsOf(one)) === JSON.stringify(factsOf(other))

const insertMoney = (tx: Tx, caseId: number, project: number, money: readonly MoneyLine[]) => tx.insertInto('programme_money').values(money.map(({ year, source, twd }) => ({ case_id: caseId, project_id: project, roc_year: year, source, twd }))).execute()

/** A project with its money, inside an act or an import that has checked both. Gives its id. */
export async function insertProject(tx: Tx, ctx: ActContext, caseId: number, facts: Facts, money: readonly MoneyLine[]): Promise<number> {
  const { id } = await tx.insertInto('programme_projects').values({ case_id: caseId, ...facts, proposal_id: null }).returning('id').executeTakeFirstOrThrow()
  await insertMoney(tx, caseId, id, money)
  await record(tx, ctx, 'programme.project-added', { caseId, payload: { project: id, heading: facts.heading } })
  return id
}

/** What the project is from now on; what it was before is kept with the reason. */
export async function reviseProject(tx: Tx, ctx: ActContext, before: Known, facts: ProjectFacts, money: readonly MoneyLine[], reason: string): Promise<void> {
  const { caseId, id } = before
  const changed = { facts: !isSame(before, facts), money: !sameMoney(before.money, money) }
  const kept = changed.facts ? (JSON.stringify(factsOf(before)) as never) : null
  await tx.insertInto('programme_money_changes').values({ case_id: caseId, project_id: id, changed_on: ctx.today, reason, before_money: JSON.stringify(before.money) as never, before_project: kept, person_id: ctx.person?.id ?? null }).execute()
  if (changed.facts) await tx.updateTable('programme_projects').set(factsOf(facts)).where('id', '=', id).execute()
  if (changed.money) {
    await tx.deleteFrom('programme_money').where('project_id', '=', id).execute()
    await insertMoney(tx, caseId, id, money)
  }
  await record(tx, ctx, 'programme.project-changed', { caseId, payload: { project: id, ...changed } })
}

const title = z.string().trim().min(2, '請填計畫名稱').max(200, '最多 200 個字')
const unitId = z.coerce.number({ error: '請選擇主辦單位' }).int().positive('請選擇主辦單位')
/** left blank: the whole county */
const township = z.union([z.literal('').transform(() => null), z.enum(townships, { error: '請選擇鄉鎮' }), z.null()])
const summary = z.string().trim().max(5000, '最多 5,000 個字')
/** lines as `parseMoney` reads them, or the cells of the form */
const money = z.union([z.string().max(5000), z.record(z.string(), z.string().max(50))])
const why = z.string().trim().min(4, '請寫下修改的理由，至少 4 個字').max(2000, '最多 2,000 個字')
const one = { name, project: z.coerce.number().int() }

const readMoney = (input: z.output<typeof money>, { fromYear, toYear }: ProgrammeState): ReadMoney => (typeof input === 'string' ? parseMoney(input, fromYear, toYear) : readCells(input, fromYear, toYear))
const moneyRefusal = ({ problem, field = 'money' }: { problem: string; field?: string }) => refusal('programme.money', problem, { field })

/** Why a project cannot be, or cannot become, this. */
async function refuseFacts(tx: Tx, ctx: StaffContext, state: ProgrammeState, facts: ProjectFacts, before: Known | null): Promise<Refusal | null> {
  if (facts.unit_id !== before?.unit_id) {
    const unit = await tx.selectFrom('units').select('valid_until').where('id', '=', facts.unit_id).executeTakeFirst()
    if (!unit) return refusal('programme.unit', '找不到這個單位', { field: 'unitId' })
    if (unit.valid_until !== null && unit.valid_until < ctx.today) return refusal('programme.unit', '這個單位已經裁撤', { field: 'unitId' })
  }
  const twin = (await findKnown(tx, state.id)).some((other) => other.id !== before?.id && !other.removed_on && plainTitle(other.title) === plainTitle(facts.title))
  return twin && !facts.removed_on ? refusal('programme.same-title', '這一期已經有同名的計畫', { field: 'title' }) : null
}

/** A project of the programme, with funding by year and source (離島建設條例 §5 ⑬⑭). */
export const addProject = act('programme.add-project', z.object({ name, heading: headingField, title, unitId, township: township.default(null), summary: summary.default(''), money: money.default('') }), async (tx, ctx, input) => {
  const state = await findProgrammeState(tx, ctx.person, input.name, true)
  if (state.stage !== 'drafting') return refusal('programme.not-drafting', state.outcome ? '方案已經結束' : '研擬中才能新增計畫；核定後請先「修正方案」', state.outcome ? {} : { law: '離島建設條例 §6 II' })
  const read = readMoney(input.money, state)
  if ('problem' in read) return moneyRefusal(read)
  const facts = { heading: input.heading, title: input.title, unit_id: input.unitId, township: input.township, summary: input.summary }
  const refused = await refuseFacts(tx, ctx, state, { ...facts, removed_on: null }, null)
  return refused ?? done({ id: await insertProject(tx, ctx, state.id, facts, read.lines) })
}, manage)

/** Whether projects may be changed at this stage at all, and what of them: while drafted everything, once approved their money, unit and summary. */
export const changesOf = ({ stage }: ProgrammeState): 'all' | 'some' | 'none' => (stage === 'drafting' ? 'all' : stage === 'in-force' ? 'some' : 'none')

async function change(tx: Tx, ctx: StaffContext, state: ProgrammeState, before: Known, facts: ProjectFacts, lines: readonly MoneyLine[], reason: string): Promise<Refusal | null> {
  const may = changesOf(state)
  if (may === 'none') return refusal('programme.project-fixed', state.outcome ? '方案已經結束' : '送審中的方案不能修改計畫，退回修正或核定後才能修改')
  // what was approved is changed by the way it was approved (§6 II)
  if (may === 'some' && (['heading', 'title', 'township', 'removed_on'] as const).some((fact) => before[fact] !== facts[fact])) return refusal('programme.approved', '核定的方案要移除計畫，或改計畫的名稱、款次、鄉鎮，請先「修正方案」', { law: '離島建設條例 §6 II' })
  if (isSame(before, facts) && sameMoney(before.money, lines)) return refusal('programme.same', '和原來一樣，沒有要改的', { field: 'why' })
  const refused = await refuseFacts(tx, ctx, state, facts, before)
  if (!refused) await reviseProject(tx, ctx, before, facts, lines, reason)
  return refused
}

async function lockProject(tx: Tx, ctx: StaffContext, input: { name: string; project: number }): Promise<{ state: ProgrammeState; before: Known }> {
  const state = await findProgrammeState(tx, ctx.person, input.name, true)
  const [before] = await findKnown(tx, state.id, input.project)
  if (!before) throw new NotFound('找不到這件計畫')
  return { state, before }
}
const removed = () => refusal('programme.removed', '這件計畫已經從方案移除，請先還原')
const meanwhile = () => refusal('programme.meanwhile', '這件計畫剛才有人改過，請看過最新的內容再改')

/** `changes`: how often it had been changed when the form was shown; what the form does not ask stays. A proposal that was handed over keeps what it was handed over with. */
const Change = z.object({ ...one, changes: z.coerce.number().int().optional(), heading: headingField.optional(), title: title.optional(), unitId: unitId.optional(), township: township.optional(), summary: summary.optional(), money, why })

/** The project as it is from now on, with the reason; what it was before stays in its history. */
export const changeProject = act('programme.change-project', Change, async (tx, ctx, input) => {
  const { state, before } = await lockProject(tx, ctx, input)
  if (before.removed_on) return removed()
  if (input.changes !== undefined && input.changes !== before.changes) return meanwhile()
  const read = readMoney(input.money, state)
  if ('problem' in read) return moneyRefusal(read)
  const facts = { heading: input.heading ?? before.heading, title: input.title ?? before.title, unit_id: input.unitId ?? before.unit_id, township: input.township === undefined ? before.township : input.township, summary: input.summary ?? before.summary, removed_on: null }
  return (await change(tx, ctx, state, before, facts, read.lines, input.why)) ?? done()
}, manage)

/** Takes a project out of the draft. It stays readable with its reason, and can be put back. */
export const removeProject = act('programme.remove-project', z.object({ ...one, why: why }), async (tx, ctx, input) => {
  const { state, before } = await lockProject(tx, ctx, input)
  if (before.removed_on) return removed()
  return (await change(tx, ctx, state, before, { ...before, removed_on: ctx.today }, before.money, input.why)) ?? done()
}, manage)

/** Undoes the latest change: the project is again what it was before it. Itself a change, so it can be undone too. `changes` as in changeProject. */
export const undoChange = act('programme.undo-change', z.object({ ...one, changes: z.coerce.number().int() }), async (tx, ctx, input) => {
  const { state, before } = await lockProject(tx, ctx, input)
  if (input.changes !== before.changes) return meanwhile()
  const last = await tx.selectFrom('programme_money_changes').select(['before_money', 'before_project']).where('project_id', '=', before.id).orderBy('id', 'desc').executeTakeFirst()
  if (!last) return refusal('programme.no-change', '這件計畫沒有修改過')
  return (await change(tx, ctx, state, before, last.before_project ?? before, last.before_money, `還原第 ${before.changes} 次修改`)) ?? done()
}, manage)
