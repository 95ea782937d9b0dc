import type { ActContext } from '../../core/act.ts'
import { assignLead } from '../../core/cases/assign.ts'
import type { Tx } from '../../core/db.ts'
import { refusal, type Refusal } from '../../core/errors.ts'
import { evidenceAct, type Evidence } from '../../core/procedure/evidence.tsx'
import { dayIn, type Procedure, type Step, type StepValues, textIn } from '../../core/procedure/step.ts'
import { type Day, dayOf, rocDay } from '../../core/time.ts'
import { parseYears, yearLines } from './money-lines.ts'
import { appliedTwd, findProposalState, type ProposalState } from './proposal.ts'
import { listPath, proposalPath } from './paths.ts'
import { caseKind, outcomes, paperKinds, stages, turns } from './schema.ts'
import './tables.ts'

const work = 'proposals.work'
const open = ['preparing', 'reviewing', 'revising'] as const
const yearsHint = '一行一年，例如 111 3,000萬 配合款 300萬；配合款是縣的自籌。'
const applied = { name: 'applied', label: '申請經費', kind: 'text', hint: yearsHint, preset: (state: ProposalState) => yearLines(state.years.map((year) => ({ ...year, twd: year.appliedTwd }))) } as const
const afterSubmission = (state: ProposalState, on: string): Refusal | null => (state.submittedOn && on < state.submittedOn ? refusal('proposal.before', `提送是 ${rocDay(state.submittedOn)}`, { field: 'on' }) : null)

/** The one table of what may happen to a proposal. Each programme of a ministry has rules of its own; these are the steps that all have. */
export const steps = {
  submit: { label: '提送中央', from: ['preparing'], to: 'reviewing', permission: work, dayLabel: '提送日期', asks: [applied], refuse: (_state, _on, values) => refuseYears(values, 'applied') },
  progress: { label: '登錄審查情形', from: ['reviewing', 'revising'], to: null, permission: work, because: '審查情形', hint: '例如初審會議、現勘、部會意見。', refuse: afterSubmission },
  'ask-changes': { label: '中央要求修正', from: ['reviewing'], to: 'revising', permission: work, because: '要修正什麼', asks: [{ name: 'by', label: '修正期限', kind: 'day', required: false }], refuse: afterSubmission },
  resubmit: { label: '修正後再提送', from: ['revising'], to: 'reviewing', permission: work, asks: [applied], refuse: (state, on, values) => afterSubmission(state, on) ?? refuseYears(values, 'applied') },
  grant: {
    label: '核定補助', from: ['reviewing'], to: 'closed', outcome: 'granted', permission: work, dayLabel: '核定日期',
    asks: [{ name: 'granted', label: '核定經費', kind: 'text', hint: yearsHint, preset: (state: ProposalState) => yearLines(state.years.map((year) => ({ ...year, twd: year.appliedTwd }))) }],
    refuse: (state, on, values) => afterSubmission(state, on) ?? refuseYears(values, 'granted') ?? refuseMore(state, values),
  },
  refuse: { label: '不予補助', from: ['reviewing', 'revising'], to: 'closed', outcome: 'refused', permission: work, because: '中央的理由', refuse: afterSubmission },
  withdraw: { label: '撤回提案', final: true, from: open, to: 'closed', outcome: 'withdrawn', permission: work, because: '撤回的理由' },
  reopen: { label: '恢復辦理', from: ['closed'], to: (state) => (state.submittedOn ? 'reviewing' : 'preparing'), permission: 'proposals.manage', because: '恢復的理由' },
} as const satisfies Record<string, Step<ProposalState>>

export const procedure: Procedure<ProposalState> = { kind: caseKind, noun: 'proposal', title: '中央計畫提案', read: 'proposals.read', stages, outcomes, turns, well: ['granted'], steps, begins: ({ receivedAt }) => ({ on: receivedAt && dayOf(receivedAt), called: '開始研提' }), listPath, path: proposalPath, find: findProposalState, carryOut }

export const papers: Evidence<ProposalState> = { permission: work, kinds: paperKinds, hint: '計畫書、往來公文、審查意見。' }
export const addPaper = evidenceAct(procedure, papers)

function refuseYears(values: StepValues | null, field: string): Refusal | null {
  if (!values) return null
  const parsed = parseYears(textIn(values, field) ?? '')
  if ('problem' in parsed) return refusal('proposal.years', parsed.problem, { field })
  return parsed.years.length ? null : refusal('proposal.years', '請至少填一年的經費', { field })
}

