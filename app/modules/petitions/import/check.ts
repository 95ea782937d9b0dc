import { type FindUnit, unitFinder, type UnitForImport } from '../../../core/identity/unit-finder.ts'
import type { Moment } from '../../../core/tabular/cells.ts'
import { type CheckedRow, rowProblem } from '../../../core/tabular/schema.ts'
import type { Problem } from '../../../core/tabular/table.ts'
import { type Day, dayOf } from '../../../core/time.ts'
import type { Channel, Outcome } from '../schema.ts'
import type { PetitionCells } from './columns.ts'

/** One petition ready to load: instants settled, units found, text kept as written. */
export type PetitionImportRow = {
  number: string
  channel: Channel
  receivedAt: Date
  /** recorded time of the receipt: 登錄時間, absent = 收件時間 */
  registeredAt: Date
  subject: string
  /** empty when the file has no letter */
  body: string
  senderName: string | null
  senderEmail: string | null
  senderPhone: string | null
  senderAddress: string | null
  township: string | null
  category: string | null
  unitId: number
  jointUnitIds: number[]
  dispatchedAt: Date | null
  /** 限辦日期 as written, null when the file leaves it to the office's own clock */
  dueOn: Day | null
  extendedTo: Day | null
  closedAt: Date | null
  outcome: Outcome | null
  answer: string | null
  satisfaction: number | null
  publishConsent: boolean
  /** 併入案號: in the same import or known already */
  mergedInto: string | null
}

/** What the office knows already, and when it is. */
export type Office = {
  units: UnitForImport[]
  /** 案號 of petitions already in the database, among those that the file names in 併入案號; mapped to the 案號 they are merged into */
  knownNumbers: ReadonlyMap<string, string | null>
  now: Date
}

export type CheckedPetitions = {
  rows: CheckedRow<PetitionImportRow>[]
  problems: Problem[]
  /** odd, but possible: loaded as written */
  notices: Problem[]
}

/** Compares the cells of each row, and the rows with each other. What cannot be is a problem; what is merely odd is a notice. */
export function checkPetitions(rows: CheckedRow<PetitionCells>[], office: Office): CheckedPetitions {
  const findUnit = unitFinder(office.units)
  const checked: CheckedPetitions = { rows: [], problems: [], notices: [] }
  const firsts = new Map<string, CheckedRow<PetitionCells>>()
  for (const at of rows) {
    const cells = at.value
    const problems: Problem[] = []
    const problem: Say = (column, reason) => void problems.push(rowProblem(at, column, reason))
    const notice: Say = (column, reason) => void checked.notices.push(rowProblem(at, column, reason))
    const first = firsts.get(cells.number)
    if (first) problem('案號', `「${cells.number}」與${first.file === at.file ? '' : ` ${first.file} `}第 ${first.row.number} 列重複`)
    else firsts.set(cells.number, at)
    checkTimes(cells, office.now, problem, notice)
    checkOutcome(cells, problem, notice)
    const value = settle(cells, findUnit, problem, notice)
    checked.problems.push(...problems)
    if (value && problems.length === 0) checked.rows.push({ ...at, value })
  }
  return withoutBadMerges(checked, office.knownNumbers)
}

type Say = (column: string, reason: string) => void

function checkTimes(cells: PetitionCells, now: Date, problem: Say, notice: Say): void {
  const { receivedAt, registeredAt, dispatchedAt, closedAt, dueOn, extendedTo } = cells
  const moments: [string, Moment | null][] = [['收件時間', receivedAt], ['登錄時間', registeredAt], ['分派時間', dispatchedAt], ['結案時間', closedAt]]
  for (const [column, moment] of moments) if (moment && moment.at > now) problem(column, '在現在之後，還沒有發生')
  if (registeredAt && isBefore(registeredAt, receivedAt)) problem('登錄時間', '早於收件時間')
  if (dispatchedAt && isBefore(dispatchedAt, receivedAt)) problem('分派時間', '早於收件時間')
  if (closedAt && isBefore(closedAt, receivedAt)) problem('結案時間', '早於收件時間')
  if (dueOn && dueOn < dayOf(receivedAt.at)) problem('限辦日期', '早於收件日')
  if (extendedTo && extendedTo < (dueOn ?? dayOf(receivedAt.at))) problem('展期至', dueOn ? '早於限辦日期' : '早於收件日')
  else if (extendedTo && extendedTo === dueOn) notice('展期至', '與限辦日期同一天')
  if (closedAt && dispatchedAt && isBefore(closedAt, dispatchedAt)) notice('分派時間', '晚於結案時間')
}

