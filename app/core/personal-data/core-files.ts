import { procedureFile } from '../procedure/personal-data.ts'
import { hashed, type PersonalFile, plain, sealed } from './declare.ts'

/** Personal data in the tables that the core itself owns. Modules declare theirs beside their own tables. */
export const staffFile: PersonalFile = {
  id: 'staff',
  title: '同仁帳號與職務檔',
  of: '本府及所屬機關同仁',
  purpose: '登入、權限、職務代理與辦理紀錄之管理',
  categories: ['C001 辨識個人者', 'C038 職業'],
  basis: '個人資料保護法 §15 ①（執行法定職務必要範圍內）；資通安全責任等級分級辦法 附表十（存取控制、稽核）',
  kept: '在職期間；離職後帳號停用，姓名留在辦理紀錄，隨案件檔案保存',
  tables: {
    people: { fields: { name: plain('name', '姓名'), email: plain('email', '電子郵件'), login: plain('login', '帳號') } },
    passkeys: { fields: { label: plain('content', '通行金鑰的名字') } },
    totp_secrets: { fields: { secret: sealed('code', '驗證器的密鑰') } },
  },
}

/** 會員: who has shown that an address is theirs. */
export const membersFile: PersonalFile = {
  id: 'members',
  title: '會員檔',
  of: '自願加入會員之民眾與廠商',
  purpose: '登入及查詢自己的案件',
  categories: ['C001 辨識個人者'],
  basis: '個人資料保護法 §15 ②（經當事人同意）',
  kept: '到當事人退出會員為止',
  tables: {
    members: { fields: { email: sealed('email', '電子郵件', 'email_hash'), email_hash: hashed('email', 'email'), business_name: plain('name', '商號或公司名稱'), business_no: plain('content', '統一編號') } },
    member_passkeys: { fields: { label: plain('content', '通行金鑰的名字') } },
  },
}

/** Letters to people outside; each belongs to the case it is about and goes with it. */
export const mailFile: PersonalFile = {
  id: 'mail',
  title: '寄出之電子郵件檔',
  of: '收受本府電子郵件之民眾',
  purpose: '通知、答復與查詢',
  categories: ['C001 辨識個人者'],
  basis: '個人資料保護法 §15 ①；行政程序法 §172',
  kept: '隨所屬案件保存與銷毀；含驗證碼之內容寄出後即刪除；會員登入之信件三十日後或退出會員時刪除',
  tables: {
    mail_messages: {
      case: 'case_id',
      fields: {
        to_encrypted: sealed('email', '收件人', 'to_hash'), to_hash: hashed('email', 'to_encrypted'), subject: plain('content', '主旨'), text: plain('content', '內容'),
        attachments: plain('file-name', '附件名稱'), last_error: plain('content', '寄送結果'), response: plain('content', '寄送結果'), bounce_reason: plain('content', '退信原因'),
      },
    },
  },
}

/** What every kind of case has: its title, the text that is searched, the names of its files. */
export const casesFile: PersonalFile = {
  id: 'cases',
  title: '案件共同資料檔',
  of: '案件當事人',
  purpose: '案件之登錄、查詢與辦理',
  categories: ['C001 辨識個人者'],
  basis: '個人資料保護法 §15 ①；各案件之法源',
  kept: '隨所屬案件保存與銷毀',
  tables: {
    cases: { case: 'id', fields: { title: plain('content', '主旨') } },
    case_texts: { case: 'case_id', rowsGo: true, internal: true, fields: { text: plain('content', '檢索用文字') } },
    case_import_rows: { case: 'case_id', rowsGo: true, keyVersion: 'key_version', fields: {} },
    case_documents: { case: 'case_id', documents: 'document_id', rowsGo: true, fields: { name: plain('file-name', '附件名稱') } },
  },
}

/** Who sits on committees, who came to a meeting, what was said there. Members act in office: their names stand in the minutes. */
export const committeesFile: PersonalFile = {
  id: 'committees',
  title: '委員會與會議檔',
  of: '各委員會委員、會議出席與列席人員，議案所及之人',
  purpose: '委員會之組成、會議之召集、審議與紀錄',
  categories: ['C001 辨識個人者', 'C038 職業'],
  basis: '個人資料保護法 §15 ①；訴願法 §52–54；各委員會設置之法源',
  kept: '會議隨其案件保存；委員名單永久（證明組織合法）',
  tables: {
    committee_members: { fields: { name: plain('name', '委員'), title: plain('content', '職稱') } },
    committee_meetings: { case: 'id', fields: { chair: plain('name', '主席'), remarks: plain('content', '發言要旨'), minutes: plain('content', '會議紀錄'), approval_note: plain('content', '紀錄確認') } },
    committee_attendance: { case: 'meeting_id', fields: { name: plain('name', '出席人員'), title: plain('content', '職稱'), deputy: plain('name', '代理人') } },
    committee_items: { case: 'meeting_id', fields: { subject: plain('content', '案由'), decision_text: plain('content', '決議') } },
    committee_recusals: { case: 'meeting_id', fields: { facts: plain('content', '迴避之原因及事實') } },
    committee_ballots: { case: 'meeting_id', fields: { dissent: plain('content', '不同意見') } },
  },
}

/** Who typed, confirmed and presents: officials acting in office, printed in the report (政府資訊公開法 §7). */
export const reportsFile: PersonalFile = {
  id: 'reports',
  title: '業務報告檔',
  of: '業務報告之報告人、列席及填報同仁',
  purpose: '向議會提出業務報告及其佐證',
  categories: ['C001 辨識個人者', 'C038 職業'],
  basis: '地方制度法 §48、§49；政府資訊公開法 §7',
  kept: '永久',
  tables: {
    reports: { fields: { document: plain('content', '定稿全文'), reporter: plain('name', '報告人'), participants: plain('name', '列席人員') } },
    report_figures: { fields: { typed: plain('name', '填報人') } },
    report_pictures: { fields: { credit: plain('name', '攝影'), name: plain('file-name', '照片檔名'), caption: plain('content', '照片說明'), alt: plain('content', '照片文字替代') } },
  },
}

export const coreFiles: PersonalFile[] = [casesFile, procedureFile, mailFile, staffFile, membersFile, committeesFile, reportsFile]
