import { day } from '../../time.ts'
import type { Rule } from '../rule.ts'

// 議會、縣務會議與縣民卡. 地方制度法, in force since 88/1/27.
const act = { version: 1, status: 'V-M', effectiveFrom: day('1999-01-27'), effectiveTo: null, configurable: false } as const
// Sittings count rest days and recess days, so their end is never moved.
const sitting = { unit: 'cd', firstDay: 'counted', roll: 'none', counting: 'own', dueWord: '會期末日' } as const
const within = { unit: 'cd', roll: 'next-open', counting: 'civil' } as const
// 會計年度開始 n 個月（日）前: full months or days must lie between.
const before = { direction: 'clear-days-before', roll: 'none', counting: 'own' } as const

export const councilRules: Rule[] = [
  {
    id: 'council-regular', title: '縣議會定期會會期', trigger: '開會', citation: '地方制度法 §34 I', ...act, ...sitting, length: 30,
    variants: { 'members-41': { title: '議員總額四十一人以上', length: 40 } },
    onLapse: '會期屆滿；審議總預算之定期會得經大會決議延長（§34 II）',
  },
  {
    id: 'council-budget-ext', title: '總預算定期會之延長會期', trigger: '原會期屆滿', citation: '地方制度法 §34 II（不得作為質詢之用）', ...act,
    unit: 'cd', roll: 'none', counting: 'own', dueWord: '會期末日', length: 5,
    onLapse: '延長之會期屆滿',
  },
  {
    id: 'council-extra-10d', title: '縣議會臨時會之召開', trigger: '收到召集之請求', citation: '地方制度法 §34 III、IV', ...act, ...within, length: 10,
    variants: { session: { title: '臨時會會期（自開會當日起算）', length: 5, trigger: '開會', ...sitting } },
    onLapse: '議長逾期未召集；每十二個月不得多於六次，覆議之臨時會不計',
  },
  {
    id: 'council-reconsider-30d', title: '縣政府提出覆議', trigger: '議決案送達', citation: '地方制度法 §39 II', ...act, ...within, length: 30,
    onLapse: '不得再提覆議，應執行議決案（地方制度法 §38）',
  },
  {
    id: 'council-reconsider-15d', title: '縣議會議決覆議案', trigger: '覆議案送達', citation: '地方制度法 §39 IV', ...act, ...within, length: 15,
    variants: {
      'recess-call': { title: '休會期間召集臨時會', length: 7 },
      'recess-decide': { title: '休會期間，臨時會開議後作成決議', length: 3, trigger: '開議' },
    },
    onLapse: '原決議失效；預算案應就原提案重行議決（地方制度法 §39 IV、V）',
  },
  {
    id: 'council-budget-oct31', title: '總預算案送達縣議會', trigger: '會計年度開始', citation: '地方制度法 §40 I', ...act, ...before, unit: 'mo', length: 2,
    onLapse: '未能依限完成審議時，預算之執行依地方制度法 §40 III',
  },
  {
    id: 'council-budget-nov30', title: '縣議會審議完成總預算案', trigger: '會計年度開始', citation: '地方制度法 §40 I', ...act, ...before, unit: 'mo', length: 1,
    onLapse: '年度開始後三個月內仍未完成者，得報請內政部邀集協商，於一個月內決定（地方制度法 §40 IV）',
  },
  {
    id: 'council-budget-dec16', title: '縣政府發布總預算', trigger: '會計年度開始', citation: '地方制度法 §40 I（十五日前，以十五個整日計）', ...act, ...before, unit: 'cd', length: 15,
    onLapse: '逾期發布',
  },
  {
    id: 'plan-budget-link', title: '施政計畫隨總預算案送達縣議會', trigger: '會計年度開始', citation: '地方制度法 §40 I', ...act, ...before, unit: 'mo', length: 2,
    onLapse: '未隨總預算案送議會',
  },
  {
    id: 'council-accounts-apr30', title: '決算送審計機關', trigger: '會計年度結束', citation: '地方制度法 §42', ...act, unit: 'mo', roll: 'next-open', counting: 'civil', length: 4,
    variants: { audit: { title: '審計機關審核完成', length: 3, trigger: '決算送達審計機關' } },
    onLapse: '決算逾期',
  },
  {
    id: 'directive-tracking', version: 1, title: '縣務會議及主管會報指（裁）示事項之辦理', trigger: '紀錄核定', citation: '本府列管規定（各案所定期限）', status: 'U',
    effectiveFrom: null, effectiveTo: null, unit: 'cd', length: null, roll: 'next-open', counting: 'own', configurable: true,
    extension: { max: null, citation: '經核定展期' },
    onLapse: '列為落後並提報',
  },
  {
    id: 'directive-minutes', version: 1, title: '會議紀錄之分送', trigger: '會議結束', citation: '本府議事規定（他機關例：會後五日內辦結）', status: 'S',
    effectiveFrom: null, effectiveTo: null, unit: 'cd', length: 5, roll: 'next-open', counting: 'own', configurable: true,
    onLapse: '提醒業務單位',
  },
  {
    id: 'card-records-5y', version: 1, title: '縣民卡身分資料之保存（發卡機構）', trigger: '業務關係結束',
    citation: '電子支付機構管理條例 §25 II；身分確認機制及交易限額管理辦法 §24', status: 'V-M', effectiveFrom: day('2021-07-01'), effectiveTo: null,
    unit: 'y', length: 5, roll: 'none', counting: 'civil', dueWord: '至少保存至', configurable: false,
    variants: { transactions: { title: '交易紀錄', length: 5, trigger: '交易' } },
    onLapse: '最低保存期間屆滿',
  },
]
