import type { Calculator } from './calculator.ts'

const notice = '公告或收到通知的日期'

export const tender: Calculator = {
  slug: 'tender',
  title: '採購異議與申訴期限',
  about: '廠商對招標文件、開標決標、停權通知不服，多久內提異議、申訴。',
  lead: ['廠商對招標文件、採購過程或結果不服，先向招標機關提出異議；不服異議處理結果，再向採購申訴審議委員會申訴。', '期間一到就不受理，請以機關收到的日期為準。'],
  questions: [
    { about: '要提異議', fields: [
      {
        kind: 'choice', name: 'against', label: '對什麼不服', preset: 'documents',
        options: [
          { value: 'documents', text: '招標文件的規定' },
          { value: 'change', text: '釋疑、後續說明、變更或補充招標文件' },
          { value: 'result', text: '開標、審標、決標的過程或結果' },
          { value: 'blacklist', text: '通知要刊登為拒絕往來廠商（停權）' },
        ],
      },
      { kind: 'day', name: 'notice', label: notice, hint: '招標公告日、收到通知日；沒有通知也沒有公告的，是知道的那一天' },
      { kind: 'number', name: 'tenderDays', label: '等標期', hint: '公告日到截止投標日的日數；只有對招標文件不服時要填', min: 1, max: 365, unit: '日', needed: ({ days, texts }) => (days.notice && texts.against === 'documents' ? '請填等標期的日數，異議期間是它的四分之一' : null) },
      { kind: 'day', name: 'awarded', label: '決標的日期', hint: '對過程或結果不服、已經決標時填' },
    ] },
    { about: '已經提出異議，或要申訴', fields: [
      { kind: 'day', name: 'objected', label: '機關收到異議的日期' },
      { kind: 'day', name: 'answered', label: '收到異議處理結果的日期' },
      { kind: 'day', name: 'complained', label: '申訴會收到申訴書的日期' },
    ] },
  ],
  startDays: ['notice', 'objected', 'answered', 'complained'],
  steps: [
    {
      key: 'documents', rule: 'proc-objection-doc', from: 'notice', when: ({ texts }) => texts.against === 'documents', who: 'you', title: '對招標文件提出異議的最後一天',
      params: ({ numbers }) => ({ tenderDays: numbers.tenderDays! }),
      lapse: '逾期的異議不受理；機關認為有理由的，仍可以自行撤銷或變更（政府採購法施行細則 §105-1）。',
      notes: ['等標期的四分之一，不足一日算一日，至少十日（政府採購法 §75）。'],
    },
    {
      key: 'change', rule: 'proc-objection-change', from: 'notice', when: ({ texts }) => texts.against === 'change', who: 'you', title: '對釋疑或變更提出異議的最後一天',
      lapse: '逾期的異議不受理；機關認為有理由的，仍可以自行撤銷或變更（政府採購法施行細則 §105-1）。',
      notes: ['又收到通知、又有公告的，從後到的那一天起算（政府採購法施行細則 §104）。'],
    },
    {
      key: 'result', rule: 'proc-objection-result', from: 'notice', when: ({ texts }) => texts.against === 'result', who: 'you', title: '對過程或結果提出異議的最後一天',
      params: ({ days }) => (days.awarded ? { awardedOn: days.awarded } : {}),
      lapse: '逾期的異議不受理；機關認為有理由的，仍可以自行撤銷或變更（政府採購法施行細則 §105-1）。',
      notes: ['無論何時知道，最晚不超過決標日次日起十五日（政府採購法 §75）。'],
    },
    {
      key: 'blacklist', rule: 'proc-blacklist-objection-20d', from: 'notice', when: ({ texts }) => texts.against === 'blacklist', who: 'you', title: '對停權通知提出異議的最後一天',
      lapse: '沒有提出異議，機關就刊登政府採購公報（政府採購法 §102），在停權期間內不能投標。',
    },
    {
      key: 'decide', rule: 'proc-objection-decide-15d', from: 'objected', who: 'office', title: '機關應處理異議的最後一天',
      lapse: '過了這一天機關沒有處理，您可以直接申訴（政府採購法 §76）。',
    },
    {
      key: 'complain-after-silence', rule: 'proc-complaint-15d', from: { step: 'decide' }, when: ({ days }) => !days.answered, who: 'you', title: '機關不處理時，提出申訴的最後一天',
      lapse: '逾期的申訴不受理（政府採購法 §76）。',
      notes: ['公告金額以上的採購才能申訴；押標金和停權的爭議不論金額（政府採購法 §76、政府採購法 §102）。'],
    },
    {
      key: 'complain', rule: 'proc-complaint-15d', from: 'answered', who: 'you', title: '提出申訴的最後一天',
      lapse: '逾期的申訴不受理（政府採購法 §76）。',
      notes: ['公告金額以上的採購才能申訴；押標金和停權的爭議不論金額（政府採購法 §76、政府採購法 §102）。', '送錯機關的，以那個機關收到的日期為準（政府採購法 §76）。'],
    },
    {
      key: 'review', rule: 'proc-complaint-40d', from: 'complained', who: 'office', title: '申訴應完成審議的最後一天',
      lapse: '必要時可以延長四十日（政府採購法 §78）。審議判斷視同訴願決定，不服可以提起行政訴訟（政府採購法 §83）。',
    },
  ],
  next: ['異議要用書面，寫明廠商、事實、理由和證據，交給招標機關（政府採購法施行細則 §102）。'],
  example: { against: 'documents', notice: '114/6/9', tenderDays: '28', objected: '114/6/16' },
}
