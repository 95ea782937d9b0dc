import type { RetentionClass } from '../../core/personal-data/retention.ts'
import { hashed, type PersonalFile, plain, sealed } from '../../core/personal-data/index.ts'

/** What petitions hold of people. Letters and answers are readable, since they are searched; they may name anybody. */
export const personalData: PersonalFile = {
  id: 'petitions',
  title: '人民陳情案件檔',
  of: '陳情人及陳情內容所提及之人',
  purpose: '受理、辦理、答復人民陳情及其統計',
  categories: ['C001 辨識個人者', 'C011 個人描述'],
  basis: '行政程序法 §168–§173；個人資料保護法 §15 ①',
  kept: '結案後依核定之保存年限保存，屆滿經核准後銷毀個人資料（檔案法 §12；個人資料保護法 §11 III）',
  tables: {
    petitions: {
      case: 'id',
      // whoever has a letter under way with the county; afterwards it sets nobody against it
      parties: { hashes: ['name_hash'], while: 'open' },
      fields: {
        sender_name: sealed('name', '姓名', 'name_hash'), sender_email: sealed('email', '電子郵件', 'email_hash'),
        sender_phone: sealed('phone', '電話', 'phone_hash'), sender_address: sealed('address', '地址'),
        name_hash: hashed('name', 'sender_name'), email_hash: hashed('email', 'sender_email'), phone_hash: hashed('phone', 'sender_phone'),
        follow_code_hash: hashed('code'),
        place: plain('place', '地點'), latitude: plain('place', '緯度'), longitude: plain('place', '經度'), answer: plain('content', '答復'), remedy_advice: plain('content', '教示'),
        satisfaction_note: plain('content', '滿意度意見'), mailbox_ref: plain('content', '來信編號'),
      },
    },
    petition_letters: { case: 'case_id', fields: { text: plain('content', '來信內容') } },
    petition_questions: { case: 'case_id', internal: true, fields: { text: plain('content', '問題'), note: plain('content', '問題的說明') } },
    petition_drafts: { case: 'case_id', internal: true, fields: { text: plain('content', '答復草稿'), remedy_advice: plain('content', '教示草稿') } },
    petition_contributions: { case: 'case_id', internal: true, fields: { text: plain('content', '會辦意見') } },
    petition_submissions: { case: 'case_id', internal: true, fields: { asked: plain('content', '陳核事項') } },
    petition_supplement_requests: { case: 'case_id', fields: { asked: plain('content', '通知補充的事項') } },
    petition_notes: { case: 'case_id', internal: true, fields: { text: plain('content', '備註') } },
    petition_sendings: { case: 'case_id', fields: { subject: plain('content', '寄送主旨'), text: plain('content', '寄送內容'), remark: plain('content', '寄送備註') } },
    petition_publications: { case: 'case_id', stays: true, fields: { title: plain('content', '公開主旨（遮蔽後）'), question: plain('content', '公開內容（遮蔽後）'), answer: plain('content', '公開答復（遮蔽後）') } },
    petition_inbox: {
      case: 'case_id', documents: 'document_id', rowsGo: true,
      fields: {
        subject: plain('content', '來信主旨'), sender_name: sealed('name', '寄件人'), sender_email: sealed('email', '寄件信箱', 'sender_hash'),
        sender_hash: hashed('email', 'sender_email'), text_hash: hashed('content'), note: plain('content', '備註'), reason: plain('content', '理由'),
      },
    },
    petition_filing_drafts: { fields: { content: sealed('content', '未送出的陳情') } },
  },
}

const basis = '機關共通性檔案保存年限基準或本府保存年限區分表'

/** rules.md §5: by the county's approved table, which nobody here has seen. A letter without a case is a record of the office like any other (辦法 §3–6). */
export const retention: RetentionClass[] = [
  { id: 'petitions', kind: 'petition', title: '人民陳情案件', years: null, citation: basis, status: 'U' },
  { id: 'petition-inbox', kind: 'letter', title: '未成案的來信', years: null, citation: `${basis}；個人資料保護法 §11 III`, status: 'U', records: { table: 'petition_inbox', received: 'received_at', ended: 'handled_at', outcome: 'handled_as', prefix: '來信' } },
]
