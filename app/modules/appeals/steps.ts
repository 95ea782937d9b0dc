import { refusal, type Refusal } from '../../core/errors.ts'
import { type Day, rocDay } from '../../core/time.ts'
import { type AgencyKind, type Decision, type Form, type Ground, type LetterKind, type Outcome, type PaperKind, type Stage, stages } from './schema.ts'

/** The facts by which a step is open or not. */
export type AppealState = {
  stage: Stage; form: Form; ground: Ground; ours: boolean; agencyKind: AgencyKind; signed: boolean; dueOn: Day | null
  suspendedFrom: Stage | null; correctionUntil: Day | null; /** parties of the latest notice to correct on whom its service is not recorded */ correctionUnserved: number; correctedOn: Day | null; supplementUntil: Day | null; replyUntil: Day | null; extensionMonths: number | null
  forwardedOn: Day | null; agencyReply: 'defended' | 'revoked' | 'changed' | 'silent' | null; oral: 'asked' | 'granted' | 'refused' | 'held' | null; joinedTo: number | null
  decidedOn: Day | null; decision: Decision | null; dispatchedOn: Day | null; steps: readonly string[]
  filedOn: Day; filingDueOn: Day | null; restitution: 'asked' | 'granted' | 'refused' | null; restitutionAskedOn: Day | null; restitutionUntil: Day | null
}

/** What a form of a step asks besides the day and the number of the document. */
export type Ask = 'asked' | 'months' | 'authority' | 'other' | 'paper' | 'meeting' | 'ceased' | 'place' | 'present' | 'signature' | 'successor'

export type Step = {
  label: string
  from: readonly Stage[]
  /** null: it stays where it is */
  to: Stage | null | ((state: AppealState) => Stage)
  outcome?: Outcome
  /** ends the case for good by one person's word: asks again who sits there */
  stepUp?: true
  permission: 'appeals.handle' | 'appeals.reply'
  law?: string
  asks?: readonly Ask[]
  /** a note must be given */
  because?: boolean
  /** the paper that comes with it, kept as it was written */
  paper?: PaperKind
  /** whom the office writes to about it, and what */
  tells?: { kind: LetterKind; whom: 'parties' | 'agency' | 'both'; /** the day of the step is that on which the agency had it: nothing is left to be sent */ arrived?: true }
  /** further conditions; `on` is the day it happened */
  refuse?(state: AppealState, on: Day): Refusal | null
  /** open too where another authority decides: papers that still come, and what brings the case there (訴願法 §4, §58, §61) */
  elsewhere?: true
  /** whether the page offers it; without it, whenever the stage fits */
  offer?(state: AppealState): boolean
  hint?: string
}

const before: readonly Stage[] = ['statement', 'received', 'correction', 'agency', 'review', 'committee']
const open: readonly Stage[] = [...before, 'suspended']
const has = (state: AppealState, step: string): boolean => state.steps.includes(step)
const over = (until: Day | null, on: Day, what: string): Refusal | null =>
  until === null || on <= until ? refusal('appeal.not-yet', until ? `${what}到 ${rocDay(until)} 為止，過了才登錄` : `${what}還沒有起算：先登錄送達`, { field: 'on' }) : null

