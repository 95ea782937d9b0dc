import type { Refusal } from '../../core/errors.ts'
import type { Member } from '../../core/identity/members.ts'
import type { Language } from '../../core/web/language.ts'
import { rocDateTime, rocDay, dayOf } from '../../core/time.ts'

const chinese = {
  lang: 'zh-Hant-TW' as 'zh-Hant-TW' | 'en',
  other: { text: 'English', lang: 'en' as 'zh-Hant-TW' | 'en' },
  titles: { resident: '我的案件', vendor: '廠商的案件' },
  otherKind: { resident: '廠商登入', vendor: '民眾登入' },
  day: (at: Date): string => rocDay(dayOf(at)),
  instant: (at: Date): string => rocDateTime(at),
  filedWith: (email: string) => `用 ${email} 提出的案件，新的在前面。`,
  cases: '案件',
  none: '還沒有用這個信箱提出的案件。用別的信箱或電話提出的，請到「查進度」用追蹤號碼查。',
  inChinese: '',
  columns: { case: '案件', number: '號碼', filed: '提出', state: '辦理情形' },
  leave: { title: '退出會員', text: '會刪除這裡保存的信箱和登入紀錄。已經提出的案件照常辦理，仍可用追蹤號碼和追蹤碼查進度。', confirm: '退出會員？信箱和登入紀錄會刪除；以後可以再加入。', action: '退出', left: '您已退出會員，信箱和登入紀錄都已刪除' },
  signOut: '登出',
  signInTitle: (title: string) => `登入${title}`,
  signInHeading: (title: string) => `登入「${title}」`,
  signInLead: '不需要密碼：我們寄一個連結到您的信箱。第一次登入就會成為會員；提出陳情或查進度不必是會員。',
  serviceDown: (name: string) => `${name}暫時無法使用，請用電子郵件登入，或稍後再試。`,
  service: (name: string) => `用${name}登入`,
  email: '電子郵件',
  emailHint: '提出案件時填的那一個',
  sendLink: '寄登入連結',
  sent: '如果這個信箱可以收信，幾分鐘內會收到登入連結。沒有收到請看垃圾信件匣，或過一會兒再寄一次。',
  passkeyLead: '加過通行金鑰的，可以直接用它登入：',
  passkeySignIn: '用通行金鑰登入',
  kept: '信箱加密保存，只用來登入和找到您的案件，隨時可以退出並刪除。',
  enter: '登入',
  cancel: '取消',
  refusals: {} as Record<string, string>,
  serviceOver: '這次登入等太久或已經用過，請重新開始',
  servicePaused: '身分識別服務暫時無法使用，請用電子郵件登入，或稍後再試',
  serviceRefused: '身分識別服務沒有完成，請再試一次，或用電子郵件登入',
  linkOver: '這個連結已經用過或過期了，請再寄一次',
  passkeys: {
    title: (count: number) => `通行金鑰${count ? `（${count}）` : ''}`, lead: '加一支通行金鑰，下次用指紋、臉、PIN 或安全金鑰登入，不用等信。電子郵件仍然可以登入。',
    name: '名字', nameHint: '以後好認，例如「我的手機」', add: '加上通行金鑰', added: '通行金鑰已加上，下次可以直接用它登入', removed: '通行金鑰已移除',
    list: '您的通行金鑰', addedAt: '加上', usedAt: '上次使用', never: '還沒有用過', remove: '移除', confirm: (label: string) => `移除「${label}」？以後不能用它登入，可以再加。`,
  },
  business: {
    title: (business: NonNullable<Member['business']>) => `${business.name}（統一編號 ${business.no}）`, ask: '填寫統一編號',
    lead: '採購等業務會用到。由您自己填寫，本府還沒有查證；查證以前，不會因此看到其他信箱提出的案件。',
    no: '統一編號', noHint: '8 位數字', name: '公司、商號或團體名稱', save: '儲存', saved: '統一編號和名稱已儲存',
  },
}
export type Words = typeof chinese

const englishDay = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'Asia/Taipei' })
const englishInstant = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short', timeZone: 'Asia/Taipei' })
const again = 'Please try again, or sign in by e-mail.'
const over = 'This link has been used or is too old. Please ask for another one.'

