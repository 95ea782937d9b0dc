import { z } from 'zod'
import { act, type StaffContext } from '../../../core/act.ts'
import { meetMainClock, setMainClock } from '../../../core/cases/due.ts'
import type { Tx } from '../../../core/db.ts'
import { done, refusal } from '../../../core/errors.ts'
import { record } from '../../../core/events/record.ts'
import { tokenHash } from '../../../core/identity/sessions.ts'
import { cleanLine, cleanText } from '../../../core/mail/clean.ts'
import { correctField, findHeld } from '../../../core/personal-data/held.ts'
import { recordOpening } from '../../../core/personal-data/openings.ts'
import { addDays, endOf } from '../../../core/time.ts'
import { answerPath } from '../paths.ts'
import { proposeDestruction } from '../retention/request-list.ts'
import { refuseDecision, refuseExtension, remedy } from '../rules.ts'
import { answerDays, type Decision, decisions, whats } from '../schema.ts'
import { newToken } from './file.ts'
import { mailAnswer, mailExtended } from './mails.ts'
import { lockRequest, type Request } from './request.ts'

const name = z.string().min(1).max(40)
const permission = { permission: 'personal-data.requests' } as const
const text = (max: number) => z.string().default('').transform((value) => cleanText(value).trim()).refine((value) => [...value].length <= max, `最多 ${max.toLocaleString('en')} 個字`)

/** 個人資料保護法 §13: once, with the reason in writing to who asked. */
export const extendRequest = act('personal-data.extend', z.object({ name, days: z.coerce.number({ error: '請填延長幾日' }), reason: text(500).refine((value) => value !== '', '請寫延長的原因') }), async (tx, ctx, input) => {
  const request = await lockRequest(tx, input.name)
  const no = refuseExtension(request, input.days, ctx.today)
  if (no) return no
  await tx.updateTable('personal_data_requests').set({ extension_days: input.days, extension_reason: input.reason }).where('id', '=', request.id).execute()
  const dueOn = await setMainClock(tx, { caseId: request.id, rule: whats[request.what].rule, trigger: request.receivedAt!, params: { extensionDays: input.days }, cause: 'extension', at: ctx.now })
  await record(tx, ctx, 'personal-data-request.extended', { caseId: request.id, payload: { days: input.days, dueOn } })
  await mailExtended(tx, { caseId: request.id, number: request.caseName, dueOn, reason: input.reason })
  return done({ dueOn })
}, permission)

const CaseIds = z.preprocess((value) => [value ?? []].flat(), z.array(z.coerce.number().int().positive()).max(500))

/** Which of the cases that were found are those of the person: the officer judges, since a name alone proves nothing. */
export const chooseCases = act('personal-data.choose-cases', z.object({ name, cases: CaseIds }), async (tx, ctx, input) => {
  const request = await lockRequest(tx, input.name)
  if (request.stage !== 'received') return refusal('request.closed', '這件已經答復')
  const found = new Set((await findHeld(tx, request)).map((one) => one.caseId).filter((id) => id !== request.id))
  if (input.cases.some((id) => !found.has(id))) return refusal('request.not-found', '只能選擇以這個人的資料找到的案件', { field: 'cases' })
  await tx.deleteFrom('personal_data_request_cases').where('request_id', '=', request.id).execute()
  if (input.cases.length) await tx.insertInto('personal_data_request_cases').values(input.cases.map((caseId) => ({ request_id: request.id, case_id: caseId }))).execute()
  await record(tx, ctx, 'personal-data-request.cases-chosen', { caseId: request.id, payload: { cases: input.cases } })
  return done({ count: input.cases.length })
}, permission)

