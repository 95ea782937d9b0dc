import { hashed, type PersonalFile, plain, sealed } from '../../core/personal-data/index.ts'

/** Requests themselves hold data of who asks. */
export const personalData: PersonalFile = {
  id: 'personal-data-requests',
  title: '個人資料請求案件檔',
  of: '請求人',
  purpose: '受理及答復當事人行使個人資料之權利',
  categories: ['C001 辨識個人者'],
  basis: '個人資料保護法 §3、§10–§14',
  kept: '答復後依核定之保存年限保存，屆滿經核准後銷毀個人資料',
  tables: {
    personal_data_requests: {
      case: 'id',
      fields: {
        name: sealed('name', '姓名', 'name_hash'), email: sealed('email', '電子郵件', 'email_hash'), phone: sealed('phone', '電話', 'phone_hash'),
        name_hash: hashed('name', 'name'), email_hash: hashed('email', 'email'), phone_hash: hashed('phone', 'phone'),
        wish: plain('content', '請求內容'), identity_shown: plain('content', '核對身分的文件'), extension_reason: plain('content', '延長的原因'), reasons: plain('content', '理由'),
      },
    },
  },
}
