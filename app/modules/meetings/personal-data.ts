import { type PersonalFile, plain } from '../../core/personal-data/index.ts'
import type { RetentionClass } from '../../core/personal-data/retention.ts'
import { meetingKind, proposalKind } from './schema.ts'

/** Meetings hold names of those who sit for their offices; proposals and notes may name people in their text. */
export const personalData: PersonalFile = {
  id: 'meetings',
  title: '會議提案及閱讀筆記檔',
  of: '提案文字中提及之人及撰寫筆記之同仁',
  purpose: '會議之召開、議事與紀錄',
  categories: ['C001 辨識個人者'],
  basis: '機關組織及會議管理之職務必要範圍；個人資料保護法 §15 ①',
  kept: '隨會議案件保存；筆記只有撰寫人自己看得到，議案刪除時一併刪除',
  tables: {
    meeting_proposals: { case: 'id', fields: { reason: plain('content', '說明'), proposal: plain('content', '擬辦') } },
    meeting_publications: { case: 'meeting_id', stays: true, fields: { text: plain('content', '公開的紀錄') } },
    meeting_notes: { case: 'meeting_id', fields: { text: plain('content', '筆記') } },
  },
}

/** No source at hand names a period: nothing is destroyed until the county enters the approved one. */
export const retention: RetentionClass[] = [
  { id: 'meetings', kind: meetingKind, title: '縣務會議、主管會報及其他會議', years: null, citation: '機關共通性檔案保存年限基準或本府保存年限區分表', status: 'U' },
  { id: 'meeting-proposals', kind: proposalKind, title: '會議提案', years: null, citation: '機關共通性檔案保存年限基準或本府保存年限區分表', status: 'U' },
]