/** The one table of what may happen in the life of an appeal up to the committee (rules.md §2.2, §3.1): pages draw their buttons from it, acts refuse by it. */
export const steps = {
  'petition-received': { label: '收到訴願書', from: ['statement'], to: 'received', elsewhere: true, permission: 'appeals.handle', law: '訴願法 §57 但書、§85 II', paper: 'appeal', asks: ['paper'], hint: '決定期間自補送訴願書之次日起算。' },
  'petition-missing': { label: '逾期未補送訴願書', from: ['statement'], to: 'review', permission: 'appeals.handle', law: '訴願法 §77 ②', refuse: (state, on) => over(state.supplementUntil, on, '補送訴願書的期間'), hint: '提訴願會為不受理之決定。' },
  'ask-correction': { label: '通知補正', from: ['received'], to: 'correction', permission: 'appeals.handle', law: '訴願法 §62；審議規則 §7', asks: ['asked'], tells: { kind: 'correction', whom: 'parties' }, hint: '通知書進待寄送；登錄送達後二十日的期間才起算。' },
  corrected: { label: '收到補正', from: ['correction', 'agency', 'review', 'committee', 'decided'], to: afterCorrection, permission: 'appeals.handle', law: '訴願法 §62、§85 II；審議規則 §24', paper: 'correction', asks: ['paper', 'signature'], offer: awaitsCorrection, refuse: refuseLateCorrection, hint: '看過補正的內容、事項齊備才登錄；日期填收到的日子，決定期間自補正之次日重行起算。' },
  'correction-missing': { label: '逾期未補正', from: ['correction'], to: 'review', permission: 'appeals.handle', law: '訴願法 §77 ①；審議規則 §24', refuse: refuseMissingCorrection, hint: '決定書正本發送以前補正的，仍予受理。' },
  forward: { label: '函請原處分機關答辯', from: ['received'], to: 'agency', permission: 'appeals.handle', law: '訴願法 §58、§59；審議規則 §6 II', tells: { kind: 'forwarding', whom: 'agency', arrived: true }, hint: '日期填原處分機關收到的日子，文書同時登錄為已發文；二十日內自行撤銷、變更或答辯。' },
  remind: { label: '函催答辯', from: ['agency'], to: null, permission: 'appeals.handle', law: '審議規則 §6 II', tells: { kind: 'reminder', whom: 'agency', arrived: true }, refuse: (state, on) => over(state.replyUntil, on, '答辯期間') },
  defended: { label: '答辯', from: ['agency'], to: 'review', permission: 'appeals.reply', law: '訴願法 §58 III、IV', paper: 'defence', asks: ['paper'], hint: '附具答辯書及必要之關係文件，並抄送訴願人。' },
  'to-committee': { label: '送訴願會', from: ['review'], to: 'committee', permission: 'appeals.handle', law: '審議規則 §11' },
  'agency-revoked': { label: '自行撤銷原處分', from: ['received', 'agency', 'review', 'committee'], to: 'review', permission: 'appeals.reply', law: '訴願法 §58 II；審議規則 §11 II', because: true, offer: (state) => state.agencyReply !== 'revoked', hint: '撤銷後處分已不存在，得免送委員審查，為不受理之決定（§77 ⑥）；訴願人也可以撤回。' },
  'agency-changed': { label: '自行變更原處分', from: ['agency', 'review', 'committee'], to: 'review', permission: 'appeals.reply', law: '訴願法 §58 II', because: true, offer: (state) => state.agencyReply !== 'revoked' && state.agencyReply !== 'changed' },
  'agency-silent': { label: '逾期未答辯，逕行審查', from: ['agency'], to: 'review', permission: 'appeals.handle', law: '審議規則 §26 II', refuse: (state, on) => over(state.replyUntil, on, '答辯期間') ?? (state.steps.lastIndexOf('remind') > state.steps.lastIndexOf('forward') ? null : refusal('appeal.not-reminded', '還沒有函催', { law: '審議規則 §6 II' })) },
  'return-defence': { label: '發還補充答辯', from: ['review', 'committee'], to: 'agency', permission: 'appeals.handle', law: '審議規則 §6 II', because: true, tells: { kind: 'forwarding', whom: 'agency', arrived: true }, offer: (state) => state.agencyReply === 'defended', hint: '日期填原處分機關收到的日子；二十日內補充答辯。' },
  'back-to-review': { label: '退回承辦審查', from: ['committee'], to: 'review', permission: 'appeals.handle', because: true },
  reasons: { label: '收到補充理由', from: open, to: null, elsewhere: true, permission: 'appeals.handle', law: '審議規則 §27 III、IV', paper: 'reasons', asks: ['paper'], hint: '決定期間自收受最後補具理由之次日起算；在延長期間內收到的，自收受起不逾二個月。' },
  extend: { label: '延長決定期間', from: before, to: null, permission: 'appeals.handle', law: '訴願法 §85 I', asks: ['months'], because: true, tells: { kind: 'extension', whom: 'parties' }, offer: (state) => state.extensionMonths === null, refuse: refuseExtension, hint: '以一次為限，最長二個月，並通知訴願人及參加人。' },
  suspend: { label: '停止審理', from: before, to: 'suspended', permission: 'appeals.handle', law: '訴願法 §86 I', because: true, tells: { kind: 'suspension', whom: 'parties' }, hint: '以他法律關係是否成立為準據，而該法律關係在訴訟或行政救濟中的，寫明案號。' },
  resume: { label: '續行審理', from: ['suspended'], to: (state) => state.suspendedFrom ?? 'review', permission: 'appeals.handle', law: '訴願法 §86 II', tells: { kind: 'resumption', whom: 'parties' }, hint: '日期填該法律關係確定的日子；決定期間自那一天重行起算。' },
  'ask-hearing': { label: '申請陳述意見或言詞辯論', from: before, to: null, permission: 'appeals.handle', law: '訴願法 §63 III、§65', because: true, offer: (state) => state.oral === null || state.oral === 'refused' },
  'grant-hearing': { label: '通知到場', from: before, to: null, permission: 'appeals.handle', law: '訴願法 §63、§65', asks: ['meeting'], tells: { kind: 'hearing', whom: 'both' }, offer: (state) => state.oral !== 'granted' },
  'refuse-hearing': { label: '拒絕陳述意見', from: before, to: null, permission: 'appeals.handle', law: '審議規則 §10 I', because: true, tells: { kind: 'hearing', whom: 'parties' }, offer: (state) => state.oral === 'asked' },
  'oral-held': { label: '登錄言詞辯論或陳述意見筆錄', from: before, to: null, permission: 'appeals.handle', law: '訴願法 §54 II、§66；審議規則 §16', asks: ['place', 'present', 'paper'], paper: 'transcript', offer: (state) => state.oral === 'granted', hint: '日期填辯論之日。錄音、錄影編為審議紀錄之附件。' },
  'ask-restitution': { label: '申請回復原狀', from: before, to: null, permission: 'appeals.handle', law: '訴願法 §15', asks: ['ceased', 'paper'], paper: 'restitution', offer: (state) => isLate(state) && (state.restitution === null || state.restitution === 'refused'), hint: '日期填收到申請書的日子。原因消滅後十日內申請，並同時補行訴願；遲誤逾一年的，不得為之。' },
  'grant-restitution': { label: '准予回復原狀', from: before, to: null, permission: 'appeals.handle', law: '訴願法 §15', because: true, tells: { kind: 'restitution', whom: 'parties' }, offer: (state) => state.restitution === 'asked', refuse: refuseRestitution, hint: '准予後，訴願視同未逾期，續行審理。' },
  'refuse-restitution': { label: '不准回復原狀', from: before, to: null, permission: 'appeals.handle', law: '訴願法 §15', because: true, tells: { kind: 'restitution', whom: 'parties' }, offer: (state) => state.restitution === 'asked', hint: '不准的理由，也在訴願決定書中敘明（待法制單位確認）。' },
  'ask-inspection': { label: '請求閱卷', from: open, to: null, permission: 'appeals.handle', law: '訴願法 §49、§75 II；審議規則 §4、§5', hint: '受理請求之日起十日內通知。' },
  'grant-inspection': { label: '通知閱卷', from: open, to: null, permission: 'appeals.handle', law: '審議規則 §5', asks: ['meeting'], tells: { kind: 'inspection', whom: 'parties' }, offer: inspects },
  'refuse-inspection': { label: '拒絕閱卷', from: open, to: null, permission: 'appeals.handle', law: '訴願法 §75 II；審議規則 §5', because: true, tells: { kind: 'inspection', whom: 'parties' }, offer: inspects },
  'ask-stay': { label: '申請停止執行', from: open, to: null, elsewhere: true, permission: 'appeals.handle', law: '訴願法 §93 II', paper: 'other', asks: ['paper'], offer: (state) => stayOf(state) === null, hint: '提起訴願不停止原處分的執行（§93 I）；停止的要件另行審查。' },
  'grant-stay': { label: '停止執行', from: open, to: null, elsewhere: true, permission: 'appeals.handle', law: '訴願法 §93 II', because: true, tells: { kind: 'stay', whom: 'both' }, offer: (state) => stayOf(state) !== 'granted', hint: '原處分的合法性顯有疑義，或執行將發生難以回復之損害，且有急迫情事，並非為維護重大公共利益所必要的，得依職權或依申請，就原處分全部或一部停止執行：理由寫明是哪一種、停止的範圍。' },
  'refuse-stay': { label: '不停止執行', from: open, to: null, elsewhere: true, permission: 'appeals.handle', law: '訴願法 §93', because: true, tells: { kind: 'stay', whom: 'parties' }, offer: (state) => stayOf(state) === 'asked', hint: '訴願人得向行政法院聲請停止執行（§93 III）。' },
  'end-stay': { label: '撤銷停止執行', from: open, to: null, elsewhere: true, permission: 'appeals.handle', law: '訴願法 §94', because: true, tells: { kind: 'stay', whom: 'both' }, offer: (state) => stayOf(state) === 'granted', hint: '停止執行的原因消滅，或有其他情事變更，得依職權或依申請撤銷。' },
  'party-died': { label: '訴願人死亡或合併', from: [...open, 'decided'], to: null, elsewhere: true, permission: 'appeals.handle', law: '訴願法 §87', because: true, offer: (state) => !awaitsSuccession(state), hint: '日期填死亡或合併的日子。由繼承人、其他依法得繼受的人或合併後的法人承受；三十日內檢送證明文件。' },
  succeeded: { label: '承受訴願', from: [...open, 'decided'], to: null, elsewhere: true, permission: 'appeals.handle', law: '訴願法 §87', paper: 'other', asks: ['successor', 'paper'], offer: awaitsSuccession, tells: { kind: 'succession', whom: 'both' }, hint: '承受的人從這一天起是訴願人，文書、送達和起訴都是他；原來的訴願人留在紀錄。原來的代理人繼續代理（§37）。承受的有好幾位的，先登錄一位，其他的在「當事人」加上。' },
  'ask-assignment': { label: '受讓人申請承受', from: open, to: null, elsewhere: true, permission: 'appeals.handle', law: '訴願法 §88', paper: 'other', asks: ['paper'], offer: (state) => !awaitsAssignment(state), hint: '受讓原處分所涉權利或利益的人，檢具受讓證明文件申請；經許可才承受。' },
  'allow-assignment': { label: '許可承受', from: open, to: null, elsewhere: true, permission: 'appeals.handle', law: '訴願法 §88', because: true, asks: ['successor'], offer: awaitsAssignment, tells: { kind: 'succession', whom: 'both' } },
  'refuse-assignment': { label: '不許承受', from: open, to: null, elsewhere: true, permission: 'appeals.handle', law: '訴願法 §88', because: true, offer: awaitsAssignment, tells: { kind: 'succession', whom: 'parties' }, hint: '受讓人不是當事人，另函通知他；這裡寫信給訴願人及參加人。' },
  'ask-correction-again': { label: '通知承受的人補正', from: ['correction'], to: null, permission: 'appeals.handle', law: '訴願法 §62、§87；審議規則 §7', asks: ['asked'], offer: succeededSinceAsked, tells: { kind: 'correction', whom: 'parties' }, hint: '承受以前的通知沒有送達承受的人；登錄送達後，二十日的期間從他收到起算。' },
  join: { label: '合併審議', from: before, to: null, permission: 'appeals.handle', law: '訴願法 §78', asks: ['other'], offer: (state) => state.joinedTo === null },
  separate: { label: '分別審議', from: before, to: null, permission: 'appeals.handle', law: '訴願法 §78', offer: (state) => state.joinedTo !== null },
  transfer: { label: '移送管轄機關', from: ['statement', 'received', 'correction', 'agency', 'review'], to: 'closed', elsewhere: true, outcome: 'transferred', stepUp: true, permission: 'appeals.handle', law: '訴願法 §61；行政程序法 §17', asks: ['authority'], because: true, offer: (state) => !isOwn(state), tells: { kind: 'transfer', whom: 'parties' }, hint: '提起訴願的日期不受影響。' },
  'own-forwarded': { label: '未具理由，移由訴願管轄機關', from: ['statement'], to: 'closed', elsewhere: true, outcome: 'transferred', stepUp: true, permission: 'appeals.handle', law: '審議規則 §6 I', asks: ['authority'], tells: { kind: 'transfer', whom: 'parties' }, offer: isOwn, hint: '本府是原處分機關，書狀沒有訴願理由：收受之次日起十日內移由訴願管轄機關審理。' },
  'own-defended': { label: '附具答辯書送訴願管轄機關', from: ['received'], to: 'closed', elsewhere: true, outcome: 'transferred', stepUp: true, permission: 'appeals.handle', law: '訴願法 §58 III、IV', asks: ['authority', 'paper'], paper: 'defence', tells: { kind: 'transfer', whom: 'parties' }, offer: isOwn, hint: '本府是原處分機關：收到訴願書之次日起二十日內，附具答辯書及必要之關係文件，送訴願管轄機關，並將答辯書抄送訴願人。' },
  'own-revised': { label: '自行撤銷或變更原處分', from: ['received'], to: 'closed', elsewhere: true, outcome: 'self-revised', stepUp: true, permission: 'appeals.handle', law: '訴願法 §58 II', asks: ['authority'], because: true, tells: { kind: 'transfer', whom: 'parties' }, offer: isOwn, hint: '本府是原處分機關：重新審查認訴願為有理由的，得自行撤銷或變更原處分，並陳報訴願管轄機關。' },
  withdraw: { label: '撤回', from: [...open, 'decided'], to: 'closed', elsewhere: true, outcome: 'withdrawn', stepUp: true, permission: 'appeals.handle', law: '訴願法 §60；審議規則 §9', because: true, tells: { kind: 'withdrawal', whom: 'both' }, refuse: (state) => (has(state, 'served') ? refusal('appeal.served', '決定書已經送達，不能撤回', { law: '訴願法 §60' }) : null), hint: '撤回後不得復提起同一之訴願。' },
} as const satisfies Record<string, Step>
export type StepId = keyof typeof steps

