import { z } from 'zod'
import { act } from '../../core/act.ts'
import { optionalDay } from '../../core/day-fields.ts'
import { ticked } from '../../core/form-fields.ts'
import type { Upload } from '../../core/documents/accept.ts'
import { done, refusal } from '../../core/errors.ts'
import { record } from '../../core/events/record.ts'
import { keepFiles } from '../../core/filing/supplement.tsx'
import { handsIn } from '../../core/cases/hands.ts'
import { rocDay, rocMonth } from '../../core/time.ts'
import { endOfMonth, judge, ruleOf } from './judge.ts'
import { findLightRules } from './light-rules.ts'
import { extendMonths, findPoints, judgeAgain, lastReportable } from './months.ts'
import { moneyField, percentField } from './plan-input.ts'
import { lockForStaff } from './project.ts'
import './tables.ts'

const someDay = optionalDay()
const monthField = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/, '讀不出月份')
const words = z.string().trim().max(5000, '最多 5,000 個字').default('')
const Report = z.object({
  name: z.string().min(1).max(40),
  month: monthField,
  actual: percentField,
  actualTwd: moneyField('實際支用'),
  /** spending above the total was looked at and is meant */
  overBudget: ticked,
  work: words.refine((text) => text.length > 0, '請寫本月辦理情形'),
  reason: words,
  measure: words,
  finishedOn: someDay,
  /** ids of milestones reached, each with its day */
  reached: z.record(z.string(), z.string()).default({}),
  /** evidence: photographs, certificates of acceptance */
  files: z.custom<Upload[]>(Array.isArray).default([]),
})

/** A unit's report of one month: cumulative progress and spending, what was done, and why it is behind when it is. */
export const reportMonth = act('control.report', Report, async (tx, given, input) => {
  const { project, ctx } = await lockForStaff(tx, given, input.name, 'control.report')
  if (input.month <= lastReportable(ctx.today)) await extendMonths(tx, input.month, project.id)
  const month = await tx.selectFrom('project_months').selectAll().where('case_id', '=', project.id).where('month', '=', input.month).executeTakeFirst()
  if (project.stage !== 'controlled') return refusal('project.closed', '這件已經撤管，不再填報')
  if (!month) return refusal('project.no-month', `${rocMonth(input.month)}不在計畫期間`)
  if (input.month > lastReportable(ctx.today)) return refusal('project.too-early', `${rocMonth(input.month)}還沒有結束，月底再填`, { field: 'month' })
  if (month.report_state === 'checked') return refusal('project.checked', '這個月已經檢核，要更正請管考單位退回')
  const [points, rules] = [await findPoints(tx, project.id), await findLightRules(tx)]
  const before = points.filter((point) => point.month < input.month && point.actual !== null).at(-1)
  if (before && input.actual < before.actual!) return refusal('project.less', `實際進度比${rocMonth(before.month)}的 ${before.actual}% 少；進度是累計的`, { field: 'actual' })
  if (before?.actualTwd != null && input.actualTwd < before.actualTwd) return refusal('project.less-money', `實際支用比${rocMonth(before.month)}少；支用是累計的`, { field: 'actualTwd' })
  if (input.actualTwd > project.budgetTwd && !input.overBudget) return refusal('project.over-budget', `實際支用超過總經費 ${project.budgetTwd.toLocaleString('en')} 元；沒有填錯的話，請勾選「支用確實超過總經費」`, { field: 'overBudget' })
  if (input.finishedOn && (input.finishedOn > ctx.today || input.finishedOn < project.startOn)) return refusal('project.finished-on', '完成日期要在計畫開始以後、今天以前', { field: 'finishedOn' })
  if (input.finishedOn && input.actual < 100) return refusal('project.finished', '填了完成日期，實際進度要是 100', { field: 'actual' })
  // a report of less than all takes back a completion that was reported by mistake
  const isTakenBack = input.actual < 100 && project.finishedOn !== null && project.finishedOn <= endOfMonth(input.month)
  const finishedOn = input.finishedOn ?? (isTakenBack ? null : project.finishedOn)
  if (input.actual === 100 && !finishedOn) return refusal('project.finished-day', '實際進度 100%，請填全案完成日期', { field: 'finishedOn' })
  const judged = judge({ ...project, finishedOn }, points.map((point) => (point.month === input.month ? { ...point, actual: input.actual, actualTwd: input.actualTwd } : point)), input.month, rules)
  const isBehind = judged.state === 'behind' || judged.state === 'severe'
  if (isBehind && !input.reason) return refusal('project.reason', `落後 ${judged.slip}%（達 ${ruleOf(input.month, rules).yellow}%），請寫落後原因`, { field: 'reason' })
  if (isBehind && !input.measure) return refusal('project.measure', '請寫因應對策', { field: 'measure' })
  await tx
    .updateTable('project_months')
    .set({ actual: input.actual, actual_twd: input.actualTwd, work: input.work, reason: input.reason, measure: input.measure, report_state: 'reported', reported_by: ctx.person.id, reported_at: ctx.now, state: judged.state })
    .where('id', '=', month.id)
    .execute()
  if (finishedOn !== project.finishedOn) await tx.updateTable('projects').set({ finished_on: finishedOn }).where('id', '=', project.id).execute()
  const kept = await keepFiles(tx, ctx, project.id, input.files, evidenceOf(input.month))
  if (kept) return { ...kept, field: 'files' }
  const no = await reachMilestones(tx, project.id, input.reached, ctx.today)
  if (no) return no
  await judgeAgain(tx, project.id, finishedOn === project.finishedOn ? input.month : '')
  await record(tx, ctx, 'project.reported', { caseId: project.id, payload: { month: input.month, actual: input.actual, again: month.report_state === 'returned' } })
  return done({ state: judged.state, warning: judged.warning })
})

