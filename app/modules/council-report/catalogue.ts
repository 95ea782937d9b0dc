import type { FigureKind } from '../../core/figures/figure.ts'

/** A figure that the half-yearly report names, whether or not a module counts it yet. */
export interface CatalogueFigure {
  id: string
  kind: FigureKind
  /** 件, 人次, 元 …; empty for rates and dates */
  unit: string
  title: string
  /** one sentence: what is counted */
  definition: string
  /** 01 to 15 */
  section: string
  /** whether the council's report of 2021 gives or needs this number; the others are the platform's own */
  contract: boolean
}

/**
 * Every number of the report, in its order. Where a module registers a figure of the same id, that one counts; until then the
 * report says that no records stand behind it, or prints what a person typed, marked as typed.
 */
export const catalogue: readonly CatalogueFigure[] = [
  ...section('01', [
    ['plans.programme.interim_report_review_on', 'date', '', '期中報告審查日', '研擬下一期離島綜合建設實施方案的期中報告，召開審查會議的日期。'],
    ['plans.programme.forums', 'flow', '場', '方案座談會', '為研擬下一期離島綜合建設實施方案，期間內舉辦的公開座談會場數。'],
    ['plans.annual.submitted', 'flow', '案', '先期作業提報計畫', '各單位在下年度施政計畫先期作業提報的計畫案數。'],
    ['plans.annual.requested_twd', 'flow', '元', '先期作業提報經費', '各單位在下年度施政計畫先期作業提報的計畫所需經費合計。'],
    ['plans.annual.admitted', 'flow', '案', '納入概算審查計畫', '先期作業提報的計畫中，經審查會議決議納入概算審查的案數。'],
  ]),
  ...section('02', [
    ['relief.meetings', 'flow', '次', '紓困振興工作小組會議', '期間內召開的紓困振興工作小組會議次數。'],
    ['proposals.to_central', 'flow', '案', '協助向中央提案', '期間內協助各機關、公所向中央政府提送的計畫案數。'],
    ['relief.plans', 'stock', '項', '紓困振興計畫', '資料截止日時，本年度產業紓困振興方案所列的計畫項數。'],
    ['relief.items', 'stock', '項', '紓困振興工作項目', '資料截止日時，本年度產業紓困振興方案各計畫所列的工作項目數。'],
    ['perceived.items_this_year', 'stock', '項', '本年度有感施政項目', '資料截止日時，列為本年度有感施政的項目數。'],
    ['perceived.items_next_year', 'stock', '項', '下年度有感施政項目', '資料截止日時，列為下年度有感施政的項目數。'],
  ]),
  ...section('03', [
    ['control.major_by_status', 'breakdown', '案', '重大施政計畫辦理情形', '資料截止日時列管中的重大施政計畫案件，依管考情形分列的案數。'],
    ['control.meetings', 'flow', '次', '管考會議', '期間內召開的施政計畫及專案管考會議次數。'],
  ]),
  ...section('04', [
    ['regulations.enacted', 'flow', '種', '制定自治法規', '期間內公布施行的新制定自治法規種數。'],
    ['regulations.amended', 'flow', '種', '修正自治法規', '期間內公布施行的修正自治法規種數。'],
    ['regulations.administrative_rules', 'flow', '種', '訂定及修正行政規則', '期間內下達或發布的訂定、修正行政規則種數。'],
    ['regulations.review_meetings', 'flow', '次', '法規審查會議', '期間內召開的法規審查會議次數。'],
  ]),
  ...section('05', [
    ['appeals.filed', 'flow', '件', '提起訴願', '期間內向本府提起的訴願件數。'],
    ['appeals.filed_pending', 'cohort', '件', '其中審議中', '期間內提起的訴願中，至資料截止日仍在審議的件數。'],
    ['appeals.decided', 'flow', '件', '訴願審議決定', '期間內經訴願審議委員會作成決定的訴願件數。'],
    ['appeals.decided_non_acceptance', 'flow', '件', '訴願不受理', '期間內作成的訴願決定中，決定不受理的件數。'],
    ['appeals.decided_dismissed', 'flow', '件', '訴願駁回', '期間內作成的訴願決定中，決定駁回的件數。'],
    ['appeals.decided_revoked', 'flow', '件', '訴願撤銷', '期間內作成的訴願決定中，決定撤銷原處分的件數。'],
    ['appeals.decided_partly_revoked', 'flow', '件', '訴願一部撤銷一部駁回', '期間內作成的訴願決定中，決定一部撤銷、一部駁回的件數。'],
    ['compensation.received', 'flow', '件', '受理國家賠償請求', '期間內受理的國家賠償請求件數。'],
    ['compensation.refused', 'cohort', '件', '其中拒絕賠償', '期間內受理的國家賠償請求中，至資料截止日經審議決定拒絕賠償的件數。'],
    ['mediation.held', 'flow', '件', '消費爭議調解終結', '期間內調解終結的消費爭議調解件數，不論成立與否。'],
    ['mediation.failed', 'flow', '件', '其中調解不成立', '期間內調解終結的消費爭議調解中，調解不成立的件數。'],
    ['mediation.pending', 'cohort', '件', '新收仍在調解', '期間內新收的消費爭議調解中，至資料截止日仍在調解的件數。'],
  ]),
  ...section('06', [
    ['legal_aid.sessions', 'flow', '場次', '法律諮詢場次', '期間內辦理的免費法律諮詢場次數。'],
    ['legal_aid.persons', 'flow', '人次', '法律諮詢人次', '期間內免費法律諮詢服務的人次。'],
  ]),
  ...section('07', [
    ['meetings.county_affairs', 'flow', '次', '縣務會議', '期間內召開的縣務會議次數。'],
    ['meetings.regulation_bills', 'flow', '案', '縣務會議審議法規案', '期間內縣務會議審議的制定、修正法規案數。'],
    ['meetings.executive', 'flow', '次', '主管會報', '期間內召開的主管會報次數。'],
    ['directives.issued', 'flow', '案', '主管會報指裁示事項', '期間內召開的主管會報所作成的指裁示事項案數。'],
    ['directives.delisted', 'cohort', '案', '其中解除列管', '期間內作成的指裁示事項中，至資料截止日已完成並解除列管的案數。'],
    ['directives.delisted_all', 'flow', '案', '期間內解除列管', '期間內解除列管的指裁示事項案數，包括以前會報所作成者。'],
    ['directives.delisted_rate', 'rate', '', '解除列管比率', '期間內作成的指裁示事項中，至資料截止日已解除列管者所占的比率。'],
  ]),
  ...section('08', [
    ['petitions.received', 'flow', '件', '三信箱收件數', '期間內由縣長電子信箱、院長電子信箱及總統信箱收到的陳情件數，每封信、每個信箱算一件。'],
    ['petitions.closed', 'cohort', '件', '其中已結案', '期間內由三個信箱收到的陳情中，至資料截止日已結案的件數，不論結案方式。'],
    ['petitions.received_all', 'flow', '件', '各管道收件數', '期間內由所有管道收到的陳情件數，包括臨櫃、電話、書面及1999。'],
    ['petitions.closed_rate', 'rate', '', '結案率', '期間內由三個信箱收到的陳情中，至資料截止日已結案者所占的比率。'],
  ]),
  ...section('08', [
    ['petitions.on_time_rate', 'rate', '', '如期結案率', '期間內收到且至資料截止日已結案的陳情中，在限辦日期以前結案者所占的比率。'],
    ['petitions.overdue', 'stock', '件', '逾期未結', '資料截止日時尚未結案且已過限辦日期的陳情件數。'],
    ['petitions.open', 'stock', '件', '尚未結案', '資料截止日時尚未結案的陳情件數。'],
    ['petitions.days_median', 'median', '工作日', '辦理日數中位數', '期間內收到且已結案的陳情，自收件至結案的工作日數居於正中者。'],
    ['petitions.days_p90', 'percentile', '工作日', '九成案件辦理日數', '期間內收到且已結案的陳情，有九成在這個工作日數以內結案。'],
    ['petitions.extension_rate', 'rate', '', '展期比率', '期間內收到的陳情中，曾經核准展期者所占的比率。'],
    ['petitions.satisfaction', 'mean', '分', '滿意度', '期間內收到的陳情，陳情人對辦理結果所給的滿意度（1至5分）平均。'],
    ['petitions.satisfaction_answers', 'flow', '件', '滿意度回復數', '期間內收到的陳情中，陳情人回復滿意度的件數。'],
  ], false),
  ...section('09', [
    ['procurement.tenders', 'flow', '件', '受理委辦招標', '期間內受理各單位委託辦理招標的件數。'],
    ['procurement.works', 'flow', '件', '工程採購', '期間內受理委辦招標的採購中，屬工程的件數。'],
    ['procurement.goods', 'flow', '件', '財物採購', '期間內受理委辦招標的採購中，屬財物的件數。'],
    ['procurement.services', 'flow', '件', '勞務採購', '期間內受理委辦招標的採購中，屬勞務的件數。'],
    ['procurement.saved_twd', 'flow', '元', '節省公帑', '期間內決標的委辦採購，預算金額減去決標金額的合計。'],
  ]),
  ...section('10', [
    ['procurement.e_pickup_rate', 'rate', '', '電子領標比率', '期間內應提供電子領標的招標中，已提供電子領標者所占的比率。'],
    ['procurement.e_bid_rate', 'rate', '', '電子投標比率', '期間內應提供電子投標的招標中，已提供電子投標者所占的比率。'],
    ['procurement.public_inspection_rate', 'rate', '', '網路公開閱覽比率', '期間內應辦理招標文件公開閱覽的招標中，已在網路公開閱覽者所占的比率。'],
  ]),
  ...section('11', [
    ['disclosure.items', 'breakdown', '則', '主動公開資訊', '期間內依政府資訊公開法第七條主動公開的資訊，依該條各款分列的則數。'],
    ['disclosure.minutes', 'flow', '份', '公開委員會會議紀錄', '期間內公開的常設性委員會會議紀錄份數。'],
    ['open_data.datasets', 'stock', '個', '開放資料集', '資料截止日時提供各界使用的開放資料集個數。'],
    ['open_data.downloads', 'flow', '次', '開放資料下載', '期間內開放資料集被下載的次數。'],
  ], false),
  ...section('12', [
    ['counter.units', 'stock', '個', '提供服務的局處', '資料截止日時在網路 e 櫃台提供服務的局處個數，所屬機關併入其局處。'],
    ['counter.townships', 'stock', '個', '提供服務的公所', '資料截止日時在網路 e 櫃台提供服務的鄉鎮公所個數。'],
    ['counter.online_services', 'stock', '項', '線上申請服務', '資料截止日時可在網路 e 櫃台線上申請的服務項數。'],
    ['counter.forms', 'stock', '項', '表單下載服務', '資料截止日時可在網路 e 櫃台下載的表單項數。'],
    ['counter.downloads', 'stock', '次', '表單累計下載', '網路 e 櫃台啟用以來至資料截止日，表單被下載的累計次數。'],
    ['counter.members', 'stock', '人', 'e 櫃台會員', '資料截止日時網路 e 櫃台的會員人數。'],
  ]),
  ...section('13', [
    ['official_documents.exchanged_rate', 'rate', '', '電子交換比率', '期間內對外發出的公文中，以電子交換傳遞者所占的比率。'],
    ['official_documents.signed_online_rate', 'rate', '', '線上簽核比率', '期間內辦結的公文中，全程線上簽核者所占的比率。'],
    ['official_documents.sheets_saved', 'flow', '張', '節省紙張', '期間內因線上簽核及會議無紙化而未列印的紙張數。'],
  ], false),
  ...section('14', [
    ['cards.issued', 'stock', '張', '縣民卡累計發卡', '縣民卡自民國106年發行以來至資料截止日的累計發卡張數。'],
    ['smart.proposals', 'flow', '案', '智慧城鄉提案', '期間內協助各單位申請中央智慧城鄉補助的提案數。'],
  ]),
  ...section('15', [
    ['datacentre.hosts', 'stock', '台', '實體主機', '資料截止日時虛擬化雲端資料中心的實體主機台數。'],
    ['datacentre.machines', 'stock', '台', '虛擬機器及範本', '資料截止日時在虛擬化雲端資料中心運行的虛擬機器及範本台數。'],
    ['assets.review_rounds', 'flow', '次', '資訊資產盤點', '期間內完成的全府資訊資產盤點及風險評鑑次數。'],
  ]),
]

type Row = [id: string, kind: FigureKind, unit: string, title: string, definition: string]

function section(no: string, rows: Row[], contract = true): CatalogueFigure[] {
  return rows.map(([id, kind, unit, title, definition]) => ({ id, kind, unit, title, definition, section: no, contract }))
}
