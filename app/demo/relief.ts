import { addDays, type Day, day, lastDayOfMonth, monthOf, rocDay } from '../core/time.ts'
import { isOpen } from './office-time.ts'

/** A row of relief-items.csv, in the office's words. All names and numbers are invented. */
type Row = Record<string, string>
/** what it costs: spending, revenue forgone, revenue deferred */
type Costs = { spent?: number; forgone?: number; deferred?: number }
/** title, lead, joint units, applications expected, costs in 萬元, months until done (0: not done by the end of October) */
type Item = [title: string, unit: string, joint: string[], expected: number, costs: Costs, months: number]

/** The nine plans of the programme of ROC 110 and their 36 work items. */
const plans110: [string, Item[]][] = [
  ['貸款利息補貼/延期', [
    ['中小企業貸款利息補貼', '建設處', ['財政處'], 240, { spent: 960 }, 0], ['旅宿業貸款利息補貼', '觀光處', ['財政處'], 86, { spent: 430 }, 5], ['農漁民貸款本息展延協助', '建設處', [], 130, { spent: 60 }, 4], ['青年創業貸款緩繳本金', '社會處', ['財政處'], 44, { deferred: 720 }, 0],
  ]],
  ['地方稅減免/延期', [
    ['娛樂稅減徵', '稅務局', ['觀光處'], 120, { forgone: 380 }, 5], ['使用牌照稅營業車輛減免', '稅務局', ['公共車船管理處'], 310, { forgone: 620 }, 4], ['房屋稅停業期間改課', '稅務局', [], 205, { forgone: 540 }, 0], ['地方稅延期或分期繳納', '稅務局', ['財政處'], 168, { deferred: 2600 }, 5],
  ]],
  ['縣有不動產租金減免/延期', [
    ['縣有市場攤位租金減半', '建設處', ['財政處'], 260, { forgone: 310 }, 4], ['縣有房地承租戶租金減收', '財政處', [], 142, { forgone: 455 }, 4], ['觀光景點賣店租金減免', '觀光處', ['財政處'], 38, { forgone: 290 }, 5], ['縣有耕地租金緩繳', '財政處', ['建設處'], 75, { deferred: 66 }, 0],
  ]],
  ['委託經營及促參權利金減免/延期', [
    ['遊憩設施權利金減收', '觀光處', ['財政處'], 9, { forgone: 880 }, 5], ['停車場委託經營權利金減收', '工務處', ['財政處'], 7, { forgone: 240 }, 0], ['促參案權利金延後繳納', '財政處', [], 4, { deferred: 1500 }, 4], ['港區設施委託經營權利金減收', '港務處', ['財政處'], 5, { forgone: 320 }, 5],
  ]],
  ['規費減免/延期', [
    ['道路使用規費減免', '工務處', [], 95, { forgone: 48 }, 4], ['食品業者檢驗規費減免', '衛生局', [], 160, { forgone: 36 }, 5], ['地政規費緩繳', '地政局', ['財政處'], 58, { deferred: 40 }, 0], ['清除處理費減收', '環境保護局', ['財政處'], 180, { forgone: 210 }, 5],
  ]],
  ['獎(補)助產業/消費者或輔導促銷', [
    ['金好康振興券', '觀光處', ['建設處', '主計處'], 42000, { spent: 6300 }, 0], ['特產網路行銷補助', '建設處', [], 66, { spent: 520 }, 5], ['遊覽車業者營運補助', '觀光處', ['公共車船管理處'], 31, { spent: 465 }, 4], ['藝文團體演出補助', '文化局', [], 47, { spent: 380 }, 0],
  ]],
  ['以訓代賑職訓津貼', [
    ['旅行業從業人員培訓津貼', '觀光處', ['社會處'], 150, { spent: 675 }, 5], ['導覽解說人員培訓', '觀光處', [], 64, { spent: 192 }, 4], ['安心上工環境維護', '環境保護局', ['社會處'], 110, { spent: 1320 }, 0], ['運動教練及運動場館培訓', '教育處', ['社會處'], 40, { spent: 120 }, 5],
  ]],
  ['個人紓困救急措施', [
    ['急難紓困金', '社會處', ['民政處'], 620, { spent: 1240 }, 0], ['弱勢家戶生活補助', '社會處', [], 840, { spent: 2520 }, 5], ['學生家庭紓困補助', '教育處', ['社會處'], 380, { spent: 570 }, 4], ['計程車及小客車駕駛補助', '公共車船管理處', ['社會處'], 190, { spent: 570 }, 5],
  ]],
  ['其他', [
    ['單一窗口諮詢服務', '行政處', ['建設處', '財政處'], 3100, {}, 0], ['防疫物資配送', '消防局', ['衛生局'], 420, { spent: 310 }, 4], ['工程估驗款提前撥付', '工務處', ['主計處'], 52, {}, 5], ['履約期限展延協助', '行政處', ['工務處'], 33, {}, 0],
  ]],
]

