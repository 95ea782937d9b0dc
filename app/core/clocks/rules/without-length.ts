import type { RuleStatus } from '../rule.ts'

/** A rule of the office that sets no period: what it asks for instead. */
export type WithoutLength = { id: string; title: string; /** one clause, without a full stop */ because: string; citation: string; status: RuleStatus }

/** Rows of the office's rules that name a duty, a condition or a form but no length: their clock is open, and says why. */
export const withoutLength: readonly WithoutLength[] = rows([
  ['petition-oral-record', '言詞陳情之紀錄', '應當場作成紀錄，向陳情人朗讀或使閱覽，並由其簽名或蓋章', '行政程序法 §169', 'V-M'],
  ['petition-transfer', '陳情之移送', '條文只說應「速」移送並通知陳情人，沒有日數', '行政程序法 §172 I', 'V-M'],
  ['petition-remedy-advice', '得提起訴願、訴訟或請求國家賠償之告知', '在答復陳情時一併告知', '行政程序法 §172 II', 'V-M'],
  ['petition-no-action', '陳情之不予處理', '這是不予處理的事由，不是期間；仍應登錄', '行政程序法 §173', 'V-M'],
  ['petition-confidential', '陳情之保密', '有保密必要者始終應予保密', '行政程序法 §170 II', 'V-M'],
  ['petition-unreasonable-notify', '陳情無理由之通知', '應通知陳情人並說明意旨，沒有日數', '行政程序法 §171 I', 'V-M'],
  ['petition-local-kinmen-2001', '電子民意信箱陳情之公開與不予處理', '這是公開與不予處理的條件，不是期間', '金門縣政府暨所屬機關學校電子民意信箱陳情案件處理作業要點', 'V-P'],
  ['appeal-quorum', '訴願審議委員會之出席與決議', '這是出席、外聘比例、迴避與表決的條件', '訴願法 §52 至 §55、訴願審議規則 §13', 'V-M'],
  ['appeal-no-stay', '原處分不停止執行', '提起訴願原則上不停止執行，得申請或依職權停止', '訴願法 §93', 'V-M'],
  ['appeal-no-worse', '不利益變更之禁止', '這是決定內容的限制', '訴願法 §81 I', 'V-M'],
  ['appeal-self-government', '自治事項之合法性審查', '這是審查範圍的限制：只審合法，不審適當', '訴願法 §79 III', 'V-M'],
  ['sc-negotiation-start', '協議之開始', '以通知所定第一次協議期日為開始協議之日', '國家賠償法施行細則 §21 II', 'V-M'],
  ['sc-meeting-day', '協議期日', '除請求權人同意或不得已外，不在星期日、國定假日或休息日舉行', '國家賠償法施行細則 §30', 'V-M'],
  ['sc-limit', '逕行決定賠償之金額限度', '這是金額，由縣政府自定', '國家賠償法施行細則 §24 II', 'V-M'],
  ['sc-provisional', '醫療費或喪葬費之暫先支付', '收受法院假處分裁定後應「立即」支付，沒有日數', '國家賠償法施行細則 §35', 'V-M'],
  ['sc-parallel-suit', '附帶請求損害賠償', '依行政訴訟附帶請求者，不得就同一原因事實再提民事訴訟', '國家賠償法 §11 I 但書', 'V-M'],
  ['cp-precondition', '申請調解之前提', '須先依消費者保護法 §43 申訴而未獲妥適處理', '消費爭議調解辦法 §5 I ③', 'V-M'],
  ['cp-quorum', '調解會議之出席', '這是出席與同意的人數條件', '消費爭議調解辦法 §8', 'V-M'],
  ['cp-small-noshow', '小額消費爭議之缺席', '一方無正當理由不到場時，得依另一方請求或依職權提出解決方案', '消費者保護法 §45-4', 'U'],
  ['cp-noshow-ordinary', '調解期日之缺席', '視為調解不成立；認為有成立之望者，得另定期日', '消費爭議調解辦法 §19', 'V-M'],
  ['cp-retry-once', '調解不成立後再申請', '須他方同意，且以一次為限', '消費爭議調解辦法 §5 I ⑥、II', 'V-M'],
  ['cp-minor', '未成年消費者', '由法定代理人代為申請', '消費爭議調解辦法 §2 II', 'V-M'],
  ['la-oral-no-means-test', '言詞法律諮詢', '不審查資力，沒有期間', '法律扶助法 §13 II ④', 'V-M'],
  ['la-county-service', '縣府法律諮詢', '這是服務規定，時段由縣府安排', '縣府自行規定', 'U'],
  ['la-confidential', '諮詢內容之保密', '始終保密，只有統計數字離開承辦單位', '律師法、個人資料保護法', 'U'],
  ['council-member-bill', '議員提案及人民請願案之答復', '執行有困難時應敘明理由函復，沒有日數', '地方制度法 §39 II 後段', 'V-M'],
  ['council-reports', '施政報告與質詢', '每次定期會開會時提出', '地方制度法 §48', 'V-M'],
  ['council-execution', '議決案之執行', '應予執行；延不執行或執行不當，得請其說明理由', '地方制度法 §38', 'V-M'],
  ['reg-kind', '自治法規之種類與名稱', '這是法規的種類，不是期間', '地方制度法 §25 至 §29、行政程序法 §159', 'V-M'],
  ['reg-reserved', '應以自治條例定之之事項', '這是法規形式的條件', '地方制度法 §28', 'V-M'],
  ['reg-penalty', '自治條例之罰則', '這是罰則的上限與種類；有罰則者於公布前報請核定', '地方制度法 §26 III、IV', 'V-M'],
  ['reg-report', '自治法規之備查與查照', '條文只說公布或發布「後」函報，沒有日數', '地方制度法 §26 IV、§27 III', 'V-M'],
  ['reg-void', '自治法規牴觸上位規範之函告無效', '由監督機關函告，沒有日數', '地方制度法 §30、§43', 'V-M'],
  ['reg-admin-rule-issue', '行政規則之下達與發布', '以下達或登載公報為要件，沒有日數', '行政程序法 §160 至 §162', 'V-M'],
  ['reg-case-law-change', '處理中法規之變更', '這是適用新舊法規的原則', '中央法規標準法 §18', 'V-M'],
  ['proc-three-bids', '三家廠商投標', '這是開標的條件；第二次招標得不受三家限制', '政府採購法 §48', 'V-M'],
  ['proc-price-secret', '底價與投標資料之保密', '底價於決標前保密，決標後除有特殊情形外應予公開', '政府採購法 §34', 'V-M'],
  ['proc-over-reserve', '超底價決標', '這是比例與減價次數的條件', '政府採購法 §53', 'V-M'],
  ['proc-low-price', '標價偏低', '這是標價比例的條件；說明或擔保的期限由機關通知', '政府採購法 §58、施行細則 §79、§80', 'V-M'],
  ['proc-committee', '採購評選委員會', '這是人數、外聘與出席的條件', '政府採購法 §94、採購評選委員會組織準則 §4、§6', 'V-M'],
  ['proc-system-down', '電子採購系統異常', '由機關視需要延長或改期', '電子採購作業辦法 §18', 'V-M'],
  ['foi-forward', '非本機關資訊之轉知', '應說明；知悉有關機關者函轉並通知，沒有日數', '政府資訊公開法 §17', 'V-M'],
  ['foi-partial', '部分公開', '限制公開部分以外，應公開其餘部分', '政府資訊公開法 §18 II', 'V-M'],
  ['foi-reasons', '駁回之書面與理由', '這是書面、理由與救濟教示的要求', '政府資訊公開法 §16 III、行政程序法 §96、§98', 'V-M'],
  ['foi-fee', '政府資訊之費用', '這是費用，不是期間', '政府資訊公開法 §22', 'V-M'],
  ['pdp-publish-list', '個人資料檔案之公開', '應隨時公開於電腦網站', '個人資料保護法 §17', 'V-M'],
  ['opendata', '資料開放', '原則開放，沒有期間', '政府資料開放作業原則', 'U'],
  ['doc-dated', '限期公文', '期限由來文自己訂明；收文時已過者，依普通件', '文書處理手冊 78', 'V-P'],
  ['doc-halfday', '公文處理時間之計算', '這是計算所用日數的方法', '原住民族委員會公文處理要點 3', 'V-P'],
  ['doc-collect', '彙辦公文', '等待其他機關的時間不計，最後一件回復後起算', '文書處理手冊', 'V-P'],
  ['doc-extend', '公文之展期', '到期前申請，依展期長短分層核准', '縣府自行規定', 'S'],
  ['doc-exchange-seal', '電子交換公文之用印', '得不蓋用印信，應經電子認證', '機關公文電子交換作業辦法 §5、§9', 'V-M'],
  ['doc-secret', '應保守秘密之公文', '以密件處理', '公文程式條例 §12', 'V-M'],
  ['doc-signature', '電子簽章之效力', '這是效力與推定，不是期間', '電子簽章法 §4 至 §6', 'V-M'],
  ['card-not-issuer', '電子票證之發行', '儲存款項只能由電子支付機構收受', '電子支付機構管理條例 §5', 'V-M'],
  ['card-named', '記名卡之身分確認', '這是身分確認的要求', '電子支付機構身分確認機制及交易限額管理辦法 §4、§8、§15', 'V-M'],
  ['card-refuse', '拒絕申辦', '這是應拒絕或得拒絕的事由', '電子支付機構身分確認機制及交易限額管理辦法 §6', 'V-M'],
  ['card-loss', '卡片之掛失', '這是得掛失的條件', '電子支付機構業務管理規則 §27', 'V-M'],
  ['card-balance', '儲值餘額', '這是金額上限', '電子支付機構管理條例 §16', 'U'],
  ['card-refund', '終止契約之返還', '條文只說「合理期間」，沒有日數', '電子支付機構業務管理規則 §26', 'V-M'],
  ['card-kinds-kinmen', '縣民卡之卡別', '這是各卡別的資格', '金門縣政府行政處常見問答', 'V-P'],
  ['card-status-change', '縣民卡資格之變動', '資格變動時重新查核，日數由縣府自行規定', '縣府自行規定', 'U'],
  ['card-contact-consent', '聯絡資料之同意', '這是告知與同意的要求；同意隨時可以撤回', '個人資料保護法 §8、§15、§16', 'U'],
  ['plan-offshore-hearing', '離島實施方案之公聽會', '送指導委員會以前舉行', '離島建設條例施行細則 §6', 'V-M'],
  ['plan-annual-central', '年度施政計畫之陳報', '涉及中央政策、補助或委辦事項者陳報，沒有日數', '行政院所屬各機關年度施政計畫編審辦法 §12', 'V-M'],
  ['plan-annual-own-rule', '縣府自訂編審規定', '得自訂規定；未訂者準用中央規定', '行政院所屬各機關年度施政計畫編審辦法 §6、§13', 'V-M'],
  ['plan-control', '施政計畫之管考', '查核時程由縣府自行規定', '縣府自行規定', 'U'],
  ['cyber-ciso-meeting', '三、四級資安事件之會議', '知悉後「即」由資通安全長召開，沒有日數', '資通安全事件通報及應變辦法 §7 III', 'V-M'],
  ['cyber-plan-inventory', '資通安全維護計畫之內容', '這是計畫應有的內容', '資通安全管理法施行細則 §6 I', 'V-M'],
  ['cyber-report-content', '資安事件報告之內容', '這是報告應有的內容', '資通安全管理法施行細則 §8', 'V-M'],
  ['cyber-outsourcing', '委外廠商之通報', '知悉後「立即」通知委託機關，沒有日數', '資通安全管理法施行細則 §4', 'V-M'],
])

function rows(list: readonly (readonly [id: string, title: string, because: string, citation: string, status: RuleStatus])[]): WithoutLength[] {
  return list.map(([id, title, because, citation, status]) => ({ id, title, because, citation, status }))
}

const byId = new Map(withoutLength.map((row) => [row.id, row]))

/** Undefined for a rule that has a length, or none at all. */
export const findWithoutLength = (id: string): WithoutLength | undefined => byId.get(id)
