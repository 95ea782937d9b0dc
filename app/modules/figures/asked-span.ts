import type { Db } from '../../core/db.ts'
import type { FigureSpan } from '../../core/figures/figure.ts'
import { readSpanQuery, type ReadSpan } from '../../core/figures/paths.ts'
import { halfYearOf, halfYearsUpTo, type Period, spansUpTo, statusDayOf } from '../../core/figures/periods.ts'
import { halfYearsWithCases } from '../../core/figures/publish.ts'
import { type Day, dayOf } from '../../core/time.ts'
import type { PageRequest } from '../../core/web/route.ts'

export type AskedSpan = ReadSpan & {
  /** half-years near the one asked for, oldest first */
  near: FigureSpan[]
  /** the periods before this one, oldest first, this one last: up to eight, none before the first case */
  series: FigureSpan[]
}

/** What an address asks for; nothing asked: the last half-year in which something came in. */
export async function readSpan(request: PageRequest): Promise<AskedSpan> {
  const { first, latest } = await bounds(request.db, request.now)
  const read = readSpanQuery(request.query, { ...latest, statusOn: statusDayOf(latest, request.today), asOf: null })
  return { ...read, near: near(read.span, latest, request.today), series: spansUpTo(read.span, 8).filter((span) => span.from >= first || span.from === read.span.from) }
}

async function bounds(db: Db, now: Date): Promise<{ first: Day; latest: Period }> {
  const known = await halfYearsWithCases(db, now)
  const latest = known.at(-1) ?? halfYearOf(dayOf(now))
  return { first: (known[0] ?? latest).from, latest }
}

function near(span: FigureSpan, latest: Period, today: Day): FigureSpan[] {
  const all = halfYearsUpTo(latest, 40)
  const at = all.findIndex((period) => period.to >= span.to)
  const end = at < 0 ? all.length : Math.min(Math.max(at + 3, 5), all.length)
  return all.slice(Math.max(end - 5, 0), end).map((period) => ({ ...period, statusOn: statusDayOf(period, today), asOf: span.asOf }))
}
