import type { Tx } from '../../../core/db.ts'
import { findSetting } from '../../../core/identity/settings.ts'
import { queueMail } from '../../../core/mail/outbox.ts'
import { namePurposes } from '../../../core/mail/purposes.ts'
import { unseal } from '../../../core/personal-data/index.ts'
import { type Day, rocLongDay, weekday } from '../../../core/time.ts'
import { confirmPath } from '../paths.ts'
import { type Decision, decisions, type What, whats } from '../schema.ts'

namePurposes({ 'personal-data.confirm': '個資請求確認信', 'personal-data.received': '個資請求收件', 'personal-data.extended': '個資請求延長', 'personal-data.answer': '個資請求答復' })

const long = (day: Day) => `${rocLongDay(day)}（星期${weekday(day)}）`

export async function mailConfirmation(tx: Tx, to: string, about: { caseId: number; what: What; origin: string; token: string; untilOn: Day }): Promise<void> {
  await queueMail(tx, {
    to, subject: '請確認您的個人資料請求', purpose: 'personal-data.confirm', secret: true, caseId: about.caseId,
    text: await signed(tx, `您好：\n\n有人以這個電子郵件，向本府請求「${whats[about.what].label}」個人資料。如果是您，請在${long(about.untilOn)}以前打開下面的連結並按「確認」，我們才開始辦理：\n${about.origin}${confirmPath(about.token)}\n\n如果不是您，請不要理會這封信，資料會在期限過後刪除。`),
  })
}

/** Nothing is sent where no address was given: the counter tells it. */
export async function mailReceived(tx: Tx, about: { caseId: number; what: What; number: string; dueOn: Day | null }): Promise<void> {
  await mailTo(tx, about.caseId, '已收到您的個人資料請求', 'personal-data.received', `您好：\n\n您的個人資料請求「${whats[about.what].label}」（案號 ${about.number}）已經收到。${about.dueOn ? `依個人資料保護法第 13 條，最晚在${long(about.dueOn)}以前答復您。` : ''}`)
}

export async function mailExtended(tx: Tx, about: { caseId: number; number: string; dueOn: Day | null; reason: string }): Promise<void> {
  await mailTo(tx, about.caseId, '您的個人資料請求延長答復期限', 'personal-data.extended', `您好：\n\n您的個人資料請求（案號 ${about.number}）需要較長時間辦理，原因如下：\n${about.reason}\n\n${about.dueOn ? `新的答復期限是${long(about.dueOn)}。` : ''}依個人資料保護法第 13 條，以延長一次為限。`)
}

/** `link`: where the copy is fetched; the mail itself carries no data of the person. False: there is no address. */
export async function mailAnswer(tx: Tx, about: { caseId: number; number: string; what: What; decision: Decision; reasons: string | null; remedy: string | null; link: string | null; until: Day | null }): Promise<boolean> {
  const parts = [
    `您的個人資料請求「${whats[about.what].label}」（案號 ${about.number}）決定如下：${decisions[about.decision]}。`,
    about.reasons && `說明：\n${about.reasons}`,
    about.link && `資料請在${about.until ? long(about.until) : ''}以前由下面的連結下載，過期後連結失效：\n${about.link}`,
    about.remedy,
  ]
  return mailTo(tx, about.caseId, `個人資料請求的答復（${about.number}）`, 'personal-data.answer', `您好：\n\n${parts.filter(Boolean).join('\n\n')}`, about.link !== null)
}

async function mailTo(tx: Tx, caseId: number, subject: string, purpose: string, text: string, secret = false): Promise<boolean> {
  const row = await tx.selectFrom('personal_data_requests').select('email').where('id', '=', caseId).executeTakeFirst()
  const to = unseal(row?.email)
  if (!to) return false
  await queueMail(tx, { to, subject, text: await signed(tx, text), purpose, secret, caseId })
  return true
}

async function signed(tx: Tx, text: string): Promise<string> {
  const county = (await findSetting<string>(tx, 'county.name')) ?? '縣政府'
  return `${text}\n\n${county} 敬啟\n（這封信由系統寄出，請不要直接回信。）`
}
