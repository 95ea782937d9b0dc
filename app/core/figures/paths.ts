import { type Day, dayOf, endOf, isoInstant, parseDay, parseInstantEnd, rocDay, rocDateTime, whyNotDay, whyNotInstant } from '../time.ts'
import { blank, type FigureSpan, type SplitBy, splits } from './figure.ts'

export const figuresPath = '/console/figures'

export type FigureView = { by?: SplitBy | null; part?: string | null; after?: string | undefined }

/** A figure's page for a span; `part` is the part's label, with `by`: then the cases counted in it. */
export function figurePath(id: string, span: FigureSpan, view: FigureView = {}): string {
  return `${figuresPath}/${id}?${spanQuery(span, view)}`
}

/** The cases behind a figure or one of its parts. */
export function figureCasesPath(id: string, span: FigureSpan, view: FigureView = {}): string {
  return `${figuresPath}/${id}/cases?${spanQuery(span, view)}`
}

/** The same as a file. */
export function figureFilePath(id: string, span: FigureSpan, what: 'cases' | 'parts', format: 'csv' | 'ods', view: FigureView = {}): string {
  return `${figuresPath}/${id}/${what}.${format}?${spanQuery(span, view)}`
}

export function figureListPath(span: FigureSpan): string {
  return `${figuresPath}?${spanQuery(span)}`
}

function spanQuery(span: FigureSpan, { by, part, after }: FigureView = {}): string {
  const query = new URLSearchParams({ from: span.from, to: span.to, statusOn: span.statusOn })
  if (span.asOf) query.set('asOf', isoInstant(span.asOf))
  if (by) query.set('by', by)
  if (by && part !== undefined && part !== null) query.set('part', part)
  if (after) query.set('after', after)
  return String(query)
}

export type SpanQuery = { from?: string; to?: string; statusOn?: string; asOf?: string }
export type ReadSpan = { span: FigureSpan; errors: Partial<Record<keyof SpanQuery, string>>; typed: Required<SpanQuery> }

/**
 * Period, status day and as-of instant from an address. What is missing or unreadable comes from `usual`; a status day that
 * is not given is the period's last day, an as-of instant the present.
 */
export function readSpanQuery(query: SpanQuery, usual: FigureSpan): ReadSpan {
  const errors: ReadSpan['errors'] = {}
  const read = (name: 'from' | 'to' | 'statusOn', otherwise: Day): Day => {
    const text = query[name]?.trim()
    if (!text) return otherwise
    const day = parseDay(text)
    if (!day) errors[name] = whyNotDay(text) ?? '這不是日期'
    return day ?? otherwise
  }
  const from = read('from', usual.from)
  const to = read('to', usual.to)
  const statusOn = read('statusOn', query.to?.trim() ? to : usual.statusOn)
  const asOfText = query.asOf?.trim() ?? ''
  const asOf = asOfText ? parseInstantEnd(asOfText) : null
  if (asOfText && !asOf) errors.asOf = whyNotInstant(asOfText) ?? '這不是時刻'
  if (to < from) errors.to = '迄日不能早於起日'
  const span = to < from ? usual : { from, to, statusOn, asOf }
  const typed = {
    from: errors.from ? query.from! : rocDay(from),
    to: errors.to ? query.to! : rocDay(to),
    statusOn: errors.statusOn ? query.statusOn! : rocDay(statusOn),
    asOf: errors.asOf ? asOfText : asOf ? instantAsTyped(asOf) : '',
  }
  return { span, errors, typed }
}

/** Written so that reading it again gives the same instant. */
export function instantAsTyped(instant: Date): string {
  const day = dayOf(instant)
  if (instant.getTime() === endOf(day).getTime() - 1) return rocDay(day)
  return instant.getTime() % 60_000 === 0 ? rocDateTime(instant) : isoInstant(instant)
}

/** Split and part of an address; null where there is none. */
export function readPart(query: { by?: string; part?: string }, possible: readonly SplitBy[]): { by: SplitBy | null; only: { by: SplitBy; key: string | null } | undefined } {
  const by = query.by !== undefined && query.by in splits && possible.includes(query.by as SplitBy) ? (query.by as SplitBy) : null
  const only = by && query.part !== undefined && query.part !== '' ? { by, key: query.part === blank ? null : query.part } : undefined
  return { by, only }
}
