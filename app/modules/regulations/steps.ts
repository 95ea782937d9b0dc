import { computeDeadline } from '../../core/clocks/index.ts'
import { refusal, type Refusal } from '../../core/errors.ts'
import { addDays, type Day, rocDay } from '../../core/time.ts'
import { type Change, type Instrument, type Outcome, type Stage, stages } from './schema.ts'

/** The facts by which a step is open or not. */
export type ProposalState = { stage: Stage; instrument: Instrument; change: Change; penalty: boolean; gazetted: boolean; noticeFrom: Day | null; noticeUntil: Day | null; /** 議會函送 received */ letterOn: Day | null; /** day of the latest step but those `besides` */ lastOn: Day | null; dueOn: Day | null; steps: readonly string[] }

export type Step = {
  label: string
  from: readonly Stage[]
  /** null: it stays where it is */
  to: Stage | null | ((state: ProposalState) => Stage)
  outcome?: Outcome
  instruments?: readonly Instrument[]
  permission: 'regulations.draft' | 'regulations.advance' | 'regulations.promulgate' | 'regulations.withdraw'
  law?: string
  /** asked for besides the day and the number of the document */
  asks?: readonly ('days' | 'effectiveOn' | 'until')[]
  /** a note must be given */
  because?: boolean
  /** further conditions; `on` is the day it happened */
  refuse?(state: ProposalState, on: Day): Refusal | null
  hint?: string
  /** cannot be taken back: asks again who sits there */
  final?: true
}

const selfGovernment = ['ordinance', 'rule', 'delegated'] as const
const needsApproval = (state: ProposalState): boolean => state.instrument === 'delegated' || (state.instrument === 'ordinance' && state.penalty && state.change !== 'repeal')
const isApproved = (state: ProposalState): boolean => state.steps.some((step) => step === 'approved' || step === 'deemed-approved')
const notYet = (state: ProposalState, on: Day, what: string): Refusal | null =>
  state.dueOn === null || on <= state.dueOn ? refusal('regulation.not-yet', `期限${state.dueOn ? `是 ${rocDay(state.dueOn)}` : '還沒有起算'}，過了才${what}`, { field: 'on' }) : null

/** From the county meeting an ordinance goes to the council, a delegated rule to its ministry, another rule to be issued. */
const afterCounty = ({ instrument }: ProposalState): Stage => (instrument === 'ordinance' ? 'council' : instrument === 'delegated' ? 'approval' : 'promulgation')
export const afterReview = ({ instrument }: ProposalState): Stage => (instrument === 'administrative' ? 'promulgation' : 'county-meeting')