function checkOutcome(cells: PetitionCells, problem: Say, notice: Say): void {
  const { closedAt, outcome, mergedInto, number, answer, satisfaction, senderEmail } = cells
  if (outcome && !closedAt) problem('結案方式', '有結案方式，但沒有結案時間')
  if (closedAt && !outcome) notice('結案方式', '有結案時間，但沒有結案方式，以「答復」匯入')
  if (outcome === 'merged' && !mergedInto) problem('併入案號', '結案方式是併案，必須填併入案號')
  if (mergedInto === number) problem('併入案號', '不能併入自己')
  if (mergedInto && outcome && outcome !== 'merged') notice('併入案號', '有併入案號，但結案方式不是併案')
  if (answer && !closedAt) notice('回復內容', '還沒有結案，內容當作已回復的文字保留')
  if (satisfaction !== null && !closedAt) notice('滿意度', '還沒有結案')
  if (senderEmail && !/^[^\s@]+@[^\s@]+$/.test(senderEmail)) notice('電子郵件', '不像電子郵件地址，照原文保留')
}

function settle(cells: PetitionCells, findUnit: FindUnit, problem: Say, notice: Say): PetitionImportRow | null {
  const receivedOn = dayOf(cells.receivedAt.at)
  const unitId = findUnit(cells.unit, receivedOn)
  if (typeof unitId === 'string') problem('主辦單位', unitId)
  const jointUnitIds = new Set<number>()
  for (const joint of cells.jointUnits ?? []) {
    const id = findUnit(joint, receivedOn)
    if (typeof id === 'string') problem('協辦單位', id)
    else if (id === unitId) notice('協辦單位', `「${joint}」就是主辦單位，不另列協辦`)
    else jointUnitIds.add(id)
  }
  if (typeof unitId === 'string') return null
  const { jointUnits: _, unit: __, ...kept } = cells
  const receivedAt = cells.receivedAt.at
  const registeredAt = notBefore(cells.registeredAt, receivedAt) ?? receivedAt
  const dispatchedAt = notBefore(cells.dispatchedAt, receivedAt)
  const closedAt = notBefore(cells.closedAt, dispatchedAt ?? receivedAt)
  return {
    ...kept,
    receivedAt,
    registeredAt,
    dispatchedAt,
    closedAt,
    outcome: cells.closedAt ? (cells.outcome ?? 'answered') : null,
    body: cells.body ?? '',
    unitId,
    jointUnitIds: [...jointUnitIds],
    publishConsent: cells.publishConsent ?? false,
  }
}

// A day without a time is on the same day as any time of it, never before.
function isBefore(moment: Moment, other: Moment): boolean {
  return moment.hasTime && other.hasTime ? moment.at < other.at : dayOf(moment.at) < dayOf(other.at)
}

// What is known by its day alone happened on that day after what came before it.
function notBefore(moment: Moment | null, earliest: Date): Date | null {
  if (!moment) return null
  const sameDay = !moment.hasTime && dayOf(moment.at) === dayOf(earliest)
  return sameDay && moment.at < earliest ? earliest : moment.at
}

// 併入案號 must lead to a case of this file or of the office, and not round in a circle.
function withoutBadMerges(checked: CheckedPetitions, known: ReadonlyMap<string, string | null>): CheckedPetitions {
  const inFile = new Map(checked.rows.map(({ value }) => [value.number, value.mergedInto]))
  const next = (number: string): string | null | undefined => (inFile.has(number) ? inFile.get(number) : known.get(number))
  const bad = new Map<CheckedRow<PetitionImportRow>, string>()
  for (const at of checked.rows) {
    const { number, mergedInto } = at.value
    if (mergedInto === null) continue
    if (next(mergedInto) === undefined) bad.set(at, `找不到「${mergedInto}」：它不在檔案的可用列裡，也還沒有匯入`)
    else if (leadsBack(number, mergedInto, next)) bad.set(at, `「${mergedInto}」又併回「${number}」`)
  }
  if (bad.size === 0) return checked
  const problems = [...bad].map(([at, reason]) => rowProblem(at, '併入案號', reason))
  // A case that is left out takes with it those that are merged into it.
  const left = checked.rows.filter((at) => !bad.has(at))
  return withoutBadMerges({ ...checked, rows: left, problems: [...checked.problems, ...problems] }, known)
}

function leadsBack(start: string, from: string, next: (number: string) => string | null | undefined): boolean {
  const seen = new Set<string>()
  let at: string | null | undefined = from
  while (at && !seen.has(at)) {
    if (at === start) return true
    seen.add(at)
    at = next(at)
  }
  return false
}
