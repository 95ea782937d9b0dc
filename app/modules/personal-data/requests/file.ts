import { randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import { z } from 'zod'
import { act, type ActContext } from '../../../core/act.ts'
import { setMainClock } from '../../../core/cases/due.ts'
import { drawCaseNumber } from '../../../core/cases/numbers.ts'
import { insertCase } from '../../../core/cases/open.ts'
import { computeDeadline } from '../../../core/clocks/index.ts'
import { type Db, type Tx, write } from '../../../core/db.ts'
import { done, refusal } from '../../../core/errors.ts'
import { record } from '../../../core/events/record.ts'
import { tokenHash } from '../../../core/identity/sessions.ts'
import { defineJob } from '../../../core/jobs/jobs.ts'
import { cleanLine, cleanText } from '../../../core/mail/clean.ts'
import { refuseAddress } from '../../../core/mail/outbox.ts'
import { eraseLapsedCase } from '../../../core/personal-data/erase.ts'
import { personalHash, personalHashes, seal } from '../../../core/personal-data/index.ts'
import { addDays, type Day, dayOf, endOf } from '../../../core/time.ts'
import { caseKind, numberPrefix, type What, whats } from '../schema.ts'
import { mailConfirmation, mailReceived } from './mails.ts'
import '../tables.ts'

const line = (what: string, max: number) => z.string().default('').transform(cleanLine).refine((text) => text !== '', `請填${what}`).refine((text) => [...text].length <= max, `${what}最多 ${max} 個字`)
const what = z.enum(Object.keys(whats) as [What, ...What[]], { error: '請選擇要請求什麼' })
const wish = z.string().default('').transform((text) => cleanText(text).trim()).refine((text) => text !== '', '請說明要請求的內容').refine((text) => [...text].length <= 4000, '請求內容最多 4,000 個字')

export const newToken = () => randomBytes(24).toString('base64url')

/** How many requests of one address may wait for their confirmation: the form must not become a way to flood a mailbox. */
const waitingMax = 3

export const FileRequest = z.object({ what, wish, name: line('姓名', 60), email: line('電子郵件', 200), phone: z.string().default('').transform(cleanLine), origin: z.string().max(300) })

/** A request by the portal: it begins when the link in the mail is followed, which proves the address (個人資料保護法 §3: only the person concerned asks). */
export const fileRequest = act('personal-data.file', FileRequest, async (tx, ctx, input) => {
  const no = refuseAddress(input.email)
  if (no) return no
  const waiting = await sql<{ n: number }>`select count(*) as n from personal_data_requests where email_hash = any(${personalHashes('email', input.email)}::bytea[]) and confirmed_at is null and confirm_until > ${ctx.now}`.execute(tx)
  if (waiting.rows[0]!.n >= waitingMax) return refusal('request.too-many', '這個電子郵件已有幾件請求等待確認，請先打開確認信', { field: 'email' })
  const token = newToken()
  const untilOn = confirmUntil(ctx.today)
  const id = await createRequest(tx, ctx, { ...input, channel: 'web', identityShown: null, confirm: { hash: tokenHash(token), until: endOf(untilOn) } })
  await mailConfirmation(tx, input.email, { caseId: id, what: input.what, origin: input.origin, token, untilOn })
  return done({ untilOn })
}, { by: 'public' })

/** The same three days as a letter to the mayor's mailbox; no rule of law sets them. */
const confirmUntil = (today: Day): Day => {
  const answer = computeDeadline('petition-confirm-3cd', today)
  return answer.kind === 'due' ? answer.day : addDays(today, 3)
}

/** The link was followed and the button pressed: received now, and the period of 個人資料保護法 §13 begins. Pressing again changes nothing. */
export const confirmRequest = act('personal-data.confirm', z.object({ token: z.string().max(100) }), async (tx, ctx, input) => {
  const row = await tx.selectFrom('personal_data_requests').select(['id', 'confirmed_at', 'confirm_until']).where('confirm_token_hash', '=', tokenHash(input.token)).forUpdate().executeTakeFirst()
  if (!row) return refusal('confirm.unknown', '這個連結不完整，或已經失效')
  if (row.confirmed_at) return done({ id: row.id })
  if (ctx.now >= row.confirm_until!) return refusal('confirm.expired', '確認期限已過，請重新填寫')
  await tx.updateTable('personal_data_requests').set({ confirmed_at: ctx.now }).where('id', '=', row.id).execute()
  await receive(tx, ctx, row.id)
  return done({ id: row.id })
}, { by: 'public' })

export const CounterRequest = z.object({
  what, wish, name: line('姓名', 60), email: z.string().default('').transform(cleanLine), phone: z.string().default('').transform(cleanLine),
  identityShown: line('核對了什麼證件', 100),
})

/** A request at the counter: the officer has looked at a paper and notes which, never its number. */
export const registerAtCounter = act('personal-data.register', CounterRequest, async (tx, ctx, input) => {
  const no = input.email ? refuseAddress(input.email) : null
  if (no) return no
  const id = await createRequest(tx, ctx, { ...input, channel: 'counter', confirm: null })
  const number = await receive(tx, ctx, id)
  return done({ id, number })
}, { permission: 'personal-data.requests' })

type NewRequest = { what: What; wish: string; name: string; email: string; phone: string; channel: 'web' | 'counter'; identityShown: string | null; confirm: { hash: Buffer; until: Date } | null }

async function createRequest(tx: Tx, ctx: ActContext, of: NewRequest): Promise<number> {
  const id = await insertCase(tx, { kind: caseKind, title: `個資請求：${whats[of.what].label}`, stage: of.confirm ? 'unconfirmed' : 'received', receivedAt: null, registeredAt: null, confidential: true })
  await tx
    .insertInto('personal_data_requests')
    .values({
      id, what: of.what, channel: of.channel, name: seal(of.name), email: seal(of.email), phone: seal(of.phone),
      name_hash: personalHash('name', of.name), email_hash: personalHash('email', of.email), phone_hash: personalHash('phone', of.phone),
      wish: of.wish, identity_shown: of.identityShown, confirm_token_hash: of.confirm?.hash ?? null, confirm_until: of.confirm?.until ?? null, confirmed_at: null,
      extension_days: null, extension_reason: null, decision: null, reasons: null, answered_at: null, answer_token_hash: null, answer_until: null,
    })
    .execute()
  await record(tx, ctx, 'personal-data-request.filed', { caseId: id, toStage: of.confirm ? 'unconfirmed' : 'received', payload: { what: of.what, channel: of.channel } })
  return id
}

async function receive(tx: Tx, ctx: ActContext, id: number): Promise<string> {
  const { what } = await tx.selectFrom('personal_data_requests').select('what').where('id', '=', id).executeTakeFirstOrThrow()
  const number = await drawCaseNumber(tx, caseKind, numberPrefix, ctx.today)
  await tx.updateTable('cases').set({ stage: 'received', received_at: ctx.now, registered_at: ctx.now, number }).where('id', '=', id).execute()
  const dueOn = await setMainClock(tx, { caseId: id, rule: whats[what].rule, trigger: ctx.now, cause: 'received', at: ctx.now })
  await record(tx, ctx, 'personal-data-request.registered', { caseId: id, toStage: 'received', payload: { number } })
  await mailReceived(tx, { caseId: id, what, number, dueOn })
  return number
}

/** What was not confirmed is no request: everything of the person goes (個人資料保護法 §11 III). */
export const lapseRequests = defineJob({
  name: 'personal-data.lapse',
  as: 'system',
  title: '刪除逾期未確認的個資請求',
  every: '17 * * * *',
  run: async (db) => void (await lapseAt(db, new Date())),
})

export async function lapseAt(db: Db, now: Date): Promise<number> {
  const due = await sql<{ id: number }>`select r.id from personal_data_requests r join cases c on c.id = r.id where r.confirmed_at is null and r.confirm_until <= ${now} and c.stage = 'unconfirmed'`.execute(db)
  for (const { id } of due.rows) {
    await write(db, async (tx) => {
      await tx.updateTable('personal_data_requests').set({ name: null, email: null, phone: null, name_hash: null, email_hash: null, phone_hash: null, wish: '（內容已刪除）', confirm_token_hash: null }).where('id', '=', id).where('confirmed_at', 'is', null).execute()
      await tx.updateTable('cases').set({ stage: 'lapsed' }).where('id', '=', id).execute()
      await tx.deleteFrom('mail_messages').where('case_id', '=', id).execute()
      await eraseLapsedCase(tx, id, ['personal_data_requests'])
      await record(tx, { person: null, onBehalfOf: null, now, today: dayOf(now) }, 'personal-data-request.lapsed', { caseId: id, fromStage: 'unconfirmed', toStage: 'lapsed' })
    })
  }
  return due.rows.length
}