/** The one table of what may happen in the life of a proposal (rules.md §2.7, §3.5): pages draw their buttons from it, acts refuse by it. */
export const steps = {
  announce: { label: '預告草案', from: ['drafting'], to: 'notice', instruments: selfGovernment, permission: 'regulations.advance', law: '行政程序法 §154 I', asks: ['days'], hint: '陳述意見期間條文沒有定日數；六十日是行政院政策，本縣得另定（待法制單位確認）。' },
  'skip-notice': { label: '不預告', from: ['drafting'], to: 'review', instruments: selfGovernment, permission: 'regulations.advance', law: '行政程序法 §154 I 但書', because: true, hint: '情況急迫，顯然無法事先公告周知的，寫明理由。' },
  'to-review': { label: '送法制審查', from: ['drafting', 'notice'], to: 'review', permission: 'regulations.draft', refuse: refuseReview },
  'review-passed': { label: '審查通過', from: ['review'], to: afterReview, permission: 'regulations.advance' },
  'review-returned': { label: '退回研擬', from: ['review', 'county-meeting'], to: 'drafting', permission: 'regulations.advance', because: true },
  'county-passed': { label: '縣務會議通過', from: ['county-meeting'], to: afterCounty, instruments: selfGovernment, permission: 'regulations.advance' },
  'first-reading': { label: '議會一讀', from: ['council'], to: null, instruments: ['ordinance'], permission: 'regulations.advance' },
  'second-reading': { label: '議會二讀', from: ['council'], to: null, instruments: ['ordinance'], permission: 'regulations.advance', refuse: (state) => after(state, 'first-reading', '一讀') },
  'third-reading': { label: '議會三讀通過', from: ['council'], to: null, instruments: ['ordinance'], permission: 'regulations.advance', refuse: (state) => after(state, 'second-reading', '二讀') },
  'not-passed': { label: '議會未通過', from: ['council'], to: 'closed', outcome: 'not-passed', instruments: ['ordinance'], permission: 'regulations.advance' },
  'letter-received': { label: '收到議會函送', from: ['council'], to: 'promulgation', instruments: ['ordinance'], permission: 'regulations.advance', law: '地方制度法 §32 I', refuse: (state) => after(state, 'third-reading', '三讀'), hint: '收到函送起三十日內公布。' },
  reconsider: { label: '提覆議', from: ['promulgation'], to: 'reconsideration', instruments: ['ordinance'], permission: 'regulations.advance', law: '地方制度法 §36 ①、§39 II', because: true, refuse: refuseReconsidering, hint: '認為窒礙難行的，議決案送達三十日內敘明理由送請議會覆議；日期填送請的日子。覆議期間，公布的期限停止計算。' },
  'reconsider-received': { label: '議會收到覆議案', from: ['reconsideration'], to: null, instruments: ['ordinance'], permission: 'regulations.advance', law: '地方制度法 §39 IV', hint: '會期中收到的，議會自送達十五日內作成決議。' },
  'reconsider-in-recess': { label: '議會在休會期間收到覆議案', from: ['reconsideration'], to: null, instruments: ['ordinance'], permission: 'regulations.advance', law: '地方制度法 §39 IV', hint: '七日內召集臨時會，開議三日內作成決議。' },
  'reconsider-opened': { label: '覆議的臨時會開議', from: ['reconsideration'], to: null, instruments: ['ordinance'], permission: 'regulations.advance', law: '地方制度法 §39 IV', refuse: (state) => (state.steps.includes('reconsider-in-recess') ? null : refusal('regulation.no-recess', '沒有登錄議會在休會期間收到覆議案')), hint: '開議三日內作成決議。' },
  upheld: { label: '覆議：議會維持原決議', from: ['reconsideration'], to: 'promulgation', instruments: ['ordinance'], permission: 'regulations.advance', law: '地方制度法 §39 IV', refuse: refuseVote, hint: '出席議員三分之二維持原決議的，本府應即接受；日期填收到議會函復的日子。' },
  'not-upheld': { label: '覆議：沒有維持原決議', from: ['reconsideration'], to: 'closed', outcome: 'lapsed', instruments: ['ordinance'], permission: 'regulations.advance', law: '地方制度法 §39 IV', final: true, refuse: refuseVote, hint: '維持的沒有達到出席議員三分之二，原決議不再存在（條文沒有明文，待法制單位確認）。' },
  'reconsider-lapsed': { label: '覆議：逾期未議決，原決議失效', from: ['reconsideration'], to: 'closed', outcome: 'lapsed', instruments: ['ordinance'], permission: 'regulations.advance', law: '地方制度法 §39 IV', final: true, refuse: refuseLapse, hint: '議會沒有在期限內作成決議，原決議失效。' },
  'report-nullity': { label: '報請函告無效', from: ['promulgation'], to: null, instruments: ['ordinance'], permission: 'regulations.advance', law: '地方制度法 §32 I、§43', because: true, refuse: refusePause, hint: '議決自治事項牴觸上位法規的，報請中央主管機關函告；其間公布的期限停止計算。' },
  'ask-interpretation': { label: '聲請解釋', from: ['promulgation'], to: null, instruments: ['ordinance'], permission: 'regulations.advance', law: '地方制度法 §30 V、§32 I、§43 V', because: true, refuse: refusePause, hint: '有沒有牴觸發生疑義的，得聲請解釋；其間公布的期限停止計算。現行向憲法法庭聲請（待法制單位確認）。' },
  'not-nullified': { label: '沒有牴觸，續行公布', from: ['promulgation'], to: null, instruments: ['ordinance'], permission: 'regulations.advance', law: '地方制度法 §32 I', because: true, refuse: refuseUnpaused, hint: '日期填收到函復或解釋的日子；公布的期限從這一天接著算。' },
  nullified: { label: '函告或解釋無效', from: ['promulgation'], to: 'closed', outcome: 'nullified', instruments: ['ordinance'], permission: 'regulations.advance', law: '地方制度法 §43', because: true, final: true, refuse: refuseUnpaused },
  'submit-approval': { label: '報請核定', from: ['promulgation'], to: 'approval', instruments: ['ordinance'], permission: 'regulations.advance', law: '地方制度法 §26 IV', refuse: (state) => (!needsApproval(state) ? refusal('regulation.no-approval', '沒有罰則，不必報請核定') : isApproved(state) ? refusal('regulation.approved', '已經核定') : null), hint: '日期填核定機關收到的日子，一個月內核定（§32 III）。' },
  'approval-received': { label: '核定機關收到', from: ['approval'], to: null, instruments: ['delegated'], permission: 'regulations.advance', law: '地方制度法 §32 III' },
  'approval-extended': { label: '核定機關函告延長', from: ['approval'], to: null, instruments: ['ordinance', 'delegated'], permission: 'regulations.advance', law: '地方制度法 §32 III 但書', asks: ['until'] },
  approved: { label: '核定', from: ['approval'], to: 'promulgation', instruments: ['ordinance', 'delegated'], permission: 'regulations.advance', law: '地方制度法 §32 II', hint: '日期填核定文送達的日子，三十日內公布或發布。' },
  'deemed-approved': { label: '視為核定', from: ['approval'], to: 'promulgation', instruments: ['ordinance', 'delegated'], permission: 'regulations.advance', law: '地方制度法 §32 III', refuse: (state, on) => notYet(state, on, '視為核定') },
  'not-approved': { label: '不予核定', from: ['approval'], to: 'closed', outcome: 'not-approved', instruments: ['ordinance', 'delegated'], permission: 'regulations.advance', because: true },
  promulgate: { label: '公布', from: ['promulgation'], to: (state) => (state.instrument === 'administrative' ? 'closed' : 'in-force'), permission: 'regulations.promulgate', final: true, asks: ['effectiveOn'], refuse: refusePromulgation },
  'deemed-effective': { label: '逾期未公布，依法生效', from: ['promulgation'], to: 'in-force', instruments: ['ordinance'], permission: 'regulations.promulgate', final: true, law: '地方制度法 §32 V', refuse: (state, on) => refusePromulgation(state) ?? notYet(state, on, '依法生效') },
  reported: { label: '報請備查', from: ['in-force'], to: null, permission: 'regulations.advance', law: '地方制度法 §26 IV、§27 III' },
  referred: { label: '送議會查照', from: ['in-force'], to: null, instruments: ['rule'], permission: 'regulations.advance', law: '地方制度法 §27 III' },
  close: { label: '結案', from: ['in-force'], to: 'closed', outcome: 'completed', permission: 'regulations.advance', refuse: refuseClosing },
  withdraw: { label: '撤回', from: ['drafting', 'notice', 'review', 'county-meeting', 'council'], to: 'closed', outcome: 'withdrawn', permission: 'regulations.withdraw', final: true, because: true },
} as const satisfies Record<string, Step>
export type StepId = keyof typeof steps