/** case_documents.kind of a month's evidence. */
export const evidenceOf = (month: string): string => `month-${month}`

async function reachMilestones(tx: Parameters<typeof findPoints>[0], caseId: number, reached: Record<string, string>, today: string) {
  const own = await tx.selectFrom('project_milestones').select(['id', 'title', 'reached_on']).where('case_id', '=', caseId).execute()
  for (const { id, title, reached_on: was } of own) {
    if (reached[id] === undefined) continue
    const parsed = someDay.safeParse(reached[id])
    if (!parsed.success) return refusal('project.milestone', `查核點「${title}」讀不出日期`, { field: `reached-${id}` })
    if (parsed.data && parsed.data > today) return refusal('project.milestone', `查核點「${title}」的日期在今天以後`, { field: `reached-${id}` })
    if (parsed.data !== was) await tx.updateTable('project_milestones').set({ reached_on: parsed.data }).where('id', '=', id).execute()
  }
  return null
}

const Check = z.object({ name: z.string().min(1).max(40), month: monthField, decision: z.enum(['checked', 'returned'], { error: '請選擇檢核結果' }), note: z.string().trim().max(2000, '最多 2,000 個字').default('') })

/** The control section accepts a report, or gives it back with what is missing. Nobody checks what they reported themselves. */
export const checkMonth = act('control.check', Check, async (tx, given, input) => {
  const { project, ctx } = await lockForStaff(tx, given, input.name, 'control.check')
  const month = await tx.selectFrom('project_months').select(['id', 'report_state']).where('case_id', '=', project.id).where('month', '=', input.month).executeTakeFirst()
  if (!month?.report_state) return refusal('project.not-reported', `${rocMonth(input.month)}還沒有填報`)
  if (input.decision === 'checked' && month.report_state !== 'reported') return refusal('project.not-waiting', month.report_state === 'checked' ? '這個月已經檢核' : '這個月已經退回，等單位補正')
  if (input.decision === 'returned' && month.report_state === 'returned') return refusal('project.not-waiting', '這個月已經退回')
  if (input.decision === 'returned' && input.note.length < 2) return refusal('project.note', '請寫要補正什麼', { field: 'note' })
  const reporters = await handsIn(tx, project.id, [{ kind: 'project.reported', key: 'month', value: input.month }])
  if (reporters.includes(ctx.person.id) || (ctx.onBehalfOf !== null && reporters.includes(ctx.onBehalfOf))) return refusal('project.own-report', '填報的人不能檢核自己的填報')
  await tx.updateTable('project_months').set({ report_state: input.decision, returned_note: input.decision === 'returned' ? input.note : null }).where('id', '=', month.id).execute()
  await record(tx, ctx, `project.${input.decision}`, { caseId: project.id, payload: { month: input.month } })
  return done()
})

/** Months a unit may report now: those of the plan that have ended, and the one that ends within a week. */
export function reportable(months: readonly { month: string; reportState: string | null }[], today: Parameters<typeof rocDay>[0]): string[] {
  return months.filter(({ month, reportState }) => month <= lastReportable(today) && reportState !== 'checked').map(({ month }) => month)
}
