import { addDays, type Day, day, daysBetween, lastDayOfMonth, monthOf } from '../core/time.ts'
import { isOpen } from './office-time.ts'

/** A row of a file, by its columns. */
type Row = Record<string, string>
/** The demonstration county's projects and their months. All names and numbers are invented. */
type DemoProject = {
  number: string; title: string; level: '重大施政計畫' | '特定案件'; grade: '府管' | '自管'; unit: string; budgetTwd: number; funding: string; startOn: Day; finishOn: Day; finishedOn: Day | null; listedOn: Day; delistedOn: Day | null
  summary: string; milestones: string
}
type DemoMonth = { number: string; month: string; planned: number; plannedTwd: number; actual: number | null; actualTwd: number | null; work: string; reason: string; measure: string; reportedOn: Day | null }

type Pace = 'ahead' | 'on-track' | 'behind' | 'severe'
type Matter = { title: string; unit: string; budget: number; months: number; pace: Pace; level?: DemoProject['level']; funding?: string }

const works: Matter[] = [
  ['濱海道路拓寬工程', '工務處', 186, 22, 'on-track'], ['第二期污水下水道系統', '工務處', 240, 26, 'behind'], ['老舊橋梁耐震補強', '工務處', 96, 16, 'ahead'], ['智慧路燈汰換', '工務處', 58, 12, 'on-track'], ['區域排水改善', '工務處', 132, 18, 'severe'],
  ['公有停車場興建', '工務處', 88, 15, 'on-track'], ['校舍耐震補強', '教育處', 74, 14, 'ahead'], ['校園數位教室', '教育處', 42, 10, 'on-track'], ['全民運動中心興建', '教育處', 320, 28, 'behind'], ['長照衛福據點興建', '社會處', 110, 20, 'on-track'],
  ['托育家園設置', '社會處', 36, 10, 'on-track'], ['文化園區修復', '文化局', 150, 24, 'severe'], ['縣立圖書館新館', '文化局', 280, 28, 'on-track'], ['漁港設施整建', '建設處', 92, 16, 'on-track'], ['農產加工驗證場', '建設處', 48, 12, 'ahead'],
  ['都市計畫通盤檢討', '建設處', 18, 20, 'behind'], ['古厝民宿聚落環境改善', '觀光處', 66, 15, 'on-track'], ['旅遊服務中心更新', '觀光處', 45, 12, 'on-track'], ['消防分隊廳舍整建', '消防局', 84, 18, 'on-track'], ['醫療後送直升機坪', '衛生局', 52, 14, 'behind'],
  ['資源回收分選場', '環境保護局', 128, 20, 'on-track'], ['海岸環境清理設備', '環境保護局', 24, 9, 'ahead'], ['自來水管線汰換', '自來水廠', 210, 25, 'on-track'], ['地籍圖重測第五期', '地政局', 32, 18, 'on-track'],
  ['碼頭候船設施改善', '港務處', 76, 13, 'on-track'], ['殯葬園區納骨設施', '民政處', 98, 19, 'on-track'],
].map(([title, unit, budget, months, pace]) => ({ title, unit, budget, months, pace }) as Matter)
const special: Matter[] = [
  ['縣有閒置廳舍活化', '財政處', 12, 14, 'on-track'], ['跨域申辦整合', '行政處', 9, 12, 'ahead'], ['公車路線重整', '公共車船管理處', 15, 10, 'on-track'], ['警政監視系統汰換', '警察局', 64, 13, 'on-track'], ['離島醫療人力留任', '衛生局', 20, 18, 'behind'],
  ['老舊校舍拆除', '教育處', 22, 9, 'on-track'], ['水庫淤積清除', '自來水廠', 38, 12, 'on-track'], ['歷史建築緊急加固', '文化局', 26, 8, 'severe'],
].map(([title, unit, budget, months, pace]) => ({ title, unit, budget, months, pace, level: '特定案件' }) as Matter)

/** Was to be finished three months ago and is not. */
const overdue: Matter = { title: '自行車道夜間照明改善', unit: '工務處', budget: 16, months: 9, pace: 'severe' }

const causes = ['用地取得協議尚未完成，工區無法全面開工。', '管線遷移配合單位作業較預期久。', '流標兩次，決標較預定晚兩個月。', '連續雨天，土方與鋪面作業順延。', '變更設計審查中，相關工項暫停。']
const cures = ['每週召開工務會議，由主辦科長追趕進度，並增派一組工班。', '已協調管線單位提前進場，分段交地施工。', '放寬工期與付款條件後重新招標，已決標。', '調整工序先做室內及結構項目，天候穩定後趕工。', '請設計單位三週內完成變更設計，同步辦理議價。']

