import { type Day, addDays, day, daysInMonth, partsOf } from '../core/time.ts'
import { chineseNumeral } from '../core/laws/numerals.ts'
import { isOpen } from './office-time.ts'

/** A row of regulations.csv of the demonstration county. All names and texts are invented. */
export type DemoRegulation = {
  number: string
  name: string
  instrument: '自治條例' | '自治規則' | '行政規則'
  change: '制定' | '訂定' | '修正' | '廢止'
  category: string
  unit: string
  proposedOn: Day
  promulgatedOn: Day
  documentNo: string
  text: string
  reason: string
  penalty: boolean
}

type Matter = { what: string; instrument: DemoRegulation['instrument']; category: string; unit: string; of: string; items: string[]; fee?: number; fine?: number; suffix?: string }

const ordinances: Matter[] = [
  { what: '公園管理', instrument: '自治條例', category: '建設', unit: '建設處', of: '公園', items: ['使用場地', '設置攤架', '施放煙火', '攝影棚架搭設'], fee: 500, fine: 6000 },
  { what: '攤販集中區管理', instrument: '自治條例', category: '建設', unit: '建設處', of: '攤販集中區', items: ['設攤營業', '變更攤位', '轉讓使用'], fee: 300, fine: 5000 },
  { what: '道路挖掘管理', instrument: '自治條例', category: '工務交通', unit: '工務處', of: '道路', items: ['管線埋設', '路面開挖', '臨時占用'], fee: 1200, fine: 30000 },
  { what: '停車場收費及管理', instrument: '自治條例', category: '工務交通', unit: '工務處', of: '停車場', items: ['月租停放', '優惠停放', '保留車位'], fee: 20, fine: 1200 },
  { what: '社區營造補助', instrument: '自治條例', category: '民政', unit: '民政處', of: '社區營造', items: ['申請補助', '變更計畫', '核銷經費'] },
  { what: '海岸清潔維護', instrument: '自治條例', category: '環境衛生', unit: '環境保護局', of: '海岸', items: ['認養海岸', '清除漂流物', '舉辦活動'], fine: 6000 },
  { what: '殯葬設施使用管理', instrument: '自治條例', category: '民政', unit: '民政處', of: '殯葬設施', items: ['使用禮廳', '安置骨灰', '遷出'], fee: 2000 },
  { what: '縣有財產管理', instrument: '自治條例', category: '財政', unit: '財政處', of: '縣有財產', items: ['承租', '借用', '撥用'], fee: 800 },
]
const rules: Matter[] = [
  { what: '縣立圖書館閱覽', instrument: '自治規則', category: '教育文化', unit: '文化局', of: '圖書館', items: ['借閱圖書', '使用研習室', '參觀導覽'], suffix: '規則' },
  { what: '老人共餐據點補助', instrument: '自治規則', category: '社會福利', unit: '社會處', of: '共餐據點', items: ['設立據點', '申請補助', '變更地點'], suffix: '辦法' },
  { what: '學生交通補助', instrument: '自治規則', category: '教育文化', unit: '教育處', of: '學生交通', items: ['申請補助', '變更學籍', '停止補助'], suffix: '辦法' },
  { what: '觀光遊憩場域使用收費', instrument: '自治規則', category: '觀光', unit: '觀光處', of: '觀光遊憩場域', items: ['團體入場', '場地使用', '婚紗拍攝'], fee: 100, suffix: '標準' },
  { what: '消防安全檢查', instrument: '自治規則', category: '警政消防', unit: '消防局', of: '消防安全', items: ['檢查申報', '改善展期', '複查'], suffix: '辦法' },
  { what: '測量成果使用收費', instrument: '自治規則', category: '地政', unit: '地政局', of: '測量成果', items: ['複製圖資', '申請鑑界', '閱覽'], fee: 200, suffix: '標準' },
]
const administrative: Matter[] = [
  ['電話禮貌考核', '行政', '行政處', '電話禮貌'], ['公文時效管制', '行政', '行政處', '公文時效'], ['採購稽核小組設置', '行政', '行政處', '採購稽核'], ['會議室借用', '行政', '行政處', '會議室'],
  ['公務車輛調派', '行政', '行政處', '公務車輛'], ['志願服務獎勵', '社會福利', '社會處', '志願服務'], ['急難救助金核發', '社會福利', '社會處', '急難救助'], ['長者健康檢查補助', '社會福利', '社會處', '健康檢查'],
  ['校園工程督導', '教育文化', '教育處', '校園工程'], ['學校午餐輔導', '教育文化', '教育處', '學校午餐'], ['路燈維護', '工務交通', '工務處', '路燈'], ['人行道認養', '工務交通', '工務處', '人行道'],
  ['行道樹修剪', '建設', '建設處', '行道樹'], ['農業資材補助', '建設', '建設處', '農業資材'], ['漁港環境維護', '建設', '建設處', '漁港環境'], ['資源回收獎勵', '環境衛生', '環境保護局', '資源回收'],
  ['噪音陳情處理', '環境衛生', '環境保護局', '噪音陳情'], ['藝文團隊扶植', '教育文化', '文化局', '藝文團隊'], ['古厝修繕補助', '教育文化', '文化局', '古厝修繕'], ['旅遊導覽人員培訓', '觀光', '觀光處', '導覽人員'],
  ['員工訓練進修', '人事', '人事處', '訓練進修'], ['加班費支給', '人事', '人事處', '加班費'], ['零用金管理', '主計', '主計處', '零用金'], ['統計資料發布', '主計', '主計處', '統計資料'],
  ['地籍圖重測宣導', '地政', '地政局', '地籍圖重測'], ['救護車出勤', '警政消防', '消防局', '救護出勤'], ['疫苗接種站設置', '環境衛生', '衛生局', '疫苗接種'], ['資訊設備汰換', '行政', '行政處', '資訊設備'],
].map(([what, category, unit, of]): Matter => ({ what: what!, instrument: '行政規則', category: category!, unit: unit!, of: of!, items: ['提出申請', '審查', '核定'], suffix: '要點' }))

