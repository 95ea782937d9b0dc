import type { ActContext } from '../../core/act.ts'
import type { Tx } from '../../core/db.ts'
import { refusal, type Refusal } from '../../core/errors.ts'
import { endClock, meetClock, startClock, startSideClock } from '../../core/procedure/clock.ts'
import { type Ask, type Procedure, type Step, type StepValues, textIn } from '../../core/procedure/step.ts'
import { day, type Day, rocDay } from '../../core/time.ts'
import { listPath, programmePath } from './paths.ts'
import { findProgrammeState, type ProgrammeState } from './programme.ts'
import { linkMeeting } from './reviews.ts'
import { caseKind, headings, outcomes, reviewResults, type ReviewStep, reviewSteps, stages, turns } from './schema.ts'

type ProgrammeStep = Step<ProgrammeState>
const manage = 'programme.manage'

const reviewAsks: Ask<ProgrammeState>[] = [
  { name: 'result', label: '審查結果', kind: 'choice', options: reviewResults },
  { name: 'opinions', label: '審查意見與修正事項', kind: 'text', required: false },
]
/** A step does not come before the one it follows. */
const refuseBefore = ({ days }: ProgrammeState, on: Day, before: string, label: string): Refusal | null => {
  const earlier = days[before]
  return earlier !== undefined && on < earlier ? refusal('programme.day', `日期在${label}（${rocDay(earlier)}）以前`, { field: 'on' }) : null
}
const shownMeeting = ({ number, heldOn }: { number: string; heldOn: Day }) => `${rocDay(heldOn)}　${number}`
/** Which meeting it was and which edition lay before it. Offered where there are any. */
const meetingAsks = (step: ReviewStep): Ask<ProgrammeState>[] => [
  { name: 'meeting', label: '審查會議', kind: 'choice', required: false, options: ({ meetings }) => Object.fromEntries(meetings.filter((one) => one.step === null || one.step === step).map((one) => [one.number, shownMeeting(one)])), preset: ({ meetings }) => meetings.find((one) => one.step === step)?.number },
  { name: 'edition', label: '審查的版本', kind: 'choice', required: false, hint: '會前先在方案頁留存版本，這裡就選得到。', options: ({ editions }) => Object.fromEntries(editions.map(({ edition, label }) => [`${edition}`, `第 ${edition} 版　${label}`])), preset: ({ meetings }) => meetings.find((one) => one.step === step)?.edition?.toString() },
]
const review = (step: ReviewStep, before: string | null, beforeLabel: string): ProgrammeStep => ({
  label: `${reviewSteps[step]}審查`,
  from: ['drafting'], to: null, permission: manage, dayLabel: '審查會議日期', hint: '會議的議程與紀錄在會議系統；這裡記結果，議會報告的審查日期由此而來。', asks: [...meetingAsks(step), ...reviewAsks],
  refuse: (state, on, values) => {
    const { steps, meetings } = state
    if (before && !steps.includes(before)) return refusal('programme.order', `還沒有${beforeLabel}`)
    const early = before && values && refuseBefore(state, on, before, beforeLabel)
    if (early) return early
    const meeting = values && meetings.find(({ number }) => number === textIn(values, 'meeting'))
    return meeting && meeting.heldOn !== on ? refusal('programme.meeting-day', `這次會議是 ${rocDay(meeting.heldOn)} 開的`, { field: 'on' }) : null
  },
})

/** Steps since the programme was last taken up for a change: what was heard before does not count for what is changed. */
const sinceChange = ({ steps }: ProgrammeState): readonly string[] => steps.slice(steps.lastIndexOf('amend') + 1)

