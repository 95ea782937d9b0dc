import type { demonstration } from '../modules/meetings/index.ts'
import { addDays, type Day, day, daysBetween, rocYear } from '../core/time.ts'
import { seat } from './meetings.ts'
import { isKnown, isOpen } from './office-time.ts'
import { unitCode } from './units.ts'

type DemoBody = Omit<Parameters<typeof demonstration.registerBodies>[1][number], 'ownerCode'> & { owner: string; sits: readonly string[]; /** what it treats: matter, and what was decided of it */ matters: readonly [string, string][] }

const policy = '本縣委員會紀錄公開政策（待法制單位確認）'
const common = { publication: 'published', publicationBasis: policy, minutesDueDays: '30' } as const

/** Standing committees of the county, its agencies and the townships. What they treat and decided is invented. */
export const standingBodies: DemoBody[] = [
  { ...common, code: 'urban_planning', name: '都市計畫委員會', kind: 'council', level: 'county', owner: '建設處', chair: '縣長', basis: '都市計畫法 §74', timesAYear: '4', sits: ['建設處', '工務處', '地政局', '環境保護局'], matters: [['主要計畫通盤檢討公開展覽意見', '修正通過｜依委員意見修正後，報請核定。'], ['公園用地變更為機關用地', '照案通過']] },
  { ...common, code: 'land_value', name: '地價及標準地價評議委員會', kind: 'council', level: 'county', owner: '地政局', chair: '縣長', basis: '平均地權條例 §4', timesAYear: '2', sits: ['地政局', '財政處', '建設處', '稅務局'], matters: [['次年公告土地現值', '照案通過'], ['重劃區重劃前後地價', '修正通過｜第三區段依實例調整。']] },
  { ...common, code: 'heritage', name: '文化資產審議會', kind: 'council', level: 'county', owner: '文化局', chair: '副縣長', basis: '文化資產保存法 §6', timesAYear: '4', sits: ['文化局', '建設處', '工務處'], matters: [['聚落建築群修復計畫', '修正通過｜屋面材料採傳統工法，報告書修正後送核。'], ['暫定古蹟處理情形', '准予備查']] },
  { ...common, code: 'environmental_review', name: '環境影響評估審查委員會', kind: 'council', level: 'county', owner: '環境保護局', chair: '副縣長', basis: '環境影響評估法 §3', timesAYear: '2', sits: ['環境保護局', '建設處', '觀光處'], matters: [['旅遊園區開發環境影響說明書', '再議｜補正交通及海域水質資料後再審。'], ['監測成果', '准予備查']] },
  { ...common, code: 'child_welfare', name: '兒童及少年福利與權益促進會', kind: 'advisory', level: 'county', owner: '社會處', chair: '縣長', basis: '兒童及少年福利與權益保障法 §10', timesAYear: '2', sits: ['社會處', '教育處', '衛生局', '警察局'], matters: [['兒少代表提案：夜間公車班次', '依裁示辦理｜請公共車船管理處評估，下次會議報告。'], ['托育資源布建', '准予備查']] },
  { ...common, code: 'disability_rights', name: '身心障礙者權益保障推動小組', kind: 'group', level: 'county', owner: '社會處', chair: '縣長', basis: '身心障礙者權益保障法 §10', timesAYear: '2', sits: ['社會處', '工務處', '教育處', '衛生局'], matters: [['騎樓整平及無障礙環境', '依裁示辦理｜請工務處分年列出路段。'], ['復康巴士服務情形', '准予備查']] },
  { ...common, code: 'road_safety', name: '道路交通安全聯席會報', kind: 'meeting', level: 'county', owner: '警察局', chair: '縣長', basis: '本縣自訂（待法制單位確認）', timesAYear: '6', sits: ['警察局', '工務處', '教育處', '觀光處'], matters: [['易肇事路口改善', '依裁示辦理｜請工務處會同警察局於一個月內完成會勘。'], ['電動機車租賃宣導', '准予備查'], ['學校周邊時段管制', '照案通過']] },
  { ...common, code: 'pollution_mediation', name: '公害糾紛調處委員會', kind: 'committee', level: 'county', owner: '環境保護局', chair: '縣長', basis: '公害糾紛處理法 §4；有案件才開會', timesAYear: '', sits: ['環境保護局'], matters: [] },
  { ...common, code: 'water_quality', name: '供水水質諮詢會', kind: 'advisory', level: 'agency', owner: '自來水廠', chair: '自來水廠廠長', basis: '本縣自訂（待法制單位確認）', timesAYear: '2', sits: ['自來水廠', '環境保護局', '衛生局'], matters: [['水源硬度改善', '准予備查'], ['枯水期供水調度', '照案通過']] },
  { ...common, code: 'library_collection', name: '館藏發展小組', kind: 'group', level: 'agency', owner: '圖書館', chair: '圖書館館長', basis: '本縣自訂（待法制單位確認）', timesAYear: '2', sits: ['圖書館', '文化局'], matters: [['年度採購書目', '照案通過'], ['地方文獻數位化', '修正通過｜先辦舊報紙。']] },
  { ...common, code: 'ferry_fares', name: '車船票價諮詢會', kind: 'advisory', level: 'agency', owner: '公共車船管理處', chair: '觀光處處長', basis: '本縣自訂（待法制單位確認）', timesAYear: '1', sits: ['公共車船管理處', '觀光處', '主計處'], matters: [['離島航線票價', '再議｜補成本分析後再審。']] },
  { ...common, code: 'kincheng_disaster', name: '金城鎮災害防救會報', kind: 'meeting', level: 'township', owner: '金城鎮公所', chair: '鎮長', basis: '災害防救法 §11', timesAYear: '2', sits: ['金城鎮公所', '消防局'], matters: [['地區災害防救計畫修訂', '修正通過｜補疏散路線圖。'], ['防汛整備', '准予備查']] },
  { ...common, code: 'kinsha_enterprise', name: '金沙鎮公共造產管理會', kind: 'board', level: 'township', owner: '金沙鎮公所', chair: '鎮長', basis: '鎮公所自訂（待法制單位確認）', timesAYear: '2', sits: ['金沙鎮公所'], matters: [['市場攤位租金', '照案通過'], ['年度收支', '准予備查']] },
  { ...common, code: 'kinhu_community', name: '金湖鎮社區營造諮詢會', kind: 'advisory', level: 'township', owner: '金湖鎮公所', chair: '鎮長', basis: '鎮公所自訂（待法制單位確認）', timesAYear: '2', sits: ['金湖鎮公所'], matters: [['社區閒置空間認養', '照案通過'], ['社區提案審查', '修正通過｜經費依核定數調整。']] },
  { ...common, code: 'kinning_parks', name: '金寧鄉公園管理委員會', kind: 'committee', level: 'township', owner: '金寧鄉公所', chair: '鄉長', basis: '鄉公所自訂（待法制單位確認）', timesAYear: '2', sits: ['金寧鄉公所'], matters: [['遊戲場安全檢查', '准予備查'], ['共融遊具設置', '照案通過']] },
  { ...common, code: 'liehyu_tourism', name: '烈嶼鄉觀光發展小組', kind: 'group', level: 'township', owner: '烈嶼鄉公所', chair: '鄉長', basis: '鄉公所自訂（待法制單位確認）', timesAYear: '2', sits: ['烈嶼鄉公所', '觀光處'], matters: [['環島步道標示', '照案通過'], ['旅遊旺季接駁', '依裁示辦理｜請公共車船管理處加開班次。']] },
]

