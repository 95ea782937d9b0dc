import { type PersonalFile, plain } from '../../core/personal-data/index.ts'
import type { RetentionClass } from '../../core/personal-data/retention.ts'
import { caseKind, councilKind, negotiationKind } from './schema.ts'

/** What a claim holds of people besides its parties, which the core declares. */
export const personalData: PersonalFile = {
  id: 'compensations',
  title: '國家賠償事件檔',
  of: '請求權人、代理人及事件所提及之人',
  purpose: '國家賠償請求之審查、協議、賠償及求償',
  categories: ['C001 辨識個人者', 'C011 個人描述', 'C111 健康紀錄'],
  basis: '國家賠償法 §10；國家賠償法施行細則 §17、§44；個人資料保護法 §6 I ②、§15 ①',
  kept: '結案後依核定之保存年限保存（機關共通性檔案保存年限基準或本府保存年限區分表）',
  tables: {
    compensations: {
      case: 'id',
      fields: {
        facts: plain('content', '事實及理由'), evidence: plain('content', '證據'), restoration: plain('content', '回復原狀之內容'), other_agencies: plain('content', '向其他機關請求之情形'), place: plain('place', '發生地點'), suit_no: plain('content', '訴訟案號'),
      },
    },
  },
}

/** rules.md §5: 國賠 case files by the county's approved table, which nobody here has seen. */
export const retention: RetentionClass[] = [
  { id: 'compensations', kind: caseKind, title: '國家賠償事件', years: null, citation: '機關共通性檔案保存年限基準或本府保存年限區分表', status: 'U' },
  { id: 'compensation-councils', kind: councilKind, title: '國家賠償審議委員會會議', years: null, citation: '機關共通性檔案保存年限基準或本府保存年限區分表', status: 'U' },
  { id: 'compensation-negotiations', kind: negotiationKind, title: '國家賠償協議', years: null, citation: '機關共通性檔案保存年限基準或本府保存年限區分表', status: 'U' },
]
