import type { ActContext } from '../../core/act.ts'
import { assignLead } from '../../core/cases/assign.ts'
import type { Tx } from '../../core/db.ts'
import { refusal, type Refusal } from '../../core/errors.ts'
import { dayIn, type Procedure, type Step, type StepValues, textIn } from '../../core/procedure/step.ts'
import { addDays, dayOf, rocDay } from '../../core/time.ts'
import { listPath, suggestionPath } from './paths.ts'
import { caseKind, outcomes, stages, turns } from './schema.ts'
import { findSuggestionState, type SuggestionState } from './suggestion.ts'
import './tables.ts'

/** Days that a unit usually has for its reply; no rule says how many (待綜合規劃單位確認). */
export const replyDays = 30

const assignAsks = [
  { name: 'unit', label: '主辦單位', kind: 'line', hint: '單位的名稱或代碼，例如 工務處。', preset: (state: SuggestionState) => state.unit ?? undefined },
  { name: 'due', label: '回復期限', kind: 'day', preset: (state: SuggestionState) => rocDay(state.askedDueOn ?? addDays(dayOf(state.receivedAt!), replyDays)) },
] as const

/** The one table of what may happen to a suggestion. */
export const steps = {
  assign: { label: '分辦', from: ['received', 'assigned'], to: 'assigned', permission: 'advisers.manage', hint: '交給一個單位研辦，訂一個回復的日子；改分也在這裡。', asks: assignAsks, refuse: (_state, on, values) => (values && dayIn(values, 'due')! < on ? refusal('suggestion.due', '回復期限在分辦日期以前', { field: 'due' }) : null) },
  progress: { label: '登錄研辦情形', from: ['assigned'], to: null, permission: 'suggestions.reply', because: '研辦情形' },
  reply: {
    label: '回復', from: ['assigned'], to: 'closed', outcome: (_state, values) => textIn(values, 'result')!, permission: 'suggestions.reply', dayLabel: '回復日期',
    asks: [{ name: 'result', label: '結果', kind: 'choice', options: outcomes }, { name: 'reply', label: '回復內容', kind: 'text', hint: '寫給提建議的人看；未採納的要說明理由。' }],
  },
  reopen: { label: '再研辦', from: ['closed'], to: 'assigned', permission: 'advisers.manage', because: '再研辦的理由' },
} as const satisfies Record<string, Step<SuggestionState>>

export const procedure: Procedure<SuggestionState> = { kind: caseKind, noun: 'suggestion', title: '顧問與鄉賢建議', read: 'suggestions.read', stages, outcomes, turns, well: ['adopted', 'partly'], steps, listPath, path: suggestionPath, find: findSuggestionState, carryOut }

async function carryOut(tx: Tx, ctx: ActContext, id: string, state: SuggestionState, values: StepValues): Promise<Refusal | null> {
  if (id === 'assign') {
    const written = textIn(values, 'unit')!
    const unit = await tx.selectFrom('units').select('id').where((eb) => eb.or([eb('name', '=', written), eb('code', '=', written)])).where('valid_until', 'is', null).executeTakeFirst()
    if (!unit) return refusal('suggestion.unit', `沒有「${written}」這個單位`, { field: 'unit' })
    await assignLead(tx, { caseId: state.id, unitId: unit.id, at: ctx.now, endedAs: 'reassigned' })
    await setDue(tx, state.id, dayIn(values, 'due'), ctx.now)
  }
  if (id === 'reply') {
    await tx.updateTable('suggestions').set({ reply: textIn(values, 'reply'), replied_on: values.on }).where('id', '=', state.id).execute()
  }
  if (id === 'reopen') {
    await tx.updateTable('suggestions').set({ reply: null, replied_on: null }).where('id', '=', state.id).execute()
    await tx.updateTable('cases').set({ closed_at: null, outcome: null }).where('id', '=', state.id).execute()
    await assignLead(tx, { caseId: state.id, unitId: state.unitId, officerId: state.officerId, at: ctx.now, endedAs: 'reassigned' })
    await setDue(tx, state.id, addDays(values.on, replyDays), ctx.now)
  }
  return null
}

/** The day that the section set by hand: no rule computes it. */
async function setDue(tx: Tx, caseId: number, dueOn: SuggestionState['askedDueOn'], at: Date): Promise<void> {
  await tx.updateTable('suggestions').set({ due_on: dueOn }).where('id', '=', caseId).execute()
  await tx.updateTable('cases').set({ due_on: dueOn }).where('id', '=', caseId).execute()
  await tx.insertInto('case_dues').values({ case_id: caseId, at, due_on: dueOn, cause: 'received', note: null }).execute()
}
