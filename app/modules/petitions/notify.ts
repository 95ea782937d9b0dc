import type { ActContext } from '../../core/act.ts'
import type { Tx } from '../../core/db.ts'
import { record } from '../../core/events/record.ts'
import { unseal } from '../../core/personal-data/index.ts'
import { findSetting } from '../../core/identity/settings.ts'
import { queueMail, refuseAddress } from '../../core/mail/outbox.ts'
import type { Language } from '../../core/web/language.ts'

/** What a petitioner is told by the desk; printed in the outbox and in the clerk's tray of things to send. */
export const noticeNames = {
  answer: '答復',
  extension: '展期通知',
  supplement: '補陳通知',
  transfer: '移轉通知',
  'other-procedure': '轉其他程序通知',
  withdrawn: '撤回確認',
} as const
export type NoticeKind = keyof typeof noticeNames

/** `english` is what those get who filed in English. */
export type Notice = { what: NoticeKind; subject: string; text: string; english?: { subject: string; text: string }; attachments?: { name: string; mediaType: string; sha256: string }[] }

/** By which way a notice went; none: the petitioner left nothing to answer to. */
export type NoticeWay = 'mail' | 'post' | 'telephone' | 'counter' | 'none'

/**
 * Tells the petitioner in the way they chose, in the act's own transaction: a mail is queued, or a clerk gets it to post,
 * telephone or hand over. What cannot be mailed falls back to what else was left.
 */
export async function tellPetitioner(tx: Tx, ctx: ActContext, caseId: number, notice: Notice): Promise<NoticeWay> {
  const petition = await tx
    .selectFrom('petitions')
    .select(['answer_by', 'sender_email', 'sender_phone', 'sender_address', 'mailbox_ref', 'language'])
    .where('id', '=', caseId)
    .executeTakeFirstOrThrow()
  const email = unseal(petition.sender_email)
  const english = petition.language === 'en' ? notice.english : undefined
  const signed = await signature(tx, ctx, notice.what, english ? 'en' : 'zh')
  const subject = english?.subject ?? notice.subject
  const text = english ? `${english.text}${signed}\n\n${await countyName(tx, 'county.name-en')}` : `${notice.text}${signed}\n\n${await countyName(tx, 'county.name')} 敬啟`
  const way = wayFor(petition.answer_by, { email, phone: petition.sender_phone !== null, address: petition.sender_address !== null })
  if (way === 'mail') {
    const reference = petition.mailbox_ref?.startsWith('<') ? petition.mailbox_ref : null
    await queueMail(tx, { to: email!, subject, text, purpose: `petition.${notice.what}`, caseId, attachments: (notice.attachments ?? []).map(({ name, mediaType, sha256 }) => ({ name, mediaType, sha256 })), inReplyTo: reference, references: reference ? [reference] : [] })
  } else if (way !== 'none') {
    await tx
      .insertInto('petition_sendings')
      .values({ case_id: caseId, way, what: notice.what, subject, text, done_at: null, done_by: null, remark: null })
      .execute()
  }
  await record(tx, ctx, 'petition.told', { caseId, payload: { what: notice.what, way } })
  return way
}

/** What is decided about a petition, and so signed; a receipt or a request for papers is not. */
const decisions: readonly NoticeKind[] = ['answer', 'extension', 'transfer', 'other-procedure']

/**
 * 「王主管（陳示範代行）」 under what a deputy decided: who stands in for somebody who cannot act signs beside that name with 代行
 * (公文程式條例 §4 II, there of the head of an agency; that it is done so below the head too: 待法制單位確認).
 */
async function signature(tx: Tx, ctx: ActContext, what: NoticeKind, language: Language): Promise<string> {
  if (!ctx.person || ctx.onBehalfOf === null || !decisions.includes(what)) return ''
  const { name } = await tx.selectFrom('people').select('name').where('id', '=', ctx.onBehalfOf).executeTakeFirstOrThrow()
  return language === 'en' ? `\n\nDecided by ${ctx.person.name}, acting for ${name}` : `\n\n核定：${name}（${ctx.person.name}代行）`
}

function wayFor(wanted: NoticeWay, left: { email: string | null; phone: boolean; address: boolean }): NoticeWay {
  const possible: Record<NoticeWay, boolean> = {
    mail: left.email !== null && refuseAddress(left.email) === null,
    post: left.address,
    telephone: left.phone,
    counter: true,
    none: true,
  }
  if (possible[wanted] && wanted !== 'none') return wanted
  return (['mail', 'post', 'telephone', 'none'] as const).find((way) => possible[way])!
}

async function countyName(tx: Tx, setting: 'county.name' | 'county.name-en'): Promise<string> {
  return (await findSetting<string>(tx, setting)) ?? (await findSetting<string>(tx, 'county.name')) ?? '縣政府'
}

/** A mailbox is read by others than the person named on a case: of a confidential one the mail says only that there is something. */
async function withoutSecretTitle(tx: Tx, caseId: number, text: string): Promise<string> {
  const found = await tx.selectFrom('cases').select(['title', 'confidential']).where('id', '=', caseId).executeTakeFirst()
  return found?.confidential ? text.replaceAll(`「${found.title}」`, '這件保密案件') : text
}

/** One mail to each colleague who has an address; who has none sees it in the worklist all the same. */
export async function tellStaff(tx: Tx, personIds: number[], letter: { subject: string; text: string; purpose: string; caseId?: number }): Promise<number> {
  if (!personIds.length) return 0
  const people = await tx.selectFrom('people').select(['id', 'email']).where('id', 'in', [...new Set(personIds)]).where('email', 'is not', null).where('locked_at', 'is', null).execute()
  const reachable = people.filter((person) => refuseAddress(person.email!) === null)
  const text = letter.caseId ? await withoutSecretTitle(tx, letter.caseId, letter.text) : letter.text
  for (const person of reachable) await queueMail(tx, { to: person.email!, subject: letter.subject, text, purpose: letter.purpose, caseId: letter.caseId ?? null })
  return reachable.length
}
