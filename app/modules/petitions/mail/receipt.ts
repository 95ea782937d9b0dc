import { sql } from 'kysely'
import { findDueReasons } from '../../../core/cases/due.ts'
import type { Tx } from '../../../core/db.ts'
import { personalHashes } from '../../../core/personal-data/index.ts'
import { findSetting } from '../../../core/identity/settings.ts'
import { queueMail, refuseAddress } from '../../../core/mail/outbox.ts'
import { printedCode } from '../../../core/filing/follow-code.ts'
import type { Language } from '../../../core/web/language.ts'
import { followPath } from '../filing/paths.ts'
import { wordsOf } from '../filing/words/index.ts'
import { whyThatDay } from '../notice-words.ts'
import { channels } from '../schema.ts'
import type { MadePetition } from './petition-from-letter.ts'

/** Two programs that do not know each other for programs write no more than this to each other in a day. */
export const receiptsADayMax = 5

export type Receipt = { to: string; language: Language; made: MadePetition[]; /** follow number of the earlier letter it was joined to */ joinedTo: string | null; messageId: string | null; origin: string | null }

/** That the letter arrived, with the follow number and code of each case it became. False: not sent, the limit of the day is reached or there is no address. */
export async function mailLetterReceipt(tx: Tx, receipt: Receipt, now: Date): Promise<boolean> {
  const [first] = receipt.made
  if (!first || refuseAddress(receipt.to) || (await sentToday(tx, receipt.to, now)) >= receiptsADayMax) return false
  const { due_on: dueOn } = await tx.selectFrom('cases').select('due_on').where('id', '=', first.id).executeTakeFirstOrThrow()
  const county = (await findSetting<string>(tx, 'county.name')) ?? '縣政府'
  const { subject, text } = receipt.language === 'en' ? english(receipt, first, dueOn && wordsOf.en.day(dueOn)) : chinese(receipt, first, dueOn && wordsOf.zh.day(dueOn))
  await queueMail(tx, {
    to: receipt.to, subject, text: `${text}${dueOn ? whyThatDay(await findDueReasons(tx, first.id), receipt.language) : ''}\n\n${county}${receipt.language === 'en' ? '' : ' 敬啟'}`, purpose: 'petition.receipt', secret: true, caseId: first.id,
    inReplyTo: receipt.messageId, references: receipt.messageId ? [receipt.messageId] : [],
  })
  return true
}

async function sentToday(tx: Tx, to: string, now: Date): Promise<number> {
  const found = await sql<{ sent: number }>`
    select count(*) as sent from mail_messages where to_hash = any(${personalHashes('email', to)}::bytea[]) and purpose = 'petition.receipt' and created_at > ${new Date(now.getTime() - 86_400_000)}`.execute(tx)
  return found.rows[0]!.sent
}

function chinese({ made, joinedTo, origin }: Receipt, first: MadePetition, due: string | null) {
  const where = made.map((one) => channels[one.channel]).join('、')
  const numbers = made.map((one) => `${made.length > 1 ? `${channels[one.channel]}\n` : ''}追蹤號碼：${one.followNo}\n追蹤碼：${printedCode(one.code)}`).join('\n\n')
  const together = joinedTo ? `您先前已有內容相同的來信（追蹤號碼 ${joinedTo}），兩封併案辦理，一次答復。` : made.length > 1 ? '這幾封併案辦理，一次答復。' : ''
  return {
    subject: `已收到您的來信：${first.title}`,
    text: `您好：\n\n您寄到${where}的信「${first.title}」已經收到，接下來會分給負責的單位。${together}${due ? `最晚在${due}以前答復您。` : ''}\n\n${numbers}\n\n在縣政府網站的「查進度」${origin ? `（${origin}${followPath('zh')}）` : ''}用這兩個號碼，可以查進度、補充資料或撤回。請不要把追蹤碼告訴別人。`,
  }
}

function english({ made, joinedTo, origin }: Receipt, first: MadePetition, due: string | null) {
  const numbers = made.map((one) => `Follow number: ${one.followNo}\nFollow code: ${printedCode(one.code)}`).join('\n\n')
  const together = joinedTo ? ` It says the same as your earlier letter (follow number ${joinedTo}); both are answered together.` : made.length > 1 ? ' It came to several mailboxes and is answered once.' : ''
  return {
    subject: `We have your letter: ${first.title}`,
    text: `Your letter “${first.title}” has arrived and goes to the office in charge.${together}${due ? ` You get an answer by ${due}.` : ''}\n\n${numbers}\n\nWith number and code you can follow it on the county’s website${origin ? ` (${origin}${followPath('en')})` : ''}. Do not pass the code on.`,
  }
}
