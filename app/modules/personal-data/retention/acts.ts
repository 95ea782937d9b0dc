import { sql } from 'kysely'
import { z } from 'zod'
import { act, type StaffContext } from '../../../core/act.ts'
import type { Tx } from '../../../core/db.ts'
import { done, NotFound, refusal, type Refusal } from '../../../core/errors.ts'
import { record } from '../../../core/events/record.ts'
import { saveSetting } from '../../../core/identity/settings.ts'
import { later } from '../../../core/jobs/jobs.ts'
import { cleanLine, cleanText } from '../../../core/mail/clean.ts'
import { destroying } from '../../../core/personal-data/destruction.ts'
import { lockNamedRecord } from '../../../core/personal-data/legal-holds.ts'
import { cutoffOf, findRetention, retentionSetting } from '../../../core/personal-data/retention.ts'
import { rocYear } from '../../../core/time.ts'
import '../tables.ts'
import { fillList } from './fill-list.ts'

const id = z.coerce.number().int().positive()
const said = (what: string, max = 500) => z.string().default('').transform((text) => cleanText(text).trim()).refine((text) => text !== '', `請寫${what}`).refine((text) => [...text].length <= max, `${what}最多 ${max} 個字`)
const keeping = { permission: 'personal-data.keep-retention' } as const

/** The period that was approved for the county (保存年限區分表), with its document. */
export const setRetention = act('personal-data.set-retention', z.object({
  class: z.string().min(1),
  years: z.string().default('').transform((text) => text.normalize('NFKC').trim()).refine((text) => text === '永久' || (/^\d{1,2}$/.test(text) && [1, 3, 5, 10, 15, 20, 25, 30].includes(Number(text))), '保存年限是 1、3、5、10、15、20、25、30 或永久'),
  basis: said('核定文號或依據', 200),
}), async (tx, ctx, input) => {
  if (!(await findRetention(tx)).some((one) => one.id === input.class)) return refusal('retention.unknown', '沒有這一類案件')
  const years = input.years === '永久' ? ('permanent' as const) : Number(input.years)
  await saveSetting(tx, retentionSetting(input.class), { years, basis: input.basis, by: ctx.person.id, on: ctx.today })
  await record(tx, ctx, 'retention.set', { payload: { class: input.class, years } })
  return done()
}, { ...keeping, stepUp: true })

