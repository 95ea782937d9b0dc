import type { RetentionClass } from '../../core/personal-data/retention.ts'
import { hashed, type PersonalFile, plain, sealed } from '../../core/personal-data/index.ts'
import { caseKind, meetingKind } from './schema.ts'

/** What regulations hold of people: those who commented on a draft. */
export const personalData: PersonalFile = {
  id: 'regulations',
  title: '法規草案意見檔',
  of: '對法規草案陳述意見之民眾',
  purpose: '法規草案之預告、陳述意見與審查',
  categories: ['C001 辨識個人者'],
  basis: '行政程序法 §154；個人資料保護法 §15 ①',
  kept: '隨法規案保存；逾期未確認之意見即刪除（個人資料保護法 §11 III）',
  tables: {
    regulation_comments: {
      case: 'case_id',
      fields: { name: sealed('name', '姓名'), email: sealed('email', '電子郵件', 'email_hash'), email_hash: hashed('email', 'email'), text: plain('content', '意見'), answer: plain('content', '處理情形') },
    },
  },
}

/** No source at hand names a period for proposals and meetings: nothing is destroyed until the county enters the approved one. The laws themselves are kept for good. */
export const retention: RetentionClass[] = [
  { id: 'regulations', kind: caseKind, title: '法規案（含草案意見）', years: null, citation: '機關共通性檔案保存年限基準或本府保存年限區分表', status: 'U' },
  { id: 'regulation-meetings', kind: meetingKind, title: '法規審查會議', years: null, citation: '機關共通性檔案保存年限基準或本府保存年限區分表', status: 'U' },
]