export const bodiesToRegister = () => standingBodies.map(({ owner, sits: _sits, matters: _matters, ...body }) => ({ ...body, ownerCode: unitCode(owner) }))

const openDay = (on: Day): Day => (isOpen(on) || !isKnown(on) ? on : openDay(addDays(on, 1)))

/** Their meetings of the report's year (ROC 110), of this year and of the last up to `today`, as rows of meetings.csv. `taken`: how many numbers of each ROC year other meetings have. Some have no confirmed minutes. */
export function makeStandingMeetings(today: Day, taken: ReadonlyMap<number, number>): Record<string, string>[] {
  const spans: [Day, Day, number][] = [[day('2021-01-01'), day('2021-12-31'), 365], ...[rocYear(today) - 1, rocYear(today)].map((roc): [Day, Day, number] => [day(`${roc + 1911}-01-01`), day(`${roc + 1911}-12-31`), 365])]
  const held = spans.flatMap(([from, until, days]) => standingBodies.flatMap((body, i) => {
    const count = body.matters.length && Math.max(1, Math.min(3, Math.floor((Number(body.timesAYear) * days) / 365)))
    return Array.from({ length: count }, (_, n) => ({ body, n, on: openDay(addDays(from, ((i * 17) % 60) + Math.floor((n * days) / count))) })).filter(({ on }) => on <= until && on <= today)
  })).toSorted((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : a.body.code < b.body.code ? -1 : 1))
  const drawn = new Map(taken)
  return held.map(({ body, n, on }, i) => {
    const year = rocYear(on)
    drawn.set(year, (drawn.get(year) ?? 0) + 1)
    const confirmed = addDays(on, 12)
    const [first, second] = [body.matters[n % body.matters.length]!, body.matters[(n + 1) % body.matters.length]!]
    return {
      案號: `會${year}-${String(drawn.get(year)).padStart(6, '0')}`, 會議體: body.code, 開會日期: on, 開始時間: '14:00', 散會時間: '16:10', 地點: body.level === 'county' ? '第二會議室' : `${body.owner}會議室`, 主席: body.chair,
      出席人員: [...body.sits.map((unit) => seat(unit)), '示範委員甲，專家學者', '示範委員乙，民間團體代表'].join('\n'),
      議程: [...new Set([first, second])].map(([what, decided]) => `討論事項｜${what}｜${decided}`).join('\n'), 發言要旨: '委員發言及單位說明（略）。',
      ...(i % 7 === 4 || confirmed > today ? {} : { 紀錄確認日: confirmed, 確認說明: '簽奉核定' }),
    }
  })
}

/** Of the confirmed minutes every fifth has not been published yet. */
export const unpublished = (rows: readonly Record<string, string>[], today: Day): string[] => rows.filter((row, i) => i % 5 === 3 && daysBetween(row['開會日期'] as Day, today) < 300).map((row) => row['案號']!)
