import { type PersonalFile, plain } from '../../core/personal-data/index.ts'
import type { RetentionClass } from '../../core/personal-data/retention.ts'
import { caseKind } from './schema.ts'

/** Who advises the county: names and offices, which are published when somebody is appointed. Addresses and telephones are not kept here. */
export const personalData: PersonalFile = {
  id: 'advisers',
  title: '縣政顧問及鄉賢名冊',
  of: '縣政顧問、旅台中央鄉賢',
  purpose: '顧問之遴聘、任期管理及建議事項之追蹤',
  categories: ['C001 辨識個人者', 'C038 職業'],
  basis: '個人資料保護法 §15 ②（經當事人同意）；本縣縣政顧問遴聘規定（待法制單位確認）',
  kept: '任期屆滿後依核定之保存年限保存',
  tables: {
    advisers: { fields: { name: plain('name', '姓名'), title: plain('content', '職稱'), field: plain('content', '專長'), ended_why: plain('content', '解聘原因') } },
    suggestions: { case: 'id', fields: { body: plain('content', '建議內容'), reply: plain('content', '回復內容') } },
  },
}

/** rules.md §5: by the county's approved table, which nobody here has seen. */
export const retention: RetentionClass[] = [{ id: 'suggestions', kind: caseKind, title: '顧問建議事項', years: null, citation: '機關共通性檔案保存年限基準或本府保存年限區分表', status: 'U' }]
