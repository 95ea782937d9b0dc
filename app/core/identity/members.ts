import { createHash, randomBytes } from 'node:crypto'
import { type Generated, sql } from 'kysely'
import { z } from 'zod'
import { act, type ActContext } from '../act.ts'
import type { Db, Reader, Tx } from '../db.ts'
import { done, refusal, type Result } from '../errors.ts'
import { record } from '../events/record.ts'
import { queueMail } from '../mail/outbox.ts'
import { isOneAddress } from '../mail/send.ts'
import { isBusinessNo } from '../procedure/parties.ts'
import { personalHash, personalHashes, seal, unseal } from '../personal-data/index.ts'
import { type Language, languages } from '../web/language.ts'
import { countAttempt } from './attempts.ts'
import type { Identity, Kept } from './providers/provider.ts'
import { tokenHash } from './sessions.ts'
import { forgetMemberMail, tellSignInChange } from './sign-in-changes.ts'
import { closeStep, lockStep, openStep } from './steps.ts'

declare module '../db.ts' {
  interface Tables {
    members: { id: Generated<number>; kind: MemberKind; email: Buffer; email_hash: Buffer; created_at: Generated<Date>; business_no: Generated<string | null>; business_name: Generated<string | null> }
    member_sessions: { token_hash: Buffer; member_id: number; created_at: Generated<Date>; expires_at: Date }
    member_accounts: { issuer: string; subject: string; member_id: number }
  }
}

export type MemberKind = 'resident' | 'vendor'
export const memberKind = z.enum(['resident', 'vendor'])
/** the language of the pages that a member uses */
const memberLanguage = z.enum(languages).default('zh')

/** Somebody outside the office who has shown that this address is theirs. `business`: what a vendor says of itself, which nobody has checked. */
export type Member = { id: number; kind: MemberKind; email: string; business?: { no: string; name: string } | null }

export const memberCookie = 'windlion_member'
const sessionHours = 12
const linkMinutes = 30

/**
 * Sends a link that signs in whoever reads mail at this address, and makes them a member if they are not. The answer is the same
 * whether or not they are. `link`: the address with TOKEN in it.
 */
export const askForLink = act(
  'members.ask-for-link',
  z.object({ kind: memberKind, language: memberLanguage, email: z.string().trim().max(254).refine(isOneAddress, '電子郵件的格式不正確'), link: z.string(), county: z.string(), address: z.string() }),
  async (tx, ctx, input): Promise<Result<{ sent: boolean }>> => {
    const login = `member:${createHash('sha256').update(input.email.toLowerCase()).digest('hex')}`
    if (await countAttempt(tx, { login, address: input.address, deviceId: null }, ctx.now)) return done({ sent: false })
    const token = await openStep(tx, ctx.now, 'member-link', { state: { kind: input.kind, email: seal(input.email)!.toString('base64') }, minutes: linkMinutes })
    const { subject, text } = linkLetter[input.language](input.county, input.link.replace('TOKEN', token))
    await queueMail(tx, { to: input.email, subject, text, purpose: 'member.link', secret: true })
    return done({ sent: true })
  },
  { by: 'public' },
)

const linkLetter: Record<Language, (county: string, link: string) => { subject: string; text: string }> = {
  zh: (county, link) => ({ subject: `登入${county}「我的案件」`, text: `您好：\n\n有人（應該是您）要用這個信箱登入${county}的「我的案件」。請在 ${linkMinutes} 分鐘內打開下面的連結，按「登入」：\n${link}\n\n如果不是您，請不要理會這封信，也不要把連結交給別人。` }),
  en: (county, link) => ({ subject: `Sign in to “My cases”, ${county}`, text: `Hello,\n\nSomebody, probably you, wants to sign in to “My cases” of ${county} with this address. Please open this link within ${linkMinutes} minutes and press “Sign in”:\n${link}\n\nIf it was not you, ignore this letter, and give the link to nobody.` }),
}

/** The link was followed and its button pressed: a mail program that only looks at links signs nobody in. */
export const enterByLink = act('members.enter-by-link', z.object({ token: z.string().max(100) }), async (tx, ctx, input): Promise<Result<{ token: string; kind: MemberKind }>> => {
  const step = await lockStep(tx, ctx.now, 'member-link', input.token)
  const email = step && unseal(Buffer.from(String(step.state.email), 'base64'))
  if (!step || !email) return refusal('members.link-over', '這個連結已經用過或過期了，請再寄一次')
  await closeStep(tx, step)
  const kind = step.state.kind as MemberKind
  return done({ token: await enterMember(tx, ctx, await memberOf(tx, ctx, kind, email)), kind })
}, { by: 'public' })

/** What must be known again when a resident comes back from the identity service. */
export const leaveForService = act('members.leave-for-service', z.object({ kind: memberKind, language: memberLanguage, kept: z.custom<Kept>() }), async (tx, ctx, input) =>
  done({ token: await openStep(tx, ctx.now, 'member-service', { state: input }) }), { by: 'public' })

