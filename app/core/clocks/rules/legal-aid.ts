import { day } from '../../time.ts'
import type { Rule } from '../rule.ts'

// 法律扶助法 as completely amended on 104/7/1. The county's own consultation follows no statute and has no period.
const act = { version: 1, effectiveFrom: day('2015-07-03'), effectiveTo: null, status: 'V-M', configurable: false } as const
const within = { unit: 'cd', roll: 'next-open', counting: 'civil' } as const

export const legalAidRules: Rule[] = [
  {
    id: 'la-review-30d', title: '不服分會審查決定之申請覆議', trigger: '收受審查決定', citation: '法律扶助法 §36', ...act, ...within, length: 30,
    note: '得以言詞或書面為之；覆議決定不得再聲明不服。',
    onLapse: '審查決定確定',
  },
  {
    id: 'la-correction', title: '法律扶助申請之補正', trigger: '補正通知送達', citation: '法律扶助法 §17 IV（期間由分會指定）', ...act, configurable: true, ...within, length: null,
    onLapse: '駁回申請，並告知得申請覆議',
  },
]
