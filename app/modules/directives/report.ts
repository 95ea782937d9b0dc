import { z } from 'zod'
import { act } from '../../core/act.ts'
import { optionalDay } from '../../core/day-fields.ts'
import type { Upload } from '../../core/documents/accept.ts'
import { done, isRefusal, NotAllowed, refusal, type Refusal } from '../../core/errors.ts'
import { keepFiles } from '../../core/filing/supplement.tsx'
import { may, onBehalfOf, type Person } from '../../core/identity/permissions.ts'
import type { Answers } from '../../core/procedure/tables.ts'
import { takeStep } from '../../core/procedure/take-step.ts'
import type { Day } from '../../core/time.ts'
import { type DirectiveState, findDirective } from './directive.ts'
import { type ReportAsk, reportAsks } from './schema.ts'
import { procedure } from './steps.ts'

const Report = z.object({
  name: z.string().min(1).max(40),
  work: z.string().trim().min(4, '請寫下辦理情形').max(5000, '最多 5,000 個字'),
  asks: z.enum(Object.keys(reportAsks) as [ReportAsk, ...ReportAsk[]]).default('working'),
  finishedOn: optionalDay('讀不出辦畢日期，請寫成 110/4/1 這樣'),
  wantedOn: optionalDay('讀不出希望的期限，請寫成 110/4/1 這樣'),
  files: z.custom<Upload[]>(Array.isArray).default([]),
})

/** As whom this person reports: the lead unit, or a unit that helps; null: neither. */
export function reportsAs(person: Person, state: DirectiveState): { lead: true } | { lead: false; unitId: number } | null {
  if (may(person, 'directives.report', state)) return { lead: true }
  const unitId = state.jointIds.find((id) => may(person, 'directives.report', { unitId: id, officerId: null }))
  return unitId === undefined ? null : { lead: false, unitId }
}

/** 填報辦理情形 with its evidence. The lead unit's report goes to the control section; that of a helping unit stands beside it. */
export const reportDirective = act('directives.report', Report, async (tx, given, input) => {
  const state = await findDirective(tx, given.person, input.name, true)
  const as = reportsAs(given.person, state)
  if (!as) throw new NotAllowed('directives.report')
  const ctx = { ...given, onBehalfOf: given.onBehalfOf ?? onBehalfOf(given.person, 'directives.report', as.lead ? state : { unitId: as.unitId, officerId: null }) }
  if (state.outcome) return refusal('directive.closed', '這件已經離開列管')
  const no = as.lead ? refuseReport(state, input, ctx.today) : null
  if (no) return no
  const kept = await keepFiles(tx, ctx, state.id, input.files, 'evidence')
  if (kept) return { ...kept, field: 'files' }
  const unit = as.lead ? null : (await tx.selectFrom('units').select('name').where('id', '=', as.unitId).executeTakeFirstOrThrow()).name
  const answers: Answers = as.lead ? { asks: input.asks, finishedOn: input.asks === 'done' ? input.finishedOn : null, wantedOn: input.asks === 'more-time' ? input.wantedOn : null } : { unit }
  const stage = await takeStep(tx, ctx, procedure, as.lead ? 'report' : 'joint-report', state, { on: ctx.today, documentNo: null, note: input.work, answers })
  return isRefusal(stage) ? stage : done({ stage })
})

/** What a report of the lead unit needs: a day when it is done, evidence where it was asked for, a day that is wanted. */
export function refuseReport(state: Pick<DirectiveState, 'orderedOn' | 'proof' | 'hasEvidence' | 'orderedDueOn'>, input: { asks: ReportAsk; finishedOn: Day | null; wantedOn: Day | null; files: readonly unknown[] }, today: Day): Refusal | null {
  if (input.asks === 'done') {
    if (!input.finishedOn) return refusal('directive.finished', '請填辦畢的日期', { field: 'finishedOn' })
    if (input.finishedOn > today || input.finishedOn < state.orderedOn) return refusal('directive.finished', '辦畢的日期要在作成指裁示到今天之間', { field: 'finishedOn' })
    if (state.proof && !state.hasEvidence && !input.files.length) return refusal('directive.no-evidence', `請附上佐證：${state.proof}`, { field: 'files' })
  }
  if (input.asks === 'more-time') {
    if (!input.wantedOn) return refusal('directive.wanted', '請填希望的期限', { field: 'wantedOn' })
    if (input.wantedOn <= today || (state.orderedDueOn && input.wantedOn <= state.orderedDueOn)) return refusal('directive.wanted', '希望的期限要比現在的期限和今天都晚', { field: 'wantedOn' })
  }
  return null
}
