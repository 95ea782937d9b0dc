import { day } from '../../time.ts'
import type { Rule } from '../rule.ts'

// 公文時效. Days run from the day after receipt, on office days only (文書處理手冊 點 78; seen as quoted by other offices).
const manual = '文書處理手冊 點 78；文書流程管理作業規範'

const documentRule = {
  version: 1, trigger: '收文', citation: manual, status: 'V-P', effectiveFrom: null, effectiveTo: null,
  unit: 'wd', roll: 'next-open', counting: 'office-days', configurable: true,
  extension: { max: null, citation: '屆期前申請展期，依展延日數分層核定（機關自訂）' },
  pausable: { citation: `彙辦案件等候其他機關答復之期間不計入（${manual}）` },
  onLapse: '列入逾期公文稽催',
} as const satisfies Partial<Rule>

export const documentRules: Rule[] = [
  { ...documentRule, id: 'doc-urgent-1wd', title: '最速件公文之辦結', length: 1 },
  { ...documentRule, id: 'doc-fast-3wd', title: '速件公文之辦結', length: 3 },
  { ...documentRule, id: 'doc-normal-6wd', title: '普通件公文之辦結', length: 6 },
  {
    ...documentRule, id: 'doc-project', title: '專案管制公文之辦結', trigger: '核准專案管制', length: null,
    citation: `${manual}：案情複雜須三十日以上方可辦結者`,
  },
  {
    id: 'doc-exchange-check', version: 1, title: '電子交換發送結果之檢視', trigger: '發文',
    citation: '機關公文電子交換作業辦法 §7 ⑥', status: 'V-M', effectiveFrom: day('2010-05-11'), effectiveTo: null,
    unit: 'cd', length: 1, roll: 'target', counting: 'administrative', configurable: false,
    onLapse: '未送達之公文未即處理',
  },
]
