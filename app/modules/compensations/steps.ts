import { computeDeadline } from '../../core/clocks/index.ts'
import { officeCalendar } from '../../core/clocks/calendar.ts'
import { refusal, type Refusal } from '../../core/errors.ts'
import { dayIn, isYes, numberIn, type Procedure, type Step, type StepValues, textIn } from '../../core/procedure/step.ts'
import { type Day, rocDay } from '../../core/time.ts'
import { carryOut } from './carry-out.ts'
import { type ClaimState, findClaimState, noticeOf } from './claim.ts'
import { claimPath, listPath } from './paths.ts'
import { caseKind, deliberations, grounds, outcomes, payable, recourses, stages, suitResults } from './schema.ts'

type ClaimStep = Step<ClaimState>
const open = ['received', 'correcting', 'examining', 'superior', 'negotiating', 'approval', 'agreed'] as const
const examined = ['received', 'correcting', 'examining'] as const
const examine = 'compensations.examine'
const decide = 'compensations.decide'
const negotiate = 'compensations.negotiate'
const pay = 'compensations.pay'

/** The one table of what may happen to a claim (rules.md §2.3, §3.2). */
export const steps = {
  accept: { label: '形式審查通過', from: ['received'], to: 'examining', permission: examine, law: '國家賠償法施行細則 §17', hint: '請求書記載齊全、有簽名或蓋章，就往下審查權責。' },
  'ask-correction': {
    label: '通知補正', from: ['received', 'examining'], to: 'correcting', permission: examine, law: '國家賠償法施行細則 §17 II、§14', dayLabel: '通知送達的日期', hint: '三十日的期間不因補正停止。',
    asks: [
      { name: 'defect', label: '缺什麼', kind: 'choice', options: { form: '請求書不合程式（§17）', power: '代理權有欠缺（§14，至少七日）' } },
      { name: 'days', label: '補正期間', kind: 'number', preset: '14', suffix: '日', min: 1, max: 90 },
      { name: 'asked', label: '要補正的事項', kind: 'text', hint: '請求權人查進度時看得到。' },
    ],
    refuse: (_state, _on, values) => (values && textIn(values, 'defect') === 'power' && numberIn(values, 'days')! < 7 ? refusal('compensation.days', '代理權的補正，期間至少七日', { field: 'days', law: '國家賠償法施行細則 §14' }) : null),
  },
  corrected: { label: '補正完成', from: ['correcting'], to: 'examining', permission: examine, dayLabel: '收到補正的日期' },
  'not-corrected': {
    label: '逾期未補正，依現有資料處理', from: ['correcting'], to: 'examining', permission: examine,
    refuse: (state, on) => notYet(state.correctionDueOn, on, '補正期間'),
  },
  agency: {
    label: '認定賠償義務機關', from: ['received', 'examining'], to: null, permission: examine, law: '國家賠償法 §9', hint: '填本府單位、所屬機關或公所的名稱，該單位就看得到這件、可以提供意見。',
    asks: [{ name: 'agency', label: '賠償義務機關', kind: 'line', preset: (state: ClaimState) => state.agency ?? undefined }],
  },
  'ask-superior': {
    label: '請上級機關確定', from: ['received', 'examining'], to: 'superior', permission: examine, law: '國家賠償法 §9 IV', dayLabel: '上級機關收到的日期', hint: '不能確定賠償義務機關，或機關間有爭議。逾二十日不確定，請求權人得逕以該上級機關為賠償義務機關。',
    asks: [{ name: 'superior', label: '上級機關', kind: 'line' }],
    because: '爭議的情形',
  },
  'superior-decided': {
    label: '上級已確定機關', from: ['superior'], to: (_state, values) => (textIn(values, 'result') === 'other' ? 'closed' : 'examining'), outcome: 'transferred', permission: examine, law: '國家賠償法 §9 IV',
    asks: [{ name: 'result', label: '確定的結果', kind: 'choice', options: { ours: '本府或所屬機關', other: '其他機關，移轉過去' } }, { name: 'agency', label: '賠償義務機關', kind: 'line' }],
  },
  'superior-lapsed': {
    label: '上級逾期未確定，以上級機關為義務機關', from: ['superior'], to: 'closed', outcome: 'transferred', permission: examine, law: '國家賠償法 §9 IV 後段', dayLabel: '請求權人表示的日期', hint: '上級機關自被請求之日起逾二十日不確定，請求權人得逕以該上級機關為賠償義務機關；全案移送，並通知請求權人。',
    asks: [{ name: 'agency', label: '上級機關', kind: 'line' }],
    refuse: (state, on) => notYet(state.superiorDueOn, on, '上級確定的二十日'),
  },
  transfer: {
    label: '移轉賠償義務機關', from: ['received', 'examining'], to: 'closed', outcome: 'transferred', permission: decide, law: '行政程序法 §17 I；國家賠償法施行細則 §19', hint: '移送有管轄權的機關，並通知請求權人。',
    asks: [{ name: 'agency', label: '移轉到', kind: 'line' }], because: '為什麼不是本府',
  },
  notify: {
    label: '通知協議期日', from: ['examining', 'negotiating'], to: 'negotiating', permission: negotiate, law: '國家賠償法施行細則 §21、§30、§31', dayLabel: '通知書發出的日期',
    hint: (state) => (state.firstMeetingOn ? `另定期日；開始協議的日子不變${noticeOf(state)?.late ? `，仍是 ${rocDay(state.firstMeetingOn)}（待法制單位確認）` : ''}。` : `第一次期日就是開始協議的日子，要在 ${state.openDueOn ? rocDay(state.openDueOn) : '請求後三十日'} 以前。`),
    asks: [
      { name: 'meetingOn', label: '協議期日', kind: 'day', hint: '例：110/5/3' },
      { name: 'startsAt', label: '時間', kind: 'time', preset: '09:30' },
      { name: 'place', label: '地點', kind: 'line', preset: '本府會議室' },
      { name: 'servedOn', label: '預定送達請求權人的日期', kind: 'day', hint: '第一次期日至遲五日前送達（§21 I）。實際送達了再登錄，以那一天判斷。' },
      { name: 'late', label: '第一次期日在三十日以後，請求權人得先起訴（國家賠償法 §11 I），仍定這一天', kind: 'yes' },
      { name: 'consent', label: '請求權人同意在休息日協議，或有不得已的情形（§30）', kind: 'yes' },
    ],
    refuse: refuseMeeting,
  },
  'notice-served': {
    label: '期日通知已送達', from: ['negotiating'], to: null, permission: negotiate, law: '國家賠償法施行細則 §21 I、§28 II', dayLabel: '送達請求權人的日期', hint: '寄存送達填寄存的日子，經十日才生效。',
    asks: [{ name: 'serviceKind', label: '送達方式', kind: 'choice', preset: '送達', options: { 送達: '送達', 補充送達: '補充送達', 留置送達: '留置送達', 寄存送達: '寄存送達（經十日生效）', 公示送達: '公示送達（經二十日生效）' } }],
    fits: (state) => noticeOf(state) !== null && state.noticeServedOn === null,
  },
  meet: {
    label: '協議紀錄', from: ['negotiating'], to: null, byMeeting: true, permission: negotiate, law: '國家賠償法施行細則 §23', dayLabel: '協議期日', fits: (state) => state.firstMeetingOn !== null,
    asks: [
      { name: 'present', label: '到場的人', kind: 'text', hint: '請求權人或代理人、機關代表、應負責的人、專家；一行一位。' },
      { name: 'claimed', label: '請求的內容與事實理由', kind: 'text' },
      { name: 'opinion', label: '機關的意見', kind: 'text' },
      { name: 'others', label: '其他人的意見與重要事項', kind: 'text', required: false },
      { name: 'result', label: '協議結果', kind: 'choice', options: { again: '另定期日續行', agreed: '達成協議', stopped: '不能合意', absent: '請求權人未到場' } },
    ],
    refuse: (state, on, values) => beforeMeeting(state, on) ?? (values && textIn(values, 'result') === 'absent' ? refuseAbsence(state) : null),
  },
  'ask-approval': {
    label: '報請核定', from: ['negotiating'], to: 'approval', permission: decide, law: '國家賠償法施行細則 §25', dayLabel: '上級機關接到的日期', hint: '認應賠償的金額超過得逕行決定的限度（§24；本縣的限度待法制單位確認）。上級十五日內核定。',
    asks: [{ name: 'amount', label: '擬賠償金額', kind: 'money', min: 1 }, { name: 'superior', label: '核定機關', kind: 'line' }],
  },
  approval: {
    label: '登錄核定結果', from: ['approval'], to: 'negotiating', permission: decide, law: '國家賠償法施行細則 §25 III',
    asks: [{ name: 'result', label: '結果', kind: 'choice', options: { approved: '核定', reduced: '核減', refused: '不予核定' } }, { name: 'amount', label: '核定金額', kind: 'money', required: false }],
  },
  agree: {
    label: '協議成立', from: ['negotiating'], to: 'agreed', permission: decide, law: '國家賠償法 §10 II；施行細則 §27', hint: '作成協議書，十日內送達。協議書得為執行名義。',
    asks: [
      { name: 'amount', label: '賠償金額', kind: 'money', required: false },
      { name: 'restoration', label: '回復原狀的內容', kind: 'text', required: false },
      { name: 'waiver', label: '請求權人拋棄同一原因事實的其他損害賠償請求權（§27 I ⑥）', kind: 'yes' },
    ],
    refuse: (state, on, values) => beforeMeeting(state, on) ?? (values && !numberIn(values, 'amount') && !textIn(values, 'restoration') ? refusal('compensation.nothing', '請填賠償金額，或回復原狀的內容', { field: 'amount' }) : null),
  },
  deliberated: {
    label: '登錄審議委員會決議', from: ['received', 'examining', 'negotiating'], to: null, permission: decide, dayLabel: '開會的日期', hint: '委員會開會的，請用審議會議排定和紀錄，結束時會自動登錄；這裡補登以前的決議。要不要送委員會依本縣的規定，待法制單位確認。',
    asks: [{ name: 'result', label: '決議', kind: 'choice', options: deliberations }, { name: 'opinion', label: '決議的內容', kind: 'text', required: false }],
  },
  refuse: {
    label: '拒絕賠償', from: examined, to: 'closed', outcome: 'refused', permission: decide, law: '國家賠償法施行細則 §19',
    hint: (state) => `不經協議，敘明理由以書面拒絕，並通知有關機關。要在收到請求起三十日內${state.openDueOn ? `（${rocDay(state.openDueOn)}）` : ''}。`,
    asks: [
      { name: 'ground', label: '拒絕的原因', kind: 'choice', options: grounds },
      { name: 'committee', label: '經國家賠償審議委員會決議', kind: 'yes', preset: (state: ClaimState) => (state.deliberated === 'refuse' ? 'yes' : undefined) },
    ],
    because: '拒絕賠償的理由',
  },
  fail: {
    label: '協議不成立', from: ['negotiating'], to: 'closed', outcome: 'failed', permission: decide, law: '國家賠償法 §11 I；施行細則 §26', hint: '請求權人得起訴，也可以請求繼續協議一次；請先問清楚再結案。',
    asks: [{ name: 'why', label: '怎麼不成立', kind: 'choice', options: { lapsed: '開始協議逾六十日', 'no-agreement': '雙方不能合意' } }],
    refuse: (state, on, values) => beforeMeeting(state, on) ?? (values && textIn(values, 'why') === 'lapsed' ? notYet(state.negotiationDueOn, on, '六十日的協議期間') : null),
  },
  continue: {
    label: '繼續協議', from: ['negotiating'], to: null, permission: negotiate, law: '國家賠償法施行細則 §26 II', dayLabel: '請求權人請求的日期', hint: '逾六十日不成立、還沒有申請證明書時，以一次為限。條文沒有定期間，請填雙方同意協議到哪一天。',
    asks: [{ name: 'until', label: '協議到', kind: 'day' }],
    fits: (state) => !state.continued && state.certificateOn === null,
    refuse: (state, on, values) => notYet(state.negotiationDueOn, on, '六十日的協議期間') ?? (values && dayIn(values, 'until')! <= on ? refusal('compensation.until', '要比請求的日期晚', { field: 'until' }) : null),
  },
  certificate: {
    label: '發給協議不成立證明書', from: ['negotiating', 'closed'], to: (state) => (state.stage === 'negotiating' ? 'closed' : null), outcome: 'failed', permission: decide, law: '國家賠償法施行細則 §26 I、§37', dayLabel: '發給的日期', hint: '依請求權人的申請發給；起訴時要附。',
    fits: (state) => state.certificateOn === null && (state.stage === 'negotiating' || state.decision === 'failed'),
    refuse: (state, on) => (state.stage === 'negotiating' ? (beforeMeeting(state, on) ?? notYet(state.negotiationDueOn, on, '六十日的協議期間')) : null),
  },
  'agreement-served': {
    label: '協議書已送達', from: ['agreed'], to: null, permission: negotiate, law: '國家賠償法施行細則 §27 II', dayLabel: '送達的日期', fits: (state) => state.agreementServedOn === null, hint: '協議書核發後才送達；在系統外作成的，請填文號。',
    refuse: afterDecision,
  },
  'payment-asked': {
    label: '收到請款', from: ['agreed', 'closed'], to: null, permission: pay, law: '國家賠償法施行細則 §5', dayLabel: '收到的日期', hint: '三十日內支付賠償金或開始回復原狀。', fits: (state) => state.paymentAskedOn === null && mayBePaid(state),
    refuse: (state, on) => (state.stage === 'agreed' && !state.agreementServedOn ? refusal('compensation.not-served', '協議書還沒有登錄送達') : state.agreementServedOn && on < state.agreementServedOn ? refusal('compensation.order', `日期在協議書送達（${rocDay(state.agreementServedOn)}）以前`, { field: 'on' }) : afterDecision(state, on)),
  },
  paid: {
    label: '已支付或開始回復原狀', from: ['agreed', 'closed'], to: (state) => (state.stage === 'agreed' ? 'closed' : null), outcome: 'agreed', permission: pay, law: '國家賠償法施行細則 §5 II、§6、§36', fits: (state) => state.paidOn === null && mayBePaid(state),
    hint: (state) => `支付後二年內檢討求償（國家賠償法 §8 II）。${state.provisionalTwd ? `先行墊付的 ${state.provisionalTwd.toLocaleString('en')} 元要扣除。` : ''}`,
    asks: [{ name: 'amount', label: '實付金額', kind: 'money', hint: '回復原狀沒有付款的填 0。', preset: (state: ClaimState) => String(Math.max(0, (owedOf(state) ?? 0) - state.provisionalTwd)) }],
    refuse: (state, on, values) => {
      if (!state.paymentAskedOn) return refusal('compensation.not-asked', '還沒有登錄收到請款')
      const owed = owedOf(state) ?? 0
      const given = values ? numberIn(values, 'amount')! + state.provisionalTwd : owed
      return given > owed ? refusal('compensation.too-much', `連同墊付超過應賠償的 ${owed.toLocaleString('en')} 元`, { field: 'amount', law: '國家賠償法施行細則 §36' }) : on < state.paymentAskedOn ? refusal('compensation.order', '日期在收到請款以前', { field: 'on' }) : null
    },
  },
  'provisional-returned': {
    label: '墊付款返還', from: [...open, 'closed'], to: null, permission: pay, law: '國家賠償法施行細則 §36 II', hint: '協議不成立又不請求繼續協議或起訴、敗訴確定，或墊付超過應賠償的總額，請求權人應返還。', fits: (state) => state.provisionalTwd > 0 && state.paidOn === null,
    asks: [{ name: 'amount', label: '返還金額', kind: 'money', min: 1 }],
    refuse: (state, _on, values) => (values && numberIn(values, 'amount')! > state.provisionalTwd ? refusal('compensation.too-much', `墊付的是 ${state.provisionalTwd.toLocaleString('en')} 元`, { field: 'amount' }) : null),
  },
  provisional: {
    label: '依假處分墊付', from: [...open, 'closed'], to: null, permission: pay, law: '國家賠償法 §11 II；施行細則 §35', hint: '法院命暫先支付醫療費或喪葬費，收到裁定應立即墊付；賠償時扣除。', fits: (state) => state.paidOn === null,
    asks: [{ name: 'amount', label: '墊付金額', kind: 'money', min: 1 }],
  },
  'suit-filed': {
    label: '登錄訴訟', from: [...open, 'closed'], to: null, permission: decide, law: '國家賠償法 §11', dayLabel: '收到起訴狀的日期', fits: (state) => state.suitOn === null || state.suitFinal === false,
    asks: [{ name: 'court', label: '法院', kind: 'line' }, { name: 'suitNo', label: '案號', kind: 'line', required: false }, { name: 'amount', label: '訴請金額', kind: 'money', required: false }, { name: 'attached', label: '已依行政訴訟法附帶請求（就同一原因事實不得更行起訴，國家賠償法 §11 I 但書）', kind: 'yes' }],
  },
  'suit-result': {
    label: '登錄訴訟結果', from: [...open, 'closed'], to: null, permission: decide, law: '國家賠償法 §12；施行細則 §41-2', dayLabel: '裁判或和解的日期', fits: (state) => state.suitOn !== null && !state.suitFinal,
    asks: [
      { name: 'result', label: '結果', kind: 'choice', options: suitResults },
      { name: 'amount', label: '判決或和解金額', kind: 'money', required: false },
      { name: 'final', label: '已經確定', kind: 'yes' },
    ],
    refuse: (_state, _on, values) => (values && payable.includes(textIn(values, 'result') ?? '') && !numberIn(values, 'amount') ? refusal('compensation.amount', '請填金額', { field: 'amount' }) : null),
  },
  recourse: {
    label: '求償檢討', from: ['closed'], to: null, permission: 'compensations.recourse', law: '國家賠償法 §2 III、§3 V、§4 II、§8 II；施行細則 §41', fits: (state) => state.paidOn !== null && state.recourse === null,
    hint: '公務員有故意或重大過失，或就損害原因有應負責的人，才得求償；先協商，不成再訴訟。',
    asks: [{ name: 'result', label: '結論', kind: 'choice', options: recourses }, { name: 'amount', label: '求償金額', kind: 'money', required: false }], because: '檢討的理由',
    refuse: (state, on, values) => {
      if (!values) return null
      const result = textIn(values, 'result')
      if (result === 'barred') return notYet(state.recourseDueOn, on, '二年的求償期間', 'result')
      return (result === 'agreed' || result === 'sued') && !numberIn(values, 'amount') ? refusal('compensation.amount', '請填求償金額', { field: 'amount' }) : null
    },
  },
  recovered: {
    label: '收回求償款', from: ['closed'], to: null, permission: 'compensations.recourse', law: '國家賠償法施行細則 §41', fits: (state) => state.recourse === 'agreed' || state.recourse === 'sued',
    asks: [{ name: 'amount', label: '這次收回', kind: 'money', min: 1 }],
  },
  withdraw: { label: '撤回請求', final: true, from: open, to: 'closed', outcome: 'withdrawn', permission: decide, because: '撤回的情形', hint: '代理人撤回要有特別委任（施行細則 §8）。', fits: (state) => state.stage !== 'agreed' },
} as const satisfies Record<string, ClaimStep>
export type StepId = keyof typeof steps

