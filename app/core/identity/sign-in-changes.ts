import type { Tx } from '../db.ts'
import { queueMail } from '../mail/outbox.ts'
import { isOneAddress } from '../mail/send.ts'
import { personalHashes } from '../personal-data/index.ts'
import { rocDateTime } from '../time.ts'
import { findSetting } from './settings.ts'

// Whoever gets into an account can keep it by a way in of their own; the one whose account it is hears of it by mail (ASVS 6.3.7).

const purpose = 'identity.sign-in-changed'
/** of messages to members: they go with the membership, and after so many days in any case */
const memberPurposes = ['member.link', purpose]
export const memberMailDays = 30

/** `what`: a sentence of what changed; no code and no address of another. Nothing is written where there is no address. */
export async function tellSignInChange(tx: Tx, now: Date, to: string | null, what: string): Promise<void> {
  if (!to || !isOneAddress(to)) return
  const county = (await findSetting<string>(tx, 'county.name')) ?? '縣政府'
  const text = `您好：\n\n${rocDateTime(now)}，${what}\n\n如果是您自己做的，不必理會這封信。如果不是，可能有人進了您的帳號：請馬上登入，移除不認得的登入方式；同仁請同時通知系統管理人員。`
  await queueMail(tx, { to, subject: `${county}：您的登入方式有變更`, text, purpose })
}

/** The same for a colleague, at the address the office keeps for them. */
export async function tellColleague(tx: Tx, now: Date, personId: number, what: string): Promise<void> {
  const { email } = await tx.selectFrom('people').select('email').where('id', '=', personId).executeTakeFirstOrThrow()
  await tellSignInChange(tx, now, email, what)
}

/** Letters about signing in belong to no case: with the membership its letters go. */
export async function forgetMemberMail(tx: Tx, email: string): Promise<void> {
  await tx.deleteFrom('mail_messages').where('case_id', 'is', null).where('purpose', 'in', memberPurposes).where('to_hash', 'in', personalHashes('email', email)).execute()
}

/** Those of everybody that are older than `memberMailDays`; nightly. */
export async function forgetOldMemberMail(tx: Tx, now: Date): Promise<void> {
  await tx.deleteFrom('mail_messages').where('case_id', 'is', null).where('purpose', 'in', memberPurposes).where('created_at', '<', new Date(now.getTime() - memberMailDays * 86_400_000)).execute()
}
