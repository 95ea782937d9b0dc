import type { ActContext } from '../../core/act.ts'
import { assignLead } from '../../core/cases/assign.ts'
import type { Tx } from '../../core/db.ts'
import { refusal, type Refusal } from '../../core/errors.ts'
import { evidenceAct, type Evidence } from '../../core/procedure/evidence.tsx'
import { type Procedure, type Step, type StepValues, textIn } from '../../core/procedure/step.ts'
import { carryOver } from './create.ts'
import { findItemState, type ItemState } from './item.ts'
import { itemPath, listPath } from './paths.ts'
import { caseKind, evidenceKinds, outcomes, stages, turns } from './schema.ts'

const work = 'perceived.work'
const manage = 'perceived.manage'
const open = ['planned', 'running'] as const

/** Done needs evidence that it is done; of before and of after a picture or a document, or the reason why there is none. */
export function refuseFinish(state: ItemState, _on: string, values: StepValues | null): Refusal | null {
  if (state.after + state.paper === 0) return refusal('perceived.no-evidence', '還沒有佐證，請先附上改善後的照片或公文文號')
  for (const [which, reason] of [['before', 'noBefore'], ['after', 'noAfter']] as const) {
    if (values && state[which] === 0 && !textIn(values, reason)) return refusal('perceived.no-pair', `沒有${evidenceKinds[which]}的照片或文件，請先附上，或寫下沒有的原因`, { field: reason })
  }
  return null
}

/** The one table of what may happen to an item. No statute sets it: it is the county's own rule. */
export const steps = {
  start: { label: '開始執行', from: ['planned'], to: 'running', permission: work },
  progress: { label: '登錄辦理情形', from: open, to: null, permission: work, because: '辦理情形' },
  finish: {
    label: '登錄完成', from: ['running'], to: 'closed', outcome: 'done', permission: work, dayLabel: '完成日期', hint: '要有改善前和改善後的照片或文件；沒有的，寫下原因，公開成果時會一起說明。',
    asks: [
      { name: 'noBefore', label: '沒有改善前照片或文件的原因', kind: 'line', required: false, fits: (state: ItemState) => state.before === 0 },
      { name: 'noAfter', label: '沒有改善後照片或文件的原因', kind: 'line', required: false, fits: (state: ItemState) => state.after === 0 },
    ],
    refuse: refuseFinish,
  },
  carry: {
    label: '轉入下年度', from: open, to: 'closed', outcome: 'carried', permission: manage, because: '今年沒有完成的原因', hint: (state) => `下年度（${state.year + 1} 年）會多一項同名的項目，兩項互相連結。`,
    refuse: (state) => (state.nextNumber ? refusal('perceived.carried', `已經轉到 ${state.nextNumber}`) : null),
  },
  withdraw: { label: '撤案', final: true, from: open, to: 'closed', outcome: 'withdrawn', permission: manage, because: '撤案的理由' },
  reopen: {
    label: '恢復辦理', from: ['closed'], to: 'running', permission: manage, because: '恢復的理由',
    refuse: (state) => (state.nextNumber ? refusal('perceived.carried', `已經轉到 ${state.nextNumber}，請在那一項辦理`) : null),
  },
} as const satisfies Record<string, Step<ItemState>>

export const procedure: Procedure<ItemState> = { kind: caseKind, noun: 'perceived', title: '有感施政', read: 'perceived.read', stages, outcomes, turns, well: ['done'], steps, begins: ({ listedOn }) => ({ on: listedOn, called: '列入' }), listPath, path: itemPath, find: findItemState, carryOut }

export const evidence: Evidence<ItemState> = {
  permission: work, kinds: evidenceKinds, hint: '改善前後請拍同一個角度，公開時會並排。照片裡認得出的人，請先取得同意或避開。',
  refuse: (state) => (state.outcome === 'withdrawn' || state.outcome === 'carried' ? refusal('perceived.over', '這一項已經結束，不再附佐證') : null),
}
export const addEvidence = evidenceAct(procedure, evidence)

async function carryOut(tx: Tx, ctx: ActContext, id: string, state: ItemState, values: StepValues): Promise<Refusal | null> {
  if (id === 'carry') await carryOver(tx, ctx, state)
  if (id === 'reopen') {
    await tx.updateTable('cases').set({ closed_at: null, outcome: null }).where('id', '=', state.id).execute()
    await assignLead(tx, { caseId: state.id, unitId: state.unitId, officerId: state.officerId, at: ctx.now, endedAs: 'reassigned' })
  }
  return id === 'finish' && values.on < state.listedOn ? refusal('perceived.before', '完成日期在列入以前', { field: 'on' }) : null
}