/** How often a text was changed: what differs from the first version. */
type Version = 0 | 1 | 2

/**
 * The county's regulations: most are old; in ROC 110-04-01 to 110-09-30 three were enacted, five amended, and 26 administrative rules
 * issued or amended. Always the same.
 */
export function makeRegulations(): DemoRegulation[] {
  const rows: Omit<DemoRegulation, 'number'>[] = []
  const add = (matter: Matter, version: Version, on: string, change?: DemoRegulation['change']) => rows.push(rowOf(matter, version, openDay(day(on)), change))
  // enacted before, one of them repealed since
  ordinances.slice(0, 6).forEach((matter, i) => add(matter, 0, `${2017 + (i % 3)}-0${1 + i}-1${i}`))
  rules.slice(0, 5).forEach((matter, i) => add(matter, 0, `${2018 + (i % 2)}-0${3 + i}-0${2 + i}`))
  administrative.slice(0, 16).forEach((matter, i) => add(matter, 0, spread(i, 16, '2019-01-05', 300)))
  // the half-year before: two enacted, four amended
  add(rules[4]!, 1, '2021-01-12')
  add(ordinances[6]!, 0, '2020-11-18')
  add(ordinances[1]!, 1, '2020-12-09')
  add(ordinances[3]!, 1, '2021-02-24')
  add(rules[0]!, 1, '2021-03-10')
  add({ ...rules[5]!, what: '測量成果使用收費' }, 0, '2020-10-21')
  administrative.slice(0, 5).forEach((matter, i) => add(matter, 1, spread(i, 5, '2020-10-15', 150)))
  // 110-04-01 to 110-09-30
  add(ordinances[7]!, 0, '2021-05-19')
  add({ ...rules[1]!, what: '社區照顧據點設置' , of: '社區照顧據點' }, 0, '2021-07-07')
  add({ ...rules[3]!, what: '遊艇泊區使用收費', of: '遊艇泊區' }, 0, '2021-09-15')
  add(ordinances[0]!, 1, '2021-04-21')
  add(ordinances[2]!, 1, '2021-06-09')
  add(rules[1]!, 1, '2021-06-23')
  add(ordinances[4]!, 1, '2021-08-04')
  add(rules[2]!, 1, '2021-08-25')
  administrative.slice(16).forEach((matter, i) => add(matter, 0, spread(i, 12, '2021-04-06', 170)))
  administrative.slice(2, 16).forEach((matter, i) => add(matter, i < 3 ? 2 : 1, spread(i, 14, '2021-04-13', 165)))
  // and after it
  add(ordinances[3]!, 2, '2021-11-10')
  add(ordinances[5]!, 0, '2021-12-01', '廢止')
  return numbered(rows)
}

