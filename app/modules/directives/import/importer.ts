import type { Tx } from '../../../core/db.ts'
import { isRefusal } from '../../../core/errors.ts'
import { addJoint, assignLead } from '../../../core/cases/assign.ts'
import { record } from '../../../core/events/record.ts'
import { recordedThen } from '../../../core/procedure/imported.ts'
import type { StepValues } from '../../../core/procedure/step.ts'
import { takeStep } from '../../../core/procedure/take-step.ts'
import { indexCase } from '../../../core/search/search.ts'
import { caseImporter, type CaseToChange } from '../../../core/tabular/case-import.ts'
import { type Day, dayOf, startOf } from '../../../core/time.ts'
import { startTracking } from '../carry-out.ts'
import { takeEffect } from '../decide.ts'
import { findDirective } from '../directive.ts'
import { writeDirective } from '../issue.ts'
import { caseKind, numberPrefix } from '../schema.ts'
import { procedure } from '../steps.ts'
import { checkDirectives, type DirectiveRow } from './check.ts'
import { columnNames, type DirectiveCells, directiveColumns } from './columns.ts'

/** directives.csv: directives of meetings that are here already, with the newest report and every later decision, each recorded at its own time. */
export const directivesImporter = caseImporter<DirectiveCells, DirectiveRow>({ name: 'directives', title: '指裁示事項', kind: caseKind, prefix: numberPrefix, columns: directiveColumns, columnNames, check: checkDirectives, add, change })

const evening = (on: Day): Date => new Date(startOf(on).getTime() + 17 * 3_600_000)

async function add(tx: Tx, importId: number, rows: readonly DirectiveRow[], now: Date): Promise<void> {
  const ids = new Map<string, number>()
  for (const row of rows) {
    await recordedThen(tx, importId, evening(row.of.heldOn), now, async (ctx) => {
      const id = await writeDirective(tx, ctx, row.of, { sentence: row.sentence, item: row.item ?? '', title: row.title ?? '', unitId: row.unitId, jointIds: row.jointIds, dueOn: row.dueOn, proof: row.proof ?? '', aboutId: row.aboutId }, { number: row.number, importId })
      if (row.grade === 'own') await tx.updateTable('directives').set({ grade: 'own' }).where('id', '=', id).execute()
      await record(tx, ctx, 'directive.registered', { caseId: id, payload: { number: row.number, import: importId } })
      ids.set(row.number, id)
    })
  }
  // a directive may go into another of the same file, which must be there by then
  for (const row of rows) await playOut(tx, importId, ids.get(row.number)!, row, now)
}

type Happening = { on: Day; step: 'report' | 'accept'; values: StepValues } | { on: Day; step: 'decide'; index: number }

/** The report, its check and the decisions of a row, in the order of their days. */
async function playOut(tx: Tx, importId: number, id: number, row: DirectiveRow, now: Date): Promise<void> {
  for (const one of happenings(row).toSorted((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0))) {
    await recordedThen(tx, importId, evening(one.on), now, async (ctx) => {
      if (one.step !== 'decide') {
        const state = await findDirective(tx, null, row.number)
        const taken = state.outcome ? null : await takeStep(tx, ctx, procedure, one.step, state, one.values)
        if (isRefusal(taken)) throw new Error(`imported directive ${row.number}: ${taken.message}`)
        return
      }
      const { meeting, decision, text, dueOn, unitId, into } = row.decided[one.index]!
      const intoId = into === null ? null : (await tx.selectFrom('cases').select('id').where('number', '=', into).where('kind', '=', caseKind).executeTakeFirstOrThrow()).id
      await tx.insertInto('directive_decisions').values({ case_id: id, meeting_id: meeting.id, decision, text, due_on: dueOn, unit_id: unitId, into_id: intoId, taken_at: null, person_id: null }).execute()
      const taken = await takeEffect(tx, ctx, meeting, id)
      if (isRefusal(taken)) throw new Error(`imported directive ${row.number}: ${taken.message}`)
    })
  }
}

function happenings(row: DirectiveRow): Happening[] {
  const step = (name: 'report' | 'accept', note: string | null, answers: StepValues['answers']): Happening => ({ on: row.reportedOn!, step: name, values: { on: row.reportedOn!, documentNo: null, note, answers } })
  const reports = row.reportedOn ? [step('report', row.work, { asks: row.asks ?? 'working', finishedOn: row.finishedOn, wantedOn: row.wantedOn }), ...(row.opinion === null ? [] : [step('accept', null, { opinion: row.opinion })])] : []
  return [...reports, ...row.decided.map(({ meeting }, index): Happening => ({ on: meeting.heldOn, step: 'decide', index }))]
}

/** --update: words and units put right, and what the last file did not have yet. What a meeting decided is not taken back by a file. */
async function change(tx: Tx, importId: number, { id, row, fields }: CaseToChange<DirectiveRow, keyof DirectiveCells>, now: Date): Promise<void> {
  const ctx = { person: null, onBehalfOf: null, now, today: dayOf(now) }
  const state = await findDirective(tx, null, row.number, true)
  await tx.updateTable('directives').set({ sentence: row.sentence, item: row.item ?? '', proof: row.proof ?? '', about_id: row.aboutId }).where('id', '=', id).execute()
  if (row.title) await tx.updateTable('cases').set({ title: row.title }).where('id', '=', id).execute()
  if (!state.outcome && fields.includes('unit')) await assignLead(tx, { caseId: id, unitId: row.unitId, at: now, endedAs: 'reassigned' })
  if (!state.outcome && fields.includes('joint')) await addJoint(tx, { caseId: id, unitIds: row.jointIds, at: now })
  if (!state.outcome && fields.includes('dueOn')) {
    await tx.updateTable('directives').set({ due_on: row.dueOn }).where('id', '=', id).execute()
    await startTracking(tx, id, now, state.orderedOn, row.dueOn)
  }
  await record(tx, ctx, 'directive.corrected', { caseId: id, payload: { import: importId, fields } })
  const known = new Set((await tx.selectFrom('directive_decisions').select('meeting_id').where('case_id', '=', id).execute()).map((one) => one.meeting_id))
  const isNewReport = fields.includes('work') || fields.includes('reportedOn')
  await playOut(tx, importId, id, { ...row, reportedOn: isNewReport ? row.reportedOn : null, decided: row.decided.filter(({ meeting }) => !known.has(meeting.id)) }, now)
  await indexCase(tx, id, [row.title ?? state.title, row.sentence, row.item])
}
