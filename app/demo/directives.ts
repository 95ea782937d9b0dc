import { addDays, type Day, day, daysBetween } from '../core/time.ts'
import { officeDay } from './office-time.ts'
import { Random } from './random.ts'

/** A row of directives.csv, in the office's words. Blank columns are left out. */
export type DemoDirective = Record<string, string>
/** A meeting that was held, of a body that gives directives, with the sentences of its minutes that order a unit something. */
export type DemoMeeting = { number: string; body: string; heldOn: Day; orders?: { sentence: string; item: string; unit: string }[] }

/** The meetings of these rows of meetings.csv that may give directives; `units`: names of the bureaux. */
export function meetingsOf(rows: readonly Record<string, string>[], units: readonly string[]): DemoMeeting[] {
  return rows.filter((row) => (row['會議體'] === '主管會報' || row['會議體'] === '縣務會議') && !row['取消原因']).map((row) => ({ number: row['案號']!, body: row['會議體']!, heldOn: day(row['開會日期']!), orders: ordersIn(row['議程'] ?? '', units) }))
}

function ordersIn(agenda: string, units: readonly string[]): NonNullable<DemoMeeting['orders']> {
  return agenda.split('\n').flatMap((line) => {
    const [, item, , text] = line.split('｜')
    return (text ?? '').split(/(?<=。)/).flatMap((sentence) => {
      const [unit] = units.filter((name) => sentence.includes(name)).toSorted((a, b) => sentence.indexOf(a) - sentence.indexOf(b))
      return unit && sentence.trim().length > 6 ? [{ sentence: sentence.trim(), item: item ?? '', unit }] : []
    })
  })
}

/** Sentence, lead unit, what shows that it is done, what was done. All invented. */
type Order = [sentence: string, unit: string, proof: string, done: string, joint?: string | undefined, item?: string]
const orders: Order[] = [
  ['請工務處全面清查縣道坑洞與標線，排定改善期程後提報。', '工務處', '清查結果與改善期程', '已完成縣道清查，坑洞全數填補，標線分三期改善。'],
  ['請環境保護局加強連續假期海灘清潔，並檢討清運人力。', '環境保護局', '清運紀錄與照片', '連假期間每日清潔二次，另調派清運車二輛支援。', '觀光處'],
  ['各鄉鎮避難收容處所物資請社會處會同公所於汛期前盤點補足。', '社會處', '盤點清冊', '盤點完成，飲水與睡袋已補足。', '民政處'],
  ['請消防局就高層建築辦理聯合演練，並檢討雲梯車調度。', '消防局', '演練紀錄', '已辦理二場演練，雲梯車調度改為跨分隊支援。'],
  ['請教育處檢視校園遊具安全，不合格的先封閉再改善。', '教育處', '檢驗報告', '遊具檢驗完成，不合格者已封閉，汰換採購中。'],
  ['請觀光處整合各景點接駁班次，避免與公車路線重複。', '觀光處', '整合後的班次表', '接駁班次已併入公車時刻，假日加密。', '公共車船管理處'],
  ['請建設處研議農產滯銷時的緊急收購機制。', '建設處', '', '已訂定啟動條件與收購價格原則，提會討論。', '財政處'],
  ['請衛生局擴大社區疫苗接種站，並提供到宅接種。', '衛生局', '接種站點與場次', '增設六個接種站，到宅接種已開始受理。'],
  ['請地政局提前公告地籍圖重測範圍，並在村里說明。', '地政局', '公告與說明會紀錄', '已公告重測範圍，說明會辦理完畢。'],
  ['請文化局盤點閒置館舍，提出活化構想。', '文化局', '盤點清冊與構想', '盤點十二處，三處提出活化構想。', '財政處'],
  ['請民政處檢討殯葬園區清明期間的交通疏導。', '民政處', '疏導計畫', '疏導計畫修正完成，增設接駁站二處。', '警察局'],
  ['請警察局針對易肇事路口提出改善建議，送道安會報。', '警察局', '改善建議', '已提出十處路口改善建議。', '工務處'],
  ['請財政處清查被占用的縣有土地，分年排除。', '財政處', '清查清冊', '清查完成，分三年排除，今年已收回七筆。'],
  ['請行政處檢討公文逾期情形，逾期件數按月提報。', '行政處', '', '已按月統計，逾期件數較上季減少。'],
  ['請港務處改善候船室無障礙動線與冷氣。', '港務處', '完工照片', '坡道與扶手完工，冷氣汰換完成。'],
  ['請自來水廠公布停水路段的時間，並通知用戶。', '自來水廠', '通知紀錄', '停水通知改為簡訊與網站同步發布。'],
  ['請社會處評估長者共餐據點的增設與志工人力。', '社會處', '評估報告', '評估完成，優先增設三處據點。'],
  ['請稅務局在網站上說明房屋稅新制，並準備問答。', '稅務局', '網頁與問答', '說明網頁與問答已上線。', '行政處'],
]

