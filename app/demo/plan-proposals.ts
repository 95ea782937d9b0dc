import { addDays, type Day, day, rocYear } from '../core/time.ts'
import { Random } from './random.ts'

/** A row of plan-proposals.csv, by its columns. */
type Row = Record<string, string>
type Matter = { unit: string; title: string; category: '公共建設' | '科技發展' | '社會發展' | '其他施政'; million: number; account: string }

/** Unit, 業務計畫, category, and what it proposes: name and size in millions of NT$. All invented. */
const families: [string, string, Matter['category'], [string, number][]][] = [
  ['工務處', '道路橋梁工程－道路養護', '公共建設', [['濱海道路拓寬', 320], ['老舊橋梁耐震補強', 180], ['人行環境改善', 96], ['區域排水整治', 260], ['智慧路燈汰換', 74], ['公有停車場興建', 145], ['下水道系統建設', 410], ['道路鋪面改善', 210]]],
  ['建設處', '農林漁牧－產業發展', '公共建設', [['漁港設施整建', 130], ['農產加工場設置', 68], ['都市計畫通盤檢討', 22], ['農路與水利設施改善', 85], ['市場改建', 190], ['高粱契作獎勵', 240], ['工商輔導與創業基地', 38]]],
  ['教育處', '教育支出－校舍設備', '公共建設', [['校舍耐震補強', 150], ['校園數位教室', 92], ['全民運動中心', 380], ['營養午餐', 165], ['雙語教育推動', 48], ['運動場地整修', 77], ['幼兒園增班', 63]]],
  ['社會處', '社會福利－長期照顧', '社會發展', [['長照衛福據點', 140], ['托育家園', 58], ['敬老福利津貼', 890], ['身心障礙者照顧', 310], ['婦女培力中心', 26], ['社區照顧關懷', 44], ['青年住宅協助', 72]]],
  ['民政處', '民政業務－殯葬設施', '公共建設', [['殯葬園區納骨設施', 160], ['村里辦公處修繕', 42], ['宗教文化節慶', 33], ['戶政便民服務', 18]]],
  ['觀光處', '觀光支出－旅遊設施', '公共建設', [['旅遊服務中心更新', 66], ['古厝民宿聚落環境', 88], ['風獅爺季活動', 36], ['步道與自行車道', 94], ['公車候車亭改善', 28], ['國際行銷', 57]]],
  ['文化局', '文化支出－文化資產', '社會發展', [['文化園區修復', 175], ['縣立圖書館新館', 290], ['歷史建築緊急加固', 54], ['傳統工藝保存', 24], ['藝文巡演', 31]]],
  ['衛生局', '衛生支出－醫療保健', '社會發展', [['醫療後送', 128], ['偏鄉巡迴醫療', 47], ['醫事人力留任', 82], ['癌症篩檢', 29], ['食品安全檢驗設備', 34]]],
  ['環境保護局', '環境保護－廢棄物處理', '公共建設', [['垃圾轉運處理', 330], ['資源回收分選場', 118], ['海岸清理設備', 39], ['水質監測', 27], ['電動機車補助', 61]]],
  ['警察局', '警政支出－交通安全', '公共建設', [['監視系統汰換', 112], ['交通執法設備', 43], ['派出所整建', 86]]],
  ['消防局', '消防支出－災害搶救', '公共建設', [['消防分隊廳舍', 124], ['救災車輛汰換', 98], ['119 指揮派遣系統', 71]]],
  ['行政處', '一般行政－資訊管理', '科技發展', [['跨域申辦整合', 32], ['資安防護提升', 46], ['縣政資料治理', 24], ['公文系統更新', 38], ['縣民卡服務擴充', 29]]],
  ['財政處', '財務行政－公產管理', '其他施政', [['閒置廳舍活化', 53], ['地籍清查', 16]]],
  ['地政局', '地政業務－測量', '其他施政', [['地籍圖重測', 44], ['三維圖資建置', 36]]],
  ['港務處', '交通支出－港埠設施', '公共建設', [['碼頭候船設施', 105], ['航道浚深', 220], ['水頭商港後續建設', 460]]],
  ['自來水廠', '自來水事業－供水設施', '公共建設', [['管線汰換', 230], ['海水淡化廠更新', 340], ['湖庫淤積清除', 68]]],
  ['公共車船管理處', '交通支出－大眾運輸', '公共建設', [['電動公車', 150], ['大小金渡輪維修', 64]]],
  ['人事處', '人事行政－訓練', '其他施政', [['公務人員數位訓練', 12]]],
  ['主計處', '主計業務－統計', '其他施政', [['縣政統計資料庫', 14]]],
  ['政風處', '政風業務－廉政', '其他施政', [['廉政宣導', 6]]],
  ['稅務局', '稅務行政－資訊', '科技發展', [['稅務線上申辦', 21]]],
]
const matters: Matter[] = families.flatMap(([unit, account, category, of]) => of.map(([title, million]) => ({ unit, account, category, title, million })))
const places = ['', '（東半島）', '（西半島）', '（烈嶼）']

