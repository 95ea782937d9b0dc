import type { Day } from '../../../core/time.ts'
import type { Letter } from './mails.ts'
import { dayWords, timeWords } from './words.ts'

// What who booked is told by mail, in Chinese and for those who booked in English in English. What staff wrote stands as they wrote it.

/** Held on the web, to be confirmed. `slotAt` null: a place on the waiting list. */
export const confirmLetter = (slotAt: Date | null, until: Date): Letter => ({
  purpose: 'legal-advice.confirm',
  zh: {
    subject: slotAt ? '請確認您的法律諮詢預約' : '請確認您的法律諮詢候補',
    text: (link) => `您登記了${slotAt ? `${timeWords(slotAt)}的法律諮詢` : '法律諮詢的候補'}。請在${timeWords(until)}以前打開下面的連結，按「確認」，${slotAt ? '時間才會保留給您' : '才會排入候補'}：\n${link}\n\n如果不是您登記的，請不要理會這封信，資料會在期限過後刪除。`,
  },
  en: {
    subject: slotAt ? 'Please confirm your legal advice booking' : 'Please confirm your place on the waiting list for legal advice',
    text: (link) => `You asked for ${slotAt ? `legal advice on ${timeWords(slotAt, 'en')}` : 'a place on the waiting list for legal advice'}. Please follow this link by ${timeWords(until, 'en')} and press “Confirm”; only then ${slotAt ? 'is the time yours' : 'are you on the list'}:\n${link}\n\nIf you did not ask for this, do nothing; what was entered is deleted after that time.`,
  },
})

export const waitingLetter = (number: string): Letter => ({
  purpose: 'legal-advice.waiting',
  zh: { subject: '您已排入法律諮詢候補', text: (link) => `您已排入法律諮詢的候補（${number}）。有時間空出來時，我們會依順序寄信給您，請留意信箱。\n\n看目前的順位、取消候補：\n${link}` },
  en: { subject: 'You are on the waiting list for legal advice', text: (link) => `You are on the waiting list for legal advice (${number}). When a time becomes free we write to those who wait, in their order; please watch your mail.\n\nSee your place or leave the list:\n${link}` },
})

export const bookedLetter = (slotAt: Date, place: string): Letter => ({
  purpose: 'legal-advice.booked',
  zh: {
    subject: `法律諮詢預約完成：${timeWords(slotAt)}`,
    text: (link) => `您的法律諮詢已經預約好了：\n${timeWords(slotAt)}\n${place}\n\n請提早 10 分鐘到場報到，帶著和您的事情有關的文件。諮詢免費，以口頭說明為主，不代寫書狀。\n\n加入行事曆、看細節；不能來時，請在這裡取消，讓給候補的人：\n${link}`,
  },
  en: {
    subject: `Legal advice booked: ${timeWords(slotAt, 'en')}`,
    text: (link) => `Your legal advice is booked:\n${timeWords(slotAt, 'en')}\n${place}\n\nPlease check in 10 minutes early and bring the papers about your matter. Advice is free and given in talk; the lawyer writes no court papers for you.\n\nFor details or your calendar, or to give the time to those who wait if you cannot come:\n${link}`,
  },
})

/** A time became free for who waited. */
export const offerLetter = (slotAt: Date, place: string, until: Date): Letter => ({
  purpose: 'legal-advice.offer',
  zh: {
    subject: '法律諮詢有時間空出來了，請您確認',
    text: (link) => `您候補的法律諮詢有時間空出來了：\n${timeWords(slotAt)}，${place}\n\n這個時間為您保留到${timeWords(until)}。請在這以前打開下面的連結，按「我要這個時間」；過了就讓給下一位：\n${link}`,
  },
  en: {
    subject: 'A time for legal advice has become free: please confirm',
    text: (link) => `A time that you wait for has become free:\n${timeWords(slotAt, 'en')}, ${place}\n\nIt is kept for you until ${timeWords(until, 'en')}. Please follow this link before then and press “I take this time”; after that it goes to the next:\n${link}`,
  },
})

export const offerOverLetter = (): Letter => ({
  purpose: 'legal-advice.cancelled',
  zh: { subject: '法律諮詢遞補的時間已經讓給下一位', text: () => '為您保留的時間沒有在期限內確認，已經讓給下一位。如果還需要諮詢，請再到縣政府網站預約。' },
  en: { subject: 'The time for legal advice went to the next', text: () => 'The time that was kept for you was not confirmed and went to the next. If you still need advice, please book again on the county’s website.' },
})

export const reminderLetter = (slotAt: Date, place: string): Letter => ({
  purpose: 'legal-advice.reminder',
  zh: {
    subject: `提醒您明天的法律諮詢：${timeWords(slotAt)}`,
    text: (link) => `提醒您，明天有一次法律諮詢：\n${timeWords(slotAt)}\n${place}\n\n請提早 10 分鐘到場報到。不能來時，請在這裡取消，讓給候補的人：\n${link}`,
  },
  en: {
    subject: `Tomorrow: your legal advice, ${timeWords(slotAt, 'en')}`,
    text: (link) => `Your legal advice is tomorrow:\n${timeWords(slotAt, 'en')}\n${place}\n\nPlease check in 10 minutes early. If you cannot come, please cancel here and give the time to those who wait:\n${link}`,
  },
})

/** The session is cancelled; `reason` in the words of who cancelled it. */
export const sessionCancelledLetter = (about: { heldOn: Day; slotAt: Date | null; waited: boolean; place: string; reason: string }): Letter => ({
  purpose: 'legal-advice.cancelled',
  zh: {
    subject: `法律諮詢取消：${dayWords(about.heldOn)}`,
    text: () => `很抱歉，您${about.waited ? '候補' : '預約'}的法律諮詢（${about.slotAt ? timeWords(about.slotAt) : dayWords(about.heldOn)}，${about.place}）取消了。\n理由：${about.reason}\n\n請到縣政府網站預約別的時間。`,
  },
  en: {
    subject: `Legal advice cancelled: ${dayWords(about.heldOn, 'en')}`,
    text: () => `We are sorry: the legal advice that you ${about.waited ? 'wait for' : 'booked'} (${about.slotAt ? timeWords(about.slotAt, 'en') : dayWords(about.heldOn, 'en')}, ${about.place}) is cancelled.\nReason: ${about.reason}\n\nPlease book another time on the county’s website.`,
  },
})
