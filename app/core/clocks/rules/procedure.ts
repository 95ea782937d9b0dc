import { day } from '../../time.ts'
import type { Rule } from '../rule.ts'
import { dispositionService } from './service-delays.ts'

// 送達, 教示 and the periods of 行政程序法 that many procedures share.
const act = { version: 1, effectiveFrom: day('2001-01-01'), effectiveTo: null, status: 'V-M', configurable: false } as const
const effect = { unit: 'cd', roll: 'none', counting: 'administrative', dueWord: '發生效力' } as const
const kept = (length: number, citation: string) => ({ kept: { title: '寄存文書之保存', length, unit: 'mo', counting: 'civil', dueWord: '至少保存至', citation, onLapse: '寄存機關得不再保存' } }) as const

export const procedureRules: Rule[] = [
  {
    id: 'service-apa-deposit', title: '行政處分之寄存送達', trigger: '寄存', citation: '行政程序法 §74（條文未定經過日數，通說以寄存完畢即生效）', ...act, status: 'U', ...effect, length: 0,
    variants: kept(3, '行政程序法 §74 III'),
    onLapse: '發生送達效力',
  },
  {
    id: 'service-appeal-deposit', title: '訴願文書之寄存送達', trigger: '寄存', citation: '訴願法 §47 III、行政訴訟法 §73 III（自寄存之日起，經十日）', ...act, ...effect, counting: 'civil',
    length: 10, variants: kept(2, '行政訴訟法 §73 IV'),
    onLapse: '發生送達效力',
  },
  {
    id: 'service-civil-deposit', title: '國家賠償協議文書、消費爭議調解文書之寄存送達', trigger: '寄存',
    citation: '國家賠償法施行細則 §28 II、消費爭議調解辦法 §29、民事訴訟法 §138 II（自寄存之日起，經十日）', ...act, effectiveFrom: day('2003-09-01'), ...effect, counting: 'civil', length: 10,
    variants: kept(2, '民事訴訟法 §138 III'),
    onLapse: '發生送達效力',
  },
  {
    id: 'service-public', title: '公示送達', trigger: '公告或最後刊登', citation: '行政程序法 §81', ...act, ...effect, length: 20,
    variants: {
      abroad: { title: '於外國或境外為送達者', length: 60, citation: '行政程序法 §81、§78 I ③' },
      again: { title: '對同一當事人再為公示送達', length: 1, citation: '行政程序法 §81 但書、§79' },
    },
    onLapse: '發生送達效力',
  },
  {
    id: 'remedy-notice-missing', title: '未告知救濟期間或告知錯誤未更正時之聲明不服', trigger: '處分書送達', citation: '行政程序法 §98 III', ...act,
    unit: 'y', roll: 'next-open', counting: 'administrative', length: 1, serviceDelays: dispositionService,
    note: '告知之期間較法定期間為長者，於告知之期間內為之，視為於法定期間內所為（行政程序法 §98 II）。',
    onLapse: '不得再視為於法定期間內所為',
  },
  {
    id: 'restitution-apa-10d', title: '依法規申請遲誤期間之回復原狀', trigger: '遲誤之原因消滅', citation: '行政程序法 §50 I', ...act, configurable: true,
    unit: 'cd', roll: 'next-open', counting: 'administrative', length: 10,
    bar: { from: 'missedOn', title: '法定期間屆滿', unit: 'y', length: 1, citation: '行政程序法 §50 III：遲誤法定期間已逾一年者，不得申請' },
    note: '法定期間少於十日者，於相等之日數內申請；申請時應同時補行期間內應為之行為。',
    onLapse: '不得申請回復原狀',
  },
  {
    id: 'adverse-term', title: '停業、停權等處罰或不利處分之期間', trigger: '處分送達或所定起日', citation: '行政程序法 §48 V', ...act, configurable: true,
    unit: 'cd', roll: 'next-open', counting: 'administrative', length: null, serviceDelays: dispositionService, milder: 'shorter', dueWord: '期間末日',
    onLapse: '期間屆滿',
  },
  {
    id: 'adverse-order', title: '限期改善、限期繳納等不利處分之履行期間', trigger: '處分送達', citation: '行政程序法 §48 V', ...act, configurable: true,
    unit: 'cd', roll: 'next-open', counting: 'administrative', length: null, serviceDelays: dispositionService, milder: 'longer',
    onLapse: '得依法處罰或移送執行',
  },
]