/** The one table of how a programme goes (rules.md §2.12). */
export const steps = {
  'initial-review': review('initial-review', null, ''),
  'interim-review': review('interim-review', 'initial-review', '期初報告審查'),
  'final-review': review('final-review', 'interim-review', '期中報告審查'),
  consult: {
    label: '徵詢主管機關意見', from: ['drafting'], to: null, permission: manage, law: '離島建設條例施行細則 §6 I', dayLabel: '發文日期', hint: '擬訂時視實際需要，徵詢該管目的事業主管機關。',
    asks: [{ name: 'authorities', label: '徵詢的機關', kind: 'text' }, { name: 'opinions', label: '收到的意見', kind: 'text', required: false }],
  },
  hearing: {
    label: '公聽會', from: ['drafting'], to: null, permission: manage, law: '離島建設條例施行細則 §6 II', dayLabel: '公聽會日期', hint: '送請離島建設指導委員會審議前應舉辦，聽取公眾及相關團體代表的意見。座談會不能代替公聽會。',
    asks: [{ name: 'place', label: '地點', kind: 'line' }, { name: 'attendance', label: '出席人數', kind: 'number', min: 0, max: 100_000, suffix: '人' }, { name: 'opinions', label: '意見與處理', kind: 'text' }],
  },
  submit: {
    label: '送離島建設指導委員會', from: ['drafting'], to: 'committee', permission: manage, law: '離島建設條例 §5、§6 I', dayLabel: '發文日期',
    refuse: (state, on, values) => {
      // 施行細則 §6 II: the hearing comes before it goes to the committee
      if (!sinceChange(state).includes('hearing')) return refusal('programme.no-hearing', '送審前應舉辦公聽會', { law: '離島建設條例施行細則 §6 II' })
      if (!state.steps.includes('final-review')) return refusal('programme.order', '還沒有期末報告審查')
      if (state.written < headings.length) return refusal('programme.headings', `方案的十五款內容只寫了 ${state.written} 款`, { law: '離島建設條例 §5' })
      return values && (refuseBefore(state, on, 'hearing', '公聽會') ?? refuseBefore(state, on, 'final-review', '期末報告審查'))
    },
  },
  'committee-passed': { label: '委員會審議通過', from: ['committee'], to: 'executive', permission: manage, law: '離島建設條例 §6 I', dayLabel: '審議日期', hint: '審議通過後報請行政院核定。', refuse: (state, on, values) => values && refuseBefore(state, on, 'submit', '送審') },
  'committee-returned': { label: '委員會退回修正', from: ['committee'], to: 'drafting', permission: manage, law: '離島建設條例 §6 I', dayLabel: '審議日期', because: '要修正什麼' },
  'executive-returned': { label: '行政院退回修正', from: ['executive'], to: 'drafting', permission: manage, law: '離島建設條例 §6 I', because: '要修正什麼' },
  approved: { label: '行政院核定', from: ['executive'], to: 'in-force', permission: manage, law: '離島建設條例 §6 I', dayLabel: '核定日期', hint: '核定後實施；期程四年，每四年通盤檢討一次。', refuse: (state, on, values) => values && refuseBefore(state, on, 'committee-passed', '委員會審議') },
  rolling: {
    label: '滾動檢討', from: ['in-force'], to: null, permission: manage, dayLabel: '檢討日期', hint: '各計畫的執行與下年度經費；需要修正方案的，另辦「修正方案」。',
    asks: [{ name: 'result', label: '檢討結果', kind: 'text' }],
  },
  overall: { label: '通盤檢討', from: ['in-force'], to: null, permission: manage, law: '離島建設條例 §6 II', dayLabel: '檢討完成日期', asks: [{ name: 'result', label: '檢討結果', kind: 'text' }] },
  amend: { label: '修正方案', from: ['in-force'], to: 'drafting', permission: manage, law: '離島建設條例 §6 II', hint: '修正依原來的程序：公聽會、委員會審議、報院核定。', because: '修正的理由' },
  end: {
    label: '期程屆滿', from: ['in-force'], to: 'closed', outcome: 'ended', permission: manage, law: '離島建設條例 §5',
    refuse: (state, on) => (on < lastDay(state) ? refusal('programme.not-yet', `期程到 ${state.toYear} 年底`, { field: 'on' }) : null),
  },
  abandon: { label: '停止研擬', from: ['drafting'], to: 'closed', outcome: 'abandoned', permission: manage, because: '停止的理由', final: true },
} satisfies Record<string, ProgrammeStep>

const yearDay = (year: number, rest: string): Day => day(`${year + 1911}-${rest}`)
const lastDay = ({ toYear }: ProgrammeState): Day => yearDay(toYear, '12-31')

/** Approved: the term of four years is the case's clock, the overall review runs beside it (plan-offshore-4y, plan-offshore-approval). */
async function carryOut(tx: Tx, { now }: ActContext, step: string, state: ProgrammeState, values: StepValues): Promise<Refusal | null> {
  const { on } = values
  const meeting = textIn(values, 'meeting')
  if (meeting && Object.hasOwn(reviewSteps, step)) await linkMeeting(tx, state.id, { step: step as ReviewStep, meeting, edition: Number(textIn(values, 'edition')) || null })
  if (step === 'approved') await startClock(tx, state.id, now, 'plan-offshore-4y', yearDay(state.fromYear, '01-01'))
  if (step === 'approved' || step === 'overall') await startSideClock(tx, state.id, now, 'plan-offshore-approval', on)
  if (step === 'amend') await endClock(tx, state.id, now)
  if (step === 'end') await meetClock(tx, state.id, 'plan-offshore-approval', now)
  return null
}

export const procedure: Procedure<ProgrammeState> = {
  kind: caseKind, noun: 'programme', title: '離島綜合建設實施方案', read: 'programme.read', stages, outcomes, turns, well: ['ended'], steps, listPath, path: programmePath, find: findProgrammeState, carryOut,
}
