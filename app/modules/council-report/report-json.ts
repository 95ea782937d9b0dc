import type { Reader } from '../../core/db.ts'
import { NotFound } from '../../core/errors.ts'
import { publicFigurePath } from '../../core/reports/paths.ts'
import { findPublished, publishedFigures } from '../../core/reports/published.ts'
import { isoInstant } from '../../core/time.ts'

/** An issue for programs: the contract of `windlion report --format json`, frozen, with the parts that the public may know. */
export async function issueJson(publicDb: Reader, id: number, origin: string): Promise<unknown> {
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
