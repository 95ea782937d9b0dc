import type { Tx } from '../../../core/db.ts'
import { record } from '../../../core/events/record.ts'
import { evidenceStep } from '../../../core/procedure/evidence.tsx'
import { importSteps, type ImportedStep, morningOf, recordedThen } from '../../../core/procedure/imported.ts'
import { writeStep } from '../../../core/procedure/take-step.ts'
import { indexCase } from '../../../core/search/search.ts'
import { caseImporter, type CaseToChange, type KnownCase } from '../../../core/tabular/case-import.ts'
import { dayCell, key, labelled, oneOf, text, wholeNumber } from '../../../core/tabular/cells.ts'
import { type CheckedRow, type Columns, naming, optional, required, rowProblem } from '../../../core/tabular/schema.ts'
import type { Problem } from '../../../core/tabular/table.ts'
import { type Day, dayOf } from '../../../core/time.ts'
import { insertItem } from '../create.ts'
import { findItemState } from '../item.ts'
import { caseKind, evidenceKinds, numberPrefix, type Outcome, outcomes, townships, wholeCounty } from '../schema.ts'
import { procedure } from '../steps.ts'
import '../tables.ts'

/** One row of perceived-items.csv: one item of one year, and how it ended. */
type ItemCells = { number: string; year: number; title: string; goal: string | null; unit: string; township: string | null; listedOn: Day; finishOn: Day | null; startedOn: Day | null; outcome: Outcome | null; endedOn: Day | null; before: string | null; noBefore: string | null; evidence: string | null; why: string | null; previous: string | null }
type ItemRow = ItemCells & { unitId: number; previousId: number | null }

const columns: Columns<ItemCells> = {
  number: naming('案號', key(40)), year: required('年度', wholeNumber(1, 999)), title: required('項目', key(100)), goal: optional('目標', text(2000)), unit: required('主辦單位', key(100)), township: optional('鄉鎮', oneOf([...townships, wholeCounty])),
  listedOn: required('列入日期', dayCell), finishOn: optional('完成期限', dayCell), startedOn: optional('開始執行日期', dayCell), outcome: optional('結果', labelled(new Map(Object.entries(outcomes).map(([code, label]) => [label, code as Outcome])))), endedOn: optional('結果日期', dayCell),
  before: optional('改善前文號', key(100)), noBefore: optional('沒有改善前佐證的原因', text(200)), evidence: optional('佐證文號', key(100)), why: optional('理由', text(2000)), previous: optional('轉自案號', key(40)),
}

/** perceived-items.csv: items with what became of them. Photographs are added on the screen. */
export const perceivedImporter = caseImporter<ItemCells, ItemRow>({
  name: 'perceived-items', title: '有感施政項目', kind: caseKind, prefix: numberPrefix, columns, columnNames: Object.values(columns).map(({ name }) => name), alsoNames: ({ previous }) => [previous], check, add, change,
  textOf: (row, field) => { const value = field === 'unit' ? row.unitId : row[field]; return value === null ? '' : String(value) },
})

async function check(tx: Tx, rows: CheckedRow<ItemCells>[], { known, now }: { known: ReadonlyMap<string, KnownCase>; now: Date }): Promise<{ rows: CheckedRow<ItemRow>[]; problems: Problem[]; notices: Problem[] }> {
  const units = await tx.selectFrom('units').select(['id', 'code', 'name']).execute()
  const inFile = new Map(rows.map(({ value }, i) => [value.number, i]))
  const problems: Problem[] = []
  const good: CheckedRow<ItemRow>[] = []
  for (const [i, at] of rows.entries()) {
    const row = at.value
    const unit = units.find(({ code, name }) => code === row.unit || name === row.unit)
    const before = row.previous === null ? null : (known.get(row.previous) ?? null)
    const found: [keyof ItemCells, string][] = []
    if (!unit) found.push(['unit', `沒有「${row.unit}」這個單位，請先匯入 units.csv`])
    for (const field of ['listedOn', 'startedOn', 'endedOn'] as const) if (row[field] && row[field] > dayOf(now)) found.push([field, '在今天以後'])
    for (const field of ['startedOn', 'endedOn'] as const) if (row[field] && row[field] < row.listedOn) found.push([field, '在列入日期以前'])
    if (row.outcome && !row.endedOn) found.push(['endedOn', '有結果就要填日期'])
    if (row.endedOn && !row.outcome) found.push(['outcome', '有結果日期就要填結果'])
    if (row.outcome === 'done' && !row.evidence) found.push(['evidence', '完成的項目要有佐證'])
    if (row.outcome === 'done' && !row.before && !row.noBefore) found.push(['before', '完成的項目要有改善前的佐證，或填沒有的原因'])
    if (row.outcome && row.outcome !== 'done' && !row.why) found.push(['why', '轉入下年度或撤案要有理由'])
    if (row.previous && !before && !((inFile.get(row.previous) ?? i) < i)) found.push(['previous', `沒有「${row.previous}」，要先匯入，或列在前面`])
    for (const [field, reason] of found) problems.push(rowProblem(at, columns[field].name, reason))
    if (!found.length) good.push({ ...at, value: { ...row, township: row.township === wholeCounty ? null : row.township, unitId: unit!.id, previousId: before?.id ?? null } })
  }
  return { rows: good, problems, notices: [] }
}

