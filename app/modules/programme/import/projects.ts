import { sql } from 'kysely'
import type { ActContext } from '../../../core/act.ts'
import type { Tx } from '../../../core/db.ts'
import { type FindUnit, findUnitsForImport, unitFinder, type UnitForImport } from '../../../core/identity/unit-finder.ts'
import type { CheckedImport, Importer, ImportFile, ImportOptions } from '../../../core/tabular/import.ts'
import { type CheckedRow, checkTable, rowProblem } from '../../../core/tabular/schema.ts'
import type { Problem } from '../../../core/tabular/table.ts'
import { dayOf } from '../../../core/time.ts'
import { type MoneyLine, parseMoney, sameMoney } from '../money.ts'
import { type Facts, findKnown, insertProject, type Known, plainTitle, reviseProject } from '../projects.ts'
import { type Stage, stages } from '../schema.ts'
import '../tables.ts'
import { columns, type ProjectCells, type Which } from './columns.ts'

/** programme-projects.csv: one row a project; 期別 and 計畫名稱 say which. Only into a programme that is being drafted. */
export const projectsImporter: Importer = { as: 'operator', name: 'programme-projects', title: '離島建設方案計畫', columnNames: Object.values(columns).map(({ name }) => name), check }

type Programme = { id: number; term: number; fromYear: number; toYear: number; stage: Stage }
type Planned = { caseId: number; values: Facts; money: MoneyLine[]; before: Known | undefined }
type Office = { programme: Programme; units: UnitForImport[]; findUnit: FindUnit; known: readonly Known[] }
type Reasons = [keyof ProjectCells, string][]

async function check(tx: Tx, files: ImportFile[], options: ImportOptions): Promise<CheckedImport> {
  const problems: Problem[] = []
  const rows: CheckedRow<ProjectCells>[] = []
  for (const file of files) {
    if (!file.table) continue
    const checked = checkTable(file.table, columns, file.problems)
    problems.push(...checked.problems)
    rows.push(...checked.rows)
  }
  const [programmes, known, units] = [await findProgrammes(tx), await findKnown(tx), await findUnitsForImport(tx)]
  const findUnit = unitFinder(units)
  const seen = new Map<string, CheckedRow<ProjectCells>>()
  const plan: { wanted: Planned[]; unchanged: number } = { wanted: [], unchanged: 0 }
  for (const at of rows) {
    const found: Reasons = []
    const programme = programmes.find((one) => isOf(one, at.value.which))
    if (!programme) found.push(['which', `沒有${nameOf(at.value.which)}的方案，請先在系統「開始研擬新一期方案」`])
    const name = `${programme?.id ?? JSON.stringify(at.value.which)} ${plainTitle(at.value.title)}`
    const first = seen.get(name)
    if (first) found.push(['title', `與${first.file === at.file ? '' : ` ${first.file} `}第 ${first.row.number} 列是同一期的同名計畫`])
    else seen.set(name, at)
    const row = programme ? settle(at.value, { programme, units, findUnit, known }, options, found) : null
    for (const [field, reason] of found) problems.push(rowProblem(at, columns[field].name, reason))
    if (found.length || !row) continue
    if (isSame(row)) plan.unchanged++
    else plan.wanted.push(row)
  }
  return { problems, notices: [], load: () => load(tx, plan, options.now) }
}

/** What a row would write, with the reasons against it added to `found`; null where it cannot be read. What is there already as written may stand in a programme of any stage. */
function settle(cells: ProjectCells, { programme, units, findUnit, known }: Office, { update, now }: ImportOptions, found: Reasons): Planned | null {
  const today = dayOf(now)
  const unitId = findUnit(cells.unit, today)
  const money = parseMoney(cells.money.replace(/[;；]/g, '\n'), programme.fromYear, programme.toYear)
  if (typeof unitId === 'string') found.push(['unit', unitId])
  if ('problem' in money) found.push(['money', money.problem])
  const named = known.filter((one) => one.caseId === programme.id && plainTitle(one.title) === plainTitle(cells.title))
  if (named.length > 1) found.push(['title', `這一期已有 ${named.length} 件計畫叫「${cells.title}」，分不出是哪一件`])
  if (typeof unitId === 'string' || 'problem' in money || named.length > 1) return null
  const [before] = named
  const row: Planned = { caseId: programme.id, values: { heading: cells.heading, title: before?.title ?? cells.title, unit_id: unitId, township: cells.township, summary: cells.summary ?? '' }, money: money.lines, before }
  if (before?.removed_on) found.push(['title', '這件計畫已經從方案移除，要再列入請在計畫頁還原'])
  if (before?.removed_on || isSame(row)) return row
  // a unit that is gone cannot lead a project to come
  if (units.some(({ id, validUntil }) => id === unitId && validUntil !== null && validUntil < today)) found.push(['unit', `「${cells.unit}」已經裁撤`])
  if (programme.stage !== 'drafting') found.push(['which', `第 ${programme.term} 期方案現在是「${stages[programme.stage]}」，研擬中才能匯入計畫`])
  else if (before && !update) found.push(['title', '與先前的這件計畫不同，確定要更改請加上 --update'])
  return row
}

const isOf = (one: Programme, which: Which): boolean => ('term' in which ? one.term === which.term : one.fromYear === which.from && one.toYear === which.to)
const nameOf = (which: Which): string => ('term' in which ? `第 ${which.term} 期` : ` ${which.from} 至 ${which.to} 年`)
const isSame = ({ before, values, money }: Planned): boolean => before !== undefined && Object.entries(values).every(([column, value]) => before[column as keyof Facts] === value) && sameMoney(before.money, money)

/** Locked: while the file is loaded no step takes a programme out of drafting. */
async function findProgrammes(tx: Tx): Promise<Programme[]> {
  const { rows } = await sql<Programme>`select m.id, m.term, m.from_year as "fromYear", m.to_year as "toYear", c.stage from programmes m join cases c on c.id = m.id order by m.id for update of c`.execute(tx)
  return rows
}

async function load(tx: Tx, { wanted, unchanged }: { wanted: Planned[]; unchanged: number }, now: Date) {
  const ctx: ActContext = { person: null, onBehalfOf: null, now, today: dayOf(now) }
  for (const { caseId, values, money, before } of wanted) {
    if (!before) {
      await insertProject(tx, ctx, caseId, values, money)
      continue
    }
    await reviseProject(tx, ctx, before, { ...values, removed_on: null }, money, '匯入 programme-projects 檔更正')
  }
  return { added: wanted.filter(({ before }) => !before).length, changed: wanted.filter(({ before }) => before).length, unchanged }
}
