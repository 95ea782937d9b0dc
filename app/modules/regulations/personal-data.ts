import { hashed, type PersonalFile, plain, sealed } from '../../core/personal-data/index.ts'

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
