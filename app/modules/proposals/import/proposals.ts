import type { Tx } from '../../../core/db.ts'
import { record } from '../../../core/events/record.ts'
import { importSteps, type ImportedStep, morningOf, recordedThen } from '../../../core/procedure/imported.ts'
import { indexCase } from '../../../core/search/search.ts'
import { caseImporter, type CaseToChange } from '../../../core/tabular/case-import.ts'
import { dayCell, key, labelled, listOf, text } from '../../../core/tabular/cells.ts'
import { type CheckedRow, type Columns, naming, optional, required, rowProblem } from '../../../core/tabular/schema.ts'
import type { Problem } from '../../../core/tabular/table.ts'
import { type Day, dayOf } from '../../../core/time.ts'
import { parseYears } from '../money-lines.ts'
import { findProposalState } from '../proposal.ts'
import { insertProposal } from '../register.ts'
import { caseKind, type Kind, kinds, numberPrefix, type Outcome, outcomes } from '../schema.ts'
import { procedure } from '../steps.ts'
import '../tables.ts'

/** One row of proposals.csv: one proposal and what became of it. */
type ProposalCells = { number: string; kind: Kind; title: string; unit: string; joint: string[] | null; ministry: string; programme: string; summary: string | null; openedOn: Day; submittedOn: Day | null; applied: string | null; changesOn: Day | null; changes: string | null; resubmittedOn: Day | null; outcome: Outcome | null; decidedOn: Day | null; granted: string | null; why: string | null }
type ProposalRow = ProposalCells & { unitId: number; jointIds: number[] }

const byLabel = <K extends string>(labels: Record<K, string>) => labelled(new Map(Object.entries<string>(labels).map(([code, label]) => [label, code as K])))
const columns: Columns<ProposalCells> = {
  number: naming('案號', key(40)), kind: required('種類', byLabel(kinds)), title: required('計畫名稱', key(100)), unit: required('提案單位', key(100)), joint: optional('協助單位', listOf(key(100))), ministry: required('中央部會', key(100)), programme: required('中央計畫', key(100)),
  summary: optional('計畫摘要', text(5000)), openedOn: required('開始日期', dayCell), submittedOn: optional('提送日期', dayCell), applied: optional('申請經費', text(2000)), changesOn: optional('要求修正日期', dayCell), changes: optional('要求修正事項', text(2000)), resubmittedOn: optional('再提送日期', dayCell),
  outcome: optional('結果', byLabel(outcomes)), decidedOn: optional('結果日期', dayCell), granted: optional('核定經費', text(2000)), why: optional('理由', text(2000)),
}

/** proposals.csv: proposals to the central government with what became of them, played through the same steps. */
export const proposalsImporter = caseImporter<ProposalCells, ProposalRow>({
  name: 'proposals', title: '中央計畫提案', kind: caseKind, prefix: numberPrefix, columns, columnNames: Object.values(columns).map(({ name }) => name), check, add, change,
  textOf: (row, field) => { const value = field === 'unit' ? row.unitId : field === 'joint' ? row.jointIds.join(',') : row[field]; return value === null ? '' : String(value) },
})

async function check(tx: Tx, rows: CheckedRow<ProposalCells>[], { now }: { now: Date }): Promise<{ rows: CheckedRow<ProposalRow>[]; problems: Problem[]; notices: Problem[] }> {
  const units = await tx.selectFrom('units').select(['id', 'code', 'name']).execute()
  const idOf = (written: string) => units.find(({ code, name }) => code === written || name === written)?.id
  const problems: Problem[] = []
  const good: CheckedRow<ProposalRow>[] = []
  for (const at of rows) {
    const unitId = idOf(at.value.unit)
    const joint = (at.value.joint ?? []).map((written) => ({ written, id: idOf(written) }))
    const found = reasonsAgainst(at.value, dayOf(now))
    if (unitId === undefined) found.push(['unit', `沒有「${at.value.unit}」這個單位，請先匯入 units.csv`])
    for (const { written, id } of joint) if (id === undefined) found.push(['joint', `沒有「${written}」這個單位`])
    for (const [field, reason] of found) problems.push(rowProblem(at, columns[field].name, reason))
    if (!found.length) good.push({ ...at, value: { ...at.value, unitId: unitId!, jointIds: joint.map(({ id }) => id!) } })
  }
  return { rows: good, problems, notices: [] }
}

