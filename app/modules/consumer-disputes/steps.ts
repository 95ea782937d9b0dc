import { refusal, type Refusal } from '../../core/errors.ts'
import { dayIn, isYes, numberIn, type Procedure, type Step, type StepValues, textIn } from '../../core/procedure/step.ts'
import { type Day, rocDay } from '../../core/time.ts'
import { carryOut, lastDue } from './carry-out.ts'
import { type DisputeState, findDisputeState } from './dispute.ts'
import { disputePath, listPath } from './paths.ts'
import { absences, caseKind, consents, grounds, handChannels, isSmall, jurisdictions, outcomes, sides, smallLimitTwd, stages, suits } from './schema.ts'

type DisputeStep = Step<DisputeState>
const handle = 'consumer-disputes.handle'
const mediate = 'consumer-disputes.mediate'
const open = ['received', 'business', 'answered', 'second', 'unsettled', 'applied', 'correcting', 'mediating', 'plan', 'small-plan', 'second-meeting'] as const
const serviceKinds = { 送達: '送達', 補充送達: '補充送達', 留置送達: '留置送達', 寄存送達: '寄存送達（經十日生效）', 公示送達: '公示送達（經二十日生效）' }
const served = { ...serviceKinds, 公示送達: '公示送達（小額方案不適用）' }
const suit = { name: 'suit', label: '訴訟繫屬中', kind: 'choice', options: suits, preset: (state: DisputeState) => state.suitBy ?? 'none', required: false, hint: '民事事件已繫屬法院的，調解經核定就訴訟終結（調解辦法 §31）。' } as const
const limit = smallLimitTwd.toLocaleString('en')

