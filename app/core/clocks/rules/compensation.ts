import { day } from '../../time.ts'
import type { Rule } from '../rule.ts'
import { civilService } from './service-delays.ts'

// 國家賠償法 and 施行細則, in force since 70/7/1; the lengths have not changed since.
const act = { version: 1, effectiveFrom: day('1981-07-01'), effectiveTo: null, status: 'V-M', configurable: false } as const
const within = { unit: 'cd', roll: 'next-open', counting: 'civil' } as const
const serviceDelays = civilService('國家賠償法施行細則 §28 II')

export const compensationRules: Rule[] = [
  {
    id: 'sc-prescription', title: '國家賠償之請求', trigger: '知有損害及國家賠償責任之原因事實', citation: '國家賠償法 §8 I；施行細則 §3-1', ...act,
    unit: 'y', roll: 'next-open', counting: 'civil', length: 2,
    bar: { from: 'damageOn', title: '損害發生', unit: 'y', length: 5, citation: '國家賠償法 §8 I 後段：自損害發生時起逾五年者，亦同' },
    variants: { damage: { title: '自損害發生時起', length: 5, trigger: '損害發生' } },
    onLapse: '請求權因時效消滅，賠償義務機關得拒絕賠償（須由機關主張）',
  },
  {
    id: 'sc-recourse-2y', title: '對公務員或第三人之求償', trigger: '支付賠償金或回復原狀', citation: '國家賠償法 §8 II', ...act,
    unit: 'y', roll: 'next-open', counting: 'civil', length: 2,
    onLapse: '求償權因二年間不行使而消滅',
  },
  {
    id: 'sc-correction', title: '國家賠償請求之補正', trigger: '補正通知送達', citation: '國家賠償法施行細則 §17 II（相當期間，由機關指定）', ...act, configurable: true, ...within,
    length: null, serviceDelays,
    variants: { 'power-of-attorney': { title: '代理權欠缺之補正（至少七日）', length: 7, citation: '國家賠償法施行細則 §14', onLapse: '協議不生效力（施行細則 §14）' } },
    onLapse: '請求不合程式，依現有資料處理',
  },
  {
    id: 'sc-refusal-30d', title: '不經協議之拒絕賠償', trigger: '收到賠償請求', citation: '國家賠償法施行細則 §19', ...act, ...within, length: 30,
    note: '以書面敘明理由拒絕，並通知有關機關。',
    onLapse: '應開始協議；逾三十日未開始者，請求權人得起訴（國家賠償法 §11 I）',
  },
  {
    id: 'sc-open-negotiation-30d', title: '開始協議', trigger: '提出賠償請求', citation: '國家賠償法 §11 I', ...act, ...within, length: 30,
    onLapse: '請求權人得提起損害賠償之訴（國家賠償法 §11 I）',
  },
  {
    id: 'sc-notice-5d', title: '第一次協議通知之送達', trigger: '協議期日', citation: '國家賠償法施行細則 §21 I（至遲五日前，以五個整日計；整日之讀法待法制單位確認）', ...act,
    unit: 'cd', length: 5, direction: 'clear-days-before', roll: 'none', counting: 'own',
    notice: { decides: 'timely', text: '送達協議通知' },
    onLapse: '協議期日之通知有瑕疵',
  },
  {
    id: 'sc-negotiation-60d', title: '協議之成立', trigger: '第一次協議期日', citation: '國家賠償法 §11 I；施行細則 §21 II', ...act, ...within, length: 60,
    notice: { decides: 'nothing', text: '發出協議通知；以通知所載第一次協議期日為開始協議之日，不自通知之日起算（施行細則 §21 II）' },
    extension: { max: null, citation: '國家賠償法施行細則 §26 II：請求權人得請求繼續協議，以一次為限' },
    onLapse: '請求權人得提起損害賠償之訴（國家賠償法 §11 I）；依其申請發給協議不成立證明書，未申請者得請求繼續協議一次（施行細則 §26）',
  },
  {
    id: 'sc-superior-20d', title: '上級機關確定賠償義務機關', trigger: '上級機關被請求確定', citation: '國家賠償法 §9 IV', ...act, ...within, length: 20,
    onLapse: '得逕以該上級機關為賠償義務機關（國家賠償法 §9 IV）',
  },
  {
    id: 'sc-approval-15d', title: '超過金額限度之核定', trigger: '上級機關接到報請', citation: '國家賠償法施行細則 §25 III', ...act, ...within, length: 15,
    onLapse: '核定逾期',
  },
  {
    id: 'sc-agreement-service-10d', title: '協議書之送達', trigger: '協議成立', citation: '國家賠償法施行細則 §27 II', ...act, ...within, length: 10,
    note: '協議書得為執行名義（國家賠償法 §10 II）。',
    onLapse: '送達逾期',
  },
  {
    id: 'sc-pay-30d', title: '賠償金之支付或回復原狀之開始', trigger: '收到請求權人之付款或回復原狀請求', citation: '國家賠償法施行細則 §5 II', ...act, ...within, length: 30,
    onLapse: '請求權人得以協議書等為執行名義，聲請強制執行（國家賠償法 §10 II）',
  },
  {
    id: 'sc-semiannual-report', title: '國家賠償事件處理情形之列表報送', trigger: '起算', citation: '國家賠償法施行細則 §43（每年一月及七月底）', ...act,
    unit: 'cd', roll: 'next-open', counting: 'civil', length: null, fixedDates: ['01-31', '07-31'],
    note: '送上級機關及法務部；已成立協議、和解或判決確定者，檢送書件影本。',
    onLapse: '報送逾期',
  },
]