async function add(tx: Tx, importId: number, rows: readonly ItemRow[], now: Date): Promise<void> {
  const made = new Map<string, number>()
  for (const row of rows) {
    const at = morningOf(row.listedOn)
    const id = await recordedThen(tx, importId, at, now, (ctx) => insertItem(tx, ctx, { year: row.year, title: row.title, goal: row.goal ?? '', unitId: row.unitId, township: row.township, finishOn: row.finishOn, number: row.number, at, listedOn: row.listedOn, stage: 'planned', previousId: row.previousId ?? made.get(row.previous ?? '') ?? null, importId }))
    made.set(row.number, id)
    await play(tx, importId, id, row, now, [])
  }
}

/** The steps that the row tells and that were not taken yet. A carried item's follower is a row of its own, so that step makes none. */
async function play(tx: Tx, importId: number, id: number, row: ItemRow, now: Date, taken: readonly string[]): Promise<void> {
  const find = () => findItemState(tx, null, row.number)
  const carriedByFile = { ...procedure, carryOut: async () => null }
  const started = row.startedOn ?? (row.outcome === 'done' ? row.listedOn : null)
  const begin: ImportedStep[] = started && !taken.includes('start') ? [{ step: 'start', on: started }] : []
  await importSteps(tx, carriedByFile, importId, now, find, begin)
  if (!row.outcome || taken.some((step) => ['finish', 'carry', 'withdraw'].includes(step))) return
  for (const { documentNo, kind, on } of evidenceIn(row, started)) {
    await recordedThen(tx, importId, morningOf(row.endedOn!), now, async (ctx) => {
      await writeStep(tx, ctx, id, evidenceStep, { on, documentNo, note: evidenceKinds[kind], answers: { kind, files: 0 } })
      await record(tx, ctx, 'perceived.evidence-added', { caseId: id, payload: { kind, files: 0, import: importId } })
    })
  }
  await importSteps(tx, carriedByFile, importId, now, find, [{ step: row.outcome === 'done' ? 'finish' : row.outcome === 'carried' ? 'carry' : 'withdraw', on: row.endedOn!, note: row.why, ...(row.outcome === 'done' ? { answers: { noBefore: row.before ? null : row.noBefore, noAfter: null } } : {}) }])
}

/** Documents that the row names: of before, and of what was reached. */
function evidenceIn(row: ItemRow, started: Day | null): { documentNo: string; kind: keyof typeof evidenceKinds; on: Day }[] {
  return [
    ...(row.before ? [{ documentNo: row.before, kind: 'before' as const, on: started ?? row.listedOn }] : []),
    ...(row.evidence ? [{ documentNo: row.evidence, kind: row.outcome === 'done' ? ('after' as const) : ('paper' as const), on: row.endedOn! }] : []),
  ]
}

/** --update: facts put right, recorded now, and steps that the last file did not have yet. A step that was taken is not taken back by a file. */
async function change(tx: Tx, importId: number, { id, row, fields }: CaseToChange<ItemRow, keyof ItemCells>, now: Date): Promise<void> {
  await tx.updateTable('perceived_items').set({ roc_year: row.year, goal: row.goal ?? '', listed_on: row.listedOn, finish_on: row.finishOn }).where('id', '=', id).execute()
  await tx.updateTable('cases').set({ title: row.title, township: row.township, unit_id: row.unitId, ...(row.previousId ? { previous_id: row.previousId } : {}) }).where('id', '=', id).execute()
  await record(tx, { person: null, onBehalfOf: null, now, today: dayOf(now) }, 'perceived.corrected', { caseId: id, payload: { import: importId, fields } })
  await play(tx, importId, id, row, now, (await findItemState(tx, null, row.number)).steps)
  await indexCase(tx, id, [row.title, row.goal])
}
