import { type PersonalFile, plain } from '../../core/personal-data/index.ts'
import type { RetentionClass } from '../../core/personal-data/retention.ts'
import { caseKind } from './schema.ts'

/** Sentences of minutes may name people; what units report is declared with the steps of every procedure. */
export const personalData: PersonalFile = {
  id: 'directives',
  title: '會議指裁示事項檔',
  of: '指裁示內容所提及之人',
  purpose: '會議指裁示事項之列管與追蹤',
  categories: ['C001 辨識個人者'],
  basis: '個人資料保護法 §15 ①（執行法定職務必要範圍內）',
  kept: '解除列管後依核定之保存年限保存（機關共通性檔案保存年限基準或本府保存年限區分表）',
  tables: {
    directives: { case: 'id', internal: true, fields: { item: plain('content', '議案'), sentence: plain('content', '指裁示內容'), proof: plain('content', '應附佐證') } },
    directive_decisions: { case: 'case_id', internal: true, fields: { text: plain('content', '會議決定之內容') } },
  },
}

/** rules.md §5: by the county's approved table, which nobody here has seen. */
export const retention: RetentionClass[] = [{ id: 'directives', kind: caseKind, title: '會議指裁示事項', years: null, citation: '機關共通性檔案保存年限基準或本府保存年限區分表', status: 'U' }]