/** The one table of what may happen to a dispute (rules.md §2.4, §3.3). */
export const steps = {
  'to-business': { label: '轉請業者處理', from: ['received'], to: 'business', permission: handle, law: '消費者保護法 §43 I、II；施行細則 §36', dayLabel: '業者接獲申訴的日期', hint: '業者要在接獲之日起十五日內妥適處理。', fits: (state) => state.firstResult === null },
  answered: {
    label: '業者已處理或回復', from: ['business'], to: (_state, values) => (textIn(values, 'result') === 'handled' ? 'closed' : 'answered'), outcome: 'handled', permission: handle, law: '消費者保護法 §43 II', dayLabel: '業者回復的日期',
    asks: [{ name: 'result', label: '消費者認為', kind: 'choice', options: { handled: '獲得妥適處理', 'not-handled': '沒有獲得妥適處理' } }, { name: 'answer', label: '業者的處理', kind: 'text' }],
  },
  'no-answer': { label: '業者逾期未處理', from: ['business'], to: 'answered', permission: handle, law: '消費者保護法 §43 III', hint: '消費者可以向消保官申訴，或申請調解。', refuse: (state, on) => notYet(state.businessDueOn, on, '業者處理的十五日') },
  second: {
    label: '第二次申訴', from: ['received', 'answered'], to: 'second', permission: handle, law: '消費者保護法 §43 III', dayLabel: '向消保官申訴的日期', fits: (state) => state.secondOn === null,
    refuse: (state) => (state.firstOn ? null : refusal('dispute.no-complaint', '還沒有第一次申訴的紀錄；先轉請業者處理，或補登先前申訴的日期', { law: '消費者保護法 §43 III' })),
  },
  negotiated: {
    label: '消保官協商結果', from: ['second'], to: (_state, values) => (textIn(values, 'result') === 'handled' ? 'closed' : 'unsettled'), outcome: 'handled', permission: handle, law: '消費者保護法 §43 III',
    asks: [{ name: 'result', label: '結果', kind: 'choice', options: { handled: '妥適處理', 'not-handled': '未獲妥適處理' } }, { name: 'how', label: '協商的內容', kind: 'text' }],
  },
  apply: {
    label: '申請調解', from: ['received', 'answered', 'unsettled'], to: 'applied', permission: handle, law: '消費者保護法 §44；消費爭議調解辦法 §3', dayLabel: '收到調解申請書的日期', hint: '申請調解以前要申訴過（調解辦法 §5 I ③）；沒有申訴的也可以先收件，再決定受理與否。',
  },
  end: { label: '申訴結案', from: ['answered', 'unsettled'], to: 'closed', outcome: 'ended', permission: handle, because: '消費者不再進行的情形' },
  'ask-correction': {
    label: '通知補正', from: ['applied'], to: 'correcting', permission: mediate, law: '消費爭議調解辦法 §4', dayLabel: '通知送達的日期', hint: '未成年人要由法定代理人代為調解行為（§2 II）；代理人要有委任書（§2 III）。',
    asks: [{ name: 'days', label: '補正期間', kind: 'number', preset: '14', suffix: '日', min: 1, max: 90 }, { name: 'asked', label: '要補正的事項', kind: 'text', hint: '消費者查進度時看得到。' }],
  },
  corrected: { label: '補正完成', from: ['correcting'], to: 'applied', permission: mediate, dayLabel: '收到補正的日期' },
  accept: {
    label: '受理調解', from: ['applied'], to: 'mediating', permission: mediate, law: '消費爭議調解辦法 §6、§7', dayLabel: '受理的日期', hint: '三十日內開調解會議。申請書繕本一併送達業者。',
    asks: [{ name: 'jurisdiction', label: '本縣的管轄', kind: 'choice', options: jurisdictions }],
    refuse: (state) => (state.firstOn || state.secondOn ? null : refusal('dispute.no-complaint', '沒有申訴過，應不予受理；有申訴的話，請先補登申訴日期', { law: '消費爭議調解辦法 §5 I ③' })),
  },
  'not-accept': {
    label: '不予受理', from: ['applied', 'correcting'], to: 'closed', outcome: 'not-accepted', permission: mediate, law: '消費爭議調解辦法 §5 I', asks: [{ name: 'ground', label: '事由', kind: 'choice', options: grounds }], because: '理由',
    refuse: (state, on, values) => {
      if (!values) return null
      const ground = textIn(values, 'ground')
      if (state.stage === 'correcting' && ground === 'uncorrected') return notYet(state.correctionDueOn, on, '補正期間')
      if (ground === 'uncorrected') return refusal('dispute.not-asked', '還沒有通知補正', { field: 'ground', law: '消費爭議調解辦法 §5 I ①' })
      return ground === 'no-complaint' && (state.firstOn || state.secondOn) ? refusal('dispute.complained', '這件已經申訴過', { field: 'ground' }) : null
    },
  },
  transfer: { label: '移轉其他縣市', from: ['received', 'answered', 'unsettled', 'applied'], to: 'closed', outcome: 'transferred', permission: handle, law: '消費爭議調解辦法 §6；行政程序法 §17 I', hint: '雙方都不在本縣、消費關係也不在本縣發生的，移給業者或消費者所在的縣市。', asks: [{ name: 'agency', label: '移轉到', kind: 'line' }], because: '為什麼不是本縣' },
  notify: {
    label: '通知調解期日', from: ['mediating', 'second-meeting'], to: null, permission: mediate, law: '消費爭議調解辦法 §7、§8、§22 III', dayLabel: '通知的日期',
    hint: (state) => (state.stage === 'second-meeting' ? '通知要記載：另定的期日、異議的要旨、異議人無正當理由不到場視為依方案成立調解（§22 III）。' : `調解會議最晚 ${state.meetingDueOn ? rocDay(state.meetingDueOn) : '受理後三十日'}。`),
    asks: [
      { name: 'meetingOn', label: '調解期日', kind: 'day', hint: '已經排進調解會議的，帶入會議的日期、時間、地點。', preset: (state: DisputeState) => (state.planned ? rocDay(state.planned.on) : undefined) },
      { name: 'startsAt', label: '時間', kind: 'time', preset: (state: DisputeState) => state.planned?.startsAt ?? '09:30' }, { name: 'place', label: '地點', kind: 'line', preset: (state: DisputeState) => state.planned?.place ?? '縣府調解室' },
      { name: 'how', label: '怎麼進行', kind: 'choice', preset: 'committee', options: { committee: '調解委員會', 'single-committee': '委員會同意，指定委員逕行調解（§8 II ①）', 'single-parties': '雙方同意，指定委員逕行調解（§8 II ②）' } },
    ],
    refuse: (state, on, values) => {
      if (!values) return null
      const meetingOn = dayIn(values, 'meetingOn')!
      if (meetingOn < on) return refusal('dispute.meeting-past', '期日在通知以前', { field: 'meetingOn' })
      const due = state.stage === 'second-meeting' ? state.dueOn : state.meetingOn ? null : state.meetingDueOn
      return due && meetingOn > due ? refusal('dispute.meeting-late', `最晚要在 ${rocDay(due)} 開會`, { field: 'meetingOn', law: state.stage === 'second-meeting' ? '消費爭議調解辦法 §22 II' : '消費爭議調解辦法 §7 II' }) : null
    },
  },
  postpone: {
    label: '依申請延期', from: ['mediating'], to: null, permission: mediate, law: '消費爭議調解辦法 §7 II 但書', dayLabel: '當事人申請的日期', fits: (state) => !state.postponed && state.meetingOn === null, asks: [{ name: 'days', label: '延長', kind: 'number', preset: '10', suffix: '日', min: 1, max: 10 }], because: '申請的當事人與事由',
  },
  meet: {
    label: '登錄調解期日', from: ['mediating', 'second-meeting'], to: null, permission: mediate, law: '消費爭議調解辦法 §8–§10、§16、§20', dayLabel: '調解期日', hint: '委員會開會的，請用調解會議排定和紀錄，結束時會自動登錄；這裡給指定委員逕行調解的（§8 II），或補登以前的期日。',
    asks: [
      { name: 'members', label: '全體委員', kind: 'number', suffix: '人', min: 1, max: 21 }, { name: 'present', label: '出席委員', kind: 'number', suffix: '人', min: 1, max: 21 },
      { name: 'single', label: '由指定委員逕行調解（§8 II）', kind: 'yes' },
      { name: 'who', label: '出席委員與到場的人', kind: 'text', hint: '委員、當事人、代理人、輔佐人、協同調解人；迴避的委員也記下來（§10）。' },
      { name: 'absent', label: '誰沒有到場', kind: 'choice', options: absences },
      { name: 'excused', label: '沒到場的有正當理由', kind: 'yes' },
      { name: 'minutes', label: '調解筆錄', kind: 'text' },
    ],
    refuse: (state, on, values) => {
      if (state.acceptedOn && on < state.acceptedOn) return refusal('dispute.order', '日期在受理以前', { field: 'on' })
      if (!values || isYes(values, 'single')) return null
      const [members, present] = [numberIn(values, 'members')!, numberIn(values, 'present')!]
      if (members < 7) return refusal('dispute.members', '調解委員會有委員七至二十一人', { field: 'members', law: '消費者保護法 §45 I' })
      if (present > members) return refusal('dispute.members', '出席的比全體多', { field: 'present' })
      return present * 3 < members ? refusal('dispute.quorum', `委員合計三分之一以上出席才能開會，至少 ${Math.ceil(members / 3)} 人`, { field: 'present', law: '消費爭議調解辦法 §8 I' }) : null
    },
  },
  settle: {
    label: '調解成立', from: ['mediating', 'second-meeting'], to: 'settled', permission: mediate, law: '消費者保護法 §46；消費爭議調解辦法 §26、§28', hint: '作成調解書，十日內送法院審核。', asks: [{ name: 'terms', label: '成立的內容', kind: 'text', preset: (state: DisputeState) => decidedText(state, 'agreed') }, { name: 'amount', label: '給付金額', kind: 'money', required: false }],
    refuse: (state, on) => met(state, on),
  },
  plan: {
    label: '依職權提解決方案', from: ['mediating'], to: 'plan', permission: mediate, law: '消費者保護法 §45-2；消費爭議調解辦法 §16', hint: '雙方不能合意但已甚接近；參與調解的委員過半數同意。方案要載明十日異議期間與效果。',
    asks: [{ name: 'terms', label: '方案的內容', kind: 'text', preset: (state: DisputeState) => decidedText(state, 'plan') }, { name: 'amount', label: '金額', kind: 'money', required: false }, { name: 'present', label: '參與調解的委員', kind: 'number', suffix: '人', min: 1, preset: (state: DisputeState) => state.lastPresent?.toString() }, { name: 'agreed', label: '簽名同意', kind: 'number', suffix: '人', min: 1 }],
    refuse: (state, on, values) => met(state, on) ?? majority(values, '參與調解委員過半數', '消費者保護法 §45-2 II'),
  },
  'small-plan': {
    label: '小額事件提方案', from: ['mediating'], to: 'small-plan', permission: mediate, law: '消費者保護法 §45-4；消費爭議調解辦法 §20', fits: (state) => isSmall(state.disputedTwd),
    hint: `爭議金額在 ${limit} 元以下（額度待法制單位確認），一方無正當理由不到場；全體調解委員過半數同意。`,
    asks: [
      { name: 'by', label: '怎麼提出', kind: 'choice', options: { party: '到場當事人請求', office: '調解委員依職權' } }, { name: 'terms', label: '方案的內容', kind: 'text', preset: (state: DisputeState) => decidedText(state, 'plan') }, { name: 'amount', label: '金額', kind: 'money', required: false },
      { name: 'present', label: '全體調解委員', kind: 'number', suffix: '人', min: 1, preset: (state: DisputeState) => state.lastMembers?.toString() }, { name: 'agreed', label: '簽名同意', kind: 'number', suffix: '人', min: 1 },
    ],
    refuse: (state, on, values) => met(state, on) ?? (state.lastAbsent === 'consumer' || state.lastAbsent === 'business' ? (state.lastExcused ? refusal('dispute.excused', '沒到場的有正當理由，不能提小額方案', { law: '消費者保護法 §45-4 I' }) : null)
      : refusal('dispute.all-there', '要一方無正當理由不到場，才提小額方案', { law: '消費者保護法 §45-4 I' })) ?? majority(values, '全體調解委員過半數', '消費者保護法 §45-4 II'),
  },
  'plan-served': {
    label: '方案送達', from: ['plan', 'small-plan'], to: null, permission: mediate, law: '消費者保護法 §45-2 I、§45-4 III；消費爭議調解辦法 §29', dayLabel: '送達的日期', hint: '寄存送達填寄存的日子。雙方各自從自己收到起算十日。',
    asks: [{ name: 'side', label: '送達誰', kind: 'choice', options: sides }, { name: 'serviceKind', label: '送達方式', kind: 'choice', preset: '送達', options: served }],
    fits: (state) => state.consumerDueOn === null || state.businessDueOnObjection === null,
    refuse: (state, on, values) => {
      if (state.planOn && on < state.planOn) return refusal('dispute.order', '日期在提出方案以前', { field: 'on' })
      if (!values) return null
      if (textIn(values, 'side') === 'consumer' ? state.consumerDueOn : state.businessDueOnObjection) return refusal('dispute.served', '這一方已經登錄送達', { field: 'side' })
      return state.plan === 'small' && textIn(values, 'serviceKind') === '公示送達' ? refusal('dispute.public-service', '小額方案不能公示送達', { field: 'serviceKind', law: '消費者保護法 §45-4 III' }) : null
    },
  },
  objection: {
    label: '收到異議', from: ['plan', 'small-plan'], to: (state) => (state.plan === 'small' ? 'second-meeting' : 'closed'), outcome: 'failed', permission: mediate, law: '消費者保護法 §45-3、§45-5；消費爭議調解辦法 §16 II', dayLabel: '提出異議的日期',
    hint: (state) => `掛號郵寄以郵戳為準；當面以言詞提出的要在紀錄上簽名。${state.plan === 'small' ? '異議後二十日內另定期日。' : '異議視為調解不成立，通知他方。'}`,
    asks: [{ name: 'side', label: '誰提出', kind: 'choice', options: sides }, { name: 'gist', label: '異議的要旨', kind: 'text' }],
    refuse: (state, on, values) => {
      if (!values) return null
      const due = textIn(values, 'side') === 'consumer' ? state.consumerDueOn : state.businessDueOnObjection
      return due && on > due ? refusal('dispute.objection-late', `異議要在 ${rocDay(due)} 以前，是不變期間；已經過了`, { field: 'on', law: '消費者保護法 §45-3 I、§45-5 I' }) : null
    },
  },
  'no-objection': {
    label: '期滿無異議，視為成立', from: ['plan', 'small-plan'], to: 'settled', permission: mediate, law: '消費者保護法 §45-3 II、§45-5 I；消費爭議調解辦法 §17、§21、§26 II', hint: '調解書不必當事人簽名，但要記載期滿未異議的事由。成立之日為期滿之日（待法制單位確認）。',
    refuse: (state, on) => (lastDue(state) ? notYet(lastDue(state), on, '異議期間') : refusal('dispute.not-served', '方案還沒有送達雙方')),
  },
  'objector-absent': {
    label: '異議人未到場，視為成立', from: ['second-meeting'], to: 'settled', permission: mediate, law: '消費者保護法 §45-5 II；消費爭議調解辦法 §22 IV', dayLabel: '另定的調解期日',
    refuse: (state) => (!state.metAgain ? refusal('dispute.not-met', '還沒有登錄另定的調解期日') : objectorAway(state) ? null : refusal('dispute.objector-there', '提出異議的一方有到場，或有正當理由')),
  },
  fail: {
    label: '調解不成立', from: ['mediating', 'second-meeting'], to: 'closed', outcome: 'failed', permission: mediate, law: '消費爭議調解辦法 §19', asks: [{ name: 'how', label: '怎麼不成立', kind: 'choice', options: { 'no-agreement': '雙方不能合意', absent: '無正當理由不到場，視為不成立' } }],
    refuse: (state, on, values) => met(state, on) ?? (state.stage === 'second-meeting' && objectorAway(state) ? refusal('dispute.bound', '提出異議的一方無正當理由不到場，依法視為依方案成立，不是不成立', { law: '消費者保護法 §45-5 II' })
      : values && oneAway(state) ? refuseSmall(values) : values && textIn(values, 'how') === 'absent' && (state.lastAbsent === 'none' || state.lastExcused) ? refusal('dispute.all-there', '最近一次期日沒有人無正當理由不到場', { field: 'how', law: '消費爭議調解辦法 §19' }) : null),
  },
  'to-court': { label: '調解書送法院', from: ['settled'], to: 'court', permission: mediate, law: '消費爭議調解辦法 §28 I', dayLabel: '送出的日期' },
  'court-result': { label: '法院核定結果', from: ['court'], to: 'closed', outcome: (_state, values) => (textIn(values, 'result') === 'approved' ? 'settled' : 'not-approved'), permission: mediate, law: '消費爭議調解辦法 §28 II、§30', dayLabel: '收到法院發還的日期', asks: [{ name: 'result', label: '結果', kind: 'choice', options: { approved: '核定', 'not-approved': '不予核定' } }, suit] },
  'approved-served': {
    label: '核定調解書送達', from: ['closed'], to: null, permission: mediate, law: '消費爭議調解辦法 §28 II、§31、§32；鄉鎮市調解條例 §28 I', dayLabel: '送達的日期',
    hint: '寄存送達填寄存的日子。雙方各自從自己收到起算三十日；有訴訟繫屬的，原告收到後三個月內可以聲請退還裁判費三分之二。',
    asks: [{ name: 'side', label: '送達誰', kind: 'choice', options: sides }, { name: 'serviceKind', label: '送達方式', kind: 'choice', preset: '送達', options: serviceKinds }, suit],
    fits: (state) => state.courtResult === 'approved' && state.approvedServedOn === null,
    refuse: (state, on, values) => {
      if (state.courtOn && on < state.courtOn) return refusal('dispute.order', '日期在收到法院發還以前', { field: 'on' })
      return values && (textIn(values, 'side') === 'consumer' ? state.consumerApprovedOn : state.businessApprovedOn) ? refusal('dispute.served', '這一方已經登錄送達', { field: 'side' }) : null
    },
  },
  'certificate-asked': { label: '收到證明書申請', from: ['closed'], to: null, permission: mediate, law: '消費爭議調解辦法 §27', dayLabel: '申請的日期', fits: (state) => state.outcome === 'failed' && state.certificateAskedOn === null },
  certificate: { label: '發給調解不成立證明書', from: ['closed'], to: null, permission: mediate, law: '消費爭議調解辦法 §27', dayLabel: '發給的日期', fits: (state) => state.certificateAskedOn !== null && state.certificateOn === null },
  again: {
    label: '重行調解', from: ['closed'], to: null, permission: 'consumer-disputes.register', law: '消費爭議調解辦法 §5 I ⑥、II', dayLabel: '收到重行調解申請的日期', hint: '相對人同意才能重行調解，以一次為限。登錄後另立一件，帶入雙方和先前的申訴，從審查調解申請開始。',
    asks: [
      { name: 'consentOn', label: '相對人同意的日期', kind: 'day' }, { name: 'consent', label: '怎麼同意的', kind: 'choice', options: consents },
      { name: 'channel', label: '申請怎麼收到的', kind: 'choice', preset: 'counter', options: handChannels },
    ],
    fits: (state) => state.outcome === 'failed' && state.againOf === null && !state.steps.includes('again'),
    refuse: (state, on, values) => {
      if (state.resultOn && on < state.resultOn) return refusal('dispute.order', `日期在調解不成立（${rocDay(state.resultOn)}）以前`, { field: 'on' })
      const consentOn = values && dayIn(values, 'consentOn')
      if (!consentOn) return null
      if (state.resultOn && consentOn < state.resultOn) return refusal('dispute.order', `日期在調解不成立（${rocDay(state.resultOn)}）以前`, { field: 'consentOn' })
      return consentOn > on ? refusal('dispute.order', '同意在申請以後；請填相對人同意後的申請日', { field: 'consentOn' }) : null
    },
  },
  withdraw: { label: '撤回', final: true, from: open, to: 'closed', outcome: 'withdrawn', permission: handle, because: '撤回的情形' },
} as const satisfies Record<string, DisputeStep>
export type StepId = keyof typeof steps

