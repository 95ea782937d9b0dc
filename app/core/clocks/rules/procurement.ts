import { day } from '../../time.ts'
import type { Rule } from '../rule.ts'

// 政府採購: disputes, award, performance and payment. 採購法 of 108/5/22, 施行細則 of 110/7/14; what these left
// as it was is in force since the amendment of 91/2/6.
const act = { version: 1, status: 'V-M', effectiveFrom: day('2002-02-08'), effectiveTo: null, configurable: false } as const
const within = { unit: 'cd', roll: 'next-open', counting: 'civil' } as const
const headApproves = { max: null, citation: '採購法施行細則 §95：有特殊情形必須延期者，應經機關首長或其授權人員核准' } as const
const notEntertained = '逾期異議不予受理，以書面通知廠商（採購法施行細則 §105）；機關仍得評估後自行撤銷或變更（§105-1）'

const disputes: Rule[] = [
  {
    id: 'proc-clarify-quarter', title: '廠商請求釋疑', trigger: '公告或邀標', citation: '採購法施行細則 §43 I', ...act, ...within, length: null,
    tenderShare: { divisor: 4, citation: '等標期四分之一，不足一日以一日計' },
    onLapse: '機關得不予受理，並以書面通知廠商',
  },
  {
    id: 'proc-clarify-tail', title: '最後釋疑後最早之截止投標日', trigger: '最後釋疑', citation: '採購法施行細則 §43 III', ...act, ...within, length: null,
    tenderShare: { divisor: 4, citation: '不得少於原等標期四分之一，未滿一日以一日計' },
    dueWord: '最早截止投標日',
    onLapse: '原定截止日早於本日者，應延後至補足日數',
  },
  {
    id: 'proc-objection-doc', title: '對招標文件規定之異議', trigger: '公告或邀標', citation: '採購法 §75 I ①', ...act, ...within, length: null,
    tenderShare: { divisor: 4, least: 10, citation: '等標期四分之一，不足一日以一日計，但不得少於十日' },
    onLapse: notEntertained,
  },
  {
    id: 'proc-objection-change', title: '對釋疑、後續說明、變更或補充之異議', trigger: '接獲通知或公告（以在後者為準）',
    citation: '採購法 §75 I ②；施行細則 §104', ...act, ...within, length: 10,
    onLapse: notEntertained,
  },
  {
    id: 'proc-objection-result', title: '對採購過程、結果之異議', trigger: '接獲通知或公告（未經通知或公告者，知悉或可得知悉）',
    citation: '採購法 §75 I ③；施行細則 §104', ...act, ...within, length: 10,
    bar: { from: 'awardedOn', title: '決標', unit: 'cd', length: 15, citation: '採購法 §75 I ③ 但書：至遲不得逾決標日之次日起十五日' },
    onLapse: notEntertained,
  },
  {
    id: 'proc-objection-decide-15d', title: '招標機關處理異議', trigger: '收受異議', citation: '採購法 §75 II', ...act, ...within, length: 15,
    onLapse: '廠商得自期限屆滿之次日起十五日內提出申訴（採購法 §76 I）',
  },
  {
    id: 'proc-complaint-15d', title: '廠商提出申訴', trigger: '收受異議處理結果，或處理期限屆滿',
    citation: '採購法 §76 I、§102 II（押標金及停權爭議不論金額，其餘限公告金額以上）', ...act, ...within, length: 15,
    onLapse: '申訴不受理',
  },
  {
    id: 'proc-complaint-reply-10d', title: '招標機關對申訴陳述意見', trigger: '收受申訴書副本', citation: '採購法 §78 I', ...act, ...within, length: 10,
    onLapse: '採購申訴審議委員會得逕行審議',
  },
  {
    id: 'proc-complaint-40d', title: '採購申訴之審議', trigger: '收受申訴書', citation: '採購法 §78 II；採購申訴審議規則 §25', ...act, ...within, length: 40,
    extension: { max: 40, citation: '採購法 §78 II：必要時得延長四十日' }, restartOn: ['correctedOn', 'lastReasonsOn'],
    onLapse: '逾期未完成審議',
  },
  {
    id: 'proc-judgment-10d', title: '審議判斷書之送達', trigger: '審議完成', citation: '採購申訴審議規則 §20', ...act, ...within, length: 10,
    onLapse: '逾期送達',
  },
  {
    id: 'proc-remedy-20d', title: '招標機關另為適法之處置', trigger: '收受審議判斷書', citation: '採購法 §85 I', ...act, ...within, length: 20,
    onLapse: '廠商得自期限屆滿之次日起十五日內提出申訴（採購法 §85 I）',
  },
  {
    id: 'proc-disobey-15d', title: '不依建議處置之報請核定', trigger: '收受審議判斷書', citation: '採購法 §85 II', ...act, ...within, length: 15,
    variants: { superior: { title: '上級機關說明理由', length: 15, trigger: '上級機關收受' } },
    onLapse: '應依建議之方式處置',
  },
  {
    id: 'proc-mediation-4mo', title: '履約爭議之調解', trigger: '收受調解申請（或補正、繳費）', citation: '採購法 §85-4；採購履約爭議調解規則 §9、§20', ...act,
    unit: 'mo', roll: 'next-open', counting: 'civil', length: 4, extension: { max: null, citation: '經當事人同意延長' },
    restartOn: ['correctedOn'],
    variants: {
      reply: { title: '他造陳述意見', length: 15, unit: 'cd', trigger: '收受調解申請書副本' },
      objection: { title: '對調解方案之異議', length: 10, unit: 'cd', trigger: '調解方案送達' },
    },
    onLapse: '逾期未完成調解；對調解方案未於期間內異議者，視為依該方案調解成立（採購法 §85-4 III）',
  },
]

