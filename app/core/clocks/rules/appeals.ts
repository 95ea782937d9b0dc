import { day } from '../../time.ts'
import type { Rule } from '../rule.ts'

// 訴願法 as completely amended, in force since 89/7/1.
const inForce = { effectiveFrom: day('2000-07-01'), effectiveTo: null, status: 'V-M' as const }

export const appealRules: Rule[] = [
  {
    id: 'appeal-filing-30d', version: 1, title: '提起訴願', trigger: '行政處分送達或公告期滿',
    citation: '訴願法 §14 I', ...inForce,
    unit: 'cd', length: 30, roll: 'next-open', counting: 'civil', configurable: false,
    serviceDelays: {
      寄存送達: { days: 0, citation: '行政程序法 §74：寄存完畢即生效' },
      公示送達: { days: 20, citation: '行政程序法 §81：自公告之日起經二十日發生效力' },
    },
    onLapse: '不受理（訴願法 §77 ②）；處分顯屬違法或不當者，機關得依職權撤銷或變更（§80）',
  },
  {
    id: 'appeal-decision-3mo', version: 1, title: '訴願決定', trigger: '收受訴願書',
    citation: '訴願法 §85；行政院及各級行政機關訴願審議委員會審議規則 §27', ...inForce,
    unit: 'mo', length: 3, roll: 'next-open', counting: 'civil', configurable: false,
    extension: { max: 2, citation: '訴願法 §85 I：以一次為限，最長二個月，並通知訴願人及參加人' },
    restartOn: ['correctedOn', 'lastReasonsOn', 'resumedOn'],
    monthsAfterReasonsInExtension: 2,
    onLapse: '訴願人得不待決定逕提行政訴訟（行政訴訟法 §4）',
  },
  {
    id: 'appeal-litigation-2mo', version: 1, title: '提起行政訴訟', trigger: '訴願決定書送達',
    citation: '訴願法 §90；行政訴訟法 §106', ...inForce,
    unit: 'mo', length: 2, roll: 'next-open', counting: 'civil', configurable: false,
    serviceDelays: {
      寄存送達: { days: 10, citation: '訴願法 §47 III、行政訴訟法 §73 III：自寄存之日起經十日發生效力' },
      公示送達: { days: 20, citation: '訴願法 §47 III、行政訴訟法 §82：經二十日發生效力' },
    },
    onLapse: '訴願決定確定',
  },
]
