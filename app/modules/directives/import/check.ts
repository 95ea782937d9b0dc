import { sql } from 'kysely'
import type { Tx } from '../../../core/db.ts'
import type { KnownCase } from '../../../core/tabular/case-import.ts'
import { type CheckedRow, rowProblem } from '../../../core/tabular/schema.ts'
import type { Problem } from '../../../core/tabular/table.ts'
import { type Day, dayOf } from '../../../core/time.ts'
import { findBody, isLater, type Meeting } from '../meeting.ts'
import { type Decision, endings } from '../schema.ts'
import { type DirectiveCells, directiveColumns, parseDecisions } from './columns.ts'

export type DecidedLine = { meeting: Meeting; decision: Decision; text: string; dueOn: Day | null; unitId: number | null; into: string | null }
export type DirectiveRow = DirectiveCells & { of: Meeting; unitId: number; jointIds: number[]; aboutId: number | null; decided: DecidedLine[] }

type Facts = { meetings: ReadonlyMap<string, Meeting>; units: readonly { id: number; code: string; name: string }[]; abouts: ReadonlyMap<string, number>; before: ReadonlyMap<string, string>; inFile: ReadonlySet<string>; known: ReadonlyMap<string, KnownCase>; today: Day }
type Field = keyof DirectiveCells

/** What the columns say to each other, and to the meetings and units that are here. */
export async function checkDirectives(tx: Tx, rows: CheckedRow<DirectiveCells>[], { known, now }: { known: ReadonlyMap<string, KnownCase>; now: Date }): Promise<{ rows: CheckedRow<DirectiveRow>[]; problems: Problem[]; notices: Problem[] }> {
  const facts = await findFacts(tx, rows, known, dayOf(now))
  const problems: Problem[] = []
  const good: CheckedRow<DirectiveRow>[] = []
  for (const at of rows) {
    const reasons: [Field, string][] = []
    const row = readRow(at.value, facts, (field, reason) => reasons.push([field, reason]))
    for (const [field, reason] of reasons) problems.push(rowProblem(at, directiveColumns[field].name, reason))
    if (row && !reasons.length) good.push({ ...at, value: row })
  }
  return { rows: good, problems, notices: [] }
}

function readRow(cells: DirectiveCells, facts: Facts, no: (field: Field, reason: string) => void): DirectiveRow | null {
  const { meetings, units, abouts, before, today } = facts
  const of = meetings.get(cells.meeting)
  const unitOf = (written: string) => units.find(({ code, name }) => code === written || name === written)
  const unit = unitOf(cells.unit)
  if (!of) no('meeting', `沒有「${cells.meeting}」這次已經召開的會議，請先匯入 meetings.csv`)
  if (before.has(cells.number) && before.get(cells.number) !== cells.meeting) no('meeting', `「${cells.number}」是 ${before.get(cells.number)} 作成的，會議不能更改`)
  if (!unit) no('unit', `沒有「${cells.unit}」這個單位，請先匯入 units.csv`)
  const jointNames = (cells.joint ?? '').split(/[、,，;；]/).map((name) => name.trim()).filter(Boolean)
  const jointIds = jointNames.flatMap((name) => {
    const found = unitOf(name)
    if (!found) no('joint', `沒有「${name}」這個單位`)
    return found ? [found.id] : []
  })
  const about = cells.about === null ? null : abouts.get(cells.about)
  if (about === undefined) no('about', `沒有「${cells.about}」這件案件`)
  if (of && cells.dueOn && cells.dueOn <= of.heldOn) no('dueOn', '要在開會那天以後')
  if (cells.reportedOn === null && (cells.work || cells.asks || cells.opinion || cells.finishedOn || cells.wantedOn)) no('reportedOn', '填了辦理情形就要填日期')
  if (cells.reportedOn && !cells.work) no('work', '填了填報日期就要填')
  if (cells.reportedOn && cells.reportedOn > today) no('reportedOn', '在今天以後')
  if (of && cells.reportedOn && cells.reportedOn < of.heldOn) no('reportedOn', '在開會以前')
  if (cells.asks === 'done' && !cells.finishedOn) no('finishedOn', '已辦畢就要填')
  if (cells.finishedOn && cells.reportedOn && cells.finishedOn > cells.reportedOn) no('finishedOn', '在填報日期以後')
  if (cells.asks === 'more-time' && !cells.wantedOn) no('wantedOn', '請求修正期限就要填')
  const parsed = parseDecisions(cells.decisions)
  if ('problem' in parsed) no('decisions', parsed.problem)
  const decided = 'problem' in parsed || !of ? [] : readDecisions(parsed.lines, cells.number, of, facts, unitOf, (reason) => no('decisions', reason))
  return of && unit ? { ...cells, of, unitId: unit.id, jointIds: jointIds.filter((id) => id !== unit.id), aboutId: about ?? null, decided } : null
}

