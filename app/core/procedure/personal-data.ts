import { hashed, type PersonalFile, plain, sealed } from '../personal-data/index.ts'

/** Parties, letters and steps of cases that go by a procedure of this folder; what a module keeps besides it declares itself. */
export const procedureFile: PersonalFile = {
  id: 'case-parties',
  title: '爭議事件當事人及文書檔',
  of: '國家賠償、消費爭議等事件之當事人、代理人及關係人',
  purpose: '受理、審查、協議、調解及文書送達',
  categories: ['C001 辨識個人者', 'C003 政府資料中之辨識者', 'C011 個人描述'],
  basis: '國家賠償法施行細則 §17；消費爭議調解辦法 §3；個人資料保護法 §15 ①',
  kept: '隨所屬案件保存與銷毀',
  tables: {
    case_parties: {
      case: 'case_id',
      parties: { hashes: ['name_hash'], while: 'kept' },
      fields: {
        organisation: plain('name', '名稱'), name: sealed('name', '姓名', 'name_hash'), id_number: sealed('id-number', '身分證統一編號', 'id_hash'), born: sealed('content', '出生年月日'), email: sealed('email', '電子郵件', 'email_hash'),
        phone: sealed('phone', '電話', 'phone_hash'), address: sealed('address', '地址'), more: sealed('content', '性別、出生地、職業'), power: plain('content', '代理權'),
        name_hash: hashed('name', 'name'), id_hash: hashed('id-number', 'id_number'), email_hash: hashed('email', 'email'), phone_hash: hashed('phone', 'phone'),
      },
    },
    case_steps: { case: 'case_id', internal: true, fields: { note: plain('content', '備註'), answers: plain('content', '辦理內容') } },
    case_letters: { case: 'case_id', fields: { sections: plain('content', '文書內容'), answers: plain('content', '文書所據之辦理內容'), printed: sealed('content', '文書所載當事人') } },
    case_letter_copies: { case: 'case_id', fields: { addressee: plain('name', '受文者'), proof: plain('content', '送達證明') } },
    case_opinions: { case: 'case_id', internal: true, fields: { question: plain('content', '徵詢的事項'), answer: plain('content', '機關的意見') } },
    case_filings: { case: 'id', fields: { follow_code_hash: hashed('code') } },
  },
}
