import { z } from 'zod'
import { act } from '../../core/act.ts'
import { drawCaseNumber } from '../../core/cases/numbers.ts'
import { beganAt, insertCase } from '../../core/cases/open.ts'
import { dayField } from '../../core/day-fields.ts'
import { done, NotFound, refusal } from '../../core/errors.ts'
import { record } from '../../core/events/record.ts'
import { indexCase } from '../../core/search/search.ts'
import { type AdviserKind, adviserKinds, caseKind, numberPrefix } from './schema.ts'
import './tables.ts'

const manage = { permission: 'advisers.manage' } as const
const Term = { fromOn: dayField('請填任期開始的日期，例如 110/1/1'), untilOn: dayField('請填任期屆滿的日期，例如 111/12/31') }
const Appointment = z.object({
  kind: z.enum(Object.keys(adviserKinds) as [AdviserKind, ...AdviserKind[]], { error: '請選擇身分' }),
  name: z.string().trim().min(1, '請填姓名').max(50, '最多 50 個字'),
  title: z.string().trim().max(100, '最多 100 個字').default(''), field: z.string().trim().max(200, '最多 200 個字').default(''), ...Term,
})

/** Appoints somebody for a term. */
export const appoint = act('advisers.appoint', Appointment, async (tx, ctx, input) => {
  if (input.untilOn < input.fromOn) return refusal('adviser.days', '屆滿日在任期開始以前', { field: 'untilOn' })
  const { id } = await tx.insertInto('advisers').values({ kind: input.kind, name: input.name, title: input.title, field: input.field, from_on: input.fromOn, until_on: input.untilOn, ended_on: null, ended_why: null }).returning('id').executeTakeFirstOrThrow()
  await record(tx, ctx, 'adviser.appointed', { payload: { adviser: id, kind: input.kind, until: input.untilOn } })
  return done({ id })
}, manage)

/** Another term for the same person, behind this one (續聘). */
export const renew = act('advisers.renew', z.object({ id: z.coerce.number().int().positive(), ...Term }), async (tx, ctx, input) => {
  const before = await tx.selectFrom('advisers').selectAll().where('id', '=', input.id).forUpdate().executeTakeFirst()
  if (!before) throw new NotFound('找不到這位顧問')
  if (input.untilOn < input.fromOn) return refusal('adviser.days', '屆滿日在任期開始以前', { field: 'untilOn' })
  if (input.fromOn <= (before.ended_on ?? before.until_on)) return refusal('adviser.overlap', '新任期要在原任期結束以後開始', { field: 'fromOn' })
  const { id } = await tx.insertInto('advisers').values({ kind: before.kind, name: before.name, title: before.title, field: before.field, from_on: input.fromOn, until_on: input.untilOn, ended_on: null, ended_why: null }).returning('id').executeTakeFirstOrThrow()
  await record(tx, ctx, 'adviser.renewed', { payload: { adviser: id, before: input.id, until: input.untilOn } })
  return done({ id })
}, manage)

/** Ends an appointment before its term is over. */
export const endAppointment = act('advisers.end', z.object({ id: z.coerce.number().int().positive(), endedOn: dayField('請填最後一天，例如 110/6/30'), why: z.string().trim().min(2, '請寫原因').max(200, '最多 200 個字') }), async (tx, ctx, input) => {
  const before = await tx.selectFrom('advisers').selectAll().where('id', '=', input.id).forUpdate().executeTakeFirst()
  if (!before) throw new NotFound('找不到這位顧問')
  if (before.ended_on) return refusal('adviser.ended', '已經解聘')
  if (input.endedOn < before.from_on || input.endedOn > before.until_on) return refusal('adviser.days', '最後一天要在任期裡', { field: 'endedOn' })
  await tx.updateTable('advisers').set({ ended_on: input.endedOn, ended_why: input.why }).where('id', '=', input.id).execute()
  await record(tx, ctx, 'adviser.ended', { payload: { adviser: input.id, on: input.endedOn } })
  return done({ id: input.id })
}, manage)

const Suggestion = z.object({
  adviser: z.coerce.number({ error: '請選擇提建議的人' }).int().positive('請選擇提建議的人'),
  title: z.string().trim().min(2, '請用一句話寫下建議').max(100, '最多 100 個字'),
  body: z.string().transform((value) => value.replaceAll('\r\n', '\n').trim()).refine((value) => [...value].length >= 4, '請寫下建議的內容').refine((value) => [...value].length <= 5000, '最多 5,000 個字'),
  meetingNo: z.string().trim().max(40, '最多 40 個字').default(''),
  on: dayField('請填提出的日期，例如 110/4/1'),
})

/** Takes down what somebody suggested; it is handed to a unit afterwards. */
export const takeDown = act('suggestions.take-down', Suggestion, async (tx, ctx, input) => {
  if (input.on > ctx.today) return refusal('suggestion.future', '日期在今天以後', { field: 'on' })
  const adviser = await tx.selectFrom('advisers').select(['from_on', 'until_on', 'ended_on']).where('id', '=', input.adviser).executeTakeFirst()
  if (!adviser) return refusal('suggestion.adviser', '找不到這位顧問或鄉賢', { field: 'adviser' })
  if (input.on < adviser.from_on || input.on > (adviser.ended_on ?? adviser.until_on)) return refusal('suggestion.term', '提出的日期不在任期裡', { field: 'on' })
  if (input.meetingNo && !(await tx.selectFrom('cases').select('id').where('kind', '=', 'meeting').where('number', '=', input.meetingNo).executeTakeFirst())) return refusal('suggestion.meeting', '找不到這次會議', { field: 'meetingNo' })
  const at = beganAt(input.on, ctx)
  const number = await drawCaseNumber(tx, caseKind, numberPrefix, input.on)
  const id = await insertCase(tx, { kind: caseKind, number, title: input.title, stage: 'received', receivedAt: at, registeredAt: ctx.now })
  await tx.insertInto('suggestions').values({ id, adviser_id: input.adviser, meeting_no: input.meetingNo || null, body: input.body, due_on: null, replied_on: null, reply: null }).execute()
  await indexCase(tx, id, [input.title, input.body])
  await record(tx, ctx, 'suggestion.registered', { caseId: id, toStage: 'received', payload: { number } })
  return done({ number })
}, manage)