const turns = {
  unconfirmed: '請求權人', received: '本府法制科', correcting: '請求權人', examining: '本府法制科', superior: '上級機關', negotiating: '本府與請求權人', approval: '核定機關', agreed: '本府與請求權人',
} satisfies Partial<Record<keyof typeof stages, string>>

export const procedure: Procedure<ClaimState> = {
  kind: caseKind, noun: 'compensation', title: '國家賠償事件', read: 'compensations.read', stages, outcomes, turns, well: ['agreed'], steps, listPath, path: claimPath, find: findClaimState, carryOut,
}

/** What is owed: by agreement, or by judgement or settlement in court. */
export const owedOf = (state: ClaimState): number | null => (state.decision === 'agreed' ? state.agreedTwd : state.suitTwd)

const mayBePaid = (state: ClaimState): boolean => state.decision === 'agreed' || (state.suitFinal && payable.includes(state.suitResult ?? ''))

function notYet(dueOn: Day | null, on: Day, what: string, field = 'on'): Refusal | null {
  return dueOn === null || on <= dueOn ? refusal('compensation.not-yet', dueOn ? `${what}到 ${rocDay(dueOn)} 為止，過了才可以` : `${what}還沒有起算`, { field }) : null
}

function beforeMeeting(state: ClaimState, on: Day): Refusal | null {
  return state.firstMeetingOn && on < state.firstMeetingOn ? refusal('compensation.before-meeting', `第一次協議期日是 ${rocDay(state.firstMeetingOn)}`, { field: 'on' }) : null
}

