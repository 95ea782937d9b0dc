import { hashed, type PersonalFile, plain, sealed } from '../../core/personal-data/index.ts'
import type { RetentionClass } from '../../core/personal-data/retention.ts'
import { adviceKind, sessionKind } from './schema.ts'

/** What legal advice holds of people. What was said at the desk is the lawyer's record, sealed and read by that lawyer alone. */
export const personalData: PersonalFile = {
  id: 'legal-advice',
  title: '法律諮詢預約檔',
  of: '預約法律諮詢之民眾、其相對人；諮詢律師',
  purpose: '免費法律諮詢之預約、利益衝突檢核、叫號、諮詢與統計',
  categories: ['C001 辨識個人者'],
  basis: '個人資料保護法 §15 ①（執行法定職務必要範圍內）、②（經當事人同意）；律師法（保密義務，條次待法制單位確認）',
  kept: '諮詢結束後依核定之保存年限保存，屆滿經核准後銷毀；逾期未確認之預約即刪除（個人資料保護法 §11 III）',
  tables: {
    advice_bookings: {
      case: 'case_id',
      others: ['opponent'],
      fields: {
        name: sealed('name', '姓名', 'name_hash'), email: sealed('email', '電子郵件', 'email_hash'), phone: sealed('phone', '電話', 'phone_hash'),
        opponent: sealed('name', '相對人'),
        name_hash: hashed('name', 'name'), email_hash: hashed('email', 'email'), phone_hash: hashed('phone', 'phone'), opponent_hash: hashed('name', 'opponent'),
      },
    },
    // no part of a copy that the office gives: the office cannot read it
    advice_records: { case: 'case_id', internal: true, fields: { text: sealed('content', '律師諮詢紀錄') } },
    advice_lawyer_keys: { internal: true, fields: { key: sealed('code', '律師紀錄的金鑰') } },
    advice_lawyers: { fields: { name: plain('name', '諮詢律師'), licence: plain('code', '律師證書字號') } },
  },
}

/** rules.md §5 names no period for consultations: the county enters the one that was approved. */
export const retention: RetentionClass[] = [
  { id: 'legal-advice', kind: adviceKind, title: '法律諮詢', years: null, citation: '本府保存年限區分表', status: 'U' },
  { id: 'legal-session', kind: sessionKind, title: '法律諮詢場次', years: null, citation: '本府保存年限區分表', status: 'U' },
]
