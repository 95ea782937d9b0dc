import { refusal, type Refusal } from '../../core/errors.ts'
import type { Stage } from './schema.ts'

/** What is needed to say which acts are open. */
export type PetitionState = {
  stage: Stage
  unitId: number | null
  officerId: number | null
  mergedInto: number | null
  /** what is under approval just now */
  pending: string | null
  extendedTo: string | null
  answered: boolean
  confidential: boolean
}

/**
 * The one table of which act is allowed in which stage. The page draws its buttons from it and every act
 * refuses by it. Words after the dot are the permissions of permissions.ts.
 */
export const stagesOfActs = {
  confirm: ['unconfirmed'],
  register: ['received'],
  classify: ['received', 'dispatched', 'handling', 'awaiting-supplement', 'approval'],
  dispatch: ['received'],
  return: ['dispatched', 'handling'],
  reassign: ['dispatched', 'handling'],
  accept: ['dispatched'],
  'hand-over': ['handling', 'awaiting-supplement', 'approval'],
  'add-joint': ['dispatched', 'handling', 'awaiting-supplement'],
  waive: ['handling', 'awaiting-supplement'],
  contribute: ['dispatched', 'handling', 'awaiting-supplement'],
  draft: ['handling', 'awaiting-supplement'],
  submit: ['handling'],
  approve: ['received', 'dispatched', 'handling', 'approval'],
  recall: ['received', 'dispatched', 'handling', 'approval'],
  'ask-supplement': ['handling'],
  supplement: ['received', 'dispatched', 'handling', 'awaiting-supplement', 'approval'],
  extend: ['dispatched', 'handling'],
  merge: ['received', 'dispatched', 'handling'],
  'take-apart': ['received', 'dispatched', 'handling', 'awaiting-supplement'],
  transfer: ['received', 'dispatched', 'handling'],
  'no-action': ['received', 'dispatched', 'handling'],
  'other-procedure': ['received', 'dispatched', 'handling'],
  confide: ['received', 'dispatched', 'handling', 'awaiting-supplement', 'approval', 'closed'],
  'name-reader': ['received', 'dispatched', 'handling', 'awaiting-supplement', 'approval', 'closed'],
  withdraw: ['unconfirmed', 'received', 'dispatched', 'handling', 'awaiting-supplement', 'approval'],
  rate: ['closed'],
  'ask-again': ['closed'],
  publish: ['closed'],
} as const satisfies Record<string, readonly Stage[]>
export type PetitionAct = keyof typeof stagesOfActs

/** What the acts are called on buttons and in refusals. */
export const actNames: Record<PetitionAct, string> = {
  confirm: '確認', register: '登錄', classify: '歸類', dispatch: '分文', return: '退文', reassign: '改分', accept: '簽收', 'hand-over': '交接',
  'add-joint': '加會', waive: '免會', contribute: '提供會辦意見', draft: '擬答', submit: '陳核', approve: '核定', recall: '抽回', 'ask-supplement': '通知補陳',
  supplement: '補充資料', extend: '展期', merge: '併案', 'take-apart': '取消併案', transfer: '移轉', 'no-action': '不予處理', 'other-procedure': '轉其他程序',
  confide: '列為保密', 'name-reader': '指名閱覽', withdraw: '撤回', rate: '填滿意度', 'ask-again': '再陳情', publish: '公開',
}

/** While something is under approval these wait for its decision. */
const waitForDecision: readonly PetitionAct[] = ['merge', 'transfer', 'no-action', 'other-procedure', 'extend', 'submit', 'return', 'reassign', 'ask-supplement']
/** What is merged is worked in the case it was merged into; these concern the letter itself. */
const openToMerged: readonly PetitionAct[] = ['register', 'classify', 'take-apart', 'supplement', 'confide', 'name-reader', 'withdraw', 'rate', 'ask-again', 'publish']

/** Why this act cannot be done now, or null. */
export function refuseAct(act: PetitionAct, petition: PetitionState): Refusal | null {
  const allowed: readonly Stage[] = stagesOfActs[act]
  const name = actNames[act]
  if (!allowed.includes(petition.stage)) return refusal('petition.wrong-stage', `${whereItIs(petition.stage)}，現在不能${name}`)
  if (act === 'take-apart' && petition.mergedInto === null) return refusal('petition.not-merged', '這件沒有併案')
  if (petition.mergedInto !== null && !openToMerged.includes(act)) return refusal('petition.merged', `已併入別件，請在那一件${name}，或先取消併案`)
  if (petition.pending && waitForDecision.includes(act)) return refusal('petition.pending', `已有陳核中的事項，決定前不能${name}`)
  if ((act === 'approve' || act === 'recall') && !petition.pending) return refusal('petition.nothing-pending', '沒有陳核中的事項')
  if ((act === 'accept' || act === 'hand-over') && petition.unitId === null) return refusal('petition.no-unit', '還沒有分文')
  if (act === 'extend' && petition.extendedTo !== null) return refusal('petition.already-extended', '已展期過一次，不能再展期')
  if (act === 'name-reader' && !petition.confidential) return refusal('petition.not-confidential', '這件沒有列為保密，不需要指名')
  if (act === 'publish' && petition.confidential) return refusal('petition.confidential', '保密案件不公開', { law: '行政程序法 §170 II' })
  return null
}

function whereItIs(stage: Stage): string {
  switch (stage) {
    case 'unconfirmed': return '陳情人還沒有點選確認連結'
    case 'received': return '案件還沒有分文'
    case 'dispatched': return '案件已分文、還沒有簽收'
    case 'handling': return '案件在辦理中'
    case 'awaiting-supplement': return '案件在等陳情人補充資料'
    case 'approval': return '案件在陳核中'
    case 'closed': return '案件已結案'
    case 'lapsed': return '這封信逾期未確認，沒有成案'
  }
}
