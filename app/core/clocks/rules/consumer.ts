import { day } from '../../time.ts'
import type { Rule } from '../rule.ts'
import { civilService, depositOnly } from './service-delays.ts'

// 消費者保護法 (§45-1 to §45-5 since 92/1/24) and 消費爭議調解辦法 (as completely amended, 92/7/30).
const act = { version: 1, effectiveFrom: day('2003-07-30'), effectiveTo: null, status: 'V-M', configurable: false } as const
const within = { unit: 'cd', roll: 'next-open', counting: 'civil' } as const
const serviceDelays = civilService('消費爭議調解辦法 §29')

export const consumerRules: Rule[] = [
  {
    id: 'cp-business-15d', title: '企業經營者對申訴之妥適處理', trigger: '企業經營者接獲申訴', citation: '消費者保護法 §43 II；施行細則 §36', ...act, effectiveFrom: day('1994-01-13'), ...within, length: 15,
    onLapse: '消費者得向消費者保護官申訴（消費者保護法 §43 III），或申請調解（§44）',
  },
  {
    id: 'cp-correction', title: '調解申請之補正', trigger: '補正通知送達', citation: '消費爭議調解辦法 §4（相當期間，由調解委員會指定）', ...act, configurable: true, ...within,
    length: null, serviceDelays,
    onLapse: '不予受理（消費爭議調解辦法 §5 I ①）',
  },
  {
    id: 'cp-meeting-30d', title: '調解期日', trigger: '受理調解申請', citation: '消費爭議調解辦法 §7 II', ...act, ...within, length: 30,
    extension: { max: 10, citation: '消費爭議調解辦法 §7 II 但書：經當事人之一方申請延期，得於十日內延長' },
    onLapse: '調解期日逾期',
  },
  {
    id: 'cp-objection-10d', title: '對解決方案之異議', trigger: '解決方案送達', citation: '消費者保護法 §45-3 I（不變期間）', ...act, ...within, length: 10, serviceDelays,
    filing: { by: 'postmark', citation: '消費爭議調解辦法 §16 II ④' },
    onLapse: '視為已依該方案成立調解（消費者保護法 §45-3 II）；於期間內異議者，視為調解不成立',
  },
  {
    id: 'cp-small-objection-10d', title: '小額消費爭議對解決方案之異議', trigger: '解決方案送達', citation: '消費者保護法 §45-5 I（不變期間）', ...act, ...within, length: 10,
    serviceDelays: depositOnly(serviceDelays),
    filing: { by: 'postmark', citation: '消費爭議調解辦法 §20 II' },
    note: '該方案之送達，不適用公示送達（消費者保護法 §45-4 III）。',
    onLapse: '視為已依該方案成立調解（消費者保護法 §45-5 I）',
  },
  {
    id: 'cp-second-meeting-20d', title: '小額消費爭議異議後另定之調解期日', trigger: '接受異議', citation: '消費爭議調解辦法 §22 II', ...act, ...within, length: 20,
    note: '提出異議之當事人無正當理由不到場者，視為依該方案成立調解（消費者保護法 §45-5 II）。',
    onLapse: '另定之調解期日逾期',
  },
  {
    id: 'cp-certificate-7d', title: '調解不成立證明書之發給', trigger: '申請證明書', citation: '消費爭議調解辦法 §27', ...act, ...within, length: 7,
    onLapse: '發給逾期',
  },
  {
    id: 'cp-court-10d', title: '調解書之送請法院審核', trigger: '調解成立（含視為成立）', citation: '消費爭議調解辦法 §28 I、§17', ...act, ...within, length: 10,
    onLapse: '送審逾期；調解書未經法院核定前，不得為執行名義',
  },
  {
    id: 'cp-annul-30d', title: '宣告調解無效或撤銷調解之訴', trigger: '法院核定之調解書送達', citation: '消費爭議調解辦法 §32 II；鄉鎮市調解條例 §29', ...act, ...within, length: 30,
    serviceDelays, filing: { by: 'receipt', citation: '消費爭議調解辦法 §32 I：向原核定法院提起' },
    onLapse: '不得再提起宣告調解無效或撤銷調解之訴',
  },
  {
    id: 'cp-court-fee-3mo', title: '裁判費三分之二之退還聲請', trigger: '法院核定之調解書送達', citation: '鄉鎮市調解條例 §28 I', ...act,
    unit: 'mo', roll: 'next-open', counting: 'civil', length: 3, serviceDelays,
    onLapse: '不得再聲請退還',
  },
]
