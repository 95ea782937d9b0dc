import { randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import { z } from 'zod'
import { act, type Act, type ActContext } from '../act.ts'
import { computeDeadline } from '../clocks/compute.ts'
import type { Db, Reader, Tx } from '../db.ts'
import { done, refusal, type Refusal, type Result } from '../errors.ts'
import { record } from '../events/record.ts'
import { tokenHash } from '../identity/sessions.ts'
import { findSetting } from '../identity/settings.ts'
import { queueMail } from '../mail/outbox.ts'
import { namePurposes } from '../mail/purposes.ts'
import { personalHashes, unseal } from '../personal-data/index.ts'
import '../procedure/tables.ts'
import { addDays, type Day, endOf, rocLongDay } from '../time.ts'
import { cleanCode } from './clean.ts'
import { followCodeHash, isFollowCode, levelNumberOf, newFollowCode, printedCode } from './follow-code.ts'

/** How one kind of case is filed by people without an account. */
export type FilingKind = {
  kind: string
  /** events are `compensation.confirmed` … */
  noun: string
  /** 國家賠償請求 */
  title: string
  numberPrefix: string
  /** address of the public pages: /compensation */
  base: string
  /** stage into which the confirmed filing goes */
  received: string
  /** What becomes of a filing once it is confirmed: its clock from `receivedAt`, the instant at which it was filed. */
  confirmed(tx: Tx, ctx: ActContext, caseId: number, receivedAt: Date): Promise<void>
  /** Blanks the module's own columns of a filing that never became a case; the rest goes by itself. */
  erase(tx: Tx, caseId: number): Promise<void>
  /** tables of the module with such columns, so that their earlier versions go too */
  tables: readonly string[]
}

export type FilingActs = {
  confirm: Act<{ token: string }, { id: number; followNo: string; again: boolean }>
  newCode: Act<{ number?: string | undefined; email?: string | undefined }, undefined>
}

/** How many filings of one address may wait for their confirmation: the form must not become a way to flood a mailbox. */
export const waitingMax = 5

/** Notes that a case was filed and mails link and code to its filer. `partyId`: whose address it is. A refusal where that address has too many waiting. */
export async function noteFiling(tx: Tx, ctx: ActContext, of: FilingKind, filed: { caseId: number; partyId: number; title: string; followNo: string; email: string; origin: string }): Promise<Refusal | { untilOn: Day }> {
  const waiting = await sql<{ n: number }>`select count(*) as n from case_filings f join case_parties p on p.id = f.party_id
    where p.email_hash = any(${personalHashes('email', filed.email)}::bytea[]) and f.confirmed_at is null and f.filed_at > ${new Date(ctx.now.getTime() - 86_400_000)}`.execute(tx)
  if (waiting.rows[0]!.n >= waitingMax) return refusal('filing.too-many', '這個信箱有好幾件還沒有確認，請先到信箱確認')
  const [token, code] = [randomBytes(24).toString('base64url'), newFollowCode()]
  const answer = computeDeadline('petition-confirm-3cd', ctx.today)
  const untilOn = answer.kind === 'due' ? answer.day : addDays(ctx.today, 3) // beyond the office calendar: plain days
  await tx.insertInto('case_filings').values({ id: filed.caseId, party_id: filed.partyId, filed_at: ctx.now, confirm_token_hash: tokenHash(token), confirm_until: endOf(untilOn), confirmed_at: null, follow_code_hash: followCodeHash(code) }).execute()
  await mailTo(tx, of, filed.caseId, filed.email, `請確認您的${of.title}：${filed.title}`, `您填寫了一件${of.title}「${filed.title}」。請在${rocLongDay(untilOn)}以前打開下面的連結，按「確認送出」，才算送到；收到的時間以您今天填寫的時間為準：\n${filed.origin}${of.base}/confirm/${token}\n\n追蹤號碼：${filed.followNo}\n追蹤碼：${printedCode(code)}\n查進度：${filed.origin}${of.base}/follow\n請保管好這兩個號碼，不要把追蹤碼告訴別人。\n\n如果不是您填寫的，請不要理會這封信，資料會在期限過後刪除。`, true)
  await record(tx, ctx, `${of.noun}.drafted`, { caseId: filed.caseId, toStage: 'unconfirmed' })
  return { untilOn }
}

/**
 * A case that the office opened for a party who is followed by mail (重行調解): nothing to confirm, its number and code go to the address. Nothing where there is none.
 */
export async function openFiling(tx: Tx, ctx: ActContext, of: FilingKind, filed: { caseId: number; partyId: number; title: string; followNo: string; email: string | null; why: string }): Promise<void> {
  if (!filed.email) return
  const code = newFollowCode()
  await tx.insertInto('case_filings').values({ id: filed.caseId, party_id: filed.partyId, filed_at: ctx.now, confirm_token_hash: tokenHash(randomBytes(24).toString('base64url')), confirm_until: ctx.now, confirmed_at: ctx.now, follow_code_hash: followCodeHash(code) }).execute()
  await mailTo(tx, of, filed.caseId, filed.email, `追蹤碼：${filed.title}`, `${filed.why}可以在縣政府網站查進度：\n\n追蹤號碼：${filed.followNo}\n追蹤碼：${printedCode(code)}\n\n請保管好這兩個號碼，不要把追蹤碼告訴別人。`, true)
}

export function filingActs(of: FilingKind): FilingActs {
  namePurposes({ [`${of.noun}.filing`]: of.title })
  return {
    /** The link was followed and its button pressed. Pressing again changes nothing. */
    confirm: act(`${of.noun}.confirm`, z.object({ token: z.string().max(100) }), async (tx, ctx, { token }): Promise<Result<{ id: number; followNo: string; again: boolean }>> => {
      const found = await sql<{ id: number; followNo: string; stage: string; filedAt: Date; until: Date; confirmedAt: Date | null }>`
        select c.id, c.follow_no as "followNo", c.stage, f.filed_at as "filedAt", f.confirm_until as "until", f.confirmed_at as "confirmedAt"
        from case_filings f join cases c on c.id = f.id where f.confirm_token_hash = ${tokenHash(token)} and c.kind = ${of.kind} for update of c`.execute(tx)
      const filing = found.rows[0]
      if (!filing) return refusal('filing.unknown', '這個連結不完整，或資料已經刪除')
      if (filing.confirmedAt) return done({ id: filing.id, followNo: filing.followNo, again: true })
      if (filing.stage !== 'unconfirmed' || ctx.now >= filing.until) return refusal('filing.expired', '確認的期限已經過了，請再填一次')
      await tx.updateTable('case_filings').set({ confirmed_at: ctx.now }).where('id', '=', filing.id).execute()
      // 電子簽章法 §9 II: an electronic document arrives when it enters the system that the recipient named; that was at filing
      await tx.updateTable('cases').set({ received_at: filing.filedAt, stage: of.received }).where('id', '=', filing.id).execute()
      await record(tx, ctx, `${of.noun}.filed`, { caseId: filing.id, fromStage: 'unconfirmed', toStage: of.received, happenedAt: filing.filedAt, payload: { channel: 'portal' } })
      await of.confirmed(tx, ctx, filing.id, filing.filedAt)
      return done({ id: filing.id, followNo: filing.followNo, again: false })
    }, { by: 'public' }),
    /** A new code by mail for who lost theirs; the answer is the same whether or not number and address fit. */
    newCode: act(`${of.noun}.new-code`, z.object({ number: z.string().max(60).optional(), email: z.string().max(254).optional() }), async (tx, ctx, { number, email }) => {
      const name = levelNumberOf(of.numberPrefix, number) ?? ''
      const row = (await sql<{ id: number; title: string; followNo: string; email: Buffer }>`select c.id, c.title, c.follow_no as "followNo", p.email from cases c join case_filings f on f.id = c.id join case_parties p on p.id = f.party_id
        where c.kind = ${of.kind} and ${name} in (c.number, c.follow_no) and p.email_hash = any(${personalHashes('email', cleanCode(email))}::bytea[]) and f.confirmed_at is not null for update of f`.execute(tx)).rows[0]
      if (row) await giveCode(tx, ctx, of, row)
      return done()
    }, { by: 'public' }),
  }
}

async function giveCode(tx: Tx, ctx: ActContext, of: FilingKind, row: { id: number; title: string; followNo: string; email: Buffer }): Promise<void> {
  const code = newFollowCode()
  await tx.updateTable('case_filings').set({ follow_code_hash: followCodeHash(code) }).where('id', '=', row.id).execute()
  await record(tx, ctx, `${of.noun}.code-renewed`, { caseId: row.id })
  await mailTo(tx, of, row.id, unseal(row.email)!, `追蹤碼：${row.title}`, `您的${of.title}「${row.title}」可以在縣政府網站查進度：\n\n追蹤號碼：${row.followNo}\n追蹤碼：${printedCode(code)}\n\n先前的追蹤碼已經不能用了。請不要把追蹤碼告訴別人。`, true)
}

/** Tells the filer by mail, where there is a confirmed filing with an address. */
export async function tellFiler(tx: Tx, of: FilingKind, caseId: number, subject: string, text: string): Promise<boolean> {
  const row = await tx.selectFrom('case_filings').innerJoin('case_parties', 'case_parties.id', 'party_id').select('email').where('case_filings.id', '=', caseId).where('confirmed_at', 'is not', null).executeTakeFirst()
  const email = unseal(row?.email)
  if (!email) return false
  await mailTo(tx, of, caseId, email, subject, text, false)
  return true
}

async function mailTo(tx: Tx, of: FilingKind, caseId: number, to: string, subject: string, text: string, secret: boolean): Promise<void> {
  const county = (await findSetting<string>(tx, 'county.name')) ?? '縣政府'
  await queueMail(tx, { to, subject, text: `您好：\n\n${text}\n\n${county} 敬啟\n（這封信由系統寄出，請不要直接回信。）`, purpose: `${of.noun}.filing`, secret, caseId })
}

/** The case of a number and its code, or null: the same answer, in the same time, whether number or code is wrong. */
export async function findByCode(db: Db, of: FilingKind, number: string | undefined, code: string | undefined): Promise<{ id: number; followNo: string } | null> {
  const name = levelNumberOf(of.numberPrefix, number) ?? ''
  const row = (await sql<{ id: number; followNo: string; hash: Buffer | null }>`select c.id, c.follow_no as "followNo", f.follow_code_hash as hash from cases c join case_filings f on f.id = c.id
    where c.kind = ${of.kind} and ${name} in (c.number, c.follow_no) and f.confirmed_at is not null`.execute(db)).rows[0]
  const fits = isFollowCode(row?.hash ?? null, code ?? '')
  return row && fits ? { id: row.id, followNo: row.followNo } : null
}

export type Awaited = { title: string; followNo: string; until: Date; state: 'waiting' | 'confirmed' | 'expired' }

/** What a confirmation link leads to; null when it is incomplete or its filing is erased. */
export async function findAwaited(reader: Reader, of: FilingKind, token: string, now: Date): Promise<Awaited | null> {
  const row = (await sql<{ title: string; followNo: string; until: Date; stage: string; confirmed: boolean }>`select c.title, c.follow_no as "followNo", f.confirm_until as until, c.stage, f.confirmed_at is not null as confirmed
    from case_filings f join cases c on c.id = f.id where f.confirm_token_hash = ${tokenHash(token)} and c.kind = ${of.kind}`.execute(reader)).rows[0]
  return row ? { title: row.title, followNo: row.followNo, until: row.until, state: row.confirmed ? 'confirmed' : row.stage === 'unconfirmed' && now < row.until ? 'waiting' : 'expired' } : null
}
