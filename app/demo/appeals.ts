import { type Day, addDays, day, partsOf } from '../core/time.ts'
import { officeDay } from './office-time.ts'
import { Random } from './random.ts'

/** A row of appeals.csv of the demonstration county, by its columns. Names and matters are invented. */
export type DemoAppeal = Record<string, string>

type Matter = { title: string; category: string; agencies: readonly string[]; what: string; why: string }
const townships = ['金城鎮公所', '金沙鎮公所', '金湖鎮公所', '金寧鄉公所', '烈嶼鄉公所']
const matters: Matter[] = [
  { title: '因違章建築事件', category: '建築管理', agencies: townships, what: '查報違章建築並限期拆除', why: '系爭棚架為既有設施，並非新建，原處分認定之面積與現況不符。' },
  { title: '因地價稅事件', category: '稅務', agencies: ['稅務局'], what: '否准按自用住宅用地稅率課徵地價稅', why: '戶籍仍在該址，未出租亦未供營業使用，應有優惠稅率之適用。' },
  { title: '因房屋稅事件', category: '稅務', agencies: ['稅務局'], what: '核定房屋稅', why: '部分樓層供住家使用，全部按營業用稅率核課有誤。' },
  { title: '因低收入戶資格事件', category: '社會救助', agencies: townships, what: '註銷低收入戶資格', why: '列計之家庭人口與實際共同生活之情形不同，收入亦有高估。' },
  { title: '因噪音管制法事件', category: '環境保護', agencies: ['環境保護局'], what: '裁處罰鍰', why: '量測地點並非陳情人之居所，量測程序與管制標準不合。' },
  { title: '因廢棄物清理法事件', category: '環境保護', agencies: ['環境保護局'], what: '裁處罰鍰', why: '棄置之物品並非訴願人所有，現場亦未查明行為人。' },
  { title: '因土地複丈事件', category: '地政', agencies: ['地政局'], what: '駁回更正界址之申請', why: '歷年測量成果彼此不一致，應重新施測。' },
  { title: '因農業用地證明事件', category: '地政', agencies: townships, what: '否准核發農業用地作農業使用證明書', why: '地上之水池為灌溉所需，仍作農業使用。' },
  { title: '因消防法事件', category: '其他', agencies: ['消防局'], what: '裁處罰鍰', why: '改善期限屆滿前已完成檢修並申報，裁處時未予審酌。' },
]
type End = { decidedOn: string; outcomes: string; basis: string } | { endedOn: string; ending: string } | null
type Plan = { receivedOn: string; end: End; extensionMonths?: number }

const [dismissed, revoked, none] = [{ outcomes: '駁回', basis: '訴願法 §79 I' }, { outcomes: '撤銷', basis: '訴願法 §81 I' }, { outcomes: '不受理', basis: '訴願法 §77 ②' }]
const partly = { outcomes: '撤銷、駁回', basis: '訴願法 §81 I；訴願法 §79 I' }
const decided = (receivedOn: string, decidedOn: string, how: { outcomes: string; basis: string }, extensionMonths?: number): Plan => ({ receivedOn, end: { decidedOn, ...how }, ...(extensionMonths ? { extensionMonths } : {}) })

/**
 * The half-year of the report, 110-04-01 to 110-09-30: seven decided, all filed before it (one 不受理, four 駁回, one 撤銷, one 一部撤銷一部駁回),
 * and seven filed, all still under review on 110-10-31.
 */
const reported: Plan[] = [
  decided('2020-12-14', '2021-04-14', dismissed, 2), decided('2021-01-18', '2021-04-14', none), decided('2021-01-25', '2021-05-12', dismissed, 1), decided('2021-02-22', '2021-05-12', revoked), decided('2021-03-03', '2021-07-07', partly, 2),
  decided('2021-03-15', '2021-08-11', dismissed, 2), decided('2021-03-29', '2021-08-11', dismissed, 2),
  decided('2021-07-05', '2021-11-10', dismissed, 2), decided('2021-07-19', '2021-11-10', dismissed, 2), decided('2021-08-04', '2021-12-15', revoked, 2), decided('2021-08-23', '2021-11-10', none), decided('2021-09-06', '2021-12-15', dismissed, 1),
  decided('2021-09-13', '2022-01-12', partly, 2), decided('2021-09-29', '2022-01-12', dismissed, 1),
]

