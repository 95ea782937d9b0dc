import { sql } from 'kysely'
import { z } from 'zod'
import { act, type StaffContext } from '../../core/act.ts'
import { drawCaseNumber } from '../../core/cases/numbers.ts'
import { insertCase } from '../../core/cases/open.ts'
import { assignLead } from '../../core/cases/assign.ts'
import type { Tx } from '../../core/db.ts'
import { dayField } from '../../core/day-fields.ts'
import { done, NotFound, refusal } from '../../core/errors.ts'
import { record } from '../../core/events/record.ts'
import { indexCase } from '../../core/search/search.ts'
import { dayOf, rocDay, startOf } from '../../core/time.ts'
import { findProgrammeState, visibleTo } from './programme.ts'
import { caseKind, forumKind, forumPrefix, headings, numberPrefix, type OpinionResult, opinionResults, townships } from './schema.ts'
import './tables.ts'

export const name = z.string().min(1).max(40)
export const headingField = z.coerce.number({ error: '請選擇款次' }).int().min(1, '請選擇款次').max(15, '請選擇款次')
export const manage = { permission: 'programme.manage' } as const

async function openCase(tx: Tx, ctx: StaffContext, one: { kind: string; prefix: string; title: string; stage: string; township: string | null; receivedAt: Date }): Promise<{ id: number; register(): Promise<string> }> {
  const id = await insertCase(tx, { kind: one.kind, title: one.title, stage: one.stage, township: one.township, receivedAt: one.receivedAt, registeredAt: ctx.now })
  return {
    id,
    register: async () => {
      await assignLead(tx, { caseId: id, unitId: ctx.person.posts[0]?.unitId ?? null, officerId: ctx.person.id, at: ctx.now, endedAs: 'reassigned' })
      const number = await drawCaseNumber(tx, one.kind, one.prefix, ctx.today)
      await tx.updateTable('cases').set({ number }).where('id', '=', id).execute()
      await record(tx, ctx, `${one.kind}.registered`, { caseId: id, payload: { number } })
      return number
    },
  }
}

const New = z.object({
  term: z.coerce.number({ error: '請填期別，例如 7' }).int('期別請填整數').min(1, '期別從 1 開始').max(99, '期別最多 99'),
  fromYear: z.coerce.number({ error: '請填開始年度，例如 116' }).int().min(80, '請填民國年').max(297, '請填民國年'),
  aim: z.string().trim().min(10, '請說明目標，至少 10 個字').max(5000, '最多 5,000 個字'),
})

/** The work of drafting a term begins. 離島建設條例 §5: four years a term. */
export const startProgramme = act('programme.start', New, async (tx, ctx, input) => {
  const taken = await tx.selectFrom('programmes').select(['term', 'from_year as from', 'to_year as to']).where((eb) => eb.or([eb('term', '=', input.term), eb.and([eb('from_year', '<=', input.fromYear + 3), eb('to_year', '>=', input.fromYear)])])).executeTakeFirst()
  if (taken) return refusal('programme.exists', `第 ${taken.term} 期是 ${taken.from} 至 ${taken.to} 年，期別或年度重疊`, { field: taken.term === input.term ? 'term' : 'fromYear' })
  const title = `第${input.term}期（${input.fromYear}–${input.fromYear + 3} 年）離島綜合建設實施方案`
  const made = await openCase(tx, ctx, { kind: caseKind, prefix: numberPrefix, title, stage: 'drafting', township: null, receivedAt: ctx.now })
  await tx.insertInto('programmes').values({ id: made.id, term: input.term, from_year: input.fromYear, to_year: input.fromYear + 3, aim: input.aim }).execute()
  await indexCase(tx, made.id, [title, input.aim])
  await record(tx, ctx, 'programme.started', { caseId: made.id, toStage: 'drafting', payload: { term: input.term } })
  return done({ number: await made.register() })
}, manage)

