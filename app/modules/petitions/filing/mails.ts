import type { Tx } from '../../../core/db.ts'
import { unseal } from '../../../core/personal-data/index.ts'
import { findSetting } from '../../../core/identity/settings.ts'
import { queueMail, refuseAddress } from '../../../core/mail/outbox.ts'
import { type Day, rocLongDay, weekday } from '../../../core/time.ts'
import type { Language } from '../../../core/web/language.ts'
import { whyThatDay } from '../notice-words.ts'
import { printedCode } from '../../../core/filing/follow-code.ts'
import { confirmPath, followPath } from './paths.ts'
import { wordsOf } from './words/index.ts'

/** `origin`: scheme and host under which the resident reached us, for links. */
type About = { id: number; title: string; followNo: string; origin: string; language: Language }

/** The mail with the confirmation link, the follow number and the code. */
export async function mailConfirmation(tx: Tx, to: string, about: About & { token: string; code: string; untilOn: Day }): Promise<void> {
  const { language, origin, followNo, title } = about
  const link = `${origin}${confirmPath(language, about.token)}`
  const code = printedCode(about.code)
  const { day } = wordsOf[language]
  const [subject, text] = language === 'en'
    ? [
        `Please confirm: ${title}`,
        `You wrote to us about “${title}”.\n\nPlease follow this link by ${day(about.untilOn)} and press the button. Your case opens then:\n${link}\n\nFollow number: ${followNo}\nFollow code: ${code}\nFollow your case at: ${origin}${followPath(language)}\nPlease keep both and do not pass the code on.\n\nIf you did not write to us, do nothing; what was entered is deleted after that day.`,
      ]
    : [
        `請確認您的陳情：${title}`,
        `您好：\n\n您填寫了一件陳情「${title}」。請在${day(about.untilOn)}以前打開下面的連結，按「是我寄的，請開始辦理」，案件才會成立：\n${link}\n\n追蹤號碼：${followNo}\n追蹤碼：${code}\n查進度：${origin}${followPath(language)}\n請保管好這兩個號碼，不要把追蹤碼告訴別人。\n\n如果不是您填寫的，請不要理會這封信，資料會在期限過後刪除。`,
      ]
  await queueMail(tx, { to, subject, text: await signed(tx, text, language), purpose: 'petition.confirm', secret: true, caseId: about.id })
}

/** That the case is open, and until when it is answered. */
export async function mailReceipt(tx: Tx, about: Omit<About, 'origin'> & { dueOn: Day | null; reasons: string[] }): Promise<void> {
  const { language, title, followNo, dueOn } = about
  const why = dueOn ? whyThatDay(about.reasons, language) : ''
  const { day } = wordsOf[language]
  const [subject, text] = language === 'en'
    ? [`We have your petition: ${title}`, `Your petition “${title}” (follow number ${followNo}) is open and goes to the office in charge.${dueOn ? ` You get an answer by ${day(dueOn)}.` : ''}\n\nWith the follow number and the code of our earlier mail you can see progress, add something or withdraw it.${why}`]
    : [`已收到您的陳情：${title}`, `您好：\n\n您的陳情「${title}」（追蹤號碼 ${followNo}）已經成立，接下來會分給負責的單位。${dueOn ? `最晚在${rocLongDay(dueOn)}（星期${weekday(dueOn)}）以前答復您。` : ''}\n\n用前一封信裡的追蹤號碼和追蹤碼，可以查進度、補充資料或撤回。${why}`]
  await mailTo(tx, about.id, { subject, text, language, purpose: 'petition.receipt' })
}

/** A code of one's own, for a petition that the desk or a mailbox took in, or when the code was lost. False: there is no address. */
export async function mailCode(tx: Tx, about: Omit<About, 'origin'> & { code: string }): Promise<boolean> {
  const { language, title, followNo } = about
  const code = printedCode(about.code)
  const [subject, text] = language === 'en'
    ? [`Follow code: ${title}`, `For your petition “${title}”:\n\nFollow number: ${followNo}\nFollow code: ${code}\n\nWith both you can follow it on the county’s website. An earlier code no longer works. Do not pass the code on.`]
    : [`追蹤碼：${title}`, `您好：\n\n您的陳情「${title}」可以在縣政府網站的「查進度」查詢：\n\n追蹤號碼：${followNo}\n追蹤碼：${code}\n\n如果先前有別的追蹤碼，已經不能用了。請不要把追蹤碼告訴別人。`]
  return mailTo(tx, about.id, { subject, text, language, purpose: 'petition.code', secret: true })
}

async function mailTo(tx: Tx, caseId: number, mail: { subject: string; text: string; language: Language; purpose: string; secret?: boolean }): Promise<boolean> {
  const row = await tx.selectFrom('petitions').select('sender_email').where('id', '=', caseId).executeTakeFirst()
  const to = unseal(row?.sender_email)
  if (!to || refuseAddress(to)) return false
  await queueMail(tx, { to, subject: mail.subject, text: await signed(tx, mail.text, mail.language), purpose: mail.purpose, secret: mail.secret ?? false, caseId })
  return true
}

async function signed(tx: Tx, text: string, language: Language): Promise<string> {
  const county = (await findSetting<string>(tx, 'county.name')) ?? '縣政府'
  if (language === 'en') return `${text}\n\n${(await findSetting<string>(tx, 'county.name-en')) ?? county}`
  return `${text}\n\n${county} 敬啟\n（這封信由系統寄出，請不要直接回信。）`
}