/** All years' appeals that are over, oldest first; always the same. */
export function makeAppeals(): DemoAppeal[] {
  const random = new Random('windlion appeals')
  const plans = [...earlierAndLater(random), ...reported].toSorted((a, b) => (a.receivedOn < b.receivedOn ? -1 : a.receivedOn > b.receivedOn ? 1 : 0))
  const drawn = new Map<number, number>()
  return plans.map((plan) => {
    const receivedOn = officeDay(day(plan.receivedOn), 0)
    const year = partsOf(receivedOn).year - 1911
    drawn.set(year, (drawn.get(year) ?? 0) + 1)
    return rowOf(plan, receivedOn, `訴${year}-${String(drawn.get(year)).padStart(6, '0')}`, random)
  })
}

/** From ROC 108 on, about a dozen a year outside the reported half-year; each decided within its time, some withdrawn. */
function earlierAndLater(random: Random): Plan[] {
  const plans: Plan[] = []
  for (let on = day('2019-01-10'); on < '2025-07-01'; on = addDays(on, random.int(18, 40))) {
    const isReported = on >= '2020-11-20' && on <= '2021-10-05'
    if (isReported) continue
    const filed = on as string
    if (random.chance(0.1)) plans.push({ receivedOn: filed, end: { endedOn: officeDay(addDays(on, random.int(20, 60)), 0), ending: '撤回' } })
    else plans.push(decided(filed, officeDay(addDays(on, random.int(60, 84)), 0), random.weighted([[dismissed, 52], [none, 22], [revoked, 16], [partly, 10]])))
  }
  return plans
}

const surnames = [...'王李張陳林黃吳蔡楊許鄭謝洪郭曾廖賴徐周葉蘇莊呂江何']
const tokens = ['示範', '測試', '範例', '樣本', '演練', '虛構']

function rowOf(plan: Plan, receivedOn: Day, number: string, random: Random): DemoAppeal {
  const matter = random.pick(matters)
  const late = plan.end !== null && 'outcomes' in plan.end && plan.end.outcomes === '不受理'
  const servedOn = officeDay(addDays(receivedOn, -(late ? random.int(40, 60) : random.int(8, 26))), 0)
  const dispositionOn = addDays(servedOn, -random.int(2, 5))
  const isCompany = random.chance(0.15)
  const two = plan.end !== null && 'outcomes' in plan.end && plan.end.outcomes.includes('、')
  const end: DemoAppeal = plan.end === null ? {} : 'outcomes' in plan.end
    ? { 決定結果: plan.end.outcomes, 決定依據: plan.end.basis, 決定日期: plan.end.decidedOn, 決定書文號: `府訴決字第${number.slice(1).replace('-', '')}號`, 正本發文日期: officeDay(addDays(day(plan.end.decidedOn), random.int(5, 11)), 0) as string }
    : { 其他終結: plan.end.ending, 終結日期: plan.end.endedOn }
  return {
    案號: number, 收件日期: receivedOn, 管道: random.weighted([['書面', 8], ['臨櫃', 2]]), 案由: matter.title, 類別: matter.category, 原處分機關: random.pick(matter.agencies), 處分文號: `示字第${dispositionOn.replaceAll('-', '').slice(2)}${random.int(10, 99)}號`,
    處分日期: dispositionOn, 處分送達日期: servedOn, 住居地: '金門縣', 訴願人: isCompany ? `${random.pick(surnames)}記示範企業社` : random.pick(surnames) + random.pick(tokens),
    請求事項: two ? `原處分關於${matter.what}部分撤銷；請求另為適法之處分` : '原處分撤銷', 事實及理由: `訴願人因${matter.what}，不服原處分機關所為之處分，提起訴願。\n${matter.why}`, 主辦單位: '法制科',
    答辯日期: late ? '' : officeDay(addDays(receivedOn, random.int(14, 20)), 0), 延長月數: plan.extensionMonths ? String(plan.extensionMonths) : '', ...end,
  }
}

