import { may, type Person } from '../../../core/identity/permissions.ts'
import { actNames, type PetitionAct, type PetitionState, refuseAct } from '../rules.ts'
import { firstMissing } from '../handling/checks.ts'
import { petitionPath } from '../paths.ts'
import { apart } from '../permissions.ts'
import { type CaseFile, caseNameOf, pendingOf } from './case-file.ts'

export type ActButton = {
  act: PetitionAct
  label: string
  /** the page of its form, or where it is posted */
  href: string
  /** done by pressing, without a form of its own */
  direct: boolean
  /** why it cannot be done now; null when it can */
  reason: string | null
}

/** Acts that ask nothing. */
const direct: readonly PetitionAct[] = ['register', 'submit', 'take-apart', 'recall']
/** The order in which a case goes through the office; the first ones open are shown as buttons, the rest below. */
const order: PetitionAct[] = ['register', 'dispatch', 'accept', 'approve', 'submit', 'draft', 'contribute', 'ask-supplement', 'extend', 'supplement', 'merge', 'return', 'reassign', 'hand-over', 'add-joint', 'waive', 'transfer', 'other-procedure', 'no-action', 'classify', 'withdraw', 'confide', 'name-reader', 'take-apart', 'recall', 'publish']

/** What this person may ever do with this case, each with the reason where it cannot be done now. */
export function buttonsFor(file: CaseFile, person: Person): ActButton[] {
  const state = stateOf(file)
  const joint = file.joint.filter((one) => !one.untilAt).map((one) => one.unitId)
  return order
    .filter((act) => may(person, permissionOf(act), file, act === 'contribute' ? joint : []))
    .filter((act) => fits(act, file, person))
    .map((act) => ({
      act,
      label: labelOf(act, file),
      href: petitionPath(caseNameOf(file), act),
      direct: direct.includes(act) || (act === 'accept' && acceptsAlone(file, person)),
      reason: refuseAct(act, state)?.message ?? (act === 'submit' ? notWhole(file) : act === 'approve' && pendingOf(file)?.submittedBy === person.id ? `${apart['petitions.approve'].why}，請由其他主管或其代理人決定` : null),
    }))
}

export function stateOf(file: CaseFile): PetitionState {
  return {
    stage: file.stage,
    unitId: file.unitId,
    officerId: file.officerId,
    mergedInto: file.mergedInto ? 1 : null,
    pending: pendingOf(file)?.what ?? null,
    extendedTo: file.extendedTo,
    answered: file.answer !== null,
    confidential: file.confidential,
  }
}

export const permissionOf = (act: PetitionAct): string => `petitions.${act}`

// Not a question of stage but of this very case: there is nothing to take apart, no unit to wait for.
function fits(act: PetitionAct, file: CaseFile, person: Person): boolean {
  const joint = file.joint.filter((one) => !one.untilAt)
  switch (act) {
    case 'register': return file.number === null && !file.closedAt
    case 'take-apart': return file.mergedInto !== null
    case 'recall': return pendingOf(file)?.submittedBy === person.id || (pendingOf(file) !== null && file.officerId === person.id)
    case 'approve': return pendingOf(file) !== null
    case 'contribute': return joint.length > 0 && may(person, 'petitions.contribute', { unitId: null, officerId: null }, joint.map((one) => one.unitId))
    case 'waive': return joint.some((one) => !file.contributions.some((given) => given.unitId === one.unitId))
    // what was not confirmed is no case yet and lapses by itself
    case 'withdraw': return file.stage !== 'unconfirmed'
    case 'name-reader': return file.confidential
    case 'submit': return file.drafts.length > 0
    case 'publish': return file.closedAt !== null && file.publishConsent
    default: return true
  }
}

/** Nothing is asked of an officer who takes an ordinary case: chiefs say who works on it, and a confidential one warns first. */
const acceptsAlone = (file: CaseFile, person: Person): boolean => !file.confidential && !may(person, 'petitions.assign-officer', file)

/** What the draft still lacks before it can be sent up. */
function notWhole(file: CaseFile): string | null {
  const draft = file.drafts[0]
  const { name: _name, ...ways } = file.sender
  return firstMissing({
    text: draft?.text ?? '',
    remedy: draft?.remedy ?? 'undecided',
    questions: file.questions,
    joint: file.joint.filter((one) => !one.untilAt).map((one) => ({ unitName: one.unitName, contributed: file.contributions.some((given) => given.unitId === one.unitId) })),
    reachable: Object.values(ways).some(Boolean),
  })?.missing ?? null
}

function labelOf(act: PetitionAct, file: CaseFile): string {
  if (act === 'confide' && file.confidential) return '解除保密'
  if (act === 'dispatch' && file.number === null) return '登錄並分文'
  if (act === 'approve') return '核定或退回'
  if (act === 'draft') return file.drafts.length ? '修改答復' : '擬答'
  return actNames[act]
}
