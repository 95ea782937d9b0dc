import { addDays, type Day, day, daysBetween, rocYear } from '../core/time.ts'
import { isOpen } from './office-time.ts'
import { demoPeople } from './people.ts'
import { makeRegulations } from './regulations.ts'
import { demoUnits } from './units.ts'

/** A row of meetings.csv, by its columns. */
type Row = Record<string, string>
type Planned = { body: string; on: Day; chair: string; place: string; who: 'bureaux' | 'all' | readonly string[]; others?: readonly string[]; agenda: string[] }

/** Days of the half-year that the council report counts: seven county meetings, ten executive ones, three of the relief group. */
const countyDays = ['2021-04-07', '2021-05-05', '2021-06-02', '2021-06-30', '2021-07-28', '2021-08-25', '2021-09-22'].map(day)
const executiveDays = ['2021-04-13', '2021-04-27', '2021-05-11', '2021-05-25', '2021-06-15', '2021-07-06', '2021-07-20', '2021-08-10', '2021-08-31', '2021-09-14'].map(day)

/** What heads report, and what they are told: unit, matter, order. All invented. */
const matters: [string, string, string][] = [
  ['工務處', '道路及排水工程進度', '請工務處就落後標案逐案提出趕工計畫，並於下次會報說明。'], ['教育處', '校舍整修及開學準備', '請教育處於開學前完成校園安全檢查，缺失列冊追蹤改善。'],
  ['社會處', '長者照顧據點設置', '請社會處會同衛生局盤點尚未設置據點的村里，提出設置期程。'], ['觀光處', '旅遊服務設施更新', '請觀光處檢討景點指標及公廁清潔，並公布改善照片。'],
  ['建設處', '農漁產銷及市場環境', '請建設處協助農漁民拓展線上通路，按月回報成交情形。'], ['環境保護局', '垃圾清運及海岸清潔', '請環境保護局增加海岸清潔班次，並與鄉鎮公所分工。'],
  ['衛生局', '醫療人力及後送', '請衛生局與支援醫院確認下半年輪值名冊。'], ['消防局', '防颱及義消整備', '請消防局完成防颱器材清點，並辦理跨機關演練。'],
  ['財政處', '縣有財產活化', '請財政處提出閒置廳舍活化清單及時程。'], ['民政處', '村里建設及殯葬設施', '請民政處彙整村里建議事項，分送主辦單位列管。'],
  ['文化局', '文化資產修復', '請文化局加速歷史建築緊急加固，並預先通知所有人。'], ['警察局', '交通安全及監視系統', '請警察局針對易肇事路口提出改善建議，會同工務處會勘。'],
  ['地政局', '地籍圖重測', '請地政局加強向所有權人說明重測結果及救濟方式。'], ['人事處', '員額及訓練', '請人事處檢討約聘僱人力配置，提報精簡及調整方案。'],
  ['主計處', '預算執行', '請主計處按月提供資本支出執行率，落後單位應說明原因。'], ['稅務局', '稅收及便民服務', '請稅務局擴大線上申辦項目，並縮短退稅時間。'],
]

const heads = new Map(demoPeople.filter(({ role }) => role === 'head').map(({ unit, name }) => [unit, name]))
/** 「姓名，單位」 of who heads a unit, as the files write it; the one of `away` took leave. */
export const seat = (name: string, i = 0, away = -1): string => {
  const unit = demoUnits.find((one) => one.name === name)!
  return `${heads.get(unit.code) ?? '示範代表'}，${name}${i === away ? '，請假' : ''}`
}
const bureaux = demoUnits.filter(({ kind }) => kind === '處' || kind === '局').map(({ name }) => name)
const townships = demoUnits.filter(({ kind }) => kind === '鄉鎮公所').map(({ name }) => name)

/** Meetings of the demonstration county from ROC 109-04 to 111-09, as another system would hand them in: 案號, 會議體, 開會日期, 議程 … */
export function makeMeetings(): Row[] {
  const planned = [...countyMeetings(), ...executiveMeetings(), ...otherMeetings()].toSorted((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : a.body < b.body ? -1 : 1))
  const drawn = new Map<number, number>()
  const sittings = new Map<string, number>()
  return planned.map((one, i) => {
    const year = rocYear(one.on)
    drawn.set(year, (drawn.get(year) ?? 0) + 1)
    sittings.set(one.body, (sittings.get(one.body) ?? 0) + 1)
    const next = planned.slice(i + 1).find(({ body }) => body === one.body)
    const units = one.who === 'all' ? [...bureaux, ...townships] : one.who === 'bureaux' ? bureaux : one.who
    return {
      案號: `會${year}-${String(drawn.get(year)).padStart(6, '0')}`, 會議體: one.body, 開會日期: one.on, 開始時間: '09:30', 散會時間: '11:40', 地點: one.place, 主席: one.chair, 會次: String(sittings.get(one.body)),
      出席人員: [...units.map((name, n) => seat(name, n, units.length > 4 ? i % units.length : -1)), ...(one.others ?? [])].join('\n'), 議程: one.agenda.join('\n'), 發言要旨: '主席致詞及各單位報告（略）。',
      紀錄確認日: next && next.on < '2022-10-01' ? next.on : addDays(one.on, 14), 確認說明: next ? '下次會議確認' : '簽奉核定',
    }
  })
}

const every = (from: Day, until: Day, step: number): Day[] => Array.from({ length: Math.floor(daysBetween(from, until) / step) + 1 }, (_, i) => openDay(addDays(from, i * step)))
const openDay = (on: Day): Day => (isOpen(on) ? on : openDay(addDays(on, 1)))
const instructed = (i: number, count: number): string[] => Array.from({ length: count }, (_, n) => matters[(i * 3 + n) % matters.length]!).map(([unit, what, order]) => `報告事項｜${unit}：${what}｜依裁示辦理｜${order}`)