export const stepOf = (id: StepId): Step => steps[id]

/** Why this step cannot be taken now, or null. */
export function refuseStep(id: StepId, state: AppealState, on: Day): Refusal | null {
  const step = stepOf(id)
  if (!step.from.includes(state.stage)) return refusal('appeal.wrong-stage', `現在是「${stages[state.stage]}」，不能登錄「${step.label}」`)
  if (!state.ours && !step.elsewhere) return refusal('appeal.not-ours', isOwn(state) ? '不服本府的處分，由訴願管轄機關決定：請自行撤銷、變更，或附具答辯書送管轄機關' : '不是本府受理的訴願，請移送管轄機關', { law: isOwn(state) ? '訴願法 §4 ③、§58' : '訴願法 §4' })
  if (step.offer && !step.offer(state)) return refusal('appeal.not-now', `現在不能登錄「${step.label}」`, step.law ? { law: step.law } : {})
  return step.refuse?.(state, on) ?? null
}

/** Whether the page offers the step. */
export const fits = (id: StepId, state: AppealState): boolean => stepOf(id).from.includes(state.stage) && (state.ours || stepOf(id).elsewhere === true) && (stepOf(id).offer?.(state) ?? true)

/** 停止執行 (訴願法 §93): asked for and open, granted, or neither. */
export function stayOf({ steps }: Pick<AppealState, 'steps'>): 'asked' | 'granted' | null {
  const last = steps.findLast((step) => step.endsWith('-stay'))
  return last === 'ask-stay' ? 'asked' : last === 'grant-stay' ? 'granted' : null
}

