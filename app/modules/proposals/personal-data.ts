import { type PersonalFile, plain } from '../../core/personal-data/index.ts'
import type { RetentionClass } from '../../core/personal-data/retention.ts'
import { caseKind } from './schema.ts'

/** Proposals hold no personal data by design; what is written of them may name people. */
export const personalData: PersonalFile = {
  id: 'proposals',
  title: '中央計畫提案檔',
  of: '計畫摘要文字中提及之人',
  purpose: '向中央提案及補助申請之協助與追蹤',
  categories: ['C001 辨識個人者'],
  basis: '個人資料保護法 §15 ①（執行法定職務必要範圍內）',
  kept: '隨提案案件保存',
  tables: { proposals: { case: 'id', fields: { summary: plain('content', '計畫摘要') } } },
}

/** rules.md §5: by the county's approved table, which nobody here has seen. */
export const retention: RetentionClass[] = [{ id: 'proposals', kind: caseKind, title: '中央計畫提案', years: null, citation: '機關共通性檔案保存年限基準或本府保存年限區分表', status: 'U' }]