/** Whom the identity service has named: known by its subject, or the first time by an address that it has verified. */
export const enterByService = act('members.enter-by-service', z.object({ token: z.string().max(100), issuer: z.string(), identity: z.custom<Identity>() }), async (tx, ctx, input): Promise<Result<{ token: string }>> => {
  const step = await lockStep(tx, ctx.now, 'member-service', input.token)
  if (!step) return refusal('members.step-over', '這次登入等太久或已經用過，請重新開始')
  await closeStep(tx, step)
  const { issuer, identity: { subject, email } } = input
  const known = await tx.selectFrom('member_accounts').innerJoin('members', 'members.id', 'member_id').select('member_id').where('issuer', '=', issuer).where('subject', '=', subject).where('kind', '=', step.state.kind as MemberKind).executeTakeFirst()
  if (!known && !email) return refusal('members.no-address', '身分識別服務沒有提供驗證過的電子郵件，請改用電子郵件登入')
  const id = known?.member_id ?? (await memberOf(tx, ctx, step.state.kind as MemberKind, email!))
  if (!known) await tellSignInChange(tx, ctx.now, email, '您的會員帳號第一次由身分識別服務登入，以後可以從那裡登入。')
  await tx.insertInto('member_accounts').values({ issuer, subject, member_id: id }).onConflict((conflict) => conflict.doNothing()).execute()
  return done({ token: await enterMember(tx, ctx, id) })
}, { by: 'public' })

/** The member of an address, made now if there is none. */
async function memberOf(tx: Tx, ctx: ActContext, kind: MemberKind, email: string): Promise<number> {
  const known = await tx.selectFrom('members').select('id').where('kind', '=', kind).where('email_hash', 'in', personalHashes('email', email)).executeTakeFirst()
  if (known) return known.id
  const made = await tx.insertInto('members').values({ kind, email: seal(email)!, email_hash: personalHash('email', email)! })
    .onConflict((conflict) => conflict.columns(['kind', 'email_hash']).doUpdateSet({ kind })).returning('id').executeTakeFirstOrThrow()
  await record(tx, ctx, 'member.joined', { payload: { member: made.id, kind } })
  return made.id
}

/** Opens a session of a member who has shown who they are; gives its token. */
export async function enterMember(tx: Tx, ctx: ActContext, memberId: number): Promise<string> {
  const token = randomBytes(32).toString('base64url')
  await tx.insertInto('member_sessions').values({ token_hash: tokenHash(token), member_id: memberId, expires_at: new Date(ctx.now.getTime() + sessionHours * 3_600_000) }).execute()
  await record(tx, ctx, 'member.signed-in', { payload: { member: memberId } })
  return token
}

/** Who is signed in by this cookie; null when nobody is. */
export async function findMember(db: Db | Reader, token: string | undefined): Promise<Member | null> {
  if (!token) return null
  const row = await db.selectFrom('member_sessions').innerJoin('members', 'members.id', 'member_id').select(['members.id', 'kind', 'email', 'business_no', 'business_name'])
    .where('token_hash', '=', tokenHash(token)).where('expires_at', '>', sql<Date>`now()`).executeTakeFirst()
  return row ? { id: row.id, kind: row.kind, email: unseal(row.email)!, business: row.business_no ? { no: row.business_no, name: row.business_name ?? '' } : null } : null
}

export const memberSignOut = act('members.sign-out', z.object({ token: z.string().max(100) }), async (tx, _ctx, input) => {
  await tx.deleteFrom('member_sessions').where('token_hash', '=', tokenHash(input.token)).execute()
  return done()
}, { by: 'public' })

/**
 * What a vendor says of itself: 統一編號 and name, for tenders and contracts to come. It shows no case of that number: whether the number
 * is theirs a later act must check.
 */
export const nameBusiness = act('members.name-business', z.object({
  session: z.string().max(100), no: z.string().default('').transform((text) => text.normalize('NFKC').replace(/[\s-]/g, '')).refine((text) => isBusinessNo(text), '統一編號是 8 位數字，請檢查是否打錯'), name: z.string().trim().min(1, '請填名稱').max(100, '名稱最多 100 個字'),
}), async (tx, ctx, input) => {
  const member = await findMember(tx, input.session)
  if (member?.kind !== 'vendor') return refusal('members.signed-out', '您的登入已經結束，請重新登入')
  await tx.updateTable('members').set({ business_no: input.no, business_name: input.name }).where('id', '=', member.id).execute()
  await record(tx, ctx, 'member.business-named', { payload: { member: member.id } })
  return done()
}, { by: 'public' })

/** 退出會員: address, sessions, links to identity services and the letters about signing in go; cases stay, since they are the office's files. */
export const leaveMembership = act('members.leave', z.object({ token: z.string().max(100) }), async (tx, ctx, input) => {
  const member = await findMember(tx, input.token)
  if (!member) return refusal('members.signed-out', '您的登入已經結束')
  await tx.deleteFrom('members').where('id', '=', member.id).execute()
  await forgetMemberMail(tx, member.email)
  await record(tx, ctx, 'member.left', { payload: { member: member.id } })
  return done()
}, { by: 'public' })

/** A case that a member finds under 「我的案件」. `path`: a page of the module, which checks for itself whose it is. */
export type MemberCase = { number: string; title: string; state: string; at: Date; path: string }
/** A module's cases of somebody who has shown that this address is theirs, newest first; no more than `most`. In `language` as far as the module has words in it. */
export type MemberCases = (reader: Reader, member: Member, most: number, language?: Language) => Promise<MemberCase[]>

let sources: MemberCases[] = []
/** Filled once at start from the modules. */
export function useMemberCases(of: MemberCases[]): void {
  sources = of
}

export async function findMemberCases(reader: Reader, member: Member, language: Language = 'zh', most = 100): Promise<MemberCase[]> {
  const all = await Promise.all(sources.map((source) => source(reader, member, most, language)))
  return all.flat().sort((a, b) => b.at.getTime() - a.at.getTime()).slice(0, most)
}