/** An appellant has died or merged, and nobody has taken the appeal over yet (§87). */
export function awaitsSuccession({ steps }: Pick<AppealState, 'steps'>): boolean {
  return steps.lastIndexOf('party-died') > steps.lastIndexOf('succeeded')
}

/** Somebody to whom the right was assigned asked to take the appeal over, and it is not settled yet (§88). */
export function awaitsAssignment({ steps }: Pick<AppealState, 'steps'>): boolean {
  return steps.lastIndexOf('ask-assignment') > Math.max(steps.lastIndexOf('allow-assignment'), steps.lastIndexOf('refuse-assignment'))
}

function succeededSinceAsked({ steps }: AppealState): boolean {
  return Math.max(steps.lastIndexOf('succeeded'), steps.lastIndexOf('allow-assignment')) > Math.max(steps.lastIndexOf('ask-correction'), steps.lastIndexOf('ask-correction-again'))
}

/** Filed after the last day to file (訴願法 §14): a filing for inaction has none. */
export const isLate = (state: Pick<AppealState, 'ground' | 'filedOn' | 'filingDueOn'>): boolean => state.ground === 'disposition' && state.filingDueOn !== null && state.filedOn > state.filingDueOn

/** The county's own disposition: it answers and sends on what it may not decide (訴願法 §58). */
export function isOwn(state: Pick<AppealState, 'ours' | 'agencyKind'>): boolean {
  return !state.ours && state.agencyKind === 'county'
}

