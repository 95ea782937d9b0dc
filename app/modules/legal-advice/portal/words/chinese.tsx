import type { VNode } from 'preact'
import type { Day } from '../../../../core/time.ts'
import type { Lang } from '../../../../ui/words.ts'
import { dayWords, timeWords } from '../../booking/words.ts'
import { type Outcome, outcomes, type Stage, stages } from '../../schema.ts'

/** What the resident's pages say, in Chinese. english.tsx says the same in its own way. */
export const chinese = {
  lang: 'zh-Hant-TW' as Lang,
  other: { text: 'English', lang: 'en' as Lang },
  title: '法律諮詢',
  time: (at: Date): string => timeWords(at),
  day: (day: Day): string => dayWords(day),
  lawyer: (name: VNode): VNode => <>{name}律師</>,
  back: '回法律諮詢',
  backStep: '回上一步',
  kept: '您填的都還在。',
  chooseOther: '選別的時間',

  start: {
    lead: '縣政府請執業律師當面為您說明法律問題，免費，不必註冊，也不看收入。',
    what: (least: number, most: number): string => `每次 ${least === most ? least : `${least} 到 ${most}`} 分鐘，以口頭說明為主，不代寫書狀、不代理訴訟。您說的內容保密，縣政府的同仁看不到律師的紀錄。`,
    /** null: goes without saying */
    spoken: null as string | null,
    none: '目前沒有開放預約的場次',
    noneText: '排定新的場次後會公布在這裡。急的話可以打法律扶助基金會 412-8518（手機加 02）。',
    begin: '開始預約',
    orChoose: '會先問您一兩個問題，找到適合的律師。已經知道是哪一類，可以直接選：',
    soon: '近期場次',
    noSoon: '沒有。',
    left: (count: number): string => (count ? `還有 ${count} 個時間` : '已經約滿，可以候補'),
    statistics: '諮詢統計' as string | null,
    walkIn: '也可以直接到現場',
    walkInText: '沒有預約的人，在場次的時間內到櫃檯領號碼，有空檔就依號碼諮詢。不方便上網的人，也可以打電話或到櫃檯預約。',
  },

  ask: { crumb: '找適合的律師', missing: '請選一個最接近的答案', next: '下一步', notKept: '您的回答不會留下紀錄。' },

  times: {
    title: (matter: string): string => `選時間：${matter}`,
    crumb: '選時間',
    heading: '選一個時間',
    matter: (name: string): VNode => <>您要問的是<strong>{name}</strong>。</>,
    change: '換一類',
    none: '目前沒有這一類的場次',
    noneText: '可以改選相近的類別，或打法律扶助基金會 412-8518（手機加 02）。',
    others: '看「行政與其他」的場次',
    minutes: (minutes: number): string => `每次 ${minutes} 分鐘`,
    full: '約滿了。',
    wait: '登記候補',
    waitText: '，有人取消時依順序寄信給您。',
    choose: '要問哪一類',
    chooseCrumb: '選類別',
    show: '看時間',
    unsure: '不確定，回答幾個問題',
  },

  book: {
    title: '填寫預約資料',
    waitTitle: '登記候補',
    crumb: '預約',
    waitCrumb: '候補',
    rows: { time: '時間', place: '地點', matter: '類別', lawyer: '律師' },
    whenFree: (day: string): string => `${day}，有人取消時通知您`,
    changeTime: '改時間',
    name: '姓名',
    email: '電子郵件',
    emailHint: '我們會寄一封確認信，按了信裡的連結才算約好。',
    phone: '電話',
    phoneHint: '臨時有變動時聯絡用。',
    opponent: '對方的姓名',
    opponentHint: '讓律師先看看有沒有利益衝突，例如他正好也是對方的律師。不必寫發生什麼事。',
    notice: '我們怎麼使用這些資料',
    send: '送出並收確認信',
    gone: '這個時間約不到了',
    goneText: '它剛剛被約走，或場次有變動。',
  },

  /** 個人資料保護法 §8 I: what must be told before personal data are collected. */
  notice: (county: string, hours: number): [string, string][] => [
    ['蒐集機關', county],
    ['目的', '法律諮詢的預約、提醒、叫號，利益衝突檢核，以及不含個人資料的統計'],
    ['資料類別', '姓名、電子郵件、電話、對方的姓名；不問您的案情'],
    ['利用期間', `沒有確認的預約最多保存 ${hours} 小時；諮詢過的保存到核定的年限`],
    ['利用地區與對象', '本縣；櫃檯與法制同仁、為您諮詢的律師。姓名會與縣府案件的當事人比對，同仁和律師只看到「有」或「沒有」'],
    ['利用方式', '加密保存，同仁開啟時留下紀錄；律師的諮詢紀錄只有那位律師看得到'],
    ['您的權利', '可以查詢、閱覽、要複本、補充更正，也可以請求停止使用或刪除（個人資料保護法第 3 條）'],
    ['不提供的影響', '姓名和電子郵件是預約必填的；也可以不上網預約，直接到現場候位'],
  ],
  colon: '：',

  sent: {
    title: '請到信箱確認',
    heading: '還差一步：請到信箱確認',
    lead: (until: VNode | null, waiting: boolean): VNode => <>確認信已經寄出。請{until && <>在{until}以前</>}按信裡的連結，{waiting ? '才會排入候補' : '時間才會保留給您'}。</>,
    notArrived: '沒有收到時，看看垃圾信匣；信箱打錯的話，過了期限時間會釋出，可以重新預約。',
  },

  mine: {
    crumb: '我的預約',
    again: '預約法律諮詢',
    unknown: ['找不到這個預約', '連結不完整，或沒有在期限內確認、資料已經刪除。'],
    expired: ['確認的期限過了', '這個預約沒有在期限內確認，或場次有變動。請再預約一次。'],
    at: (when: string, place: VNode): VNode => <>{when}，{place}</>,
    confirm: (waiting: boolean): string => (waiting ? '確認候補' : '確認預約'),
    confirmText: (waiting: boolean, until: string): string => `按下面的按鈕，${waiting ? '就排入這個場次的候補' : '這個時間就是您的'}。期限是${until}。`,
    notMe: '不是您登記的，不必理會，過了期限資料會刪除。',
    waiting: '候補中',
    waitingText: (ahead: number): string => `${ahead === 0 ? '您排在第一位' : `前面還有 ${ahead} 位`}。有時間空出來時，會寄信給您，請在信裡寫的期限內確認。`,
    offered: '有時間空出來了',
    offeredText: (until: string): VNode => <>為您保留到<strong>{until}</strong>，過了就讓給下一位。</>,
    accept: '我要這個時間',
    offerOver: '這個時間已經讓給下一位',
    offerOverText: '為您保留的期限過了。',
    booked: '預約完成',
    bookedText: '請提早 10 分鐘到場報到，帶著和您的事情有關的文件。諮詢免費，以口頭說明為主，不代寫書狀。',
    calendar: '加入行事曆',
    file: '法律諮詢.ics',
    fileText: '請提早 10 分鐘報到，帶著有關的文件。',
    ticket: (ticket: number | null): string => `您的號碼是 ${ticket}`,
    ticketText: '請在等候區看叫號螢幕。',
    toDesk: (desk: number | null): string => `請到第 ${desk} 桌`,
    toDeskText: (ticket: number | null): string => `輪到您了，您的號碼是 ${ticket}。`,
    endings: { ...outcomes, served: '諮詢已經結束', 'no-show': '當天沒有等到您', cancelled: '預約已經取消', 'session-cancelled': '場次取消了', 'not-offered': '候補沒有遞補到', recused: '律師因利益衝突迴避' } as Record<Outcome, string>,
    anew: (link: (text: string) => VNode): VNode => <>需要再諮詢時，{link('可以再預約')}。</>,
    rows: { number: '編號', state: '狀態', time: '時間', place: '地點', matter: '類別', lawyer: '律師', note: '說明' },
    atDesk: (name: VNode, desk: number | null): VNode => <>{name}律師（第 {desk} 桌）</>,
    cancel: (waiting: boolean): string => (waiting ? '取消候補' : '不能來了，取消'),
    cancelText: (waiting: boolean): string => `取消以後${waiting ? '順位就沒有了' : '時間會讓給候補的人，要再約一次'}。`,
    cancelButton: (waiting: boolean): string => (waiting ? '取消候補' : '取消預約'),
    done: { confirm: '預約已確認', accept: '時間是您的了', cancel: '已取消，謝謝您告訴我們' },
  },

  stages: { ...stages, offered: '等您確認' } as Record<Stage, string>,
  outcomes: outcomes as Record<Outcome, string>,
  member: { title: (number: string): string => `法律諮詢 ${number}`, open: '看細節、取消或加入行事曆', back: '回我的案件', state: (state: string, when: string | null): string => (when ? `${state}，${when}` : state) },
}

export type Words = typeof chinese