/** More than was asked for is a slip or has a reason, which the note gives. Years may be moved against each other. */
function refuseMore(state: ProposalState, values: StepValues | null): Refusal | null {
  if (!values || values.note) return null
  const parsed = parseYears(textIn(values, 'granted') ?? '')
  const granted = 'years' in parsed ? parsed.years.reduce((sum, { twd }) => sum + twd, 0) : 0
  const asked = appliedTwd(state.years)
  return granted > asked ? refusal('proposal.more', `核定 ${granted.toLocaleString('en')} 元，比申請的 ${asked.toLocaleString('en')} 元多；數字沒有錯的話，請在備註寫下原因`, { field: 'note' }) : null
}

async function carryOut(tx: Tx, ctx: ActContext, id: string, state: ProposalState, values: StepValues): Promise<Refusal | null> {
  if (id === 'submit' || id === 'resubmit') {
    await saveApplied(tx, state.id, textIn(values, 'applied')!)
    if (id === 'submit') await tx.updateTable('proposals').set({ submitted_on: values.on }).where('id', '=', state.id).execute()
  }
  if (id === 'ask-changes') await setDue(tx, state.id, dayIn(values, 'by'), ctx.now)
  else if (state.dueOn && id !== 'progress') await setDue(tx, state.id, null, ctx.now)
  if (id === 'grant') await saveGranted(tx, state, textIn(values, 'granted')!)
  if (id === 'grant' || id === 'refuse') await tx.updateTable('proposals').set({ decided_on: values.on }).where('id', '=', state.id).execute()
  if (id === 'reopen') {
    await tx.updateTable('proposals').set({ decided_on: null }).where('id', '=', state.id).execute()
    await tx.updateTable('proposal_years').set({ granted_twd: null, granted_cofunding_twd: null }).where('case_id', '=', state.id).where('granted_twd', 'is not', null).execute()
    await tx.updateTable('cases').set({ closed_at: null, outcome: null }).where('id', '=', state.id).execute()
    await tx.updateTable('assignments').set({ until_at: null, ended_as: null }).where('case_id', '=', state.id).where('role', '=', 'joint').where('ended_as', '=', 'closed').execute()
    await assignLead(tx, { caseId: state.id, unitId: state.unitId, officerId: state.officerId, at: ctx.now, endedAs: 'reassigned' })
  }
  return null
}

/** The day that the centre set for changes; none once it is answered or over. */
async function setDue(tx: Tx, caseId: number, dueOn: Day | null, at: Date): Promise<void> {
  await tx.updateTable('cases').set({ due_on: dueOn }).where('id', '=', caseId).execute()
  if (dueOn) await tx.insertInto('case_dues').values({ case_id: caseId, at, due_on: dueOn, cause: 'received', note: null }).execute()
}

/** Writes what is asked for, by year; years that are no longer asked for go. */
export async function saveApplied(tx: Tx, caseId: number, text: string): Promise<void> {
  const parsed = parseYears(text)
  if ('problem' in parsed) throw new Error(parsed.problem)
  await tx.deleteFrom('proposal_years').where('case_id', '=', caseId).where('roc_year', 'not in', [0, ...parsed.years.map(({ year }) => year)]).execute()
  for (const { year, twd, cofundingTwd } of parsed.years) {
    const row = { applied_twd: twd, cofunding_twd: cofundingTwd }
    await tx.insertInto('proposal_years').values({ case_id: caseId, roc_year: year, granted_twd: null, granted_cofunding_twd: null, ...row }).onConflict((conflict) => conflict.columns(['case_id', 'roc_year']).doUpdateSet(row)).execute()
  }
}

/** What was granted, by year, beside what was applied for: years that were asked for and not granted have 0. */
async function saveGranted(tx: Tx, state: ProposalState, text: string): Promise<void> {
  const parsed = parseYears(text)
  if ('problem' in parsed) throw new Error(parsed.problem)
  const all = new Set([...state.years.map(({ year }) => year), ...parsed.years.map(({ year }) => year)])
  for (const year of all) {
    const granted = parsed.years.find((each) => each.year === year)
    const row = { granted_twd: granted?.twd ?? 0, granted_cofunding_twd: granted?.cofundingTwd ?? 0 }
    await tx.insertInto('proposal_years').values({ case_id: state.id, roc_year: year, cofunding_twd: 0, ...row }).onConflict((conflict) => conflict.columns(['case_id', 'roc_year']).doUpdateSet(row)).execute()
  }
}