/**
 * What the county watches: 26 major plan cases and 8 special cases of ROC 109 to 111, all ended since, and as many as fit a county of today that run now, one of them past its last day.
 * `today` decides only which are the running ones; most have reported the last month, the works bureau has yet to.
 */
export function makeProjects(today: Day): { projects: Row[]; months: Row[] } {
  const drawn = new Map<string, number>()
  const made: { projects: DemoProject[]; months: DemoMonth[] } = { projects: [], months: [] }
  const add = (matter: Matter, i: number, startOn: Day, title: string, until: Day) => {
    const year = String(Number(startOn.slice(0, 4)) - 1911)
    drawn.set(year, (drawn.get(year) ?? 0) + 1)
    const one = projectOf(matter, i, startOn, title, `管${year}-${String(drawn.get(year)).padStart(6, '0')}`, until)
    made.projects.push(one.project)
    made.months.push(...one.months)
  }
  const all = [...works, ...special]
  const begun = all.map((matter, i) => ({ matter, i, on: day(`${i % 3 === 0 ? 2020 : 2021}-${String(((i * 5) % (i % 3 === 0 ? 12 : 6)) + 1).padStart(2, '0')}-01`) })).toSorted((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : a.i - b.i))
  for (const { matter, i, on } of begun) add(matter, i, on, matter.title, today)
  const lastMonth = addDays(firstOf(today), -1)
  const before = addDays(firstOf(lastMonth), -1)
  // reports of the last month have come in from the tenth on
  const reportedUntil = ({ unit }: Matter, i: number): Day => (unit === '工務處' || i % 5 === 0 || today < addDays(lastMonth, 10) ? before : lastMonth)
  all.filter((_, i) => i % 2 === 0).map((matter, i) => ({ matter, i, on: monthsBefore(today, 3 + ((i * 7) % 9)) })).toSorted((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : a.i - b.i))
    .forEach(({ matter, i, on }) => add(matter, i + 1, on, `${matter.title}（第二期）`, reportedUntil(matter, i)))
  add(overdue, 4, monthsBefore(today, 12), overdue.title, before)
  return { projects: made.projects.map(projectRow), months: made.months.map(monthRow) }
}

const projectRow = (it: DemoProject): Row => ({
  案號: it.number, 計畫名稱: it.title, 類別: it.level, 列管級別: it.grade, 主辦單位: it.unit, 總經費: String(it.budgetTwd), 經費來源: it.funding, 開始日期: it.startOn, 完成期限: it.finishOn, 完成日期: it.finishedOn ?? '', 列管日期: it.listedOn,
  撤管日期: it.delistedOn ?? '', 撤管原因: it.delistedOn ? '完成撤管' : '', 計畫概要: it.summary, 查核點: it.milestones,
})
const monthRow = (it: DemoMonth): Row => ({
  案號: it.number, 月份: it.month, 預定進度: String(it.planned), 預定支用: String(it.plannedTwd), 實際進度: text(it.actual), 實際支用: text(it.actualTwd), 辦理情形: it.work, 落後原因: it.reason, 因應對策: it.measure, 填報日期: it.reportedOn ?? '',
})
const text = (value: number | null): string => (value === null ? '' : String(value))

const firstOf = (on: Day): Day => day(`${monthOf(on)}-01`)
function monthsBefore(on: Day, n: number): Day {
  let first = firstOf(on)
  for (let i = 0; i < n; i++) first = firstOf(addDays(first, -1))
  return first
}

/** How far behind the plan, in percentage points, at a part of the way. */
const lag: Record<Pace, (part: number) => number> = { ahead: (part) => -3 * part, 'on-track': (part) => 2.4 * part, behind: (part) => 3 + 9 * part * (1.2 - part), severe: (part) => 4 + 22 * part * (1.2 - part) }
const monthsLate: Record<Pace, number> = { ahead: -1, 'on-track': 0, behind: 2, severe: 4 }
const four = (value: number): number => Math.round(value * 10_000) / 10_000