/** Two plans of the year before, all done. */
const plans109: [string, Item[]][] = [
  ['租金及規費減免', [['縣有市場攤位租金減半', '建設處', ['財政處'], 250, { forgone: 280 }, 5], ['觀光景點賣店租金減免', '觀光處', ['財政處'], 36, { forgone: 240 }, 5], ['道路使用規費減免', '工務處', [], 88, { forgone: 41 }, 4]]],
  ['產業補助與行銷', [['旅宿業營運補助', '觀光處', ['主計處'], 92, { spent: 1840 }, 6], ['特產網路行銷補助', '建設處', [], 58, { spent: 450 }, 5], ['地方稅延期或分期繳納', '稅務局', ['財政處'], 140, { deferred: 2100 }, 6]]],
]

/** Every item of the demonstration's programmes; the same rows each time. */
export function makeReliefItems(): Row[] {
  return [...itemsOf(109, day('2020-03-16'), plans109), ...itemsOf(110, day('2021-04-19'), plans110)]
}

function itemsOf(year: number, listedOn: Day, plans: [string, Item[]][]): Row[] {
  let nth = 0
  return plans.flatMap(([plan, items]) => items.map(([title, unit, joint, expected, costs, months]) => {
    const number = `紓${year}-${String(++nth).padStart(6, '0')}`
    const isLate = months === 0
    // what was not done by the end of October of ROC 110 was done by the end of the year; two were stopped
    const isStopped = isLate && nth % 15 === 4
    const last = isLate ? 8 : months
    const finishedOn = open(addDays(lastDayOfMonth(shift(listedOn, last)), -3))
    return {
      案號: number, 年度: String(year), 計畫: plan, 工作項目: title, 主辦單位: unit, 協辦單位: joint.join('、'), 列入日期: rocDay(open(listedOn)), 開始日期: rocDay(open(listedOn)), 完成期限: `${year}/12/31`,
      工作內容: `${title}：由${unit}受理、審核並核發或核減，按月彙整。`, 預期目標: `受理 ${expected.toLocaleString('en')} 件，符合資格者全數協助。`, 預計件數: String(expected), 預算: costs.spent ? `${costs.spent}萬` : '',
      每月辦理: monthsOf(listedOn, last, expected, costs, nth), 佐證文號: isStopped ? '' : `府${unit.slice(0, 1)}字第${year}${String(40000 + nth * 137)}號`, 協辦同意日期: joint.length && !isStopped ? rocDay(open(addDays(finishedOn, -4))) : '',
      完成日期: isStopped ? '' : rocDay(finishedOn), 停辦日期: isStopped ? rocDay(finishedOn) : '', 停辦理由: isStopped ? '中央同類措施已涵蓋，併入辦理。' : '',
    }
  }))
}

/** Shares of the whole by month, a slow end. */
function monthsOf(listedOn: Day, count: number, expected: number, costs: Costs, seed: number): string {
  const weights = Array.from({ length: count }, (_, i) => count - i + ((seed + i * 3) % 3))
  const whole = weights.reduce((sum, weight) => sum + weight, 0)
  let share = 0
  return weights.map((weight, i) => {
    share += weight / whole
    const part = (twd: number | undefined, name: string) => (twd ? ` ${name} ${Math.round((twd * 10_000 * weight * 0.93) / whole / 1000) * 1000}` : '')
    const applications = Math.round((expected * 0.96 * weight) / whole)
    const month = monthOf(shift(listedOn, i))
    return `${month.replace('-', '/')} 進度 ${i === count - 1 ? 100 : Math.floor(share * 100)} 申請 ${applications} 核定 ${Math.max(0, applications - (seed % 3))}${part(costs.spent, '支出')}${part(costs.forgone, '減收')}${part(costs.deferred, '緩收')} 依據 ${Number(month.slice(0, 4)) - 1911}年${Number(month.slice(5))}月核定清冊`
  }).join('\n')
}

function shift(on: Day, months: number): Day {
  let first = day(`${monthOf(on)}-01`)
  for (let i = 0; i < months; i++) first = addDays(lastDayOfMonth(first), 1)
  return first
}

function open(on: Day): Day {
  return isOpen(on) ? on : open(addDays(on, 1))
}
