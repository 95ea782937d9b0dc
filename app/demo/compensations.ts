/** A row of compensations.csv, in the office's words. Blank columns are left out. */
export type DemoClaim = Record<string, string>

const about: [string, string, string, string][] = [
  ['騎車經過道路坑洞跌倒受傷', '公共設施', '工務處', '夜間騎乘機車經過路面坑洞，失控摔倒，造成手腳擦挫傷及機車損壞，請求醫療費、修車費與工作損失。'],
  ['行道樹枝掉落砸壞汽車', '公共設施', '養護工程所', '停放在路邊停車格的汽車，被行道樹掉落的枯枝砸中，引擎蓋與擋風玻璃損壞，請求修理費用。'],
  ['公園步道護欄鬆脫跌落', '公共設施', '建設處', '在公園步道休息時倚靠護欄，護欄鬆脫而跌落，造成腰部挫傷，請求醫療費及慰撫金。'],
  ['水溝蓋缺損跌傷', '公共設施', '工務處', '步行經過人行道，水溝蓋缺損沒有警示，踩空跌倒扭傷腳踝，請求醫療費。'],
  ['拆除公告錯誤致財物損失', '公權力行為', '建設處', '主張公告拆除的範圍有誤，致屋後棚架與存放的農具毀損，請求賠償。'],
  ['路燈倒塌壓壞圍牆', '公共設施', '養護工程所', '強風過後路燈倒塌，壓壞住家圍牆，請求回復原狀。'],
  ['港區碼頭地面濕滑跌倒', '公共設施', '港務處', '下船後在碼頭通道滑倒，主張地面沒有止滑與警示，請求醫療費。'],
  ['登記錯誤致無法貸款', '公權力行為', '地政局', '主張土地登記的面積有誤，致銀行拒絕貸款而受有損失，請求賠償。'],
  ['活動中心樓梯燈損壞跌倒', '公共設施', '金湖鎮公所', '晚上參加活動後下樓，樓梯燈損壞昏暗，踩空跌倒，請求醫療費與慰撫金。'],
  ['未即時封閉積水路段致車輛泡水', '怠於執行職務', '工務處', '豪雨期間路段積水，主張沒有即時封閉，車輛駛入後熄火泡水，請求修理費用。'],
]

type Fate = 'refused' | 'agreed' | 'failed' | 'withdrawn' | 'transferred' | 'sued'

/** received, fate, days until the result, number of the matter, money asked for; the half-year of the report has two, both refused by the committee. */
const claims: [string, Fate, number, number, number][] = [
  ['107-03-12', 'refused', 22, 0, 86_000], ['107-08-20', 'agreed', 61, 1, 48_500],
  ['108-02-18', 'refused', 27, 2, 210_000], ['108-05-06', 'failed', 84, 3, 155_000], ['108-09-16', 'agreed', 52, 5, 32_000], ['108-11-04', 'transferred', 9, 6, 90_000],
  ['109-01-13', 'refused', 25, 7, 680_000], ['109-04-20', 'agreed', 58, 0, 64_200], ['109-07-13', 'sued', 83, 9, 300_000], ['109-10-19', 'refused', 36, 4, 420_000], ['109-12-07', 'withdrawn', 20, 8, 25_000],
  ['110-01-18', 'agreed', 57, 1, 57_800], ['110-03-08', 'refused', 28, 3, 118_000],
  ['110-05-17', 'refused', 26, 0, 132_500], ['110-08-23', 'refused', 29, 2, 365_000],
  ['110-10-18', 'agreed', 54, 5, 41_000], ['111-06-13', 'refused', 24, 9, 92_000], ['112-04-17', 'agreed', 63, 0, 73_400], ['113-09-09', 'failed', 92, 4, 510_000], ['114-03-17', 'refused', 30, 8, 46_000],
]

const surnames = '王李張陳林黃吳蔡楊許鄭謝'
const tokens = ['示範', '測試', '範例', '樣本']

/** Claims of earlier years, as an older system would hand them over. The same rows come out each time. */
export function makeClaims(): DemoClaim[] {
  const counts = new Map<string, number>()
  return claims.map(([received, fate, days, matter, asked], i) => {
    const [title, basis, agency, facts] = about[matter]!
    const year = received.split('-')[0]!
    const nth = (counts.get(year) ?? 0) + 1
    counts.set(year, nth)
    const paid = Math.round(asked * 0.7)
    return {
      案號: `賠${year}-${String(nth).padStart(6, '0')}`, 收件日期: received, 收件方式: i % 3 === 0 ? '親自遞送' : '書面郵寄', 案由: title, 請求權人: surnames[i % surnames.length]! + tokens[i % tokens.length]!, 事實: facts, 請求金額: String(asked), 賠償義務機關: agency,
      請求依據: basis, 損害發生日期: after(received, -40 - i), 知悉日期: after(received, -38 - i), 承辦單位: '法制科', ...fateOf(fate, received, days, paid),
    }
  })
}

function fateOf(fate: Fate, received: string, days: number, paid: number): DemoClaim {
  const ended = after(received, days)
  const meeting = { 第一次協議期日: after(received, 24) }
  switch (fate) {
    case 'refused':
      return { 結果: '拒絕賠償', 結果日期: ended, 拒絕原因: '無賠償義務', 委員會決議: '是' }
    case 'agreed':
      return { ...meeting, 結果: '協議成立', 結果日期: ended, 協議金額: String(paid), 支付日期: after(ended, 33), 支付金額: String(paid), 求償: '不求償', 求償日期: after(ended, 120) }
    case 'failed':
      return { ...meeting, 結果: '協議不成立', 結果日期: ended, 不成立證明書日期: after(ended, 4) }
    case 'sued':
      return { ...meeting, 結果: '協議不成立', 結果日期: ended, 不成立證明書日期: after(ended, 4), 起訴日期: after(ended, 45), 法院: '福建示範地方法院', 訴訟結果: '判決部分賠償', 訴訟結果日期: after(ended, 330), 訴訟金額: String(paid), 支付日期: after(ended, 395), 支付金額: String(paid) }
    case 'withdrawn':
      return { 結果: '撤回', 結果日期: ended }
    case 'transferred':
      return { 結果: '移轉', 結果日期: ended, 移轉機關: '示範航港機關' }
  }
}

/** ROC day `n` days after another. */
function after(roc: string, n: number): string {
  const [year, month, date] = roc.split('-').map(Number) as [number, number, number]
  const then = new Date(Date.UTC(year + 1911, month - 1, date + n))
  return `${then.getUTCFullYear() - 1911}-${String(then.getUTCMonth() + 1).padStart(2, '0')}-${String(then.getUTCDate()).padStart(2, '0')}`
}
