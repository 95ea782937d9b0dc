import { type Parsed, parseText } from '../../../core/laws/parse-text.ts'
import { findArticle } from '../../../core/laws/text.ts'
import { type CheckedRow, rowProblem } from '../../../core/tabular/schema.ts'
import type { Problem } from '../../../core/tabular/table.ts'
import type { Day } from '../../../core/time.ts'
import { changeName } from '../schema.ts'
import { readNos } from '../some-articles.ts'
import type { RegulationCells } from './columns.ts'

export type UnitForImport = { id: number; code: string; name: string }
/** What is there already: laws by code, and by the names they had. */
export type KnownLaws = { codes: ReadonlySet<string>; names: ReadonlySet<string> }
export type RegulationRow = RegulationCells & { unitId: number; parsed: Parsed | null }
export type CheckedRegulation = CheckedRow<RegulationRow>

/** Compares rows with each other and with what is there. A row without a problem can be loaded. */
export function checkRegulations(rows: readonly CheckedRow<RegulationCells>[], about: { units: readonly UnitForImport[]; known: KnownLaws; numbers: ReadonlySet<string>; today: Day }): { rows: CheckedRegulation[]; problems: Problem[]; notices: Problem[] } {
  const problems: Problem[] = []
  const notices: Problem[] = []
  const good: CheckedRegulation[] = []
  const names = new Set(about.known.names)
  const codes = new Set(about.known.codes)
  // the last text of each law in this file; of a law that was there before, the check does not know the text
  const texts = new Map<string, Parsed>()
  for (const at of rows.toSorted((a, b) => (a.value.promulgatedOn < b.value.promulgatedOn ? -1 : a.value.promulgatedOn > b.value.promulgatedOn ? 1 : a.row.number - b.row.number))) {
    const found = reasonsAgainst(at.value, about, { names, codes })
    const missing = missingOf(at.value, texts.get(at.value.code ?? at.value.formerName ?? at.value.name))
    if (missing) found.push(['條號', `這個法規沒有「${missing}」這一條`])
    const parsed = at.value.text === null ? null : parseText(at.value.text, at.value.name)
    const fatal = parsed?.problems.filter((problem) => !problem.includes('順序')) ?? []
    for (const reason of fatal) found.push(['條文', reason])
    for (const reason of parsed?.problems.filter((problem) => problem.includes('順序')) ?? []) notices.push(rowProblem(at, '條文', `${reason}，照檔案保留`))
    if (at.value.effectiveOn && at.value.effectiveOn < at.value.promulgatedOn && !found.some(([column]) => column === '施行日期')) notices.push(rowProblem(at, '施行日期', '在公布日期以前，請確認條文明定溯及施行'))
    for (const [column, reason] of found) problems.push(rowProblem(at, column, reason))
    if (found.length) continue
    names.add(at.value.name)
    if (parsed) for (const key of [at.value.code, at.value.name]) if (key) texts.set(key, parsed)
    if (at.value.code) codes.add(at.value.code)
    good.push({ ...at, value: { ...at.value, unitId: unitOf(at.value.unit, about.units)!.id, parsed } })
  }
  return { rows: good, problems, notices }
}

export const unitOf = (text: string, units: readonly UnitForImport[]): UnitForImport | undefined => units.find(({ code, name }) => code === text || name === text)

function missingOf({ articles }: RegulationCells, parsed: Parsed | undefined): string | undefined {
  return articles && parsed ? readNos(articles)?.find((no) => !findArticle(parsed.text, no)) : undefined
}

function reasonsAgainst(row: RegulationCells, about: { units: readonly UnitForImport[]; numbers: ReadonlySet<string>; today: Day }, so: { names: Set<string>; codes: Set<string> }): [string, string][] {
  const reasons: [string, string][] = []
  if (!unitOf(row.unit, about.units)) reasons.push(['主管單位', `沒有「${row.unit}」這個單位，請先匯入 units.csv`])
  if (row.promulgatedOn > about.today) reasons.push(['公布日期', '在今天以後'])
  if (row.proposedOn && row.proposedOn > row.promulgatedOn) reasons.push(['提案日期', '在公布日期以後'])
  if (row.effectiveOn && row.effectiveOn < row.promulgatedOn && row.change === 'enact' && row.penalty) reasons.push(['施行日期', '有罰則的法規不能溯及公布以前施行'])
  if (row.endsOn && row.endsOn < (row.effectiveOn ?? row.promulgatedOn)) reasons.push(['施行期限', '在施行日期以前'])
  if (row.endsOn && row.change !== 'enact' && row.change !== 'amend') reasons.push(['施行期限', '只在制（訂）定、修正時填'])
  const some = row.change === 'suspend' || row.change === 'resume'
  if (row.articles && !some) reasons.push(['條號', '只在暫停適用、恢復適用時填'])
  if (row.articles && some && !readNos(row.articles)?.length) reasons.push(['條號', '請填條號，例如 第三條、第五條之一'])
  const needsText = row.change === 'enact' || row.change === 'amend'
  if (needsText && row.text === null) reasons.push(['條文', `${changeName(row.change, row.instrument)}要有全部條文`])
  if (!needsText && row.text !== null) reasons.push(['條文', `${changeName(row.change, row.instrument)}不改條文，請留白`])
  const isNew = !about.numbers.has(row.number)
  const isThere = row.code ? so.codes.has(row.code) : so.names.has(row.formerName ?? row.name)
  if (isNew && row.change === 'enact' && isThere) reasons.push([row.code ? '法規代號' : '法規名稱', '已經有這個法規，請填修正'])
  if (isNew && row.change !== 'enact' && !isThere) reasons.push([row.code ? '法規代號' : row.formerName ? '原名稱' : '法規名稱', `找不到要${changeName(row.change, row.instrument)}的法規，請先匯入它的制（訂）定`])
  return reasons
}
