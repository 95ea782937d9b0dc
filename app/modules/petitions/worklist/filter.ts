import { addDays, type Day, endOf, isoInstant, parseDay, parseInstantEnd, rocDay, startOf } from '../../../core/time.ts'
import { officeCalendar } from '../../../core/clocks/calendar.ts'
import { type Channel, channels, outcomes, type Outcome, type Stage, stages } from '../schema.ts'

/** Which cases a list shows, as its address says it. Everything else follows from these. */
export type ListFilter = {
  /** open (the default), closed, all, a stage, or a tray */
  stage: 'open' | 'closed' | 'all' | 'unregistered' | Stage
  unitId: number | null
  /** that unit and those below it, where they are known: the database then sees how many cases they have */
  unitIds?: number[]
  /** 'me' or a person's id */
  officer: 'me' | number | null
  channel: Channel | null
  category: string | null
  township: string | null
  outcome: Outcome | null
  /** overdue, or due within so many working days */
  due: 'overdue' | number | null
  q: string
  /** name, e-mail or telephone of the petitioner, whole */
  sender: string
  /** received from and until, whole days */
  from: Day | null
  to: Day | null
  /** as it was known at that instant; null: now */
  asOf: Date | null
}

export const dueChoices = { overdue: '已逾期', 0: '今天到期', 1: '1 個工作日內', 3: '3 個工作日內', 5: '5 個工作日內' } as const

export function readFilter(query: Record<string, string | undefined>): ListFilter {
  const stage = query.stage ?? ''
  const id = (text: string | undefined) => (text && /^\d{1,15}$/.test(text) ? Number(text) : null)
  return {
    stage: stage in stages || ['closed', 'all', 'unregistered'].includes(stage) ? (stage as ListFilter['stage']) : 'open',
    unitId: id(query.unit),
    officer: query.officer === 'me' ? 'me' : id(query.officer),
    channel: query.channel && query.channel in channels ? (query.channel as Channel) : null,
    category: query.category || null,
    township: query.township || null,
    outcome: query.outcome && query.outcome in outcomes ? (query.outcome as Outcome) : null,
    due: query.due === 'overdue' ? 'overdue' : id(query.due),
    q: (query.q ?? '').trim().slice(0, 100),
    sender: (query.sender ?? '').trim().slice(0, 100),
    from: parseDay(query.from ?? ''),
    to: parseDay(query.to ?? ''),
    asOf: parseInstantEnd(query['as-of'] ?? ''),
  }
}

/** The filter as the parameters of an address; what is not set is left out. */
export function filterQuery(filter: ListFilter): Record<string, string> {
  const query = {
    q: filter.q,
    stage: filter.stage === 'open' ? '' : filter.stage,
    unit: filter.unitId,
    officer: filter.officer,
    channel: filter.channel,
    category: filter.category,
    township: filter.township,
    outcome: filter.outcome,
    due: filter.due,
    sender: filter.sender,
    from: filter.from && rocDay(filter.from),
    to: filter.to && rocDay(filter.to),
    'as-of': filter.asOf && isoInstant(filter.asOf),
  }
  return Object.fromEntries(Object.entries(query).flatMap(([name, value]) => (value === null || value === '' ? [] : [[name, String(value)]])))
}

/** Instants between which it was received: half-open. */
export function receivedSpan(filter: ListFilter): { from: Date | null; until: Date | null } {
  return { from: filter.from && startOf(filter.from), until: filter.to && endOf(filter.to) }
}

/** Days between which it is due, both included. */
export function dueSpan(filter: ListFilter, today: Day): { from: Day | null; to: Day } | null {
  if (filter.due === null) return null
  if (filter.due === 'overdue') return { from: null, to: addDays(today, -1) }
  return { from: today, to: officeCalendar.addOfficeDays(today, filter.due) ?? addDays(today, filter.due) }
}

/** Open cases go by due day; what is closed or all, by receipt, newest first. */
export function orderOf(filter: ListFilter): 'due' | 'received' {
  return ['closed', 'all', 'lapsed', 'unconfirmed'].includes(filter.stage) ? 'received' : 'due'
}
