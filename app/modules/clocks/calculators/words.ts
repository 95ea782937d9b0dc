import type { Day } from '../../../core/time.ts'
import { daysBetween, rocDay, rocLongDay, weekday } from '../../../core/time.ts'
import type { Language } from '../../../core/web/language.ts'


const englishDay = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', year: 'numeric', weekday: 'long', timeZone: 'UTC' })
/** Friday 27 September 2021; only printing: the day itself is counted elsewhere. */
const inEnglish = (day: Day): string => englishDay.format(new Date(`${day}T00:00:00Z`))
const plural = (count: number): string => `${count} ${count === 1 ? 'day' : 'days'}`

export const pageWords = {
  zh: {
    lang: 'zh-Hant-TW' as const,
    other: 'English',
    title: '期限試算',
    about: '訴願、國家賠償、政府資訊、消費爭議、採購異議的最後一天是哪一天，怎麼算。',
    lead: '法律給的期間，最後一天是哪一天、怎麼算出來的，過了會怎樣。',
    disclaimer: '這裡是說明，不是法律意見。實際的期限以受理的機關或法院的認定為準；有疑問可以預約縣政府的法律諮詢，或打法律扶助基金會 412-8518（手機加 02）。',
    warning: '這是說明，不是法律意見。實際的期限以受理的機關或法院的認定為準，請不要等到最後一天。',
    calculate: '算出期限',
    again: '換別的日期再算',
    example: ['不確定怎麼填？', '看一個例子'] as const,
    kept: '您填的內容只用來算這一頁，網站不會保存。',
    file: '把日期加到行事曆（.ics）',
    dayHint: '例如 114/3/5，或 2025-03-05',
    whose: { you: '您的期限', office: '機關的期限', business: '商家的期限' },
    first: '最先到期',
    unsure: '待法制單位確認',
    none: '算不出日期',
    askOffice: (because: string) => `${because}。請直接問受理的機關。`,
    lapse: '過了會怎樣',
    how: '怎麼算出來的',
    day: (day: Day): string => `${rocLongDay(day)}（星期${weekday(day)}）`,
    left(day: Day, today: Day): string {
      const days = daysBetween(today, day)
      if (days === 0) return '今天是最後一天'
      return days > 0 ? `還有 ${days} 天` : `已經過了 ${-days} 天`
    },
    errors: {
      noDay: '請至少填一個日期',
      day: (_text: string, why: string | null) => why ?? '看不懂這個日期',
      choice: '請從選項裡選一個',
      place: (text: string, near: string[]) => `在途期間表裡沒有「${text}」，最接近的是 ${near.join('、')}`,
      unclear: (why: string) => why,
      number: (min: number, max: number) => `請填 ${min} 到 ${max} 的整數`,
    },
    sentence: '。',
  },
  en: {
    lang: 'en' as const,
    other: '中文',
    title: 'Work out a deadline',
    about: 'Until when may you appeal, claim or object, and how that day is counted.',
    lead: 'The last day that the law gives you, how it is counted, and what follows when it passes.',
    disclaimer: 'This is help, not legal advice. What counts is what the authority or the court finds. The county offers free legal consultation; the Legal Aid Foundation answers at 412-8518 (from a mobile 02-412-8518).',
    warning: 'This is help, not legal advice. What counts is what the authority or the court finds; do not wait for the last day.',
    calculate: 'Work it out',
    again: 'Try other days',
    example: ['Not sure what to fill in? ', 'See an example'] as const,
    kept: 'What you fill in only serves this page; nothing is kept.',
    file: 'Add the days to your calendar (.ics)',
    dayHint: 'Such as 2025-03-05 or 114/3/5 (ROC year)',
    whose: { you: 'Yours', office: 'The authority’s', business: 'The business’s' },
    first: 'Ends first',
    unsure: 'To be confirmed by the legal section',
    none: 'No day can be told',
    askOffice: (because: string) => `In Chinese: ${because}。Please ask the authority.`,
    lapse: 'What follows when it passes',
    how: 'How it was counted (in the language of the law)',
    day: (day: Day): string => `${inEnglish(day)} (${rocDay(day)})`,
    left(day: Day, today: Day): string {
      const days = daysBetween(today, day)
      if (days === 0) return 'Today is the last day'
      return days > 0 ? `${plural(days)} left` : `${plural(-days)} ago`
    },
    errors: {
      noDay: 'Fill in at least one day',
      day: (text: string, _why: string | null) => `“${text}” is no day that we can read; write 2025-03-05 or 114/3/5`,
      choice: 'Choose one of the answers',
      place: (text: string, near: string[]) => `The table of travelling times does not know “${text}”; nearest are ${near.join(', ')}`,
      unclear: (_why: string) => 'Travelling time cannot be told from this: name a county, and in a large city the district too',
      number: (min: number, max: number) => `Give a whole number from ${min} to ${max}`,
    },
    sentence: '. ',
  },
}
export type PageWords = (typeof pageWords)[Language]
