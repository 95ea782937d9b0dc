import { units } from '../../../core/calendar/rule-acts.ts'
import { awaitsConfirmation, type ParamName, type Rule } from '../../../core/clocks/index.ts'
import { type Day, rocDay } from '../../../core/time.ts'
import type { Tone } from '../../../ui/components/tag.tsx'

/** Matters of the office by the beginning of a rule's id, in the order of the lists. */
export const subjects: Record<string, { title: string; prefixes: string[] }> = {
  petitions: { title: '人民陳情', prefixes: ['petition'] },
  appeals: { title: '訴願', prefixes: ['appeal', 'remedy'] },
  compensation: { title: '國家賠償', prefixes: ['sc'] },
  consumer: { title: '消費爭議', prefixes: ['cp'] },
  advice: { title: '法律諮詢與法律扶助', prefixes: ['legal', 'la', 'advice'] },
  council: { title: '議會、縣務會議與列管', prefixes: ['council', 'directive', 'meeting'] },
  regulations: { title: '自治法規與行政規則', prefixes: ['reg'] },
  procurement: { title: '政府採購', prefixes: ['proc', 'tender'] },
  information: { title: '政府資訊、檔案與個人資料', prefixes: ['foi', 'archive', 'archives', 'pdp', 'file'] },
  documents: { title: '公文', prefixes: ['doc'] },
  card: { title: '縣民卡', prefixes: ['card'] },
  plans: { title: '施政計畫與離島建設', prefixes: ['plan', 'budget'] },
  cyber: { title: '資通安全', prefixes: ['cyber'] },
  other: { title: '其他', prefixes: [] },
}

export function subjectOf(ruleId: string): string {
  const prefix = ruleId.split('-')[0]!
  return Object.entries(subjects).find(([, { prefixes }]) => prefixes.includes(prefix))?.[0] ?? 'other'
}

/** 30 個工作日; what decides where it is no one number. */
export function periodText(rule: Rule): string {
  if (rule.tender) return '依採購金額級距'
  if (rule.counting === 'gazette') return '依公報出刊日'
  if (rule.levels) return `依事件等級：${Object.entries(rule.levels).map(([level, hours]) => `${level} 級 ${lengthText(hours, rule.unit)}`).join('、')}`
  if (rule.tenderShare) return `等標期的 ${rule.tenderShare.divisor} 分之一`
  const own = rule.length === null ? (rule.variants ? '' : '由機關指定') : lengthText(rule.length, rule.unit)
  const others = Object.values(rule.variants ?? {}).map(({ title, length, unit }) => `${title} ${lengthText(length, unit ?? rule.unit)}`)
  return [own, ...others].filter(Boolean).join('；')
}

export const lengthText = (length: number, unit: Rule['unit']): string => `${length} ${unit === 'wd' ? '個工作日' : units[unit]}`

export type RuleState = 'sure' | 'awaiting' | 'confirmed' | 'draft'
export const stateNames: Record<RuleState, string> = { sure: '條文已查證', awaiting: '待法制單位確認', confirmed: '法制單位已確認', draft: '草案，尚未施行' }
export const stateTones: Record<RuleState, Tone> = { sure: 'plain', awaiting: 'soon', confirmed: 'done', draft: 'waiting' }

export function stateOf(rule: Rule): RuleState {
  if (rule.draft) return 'draft'
  if (rule.confirmed) return 'confirmed'
  return awaitsConfirmation(rule) ? 'awaiting' : 'sure'
}

/** To which trigger days a version applies. */
export function spanText({ effectiveFrom: from, effectiveTo: to }: { effectiveFrom: Day | null; effectiveTo: Day | null }): string {
  if (!from && !to) return '不限'
  return `${from ? `${rocDay(from)} 起` : ''}${to ? `${from ? '，' : ''}至 ${rocDay(to)}` : ''}`
}

export const rollTexts: Record<Rule['roll'], string> = { 'next-open': '順延到下一個上班日', none: '不順延', target: '順延到下一個上班日；機關內部以原定日為目標' }
export const statusTexts: Record<Rule['status'], string> = { 'V-M': '已對照法規條文', 'V-P': '已對照其他公開資料', S: '依據二手資料', U: '尚未查證' }

/** What a calculation asks for besides the day, as a label and how to write it. */
export const paramWords: Record<ParamName, { label: string; hint?: string }> = {
  extensionDays: { label: '展期幾日', hint: '以工作日計的規則是工作日' },
  extensionMonths: { label: '展期幾個月' },
  days: { label: '機關指定的日數' },
  clock: { label: '哪一個期間' },
  serviceKind: { label: '怎麼送達', hint: '送達、寄存送達 或 公示送達' },
  correctedOn: { label: '補正日' },
  lastReasonsOn: { label: '最後補具理由日' },
  resumedOn: { label: '停止原因消滅日' },
  awardedOn: { label: '決標日' },
  servedOn: { label: '送達日' },
  damageOn: { label: '損害發生日' },
  missedOn: { label: '遲誤的期間末日' },
  firstReceived: { label: '第一次收到' },
  noticeSent: { label: '通知寄出日' },
  promulgationDeadline: { label: '公布期限' },
  residence: { label: '住居地', hint: '例如 金門縣、臺北市、香港' },
  appealSeat: { label: '受理訴願機關所在地' },
  representativeAtSeat: { label: '代理人住在機關所在地', hint: '是 或 否' },
  pauses: { label: '停止計算的期間', hint: '例如 114/1/10..114/1/20；還沒結束寫 114/1/10..' },
  closures: { label: '另外停止上班的日子', hint: '以逗號分開，例如 115/10/6,115/10/7' },
  township: { label: '機關所在鄉鎮', hint: '那個鄉鎮單獨停止上班的日子也算；例如 金寧鄉；空白就是縣政府' },
  tenderDays: { label: '等標期日數' },
  amountClass: { label: '採購金額級距' },
  cutoff: { label: '截止時間', hint: 'office-closing（下班時間）或 10:00' },
  publicInspection: { label: '辦理公開閱覽', hint: '是 或 否' },
  electronicDocuments: { label: '電子領標', hint: '是 或 否' },
  electronicBids: { label: '電子投標', hint: '是 或 否' },
  level: { label: '事件等級', hint: '1 至 4' },
}