const suppliers: Rule[] = [
  {
    id: 'proc-blacklist-statement-10d', title: '停權通知前之陳述意見', trigger: '通知送達', citation: '採購法施行細則 §109-1 I', ...act,
    effectiveFrom: day('2019-11-08'), ...within, length: 10,
    onLapse: '視為放棄陳述意見之機會',
  },
  {
    id: 'proc-blacklist-objection-20d', title: '對停權通知之異議', trigger: '接獲通知', citation: '採購法 §102 I', ...act, ...within, length: 20,
    onLapse: '即刊登政府採購公報（採購法 §102 III）',
  },
  {
    id: 'proc-blacklist-terms', title: '不得參加投標、作為決標對象或分包廠商之期間', trigger: '刊登政府採購公報',
    citation: '採購法 §103 I；施行細則 §112-1（以通知之發文日起前五年內之刊登紀錄計）', ...act, effectiveFrom: day('2019-05-24'),
    unit: 'mo', length: null, roll: 'none', counting: 'civil',
    variants: {
      'three-years': { title: '§101 I ①至⑤、⑮，或⑥判處有期徒刑', length: 36 },
      'one-year': { title: '§101 I ⑬、⑭，或⑥判處拘役、罰金或緩刑', length: 12 },
      'first-record': { title: '§101 I ⑦至⑫，前五年內未被刊登', length: 3 },
      'second-record': { title: '§101 I ⑦至⑫，前五年內已被刊登一次', length: 6 },
      'further-record': { title: '§101 I ⑦至⑫，前五年內已被刊登二次以上', length: 12 },
    },
    dueWord: '停權末日',
    onLapse: '停權期間屆滿',
  },
  {
    id: 'proc-bond-claim-5y', title: '追繳押標金之請求權', trigger: '開標、發還押標金，或原因發生或可得知悉（以在後者為準）', citation: '採購法 §31 IV、V', ...act,
    effectiveFrom: day('2019-05-24'), unit: 'y', length: 5, roll: 'next-open', counting: 'civil',
    bar: { from: 'awardedOn', title: '決標（或不予開標、不予決標、廢標）', unit: 'y', length: 15, citation: '採購法 §31 VI：逾十五年者，不得行使' },
    onLapse: '請求權因五年間不行使而消滅',
  },
]

