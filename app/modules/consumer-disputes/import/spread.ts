import type { ImportedStep } from '../../../core/procedure/imported.ts'
import type { Day } from '../../../core/time.ts'
import type { DisputeRow } from './check.ts'

/** Columns of the detail table that a row gives as they are; what follows from steps is written by them. */
export const detailOf = (row: DisputeRow) => ({ channel: row.channel ?? ('counter' as const), category: row.category, facts: row.facts ?? row.title, asked: row.asked ?? '', disputed_twd: row.disputedTwd })

/** The life of a dispute as its row tells it, in the order of the procedure. */
export function stepsOfRow(row: DisputeRow): ImportedStep[] {
  const steps: ImportedStep[] = []
  const add = (step: string, on: Day | null, answers: ImportedStep['answers'] = {}) => on && steps.push({ step, on, answers })
  add('to-business', row.businessReceivedOn)
  if (row.firstResult === 'no-answer') add('no-answer', row.firstResultOn)
  else if (row.firstResult) add('answered', row.firstResultOn, { result: row.firstResult })
  add('second', row.secondOn)
  if (row.secondResult) add('negotiated', row.secondResultOn, { result: row.secondResult })
  add('apply', row.appliedOn)
  add('accept', row.acceptedOn, { jurisdiction: 'county' })
  add('meet', row.meetingOn, { absent: row.result === 'deemed-failed' ? 'business' : 'none', excused: false })
  const on = row.resultOn
  switch (row.result) {
    case 'settled': add('settle', on, { amount: row.settledTwd, terms: null }); break
    case 'failed': add('fail', on, { how: 'no-agreement' }); break
    case 'deemed-failed': add('fail', on, { how: 'absent' }); break
    // a file tells no plan and no service: that it was deemed settled stands for them
    case 'deemed-settled': add('objector-absent', on); break
    case 'not-accepted': add('not-accept', on, { ground: 'no-dispute' }); break
    case 'withdrawn': add('withdraw', on); break
    case null:
  }
  add('to-court', row.courtOn)
  if (row.courtResult) add('court-result', row.courtResultOn, { result: row.courtResult })
  if (row.transferredTo) add('transfer', row.endedOn ?? row.receivedOn, { agency: row.transferredTo })
  else add('end', row.endedOn)
  return steps
}