const turns = {
  unconfirmed: '消費者', received: '消保官', business: '企業經營者', answered: '消費者', second: '消保官', unsettled: '消費者', applied: '消保官', correcting: '消費者', mediating: '消保官與雙方', plan: '雙方（異議期間）', 'small-plan': '雙方（異議期間）', 'second-meeting': '消保官與雙方',
  settled: '消保官', court: '法院',
} satisfies Partial<Record<keyof typeof stages, string>>

export const procedure: Procedure<DisputeState> = {
  kind: caseKind, noun: 'consumer-dispute', title: '消費爭議', read: 'consumer-disputes.read', stages, outcomes, turns, well: ['handled', 'settled'], steps, listPath, path: disputePath, find: findDisputeState, carryOut,
}

function notYet(dueOn: Day | null, on: Day, what: string): Refusal | null {
  return dueOn === null || on <= dueOn ? refusal('dispute.not-yet', dueOn ? `${what}到 ${rocDay(dueOn)} 為止，過了才可以` : `${what}還沒有起算`, { field: 'on' }) : null
}

/** 消費爭議調解辦法 §19: in a small case, one side's absence without good reason does not let the mediation fail by itself. */
export const oneAway = ({ disputedTwd, lastAbsent, lastExcused }: Pick<DisputeState, 'disputedTwd' | 'lastAbsent' | 'lastExcused'>): boolean => isSmall(disputedTwd) && !lastExcused && (lastAbsent === 'consumer' || lastAbsent === 'business')

