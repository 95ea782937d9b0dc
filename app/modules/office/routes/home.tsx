import type { Language } from '../../../core/web/language.ts'
import { portalEntries, portalPage } from '../../../core/web/pages.tsx'
import { get, type PageRequest, type Reply, type Route } from '../../../core/web/route.ts'
import { WindLion } from '../../../ui/components/wind-lion.tsx'

const words = {
  zh: {
    lang: 'zh-Hant-TW',
    title: '首頁',
    other: { href: '/en', text: 'English', lang: 'en' },
    greeting: '您好，要辦什麼事？',
    lead: '有話跟縣政府說、查辦到哪裡了、看縣政府怎麼做事，都從這裡開始。不需要帳號。',
    otherWays: '不方便用網站',
    ways: ['打 1999，由同仁替您記下來並念給您聽', '寄信或親自到縣政府為民服務櫃檯', '有立即危險請打 119 或 110'],
    promise: '您可以期待',
    promises: ['每一件都有號碼、有承辦人、有期限，期限怎麼算的看得到。', '最晚 30 個工作日內答復；需要更久會先告訴您理由。', '您的姓名、電話、住址加密保存；收發、承辦、主管和個資保護人員要看，得先說明目的，每次都留下紀錄。'],
  },
  en: {
    lang: 'en',
    title: 'Home',
    other: { href: '/', text: '中文', lang: 'zh-Hant-TW' },
    greeting: 'Hello. What can we do for you?',
    lead: 'Tell the county something, or see how far your case is. You need no account.',
    otherWays: 'Without this website',
    ways: ['Call 1999; a clerk writes it down and reads it back to you', 'Post a letter or come to the service counter', 'In immediate danger call 119 or 110'],
    promise: 'What you can expect',
    promises: ['Every case has a number, somebody in charge, and a day by which you are answered; you see how that day was counted.', 'An answer within 30 working days. If it takes longer we tell you why, beforehand.', 'Your name, telephone and address are stored encrypted. Whoever needs to see them, at the desk, in the unit or as privacy officer, gives a purpose, and every look is recorded.'],
  },
} as const

/** The county's front page: what one can do here, in the words of the modules that do it. */
async function home(request: PageRequest, language: Language): Promise<Reply> {
  const w = words[language]
  return portalPage(request, {
    title: language === 'zh' ? request.site.county : w.title,
    lang: w.lang,
    otherLanguage: w.other,
    children: (
      <>
        <div class="greeting"><WindLion size={72} /><h1>{w.greeting}</h1></div>
        <p class="lead">{w.lead}</p>
        <ul class="ways">
          {portalEntries(language === 'en').map((entry) => <li key={entry.path}><a href={entry.path}>{entry.label}</a>{entry.about && <p>{entry.about}</p>}</li>)}
        </ul>
        <h2>{w.promise}</h2>
        <ul>{w.promises.map((text) => <li key={text}>{text}</li>)}</ul>
        <h2>{w.otherWays}</h2>
        <ul>{w.ways.map((text) => <li key={text}>{text}</li>)}</ul>
      </>
    ),
  })
}

export const routes: Route[] = [get('/', 'public', (request) => home(request, 'zh')), get('/en', 'public', (request) => home(request, 'en'))]
