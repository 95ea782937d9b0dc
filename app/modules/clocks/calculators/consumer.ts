import type { Calculator } from './calculator.ts'

export const consumer: Calculator = {
  slug: 'consumer',
  title: '消費爭議期限',
  about: '向商家申訴、申請調解、收到調解方案，每一步各有幾天。',
  lead: ['買東西或接受服務有爭議：先向商家、消費者保護團體或消費者服務中心申訴；沒有得到妥適處理，再向消保官申訴，或申請調解。', '填您知道的日期就好，可以只填一個。'],
  questions: [
    { about: '向商家申訴', fields: [
      { kind: 'day', name: 'complained', label: '第一次申訴的日期' },
    ] },
    { about: '申請調解', fields: [
      { kind: 'day', name: 'accepted', label: '調解申請被受理的日期' },
    ] },
    { about: '收到調解方案', fields: [
      {
        kind: 'choice', name: 'plan', label: '收到的是哪一種方案', preset: 'ordinary',
        options: [
          { value: 'ordinary', text: '當事人不能合意，調解委員提出的解決方案' },
          { value: 'small', text: '小額事件，一方不到場，依職權提出的方案' },
        ],
      },
      { kind: 'day', name: 'proposed', label: '收到方案的日期' },
      { kind: 'day', name: 'objected', label: '小額事件對方（或您）的異議送到的日期' },
    ] },
    { about: '調解有了結果', fields: [
      { kind: 'day', name: 'asked', label: '申請調解不成立證明書的日期' },
      { kind: 'day', name: 'approved', label: '收到法院核定的調解書的日期' },
    ] },
  ],
  startDays: ['complained', 'accepted', 'proposed', 'objected', 'asked', 'approved'],
  steps: [
    {
      key: 'business', rule: 'cp-business-15d', from: 'complained', who: 'business', title: '商家應妥適處理的最後一天',
      lapse: '過了這一天沒有妥適處理，您可以向消費者保護官申訴（第二次申訴），或申請調解（消費者保護法 §43、消費者保護法 §44）。',
      notes: ['申請調解以前，要先申訴過（消費爭議調解辦法 §5）。'],
    },
    {
      key: 'meeting', rule: 'cp-meeting-30d', from: 'accepted', who: 'office', title: '調解會議最晚的日期',
      lapse: '會議因一方請求可以再延十日（消費爭議調解辦法 §7）。逾期沒有開會，可以向調解委員會詢問進度。',
    },
    {
      key: 'objection', rule: 'cp-objection-10d', from: 'proposed', when: ({ texts }) => texts.plan !== 'small', who: 'you', title: '對方案提出異議的最後一天',
      lapse: '沒有提出異議，視為依方案成立調解（消費者保護法 §45-3），跟和解一樣有拘束力。',
      notes: ['這十日不能延長。用掛號寄出的，看郵戳日期（消費爭議調解辦法 §16）。', '提出異議，視為調解不成立。'],
    },
    {
      key: 'small', rule: 'cp-small-objection-10d', from: 'proposed', when: ({ texts }) => texts.plan === 'small', who: 'you', title: '對小額事件方案提出異議的最後一天',
      lapse: '沒有提出異議，視為依方案成立調解（消費者保護法 §45-5）。',
      notes: ['這十日不能延長。用掛號寄出的，看郵戳日期（消費爭議調解辦法 §20）。'],
    },
    {
      key: 'second', rule: 'cp-second-meeting-20d', from: 'objected', who: 'office', title: '再開調解會議最晚的日期',
      lapse: '提出異議的人沒有正當理由不到場，視為依原方案成立調解（消費者保護法 §45-5）。',
      notes: ['提出異議的是您的話，這次會議請務必到場。'],
    },
    {
      key: 'certificate', rule: 'cp-certificate-7d', from: 'asked', who: 'office', title: '發給調解不成立證明書最晚的日期',
      lapse: '逾期沒有發給，可以向調解委員會詢問（消費爭議調解辦法 §27）。',
    },
    {
      key: 'annul', rule: 'cp-annul-30d', from: 'approved', who: 'you', title: '提起宣告調解無效或撤銷調解之訴的最後一天',
      lapse: '過了這一天就不能再爭執調解的效力（鄉鎮市調解條例 §29）。',
    },
    {
      key: 'fee', rule: 'cp-court-fee-3mo', from: 'approved', who: 'you', title: '聲請退還裁判費的最後一天',
      lapse: '過了這一天就不能再聲請退費。',
      notes: ['已經起訴、之後調解成立的，原告可以聲請退還三分之二的裁判費（鄉鎮市調解條例 §28）。'],
    },
  ],
  next: ['可以撥 1950 消費者服務專線。調解不收費。'],
  example: { complained: '110/9/5', plan: 'ordinary', proposed: '114/9/18' },
}