/** Computes this year's list of a class, by what had been kept long enough on the last day of the year before. */
export const makeList = act('personal-data.make-list', z.object({ class: z.string().min(1), plan: said('銷毀計畫', 2000) }), async (tx, ctx, input) => {
  const retention = (await findRetention(tx)).find((one) => one.id === input.class)
  if (!retention) return refusal('retention.unknown', '沒有這一類案件')
  if (retention.effective === null) return refusal('retention.none', '這一類案件還沒有核定的保存年限，不能銷毀')
  const open = await tx.selectFrom('destruction_lists').select('id').where('class', '=', input.class).where('state', 'in', ['draft', 'submitted', 'approved']).executeTakeFirst()
  if (open) return refusal('destruction.open', '這一類已有一份還沒辦完的銷毀目錄')
  const cutoff = cutoffOf(ctx.today)
  const { id: list } = await tx
    .insertInto('destruction_lists')
    .values({
      class: input.class, title: `${rocYear(ctx.today)} 年度${retention.title}`, cutoff_on: cutoff, years: retention.effective, basis: retention.basis, plan: input.plan, made_by: ctx.person.id, made_at: ctx.now,
      submitted_at: null, decided_by: null, decided_at: null, decision_note: null, authority_no: null, done_at: null,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  const listed = await fillList(tx, { id: list, cutoff }, retention, retention.effective)
  if (!listed) return refusal('destruction.nothing', `到 ${rocYear(cutoff)} 年底為止，沒有保存年限屆滿的案件`)
  await record(tx, ctx, 'destruction.listed', { payload: { list, cases: listed } })
  return done({ list, count: listed })
}, keeping)

/** Takes one case or letter out of a list that was not decided, with the reason; whoever reviews may do it too. */
export const excludeCase = act('personal-data.exclude-case', z.object({ id, name: z.string().default('').transform((text) => text.normalize('NFKC').trim()), reason: said('留下來的理由', 200) }), async (tx, ctx, input) => {
  const list = await lockList(tx, input.id)
  if (list.state !== 'draft' && list.state !== 'submitted') return refusal('destruction.decided', '這份目錄已經決定，不能再改')
  const item = await tx.selectFrom('destruction_items').select(['case_id', 'record_id']).where('list_id', '=', input.id).where('name', '=', input.name).executeTakeFirst()
  if (!item) return refusal('destruction.no-case', '這份目錄裡沒有這一件，請照目錄填案號或來信序號', { field: 'name' })
  await tx.updateTable('destruction_items').set({ excluded_why: input.reason, excluded_by: ctx.person.id }).where('list_id', '=', input.id).where('name', '=', input.name).execute()
  await record(tx, ctx, 'destruction.case-excluded', item.case_id === null ? { payload: { list: input.id, record: item.record_id! } } : { caseId: item.case_id, payload: { list: input.id } })
  return done()
}, { permission: 'personal-data.retention' })

export const submitList = act('personal-data.submit-list', z.object({ id }), async (tx, ctx, input) => {
  const list = await lockList(tx, input.id)
  if (list.state !== 'draft') return refusal('destruction.not-draft', '這份目錄已經送出')
  await tx.updateTable('destruction_lists').set({ state: 'submitted', submitted_at: ctx.now }).where('id', '=', input.id).execute()
  await record(tx, ctx, 'destruction.submitted', { payload: { list: input.id } })
  return done()
}, keeping)

/**
 * 檔案法 §12, 辦法 §8–18: the list goes to the archives authority; its approval is entered with its number by another person than who
 * made the list, not even through a deputy. Only then does a job destroy, one case at a time.
 */
export const decideList = act('personal-data.approve-destruction', z.object({ id, decision: z.enum(['approved', 'rejected'], { error: '請選擇核准或退回' }), authorityNo: z.string().default('').transform(cleanLine), note: z.string().default('').transform((text) => cleanText(text).trim()) }), async (tx, ctx, input) => {
  const list = await lockList(tx, input.id)
  if (list.state !== 'submitted') return refusal('destruction.not-submitted', '這份目錄不在等待核准')
  if (isSame(ctx, list.made_by) || (await sentUp(tx, input.id)).some((one) => isSame(ctx, one))) return refusal('destruction.own', '編製或送出目錄的人不能核准自己的目錄，請由另一位核准')
  if (input.decision === 'approved' && !input.authorityNo) return refusal('destruction.no-number', '請填檔案主管機關核准的文號；個資請求的刪除填本府核准文號', { field: 'authorityNo', law: '檔案法 §12' })
  if (input.decision === 'rejected' && !input.note) return refusal('destruction.no-reason', '退回請寫理由', { field: 'note' })
  await tx.updateTable('destruction_lists').set({ state: input.decision, decided_by: ctx.person.id, decided_at: ctx.now, decision_note: input.note || null, authority_no: input.authorityNo || null }).where('id', '=', input.id).execute()
  await record(tx, ctx, `destruction.${input.decision}`, { payload: { list: input.id } })
  if (input.decision === 'approved') await later(tx, destroying, { list: input.id })
  return done()
}, { stepUp: true })

/** Who sent the list up, and for whom. */
async function sentUp(tx: Tx, list: number): Promise<number[]> {
  const { rows } = await sql<{ person_id: number | null; on_behalf_of: number | null }>`select person_id, on_behalf_of from events where kind = 'destruction.submitted' and case_id is null and payload->>'list' = ${String(list)}`.execute(tx)
  return rows.flatMap(({ person_id: person, on_behalf_of: absent }) => [person, absent].filter((one) => one !== null))
}

const isSame = (ctx: StaffContext, maker: number): boolean => ctx.person.id === maker || ctx.onBehalfOf === maker

async function lockList(tx: Tx, list: number) {
  const found = await tx.selectFrom('destruction_lists').selectAll().where('id', '=', list).forUpdate().executeTakeFirst()
  if (!found) throw new NotFound('找不到這份銷毀目錄')
  return found
}

/** What a case or a letter that became none is called, as people type it. */
const named = z.string().default('').transform((text) => text.normalize('NFKC').trim().toUpperCase()).refine((text) => text !== '', '請填案號或來信序號')

/** 保留: the case, or the letter that became none, is not destroyed until released, whatever list it stands on; of lists nobody has decided yet it is taken out. */
export const placeHold = act('personal-data.place-hold', z.object({ case: named, reason: said('保留的理由', 300) }), async (tx, ctx, input) => {
  const found = await findHoldable(tx, input.case)
  if ('refused' in found) return found
  const placed = await tx.insertInto('legal_holds').values({ ...found, reason: input.reason, placed_by: ctx.person.id, released_by: null, released_at: null, released_why: null })
    .onConflict((conflict) => conflict.doNothing()).returning('id').executeTakeFirst()
  if (!placed) return refusal('hold.already', '這件已經在保留中', { field: 'case' })
  const lists = await leaveOut(tx, ctx, found)
  const payload = { hold: placed.id, ...(lists.length ? { lists } : {}) }
  if (found.case_id === null) await record(tx, ctx, 'record.held', { payload: { ...payload, table: found.record_table, record: found.record_id } })
  else await record(tx, ctx, 'case.held', { caseId: found.case_id, payload })
  return done()
}, { permission: 'personal-data.retention' })

type Holdable = { case_id: number; record_table: null; record_id: null } | { case_id: null; record_table: string; record_id: number }

async function findHoldable(tx: Tx, name: string): Promise<Holdable | Refusal> {
  const { rows } = await sql<{ id: number }>`select id from cases where number = ${name} or follow_no = ${name}`.execute(tx)
  if (rows[0]) return { case_id: rows[0].id, record_table: null, record_id: null }
  const letter = await lockNamedRecord(tx, name)
  if (!letter) return refusal('hold.no-case', '找不到這個案號或來信序號', { field: 'case' })
  if (letter.ofCase) return refusal('hold.of-case', '這封信已是案件的一部分，請保留那個案件', { field: 'case' })
  return { case_id: null, record_table: letter.table, record_id: letter.id }
}

/** The reason stays with the hold: lists go to the archives authority and are kept for good. Gives the lists it stood on. */
async function leaveOut(tx: Tx, ctx: StaffContext, { case_id: caseId, record_table: table, record_id: id }: Holdable): Promise<number[]> {
  const { rows } = await sql<{ list_id: number }>`
    update destruction_items i set excluded_why = '已登錄保留', excluded_by = ${ctx.person.id} from destruction_lists l
    where l.id = i.list_id and l.state in ('draft', 'submitted') and i.excluded_why is null and ${caseId === null ? sql`i.record_table = ${table} and i.record_id = ${id}` : sql`i.case_id = ${caseId}`} returning i.list_id`.execute(tx)
  return rows.map((row) => row.list_id)
}

export const releaseHold = act('personal-data.release-hold', z.object({ id, reason: said('解除的理由', 300) }), async (tx, ctx, input) => {
  const hold = await tx.updateTable('legal_holds').set({ released_by: ctx.person.id, released_at: ctx.now, released_why: input.reason }).where('id', '=', input.id).where('released_at', 'is', null).returning(['case_id', 'record_table', 'record_id']).executeTakeFirst()
  if (!hold) return refusal('hold.none', '這件不在保留中')
  if (hold.case_id === null) await record(tx, ctx, 'record.released', { payload: { hold: input.id, table: hold.record_table!, record: hold.record_id! } })
  else await record(tx, ctx, 'case.released', { caseId: hold.case_id, payload: { hold: input.id } })
  return done()
}, { permission: 'personal-data.retention' })
