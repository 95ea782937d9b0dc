import { addDays, type Day, day, rocDay, rocYear } from '../core/time.ts'
import { isOpen } from './office-time.ts'

/** A row of perceived-items.csv, in the office's words. All items are invented. */
type Row = Record<string, string>

/** What a resident notices, by the unit that does it. */
const matters: [string, string[]][] = [
  ['工務處', ['人行道無障礙改善', '路燈全面換裝', '易積水路段排水改善', '校園周邊通學步道', '老舊路面重新鋪設', '路口號誌時制調整']],
  ['建設處', ['市場公廁更新', '公園遊具汰換', '農路整修', '漁港夜間照明', '建照線上申辦', '社區閒置空地綠化']],
  ['教育處', ['教室照明改善', '校園飲水機更新', '運動場夜間開放', '偏遠學校課後照顧', '幼兒園遊戲場改善']],
  ['社會處', ['長者共餐據點', '公共托育家園', '輔具送到家', '社區關懷據點延長開放', '身心障礙者復康巴士增車']],
  ['觀光處', ['景點指標更新', '自行車道補給站', '碉堡步道整理', '旅遊服務中心親子廁所']],
  ['民政處', ['戶政到府服務', '納骨設施環境改善', '里民活動中心整修', '寺廟周邊交通動線']],
  ['行政處', ['線上申辦一次完成', '公文書表減量', '縣民信箱回覆看得懂', '跨機關資料免附謄本']],
  ['財政處', ['縣有土地租約線上續約', '稅費繳納地圖']],
  ['地政局', ['地籍資料到所不用抽號', '重測區域說明會到村里']],
  ['文化局', ['圖書館夜間開放', '鄉鎮巡迴書車', '藝文場館無障礙座席']],
  ['警察局', ['校園周邊守望點', '監視器故障三日修復', '易肇事路口改善']],
  ['消防局', ['住宅警報器免費裝', '救護車到達時間公開']],
  ['衛生局', ['離島巡迴醫療', '疫苗預約免排隊', '長者視力篩檢']],
  ['環境保護局', ['垃圾車到站查詢', '海岸清潔認養', '資源回收站整理', '公廁評比公開']],
  ['自來水廠', ['漏水通報四小時到場', '管線汰換停水先告知']],
  ['港務處', ['候船室空調與座椅更新', '小三通通關動線改善']],
]
const places = ['金城鎮', '金沙鎮', '金湖鎮', '金寧鄉', '烈嶼鄉', '全縣']

/** Items of ROC 109 to 111, and of the county of today: this year's and the next. By 110-10-31 there are 79 of 110 (81 listed, two withdrawn) and 72 of 111. */
export function makePerceivedItems(today: Day): Row[] {
  const now = rocYear(today)
  return [
    ...itemsOf(109, 24, day('2020-01-13'), today, 0), ...itemsOf(110, 81, day('2021-01-11'), today, 0), ...itemsOf(111, 72, day('2021-10-12'), today, 5, 110),
    ...(now > 112 ? [...itemsOf(now, 18, day(`${now + 1911}-01-12`), today, 0), ...(today >= `${now + 1911}-10-20` ? itemsOf(now + 1, 9, day(`${now + 1911}-10-14`), today, 0) : [])] : []),
  ]
}

/** `from`: so many of them go on from the year before. */
function itemsOf(year: number, count: number, listed: Day, today: Day, from: number, before = year - 1): Row[] {
  const all = matters.flatMap(([unit, titles]) => titles.map((title) => ({ unit, title })))
  return Array.from({ length: count }, (_, i) => {
    const place = places[(i * 5 + year) % places.length]!
    const { unit, title } = all[(i * 7 + year) % all.length]!
    const round = Math.floor(i / all.length)
    const listedOn = open(listed)
    const goal = place === '全縣' ? `全縣都能用到，年底前看得到改變。` : `${place}的鄉親先受益，年底前看得到改變。`
    const drawnOn = `${rocYear(listedOn)}`
    const number = `感${drawnOn}-${String(i + 1 + (rocYear(listedOn) === year ? 0 : 500)).padStart(6, '0')}`
    const row: Row = {
      案號: number, 年度: String(year), 項目: `${place === '全縣' ? '' : place.slice(0, 2)}${title}${round ? `（第${'一二三'[round]}區）` : ''}`, 目標: goal, 主辦單位: unit, 鄉鎮: place, 列入日期: rocDay(listedOn), 完成期限: `${year}/12/31`,
      轉自案號: i < from ? `感${before}-${String(carried(i)).padStart(6, '0')}` : '',
    }
    const startedOn = open(addDays(day(`${year + 1911}-01-20`), (i * 11) % 60))
    if (startedOn < today) row.開始執行日期 = rocDay(startedOn < listedOn ? listedOn : startedOn)
    return { ...row, ...endOf(year, i + 1, today) }
  })
}

/** The numbers of ROC 110 that were carried over in October. */
const carried = (i: number): number => 12 + i * 13

function endOf(year: number, nth: number, today: Day): Row {
  if (year === 110 && (nth === 20 || nth === 47)) return { 結果: '撤案', 結果日期: '110/8/20', 理由: '與中央計畫重複，改由中央辦理。' }
  if (year === 110 && [0, 1, 2, 3, 4].some((i) => carried(i) === nth)) return { 結果: '轉入下年度', 結果日期: '110/10/12', 理由: '材料交期延後，工程跨年度。' }
  const on = open(addDays(day(`${year + 1911}-05-03`), (nth * 17) % 232))
  return on < addDays(today, -3) ? { 結果: '已完成', 結果日期: rocDay(on), 佐證文號: `府行字第${year}${String(50_000 + nth * 91)}號`, ...(nth % 4 === 3 ? { 沒有改善前佐證的原因: '這是新增的服務，以前沒有。' } : { 改善前文號: `府行字第${year}${String(10_000 + nth * 37)}號` }) } : {}
}

function open(on: Day): Day {
  return isOpen(on) ? on : open(addDays(on, 1))
}