const english: Words = {
  lang: 'en',
  other: { text: '中文', lang: 'zh-Hant-TW' },
  titles: { resident: 'My cases', vendor: 'Cases of a business' },
  otherKind: { resident: 'Sign in as a business', vendor: 'Sign in as a resident' },
  day: (at) => englishDay.format(at),
  instant: (at) => englishInstant.format(at),
  filedWith: (email) => `Cases filed with ${email}, the newest first.`,
  cases: 'Cases',
  none: 'No case was filed with this address yet. If you used another address or the telephone, go to Follow a case with your follow number.',
  inChinese: 'Petitions and legal advice open in English. Other kinds of case are kept in Chinese only.',
  columns: { case: 'Case', number: 'Number', filed: 'Filed', state: 'Where it stands' },
  leave: { title: 'End my membership', text: 'We delete the address and the sign-ins kept here. Your cases go on, and you can still follow them with their number and code.', confirm: 'End your membership? The address and the sign-ins are deleted; you can join again later.', action: 'End it', left: 'Your membership has ended; the address and the sign-ins are deleted.' },
  signOut: 'Sign out',
  signInTitle: (title) => `Sign in to ${title}`,
  signInHeading: (title) => `Sign in to ${title}`,
  signInLead: 'You need no password: we mail you a link. The first time makes you a member. To write to the county or to follow a case you need not be one.',
  serviceDown: (name) => `${name} cannot be reached just now. Please sign in by e-mail, or try later.`,
  service: (name) => `Sign in with ${name}`,
  email: 'E-mail',
  emailHint: 'The one you gave when you filed',
  sendLink: 'Mail me a link',
  sent: 'If this address can receive mail, a link arrives within minutes. If it does not, look among the junk mail, or ask again in a while.',
  passkeyLead: 'If you have added a passkey, you can sign in with it:',
  passkeySignIn: 'Sign in with a passkey',
  kept: 'Your address is stored encrypted and used only to sign you in and to find your cases. You can leave and have it deleted at any time.',
  enter: 'Sign in',
  cancel: 'Cancel',
  refusals: {
    'input.invalid': 'Please check what you wrote: an e-mail address, a business number of 8 digits, or a name is missing or wrong.', 'members.link-over': over, 'members.step-over': 'This took too long or was used before. Please start again.',
    'members.no-address': 'The identity service gave no verified e-mail address. Please sign in by e-mail.', 'members.signed-out': 'You are signed out. Please sign in again.',
    'members.sign-in-again': 'You signed in more than 30 minutes ago. Please sign out, sign in again, and then add the passkey.', 'members.passkey-failed': `The passkey did not work. ${again}`,
    'identity.passkey-failed': 'The passkey was not added. Please try again.', 'identity.no-passkey': 'This passkey has been removed already.',
  },
  serviceOver: 'This took too long or was used before. Please start again.',
  servicePaused: 'The identity service cannot be reached just now. Please sign in by e-mail, or try later.',
  serviceRefused: `The identity service did not finish. ${again}`,
  linkOver: over,
  passkeys: {
    title: (count) => `Passkeys${count ? ` (${count})` : ''}`, lead: 'Add a passkey, and next time sign in with a finger, your face, a PIN or a security key, without waiting for mail. E-mail goes on working.',
    name: 'Name', nameHint: 'To know it by, for example “my phone”', add: 'Add a passkey', added: 'The passkey was added; next time you can sign in with it.', removed: 'The passkey was removed.',
    list: 'Your passkeys', addedAt: 'Added', usedAt: 'Last used', never: 'Not used yet', remove: 'Remove', confirm: (label) => `Remove “${label}”? It will no longer sign you in; you can add it again.`,
  },
  business: {
    title: (business) => `${business.name} (business number ${business.no})`, ask: 'Give a business number',
    lead: 'Used for procurement and the like. You write it yourself and the county has not checked it; until it has, you see no case filed with another address.',
    no: 'Business number (統一編號)', noHint: '8 digits', name: 'Name of the company, shop or association', save: 'Save', saved: 'The business number and the name were saved.',
  },
}

export const wordsOf: Record<Language, Words> = { zh: chinese, en: english }

/** What a refusal says in this language; one without English words says the Chinese. */
export const said = (language: Language, refused: Refusal): string => wordsOf[language].refusals[refused.code] ?? refused.message
/** The refusal with its sentences in this language, for the summary and the field. */
export function translated(language: Language, refused: Refusal): Refusal {
  if (language === 'zh') return refused
  const message = said(language, refused)
  return { ...refused, message, ...(refused.fields ? { fields: Object.fromEntries(Object.keys(refused.fields).map((field) => [field, message])) } : {}) }
}
