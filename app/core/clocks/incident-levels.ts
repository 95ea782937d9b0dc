import { type Day, day, rocDay } from '../time.ts'
import type { Undetermined } from './answer.ts'
import type { RuleStatus } from './rule.ts'

// 資通安全事件之等級: the decision table of each version of the text, and the hours that follow from a level.

export type IncidentGrade = 1 | 2 | 3 | 4

/** What was leaked or altered. `core-critical` is core and serves critical infrastructure (涉及關鍵基礎設施維運). */
export const incidentAssets = {
  'non-core': '非核心業務資訊',
  core: '未涉及關鍵基礎設施維運之核心業務資訊',
  'core-critical': '涉及關鍵基礎設施維運之核心業務資訊',
  'official-secret': '一般公務機密',
  sensitive: '敏感資訊',
  'state-secret': '國家機密',
} as const
export type IncidentAsset = keyof typeof incidentAssets

export const incidentSeverities = { minor: '輕微', serious: '嚴重' } as const
export type IncidentSeverity = keyof typeof incidentSeverities

/** What stood still: the work itself, or an information system. */
export const incidentSubjects = { business: '業務', system: '資通系統' } as const
export const incidentRanks = {
  'non-core': '非核心',
  core: '未涉及關鍵基礎設施維運之核心',
  'core-critical': '涉及關鍵基礎設施維運之核心',
} as const
export const incidentRecoveries = { within: '於可容忍中斷時間內回復', beyond: '無法於可容忍中斷時間內回復' } as const

/** The impact of an incident as its reporter judges it; what is left out was not affected. Severity does not matter for state secrets. */
export type IncidentAnswers = {
  confidentiality?: { of: IncidentAsset; severity: IncidentSeverity }
  integrity?: { of: IncidentAsset; severity: IncidentSeverity }
  availability?: { subject: keyof typeof incidentSubjects; of: keyof typeof incidentRanks; recovery: keyof typeof incidentRecoveries }
}

export type IncidentAspect = keyof IncidentAnswers
export const incidentAspects: Readonly<Record<IncidentAspect, string>> = { confidentiality: '機密性', integrity: '完整性', availability: '可用性' }

/** Null in a table: this version of the text does not speak of it. */
type Cell = IncidentGrade | null

export type IncidentTable = {
  version: number
  title: string
  citation: string
  status: RuleStatus
  effectiveFrom: Day
  effectiveTo: Day | null
  /** 洩漏 (confidentiality) and 竄改 (integrity) have the same grades in every version. */
  assets: Readonly<Record<IncidentAsset, Readonly<Record<IncidentSeverity, Cell>>>>
  availability: Readonly<Record<keyof typeof incidentSubjects, Readonly<Record<keyof typeof incidentRanks, Readonly<Record<keyof typeof incidentRecoveries, Cell>>>>>>
}

/** The hours that follow from a level; all start with knowledge of the incident, except those of the review. */
export type IncidentHours = {
  /** From knowledge to the report. */
  report: 1
  /** From the complete report to the review of its level by the county. */
  review: 8 | 2
  /** From the review to telling the ministry. */
  tellMinistry: 1
  /** From knowledge to damage control or recovery, also when the level was changed later. */
  contain: 72 | 36
  /** Levels 3 and 4: the chief information security officer calls a meeting. */
  meeting: boolean
}

export type IncidentLevel = {
  kind: 'level'
  /** Null: nothing that the text speaks of was affected. */
  level: IncidentGrade | null
  hours: IncidentHours | null
  /** One sentence for each aspect answered, in Chinese. */
  because: string[]
  table: IncidentTable
}

/** The level by the table in force on the day of knowledge (or by a table at hand). The gravest aspect decides. */
export function incidentLevel(on: Day | IncidentTable, answers: IncidentAnswers): IncidentLevel | Undetermined {
  const table = typeof on === 'string' ? incidentTableOn(on) : on
  if (!table) return { kind: 'undetermined', because: `${rocDay(on as Day)} 在資通安全管理法施行（108/1/1）之前，沒有事件分級` }
  const because: string[] = []
  let level: IncidentGrade | null = null
  for (const aspect of ['confidentiality', 'integrity', 'availability'] as const) {
    if (!answers[aspect]) continue
    const cell = cellOf(table, aspect, answers)
    const what = describe(aspect, answers)
    if (cell === null) return { kind: 'undetermined', because: `${table.title}的分級沒有「${what}」這一項，請改依其他項目判斷，或由審核機關認定` }
    because.push(`${incidentAspects[aspect]}：${what}，為第${'一二三四'[cell - 1]}級。`)
    if (level === null || cell > level) level = cell
  }
  return { kind: 'level', level, hours: level && incidentHours(level), because, table }
}