/** What the law section has on its desk today: an appeal at each stage. `steps`: what has happened since, with how many days ago. */
export type DemoOpenAppeal = { matter: string; agency: string; name: string; filedDaysAgo: number; form?: 'statement'; online?: true; residence?: string; signed?: false; appliedDaysAgo?: number; servedDaysAgo?: number; own?: true; decided?: [daysAgo: number, outcome: string]; steps: [id: string, daysAgo: number, more?: Record<string, unknown>][] }

export function makeOpenAppeals(): DemoOpenAppeal[] {
  const paper = { paper: '原處分係依據現場勘查結果作成，並無違誤，請予駁回。' }
  const answered: DemoOpenAppeal['steps'] = [['forward', 40], ['defended', 24, paper]]
  return [
    { matter: '因房屋稅事件', agency: '稅務局', name: '何演練', filedDaysAgo: 1, online: true, steps: [] },
    { matter: '因違章建築事件', agency: '金湖鎮公所', name: '林示範', filedDaysAgo: 3, steps: [] },
    { matter: '因廢棄物清理法事件', agency: '環境保護局', name: '許測試', filedDaysAgo: 12, form: 'statement', steps: [] },
    { matter: '因地價稅事件', agency: '稅務局', name: '洪範例', filedDaysAgo: 16, signed: false, steps: [['ask-correction', 12, { asked: '1. 訴願書由訴願人簽名或蓋章。\n2. 附原處分書影本。' }]] },
    { matter: '因土地複丈事件', agency: '地政局', name: '蔡樣本', filedDaysAgo: 15, residence: '臺北市', steps: [['forward', 13]] },
    { matter: '因低收入戶資格事件', agency: '烈嶼鄉公所', name: '楊演練', filedDaysAgo: 44, residence: '金門縣烏坵鄉', steps: answered },
    { matter: '因噪音管制法事件', agency: '環境保護局', name: '吳虛構', filedDaysAgo: 48, steps: [...answered, ['reasons', 18, { paper: '補充說明量測當日之風速超過規定，量測結果不足採。' }], ['to-committee', 8]] },
    { matter: '因消防法事件', agency: '消防局', name: '郭示範', filedDaysAgo: 46, steps: [...answered, ['to-committee', 10]] },
    { matter: '因農業用地證明事件', agency: '金寧鄉公所', name: '陳測試', filedDaysAgo: 55, steps: [...answered, ['suspend', 15, { note: '系爭土地之界址另案於行政法院審理中。' }]] },
    // filed after a storm, with an application for restoration
    { matter: '因漁船停泊管理事件', agency: '金沙鎮公所', name: '周演練', filedDaysAgo: 9, servedDaysAgo: 48, steps: [['ask-restitution', 8, { paper: '颱風期間對外交通中斷，無法寄送訴願書。', ceased: 12 }]] },
    // against the county itself: one waits for its answer, one was sent on and decided by the ministry
    { matter: '因縣有土地占用事件', agency: '', own: true, name: '江測試', filedDaysAgo: 7, steps: [] },
    { matter: '因旅宿登記事件', agency: '', own: true, name: '呂範例', filedDaysAgo: 150, decided: [30, 'revoked'], steps: [['own-defended', 138, { authority: '示範部', paper: '原處分依法有據，並無違誤。' }]] },
    { matter: '因建造執照申請事件', agency: '金城鎮公所', name: '鄭範例', filedDaysAgo: 6, appliedDaysAgo: 100, steps: [] },
  ]
}
