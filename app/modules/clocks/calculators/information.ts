import type { Calculator } from './calculator.ts'

export const information: Calculator = {
  slug: 'information',
  title: '政府資訊公開期限',
  about: '申請看公文、檔案、自己的個人資料，機關多久內要答復；被通知補正、表示意見，您有多久。',
  lead: ['向機關申請資訊，機關要在一定的日數內決定給或不給。申請的是哪一種，期限不一樣。', '填您知道的日期就好，可以只填一個。'],
  questions: [
    { about: '申請之後，機關多久要決定', fields: [
      {
        kind: 'choice', name: 'what', label: '申請的是什麼', preset: 'information',
        options: [
          { value: 'information', text: '政府資訊', hint: '機關做成或取得的文件、照片、電腦資料' },
          { value: 'amend', text: '更正或補充有關自己的政府資訊' },
          { value: 'archive', text: '已經歸檔的檔案' },
          { value: 'personal', text: '查詢、閱覽或複製自己的個人資料' },
          { value: 'personal-correct', text: '更正、停止使用或刪除自己的個人資料' },
        ],
      },
      { kind: 'day', name: 'accepted', label: '機關受理的日期', hint: '一般是機關收到申請的那一天；補正過的，是補正完成的那一天' },
    ] },
    { about: '收到通知要補正，或要您表示意見', fields: [
      { kind: 'day', name: 'corrected', label: '收到補正通知的日期' },
      { kind: 'day', name: 'heard', label: '收到通知要您表示意見的日期', hint: '別人申請的資料和您有關時，機關會問您' },
    ] },
  ],
  startDays: ['accepted', 'corrected', 'heard'],
  steps: [
    ...([
      ['information', 'foi-decide-15d', '政府資訊公開法 §12', '十五日'],
      ['amend', 'foi-amend-30d', '政府資訊公開法 §15', '三十日'],
      ['personal', 'pdp-access-15d', '個人資料保護法 §13', '十五日'],
      ['personal-correct', 'pdp-correct-30d', '個人資料保護法 §13', '三十日'],
    ] as const).flatMap(([what, rule, law, length]) => [
      {
        key: what, rule, from: 'accepted', when: ({ texts }: { texts: Record<string, string> }) => texts.what === what, who: 'office' as const, title: '機關應決定的最後一天',
        lapse: '過了這一天既沒有決定，也沒有通知延長，您可以提起訴願（訴願法 §2）。',
        notes: [`必要時可以延長，不超過${length}，要通知您（${law}）。`],
      },
      {
        key: `${what}-extended`, rule, from: 'accepted', when: ({ texts }: { texts: Record<string, string> }) => texts.what === what, who: 'office' as const, title: '機關通知延長時，最晚的決定日',
        params: () => ({ extensionDays: length === '十五日' ? 15 : 30 }),
        lapse: '延長以後還是沒有決定，您可以提起訴願（訴願法 §2）。',
      },
    ]),
    {
      key: 'archive', rule: 'archive-decide-30d', from: 'accepted', when: ({ texts }) => texts.what === 'archive', who: 'office', title: '機關應決定的最後一天',
      lapse: '過了這一天還沒有決定，您可以提起訴願（訴願法 §2）。',
      notes: ['檔案法沒有延長的規定（檔案法 §19）。'],
    },
    {
      key: 'correct', rule: 'foi-correct-7d', from: 'corrected', when: ({ texts }) => texts.what !== 'archive', who: 'you', title: '補正的最後一天',
      lapse: '逾期不補正，或不能補正，機關可以駁回申請（政府資訊公開法 §11）；可以重新申請。',
    },
    {
      key: 'archive-correct', rule: 'archive-correct-7d', from: 'corrected', when: ({ texts }) => texts.what === 'archive', who: 'you', title: '補正的最後一天',
      lapse: '逾期不補正，或不能補正，機關可以駁回申請；可以重新申請。',
    },
    {
      key: 'hear', rule: 'foi-third-party-10d', from: 'heard', who: 'you', title: '表示意見的最後一天',
      lapse: '逾期不表示意見，機關可以直接決定（政府資訊公開法 §12）。',
    },
  ],
  next: ['被拒絕時，機關要用書面寫明理由和怎麼救濟；不服可以提起訴願（政府資訊公開法 §20）。'],
  example: { what: 'information', accepted: '114/9/15' },
}
