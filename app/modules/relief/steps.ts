import { assignLead } from '../../core/cases/assign.ts'
import type { ActContext } from '../../core/act.ts'
import type { Tx } from '../../core/db.ts'
import { refusal, type Refusal } from '../../core/errors.ts'
import { evidenceAct, type Evidence } from '../../core/procedure/evidence.tsx'
import { numberIn, type Procedure, type Step, type StepValues, textIn } from '../../core/procedure/step.ts'
import { dayOf, monthOf, rocDay, rocMonth } from '../../core/time.ts'
import { findItemState, type ItemState, waiting } from './item.ts'
import { itemPath, listPath } from './paths.ts'
import { evidenceKinds, itemKind, outcomes, stages, turns } from './schema.ts'
import './tables.ts'

const report = 'relief.report'
const manage = 'relief.manage'
const open = ['running', 'concurring'] as const

/** Joint units that may still agree through whoever looks. */
const mine = (state: ItemState) => Object.fromEntries(state.joint.filter((one) => one.mine && one.agreedOn === null).map(({ unitId, name }) => [String(unitId), name]))
const unit = { name: 'unit', label: '哪個單位', kind: 'choice', options: mine, preset: (state: ItemState) => (Object.keys(mine(state)).length === 1 ? Object.keys(mine(state))[0] : undefined) } as const
const refuseForeign = (state: ItemState): Refusal | null => (Object.keys(mine(state)).length ? null : refusal('relief.not-waiting', '您的單位已經同意，或不是協辦單位'))
const refuseWithoutEvidence = (state: ItemState): Refusal | null => (state.evidence > 0 ? null : refusal('relief.no-evidence', '還沒有佐證，請先附上檔案或公文文號'))

/** Whether somebody who looks may still answer for a joint unit. */
const mayAnswer = (state: ItemState): boolean => Object.keys(mine(state)).length > 0

/** What a joint unit found missing is answered, by evidence, by a month or in words, before it is asked again. */
function refuseUnchanged(state: ItemState, values: StepValues | null): Refusal | null {
  if (!state.objected || !values || values.note) return null
  const since = state.steps.slice(state.steps.lastIndexOf('object'))
  return since.some((step) => step === 'evidence' || step === 'report') ? null : refusal('relief.unchanged', '協辦單位的意見還沒有補正：先補佐證或填報，或在備註寫下怎麼處理', { field: 'note' })
}

/** Done needs evidence, the consent of every joint unit, and all of it or what the rest is. */
export function refuseFinish(state: ItemState, _on: string, values: StepValues | null): Refusal | null {
  const no = refuseWithoutEvidence(state)
  if (no) return no
  const missing = waiting(state.joint)
  if (missing.length) return refusal('relief.not-agreed', `還要等${missing.join('、')}同意${state.stage === 'running' ? '，請先送協辦單位' : ''}`)
  return values && state.progress < 100 && !textIn(values, 'rest') ? refusal('relief.not-all', `填報的累計進度是 ${state.progress}%：先填報到 100%，或寫下其餘為什麼不再辦`, { field: 'rest' }) : null
}

/** The one table of what may happen to a work item. No statute sets it: it is the working group's own rule (待工作小組確認). */
export const steps = {
  report: {
    label: '填報每月辦理情形', from: ['running'], to: null, permission: report, dayLabel: '統計到哪一天', hint: '填這一天所在月份的數字，不是累計；同一個月再填一次，就以後填的為準。支出、減收、緩收是三種不同的錢，分開填。',
    asks: [
      { name: 'progress', label: '到這個月底的累計進度', kind: 'number', max: 100, suffix: '%', preset: (state: ItemState) => String(Math.floor(state.progress)) },
      { name: 'source', label: '這個月數字的依據', kind: 'line', max: 100, hint: '例如核定清冊、公文文號；檔案另外用「附上佐證」放進來。' },
      { name: 'applications', label: '本月申請件數', kind: 'number', required: false },
      { name: 'approved', label: '本月核定件數', kind: 'number', required: false },
      { name: 'spent', label: '本月支出', kind: 'money', required: false, hint: '補助、獎勵、津貼等實際支付的錢。' },
      { name: 'forgone', label: '本月減收', kind: 'money', required: false, hint: '減免而不再收的錢。' },
      { name: 'deferred', label: '本月緩收', kind: 'money', required: false, hint: '延期，以後仍要收的錢。' },
    ],
    refuse: (state, on, values) => (values && monthOf(on) < monthOf(state.startOn) ? refusal('relief.before-start', `${rocMonth(monthOf(on))}在開始日期（${rocDay(state.startOn)}）以前`, { field: 'on' }) : null),
  },
  'ask-concurrence': { label: '送協辦單位同意', from: ['running'], to: 'concurring', permission: report, hint: '協辦單位都同意以後，才能登錄完成。', fits: (state) => state.joint.length > 0, refuse: (state, _on, values) => refuseWithoutEvidence(state) ?? refuseUnchanged(state, values) },
  concur: { label: '同意完成', from: ['concurring'], to: null, permission: 'relief.concur', jointly: true, asks: [unit], fits: mayAnswer, refuse: refuseForeign },
  object: { label: '不同意，退回主辦', from: ['concurring'], to: 'running', permission: 'relief.concur', jointly: true, asks: [unit], because: '還缺什麼', fits: mayAnswer, refuse: refuseForeign },
  finish: { label: '登錄完成', from: open, to: 'closed', outcome: 'done', permission: report, dayLabel: '完成日期', asks: [{ name: 'rest', label: '沒有做完的部分', kind: 'text', max: 1000, required: false, hint: '累計進度不到 100%，寫下其餘為什麼不再辦。', fits: (state: ItemState) => state.progress < 100 }], refuse: refuseFinish },
  recall: { label: '收回，繼續辦理', from: ['concurring'], to: 'running', permission: report, hint: '收回後，已經同意的單位要再同意一次。' },
  stop: { label: '停辦', from: open, to: 'closed', outcome: 'stopped', permission: manage, because: '停辦的理由' },
  reopen: { label: '恢復辦理', from: ['closed'], to: 'running', permission: manage, because: '恢復的理由' },
} as const satisfies Record<string, Step<ItemState>>

