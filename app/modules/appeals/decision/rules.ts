import { refusal, type Refusal } from '../../../core/errors.ts'
import { type Day, day } from '../../../core/time.ts'
import { claimOutcomes, type ClaimOutcome, type Ground } from '../schema.ts'

/** What is proposed, or decided, of one claim. `ground`: which number of 訴願法 §77 for a non-acceptance. */
export type DraftClaim = { claim: number; outcome: ClaimOutcome; ground: string | null; thenWhat: ThenWhat | null; remandDays: number | null; note: string }
export type ThenWhat = 'changed' | 'remanded' | 'none'
export type ClaimOfCase = { id: number; position: number; text: string }

export const thenWhats = { remanded: '發回另為處分', changed: '逕為變更', none: '撤銷而已' } as const

/** 訴願法 §77. */
export const nonAcceptanceGrounds = {
  '①': '訴願書不合法定程式不能補正，或經通知補正逾期不補正', '②': '提起訴願逾法定期間，或未於期間內補送訴願書', '③': '訴願人不符合 §18 之規定', '④': '無訴願能力而未由法定代理人代為，逾期不補正',
  '⑤': '法人或團體未由代表人或管理人為訴願行為，逾期不補正', '⑥': '行政處分已不存在', '⑦': '對已決定或已撤回之訴願事件重行提起', '⑧': '對於非行政處分，或依法不屬訴願救濟範圍內之事項提起',
} as const

/** The article on which an outcome stands, as the decision cites it. */
export function basisOf({ outcome, ground }: Pick<DraftClaim, 'outcome' | 'ground'>): string {
  switch (outcome) {
    case 'non-acceptance': return `訴願法 §77 ${ground ?? ''}`.trim()
    case 'dismissed': return '訴願法 §79 I'
    case 'dismissed-acted': return '訴願法 §82 II'
    case 'dismissed-unlawful': return '訴願法 §83'
    case 'revoked': return '訴願法 §81 I'
    case 'ordered': return '訴願法 §82 I'
  }
}

/** Which outcomes fit: an order to act, and a dismissal since the agency has acted, belong to appeals for inaction (§82). */
export const outcomesFor = (ground: Ground): ClaimOutcome[] => (Object.keys(claimOutcomes) as ClaimOutcome[]).filter((one) => (ground === 'inaction' ? one !== 'dismissed-unlawful' && one !== 'revoked' : one !== 'ordered' && one !== 'dismissed-acted'))

/** Why a draft is not whole, or null. The period for the new act must be set (§81 II, §82 I); an unlawful act left standing is named (§83 II). */
export function refuseDraft(claims: readonly ClaimOfCase[], drafted: readonly DraftClaim[], { ground, facts, reasons }: { ground: Ground; facts: string; reasons: string }): Refusal | null {
  if (!claims.length) return refusal('draft.no-claims', '沒有請求事項，不能決定', { law: '訴願法 §56 I ④' })
  for (const claim of claims) {
    const one = drafted.find((each) => each.claim === claim.id)
    const no = one ? refuseClaim(one, ground) : refusal('draft.claim', '請選擇決定', { field: `outcome-${claim.id}` })
    if (no) return { ...no, message: claims.length > 1 ? `第 ${claim.position} 項：${no.message}` : no.message, field: no.field ?? `outcome-${claim.id}` }
  }
  // §89 I ③: a non-acceptance may go without facts
  if (!facts.trim() && drafted.some(({ outcome }) => outcome !== 'non-acceptance')) return refusal('draft.facts', '請寫事實', { field: 'facts', law: '訴願法 §89 I ③' })
  if (!reasons.trim()) return refusal('draft.reasons', '請寫理由', { field: 'reasons', law: '訴願法 §89 I ③' })
  return null
}

function refuseClaim(one: DraftClaim, ground: Ground): Refusal | null {
  const at = (name: string) => `${name}-${one.claim}`
  if (!outcomesFor(ground).includes(one.outcome)) return refusal('draft.outcome', `${ground === 'inaction' ? '不作為的訴願' : '對處分的訴願'}不能這樣決定`, { law: '訴願法 §79–83' })
  if (one.outcome === 'non-acceptance' && !(one.ground !== null && one.ground in nonAcceptanceGrounds)) return refusal('draft.ground', '請選擇不受理的款次', { field: at('ground'), law: '訴願法 §77' })
  if (one.outcome === 'revoked' && !one.thenWhat) return refusal('draft.then', '請選擇撤銷之後怎麼辦', { field: at('then'), law: '訴願法 §81 I' })
  if ((one.outcome === 'ordered' || one.thenWhat === 'remanded') && !one.remandDays) return refusal('draft.period', '請指定另為處分的日數', { field: at('days'), law: one.outcome === 'ordered' ? '訴願法 §82 I' : '訴願法 §81 II' })
  if (one.thenWhat === 'changed' && !one.note.trim()) return refusal('draft.note', '請寫變更後的內容', { field: at('note'), law: '訴願法 §81 I' })
  if (one.outcome === 'dismissed-unlawful' && !one.note.trim()) return refusal('draft.note', '請寫明原處分違法或不當', { field: at('note'), law: '訴願法 §83 II' })
  return null
}

