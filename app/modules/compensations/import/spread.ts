import type { ImportedStep } from '../../../core/procedure/imported.ts'
import type { Day } from '../../../core/time.ts'
import type { ClaimRow } from './check.ts'

/** Columns of the detail table that a row gives as they are; what follows from steps is written by them. */
export const detailOf = (row: ClaimRow) => ({
  channel: row.channel ?? ('paper' as const), basis: row.basis, facts: row.facts ?? row.title, requested_twd: row.requestedTwd, restoration: row.restoration, damage_on: row.damageOn, known_on: row.knownOn, place: row.place,
})

/** The life of a claim as its row tells it. Steps of one day stand in the order of the procedure. */
export function stepsOfRow(row: ClaimRow): ImportedStep[] {
  const steps: ImportedStep[] = []
  const add = (step: string, on: Day | null, answers: ImportedStep['answers'] = {}) => on && steps.push({ step, on, answers })
  if (row.meetingOn) {
    add('accept', row.receivedOn)
    // the file knows no day of the notice: that of the meeting stands for it
    add('notify', row.meetingOn, { meetingOn: row.meetingOn, servedOn: null, startsAt: null, place: null, consent: false })
  }
  const decided = row.decidedOn
  switch (row.decision) {
    case 'refused':
      add('refuse', decided, { ground: row.ground ?? 'no-duty', committee: row.byCommittee ?? false })
      break
    case 'agreed':
      add('agree', decided, { amount: row.agreedTwd ?? 0, restoration: row.restoration, waiver: false })
      break
    case 'failed':
      add('fail', decided, { why: 'no-agreement' })
      break
    case 'withdrawn':
      add('withdraw', decided)
      break
    case 'transferred':
      add('transfer', decided, { agency: row.transferredTo })
      break
    case null:
  }
  add('certificate', row.certificateOn)
  add('suit-filed', row.suitOn, { court: row.suitCourt, suitNo: null, amount: null })
  if (row.suitResult) add('suit-result', row.suitResultOn, { result: row.suitResult, amount: row.suitTwd, final: true })
  if (row.paidOn) {
    add('payment-asked', row.paidOn)
    add('paid', row.paidOn, { amount: row.paidTwd })
  }
  if (row.recourse) add('recourse', row.recourseOn, { result: row.recourse, amount: row.recourseTwd })
  return steps
}
