import { type Day, day } from '../../time.ts'
import type { Rule, RuleStatus } from '../rule.ts'

// 資通安全. The hours of the text of 2019 were not compared with those of 2021; of the text of 2026 only second-hand reports
// were seen, which say that the hours are unchanged. They start with knowledge, run day and night, and keep that start
// when the level changes.

type Version = { version: number; regulation: string; article: string; status: RuleStatus; from: Day; to: Day | null }
const texts: readonly Omit<Version, 'article'>[] = [
  { version: 1, regulation: '資通安全事件通報及應變辦法', status: 'U', from: day('2019-01-01'), to: day('2021-08-22') },
  { version: 2, regulation: '資通安全事件通報及應變辦法', status: 'V-M', from: day('2021-08-23'), to: day('2026-01-04') },
  { version: 3, regulation: '資通安全事件通報應變及演練辦法', status: 'S', from: day('2026-01-05'), to: null },
]

// One rule through the three texts. The article numbers of 2026 are not known: the citation names those of 2021.
function throughVersions(article: string, rule: Omit<Rule, 'version' | 'citation' | 'status' | 'effectiveFrom' | 'effectiveTo' | 'configurable'>): Rule[] {
  return texts.map(({ version, regulation, status, from, to }) => ({
    ...rule,
    version,
    citation: version === 3 ? `${regulation}（115 年 1 月 5 日修正；110 年條文為 ${article}）` : `${regulation} ${article}`,
    status,
    effectiveFrom: from,
    effectiveTo: to,
    configurable: status !== 'V-M',
  }))
}

const hours = { unit: 'h', roll: 'none', counting: 'own' } as const
const drill = { roll: 'target', counting: 'civil' } as const

export const cyberRules: Rule[] = [
  ...throughVersions('§4 I、III', {
    id: 'cyber-report-1h', title: '資通安全事件之通報', trigger: '知悉事件', ...hours, length: 1,
    onLapse: '依規定懲處或列為稽核缺失；無法依指定方式通報者，應於同一時間內以其他方式通報並補行',
  }),
  ...throughVersions('§4 II', {
    id: 'cyber-regrade-1h', title: '資通安全事件等級變更之續行通報', trigger: '等級變更', ...hours, length: 1,
    onLapse: '依規定懲處或列為稽核缺失',
  }),
  ...throughVersions('§5 I、II', {
    id: 'cyber-review-8h-2h', title: '資通安全事件等級之審核', trigger: '完成通報', ...hours, length: null,
    levels: { 1: 8, 2: 8, 3: 2, 4: 2 },
    onLapse: '主管機關得逕為審核並變更等級',
  }),
  ...throughVersions('§5 III', {
    id: 'cyber-review-notify-1h', title: '審核結果之通知主管機關', trigger: '完成審核', ...hours, length: 1,
    onLapse: '主管機關得逕為審核並變更等級',
  }),
  ...throughVersions('§6 I', {
    id: 'cyber-contain-72h-36h', title: '資通安全事件之損害控制或復原', trigger: '知悉事件', ...hours, length: null,
    levels: { 1: 72, 2: 72, 3: 36, 4: 36 },
    note: '事件等級變更時，仍自最初知悉時起算。',
    onLapse: '應說明未能依時完成之原因，並得被要求調整',
  }),
  ...throughVersions('§6 II、III', {
    id: 'cyber-final-1mo', title: '資通安全事件調查、處理及改善報告', trigger: '完成損害控制或復原', unit: 'mo', roll: 'target', counting: 'civil', length: 1,
    extension: { max: null, citation: '須經上級或監督機關及主管機關同意' },
    onLapse: '應說明原因，並得被要求調整',
  }),
  ...throughVersions('§8 II ①', {
    id: 'cyber-drill-social-6mo', title: '社交工程演練（每半年一次）', trigger: '前次演練', ...drill, unit: 'mo', length: 6,
    onLapse: '未依頻率辦理演練，列為稽核缺失',
  }),
  ...throughVersions('§8 II ②', {
    id: 'cyber-drill-report-1y', title: '通報及應變演練（每年一次）', trigger: '前次演練', ...drill, unit: 'y', length: 1,
    onLapse: '未依頻率辦理演練，列為稽核缺失',
  }),
  ...throughVersions('§8 I', {
    id: 'cyber-drill-result-1mo', title: '演練執行情形及成果報告', trigger: '演練完成', ...drill, unit: 'mo', length: 1,
    onLapse: '逾期未送主管機關',
  }),
  {
    id: 'cyber-plan-yearly', version: 1, title: '資通安全維護計畫實施情形之提出（每年）', trigger: '前次提出',
    citation: '資通安全管理法（107 年）§12', status: 'V-M', effectiveFrom: day('2019-01-01'), effectiveTo: day('2025-11-30'),
    ...drill, unit: 'y', length: 1, configurable: false,
    onLapse: '未向上級或監督機關提出實施情形',
  },
  {
    id: 'cyber-plan-yearly', version: 2, title: '資通安全維護計畫實施情形之提出（每年）', trigger: '前次提出',
    citation: '資通安全管理法（114 年 9 月 24 日修正公布；107 年條文為 §12）', status: 'U', effectiveFrom: day('2025-12-01'), effectiveTo: null,
    ...drill, unit: 'y', length: 1, configurable: true,
    onLapse: '未向上級或監督機關提出實施情形',
  },
  {
    id: 'cyber-grade-term', version: 1, title: '資通安全責任等級之提交', trigger: '前次提交',
    citation: '資通安全責任等級分級辦法 §3', status: 'V-M', effectiveFrom: day('2019-01-01'), effectiveTo: day('2026-01-04'),
    ...drill, unit: 'y', length: 2, configurable: false,
    onLapse: '逾期未提交責任等級',
  },
  {
    id: 'cyber-grade-term', version: 2, title: '資通安全責任等級之提交', trigger: '前次提交',
    citation: '資通安全責任等級分級辦法（115 年版，據報改為三年）', status: 'S', effectiveFrom: day('2026-01-05'), effectiveTo: null,
    ...drill, unit: 'y', length: 3, configurable: true,
    onLapse: '逾期未提交責任等級',
  },
]
