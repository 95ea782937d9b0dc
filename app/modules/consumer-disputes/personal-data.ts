import { type PersonalFile, plain } from '../../core/personal-data/index.ts'
import type { RetentionClass } from '../../core/personal-data/retention.ts'
import { caseKind, mediationKind } from './schema.ts'

/** What a dispute holds of people besides its parties, which the core declares. */
export const personalData: PersonalFile = {
  id: 'consumer-disputes',
  title: '消費爭議案件檔',
  of: '消費者、企業經營者及其代理人',
  purpose: '消費爭議申訴之處理與調解',
  categories: ['C001 辨識個人者', 'C011 個人描述'],
  basis: '消費者保護法 §43–§46；消費爭議調解辦法 §3；個人資料保護法 §15 ①',
  kept: '結案後依核定之保存年限保存（機關共通性檔案保存年限基準或本府保存年限區分表）',
  tables: { consumer_disputes: { case: 'id', fields: { facts: plain('content', '爭議經過'), asked: plain('content', '請求'), plan_terms: plain('content', '解決方案'), terms: plain('content', '調解成立之內容') } } },
}

/** rules.md §5: 調解 case files by the county's approved table, which nobody here has seen. */
export const retention: RetentionClass[] = [
  { id: 'consumer-disputes', kind: caseKind, title: '消費爭議案件', years: null, citation: '機關共通性檔案保存年限基準或本府保存年限區分表', status: 'U' },
  { id: 'consumer-mediations', kind: mediationKind, title: '消費爭議調解會議', years: null, citation: '機關共通性檔案保存年限基準或本府保存年限區分表', status: 'U' },
]