/** How long a directive lies before a meeting takes it off, in meetings of its body; `interim`: what an earlier one decided. */
type Fate = { after: number; interim?: '修正期限' | '繼續列管' | '改列單位自行列管'; end: '解除列管' | '併入他案列管' | '撤銷列管（誤列）' }

const [from, to, statusOn] = [day('2021-04-01'), day('2021-09-30'), day('2021-10-31')]
const isReported = (one: DemoMeeting): boolean => one.body === '主管會報' && one.heldOn >= from && one.heldOn <= to

/**
 * The directives of these meetings, always the same: 25 of the executive meetings of the reported half-year, of which 15 were off the list on 110-10-31; few
 * of others, each off the list by the last of these meetings. Every directive costs the county's first start some milliseconds.
 */
export function makeDirectives(meetings: readonly DemoMeeting[], today: Day): DemoDirective[] {
  const held = meetings.filter(({ heldOn }) => heldOn <= today).toSorted((a, b) => (a.heldOn < b.heldOn ? -1 : a.heldOn > b.heldOn ? 1 : a.number < b.number ? -1 : 1))
  const random = new Random('windlion directives')
  const drawn = new Map<number, number>()
  const rows: DemoDirective[] = []
  let reported = 0
  for (const [i, meeting] of held.entries()) {
    const later = held.filter((one) => one.body === meeting.body && one.heldOn > meeting.heldOn)
    const count = isReported(meeting) ? shareOf(held.filter(isReported), meeting) : meeting.body !== '主管會報' ? Number(i % 6 === 0 && later.length > 0) : later.length === 0 ? 0 : Number(i % 3 === 0)
    for (let n = 0; n < count; n++) {
      const year = Number(meeting.heldOn.slice(0, 4)) - 1911
      drawn.set(year, (drawn.get(year) ?? 0) + 1)
      const number = `裁${year}-${String(drawn.get(year)).padStart(6, '0')}`
      const fate = isReported(meeting) ? reportedFate(reported++, later) : fateOf(random, later.length)
      rows.push(rowOf({ number, meeting, order: orderOf(meeting, n, i), later, fate, today, random }))
    }
  }
  return rows
}

/** The nth order of a meeting's own minutes; where they have none, one of the invented ones. */
function orderOf({ orders: own = [] }: DemoMeeting, n: number, i: number): Order {
  const order = own[n]
  if (!order) return orders[(i * 7 + n * 5) % orders.length]!
  return [order.sentence, order.unit, n === 0 ? '辦理結果與照片' : '', carriedOut[(i + n) % carriedOut.length]!, undefined, order.item]
}
const carriedOut = ['已依指裁示辦理完成，結果如附件。', '已完成，相關單位並已知會。', '已邀集相關單位辦理完竣，後續納入例行業務。', '已於期限內完成，成果已上網公布。']

/** 25 over the meetings of the half-year, the earlier ones a little more. */
function shareOf(all: readonly DemoMeeting[], meeting: DemoMeeting): number {
  const at = all.indexOf(meeting)
  const share = Math.floor(reportedCount / all.length)
  return share + (at < reportedCount - share * all.length ? 1 : 0)
}
const reportedCount = 25
const delistedCount = 15

