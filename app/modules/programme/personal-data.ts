import { type PersonalFile, plain } from '../../core/personal-data/index.ts'
import type { RetentionClass } from '../../core/personal-data/retention.ts'
import { caseKind, forumKind } from './schema.ts'

/** Who spoke at a forum is not kept; what was said may name people. */
export const personalData: PersonalFile = {
  id: 'programme',
  title: '離島綜合建設實施方案檔',
  of: '座談會意見及方案文字中提及之人',
  purpose: '離島綜合建設實施方案之研擬與公眾參與',
  categories: ['C001 辨識個人者'],
  basis: '離島建設條例 §5；離島建設條例施行細則 §6；個人資料保護法 §15 ①',
  kept: '隨方案案件保存',
  tables: {
    programme_opinions: { case: 'case_id', fields: { text: plain('content', '座談會意見'), reply: plain('content', '意見之處理') } },
    programme_texts: { case: 'case_id', fields: { text: plain('content', '方案內容') } },
    programme_editions: { case: 'case_id', fields: { texts: plain('content', '方案內容') } },
    programme_money_changes: { case: 'case_id', fields: { reason: plain('content', '修改計畫的理由'), before_project: plain('content', '修改前的計畫') } },
    programme_projects: { case: 'case_id', fields: { summary: plain('content', '計畫概要') } },
  },
}

const citation = '機關共通性檔案保存年限基準或本府保存年限區分表'
/** rules.md §5: by the county's approved table, which nobody here has seen. */
export const retention: RetentionClass[] = [
  { id: 'programme', kind: caseKind, title: '離島綜合建設實施方案', years: null, citation, status: 'U' },
  { id: 'programme-forums', kind: forumKind, title: '離島建設座談會', years: null, citation, status: 'U' },
]