/** One field of one chosen case; the wrong value stays in the history of the case. */
export const correctData = act('personal-data.correct', z.object({ name, caseId: z.coerce.number().int().positive(), field: z.string().min(1, '請選擇要更正的資料').max(100), value: z.string().default('').transform(cleanLine).refine((value) => value !== '', '請填正確的內容').refine((value) => [...value].length <= 300, '最多 300 個字') }), async (tx, ctx, input) => {
  const request = await lockRequest(tx, input.name)
  if (request.stage !== 'received' || request.what !== 'correct') return refusal('request.not-correction', '只有還沒答復的更正請求可以更正資料')
  if (!request.caseIds.includes(input.caseId)) return refusal('request.not-chosen', '請先選擇這件案件', { field: 'caseId' })
  if (!(await correctField(tx, input.caseId, request, input.field, input.value))) return refusal('request.no-field', '這個欄位不能更正', { field: 'field' })
  await record(tx, ctx, 'case.personal-data-corrected', { caseId: input.caseId, payload: { request: request.id, field: input.field } })
  await record(tx, ctx, 'personal-data-request.corrected', { caseId: request.id, payload: { case: input.caseId, field: input.field } })
  return done()
}, permission)

/** A look at what the copy will hold, before it is granted: on record as an opening of each of its cases. Gives that of the first, for `isOpened`. */
export const previewCopy = act('personal-data.preview-copy', z.object({ name }), async (tx, ctx, input) => {
  const request = await lockRequest(tx, input.name)
  if (request.what !== 'access' || !request.caseIds.length) return refusal('request.no-copy', '請先選擇案件，才有複本可以看')
  const cases = await tx.selectFrom('cases').select(['id', 'kind']).where('id', 'in', request.caseIds).orderBy('id').execute()
  const openings: number[] = []
  for (const { id, kind } of cases) openings.push(await recordOpening(tx, ctx, { event: kind, caseId: id, purpose: `核對個資複本（${request.caseName}）`, fields: ['copy'] }))
  return done({ opening: openings[0]! })
}, { ...permission, stepUp: true })

const Decide = z.object({ name, decision: z.enum(Object.keys(decisions) as [Decision, ...Decision[]], { error: '請選擇決定' }), reasons: text(4000), origin: z.string().max(300) })

/**
 * The answer, by mail where there is an address. A copy is fetched at a secret address for some days; deletion is carried out
 * only after another person has approved its list (機關檔案保存年限及銷毀辦法), and the answer says so.
 */
export const decideRequest = act('personal-data.decide', Decide, async (tx, ctx, input) => {
  const request = await lockRequest(tx, input.name)
  const no = refuseDecision(request, input.decision, input.reasons)
  if (no) return no
  const grants = input.decision !== 'refused'
  if (grants && request.what !== 'stop' && !request.caseIds.length && !input.reasons) return refusal('request.no-cases', '沒有選擇任何案件。如果查無資料，請在說明裡寫明', { field: 'reasons' })
  const list = grants && request.what === 'delete' && request.caseIds.length ? await proposeDestruction(tx, ctx, request) : null
  const token = grants && request.what === 'access' && request.caseIds.length ? newToken() : null
  const until = token ? addDays(ctx.today, answerDays) : null
  await tx
    .updateTable('personal_data_requests')
    .set({ decision: input.decision, reasons: input.reasons || null, answered_at: ctx.now, answer_token_hash: token ? tokenHash(token) : null, answer_until: until ? endOf(until) : null })
    .where('id', '=', request.id)
    .execute()
  await closeCase(tx, ctx, request, input.decision)
  const mailed = await mailAnswer(tx, {
    caseId: request.id, number: request.caseName, what: request.what, decision: input.decision, reasons: [input.reasons, list && '應刪除的資料，將於另一位人員核准銷毀目錄後刪除。'].filter(Boolean).join('\n') || null,
    remedy: input.decision === 'granted' ? null : remedy, link: token ? `${input.origin}${answerPath(token)}` : null, until,
  })
  return done({ mailed, list })
}, { ...permission, stepUp: true })

async function closeCase(tx: Tx, ctx: StaffContext, request: Request, decision: Decision): Promise<void> {
  await tx.updateTable('cases').set({ stage: 'closed', closed_at: ctx.now, outcome: decision, officer_id: ctx.person.id }).where('id', '=', request.id).execute()
  await meetMainClock(tx, request.id, ctx.now)
  await record(tx, ctx, 'personal-data-request.answered', { caseId: request.id, fromStage: 'received', toStage: 'closed', payload: { decision } })
}