const scoreOf = (random: Random): number => random.int(58, 96) + random.int(0, 9) / 10
const comments = {
  good: ['前期進度良好，效益有數字可查驗。', '符合施政主軸，前置作業完備。', '民眾需求明確，建議優先。'],
  bad: ['用地尚未取得，建議緩議。', '效益說明不足，請補強後再提。', '與其他計畫重複，建議整併。'],
}
export const notAdmitted = ['用地或前置作業未完成，請完備後再提。', '效益不足以支持經費需求。', '可併入其他計畫辦理。', '請先爭取中央補助。']

/** ROC 111's round as the council's report of 2021 counts it, two smaller ones before it, and one that runs now. */
export function makePlanProposals(today: Day): { rows: Row[]; running: number } {
  const running = rocYear(today) + (today.slice(5) < '09-01' ? 1 : 2)
  const drawn = new Map<string, number>()
  const before = new Map<string, string>()
  const rows: Row[] = []
  const add = (year: number, count: number, submitted: Day, more: (i: number, random: Random) => Row) => {
    for (let i = 0; i < count; i++) {
      const random = new Random(`plan-proposals/${year}/${i}`)
      const one = proposalOf(year, i, submitted, random, drawn, before)
      rows.push({ ...one, ...more(i, random) })
    }
  }
  add(109, 42, day('2019-05-06'), (i, random) => decided(i % 6 === 5, day('2019-08-21'), random))
  add(110, 64, day('2020-05-04'), (i, random) => decided(i % 7 === 6, day('2020-08-19'), random))
  add(111, 180, day('2021-04-12'), (_, random) => ({ 情形: '審查中', ...reviewed(random) }))
  const alive = addDays(today, -24)
  add(running, 46, alive, (i, random) => (i % 9 === 8 ? { 情形: '待檢查' } : { 情形: '審查中', ...reviewed(random), ...(i % 4 === 0 ? { 業務主管評分: '', 業務主管意見: '' } : {}) }))
  return { rows, running }
}

function proposalOf(year: number, i: number, submitted: Day, random: Random, drawn: Map<string, number>, before: Map<string, string>): Row {
  const matter = matters[i % matters.length]!
  const place = places[Math.floor(i / matters.length)]!
  const on = addDays(submitted, (i * 7) % 19)
  const filed = String(rocYear(on))
  drawn.set(filed, (drawn.get(filed) ?? 0) + 1)
  const number = `施${filed}-${String(drawn.get(filed)).padStart(6, '0')}`
  const key = matter.title + place
  const previous = before.get(key) ?? ''
  before.set(key, number)
  // 53.97 million on the average of 180: 97 億餘元 in all
  const asked = Math.round(matter.million * (year === 111 ? scaleOf111 : 0.42) * (0.85 + random.int(0, 30) / 100)) * 1_000_000 + random.int(0, 99) * 1000
  const own = Math.round(asked * 0.6)
  return {
    案號: number, 年度: String(year), 計畫名稱: `${matter.title}計畫${place}`, 類別: matter.category, 新興或延續: previous ? '延續' : '新興', 主辦單位: matter.unit, 優先順序: String((i % 9) + 1), 預算科目: matter.account,
    開始年度: String(previous ? year - 1 : year), 結束年度: String(year + (i % 3)), 計畫內容: `${matter.title}${place}：盤點現況後分期辦理，${year} 年度完成主要工項。`, 預期效益: `服務人次每年增加 ${random.int(3, 24)}%，民眾反映案件減少 ${random.int(10, 40)}%。`,
    前期成果: previous ? `前一年度預定工項已完成 ${random.int(72, 100)}%，經費支用 ${random.int(70, 98)}%。` : '', 以前年度案號: previous,
    經費: [`${year} 縣款 設備及投資 ${own}`, `${year} ${i % 3 === 0 ? '離島建設基金' : '中央補助'} ${i % 2 ? '獎補助費' : '設備及投資'} ${asked - own}`, ...(i % 3 ? [`${year + 1} 縣款 設備及投資 ${Math.round(asked / 2)}`] : [])].join('\n'),
    提報日期: on,
  }
}

/** Makes the 180 of ROC 111 ask for 97 億餘元 together; counted in load.test.ts. */
const scaleOf111 = 0.4265

function reviewed(random: Random): Row {
  const [budget, research, business] = [scoreOf(random), scoreOf(random), scoreOf(random)]
  const say = (score: number) => random.pick(score >= 75 ? comments.good : comments.bad)
  return { 主計評分: String(budget), 主計意見: say(budget), 研考評分: String(research), 研考意見: say(research), 業務主管評分: String(business), 業務主管意見: say(business) }
}

const decided = (out: boolean, on: Day, random: Random): Row => ({ ...reviewed(random), 情形: out ? '未納入' : '納入概算', 審定日期: on, 審定理由: out ? random.pick(notAdmitted) : '' })