/** It fails only where the mediators saw no plan that they would propose (消保法 §45-4 I 「得審酌情形」), and say so. */
function refuseSmall(values: StepValues): Refusal | null {
  const law = '消費爭議調解辦法 §19、§20；消費者保護法 §45-4 I'
  if (textIn(values, 'how') === 'absent') return refusal('dispute.small-absent', '小額事件一方無正當理由不到場，不視為不成立；請提小額方案，或另定期日。審酌後不提方案的，選「雙方不能合意」並寫下理由', { field: 'how', law })
  return values.note ? null : refusal('dispute.small-why', '小額事件一方無正當理由不到場，要結為不成立，請寫下審酌後不提方案的理由', { field: 'note', law })
}

/** What the latest meeting of the committee wrote, where it came to that. */
const decidedText = ({ decided }: DisputeState, decision: string): string | undefined => (decided?.decision === decision ? decided.text : undefined)

/** What a meeting leads to comes after one that was held. */
function met(state: DisputeState, on: Day): Refusal | null {
  if (!(state.stage === 'second-meeting' ? state.metAgain : state.meetingOn)) return refusal('dispute.not-met', '還沒有登錄調解期日')
  return state.meetingOn && on < state.meetingOn ? refusal('dispute.order', '日期在調解期日以前', { field: 'on' }) : null
}

function majority(values: StepValues | null, of: string, law: string): Refusal | null {
  if (!values) return null
  const [all, agreed] = [numberIn(values, 'present')!, numberIn(values, 'agreed')!]
  return agreed > all ? refusal('dispute.members', '同意的比委員多', { field: 'agreed' }) : agreed * 2 <= all ? refusal('dispute.majority', `要${of}同意，至少 ${Math.floor(all / 2) + 1} 人`, { field: 'agreed', law }) : null
}

/** 消費者保護法 §45-5 II: who objected and stays away without good reason is bound by the plan. */
const objectorAway = (state: DisputeState): boolean => state.metAgain && !state.lastExcused && (state.lastAbsent === 'both' || state.lastAbsent === state.objector)
