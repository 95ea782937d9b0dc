import { hashed, type PersonalFile, plain, sealed } from '../../core/personal-data/index.ts'
import type { RetentionClass } from '../../core/personal-data/retention.ts'

/** What appeals hold of people. Papers, claims and letters are readable, since they are searched and quoted; they may name anybody. */
export const personalData: PersonalFile = {
  id: 'appeals',
  title: '訴願案件檔',
  of: '訴願人、代表人、代理人、參加人及案內所提及之人',
  purpose: '訴願案件之受理、審議、決定與送達',
  categories: ['C001 辨識個人者', 'C003 政府資料中之辨識者', 'C011 個人描述'],
  basis: '訴願法 §56 I、§89；個人資料保護法 §15 ①',
  kept: '結案後依核定之保存年限保存，屆滿經核准後銷毀個人資料（檔案法 §12；個人資料保護法 §11 III）',
  tables: {
    appeals: { case: 'id', fields: { follow_code_hash: hashed('code'), residence: plain('place', '住居地（縣市鄉鎮）') } },
    appeal_parties: {
      case: 'case_id',
      parties: { hashes: ['name_hash'], while: 'kept' },
      fields: {
        name: sealed('name', '姓名或名稱', 'name_hash'), name_hash: hashed('name', 'name'), born_on: sealed('id-number', '出生年月日'), id_number: sealed('id-number', '身分證明文件字號', 'id_hash'),
        id_hash: hashed('id-number', 'id_number'), address: sealed('address', '住居所'), email: sealed('email', '電子郵件', 'email_hash'), email_hash: hashed('email', 'email'), phone: sealed('phone', '電話'),
      },
    },
    appeal_claims: { case: 'case_id', fields: { text: plain('content', '請求事項'), note: plain('content', '請求事項之說明') } },
    appeal_steps: { case: 'case_id', fields: { note: plain('content', '辦理情形') } },
    appeal_papers: { case: 'case_id', fields: { text: plain('content', '書狀內容') } },
    appeal_letters: { case: 'case_id', fields: { subject: plain('content', '通知主旨'), text: plain('content', '通知內容'), remark: plain('content', '送達備註'), recipient: plain('content', '受文機關') } },
    appeal_reviews: { case: 'case_id', internal: true, rowsGo: true, fields: { opinion: plain('content', '審查意見') } },
    appeal_drafts: { case: 'id', internal: true, rowsGo: true, fields: { facts: plain('content', '擬稿之事實'), reasons: plain('content', '擬稿之理由') } },
    appeal_decisions: { case: 'id', fields: { main: plain('content', '主文'), facts: plain('content', '事實'), reasons: plain('content', '理由') } },
    appeal_sequels: { case: 'case_id', fields: { note: plain('content', '決定後之情形') } },
    appeal_publications: { case: 'case_id', stays: true, fields: { title: plain('content', '公開之案由'), main: plain('content', '公開之主文'), facts: plain('content', '公開之事實'), reasons: plain('content', '公開之理由') } },
  },
}

/** rules.md §5: 訴願 case files by the county's approved table, which nobody here has seen. */
export const retention: RetentionClass[] = [{ id: 'appeals', kind: 'appeal', title: '訴願案件', years: null, citation: '機關共通性檔案保存年限基準或本府保存年限區分表', status: 'U' }]
