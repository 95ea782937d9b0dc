/**
 * 政府資訊公開法 §7 I: what the office publishes of its own accord, unless §18 keeps it back. The keys are the 款; a figure by
 * category takes them as its parts.
 */
export const disclosureCategories = [
  { key: '7-1-1', label: '法律、命令及地方自治法規', citation: '政府資訊公開法 §7 I ①' },
  { key: '7-1-2', label: '解釋性規定及裁量基準', citation: '政府資訊公開法 §7 I ②' },
  { key: '7-1-3', label: '組織、職掌及聯絡方式', citation: '政府資訊公開法 §7 I ③' },
  { key: '7-1-4', label: '行政指導文書', citation: '政府資訊公開法 §7 I ④' },
  { key: '7-1-5', label: '施政計畫、業務統計及研究報告', citation: '政府資訊公開法 §7 I ⑤' },
  { key: '7-1-6', label: '預算及決算書', citation: '政府資訊公開法 §7 I ⑥' },
  { key: '7-1-7', label: '請願之處理結果及訴願之決定', citation: '政府資訊公開法 §7 I ⑦' },
  { key: '7-1-8', label: '公共工程及採購契約', citation: '政府資訊公開法 §7 I ⑧' },
  { key: '7-1-9', label: '支付或接受之補助', citation: '政府資訊公開法 §7 I ⑨' },
  { key: '7-1-10', label: '合議制機關之會議紀錄', citation: '政府資訊公開法 §7 I ⑩' },
] as const
export type DisclosureCategory = (typeof disclosureCategories)[number]['key']

/** A kind of record of this office, and whether the law lists it. */
export type DisclosureDuty = { record: string; category: DisclosureCategory | null; /** how, or why not; one clause */ because: string; citation: string }

const duties = {
  'self-government-regulation': { record: '自治條例、自治規則', category: '7-1-1', because: '應刊載於政府公報或其他出版品，只放在網站不夠', citation: '政府資訊公開法 §7 I ①、§8 II' },
  'interpretive-rule': { record: '解釋性規定及裁量基準', category: '7-1-2', because: '應登載於政府公報', citation: '政府資訊公開法 §7 I ②；行政程序法 §160 II' },
  organisation: { record: '組織、職掌、地址、電話', category: '7-1-3', because: '應主動公開', citation: '政府資訊公開法 §7 I ③' },
  guidance: { record: '行政指導文書', category: '7-1-4', because: '應主動公開', citation: '政府資訊公開法 §7 I ④' },
  plan: { record: '施政計畫', category: '7-1-5', because: '應主動公開', citation: '政府資訊公開法 §7 I ⑤' },
  statistics: { record: '業務統計', category: '7-1-5', because: '應主動公開', citation: '政府資訊公開法 §7 I ⑤' },
  'research-report': { record: '委託研究報告及出國報告', category: '7-1-5', because: '以編列預算委託專家、學者進行或派赴國外者為限', citation: '政府資訊公開法 §7 I ⑤、II' },
  budget: { record: '預算書及決算書', category: '7-1-6', because: '應主動公開', citation: '政府資訊公開法 §7 I ⑥' },
  'formal-petition-result': { record: '請願之處理結果', category: '7-1-7', because: '應主動公開', citation: '政府資訊公開法 §7 I ⑦' },
  'appeal-decision': { record: '訴願決定書', category: '7-1-7', because: '應主動公開；個人資料先遮蔽', citation: '政府資訊公開法 §7 I ⑦、§18 I ⑥' },
  'procurement-contract': { record: '書面之公共工程及採購契約', category: '7-1-8', because: '應主動公開；營業秘密除外', citation: '政府資訊公開法 §7 I ⑧、§18 I ⑦' },
  subsidy: { record: '支付或接受之補助', category: '7-1-9', because: '應主動公開', citation: '政府資訊公開法 §7 I ⑨' },
  'independent-body-minutes': { record: '依法獨立行使職權之合議制機關會議紀錄', category: '7-1-10', because: '公開案由、議程、決議內容及出席會議成員名單', citation: '政府資訊公開法 §7 I ⑩、III' },
  // traps of the law: they look like the ones above and are not
  'county-affairs-minutes': { record: '縣務會議紀錄', category: null, because: '縣務會議的成員不是依法獨立行使職權，沒有主動公開的義務；作成決定前的擬稿應限制公開', citation: '政府資訊公開法 §7 III、§18 I ③' },
  'executive-minutes': { record: '主管會報紀錄', category: null, because: '主管會報不是合議制機關，沒有主動公開的義務；作成決定前的擬稿應限制公開', citation: '政府資訊公開法 §7 III、§18 I ③' },
  'petition-answer': { record: '人民陳情之答復', category: null, because: '陳情不是請願；陳情人同意才公開', citation: '政府資訊公開法 §7 I ⑦；個人資料保護法 §16' },
} as const satisfies Record<string, DisclosureDuty>
export type DisclosedRecord = keyof typeof duties

/** Whether the office must publish a kind of record of its own accord, under which category, and why not. */
export const disclosureDuty = (kind: DisclosedRecord): DisclosureDuty => duties[kind]

/** Every kind of record that this list speaks of. */
export const disclosedRecords = Object.keys(duties) as DisclosedRecord[]