/** When the review meetings were held: two in each quarter, on days on which offices work. */
export const meetingDays: Day[] = ['2020-10-07', '2020-12-02', '2021-01-20', '2021-03-17', '2021-04-14', '2021-05-12', '2021-06-16', '2021-07-14', '2021-08-18', '2021-09-08', '2021-11-03'].map((text) => openDay(day(text)))

/** What the law section has on its desk today: one proposal in each of some stages. Invented like the rest. */
export function makeProposals() {
  const of = (what: string, items: string[], fine?: number): Matter => ({ what, instrument: '自治條例', category: '工務交通', unit: '工務處', of: what.slice(0, -2), items, ...(fine ? { fine } : {}) })
  const write = (matter: Matter, lastStep: string, attachment?: [string, ...string[]]) => ({ ...(attachment ? { attachment } : {}), title: nameOf(matter), text: articlesOf(matter, 0), penalty: matter.fine !== undefined, reason: `為管理${matter.of}，明定申請、審查及使用程序。`, lastStep })
  return [
    write(of('自行車道管理', ['舉辦活動', '設置設施'], 3000), 'drafting'),
    write(of('共同管道管理', ['申請使用', '變更使用'], 20000), 'announce'),
    write(of('橋梁景觀維護', ['設置照明', '懸掛布條']), 'review'),
    write(of('路名牌設置', ['申請設置', '申請更名']), 'council'),
    write(of('公共運輸補助', ['申請補助', '變更路線']), 'letter-received', ['附件一 補助申請書', '申請人：', '申請補助的路線：', '申請期間：', '申請人簽名：']),
  ]
}

/** One regulation that is in force for a time only, and one with an article that was declared void. */
export const makeEndings = () => ({ lasting: nameOf(rules[1]!), voided: { name: nameOf(ordinances[7]!), article: '第四條', on: openDay(day('2022-03-15')) } })

function numbered(rows: Omit<DemoRegulation, 'number'>[]): DemoRegulation[] {
  const drawn = new Map<number, number>()
  return rows.toSorted((a, b) => (a.proposedOn < b.proposedOn ? -1 : a.proposedOn > b.proposedOn ? 1 : 0)).map((row) => {
    const year = partsOf(row.proposedOn).year - 1911
    drawn.set(year, (drawn.get(year) ?? 0) + 1)
    return { ...row, number: `法${year}-${String(drawn.get(year)).padStart(6, '0')}` }
  })
}

const spread = (i: number, of: number, from: string, days: number): Day => addDays(day(from), Math.floor((i * days) / of))

function openDay(on: Day): Day {
  return isOpen(on) ? on : openDay(addDays(on, 1))
}

function rowOf(matter: Matter, version: Version, promulgatedOn: Day, change?: DemoRegulation['change']): Omit<DemoRegulation, 'number'> {
  const months = matter.instrument === '自治條例' ? 160 : matter.instrument === '自治規則' ? 75 : 20
  const isRepeal = change === '廢止'
  const word = change ?? (version > 0 ? '修正' : matter.instrument === '自治條例' ? '制定' : '訂定')
  const { year, month, date } = partsOf(promulgatedOn)
  return {
    name: nameOf(matter), instrument: matter.instrument, change: word, category: matter.category, unit: matter.unit, proposedOn: openDay(addDays(promulgatedOn, -months)), promulgatedOn,
    documentNo: `示府法字第${year - 1911}${String(month).padStart(2, '0')}${String(Math.min(date, daysInMonth(year, month))).padStart(2, '0')}${matter.instrument === '行政規則' ? '2' : '1'}號`,
    text: isRepeal ? '' : matter.instrument === '行政規則' ? pointsOf(matter, version) : articlesOf(matter, version),
    reason: isRepeal ? '相關事項已納入其他自治條例規範，無單獨存在必要。' : version > 0 ? `因應${matter.of}實際需要，修正部分條文。` : `為管理${matter.of}，明定申請、審查及使用程序。`,
    penalty: matter.fine !== undefined && !isRepeal,
  }
}

const nameOf = ({ what, suffix, instrument }: Matter): string => (instrument === '行政規則' ? `示範縣政府${what}作業${suffix}` : `示範縣${what}${suffix ?? '自治條例'}`)