/** The text of one heading; an empty one takes it away. */
export const writeText = act('programme.write', z.object({ name, heading: headingField, text: z.string().trim().max(50_000, '最多 50,000 個字').default('') }), async (tx, ctx, input) => {
  const state = await findProgrammeState(tx, ctx.person, input.name, true)
  if (state.stage !== 'drafting') return refusal('programme.not-drafting', '研擬中才能修改內容；核定後請先「修正方案」')
  if (input.text) await tx.insertInto('programme_texts').values({ case_id: state.id, heading: input.heading, text: input.text }).onConflict((conflict) => conflict.columns(['case_id', 'heading']).doUpdateSet({ text: input.text })).execute()
  else await tx.deleteFrom('programme_texts').where('case_id', '=', state.id).where('heading', '=', input.heading).execute()
  await record(tx, ctx, 'programme.written', { caseId: state.id, payload: { heading: input.heading } })
  return done({ title: headings[input.heading - 1]! })
}, manage)

/** Keeps the texts as they stand as an edition: 期中報告版, 送審版, 核定版. */
export const keepEdition = act('programme.keep-edition', z.object({ name, label: z.string().trim().min(2, '請填版本名稱').max(40, '最多 40 個字') }), async (tx, ctx, input) => {
  const state = await findProgrammeState(tx, ctx.person, input.name, true)
  const texts = await tx.selectFrom('programme_texts').select(['heading', 'text']).where('case_id', '=', state.id).orderBy('heading').execute()
  if (!texts.length) return refusal('programme.empty', '還沒有任何內容，不能留存版本')
  const { rows: [last] } = await sql<{ edition: number }>`select coalesce(max(edition), 0) as edition from programme_editions where case_id = ${state.id}`.execute(tx)
  const edition = last!.edition + 1
  await tx.insertInto('programme_editions').values({ case_id: state.id, edition, label: input.label, texts: JSON.stringify(texts) as never, made_at: ctx.now, person_id: ctx.person.id, published_at: null }).execute()
  await record(tx, ctx, 'programme.edition-kept', { caseId: state.id, payload: { edition, headings: texts.length } })
  return done({ edition })
}, manage)

/** Publishes an edition, or takes it from the public page. */
export const publishEdition = act('programme.publish-edition', z.object({ name, edition: z.coerce.number().int(), public: z.enum(['yes', 'no']) }), async (tx, ctx, input) => {
  const state = await findProgrammeState(tx, ctx.person, input.name, true)
  const changed = await tx.updateTable('programme_editions').set({ published_at: input.public === 'yes' ? ctx.now : null }).where('case_id', '=', state.id).where('edition', '=', input.edition).returning('id').executeTakeFirst()
  if (!changed) throw new NotFound('找不到這個版本')
  await record(tx, ctx, input.public === 'yes' ? 'programme.edition-published' : 'programme.edition-withdrawn', { caseId: state.id, payload: { edition: input.edition } })
  return done()
}, manage)

const Forum = z.object({
  name,
  heldOn: dayField('請填座談會日期，例如 110/8/14'),
  township: z.enum(townships, { error: '請選擇鄉鎮' }),
  place: z.string().trim().min(2, '請填地點').max(100, '最多 100 個字'),
  subject: z.string().trim().min(4, '請填主題').max(200, '最多 200 個字'),
  attendance: z.coerce.number({ error: '請填出席人數' }).int('請填整數').min(0).max(100_000, '人數太多了'),
})

