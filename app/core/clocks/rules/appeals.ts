import { day } from '../../time.ts'
import type { Rule } from '../rule.ts'
import { appealService, dispositionService } from './service-delays.ts'

// 訴願法 as completely amended, in force since 89/7/1; 審議規則 of the same day.
const act = { version: 1, effectiveFrom: day('2000-07-01'), effectiveTo: null, status: 'V-M', configurable: false } as const
const within = { unit: 'cd', roll: 'next-open', counting: 'civil' } as const
const duty = { unit: 'cd', roll: 'target', counting: 'civil' } as const
const committee = '行政院及各級行政機關訴願審議委員會審議規則'
const received = { by: 'receipt', misfiled: true, citation: '訴願法 §14 III、IV' } as const
const receivedByAuthority = { by: 'receipt', citation: '訴願法 §14 III' } as const

const appellants: Rule[] = [
  {
    id: 'appeal-filing-30d', title: '提起訴願', trigger: '行政處分送達或公告期滿', citation: '訴願法 §14 I', ...act, ...within, length: 30,
    serviceDelays: dispositionService, travel: 'appeals', filing: received,
    onLapse: '不受理（訴願法 §77 ②）；處分顯屬違法或不當者，機關得依職權撤銷或變更（§80）',
  },
  {
    id: 'appeal-third-party', title: '利害關係人提起訴願', trigger: '利害關係人知悉行政處分', citation: '訴願法 §14 II', ...act, ...within, length: 30,
    travel: 'appeals', filing: received,
    bar: { from: 'servedOn', title: '行政處分送達或公告期滿', unit: 'y', length: 3, citation: '訴願法 §14 II 但書：已逾三年者，不得提起' },
    onLapse: '不受理（訴願法 §77 ②）',
  },
  {
    id: 'appeal-restitution-10d', title: '訴願期間回復原狀之申請', trigger: '遲誤之原因消滅', citation: '訴願法 §15 I', ...act, ...within, length: 10,
    travel: 'appeals', filing: receivedByAuthority,
    bar: { from: 'missedOn', title: '訴願期間屆滿', unit: 'y', length: 1, citation: '訴願法 §15 I 但書：遲誤訴願期間已逾一年者，不得為之' },
    note: '申請時應同時補行期間內應為之訴願行為（訴願法 §15 II）。',
    onLapse: '不得申請回復原狀',
  },
  {
    id: 'appeal-supplement-30d', title: '訴願書之補送', trigger: '作不服之表示', citation: '訴願法 §57', ...act, ...within, length: 30,
    travel: 'appeals', filing: receivedByAuthority,
    onLapse: '不受理（訴願法 §77 ②）；訴願決定期間自補送期間屆滿之次日起算（§85 II）',
  },
  {
    id: 'appeal-correction-20d', title: '訴願書之補正', trigger: '補正通知送達', citation: `訴願法 §62；${committee} §7`, ...act, ...within, length: 20,
    serviceDelays: appealService, travel: 'appeals', filing: receivedByAuthority,
    onLapse: '不受理（訴願法 §77 ①）；於不受理決定書正本發送前補正者，註銷該決定書，仍予受理（審議規則 §24）',
  },
  {
    id: 'appeal-litigation-2mo', title: '提起行政訴訟', trigger: '訴願決定書送達', citation: '訴願法 §90；行政訴訟法 §106', ...act,
    unit: 'mo', roll: 'next-open', counting: 'civil', length: 2, serviceDelays: appealService, travel: 'courts',
    filing: { by: 'receipt', citation: '行政訴訟法 §106 I：訴狀須於期間內到達行政法院' },
    bar: { from: 'servedOn', title: '訴願決定書送達', unit: 'y', length: 3, citation: '行政訴訟法 §106 II：自訴願決定書送達後已逾三年者，不得提起' },
    note: '二個月為不變期間，不得延長；住居所不在法院所在地者，另依司法院所定標準扣除在途期間（行政訴訟法 §89），本計算未列入。',
    onLapse: '訴願決定確定',
  },
  {
    id: 'appeal-notice-missing', title: '訴願決定未附記或附記錯誤而未更正時，提起行政訴訟', trigger: '訴願決定書送達', citation: '訴願法 §92 II', ...act,
    unit: 'y', roll: 'next-open', counting: 'civil', length: 1, serviceDelays: appealService,
    onLapse: '不得再視為於法定期間內提起',
  },
  {
    id: 'appeal-succession-30d', title: '訴願之承受', trigger: '死亡繼受或合併之事實發生', citation: '訴願法 §87 III', ...act, ...within, length: 30,
    travel: 'appeals', filing: receivedByAuthority,
    onLapse: '未依期檢送證明文件，承受有欠缺，應通知補正（訴願法 §62）',
  },
  {
    id: 'appeal-rehearing-30d', title: '訴願再審之申請', trigger: '訴願決定確定，或知悉其後之再審事由', citation: '訴願法 §97 II、III', ...act, ...within, length: 30,
    travel: 'appeals', filing: receivedByAuthority,
    onLapse: '再審不受理',
  },
  {
    id: 'appeal-expert-cost-30d', title: '必要鑑定費用之償還請求', trigger: '訴願或行政訴訟確定', citation: '訴願法 §72 II', ...act, ...within, length: 30,
    travel: 'appeals', filing: receivedByAuthority,
    onLapse: '不得再請求償還',
  },
]