function refuseRestitution({ restitutionAskedOn: asked, restitutionUntil: until }: AppealState): Refusal | null {
  if (asked && until && asked > until) return refusal('appeal.restitution-late', `申請（${rocDay(asked)}）已過 ${rocDay(until)}，不得回復原狀`, { law: '訴願法 §15 I' })
  return null
}

// Asked and not come yet; or decided for want of it and not dispatched (審議規則 §24).
function awaitsCorrection(state: AppealState): boolean {
  const asked = state.steps.lastIndexOf('ask-correction') > state.steps.lastIndexOf('corrected')
  return asked && (state.stage !== 'decided' || (state.decision === 'non-acceptance' && state.dispatchedOn === null))
}

/** 訴願法 §62: the twenty days run for each from their own service, so as long as one notice is on its way nobody knows that they are over. */
function refuseMissingCorrection({ correctionUnserved: unserved, correctionUntil }: AppealState, on: Day): Refusal | null {
  if (correctionUntil && unserved) return refusal('appeal.correction-unserved', `補正通知還有 ${unserved} 份沒有登錄送達：送達的次日起滿二十日才算逾期`, { law: '訴願法 §62' })
  return over(correctionUntil, on, '補正期間')
}

function refuseLateCorrection(state: AppealState): Refusal | null {
  if (state.dispatchedOn) return refusal('appeal.dispatched', '決定書正本已經發送，補正不能再受理', { law: '審議規則 §24' })
  return null
}

/** Corrected in time or before dispatch, the case goes on where it was; one that was decided or waited for it, from the procedural check. */
function afterCorrection({ stage }: AppealState): Stage {
  return stage === 'agency' || stage === 'committee' ? stage : 'received'
}

function refuseExtension(state: AppealState, on: Day): Refusal | null {
  if (state.dueOn && on > state.dueOn) return refusal('appeal.too-late-to-extend', `決定期間已在 ${rocDay(state.dueOn)} 屆滿，不能延長`, { field: 'on', law: '訴願法 §85 I' })
  return null
}

function inspects(state: AppealState): boolean {
  const last = state.steps.findLast((step) => step.endsWith('-inspection'))
  return last === 'ask-inspection'
}