/** A public forum that was held, while the programme is drafted. */
export const holdForum = act('programme.hold-forum', Forum, async (tx, ctx, input) => {
  const state = await findProgrammeState(tx, ctx.person, input.name, true)
  if (state.stage !== 'drafting') return refusal('programme.not-drafting', '研擬中才登錄座談會')
  if (input.heldOn > ctx.today) return refusal('forum.future', '日期在今天以後，辦了再登錄', { field: 'heldOn' })
  if (input.heldOn < dayOf(state.receivedAt!)) return refusal('forum.before', `方案從 ${rocDay(dayOf(state.receivedAt!))} 開始研擬`, { field: 'heldOn' })
  const made = await openCase(tx, ctx, { kind: forumKind, prefix: forumPrefix, title: input.subject, stage: 'held', township: input.township, receivedAt: startOf(input.heldOn) })
  await tx.insertInto('programme_forums').values({ id: made.id, programme_id: state.id, held_on: input.heldOn, place: input.place, subject: input.subject, attendance: input.attendance, published_at: null }).execute()
  await indexCase(tx, made.id, [input.subject, input.place])
  await record(tx, ctx, 'programme-forum.held', { caseId: made.id, toStage: 'held', payload: { programme: state.id, heldOn: input.heldOn } })
  return done({ number: await made.register() })
}, manage)

async function lockForum(tx: Tx, ctx: StaffContext, number: string) {
  const { rows: [forum] } = await sql<{ id: number; stage: string; open: number }>`
    select c.id, c.stage, (select count(*)::int from programme_opinions o where o.case_id = c.id and o.result = 'open') as open from cases c join programme_forums f on f.id = c.id where c.number = ${number} and ${visibleTo(ctx.person)} for update of c`.execute(tx)
  if (!forum) throw new NotFound('找不到這場座談會')
  return forum
}

const Opinion = z.object({
  name,
  /** the one that is changed; left out for a new one */
  opinion: z.coerce.number().int().optional(),
  heading: z.union([z.literal('').transform(() => null), headingField]).default(null),
  text: z.string().trim().min(4, '請寫意見').max(5000, '最多 5,000 個字'),
  result: z.enum(Object.keys(opinionResults) as [OpinionResult, ...OpinionResult[]], { error: '請選擇處理情形' }).default('open'),
  reply: z.string().trim().max(5000, '最多 5,000 個字').default(''),
})

/** An opinion and what became of it; also put right later. Who said it is not kept. */
export const noteOpinion = act('programme.note-opinion', Opinion, async (tx, ctx, input) => {
  const forum = await lockForum(tx, ctx, input.name)
  if (input.result !== 'open' && input.reply.length < 4) return refusal('opinion.reply', '請寫怎麼處理、為什麼', { field: 'reply' })
  const row = { heading: input.heading, text: input.text, result: input.result, reply: input.reply }
  if (input.opinion === undefined) await tx.insertInto('programme_opinions').values({ case_id: forum.id, ...row }).execute()
  else {
    const changed = await tx.updateTable('programme_opinions').set(row).where('id', '=', input.opinion).where('case_id', '=', forum.id).returning('id').executeTakeFirst()
    if (!changed) throw new NotFound('找不到這則意見')
  }
  await followOpinions(tx, ctx, input.name)
  return done()
}, manage)

/** A forum is done when each opinion has an answer; one more opens it again. */
async function followOpinions(tx: Tx, ctx: StaffContext, number: string): Promise<void> {
  const { id, stage, open } = await lockForum(tx, ctx, number)
  const to = open > 0 ? 'held' : 'closed'
  if (to !== stage) await tx.updateTable('cases').set(to === 'closed' ? { stage: to, closed_at: ctx.now, outcome: 'answered' } : { stage: to, closed_at: null, outcome: null }).where('id', '=', id).execute()
  await record(tx, ctx, 'programme-forum.opinion-noted', { caseId: id, ...(to === stage ? {} : { fromStage: stage, toStage: to }), payload: { open } })
}

export const publishForum = act('programme.publish-forum', z.object({ name, public: z.enum(['yes', 'no']) }), async (tx, ctx, input) => {
  const forum = await lockForum(tx, ctx, input.name)
  await tx.updateTable('programme_forums').set({ published_at: input.public === 'yes' ? ctx.now : null }).where('id', '=', forum.id).execute()
  await record(tx, ctx, input.public === 'yes' ? 'programme-forum.published' : 'programme-forum.withdrawn', { caseId: forum.id })
  return done()
}, manage)