const agencies: Rule[] = [
  {
    id: 'appeal-inaction-2mo', title: '依法申請案件之處理（逾期得以不作為提起訴願）', trigger: '受理申請', citation: '訴願法 §2 II；行政程序法 §51', ...act,
    configurable: true, unit: 'mo', roll: 'next-open', counting: 'administrative', length: 2,
    extension: { max: 'original', citation: '行政程序法 §51 III、IV：以一次為限，並於原處理期間屆滿前將事由通知申請人' },
    notice: { decides: 'extension', text: '通知申請人延長' },
    pausable: { citation: '行政程序法 §51 V：因天災或其他不可歸責之事由致事務之處理遭受阻礙之期間' },
    note: '法令另定處理期間者，依其期間。',
    onLapse: '申請人得以機關不作為提起訴願（訴願法 §2 I）',
  },
  {
    id: 'appeal-misfiled-10d', title: '誤提訴願之移送', trigger: '收受誤提之訴願', citation: '訴願法 §61 II', ...act, ...duty, length: 10,
    note: '移送原行政處分機關並通知訴願人；視為自始向訴願管轄機關提起（訴願法 §61 I）。',
    onLapse: '移送逾期；訴願人提起之日不受影響（訴願法 §61 I）',
  },
  {
    id: 'appeal-agency-forward-10d', title: '未具理由訴願書之移送', trigger: '原行政處分機關收受訴願書', citation: `${committee} §6 I 前段`, ...act, ...duty, length: 10,
    onLapse: '由訴願管轄機關函催',
  },
  {
    id: 'appeal-agency-reply-20d', title: '重新審查及答辯', trigger: '原行政處分機關收受訴願書或訴願管轄機關之函', citation: `訴願法 §58 II 至 IV；${committee} §6`, ...act, ...duty,
    length: 20,
    note: '自行撤銷或變更者陳報訴願管轄機關；否則檢附答辯書及必要之關係文件，並抄送訴願人。',
    onLapse: '由訴願管轄機關函催；得依職權調查逕為決定，或逕行撤銷原處分（審議規則 §26 II）',
  },
  {
    id: 'appeal-file-access-10d', title: '訴願卷宗閱覽之通知', trigger: '受理閱覽請求', citation: `${committee} §5`, ...act, ...within, length: 10,
    onLapse: '逾期未通知；拒絕者應敘明理由',
  },
  {
    id: 'appeal-decision-3mo', title: '訴願決定', trigger: '收受訴願書', citation: `訴願法 §85；${committee} §27`, ...act,
    unit: 'mo', roll: 'next-open', counting: 'civil', length: 3,
    extension: { max: 2, citation: '訴願法 §85 I：以一次為限，最長不得逾二個月，並通知訴願人及參加人' },
    startsFrom: { param: 'firstReceived', when: 'earlier', title: '訴願書先由其他收受機關收受', citation: '審議規則 §27 I' },
    restartOn: ['correctedOn', 'lastReasonsOn', 'resumedOn'],
    monthsAfterReasonsInExtension: 2,
    onLapse: '訴願人得不待決定逕提行政訴訟（行政訴訟法 §4）',
  },
  {
    id: 'appeal-service-15d', title: '訴願決定書正本之送達', trigger: '訴願決定', citation: '訴願法 §89 II', ...act, ...duty, length: 15,
    onLapse: '逾期送達；決定之效力不受影響',
  },
  {
    id: 'appeal-remand-period', title: '發回或不作為案件另為處分', trigger: '訴願決定書送達原行政處分機關', citation: '訴願法 §81 II、§82 I、§96', ...act,
    configurable: true, ...within, length: null,
    note: '期間由訴願決定指定；機關應將處理情形以書面告知受理訴願機關（訴願法 §96）。',
    onLapse: '未依決定意旨於指定期間內處分，訴願人得再提起訴願',
  },
]

export const appealRules: Rule[] = [...appellants, ...agencies]
