import { type Db, read, type Reader } from '../db.ts'
import { figureSet, figureSplitSet } from '../figures/cache.ts'
import type { FigurePart, FigureSpan, SplitBy } from '../figures/figure.ts'
import { splits, toldValue } from '../figures/figure.ts'
import { isoInstant } from '../time.ts'
import { type DeclaredReport, type ReportFigure, reportFigures } from './declared.ts'
import type { FigureValue, Part } from './document/format.ts'
import type { FigureSource, Picture } from './document/model.ts'
import type { FigureAnswer, Resolver } from './document/resolver.ts'
import { findTypedValues, type TypedValue } from './typed-values.ts'

/** A figure with its value for one span, wherever the value comes from. */
export type Answered = {
  figure: ReportFigure
  value: FigureValue
  numerator?: number
  denominator?: number
  source: FigureSource
  typed: TypedValue | null
}

/** Every figure of the report, by id, in the report's order: counted from cases, else typed, else null with the source 'none'. */
export async function answerAll(db: Db, report: DeclaredReport, span: FigureSpan): Promise<Map<string, Answered>> {
  const figures = reportFigures(report)
  const [counted, typed] = await Promise.all([
    figureSet(db, idsCounted(figures), span),
    read(db, (reader: Reader) => findTypedValues(reader, report.kind, span), span.asOf),
  ])
  const answered = figures.map((figure): [string, Answered] => [figure.id, answer(figure, counted[figure.id], typed.get(figure.id) ?? null)])
  return new Map(answered)
}

function answer(figure: ReportFigure, counted: Awaited<ReturnType<typeof figureSet>>[string] | undefined, typed: TypedValue | null): Answered {
  if (counted) {
    const { numerator, denominator, source } = counted
    return { figure, value: toldValue(counted), source, typed: null, ...(numerator === undefined ? {} : { numerator }), ...(denominator === undefined ? {} : { denominator }) }
  }
  if (typed) return { figure, value: typed.value, source: 'typed', typed }
  return { figure, value: null, source: 'none', typed: null }
}

export type Parts = Partial<Record<SplitBy, Part[]>>

/** Parts of every counted figure, by id. A part of so few cases that it could point at somebody has no number: a report is public. */
export async function splitAll(db: Db, report: DeclaredReport, span: FigureSpan): Promise<Map<string, Parts>> {
  const figures = reportFigures(report).filter((figure) => figure.counted)
  const found = await figureSplitSet(db, idsCounted(figures), span, Object.keys(splits) as SplitBy[])
  return new Map(
    figures.map(({ id, counted }) => {
      const bySplit = Object.entries(found[id] ?? {}).map(([by, parts]) => [by, parts.map((part) => tellable(part, counted!.publicMin))])
      return [id, Object.fromEntries(bySplit) as Parts]
    }),
  )
}

function tellable({ key, label, value, cases }: FigurePart, min: number | undefined): Part {
  const isFew = min !== undefined && cases < min
  return { key: key ?? '', label, value: isFew ? null : value }
}

const idsCounted = (figures: ReportFigure[]): string[] => figures.flatMap(({ id, counted }) => (counted ? [id] : []))

export type ResolverOptions = {
  /** where a figure opens; null where it does not */
  urlOf(id: string, answered: Answered): string | null
  picture(code: string): Promise<Picture | null>
}

/** What the composer asks for its numbers. Parts are computed only when a text names one. */
export function resolverOf(answers: Map<string, Answered>, parts: () => Promise<Map<string, Parts>>, { urlOf, picture }: ResolverOptions): Resolver {
  return {
    async figure(id): Promise<FigureAnswer> {
      const answered = answers.get(id)
      if (!answered) throw new Error(`the report does not know the figure ${id}`)
      const { figure: { title, definition, kind, unit }, value, source, typed } = answered
      const url = source === 'none' ? null : urlOf(id, answered)
      return { title, definition, kind, unit, value, source, url, typed: typed && { by: typed.byName, at: typed.at } }
    },
    async breakdown(id, by) {
      return (await parts()).get(id)?.[by] ?? null
    },
    picture,
  }
}

/** The contract of `report --format json`: every figure with its value, kind, unit and honest source. */
export function figuresJson(answers: Map<string, Answered>, urlOf: (id: string, answered: Answered) => string | null): Record<string, FigureJson> {
  const entries = [...answers].map(([id, answered]): [string, FigureJson] => {
    const { figure, value, numerator, denominator, source, typed } = answered
    const fraction = denominator === undefined ? {} : { numerator: numerator ?? 0, denominator }
    const mark = typed ? { typed: { by: typed.byName, at: isoInstant(typed.at), note: typed.note } } : {}
    return [id, { value, kind: figure.kind, unit: figure.unit, ...fraction, source, ...mark, url: source === 'none' ? null : urlOf(id, answered) }]
  })
  return Object.fromEntries(entries)
}

export type FigureJson = {
  value: FigureValue
  kind: string
  unit: string
  numerator?: number
  denominator?: number
  source: FigureSource
  typed?: { by: string; at: string; note: string }
  url: string | null
}
