import { type PersonalFile, plain } from '../../core/personal-data/index.ts'
import type { RetentionClass } from '../../core/personal-data/retention.ts'
import { caseKind } from './schema.ts'

/** Items hold no personal data by design; texts and pictures may show people. */
export const personalData: PersonalFile = {
  id: 'perceived',
  title: '有感施政項目檔',
  of: '成果文字及照片中出現之人',
  purpose: '施政成果之彙整與公開',
  categories: ['C001 辨識個人者'],
  basis: '政府資訊公開法 §7 I ⑤；個人資料保護法 §15 ①、§16',
  kept: '隨有感施政項目案件保存',
  tables: {
    perceived_items: { case: 'id', fields: { goal: plain('content', '目標') } },
    perceived_texts: { case: 'id', fields: { text: plain('content', '公開說明'), note: plain('content', '審核意見'), no_before: plain('content', '沒有改善前照片的原因'), no_after: plain('content', '沒有改善後照片的原因') } },
  },
}

/** rules.md §5: by the county's approved table, which nobody here has seen. */
export const retention: RetentionClass[] = [{ id: 'perceived', kind: caseKind, title: '有感施政項目', years: null, citation: '機關共通性檔案保存年限基準或本府保存年限區分表', status: 'U' }]