function reasonsAgainst(row: ProposalCells, today: Day): [keyof ProposalCells, string][] {
  const found: [keyof ProposalCells, string][] = []
  const days = ['openedOn', 'submittedOn', 'changesOn', 'resubmittedOn', 'decidedOn'] as const
  let before: Day | null = null
  for (const field of days) {
    const on = row[field]
    if (!on) continue
    if (on > today) found.push([field, '在今天以後'])
    if (before && on < before) found.push([field, '比前面的日期早'])
    before = on
  }
  for (const field of ['applied', 'granted'] as const) {
    const parsed = parseYears(row[field] ?? '')
    if ('problem' in parsed) found.push([field, parsed.problem])
    else if (!parsed.years.length && (field === 'applied' ? row.submittedOn : row.outcome === 'granted')) found.push([field, field === 'applied' ? '提送了就要填' : '核定了就要填'])
  }
  if (row.outcome === 'granted' && !row.why && sumOf(row.granted) > sumOf(row.applied)) found.push(['granted', '比申請經費多，沒有錯的話請在理由欄說明'])
  if (row.changesOn && !row.submittedOn) found.push(['submittedOn', '要求修正以前要有提送日期'])
  if (row.changesOn && !row.changes) found.push(['changes', '要填要求修正什麼'])
  if (row.resubmittedOn && !row.changesOn) found.push(['changesOn', '再提送以前要有要求修正的日期'])
  if (row.outcome && !row.decidedOn) found.push(['decidedOn', '有結果就要填日期'])
  if (row.decidedOn && !row.outcome) found.push(['outcome', '有結果日期就要填結果'])
  if (row.outcome && row.outcome !== 'withdrawn' && !row.submittedOn) found.push(['submittedOn', '有中央的結果就要有提送日期'])
  if (row.outcome === 'granted' && row.changesOn && !row.resubmittedOn) found.push(['resubmittedOn', '修正後再提送才會核定'])
  if (row.outcome && row.outcome !== 'granted' && !row.why) found.push(['why', '不予補助或撤回要有理由'])
  return found
}

function sumOf(text: string | null): number {
  const parsed = parseYears(text ?? '')
  return 'years' in parsed ? parsed.years.reduce((sum, { twd }) => sum + twd, 0) : 0
}

async function add(tx: Tx, importId: number, rows: readonly ProposalRow[], now: Date): Promise<void> {
  for (const row of rows) {
    const at = morningOf(row.openedOn)
    await recordedThen(tx, importId, at, now, (ctx) => insertProposal(tx, ctx, { ...row, summary: row.summary ?? '', joint: row.jointIds, at, importId }))
    await importSteps(tx, procedure, importId, now, () => findProposalState(tx, null, row.number), stepsOf(row))
  }
}

function stepsOf(row: ProposalRow): ImportedStep[] {
  const steps: ImportedStep[] = []
  const step = (id: string, on: Day | null, more: Partial<ImportedStep> = {}) => on && steps.push({ step: id, on, ...more })
  step('submit', row.submittedOn, { answers: { applied: row.applied } })
  step('ask-changes', row.changesOn, { note: row.changes, answers: { by: null } })
  step('resubmit', row.resubmittedOn, { answers: { applied: row.applied } })
  if (row.outcome === 'granted') step('grant', row.decidedOn, { note: row.why, answers: { granted: row.granted } })
  else if (row.outcome) step(row.outcome === 'refused' ? 'refuse' : 'withdraw', row.decidedOn, { note: row.why })
  return steps
}

/** --update: facts put right, and steps that the last file did not have yet. A step that was taken is not taken back by a file. */
async function change(tx: Tx, importId: number, { id, row, fields }: CaseToChange<ProposalRow, keyof ProposalCells>, now: Date): Promise<void> {
  await tx.updateTable('proposals').set({ kind: row.kind, ministry: row.ministry, programme: row.programme, summary: row.summary ?? '' }).where('id', '=', id).execute()
  await tx.updateTable('cases').set({ title: row.title, unit_id: row.unitId }).where('id', '=', id).execute()
  await record(tx, { person: null, onBehalfOf: null, now, today: dayOf(now) }, 'proposal.corrected', { caseId: id, payload: { import: importId, fields } })
  const { steps } = await findProposalState(tx, null, row.number)
  await importSteps(tx, procedure, importId, now, () => findProposalState(tx, null, row.number), stepsOf(row).filter(({ step }) => !steps.includes(step)))
  await indexCase(tx, id, [row.title, row.programme, row.ministry, row.summary])
}
