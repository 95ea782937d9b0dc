import type { Role } from '../core/identity/permissions.ts'
import { demoUnits, unitCode } from './units.ts'

export type DemoPerson = { login: string; name: string; role: Role; unit: string }

/** The sign-ins that the first page names. */
const named: DemoPerson[] = [
  { login: 'clerk', name: '林示範', role: 'clerk', unit: unitCode('為民服務科') },
  { login: 'officer', name: '陳示範', role: 'officer', unit: unitCode('工務處') },
  { login: 'chief', name: '黃示範', role: 'section-chief', unit: unitCode('工務處') },
  { login: 'head', name: '李示範', role: 'head', unit: unitCode('工務處') },
  { login: 'control', name: '吳示範', role: 'control', unit: unitCode('管制考核科') },
  { login: 'editor', name: '蔡示範', role: 'editor', unit: unitCode('綜合規劃科') },
  { login: 'privacy', name: '鄭示範', role: 'data-protection', unit: unitCode('法制科') },
  { login: 'law', name: '謝示範', role: 'law', unit: unitCode('法制科') },
  { login: 'lawyer', name: '柯示範', role: 'lawyer', unit: unitCode('法制科') },
  { login: 'ombudsman', name: '馮示範', role: 'ombudsman', unit: unitCode('法制科') },
  { login: 'admin', name: '許示範', role: 'administrator', unit: unitCode('資訊科') },
]

const surnames = [...'王張劉楊謝洪郭曾廖賴徐周葉蘇莊呂江何蕭羅高潘簡朱鍾彭游詹胡施沈余盧梁趙顏柯翁魏孫戴范方宋']
const posts: [string, string, Role][] = [['officer', '甲', 'officer'], ['chief', '乙', 'section-chief'], ['head', '丙', 'head']]

/** An officer, a chief and a head for every other bureau, agency and township office: officer-a03, chief-a03, head-a03 … */
const others: DemoPerson[] = demoUnits
  .filter(({ kind, name }) => kind !== '科' && name !== '工務處')
  .flatMap(({ code }, i) => posts.map(([login, sign, role], k) => ({ login: `${login}-${code.toLowerCase()}`, name: `${surnames[(i * 3 + k) % surnames.length]}示範${sign}`, role, unit: code })))

export const demoPeople: DemoPerson[] = [...named, ...others]
