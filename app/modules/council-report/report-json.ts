import type { Db, Reader } from '../../core/db.ts'
import { NotFound } from '../../core/errors.ts'
import type { FigureSpan } from '../../core/figures/figure.ts'
import { figurePath } from '../../core/figures/paths.ts'
import { answerAll, type FigureJson, figuresJson } from '../../core/reports/answers.ts'
import { checkpointAt } from '../../core/reports/checkpoint.ts'
import { publicFigurePath } from '../../core/reports/paths.ts'
import { findPublished, publishedFigures } from '../../core/reports/published.ts'
import { type Day, isoInstant } from '../../core/time.ts'
import { councilReport } from './report.ts'

export type ReportJson = { period: { from: Day; to: Day }; statusOn: Day; asOf: string; figures: Record<string, FigureJson>; checkpoint: string | null }

/**
 * Every figure of the report for a span: the contract of `windlion report --format json`. An as-of instant in the past gives the
 * same answer whenever it is asked; `now` stands for it where none is given. Addresses open the cases as known at that instant.
 */
export async function reportJson(db: Db, span: FigureSpan, now: Date, baseUrl: string): Promise<ReportJson> {
  const asOf = span.asOf ?? now
  const answers = await answerAll(db, councilReport, span)
  const figures = figuresJson(answers, (id, { source }) => (source === 'cases' ? baseUrl + figurePath(id, { ...span, asOf }) : null))
  const { from, to, statusOn } = span
  return { period: { from, to }, statusOn, asOf: isoInstant(asOf), figures, checkpoint: await checkpointAt(db, asOf) }
}

/** An issue for programs: the contract of `windlion report --format json`, frozen, with the parts that the public may know. */
export async function issueJson(publicDb: Reader, id: number, origin: string) {
  const report = await findPublished(publicDb, id)
  if (!report) throw new NotFound('找不到這份報告')
  const figures = Object.fromEntries(
    (await publishedFigures(publicDb, id)).map(({ figure, title, value, kind, unit, numerator, denominator, source, typed, parts }) => [
      figure,
      { title, value, kind, unit, ...(denominator === null ? {} : { numerator, denominator }), source, ...(typed ? { typed } : {}), url: source === 'none' ? null : origin + publicFigurePath(id, figure), parts },
    ]),
  )
  return {
    period: { from: report.from_day, to: report.to_day }, statusOn: report.status_on, asOf: isoInstant(report.as_of),
    report: { id, council: report.council, session: report.session, title: report.title, digest: report.digest },
    figures, checkpoint: report.checkpoint,
  }
}
