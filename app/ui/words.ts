import type { ComponentChildren } from 'preact'
import { ready, writePart } from './jsx/jsx-runtime.ts'

/** The languages a page can be written in. */
export type Lang = 'zh-Hant-TW' | 'en'

let language: Lang = 'zh-Hant-TW'

/** Which language the components' own fixed words are in below here; the layouts set it. A page is written in one go, so nothing comes between. */
export function InLanguage({ lang, children }: { lang: Lang; children: ComponentChildren }) {
  const around = language
  language = lang
  try {
    return ready(writePart(children))
  } finally {
    language = around
  }
}

/** The fixed words that components say by themselves, in the language of the page. */
export function useWords(): Words {
  return words[language]
}

const chinese = {
  optional: '（選填）',
  error: '錯誤：',
  errorTitle: '有地方需要您再看一下',
  warning: '注意',
  success: '完成了',
  important: '請留意',
  show: '顯示',
  hide: '隱藏',
  showPassword: '顯示密碼',
  hidePassword: '隱藏密碼',
  passwordShown: '密碼已顯示',
  passwordHidden: '密碼已隱藏',
  rocYear: '民國',
  year: '年',
  month: '月',
  day: '日',
  previous: '上一頁',
  next: '下一頁',
  pages: '換頁',
  breadcrumbs: '目前位置',
  skip: '跳到主要內容',
  contents: '內容',
  chooseFiles: '選擇檔案',
  noFile: '還沒有選檔案',
  filesChosen: '已選 %{count} 個檔案',
  dropFiles: '或把檔案拖到這裡',
  enteredDrop: '已進入放檔區',
  leftDrop: '已離開放檔區',
  charactersAtMost: '最多 %{count} 個字',
  charactersLeft: '還可以寫 %{count} 個字',
  charactersNone: '已寫滿',
  charactersOver: '超過 %{count} 個字',
  upTo: '單一檔案上限',
  tableOfChart: '看數字',
  definition: '怎麼算的',
  demoLabel: '示範',
  demo: '示範資料：本站為虛構的示範縣政府',
  search: '搜尋',
  menu: '選單',
  mainNavigation: '主要選單',
  passkeyWaiting: '請依瀏覽器的指示，用指紋、臉、PIN 或安全金鑰確認。',
  passkeyFailed: '通行金鑰沒有完成。請再按一次，或改用別的方式。',
  passkeyUnavailable: '：這個瀏覽器現在不能用，請開啟 JavaScript 並使用 https 網址。',
}

export type Words = { [key in keyof typeof chinese]: string }

const english: Words = {
  optional: ' (optional)',
  error: 'Error: ',
  errorTitle: 'Please look at this again',
  warning: 'Note',
  success: 'Done',
  important: 'Please note',
  show: 'Show',
  hide: 'Hide',
  showPassword: 'Show password',
  hidePassword: 'Hide password',
  passwordShown: 'Your password is visible',
  passwordHidden: 'Your password is hidden',
  rocYear: 'ROC',
  year: 'year',
  month: 'month',
  day: 'day',
  previous: 'Previous',
  next: 'Next',
  pages: 'Pages',
  breadcrumbs: 'You are here',
  skip: 'Skip to main content',
  contents: 'Contents',
  chooseFiles: 'Choose files',
  noFile: 'No file chosen yet',
  filesChosen: '%{count} files chosen',
  dropFiles: 'or drop files here',
  enteredDrop: 'Entered the drop zone',
  leftDrop: 'Left the drop zone',
  charactersAtMost: 'At most %{count} characters',
  charactersLeft: '%{count} characters left',
  charactersNone: 'No characters left',
  charactersOver: '%{count} characters too many',
  upTo: 'Up to',
  tableOfChart: 'Show the numbers',
  definition: 'How it is counted',
  demoLabel: 'Demonstration',
  demo: 'Demonstration data: this county government is fictional',
  search: 'Search',
  menu: 'Menu',
  mainNavigation: 'Main menu',
  passkeyWaiting: 'Follow your browser: confirm with a finger, your face, a PIN or a security key.',
  passkeyFailed: 'The passkey did not finish. Press again, or use another way.',
  passkeyUnavailable: ': not possible in this browser now. Please turn on JavaScript and use the https address.',
}

const words: Record<Lang, Words> = { 'zh-Hant-TW': chinese, en: english }

/** Words for govuk-frontend's scripts, as the `data-i18n.*` attributes they read. */
export function scriptWords(texts: Record<string, string>): Record<`data-${string}`, string> {
  return Object.fromEntries(Object.entries(texts).map(([key, text]) => [`data-i18n.${key}`, text]))
}