const money = (amount: number): string => `新臺幣${amount >= 10000 ? `${chineseNumeral(amount / 10000)}萬元` : `${chineseNumeral(amount)}元`}`

/** A self-government regulation: chapters where it has a penalty, and what an amendment changes, adds and deletes. */
function articlesOf(matter: Matter, version: Version): string {
  const { of, unit, items, fee, fine, what, suffix } = matter
  const self = matter.instrument === '自治條例' ? '本自治條例' : `本${suffix}`
  const basis = matter.instrument === '自治條例' ? '地方制度法第二十五條' : '地方制度法第二十七條第一項'
  const body = [
    [`為管理${of}，維護公共利益，依${basis}規定，特${matter.instrument === '自治條例' ? '制定' : '訂定'}${self}。`],
    [`${self}之主管機關為示範縣政府（以下簡稱本府），業務由本府${unit}辦理。`],
    [`有下列情形之一者，應於${chineseNumeral(version > 0 ? 14 : 7)}日前向本府申請許可：`, ...items.map((item, i) => `${chineseNumeral(i + 1)}、${item}。`), '前項申請應檢附申請書、計畫書及身分證明文件。'],
    [`本府受理前條申請後，應於${chineseNumeral(version > 0 ? 15 : 30)}日內審查完竣，並將結果通知申請人。`, ...(version > 0 ? ['前項審查必要時得會同相關機關現場勘查。'] : [])],
  ]
  const used = [
    ...(fee ? [[`經許可使用者，應依下列標準繳納使用費：`, `一、一般使用：每日${money(version > 0 ? fee * 1.2 : fee)}。`, `二、公益活動：依前款標準減半計收。`]] : []),
    [`申請人有正當理由時，得於使用日三日前申請變更或撤回第三條之申請。`],
    version > 0 ? ['（刪除）'] : [`使用期間不得妨害他人權益及公共安全。`],
  ]
  const penalty = fine ? [[`違反第三條第一項規定未經許可者，處${money(fine)}以下罰鍰，並得限期改善。`], [`依前條規定處罰後仍不改善者，本府得廢止其許可。`]] : []
  const end = [[`${self}所需書表格式，由本府定之。`], [`${self}自${matter.instrument === '自治條例' ? '公布' : '發布'}日施行。`]]
  const lines: string[] = []
  let no = 0
  const put = (articles: string[][]) => {
    for (const article of articles) {
      no += 1
      lines.push(`第${chineseNumeral(no)}條`, ...article)
      if (version > 0 && no === 4) lines.push('第四條之一', `經許可者不得將許可轉讓他人；有${what}以外之用途時，應另依${self}第三條規定申請。`)
      if (version > 1 && no === 5) lines.push('第五條之一', '本府得以電子方式受理申請及通知。')
    }
  }
  const chapters: [string, string[][]][] = fine ? [['總則', body.slice(0, 2)], ['申請及使用', [...body.slice(2), ...used]], ['罰則', penalty], ['附則', end]] : [['', [...body, ...used, ...end]]]
  chapters.forEach(([title, articles], i) => {
    if (title) lines.push(`第${chineseNumeral(i + 1)}章　${title}`)
    put(articles)
  })
  return lines.join('\n')
}

/** An administrative rule in points. */
function pointsOf({ of, unit, what }: Matter, version: Version): string {
  const days = [5, 7, 10][version]!
  const points = [
    `示範縣政府（以下簡稱本府）為辦理${of}業務，提升服務品質，特訂定本要點。`,
    `本要點由本府${unit}主辦，各機關配合辦理。`,
    `辦理${what}，依下列程序：\n（一）由業務單位填具申請表。\n（二）${unit}於${chineseNumeral(days)}個工作日內審查。\n（三）審查結果以書面或電子方式通知。`,
    version > 0 ? '辦理成效優良者，得予敘獎；必要時得邀請專家學者協助。' : '辦理成效優良者，得予敘獎。',
    ...(version > 0 ? [`執行本要點，應注意個人資料保護法第五條規定。`] : []),
    `本要點所需經費，由本府相關預算支應。`,
    `本要點未盡事宜，依行政程序法及其他相關法令辦理。`,
  ]
  return points.map((point, i) => `${chineseNumeral(i + 1)}、${point}`).join('\n')
}
