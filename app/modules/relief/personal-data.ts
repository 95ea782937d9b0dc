import { type PersonalFile, plain } from '../../core/personal-data/index.ts'
import type { RetentionClass } from '../../core/personal-data/retention.ts'
import { itemKind, planKind } from './schema.ts'

/** Items hold no personal data by design: applicants stay with the unit. What colleagues write of them may name people. */
export const personalData: PersonalFile = {
  id: 'relief',
  title: '紓困振興工作項目檔',
  of: '辦理情形文字中提及之人',
  purpose: '紓困振興措施之列管與彙整',
  categories: ['C001 辨識個人者'],
  basis: '個人資料保護法 §15 ①（執行法定職務必要範圍內）',
  kept: '隨工作項目案件保存',
  tables: { relief_months: { case: 'case_id', fields: { source: plain('content', '每月數字的依據') } }, relief_items: { case: 'id', fields: { summary: plain('content', '工作內容'), target: plain('content', '預期目標') } } },
}

/** rules.md §5: by the county's approved table, which nobody here has seen. */
const citation = '機關共通性檔案保存年限基準或本府保存年限區分表'
export const retention: RetentionClass[] = [
  { id: 'relief-plans', kind: planKind, title: '紓困振興計畫', years: null, citation, status: 'U' },
  { id: 'relief-items', kind: itemKind, title: '紓困振興工作項目', years: null, citation, status: 'U' },
]