function readDecisions(lines: Exclude<ReturnType<typeof parseDecisions>, { problem: string }>['lines'], number: string, of: Meeting, { meetings, inFile, known }: Facts, unitOf: (written: string) => { id: number } | undefined, no: (reason: string) => void): DecidedLine[] {
  const decided: DecidedLine[] = []
  for (const line of lines) {
    const meeting = meetings.get(line.meeting)
    const unit = line.decision === 'reassign' ? unitOf(line.detail!) : undefined
    const last = decided.at(-1)
    if (!meeting) no(`沒有「${line.meeting}」這次已經召開的會議`)
    else if (!isLater(meeting, last?.meeting ?? of)) no(`${line.meeting} 要在作成的會議和前一次決定之後`)
    else if (last && endings[last.decision]) no(`${last.meeting.number} 已經讓它離開列管，之後不能再決定`)
    else if (line.decision === 'new-due' && line.dueOn! <= meeting.heldOn) no('新的期限要在那次會議之後')
    else if (line.decision === 'reassign' && !unit) no(`沒有「${line.detail}」這個單位`)
    else if (line.decision === 'merge' && (line.detail === number || !(inFile.has(line.detail!) || known.has(line.detail!)))) no(`沒有「${line.detail}」這件指裁示事項可以併入`)
    else decided.push({ meeting, decision: line.decision, text: line.text, dueOn: line.dueOn, unitId: unit?.id ?? null, into: line.decision === 'merge' ? line.detail : null })
  }
  return decided
}

async function findFacts(tx: Tx, rows: readonly CheckedRow<DirectiveCells>[], known: ReadonlyMap<string, KnownCase>, today: Day): Promise<Facts> {
  const numbers = new Set<string>()
  for (const { value } of rows) {
    numbers.add(value.meeting)
    const parsed = parseDecisions(value.decisions)
    if (!('problem' in parsed)) for (const { meeting } of parsed.lines) numbers.add(meeting)
  }
  const found = await sql<Omit<Meeting, 'body'>>`
    select c.id, c.kind, c.number, c.title, m.held_on as "heldOn", to_char(m.starts_at, 'HH24:MI') as "startsAt", c.outcome, '' as minutes, '' as remarks, '[]'::jsonb as items
    from cases c join committee_meetings m on m.id = c.id where c.number = any(${[...numbers]}::text[]) and c.outcome = 'held'`.execute(tx)
  const meetings = new Map<string, Meeting>()
  for (const one of found.rows) meetings.set(one.number, { ...one, body: await findBody(tx, one) })
  const abouts = await tx.selectFrom('cases').select(['id', 'number']).where((eb) => eb('number', '=', eb.fn.any(eb.val(rows.flatMap(({ value }) => value.about ?? []))))).execute()
  const before = await sql<{ number: string; meeting: string }>`select c.number, m.number as meeting from directives d join cases c on c.id = d.id join cases m on m.id = d.meeting_id where c.number = any(${rows.map(({ value }) => value.number)}::text[])`.execute(tx)
  return {
    meetings, units: await tx.selectFrom('units').select(['id', 'code', 'name']).execute(), abouts: new Map(abouts.map(({ id, number }) => [number!, id])), before: new Map(before.rows.map(({ number, meeting }) => [number, meeting])), inFile: new Set(rows.map(({ value }) => value.number)), known, today,
  }
}
