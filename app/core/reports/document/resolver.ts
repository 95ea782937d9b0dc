import type { Measured, Part } from './format.ts'
import type { FigureSource, Picture, TypedBy } from './model.ts'
import type { Split } from './text/source.ts'

/** What is known of a figure at the report's as-of instant. */
export interface FigureAnswer extends Measured {
  title: string
  /** one Chinese sentence: what is counted */
  definition: string
  /** none: no records stand behind it and nobody typed it; then value is null */
  source: FigureSource
  /** path of the page that lists the cases counted; null where readers of this report may not open it */
  url: string | null
  /** set when source is typed */
  typed: TypedBy | null
}

/** Supplies a report with its numbers and pictures, all at one as-of instant, period and status day. */
export interface Resolver {
  figure(id: string): Promise<FigureAnswer>
  /** The parts, in the order of the office; null where the figure's cases do not carry that. */
  breakdown(id: string, by: Split): Promise<Part[] | null>
  /** null: no such picture */
  picture(id: string): Promise<Picture | null>
}