const award: Rule[] = [
  {
    id: 'proc-supervise-5d', title: '查核金額以上採購報請上級機關派員監辦', trigger: '截止投標（收件）', citation: '採購法施行細則 §7（五日前，以五個整日計）', ...act,
    unit: 'cd', length: 5, direction: 'clear-days-before', roll: 'none', counting: 'own',
    variants: { award: { title: '決標（施行細則 §8）', length: 3, trigger: '預定決標' } },
    onLapse: '未依限報請監辦；流標、廢標或取消後重行招標者得縮短',
  },
  {
    id: 'proc-perf-bond-14d', title: '查核金額以上採購繳納履約保證金', trigger: '通知決標', citation: '押標金保證金暨其他擔保作業辦法 §18 I（應訂十四日以上）', ...act, ...within, length: 14,
    dueWord: '繳納期限最早得訂為',
    onLapse: '廠商逾期未繳足者，不予受理，得定期命補正',
  },
  {
    id: 'proc-award-notice-30d', title: '決標公告及書面通知各投標廠商', trigger: '決標', citation: '採購法 §61；施行細則 §84 III', ...act, ...within, length: 30,
    onLapse: '逾期公告，列為採購缺失',
  },
  {
    id: 'proc-noaward-14d', title: '無法決標公告', trigger: '廢標', citation: '政府採購公告及公報發行辦法 §15 II（廢標後二星期內，且於重行招標前）', ...act, ...within, length: 14,
    onLapse: '逾期公告，列為採購缺失',
  },
  {
    id: 'proc-public-view', title: '招標文件稿公開閱覽', trigger: '開始公開閱覽', citation: '公共工程招標文件公開閱覽制度實施要點（五個工作日以上；修正中）', version: 1, status: 'S',
    effectiveFrom: null, effectiveTo: null, configurable: true, unit: 'wd', length: 5, roll: 'next-open', counting: 'office-days',
    onLapse: '公開閱覽期滿；未辦者不得縮短等標期五日',
  },
  {
    id: 'proc-gazette-lag', title: '刊登政府採購公報', trigger: '傳送公告資料', citation: '政府採購公告及公報發行辦法 §21；施行細則 §27', ...act, effectiveFrom: day('2002-09-04'),
    unit: 'wd', length: null, roll: 'none', counting: 'gazette',
    onLapse: '等標期自刊登政府採購公報之日起算，不自傳送之日起算',
  },
]

const performance: Rule[] = [
  {
    id: 'proc-completion-7d', title: '確定工程是否竣工', trigger: '收到竣工通知', citation: '採購法施行細則 §92 I', ...act, ...within, length: 7,
    extension: headApproves, onLapse: '逾期確認竣工',
  },
  {
    id: 'proc-first-inspection-30d', title: '初驗', trigger: '收受全部資料', citation: '採購法施行細則 §92 II', ...act, ...within, length: 30,
    extension: headApproves, onLapse: '逾期初驗',
  },
  {
    id: 'proc-acceptance-20d', title: '驗收（有初驗程序）', trigger: '初驗合格', citation: '採購法施行細則 §93', ...act, ...within, length: 20,
    extension: headApproves, onLapse: '逾期驗收',
  },
  {
    id: 'proc-acceptance-30d', title: '驗收（無初驗程序）', trigger: '接獲廠商通知備驗或可得驗收之程序完成', citation: '採購法施行細則 §94', ...act, ...within, length: 30,
    extension: headApproves, onLapse: '逾期驗收',
  },
  {
    id: 'proc-certificate-15d', title: '填具結算驗收證明書', trigger: '驗收完畢', citation: '採購法施行細則 §101 II', ...act, ...within, length: 15,
    extension: { max: null, citation: '採購法施行細則 §101 II：有特殊情形必須延期，經機關首長或其授權人員核准' },
    onLapse: '逾期填具結算驗收證明書',
  },
  {
    id: 'proc-pay-15wd', title: '採購之付款', trigger: '接到請款單據', citation: '採購法 §73-1 I、II（日數指實際工作日；契約另有約定者從其約定）', ...act, effectiveFrom: day('2016-01-08'),
    unit: 'wd', length: 15, roll: 'next-open', counting: 'office-days',
    pausable: { citation: '採購法 §73-1 II：退請受款人補正之日數不計；應一次通知補正（III）' },
    variants: {
      review: { title: '審核程序', length: 15, trigger: '廠商提出估驗或階段完成之證明文件' },
      pay: { title: '付款', length: 15 },
      subsidy: { title: '向上級機關申請核撥補助款之付款', length: 30 },
    },
    onLapse: '遲延付款',
  },
]

export const procurementRules: Rule[] = [...disputes, ...award, ...suppliers, ...performance]
