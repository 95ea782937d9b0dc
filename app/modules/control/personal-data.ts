import type { PersonalFile } from '../../core/personal-data/index.ts'
import { plain } from '../../core/personal-data/index.ts'
import type { RetentionClass } from '../../core/personal-data/retention.ts'
import { caseKind } from './schema.ts'

/** Projects hold no personal data by design; what colleagues write of them may name people. */
export const personalData: PersonalFile = {
  id: 'control',
  title: '列管計畫檔',
  of: '計畫承辦人員及填報文字中提及之人',
  purpose: '施政計畫之管制考核',
  categories: ['C001 辨識個人者'],
  basis: '行政院所屬各機關施政計畫管制作業要點之例；個人資料保護法 §15 ①',
  kept: '隨計畫案件保存',
  tables: {
    projects: { case: 'id', fields: { summary: plain('content', '計畫概要') } },
    project_months: { case: 'case_id', fields: { work: plain('content', '辦理情形'), reason: plain('content', '落後原因'), measure: plain('content', '因應對策'), returned_note: plain('content', '退回意見') } },
    project_overrides: { case: 'case_id', fields: { reason: plain('content', '調整理由') } },
    project_replans: { case: 'case_id', fields: { reason: plain('content', '修正理由') } },
    project_publications: { case: 'case_id', stays: true, fields: { summary: plain('content', '公開概要'), reason: plain('content', '公開落後原因'), measure: plain('content', '公開因應對策') } },
  },
}

/** rules.md §5: by the county's approved table, which nobody here has seen. */
export const retention: RetentionClass[] = [{ id: 'control', kind: caseKind, title: '列管計畫案件', years: null, citation: '機關共通性檔案保存年限基準或本府保存年限區分表', status: 'U' }]