function projectOf(matter: Matter, i: number, startOn: Day, title: string, number: string, until: Day) {
  const plan = planOf(matter, startOn)
  const finishOn = lastDayOfMonth(day(`${plan.at(-1)!.month}-01`))
  const meant = shift(finishOn, monthsLate[matter.pace], -9 - (i % 7))
  const isOver = meant <= addDays(until, -10)
  const finishedOn = isOver ? open(meant) : meant
  const lastMonth = isOver ? monthOf(finishedOn) : monthOf(until)
  const months: DemoMonth[] = []
  for (let month = monthOf(startOn); month <= (lastMonth > plan.at(-1)!.month ? lastMonth : plan.at(-1)!.month); month = monthOf(addDays(lastDayOfMonth(day(`${month}-01`)), 1))) {
    const planned = plan.find((each) => each.month === month) ?? plan.at(-1)!
    months.push({ ...planned, number, month, ...(month <= lastMonth ? reportOf(matter, i, month, planned, months.at(-1) ?? null, isOver && month === lastMonth, plan.length) : unreported) })
  }
  const project: DemoProject = {
    number, title, level: matter.level ?? '重大施政計畫', grade: i % 4 === 3 ? '自管' : '府管', unit: matter.unit, budgetTwd: matter.budget * 1_000_000, funding: i % 3 === 0 ? '離島建設基金及縣預算' : i % 3 === 1 ? '縣預算' : '中央補助及縣預算',
    startOn, finishOn, finishedOn: isOver ? finishedOn : null, listedOn: open(addDays(startOn, 3)), delistedOn: isOver && addDays(finishedOn, 40) < until ? open(addDays(finishedOn, 40)) : null,
    summary: `${title}，改善地方設施與服務，由${matter.unit}辦理。`, milestones: milestonesOf(startOn, finishOn, isOver ? finishedOn : null, until, matter.pace),
  }
  return { project, months }
}

const unreported = { actual: null, actualTwd: null, work: '', reason: '', measure: '', reportedOn: null }

/** An S curve: slow at both ends. */
function planOf({ budget, months }: Matter, startOn: Day): { month: string; planned: number; plannedTwd: number }[] {
  let month = monthOf(startOn)
  return Array.from({ length: months }, (_, i) => {
    const part = (i + 1) / months
    const planned = i === months - 1 ? 100 : four(100 * part * part * (3 - 2 * part))
    const point = { month, planned, plannedTwd: Math.round(budget * planned * 9_500) }
    month = monthOf(addDays(lastDayOfMonth(day(`${month}-01`)), 1))
    return point
  })
}

function reportOf(matter: Matter, i: number, month: string, { planned, plannedTwd }: { planned: number; plannedTwd: number }, before: DemoMonth | null, isLast: boolean, length: number) {
  const part = Math.min(planned / 100, 1)
  const wave = ((Number(month.slice(5)) * 7 + i * 3) % 10) / 10
  const wanted = planned - lag[matter.pace](part) - (matter.pace === 'on-track' ? wave : 0)
  const actual = isLast ? 100 : four(Math.max(before?.actual ?? 0, Math.min(wanted, matter.pace === 'ahead' ? 99.5 : 99)))
  const actualTwd = isLast ? Math.round(matter.budget * 955_000) : Math.max(before?.actualTwd ?? 0, Math.round((plannedTwd * actual * 0.97) / Math.max(planned, 1)))
  const isBehind = !isLast && (planned - actual >= 5 || (planned === 100 && length > 0 && actual < 100))
  return {
    actual, actualTwd, work: isLast ? '全案完成並驗收。' : `${planned < 15 ? '辦理規劃設計與用地作業' : planned < 40 ? '發包及前置施工' : planned < 85 ? '主體工項施作' : '收尾與缺失改善'}，依計畫推動。`,
    reason: isBehind ? causes[i % causes.length]! : '', measure: isBehind ? cures[i % cures.length]! : '', reportedOn: open(addDays(lastDayOfMonth(day(`${month}-01`)), 3)),
  }
}

function milestonesOf(startOn: Day, finishOn: Day, finishedOn: Day | null, until: Day, pace: Pace): string {
  const length = daysBetween(startOn, finishOn)
  const slips = Math.max(0, monthsLate[pace]) * 12
  return [['完成設計', 0.2], ['決標', 0.35], ['工程過半', 0.65], ['完工', 1] as const].map(([title, part]) => {
    const plannedOn = part === 1 ? finishOn : addDays(startOn, Math.round(length * Number(part)))
    const reachedOn = part === 1 ? finishedOn : addDays(plannedOn, slips)
    return `${plannedOn} ${title}${reachedOn && reachedOn <= until ? `（${reachedOn} 達成）` : ''}`
  }).join('\n')
}

function shift(on: Day, months: number, days: number): Day {
  let moved = on
  for (let i = 0; i < Math.abs(months); i++) moved = months > 0 ? lastDayOfMonth(addDays(moved, 1)) : addDays(firstOf(moved), -1)
  return addDays(moved, days)
}

function open(on: Day): Day {
  return isOpen(on) ? on : open(addDays(on, 1))
}
