import { createHash } from 'node:crypto'
import { type RawBuilder, sql } from 'kysely'
import { isRunning } from '../cases/due.ts'
import type { Answer } from '../clocks/answer.ts'
import type { Calendar } from '../clocks/calendar.ts'
import { computeDeadline } from '../clocks/compute.ts'
import type { DeadlineParams } from '../clocks/rule.ts'
import type { Rulebook } from '../clocks/rules.ts'
import type { Reader } from '../db.ts'
import { addDays, type Day, dayFromNumber, rocDay, startOf } from '../time.ts'

/** A running clock whose due day another calendar puts elsewhere. */
export type Move = {
  clockId: number
  caseId: number
  main: boolean
  rule: string
  from: Day | null
  to: Day | null
  because: string | null
  explanation: string[]
  kind: string
  name: string
  title: string
  confidential: boolean
  unitId: number | null
  unitName: string | null
  officerId: number | null
  officerName: string | null
}

type Clock = Omit<Move, 'from' | 'to'> & { dueOn: Day | null; triggerAt: Date; params: DeadlineParams | null }

/** Clocks read at once: with their facts a few megabytes. */
const readAtOnce = 5_000

/**
 * Every running clock that moves when the calendar becomes another one, by due day. What is closed, met or standing still
 * does not move. `only` narrows to certain clocks k of cases c.
 */
export async function findMoves(reader: Reader, before: Calendar, after: Calendar, only: RawBuilder<boolean> = sql<boolean>`true`): Promise<Move[]> {
  const first = firstDifference(before, after)
  if (first === null) return []
  const moves: Move[] = []
  for (let last = 0; ; ) {
    const clocks = await readClocks(reader, first, last, only)
    for (const clock of clocks) {
      const move = moveOf(clock, (of) => computeDeadline(of.rule, of.triggerAt, of.params ?? {}, before), (of) => computeDeadline(of.rule, of.triggerAt, of.params ?? {}, after), before, after)
      if (move) moves.push(move)
    }
    if (clocks.length < readAtOnce) break
    last = clocks.at(-1)!.clockId
  }
  return moves.toSorted((a, b) => compare(a.from ?? '9999', b.from ?? '9999') || a.clockId - b.clockId)
}

/** The first day on which one is open and the other is not, or which only one of them knows. */
function firstDifference(before: Calendar, after: Calendar): Day | null {
  const end = Math.max(before.lastNumber, after.lastNumber)
  for (let number = Math.min(before.firstNumber, after.firstNumber); number <= end; number++) {
    const known = before.knowsNumber(number)
    if (known !== after.knowsNumber(number) || (known && before.isOpenNumber(number) !== after.isOpenNumber(number))) return dayFromNumber(number)
  }
  return null
}

/** Periods that are counted back from an event may end before the day that changed; none looks further back than this. */
const lookBackDays = 40

async function readClocks(reader: Reader, first: Day, afterId: number, only: RawBuilder<boolean>): Promise<Clock[]> {
  const found = await sql<Clock>`
    select k.id as "clockId", k.case_id as "caseId", k.main, k.rule, k.trigger_at as "triggerAt", k.due_on as "dueOn", k.params, k.because, k.explanation,
      c.kind, coalesce(c.number, c.follow_no) as name, c.title, c.confidential, c.unit_id as "unitId", u.name as "unitName", c.officer_id as "officerId", o.name as "officerName"
    from case_clocks k join cases c on c.id = k.case_id left join units u on u.id = c.unit_id left join people o on o.id = c.officer_id
    where ${isRunning} and k.paused_on is null and coalesce(k.due_on, 'infinity'::date) >= ${addDays(first, -lookBackDays)} and k.id > ${afterId} and ${only}
    order by k.id limit ${sql.lit(readAtOnce)}`.execute(reader)
  return found.rows
}

/** Those of one rule that begin on a day or later and move when the rulebook becomes another one: notices before a meeting that is still to come, and the like. */
export async function findRuleMoves(reader: Reader, rule: string, from: Day, before: Rulebook, after: Rulebook, calendar: Calendar): Promise<Move[]> {
  const moves: Move[] = []
  const by = (book: Rulebook) => (of: Clock) => computeDeadline(of.rule, of.triggerAt, of.params ?? {}, calendar, book)
  for (let last = 0; ; ) {
    const clocks = await readClocks(reader, calendar.firstDay, last, sql<boolean>`k.rule = ${rule} and k.trigger_at >= ${startOf(from)}`)
    for (const clock of clocks) {
      const move = moveOf(clock, by(before), by(after), calendar, calendar)
      if (move) moves.push(move)
    }
    if (clocks.length < readAtOnce) return moves
    last = clocks.at(-1)!.clockId
  }
}

type Computed = (clock: Clock) => Answer

/** Each clock by the facts it was computed with; where they are not known, by its rule alone. */
function moveOf(clock: Clock, before: Computed, after: Computed, calendarBefore: Calendar, calendarAfter: Calendar): Move | null {
  const { dueOn, triggerAt: _trigger, params: _params, ...told } = clock
  const was = before(clock)
  const is = after(clock)
  if (is.kind === 'paused' || is.kind === 'open') return null
  if (dueOn !== null && was.kind === 'due' && was.day !== dueOn) return shifted(clock, was.day, is, calendarBefore, calendarAfter)
  const to = is.kind === 'due' ? is.day : null
  return to === dueOn ? null : { ...told, from: dueOn, to, because: is.kind === 'due' ? null : is.because, explanation: is.kind === 'due' ? is.explanation : [is.because] }
}

/** A due day that was not the rule's own (brought by an import, or facts not known): it keeps its distance to the rule's, in office days. */
function shifted({ dueOn, triggerAt: _trigger, params: _params, ...told }: Clock, was: Day, is: Answer, before: Calendar, after: Calendar): Move | null {
  const distance = before.officeDaysBetween(was, dueOn!)
  const to = is.kind === 'due' && distance !== null ? after.addOfficeDays(is.day, distance) : null
  if (to === null || to === dueOn) return null
  return { ...told, from: dueOn, to, because: null, explanation: [`限辦日期原為 ${rocDay(dueOn!)}，辦公日曆或規則改變，改為 ${rocDay(to)}；原來的計算如下`, ...told.explanation] }
}

/** A short name for exactly these moves under exactly these calendars: who applies a change says by it what was seen. */
export function nameMoves(before: Calendar, after: Calendar, moves: readonly Move[]): string {
  const text = [before.version, after.version, ...moves.map(({ clockId, from, to }) => `${clockId}:${from}:${to}`)].join('\n')
  return createHash('sha256').update(text).digest('hex').slice(0, 24)
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
