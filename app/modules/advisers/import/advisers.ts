import type { Tx } from '../../../core/db.ts'
import { record } from '../../../core/events/record.ts'
import { dayCell, key, labelled } from '../../../core/tabular/cells.ts'
import type { CheckedImport, Importer, ImportFile, ImportOptions } from '../../../core/tabular/import.ts'
import { type CheckedRow, checkTable, type Columns, optional, required, rowProblem } from '../../../core/tabular/schema.ts'
import type { Problem } from '../../../core/tabular/table.ts'
import { type Day, dayOf } from '../../../core/time.ts'
import { type AdviserKind, adviserKinds } from '../schema.ts'
import '../tables.ts'

type Cells = { kind: AdviserKind; name: string; title: string | null; field: string | null; fromOn: Day; untilOn: Day; endedOn: Day | null; endedWhy: string | null }

export const columns: Columns<Cells> = {
  kind: required('身分', labelled(new Map(Object.entries(adviserKinds).map(([code, label]) => [label, code as AdviserKind])))), name: required('姓名', key(50)),
  title: optional('職稱', key(100)), field: optional('專長', key(200)), fromOn: required('任期開始', dayCell), untilOn: required('任期屆滿', dayCell), endedOn: optional('解聘日期', dayCell), endedWhy: optional('解聘原因', key(200)),
}

/** advisers.csv: one row a term; 身分, 姓名 and 任期開始 say which. */
export const advisersImporter: Importer = { as: 'operator', name: 'advisers', title: '縣政顧問與鄉賢', columnNames: Object.values(columns).map(({ name }) => name), check }

type Known = { id: number; kind: AdviserKind; name: string; title: string; field: string; from_on: Day; until_on: Day; ended_on: Day | null; ended_why: string | null }
type Planned = { cells: Cells; before: Known | undefined }

async function check(tx: Tx, files: ImportFile[], options: ImportOptions): Promise<CheckedImport> {
  const problems: Problem[] = []
  const rows: CheckedRow<Cells>[] = []
  for (const file of files) {
    if (!file.table) continue
    const checked = checkTable(file.table, columns, file.problems)
    problems.push(...checked.problems)
    rows.push(...checked.rows)
  }
  const known = await tx.selectFrom('advisers').select(['id', 'kind', 'name', 'title', 'field', 'from_on', 'until_on', 'ended_on', 'ended_why']).forUpdate().execute()
  const plan: { wanted: Planned[]; unchanged: number } = { wanted: [], unchanged: 0 }
  const all: Known[] = [...known]
  const seen = new Set<string>()
  for (const at of rows) {
    const { value } = at
    const term = `${value.kind} ${value.name} ${value.fromOn}`
    const before = known.find((one) => one.kind === value.kind && one.name === value.name && one.from_on === value.fromOn)
    const isSame = before !== undefined && sameAs(before, value)
    const found = reasonsAgainst(value, all.filter((one) => one !== before))
    if (seen.has(term)) found.push(['fromOn', '這位的這個任期重複'])
    seen.add(term)
    if (before && !isSame && !options.update) found.push(['fromOn', '與先前的這個任期不同，確定要更改請加上 --update'])
    for (const [field, reason] of found) problems.push(rowProblem(at, columns[field].name, reason))
    if (found.length) continue
    if (isSame) plan.unchanged++
    else plan.wanted.push({ cells: value, before })
    if (!before) all.push({ id: 0, ...valuesOf(value) })
  }
  return { problems, notices: [], load: () => load(tx, plan, options.now) }
}

/** The same rules as on the screen: days in order, terms of one person apart, an early end inside its term and with its reason. */
export function reasonsAgainst(row: Cells, others: readonly Pick<Known, 'kind' | 'name' | 'from_on' | 'until_on' | 'ended_on'>[]): [keyof Cells, string][] {
  const found: [keyof Cells, string][] = []
  if (row.untilOn < row.fromOn) found.push(['untilOn', '在任期開始以前'])
  if (row.endedOn && (row.endedOn < row.fromOn || row.endedOn > row.untilOn)) found.push(['endedOn', '不在任期裡'])
  if (row.endedOn && !row.endedWhy) found.push(['endedWhy', '有解聘日期就要填原因'])
  if (!row.endedOn && row.endedWhy) found.push(['endedOn', '有解聘原因就要填日期'])
  const last = row.endedOn ?? row.untilOn
  if (others.some((one) => one.kind === row.kind && one.name === row.name && one.from_on !== row.fromOn && one.from_on <= last && row.fromOn <= (one.ended_on ?? one.until_on))) found.push(['fromOn', '與這位的另一個任期重疊'])
  return found
}

const valuesOf = ({ kind, name, title, field, fromOn, untilOn, endedOn, endedWhy }: Cells) => ({ kind, name, title: title ?? '', field: field ?? '', from_on: fromOn, until_on: untilOn, ended_on: endedOn, ended_why: endedWhy })
const sameAs = (before: Known, cells: Cells): boolean => Object.entries(valuesOf(cells)).every(([column, value]) => before[column as keyof Known] === value)

async function load(tx: Tx, { wanted, unchanged }: { wanted: Planned[]; unchanged: number }, now: Date) {
  const ctx = { person: null, onBehalfOf: null, now, today: dayOf(now) }
  for (const { cells, before } of wanted) {
    const values = valuesOf(cells)
    if (before) await tx.updateTable('advisers').set(values).where('id', '=', before.id).execute()
    const id = before?.id ?? (await tx.insertInto('advisers').values(values).returning('id').executeTakeFirstOrThrow()).id
    await record(tx, ctx, before ? 'adviser.corrected' : 'adviser.appointed', { payload: { adviser: id, kind: cells.kind, until: cells.untilOn, imported: true } })
  }
  return { added: wanted.filter(({ before }) => !before).length, changed: wanted.filter(({ before }) => before).length, unchanged }
}