/** Work may have begun before the item was listed, or be listed ahead. */
function begins({ startOn, receivedAt }: ItemState) {
  const listedOn = dayOf(receivedAt!)
  return startOn < listedOn ? { on: startOn, called: '開始日期' } : { on: listedOn, called: '列入方案' }
}

export type StepId = keyof typeof steps

export const procedure: Procedure<ItemState> = { kind: itemKind, noun: 'relief', title: '紓困振興', read: 'relief.read', stages, outcomes, turns, well: ['done'], steps, begins, listPath, path: itemPath, find: findItemState, carryOut }

export const evidence: Evidence<ItemState> = {
  permission: report, kinds: evidenceKinds, hint: '申請人的個人資料請先遮去：佐證是給工作小組和協辦單位看的。',
  refuse: (state) => (state.stage === 'running' ? null : refusal('relief.not-running', state.stage === 'concurring' ? '已送協辦單位同意；要再補佐證，請先收回' : '已經結束，要再補佐證請先恢復辦理')),
}
export const addEvidence = evidenceAct(procedure, evidence)

async function carryOut(tx: Tx, ctx: ActContext, id: string, state: ItemState, values: StepValues): Promise<Refusal | null> {
  switch (id as StepId) {
    case 'report':
      return saveMonth(tx, state, values)
    case 'concur':
      await tx.insertInto('relief_concurrences').values({ case_id: state.id, unit_id: Number(textIn(values, 'unit')), agreed_on: values.on, person_id: ctx.person?.id ?? null }).execute()
      return null
    case 'ask-concurrence': case 'object': case 'recall':
      await tx.deleteFrom('relief_concurrences').where('case_id', '=', state.id).execute()
      return null
    case 'finish':
      await tx.updateTable('relief_items').set({ finished_on: values.on }).where('id', '=', state.id).execute()
      return null
    case 'reopen':
      await tx.deleteFrom('relief_concurrences').where('case_id', '=', state.id).execute()
      await tx.updateTable('relief_items').set({ finished_on: null }).where('id', '=', state.id).execute()
      await tx.updateTable('cases').set({ closed_at: null, outcome: null }).where('id', '=', state.id).execute()
      await tx.updateTable('assignments').set({ until_at: null, ended_as: null }).where('case_id', '=', state.id).where('role', '=', 'joint').where('ended_as', '=', 'closed').execute()
      await assignLead(tx, { caseId: state.id, unitId: state.unitId, officerId: state.officerId, at: ctx.now, endedAs: 'reassigned' })
      return null
    case 'stop':
      return null
  }
}

async function saveMonth(tx: Tx, state: ItemState, values: StepValues): Promise<Refusal | null> {
  const month = monthOf(values.on)
  const progress = numberIn(values, 'progress')!
  const others = await tx.selectFrom('relief_months').select(['month', 'progress', 'applications', 'approved']).where('case_id', '=', state.id).where('month', '<>', month).orderBy('month').execute()
  const before = others.findLast((each) => each.month < month)
  const after = others.find((each) => each.month > month)
  if (before && progress < Number(before.progress)) return refusal('relief.less', `累計進度比${rocMonth(before.month)}的 ${Number(before.progress)}% 少`, { field: 'progress' })
  if (after && progress > Number(after.progress)) return refusal('relief.more', `累計進度比${rocMonth(after.month)}的 ${Number(after.progress)}% 多`, { field: 'progress' })
  const sum = (of: 'applications' | 'approved') => others.reduce((total, each) => total + each[of], numberIn(values, of) ?? 0)
  if (sum('approved') > sum('applications') && !values.note) return refusal('relief.approved', `累計核定 ${sum('approved').toLocaleString('en')} 件，比累計申請 ${sum('applications').toLocaleString('en')} 件多；數字沒有錯的話，請在備註說明`, { field: 'note' })
  const row = {
    source: textIn(values, 'source'), progress, applications: numberIn(values, 'applications') ?? 0, approved: numberIn(values, 'approved') ?? 0,
    spent_twd: numberIn(values, 'spent') ?? 0, forgone_twd: numberIn(values, 'forgone') ?? 0, deferred_twd: numberIn(values, 'deferred') ?? 0,
  }
  await tx.insertInto('relief_months').values({ case_id: state.id, month, ...row }).onConflict((conflict) => conflict.columns(['case_id', 'month']).doUpdateSet(row)).execute()
  return null
}