/** The decision table in force on a day; null before there was one. */
export function incidentTableOn(on: Day): IncidentTable | null {
  return incidentTables.find((table) => table.effectiveFrom <= on && (table.effectiveTo === null || on <= table.effectiveTo)) ?? null
}

/** 通報及應變辦法 §4–7: the same numbers in every version so far (2026: second-hand). */
export function incidentHours(level: IncidentGrade): IncidentHours {
  return level <= 2
    ? { report: 1, review: 8, tellMinistry: 1, contain: 72, meeting: false }
    : { report: 1, review: 2, tellMinistry: 1, contain: 36, meeting: true }
}

function cellOf(table: IncidentTable, aspect: IncidentAspect, answers: IncidentAnswers): Cell {
  if (aspect === 'availability') {
    const { subject, of, recovery } = answers.availability!
    return table.availability[subject][of][recovery]
  }
  const { of, severity } = answers[aspect]!
  return table.assets[of][severity]
}

function describe(aspect: IncidentAspect, answers: IncidentAnswers): string {
  if (aspect === 'availability') {
    const { subject, of, recovery } = answers.availability!
    return `${incidentRanks[of]}${incidentSubjects[subject]}之運作受影響或停頓，${incidentRecoveries[recovery]}`
  }
  const { of, severity } = answers[aspect]!
  const harm = aspect === 'confidentiality' ? '洩漏' : '竄改'
  return `${incidentAssets[of]}遭${of === 'state-secret' ? '' : incidentSeverities[severity]}${harm}`
}

const assets2021: IncidentTable['assets'] = {
  'non-core': { minor: 1, serious: 2 },
  core: { minor: 2, serious: 3 },
  'core-critical': { minor: 3, serious: 4 },
  'official-secret': { minor: 3, serious: 4 },
  sensitive: { minor: 3, serious: 4 },
  'state-secret': { minor: 4, serious: 4 },
}
const ranks: IncidentTable['availability']['system'] = {
  'non-core': { within: 1, beyond: 2 },
  core: { within: 2, beyond: 3 },
  'core-critical': { within: 3, beyond: 4 },
}
const notNamed = { within: null, beyond: null }

/** 通報及應變辦法 §2. The text of 2019 was not compared with that of 2021; the one of 2026 was seen in an excerpt. */
export const incidentTables: readonly IncidentTable[] = [
  {
    version: 1, title: '108 年資通安全事件通報及應變辦法', citation: '資通安全事件通報及應變辦法 §2', status: 'U',
    effectiveFrom: day('2019-01-01'), effectiveTo: day('2021-08-22'),
    assets: assets2021, availability: { business: ranks, system: { ...ranks, 'non-core': notNamed } },
  },
  {
    version: 2, title: '110 年資通安全事件通報及應變辦法', citation: '資通安全事件通報及應變辦法 §2（110 年 8 月 23 日修正）', status: 'V-M',
    effectiveFrom: day('2021-08-23'), effectiveTo: day('2026-01-04'),
    // 非核心業務之運作 only: a system that is not core is judged by the work that it serves.
    assets: assets2021, availability: { business: ranks, system: { ...ranks, 'non-core': notNamed } },
  },
  {
    version: 3, title: '115 年資通安全事件通報應變及演練辦法', citation: '資通安全事件通報應變及演練辦法（115 年 1 月 5 日修正）', status: 'V-P',
    effectiveFrom: day('2026-01-05'), effectiveTo: null,
    // 敏感資訊 no longer stands beside 一般公務機密, and availability is that of 資通系統, no longer of 業務.
    assets: { ...assets2021, sensitive: { minor: null, serious: null } },
    availability: { business: { 'non-core': notNamed, core: notNamed, 'core-critical': notNamed }, system: ranks },
  },
]