export const stepOf = (id: StepId): Step => steps[id]

/** 備查 and 查照 follow the promulgation, not each other. */
export const besides: readonly string[] = ['reported', 'referred'] satisfies StepId[]

/** Why this step cannot be taken now, or null. */
export function refuseStep(id: StepId, state: ProposalState, on: Day): Refusal | null {
  const step = stepOf(id)
  if (!step.from.includes(state.stage)) return refusal('regulation.wrong-stage', `現在是「${stages[state.stage]}」，不能${step.label}`)
  if (step.instruments && !step.instruments.includes(state.instrument)) return refusal('regulation.wrong-kind', `這一種法規不經過「${step.label}」`)
  const no = step.refuse?.(state, on)
  if (no) return no
  if (step.to === null && !fits(id, state)) return refusal('regulation.taken', `「${step.label}」已經登錄，或現在不能登錄`)
  // the steps of a proposal follow one another, and its periods run from them
  if (state.lastOn && on < state.lastOn) return refusal('regulation.order-day', `前一步在 ${rocDay(state.lastOn)}，日期不能更早`, { field: 'on' })
  return null
}

const pausing: readonly string[] = ['report-nullity', 'ask-interpretation']

/** Whether the step belongs to the life of this kind of proposal at its stage at all: what the page offers. */
export const fits = (id: StepId, state: ProposalState): boolean => {
  const step = stepOf(id)
  if (!step.from.includes(state.stage) || (step.instruments && !step.instruments.includes(state.instrument))) return false
  if (id === 'submit-approval') return needsApproval(state) && !isApproved(state)
  if (pausing.includes(id)) return !isPaused(state) && !isApproved(state)
  if (id === 'not-nullified' || id === 'nullified') return isPaused(state)
  if (id === 'reconsider-received' || id === 'reconsider-in-recess') return state.dueOn === null
  if (id === 'reconsider-opened') return awaitsOpening(state)
  if (id === 'to-review' && state.stage === 'drafting') return state.instrument === 'administrative' || state.steps.includes('announce') || state.steps.includes('skip-notice')
  if (id === 'announce' || id === 'skip-notice') return !state.steps.includes('announce') && !state.steps.includes('skip-notice')
  return !(step.to === null && id !== 'approval-extended' && state.steps.includes(id))
}

