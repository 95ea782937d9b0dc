import type { PersonalFile } from '../../core/personal-data/index.ts'
import { plain } from '../../core/personal-data/index.ts'
import type { RetentionClass } from '../../core/personal-data/retention.ts'
import { caseKind } from './schema.ts'

/** Proposals hold no personal data by design; what colleagues write of them may name people. */
export const personalData: PersonalFile = {
  id: 'annual-plans',
  title: '年度施政計畫先期作業檔',
  of: '計畫提報與審查文字中提及之人',
  purpose: '年度施政計畫與概算之審查',
  categories: ['C001 辨識個人者'],
  basis: '地方制度法 §40；個人資料保護法 §15 ①',
  kept: '隨計畫提報案件保存',
  tables: {
    plan_proposals: {
      case: 'id',
      fields: { content: plain('content', '計畫內容'), benefit: plain('content', '預期效益'), results: plain('content', '前期成果'), returned_note: plain('content', '退回意見') },
    },
    plan_reviews: { case: 'case_id', fields: { comment: plain('content', '審查意見') } },
    plan_pins: { case: 'case_id', fields: { reason: plain('content', '調整理由') } },
    plan_cut_items: { case: 'case_id', fields: { reason: plain('content', '審定理由') } },
  },
}

/** rules.md §5: by the county's approved table, which nobody here has seen. */
export const retention: RetentionClass[] = [{ id: 'annual-plans', kind: caseKind, title: '施政計畫提報案件', years: null, citation: '機關共通性檔案保存年限基準或本府保存年限區分表', status: 'U' }]
