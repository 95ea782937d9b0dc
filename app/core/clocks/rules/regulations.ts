import { day } from '../../time.ts'
import type { Rule } from '../rule.ts'

// 自治法規 and 行政規則. 地方制度法, in force since 88/1/27; 中央法規標準法 by analogy where it says nothing.
const act = { version: 1, effectiveFrom: day('1999-01-27'), effectiveTo: null, status: 'V-M', configurable: false } as const
const within = { unit: 'cd', roll: 'next-open', counting: 'civil' } as const
const thirdDay = { unit: 'cd', length: 3, firstDay: 'counted', roll: 'none', counting: 'own' } as const
const byLaw = '自期限屆滿之日起算至第三日起發生效力，並由地方立法機關（經核定者由核定機關）代為發布（地方制度法 §32 V）'

export const regulationRules: Rule[] = [
  {
    id: 'reg-notice', version: 1, title: '法規命令及自治規則草案預告之陳述意見', trigger: '公告草案',
    citation: '行政程序法 §154（所定期間，條文無日數；六十日為行政院政策，本縣得另定）', status: 'U', effectiveFrom: null, effectiveTo: null, configurable: true,
    unit: 'cd', roll: 'next-open', counting: 'administrative', length: 60,
    onLapse: '陳述意見期間屆滿',
  },
  {
    id: 'reg-promulgate-30d', title: '自治條例之公布', trigger: '收到議會函送', citation: '地方制度法 §32 I', ...act, ...within, length: 30,
    pausable: { citation: '地方制度法 §32 I：提起覆議、報請函告無效或聲請解釋之期間' },
    restartOn: ['resumedOn'],
    onLapse: byLaw,
  },
  {
    id: 'reg-approval-1mo', title: '自治法規之核定', trigger: '核定機關收到報請核定', citation: '地方制度法 §32 III', ...act,
    unit: 'mo', roll: 'next-open', counting: 'civil', length: 1,
    extension: { max: null, citation: '地方制度法 §32 III 但書：核定機關具明理由函告延長核定期限' },
    onLapse: '視為核定，由函報機關逕行公布或發布（地方制度法 §32 III）',
  },
  {
    id: 'reg-after-approval-30d', title: '核定後之公布或發布', trigger: '核定文送達', citation: '地方制度法 §32 II', ...act, ...within, length: 30,
    onLapse: byLaw,
  },
  {
    id: 'reg-effective-3rd-day', title: '自治法規之生效', trigger: '公布或發布', citation: '地方制度法 §32 IV；中央法規標準法 §13', ...act, ...thirdDay,
    bar: { from: 'promulgationDeadline', title: '公布期限屆滿', unit: 'cd', length: 3, citation: '地方制度法 §32 V' },
    note: '法規特定有施行日期者，自該特定日起發生效力。',
    onLapse: '發生效力',
  },
  {
    id: 'reg-deemed-effective', title: '未依限公布之自治法規之生效', trigger: '公布期限屆滿', citation: '地方制度法 §32 V', ...act, ...thirdDay,
    startsFrom: { param: 'promulgationDeadline', when: 'always', title: '公布期限屆滿', citation: '地方制度法 §32 I、II' },
    note: '由地方立法機關代為發布；經上級政府或委辦機關核定者，由核定機關代為發布。',
    onLapse: '發生效力',
  },
  {
    id: 'reg-repeal', version: 1, title: '廢止之法規失其效力', trigger: '公布或發布廢止', citation: '中央法規標準法 §22 III（本縣自治法規類推適用，待法制單位確認）', status: 'U',
    effectiveFrom: null, effectiveTo: null, configurable: false, ...thirdDay, dueWord: '失效日',
    onLapse: '失其效力',
  },
  {
    id: 'reg-sunset', version: 1, title: '定有施行期限之法規延長施行之發布', trigger: '施行期限屆滿', citation: '中央法規標準法 §24（期限屆滿一個月前；本縣自治法規類推適用，待法制單位確認）',
    status: 'U', effectiveFrom: null, effectiveTo: null, configurable: false,
    unit: 'mo', length: 1, direction: 'clear-days-before', firstDay: 'counted', roll: 'none', counting: 'own',
    note: '期滿當然廢止，由主管機關公告之（中央法規標準法 §23）。',
    onLapse: '施行期限屆滿，當然廢止',
  },
]