function afterDecision(state: ClaimState, on: Day): Refusal | null {
  const since = state.decision === 'agreed' ? state.decidedOn : null
  return since && on < since ? refusal('compensation.order', `日期在協議成立（${rocDay(since)}）以前`, { field: 'on' }) : null
}

/** 施行細則 §21 I: who was told too late, or not at all as far as is known, does not stay away without reason. */
function refuseAbsence(state: ClaimState): Refusal | null {
  const notice = noticeOf(state)
  if (!notice || (notice.servedOn && !notice.late)) return null
  return refusal('compensation.notice-late', notice.late ? `通知 ${rocDay(notice.servedOn!)} 才送達，最晚要在 ${rocDay(notice.latest)}；請另定期日再通知` : '還沒有登錄期日通知的送達', { field: 'result', law: '國家賠償法施行細則 §21 I' })
}

/** 施行細則 §21 I (five clear days before the first meeting), §30 (no rest days without consent). */
function refuseMeeting(state: ClaimState, on: Day, values: StepValues | null): Refusal | null {
  if (!values) return null
  const meetingOn = dayIn(values, 'meetingOn')!
  const servedOn = dayIn(values, 'servedOn')!
  if (meetingOn < on) return refusal('compensation.meeting-past', '協議期日在通知以前', { field: 'meetingOn' })
  if (servedOn < on) return refusal('compensation.order', '送達在發出以前', { field: 'servedOn' })
  if (officeCalendar.isOpen(meetingOn) === false && !isYes(values, 'consent')) return refusal('compensation.rest-day', `${rocDay(meetingOn)} 是休息日，要請求權人同意或有不得已的情形`, { field: 'meetingOn', law: '國家賠償法施行細則 §30' })
  if (!state.firstMeetingOn && state.openDueOn && meetingOn > state.openDueOn && !isYes(values, 'late')) return refusal('compensation.opens-late', `請求後三十日到 ${rocDay(state.openDueOn)} 為止，第一次期日在那以後；請改早，或勾選仍定這一天`, { field: 'meetingOn', law: '國家賠償法 §11 I；施行細則 §21 II' })
  // a first meeting whose notice came too late is told anew, in time again
  if (state.firstMeetingOn && !noticeOf(state)?.late) return null
  const latest = computeDeadline('sc-notice-5d', meetingOn)
  return latest.kind === 'due' && servedOn > latest.day ? refusal('compensation.notice-late', `第一次期日的通知，最晚 ${rocDay(latest.day)} 要送達；請把期日改晚`, { field: 'meetingOn', law: '國家賠償法施行細則 §21 I' }) : null
}