/** The first fifteen leave the list in the next meeting but one, or the last before the status day; the other ten after it. */
function reportedFate(nth: number, later: readonly DemoMeeting[]): Fate {
  const inTime = later.filter(({ heldOn }) => heldOn <= statusOn).length
  if (nth < delistedCount) return { after: Math.max(1, Math.min(nth % 4 === 0 ? 3 : 2, inTime)), end: '解除列管', ...(nth % 4 === 0 && inTime >= 3 ? { interim: '修正期限' } : {}) }
  return { after: inTime + 1 + (nth % 3), end: '解除列管', ...(inTime > 0 ? { interim: nth % 2 ? '繼續列管' : '修正期限' } : {}) }
}

function fateOf(random: Random, left: number): Fate {
  const after = Math.min(random.int(1, 4), left)
  return { after, ...(after > 2 ? { interim: random.weighted([['繼續列管', 4], ['修正期限', 5], ['改列單位自行列管', 1]]) } : {}), end: random.weighted([['解除列管', 24], ['撤銷列管（誤列）', 1]]) }
}

type Making = { number: string; meeting: DemoMeeting; order: Order; later: readonly DemoMeeting[]; fate: Fate; today: Day; random: Random }

function rowOf({ number, meeting, order: [sentence, unit, proof, done, joint, item], later, fate, today, random }: Making): DemoDirective {
  const dueOn = random.chance(0.12) ? null : officeDay(addDays(meeting.heldOn, random.int(3, 9) * 7), 0)
  const end = later[fate.after - 1]
  const interim = fate.interim && fate.after > 1 ? later[0] : undefined
  const reportedOn = end ? officeDay(addDays(end.heldOn, -random.int(2, 5)), 0) : null
  const base: DemoDirective = { 案號: number, 會議案號: meeting.number, 指裁示內容: sentence, 主辦單位: unit, 協辦單位: joint ?? '', 議案: item ?? '', 期限: dueOn ?? '', 應附佐證: proof }
  const decided = interim ? [interimLine(interim, fate.interim!, addDays(interim.heldOn, 42))] : []
  if (end && reportedOn! > meeting.heldOn && reportedOn! < end.heldOn) {
    return { ...base, 填報日期: reportedOn!, 辦理情形: done, 請求: '已辦畢', 辦畢日期: addDays(reportedOn!, -1) < meeting.heldOn ? reportedOn! : addDays(reportedOn!, -1), 管考意見: '佐證齊備，建議解除列管。', 會議決定: [...decided, `${end.number} ${fate.end}：${endWords[fate.end]}`].join('\n') }
  }
  if (end) return { ...base, 會議決定: [...decided, `${end.number} ${fate.end}：主辦單位於會中口頭說明，${endWords[fate.end]}`].join('\n') }
  return { ...base, ...stillOpen(Number(number.slice(-2)), meeting, today, done), ...(decided.length ? { 會議決定: decided.join('\n') } : {}) }
}

const endWords: Record<Fate['end'], string> = { 解除列管: '准予解除列管。', 併入他案列管: '併案辦理。', '撤銷列管（誤列）': '原句係轉述他案，非本次指裁示，撤銷列管。' }

const interimLine = (meeting: DemoMeeting, decision: NonNullable<Fate['interim']>, dueOn: Day): string => `${meeting.number} ${decision}${decision === '修正期限' ? ` ${dueOn}` : ''}：${decision === '繼續列管' ? '尚未完成，繼續列管。' : decision === '修正期限' ? '同意展期，請依新期限辦理。' : '改由單位自行追蹤。'}`

/** What no meeting has decided yet: some reported and checked, some waiting to be checked, some without a word. */
function stillOpen(nth: number, { heldOn }: DemoMeeting, today: Day, done: string): DemoDirective {
  const days = daysBetween(heldOn, today)
  if (days < 4 || nth % 4 === 3) return {}
  const reportedOn = addDays(today, -Math.min(days - 1, 3))
  if (nth % 4 === 0) return { 填報日期: reportedOn, 辦理情形: done, 請求: '已辦畢', 辦畢日期: reportedOn, 管考意見: '佐證齊備，建議解除列管。' }
  if (nth % 4 === 1) return { 填報日期: reportedOn, 辦理情形: done, 請求: '已辦畢', 辦畢日期: reportedOn }
  return { 填報日期: reportedOn, 辦理情形: '已邀集相關單位研商，會勘後提出改善方案。', 請求: '辦理中', 管考意見: '請於下次填報時說明期程。' }
}