function countyMeetings(): Planned[] {
  const days = [...every(day('2020-04-08'), day('2021-03-25'), 30), ...countyDays, ...every(day('2021-10-20'), day('2022-09-28'), 29)]
  const bills = billsByDay(days)
  return days.map((on, i) => ({
    body: '縣務會議', on, chair: '縣長', place: '第一會議室', who: 'all',
    agenda: ['確認前次會議紀錄｜前次會議紀錄｜紀錄確認', ...instructed(i, 2).map((line) => line.replace(/｜依裁示辦理｜.*$/, '｜准予備查')), ...(bills.get(on) ?? []).map((number) => `討論事項｜${number}｜照案通過`), ...((i % 3) === 0 ? ['討論事項｜年度重要施政期程｜修正通過｜各單位依修正後期程辦理。'] : [])],
  }))
}

/** Each bill goes to the last county meeting that leaves the council, or the gazette, time before it was promulgated. */
function billsByDay(days: readonly Day[]): Map<Day, string[]> {
  const found = new Map<Day, string[]>()
  for (const one of makeRegulations().filter(({ instrument, change }) => instrument !== '行政規則' && change !== '廢止')) {
    const on = days.findLast((each) => each <= addDays(one.promulgatedOn, one.instrument === '自治條例' ? -60 : -14))
    if (on && on > addDays(one.proposedOn, 10)) found.set(on, [...(found.get(on) ?? []), one.number])
  }
  return found
}

function executiveMeetings(): Planned[] {
  const days = [...every(day('2020-04-14'), day('2021-03-23'), 18), ...executiveDays, ...every(day('2021-10-05'), day('2022-09-20'), 18)]
  return days.map((on, i) => ({ body: '主管會報', on, chair: '縣長', place: '第一會議室', who: 'bureaux', agenda: ['確認前次會議紀錄｜前次會議紀錄｜紀錄確認', ...instructed(i, 3)] }))
}

function otherMeetings(): Planned[] {
  const at = (days: string[], rest: Omit<Planned, 'on'>): Planned[] => days.map((on) => ({ ...rest, on: day(on) }))
  const advisers = ['示範甲，縣政顧問', '示範乙，縣政顧問', '示範丙，縣政顧問']
  return [
    ...at(['2021-04-20', '2021-06-08', '2021-07-13'], { body: '紓困振興工作小組', chair: '副縣長', place: '第二會議室', who: ['財政處', '建設處', '社會處', '觀光處', '稅務局'], agenda: ['報告事項｜各項紓困措施辦理情形｜准予備查', '討論事項｜受影響業者租金減收｜照案通過', '討論事項｜振興活動期程｜依裁示辦理｜請觀光處與建設處合併辦理，避免重複。'] }),
    ...at(['2020-11-18', '2021-05-26', '2021-08-18', '2022-02-16'], { body: '管考會議', chair: '秘書長', place: '第二會議室', who: ['工務處', '教育處', '文化局', '建設處', '衛生局'], agenda: ['報告事項｜列管計畫落後情形｜依裁示辦理｜請落後計畫主辦單位於兩週內提出因應對策。', '討論事項｜修正計畫期程｜照案通過'] }),
    ...at(['2021-03-10'], { body: '綜合建設實施方案審查會議', chair: '副縣長', place: '第一會議室', who: 'bureaux', agenda: ['討論事項｜第六期實施方案期初報告｜修正通過｜依各單位意見修正。'] }),
    ...at(['2021-09-27'], { body: '綜合建設實施方案審查會議', chair: '副縣長', place: '第一會議室', who: 'bureaux', agenda: ['討論事項｜第六期實施方案期中報告｜修正通過｜依與會委員及單位意見修正後，續辦公開座談。'] }),
    ...at(['2021-12-20'], { body: '綜合建設實施方案審查會議', chair: '副縣長', place: '第一會議室', who: 'bureaux', agenda: ['討論事項｜第六期實施方案期末報告｜照案通過'] }),
    ...at(['2021-06-24', '2021-09-08'], { body: '有感施政研商會議', chair: '秘書長', place: '第二會議室', who: ['教育處', '社會處', '觀光處', '工務處', '建設處'], agenda: ['討論事項｜本年有感施政項目辦理情形｜准予備查', '討論事項｜明年有感施政項目｜修正通過｜各單位於月底前補正。'] }),
    ...at(['2020-07-07', '2021-06-22'], { body: '施政計畫先期作業審查會議', chair: '副縣長', place: '第一會議室', who: 'bureaux', agenda: ['討論事項｜次一年度施政計畫先期作業各單位提案｜修正通過｜依審查表及排序辦理。'] }),
    ...at(['2020-10-14', '2021-07-30'], { body: '縣政顧問會議', chair: '縣長', place: '第一會議室', who: ['行政處', '觀光處', '建設處'], others: advisers, agenda: ['報告事項｜縣政重點報告｜准予備查', '討論事項｜離島交通及產業建議｜依裁示辦理｜請主辦單位研議後答復顧問。'] }),
    ...at(['2020-11-14'], { body: '旅台鄉親座談', chair: '縣長', place: '臺北市', who: ['行政處', '民政處'], others: ['示範丁，同鄉會理事長'], agenda: ['討論事項｜鄉親返鄉交通建議｜依裁示辦理｜請民政處彙整後函復。'] }),
  ]
}