/** Between 報請函告無效 or 聲請解釋 and its answer the thirty days stand still (地方制度法 §32 I). */
export const isPaused = ({ steps }: Pick<ProposalState, 'steps'>): boolean => Math.max(steps.lastIndexOf('report-nullity'), steps.lastIndexOf('ask-interpretation')) > steps.lastIndexOf('not-nullified')

/** 地方制度法 §39 II: thirty days from the service of the resolution; once the council has upheld it, or a ministry approved it, no more. */
function refuseReconsidering(state: ProposalState, on: Day): Refusal | null {
  if (isApproved(state)) return refusal('regulation.approved', '已經核定，不能再提覆議')
  if (state.steps.includes('upheld')) return refusal('regulation.upheld', '議會已經維持原決議，應即接受', { law: '地方制度法 §39 IV' })
  const last = state.letterOn && computeDeadline('council-reconsider-30d', state.letterOn, {})
  return last && last.kind === 'due' && on > last.day ? refusal('regulation.too-late-to-reconsider', `提覆議的期限到 ${rocDay(last.day)}，已經過了，應執行議決案`, { field: 'on', law: '地方制度法 §38、§39 II' }) : null
}

const awaitsOpening = ({ steps }: ProposalState): boolean => steps.includes('reconsider-in-recess') && !steps.includes('reconsider-opened')

/** A vote comes after the council received the case (in recess: after its sitting was opened); whether it voted in time the person who records it sees in the council's letter. */
function refuseVote(state: ProposalState): Refusal | null {
  if (!state.dueOn) return refusal('regulation.reconsider-unserved', '還沒有登錄議會收到覆議案', { law: '地方制度法 §39 IV' })
  if (awaitsOpening(state)) return refusal('regulation.not-opened', '還沒有登錄臨時會開議', { law: '地方制度法 §39 IV' })
  return null
}

/** In recess the council has seven days to call a sitting and three to decide in it: what was never called is over when both are (待法制單位確認). */
function refuseLapse(state: ProposalState, on: Day): Refusal | null {
  return notYet(awaitsOpening(state) && state.dueOn ? { ...state, dueOn: addDays(state.dueOn, sittingDays) } : state, on, '失效')
}
const sittingDays = 3

function refusePause(state: ProposalState): Refusal | null {
  if (isPaused(state)) return refusal('regulation.paused', '已經報請函告或聲請解釋，還沒有結果')
  // 地方制度法 §32 II: the thirty days after an approval have no such exception
  return isApproved(state) ? refusal('regulation.approved', '已經核定，公布的期限不因此停止', { law: '地方制度法 §32 II' }) : null
}

function refuseUnpaused(state: ProposalState): Refusal | null {
  return isPaused(state) ? null : refusal('regulation.not-paused', '沒有報請函告或聲請解釋')
}

function after(state: ProposalState, step: string, name: string): Refusal | null {
  return state.steps.includes(step) ? null : refusal('regulation.order', `還沒有登錄議會${name}`)
}

function refuseReview(state: ProposalState, on: Day): Refusal | null {
  if (state.stage === 'notice' && state.noticeUntil && on <= state.noticeUntil) return refusal('regulation.notice-runs', `預告到 ${rocDay(state.noticeUntil)} 為止，期間屆滿才送審`, { field: 'on', law: '行政程序法 §154' })
  const noticed = state.instrument === 'administrative' || state.steps.includes('announce') || state.steps.includes('skip-notice')
  return noticed ? null : refusal('regulation.no-notice', '還沒有預告草案', { law: '行政程序法 §154 I' })
}

function refusePromulgation(state: ProposalState): Refusal | null {
  if (isPaused(state)) return refusal('regulation.paused', '已經報請函告無效或聲請解釋，有結果以前公布的期限停止計算', { law: '地方制度法 §32 I' })
  if (needsApproval(state) && !isApproved(state)) return refusal('regulation.approval-needed', '有罰則的自治條例、委辦規則，應先經核定才能公布', { law: '地方制度法 §26 IV、§29 II' })
  return null
}

function refuseClosing(state: ProposalState): Refusal | null {
  const approved = isApproved(state)
  if (!approved && !state.steps.includes('reported')) return refusal('regulation.not-reported', '還沒有報請備查', { law: state.instrument === 'rule' ? '地方制度法 §27 III' : '地方制度法 §26 IV' })
  if (state.instrument === 'rule' && !state.steps.includes('referred')) return refusal('regulation.not-referred', '還沒有送議會查照', { law: '地方制度法 §27 III' })
  return null
}
