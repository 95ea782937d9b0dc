import { z } from 'zod'
import { act } from '../../core/act.ts'
import { findSource, linkCases } from '../../core/cases/links.ts'
import type { Upload } from '../../core/documents/accept.ts'
import { done, isRefusal, refusal, type Refusal } from '../../core/errors.ts'
import { record } from '../../core/events/record.ts'
import { keepFiles } from '../../core/filing/supplement.tsx'
import { partyFields, partyOf } from '../../core/procedure/parties.ts'
import { answerOf } from '../../core/procedure/answers.ts'
import { lockFor } from '../../core/procedure/take-step.ts'
import { type Day, dayOf, parseDay, startOf } from '../../core/time.ts'
import { createDispute, giveNumber, type NewDispute } from './create.ts'
import { type Channel, channels } from './schema.ts'
import { procedure } from './steps.ts'

export const firstTo = { business: '業者', group: '消費者保護團體', centre: '消費者服務中心' } as const

/** What a complaint says, as the form sends it. Shared by the desk and the portal. */
export const disputeShape = {
  title: z.string().trim().min(4, '請用一句話寫下是什麼事').max(100, '案由最多 100 個字'),
  category: z.string().trim().max(40).optional().transform((text) => text || null),
  facts: z.string().transform((value) => value.replaceAll('\r\n', '\n').trim()).refine((value) => [...value].length >= 10, '請寫下爭議的經過').refine((value) => [...value].length <= 20_000, '最多 20,000 個字'),
  asked: answerOf({ name: 'asked', label: '您的請求', kind: 'text', max: 5000 }),
  disputedTwd: answerOf({ name: 'disputedTwd', label: '爭議金額', kind: 'money', required: false }),
  firstOn: answerOf({ name: 'firstOn', label: '申訴的日期', kind: 'day', required: false }),
  firstTo: answerOf({ name: 'firstTo', label: '向誰申訴', kind: 'choice', required: false, options: firstTo }),
  ...partyFields('consumer', '消費者'),
  ...partyFields('agent', '代理人'),
  ...partyFields('business', '企業經營者'),
}

/** What a complaint needs besides readable fields: both parties, and no complaint of tomorrow. */
export function refuseDispute(input: Record<string, unknown>, today: Day): Refusal | null {
  const fields: Record<string, string> = {}
  if (!input.consumerName) fields.consumerName = '請填消費者的姓名'
  if (!input.businessName) fields.businessName = '請填業者的名稱'
  if (input.firstOn && (input.firstOn as Day) > today) fields.firstOn = '日期在今天以後'
  if (input.firstOn && !input.firstTo) fields.firstTo = '請選擇向誰申訴'
  const [first] = Object.entries(fields)
  return first ? refusal('input.invalid', first[1], { field: first[0], fields }) : null
}

export const disputeOf = (input: z.output<z.ZodObject<typeof disputeShape>>): Omit<NewDispute, 'channel' | 'receivedAt'> => ({
  title: input.title, category: input.category, facts: input.facts, asked: input.asked as string, disputedTwd: input.disputedTwd as number | null, firstOn: input.firstOn as Day | null, firstTo: input.firstTo as NewDispute['firstTo'],
  consumer: partyOf('consumer', 'consumer', input)!, representative: partyOf('agent', 'representative', input), business: { ...partyOf('business', 'business', input)! },
})

const Register = z.object({
  ...disputeShape,
  channel: z.enum(Object.keys(channels).filter((channel) => channel !== 'portal') as [Channel, ...Channel[]], { error: '請選擇怎麼收到的' }),
  receivedOn: z.string().trim().transform((value, check) => parseDay(value) ?? (check.addIssue({ code: 'custom', message: '請填收到的日期，例如 110/4/1' }), '' as Day)),
  files: z.custom<Upload[]>(Array.isArray).default([]),
  /** 案號 of the case that this one is made of */
  from: z.string().trim().max(40).optional(),
})

/** A complaint or application that came at the desk, by post, by telephone or from elsewhere. */
export const registerDispute = act('consumer-disputes.register', Register, async (tx, ctx, input) => {
  if (input.receivedOn > ctx.today) return refusal('dispute.future', '日期在今天以後', { field: 'receivedOn' })
  const no = refuseDispute(input, input.receivedOn)
  if (no) return no
  const source = await findSource(tx, ctx.person, input.from)
  if (isRefusal(source)) return source
  const receivedAt = input.receivedOn === ctx.today ? ctx.now : new Date(startOf(input.receivedOn).getTime() + 9 * 3_600_000)
  const { id } = await createDispute(tx, { ...disputeOf(input), channel: input.channel, receivedAt })
  const refused = await keepFiles(tx, ctx, id, input.files)
  if (refused) return refused
  if (source.value) await linkCases(tx, ctx, source.value.id, id)
  await record(tx, ctx, 'consumer-dispute.filed', { caseId: id, toStage: 'received', happenedAt: receivedAt, payload: { channel: input.channel, ...(source.value ? { from: source.value.id } : {}) } })
  return done({ name: await giveNumber(tx, ctx, id, dayOf(receivedAt)) })
})

/** Takes a complaint that was filed on the portal in: its 案號, and an officer. */
export const takeDispute = act('consumer-disputes.take', z.object({ name: z.string().max(40) }), async (tx, given, { name }) => {
  const { state, ctx } = await lockFor(procedure, tx, given, name, 'consumer-disputes.register')
  if (state.number) return refusal('consumer-dispute.registered', `已經收案，案號 ${state.number}`)
  if (state.stage === 'unconfirmed') return refusal('dispute.unconfirmed', '消費者還沒有確認')
  return done({ name: await giveNumber(tx, ctx, state.id, ctx.today) })
}, { permission: 'consumer-disputes.register' })
