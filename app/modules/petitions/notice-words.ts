import { type Day, rocLongDay, weekday } from '../../core/time.ts'
import type { Language } from '../../core/web/language.ts'
import type { Notice } from './notify.ts'

/** The petition that a notice is about. */
type About = { number: string | null; title: string }

// What the desk writes to a petitioner, in Chinese and, for those who filed in English, in English. The officer's own
// words (answer, reason, note) stand as they were written.

const on = (day: Day) => `${rocLongDay(day)}（星期${weekday(day)}）`
const onEnglish = (day: Day) => new Intl.DateTimeFormat('en-GB', { dateStyle: 'full', timeZone: 'UTC' }).format(new Date(`${day}T00:00:00Z`))
const hello = '您好：\n\n'
const matter = ({ number, title }: About) => `您反映的「${title}」（案號 ${number}）`
const matterEnglish = ({ number, title }: About) => `Your petition “${title}” (case ${number})`
/** How the day was worked out, in the words of the case page; the calculation is in Chinese for all. */
export const whyThatDay = (reasons: readonly string[], language: Language = 'zh'): string =>
  reasons.length ? `\n\n${language === 'en' ? 'How this day was worked out (in Chinese)' : '為什麼是這一天'}\n${reasons.map((line) => `・${line}`).join('\n')}` : ''
const more = (text: string | null) => (text ? `\n\n${text}` : '')

export type Answer = { text: string; remedyAdvice: string | null }

export function answerNotice(about: About, { text, remedyAdvice }: Answer): Notice {
  return {
    what: 'answer',
    subject: `答復：${about.title}（${about.number}）`,
    text: `${hello}${matter(about)}，答復如下：\n\n${text}${remedyAdvice ? `\n\n救濟方法\n${remedyAdvice}` : ''}\n\n對這次的答復滿不滿意，請到縣政府網站「查進度」告訴我們。`,
    english: {
      subject: `Answer: ${about.title} (${about.number})`,
      text: `${matterEnglish(about)} is answered as follows:\n\n${text}${remedyAdvice ? `\n\nLegal remedies\n${remedyAdvice}` : ''}\n\nPlease tell us on the county’s website, where you follow your petition, how satisfied you are.`,
    },
  }
}

export function extensionNotice(about: About, asked: { officeDays: number; reason: string }, dueOn: Day, reasons: readonly string[]): Notice {
  return {
    what: 'extension',
    subject: `展期通知：${about.title}（${about.number}）`,
    text: `${hello}${matter(about)}還需要一些時間處理，答復期限延長 ${asked.officeDays} 個工作日，最晚在${on(dueOn)}答復您。\n\n理由：${asked.reason}${whyThatDay(reasons)}`,
    english: {
      subject: `More time needed: ${about.title} (${about.number})`,
      text: `${matterEnglish(about)} needs more time: ${asked.officeDays} working days. You get an answer by ${onEnglish(dueOn)}.\n\nReason: ${asked.reason}${whyThatDay(reasons, 'en')}`,
    },
  }
}

export function supplementNotice(about: About, asked: string, untilOn: Day, reasons: readonly string[]): Notice {
  return {
    what: 'supplement',
    subject: `請補充資料：${about.title}（${about.number}）`,
    text: `${hello}${matter(about)}需要您補充下列資料，才能繼續辦理：\n\n${asked}\n\n請在${on(untilOn)}以前補充：可以直接回這封信，或到縣政府網站「查進度」。到期沒有補充時，我們會依現有資料處理。${whyThatDay(reasons)}`,
    english: {
      subject: `Please add: ${about.title} (${about.number})`,
      text: `${matterEnglish(about)} needs the following from you:\n\n${asked}\n\nPlease answer this mail, or add it on the county’s website, by ${onEnglish(untilOn)}. After that day we go on with what we have.${whyThatDay(reasons, 'en')}`,
    },
  }
}

export function transferNotice(about: About, asked: { agency: string; note: string | null }): Notice {
  return {
    what: 'transfer',
    subject: `已移轉${asked.agency}：${about.title}（${about.number}）`,
    text: `${hello}${matter(about)}是${asked.agency}主管的事項，我們已依行政程序法第 172 條第 1 項移送該機關處理，後續由該機關直接答復您。${more(asked.note)}`,
    english: {
      subject: `Passed on: ${about.title} (${about.number})`,
      text: `${matterEnglish(about)} is the business of ${asked.agency}. We have passed it on (Administrative Procedure Act, Article 172, paragraph 1); that agency answers you directly.${more(asked.note)}`,
    },
  }
}

export function otherProcedureNotice(about: About, procedure: string, due: { dueOn: Day | null; explanation: readonly string[] }, note: string | null): Notice {
  return {
    what: 'other-procedure',
    subject: `改依其他程序辦理：${about.title}（${about.number}）`,
    text: `${hello}${matter(about)}，依內容屬於${procedure}，我們改依該程序辦理，您不需要重新提出。期限自原收件日起算${due.dueOn ? `，到${on(due.dueOn)}` : ''}。${more(note)}${due.dueOn ? whyThatDay(due.explanation) : ''}`,
    english: {
      subject: `Handled under another procedure: ${about.title} (${about.number})`,
      text: `${matterEnglish(about)} is handled under another procedure (${procedure}); you need not file it again. Time runs from the day on which we received it${due.dueOn ? `, until ${onEnglish(due.dueOn)}` : ''}.${more(note)}${due.dueOn ? whyThatDay(due.explanation, 'en') : ''}`,
    },
  }
}

export function withdrawnNotice(about: About): Notice {
  return {
    what: 'withdrawn',
    subject: `已依您的意思撤回：${about.title}（${about.number}）`,
    text: `${hello}${matter(about)}已依您的意思撤回，不再處理。如果這不是您的意思，請儘快與我們聯絡。`,
    english: {
      subject: `Withdrawn as you wished: ${about.title} (${about.number})`,
      text: `${matterEnglish(about)} is withdrawn as you wished. If this was not your wish, please contact us soon.`,
    },
  }
}
