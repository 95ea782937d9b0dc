import { day } from '../../time.ts'
import type { Rule } from '../rule.ts'

// 人民陳情. The text of the directive itself was not seen: the thirty working days are those its mailbox pages announce.
const directive = '行政院及所屬各機關處理人民陳情案件要點'

export const petitionRules: Rule[] = [
  {
    id: 'petition-30wd', version: 1, title: '人民陳情之答復', trigger: '收文',
    citation: directive, status: 'S', effectiveFrom: null, effectiveTo: null,
    unit: 'wd', length: 30, roll: 'next-open', counting: 'office-days', configurable: true,
    extension: { max: null, citation: `${directive}：經核准後展期，並將理由以書面告知陳情人` },
    pausable: { citation: '通知補正之期間不計入（行政程序法 §171 II）' },
    onLapse: '列入逾期清單並稽催；對陳情人不生法律效果',
  },
  {
    id: 'petition-simple-3wd', version: 1, title: '可立即答復之陳情', trigger: '分派',
    citation: '為民服務自訂處理時限', status: 'S', effectiveFrom: null, effectiveTo: null,
    unit: 'wd', length: 3, roll: 'next-open', counting: 'office-days', configurable: true,
    variants: {
      'several-units': { title: '涉及二個以上單位', length: 5 },
      'foreign-language': { title: '以外文提出', length: 5 },
    },
    onLapse: '提醒承辦單位',
  },
  {
    id: 'petition-confirm-3cd', version: 1, title: '電子郵件陳情之確認', trigger: '寄出確認信',
    citation: '電子信箱受理陳情之自訂規定', status: 'S', effectiveFrom: null, effectiveTo: null,
    unit: 'cd', length: 3, roll: 'next-open', counting: 'administrative', configurable: true,
    onLapse: '未確認者不立案',
  },
  {
    id: 'petition-supplement', version: 1, title: '陳情人補正', trigger: '通知送達',
    citation: '行政程序法 §171 II', status: 'V-M', effectiveFrom: day('2001-01-01'), effectiveTo: null,
    unit: 'cd', length: null, roll: 'next-open', counting: 'administrative', configurable: true,
    onLapse: '依現有資料處理',
  },
  {
    id: 'petition-as-application', version: 1, title: '依法規申請案件之處理', trigger: '收文',
    citation: '行政程序法 §51', status: 'V-M', effectiveFrom: day('2001-01-01'), effectiveTo: null,
    unit: 'mo', length: 2, roll: 'next-open', counting: 'administrative', configurable: true,
    extension: { max: 'original', citation: '行政程序法 §51 III：以一次為限，並於原處理期間屆滿前通知申請人' },
    notice: { decides: 'extension', text: '通知申請人延長' },
    startsFrom: { param: 'firstReceived', when: 'earlier', title: '原以陳情收文', citation: '行政程序法 §51：自機關收受申請起算' },
    pausable: { citation: '行政程序法 §51 V：因天災或其他不可歸責之事由致不能處理之期間' },
    onLapse: '申請人得以怠為處分提起訴願',
  },
]
