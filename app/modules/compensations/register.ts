import { z } from 'zod'
import { act, type StaffContext } from '../../core/act.ts'
import { assignLead } from '../../core/cases/assign.ts'
import { findSource, linkCases } from '../../core/cases/links.ts'
import { drawCaseNumber } from '../../core/cases/numbers.ts'
import type { Tx } from '../../core/db.ts'
import type { Upload } from '../../core/documents/accept.ts'
import { done, isRefusal, refusal, type Refusal } from '../../core/errors.ts'
import { record } from '../../core/events/record.ts'
import { keepFiles } from '../../core/filing/supplement.tsx'
import { answerOf } from '../../core/procedure/answers.ts'
import { partyFields, partyOf } from '../../core/procedure/parties.ts'
import { lockFor } from '../../core/procedure/take-step.ts'
import { type Day, dayOf, parseDay, startOf } from '../../core/time.ts'
import { createClaim } from './create.ts'
import { procedure } from './steps.ts'
import { type Basis, bases, caseKind, type Channel, channels, numberPrefix } from './schema.ts'

const day = (what: string) => z.string().trim().optional().transform((text, check): Day | null => {
  if (!text) return null
  const found = parseDay(text)
  if (!found) check.addIssue({ code: 'custom', message: `讀不出${what}，請寫成 110/4/1 這樣` })
  return found
})
const text = (label: string, max: number) => z.string().optional().transform((value) => value?.replaceAll('\r\n', '\n').trim() || null).refine((value) => value === null || [...value].length <= max, `${label}最多 ${max.toLocaleString('en')} 個字`)
/** What a claim says (施行細則 §17 I), as the form sends it. Shared by the desk and the portal. */
export const claimShape = {
  title: z.string().trim().min(4, '請用一句話寫下是什麼事').max(100, '案由最多 100 個字'),
  facts: z.string().transform((value) => value.replaceAll('\r\n', '\n').trim()).refine((value) => [...value].length >= 10, '請寫下事實和理由').refine((value) => [...value].length <= 20_000, '最多 20,000 個字'),
  evidence: text('證據', 5000),
  requestedTwd: answerOf({ name: 'requestedTwd', label: '金額', kind: 'money', required: false }),
  restoration: text('回復原狀的內容', 2000),
  otherAgencies: text('向其他機關請求的情形', 1000),
  damageOn: day('損害發生的日期'),
  knownOn: day('知道的日期'),
  place: text('發生地點', 200),
  basis: z.string().optional().transform((value) => (value && Object.hasOwn(bases, value) ? (value as Basis) : null)),
  agency: text('機關名稱', 100),
  ...partyFields('claimant', '請求權人'),
  ...partyFields('agent', '代理人'),
}

/** What a claim needs besides readable fields: somebody who claims, and what. */
export function refuseClaim(input: Record<string, unknown>, today: Day): Refusal | null {
  const fields: Record<string, string> = {}
  if (!input.claimantName) fields.claimantName = '請填請求權人的姓名或名稱'
  if (input.requestedTwd === null && input.restoration === null) fields.requestedTwd = '請填請求的金額，或回復原狀的內容'
  for (const name of ['damageOn', 'knownOn'] as const) if (input[name] && (input[name] as Day) > today) fields[name] = '日期在今天以後'
  if (input.damageOn && input.knownOn && input.knownOn < input.damageOn) fields.knownOn = '知道的日期在損害發生以前'
  const [first] = Object.entries(fields)
  return first ? refusal('input.invalid', first[1], { field: first[0], fields }) : null
}

export const claimOf = (input: z.output<z.ZodObject<typeof claimShape>>) => ({
  title: input.title, facts: input.facts, evidence: input.evidence ?? '', requestedTwd: input.requestedTwd as number | null, restoration: input.restoration, otherAgencies: input.otherAgencies, damageOn: input.damageOn, knownOn: input.knownOn,
  place: input.place, basis: input.basis, agency: input.agency, claimant: partyOf('claimant', 'claimant', input)!, representative: partyOf('agent', 'representative', input),
})

const Register = z.object({
  ...claimShape,
  channel: z.enum(Object.keys(channels).filter((channel) => channel !== 'portal') as [Channel, ...Channel[]], { error: '請選擇怎麼收到的' }),
  receivedOn: z.string().trim().transform((value, check) => parseDay(value) ?? (check.addIssue({ code: 'custom', message: '請填收到的日期，例如 110/4/1' }), '' as Day)),
  files: z.custom<Upload[]>(Array.isArray).default([]),
  /** 案號 of the case that this one is made of */
  from: z.string().trim().max(40).optional(),
})

/** A written claim that came by post, by hand or from another agency: registered with its 案號; its clock runs from the day of receipt. */
export const registerClaim = act('compensations.register', Register, async (tx, ctx, input) => {
  if (input.receivedOn > ctx.today) return refusal('compensation.future', '日期在今天以後', { field: 'receivedOn' })
  const no = refuseClaim(input, ctx.today)
  if (no) return no
  const source = await findSource(tx, ctx.person, input.from)
  if (isRefusal(source)) return source
  const receivedAt = input.receivedOn === ctx.today ? ctx.now : new Date(startOf(input.receivedOn).getTime() + 9 * 3_600_000)
  const { id } = await createClaim(tx, ctx, { ...claimOf(input), channel: input.channel, receivedAt })
  const refused = await keepFiles(tx, ctx, id, input.files)
  if (refused) return refused
  if (source.value) await linkCases(tx, ctx, source.value.id, id)
  await record(tx, ctx, 'compensation.filed', { caseId: id, toStage: 'received', happenedAt: receivedAt, payload: { channel: input.channel, ...(source.value ? { from: source.value.id } : {}) } })
  return done({ name: await giveNumber(tx, ctx, id, dayOf(receivedAt)) })
})

/** Takes a claim that was filed on the portal into the section: its 案號, and an officer. */
export const takeClaim = act('compensations.take', z.object({ name: z.string().max(40) }), async (tx, given, { name }) => {
  const { state, ctx } = await lockFor(procedure, tx, given, name, 'compensations.register')
  if (state.number) return refusal('compensation.registered', `已經收案，案號 ${state.number}`)
  if (state.stage === 'unconfirmed') return refusal('compensation.unconfirmed', '請求權人還沒有確認')
  return done({ name: await giveNumber(tx, ctx, state.id, ctx.today) })
}, { permission: 'compensations.register' })

async function giveNumber(tx: Tx, ctx: StaffContext, id: number, on: Day): Promise<string> {
  const post = ctx.person.posts[0]
  await assignLead(tx, { caseId: id, unitId: post?.unitId ?? null, officerId: ctx.person.id, at: ctx.now, endedAs: 'reassigned' })
  const number = await drawCaseNumber(tx, caseKind, numberPrefix, on)
  await tx.updateTable('cases').set({ number, registered_at: ctx.now }).where('id', '=', id).execute()
  await record(tx, ctx, 'compensation.registered', { caseId: id, payload: { number } })
  return number
}