/** 主文, from what was decided of each claim: one sentence where all came out alike, else one a claim. */
export function mainTextOf(claims: readonly ClaimOfCase[], drafted: readonly DraftClaim[]): string {
  const each = claims.map((claim) => ({ claim, one: drafted.find(({ claim: id }) => id === claim.id)! }))
  const sentences = each.map(({ one }) => sentenceOf(one))
  if (new Set(sentences).size === 1) return sentences[0]!
  return each.map(({ claim, one }) => `關於「${claim.text.replace(/[。．]$/, '')}」部分，${sentenceOf(one)}`).join('\n')
}

function sentenceOf({ outcome, thenWhat, remandDays, note }: DraftClaim): string {
  switch (outcome) {
    case 'non-acceptance': return '訴願不受理。'
    case 'dismissed': case 'dismissed-acted': return '訴願駁回。'
    case 'dismissed-unlawful': return `訴願駁回。${sentence(note)}`
    case 'ordered': return `原處分機關應於本決定書送達之次日起 ${remandDays} 日內作成處分。`
    case 'revoked':
      if (thenWhat === 'remanded') return `原處分撤銷，由原處分機關於本決定書送達之次日起 ${remandDays} 日內另為處分。`
      return thenWhat === 'changed' ? `原處分撤銷，變更為：${sentence(note)}` : '原處分撤銷。'
  }
}

const sentence = (text: string): string => (/[。！？]$/.test(text.trim()) ? text.trim() : `${text.trim()}。`)

/**
 * The reasons as the decision prints them, with what the law wants said: that of a self-governing body's own affair the legality alone was reviewed (§79 III), and that the
 * agency is to negotiate about the damage of an act left standing (§84), which has the effect of a 國家賠償 negotiation. Both stand before the conclusion.
 */
export function printedReasons({ reasons, legalityOnly, negotiate }: { reasons: string; legalityOnly: boolean | null; negotiate: boolean | null }): string {
  const said = [
    legalityOnly && '本件涉及地方自治團體之地方自治事務，本府僅就原行政處分之合法性進行審查決定（訴願法第79條第3項）。',
    negotiate && '訴願人因違法或不當處分所受損害，由原行政處分機關與訴願人進行協議；該協議與國家賠償法之協議有同一效力（訴願法第84條）。',
  ].filter((line): line is string => Boolean(line) && !reasons.includes(line as string))
  if (!said.length) return reasons
  const at = reasons.lastIndexOf('據上論結')
  return at < 0 ? [reasons, ...said].join('\n\n') : [reasons.slice(0, at).trimEnd(), ...said, reasons.slice(at)].filter(Boolean).join('\n\n')
}

/** 據上論結: how the reasons end, with the articles of every outcome. */
export function conclusionOf(drafted: readonly DraftClaim[]): string {
  const kinds = new Set(drafted.map(({ outcome }) => (outcome === 'non-acceptance' ? '不合法' : outcome === 'revoked' || outcome === 'ordered' ? '有理由' : '無理由')))
  const words = kinds.size === 1 ? `本件訴願為${[...kinds][0]}` : `本件訴願為${[...kinds].map((kind) => `一部${kind}`).join('、')}`
  return `據上論結，${words}，爰依${[...new Set(drafted.map((one) => basisOf(one)))].map(inWords).join('、')}規定，決定如主文。`
}

/** 「訴願法 §81 I」 as a decision writes it: 訴願法第81條第1項. */
function inWords(basis: string): string {
  const roman = { I: 1, II: 2, III: 3 } as const
  const found = /^(\S+) §(\d+)(?: (I+|[①-⑧]))?$/u.exec(basis)
  if (!found) return basis
  const part = found[3] ? (found[3] in roman ? `第${roman[found[3] as keyof typeof roman]}項` : `第${'①②③④⑤⑥⑦⑧'.indexOf(found[3]) + 1}款`) : ''
  return `${found[1]}第${found[2]}條${part}`
}

/** The reform of administrative courts: 地方行政訴訟庭 and 高等行政訴訟庭 from this day on. */
const courtsReformedOn = day('2023-08-15')

export type Court = 'high' | 'local'
/** Which court hears a suit from Kinmen (行政訴訟法 §3-1, §104-1, §229; 待法制單位確認); the reviewer chooses by value and procedure. */
export function courtName(court: Court, decidedOn: Day): string {
  if (decidedOn < courtsReformedOn) return court === 'high' ? '臺北高等行政法院' : '福建金門地方法院行政訴訟庭'
  return court === 'high' ? '臺北高等行政法院高等行政訴訟庭' : '臺北高等行政法院地方行政訴訟庭'
}
export const courtHints: Record<Court, string> = {
  high: '適用通常訴訟程序，訴訟標的金額逾 150 萬元或非財產權事件', local: '適用簡易訴訟程序，或訴訟標的金額 150 萬元以下之稅捐、罰鍰等事件',
}

/** 教示, 訴願法 §90; 行政訴訟法 §106. */
export const remedyNotice = (court: string): string => `如不服本決定，得於本決定書送達之次日起 2 個月內，向${court}提起行政訴訟。`

/** 審議規則 §11: all members or at least three read the case first; not needed where the agency itself revoked (§11 II 但書). */
export const reviewersLeast = 3
export function refuseUnreviewed(opinions: number, members: number, agencyReply: string | null): Refusal | null {
  if (agencyReply === 'revoked') return null
  const least = Math.min(reviewersLeast, members)
  return opinions >= least ? null : refusal('appeal.not-reviewed', `審查委員的意見有 ${opinions} 份，至少要 ${least} 份才能排入議程`, { law: '審議規則 §11 I、§12 I' })
}
