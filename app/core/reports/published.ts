import { sql } from 'kysely'
import type { Reader } from '../db.ts'
import type { FigureKind } from '../figures/figure.ts'
import type { Day } from '../time.ts'
import type { Parts } from './answers.ts'
import type { FigureValue } from './document/format.ts'
import type { FigureSource } from './document/model.ts'

// What the public may read of issues: the views of windlion_public, which hold no case.

export type PublishedLine = { id: number; kind: string; from_day: Day; to_day: Day; status_on: Day; council: string; session: string; title: string; department: string; as_of: Date; checkpoint: string; digest: string }
export type PublishedReport = PublishedLine & { document: unknown }

export async function listPublished(publicDb: Reader, kind: string): Promise<PublishedLine[]> {
  const found = await sql<PublishedLine>`select id, kind, from_day, to_day, status_on, council, session, title, department, as_of, checkpoint, digest
    from windlion_public.reports where kind = ${kind} order by from_day desc, as_of desc limit 200`.execute(publicDb)
  return found.rows
}

export async function findPublished(publicDb: Reader, id: number): Promise<PublishedReport | undefined> {
  const found = await sql<PublishedReport>`select * from windlion_public.reports where id = ${id}`.execute(publicDb)
  return found.rows[0]
}

export type PublishedFigure = {
  report_id: number
  figure: string
  title: string
  definition: string
  kind: FigureKind
  unit: string
  value: FigureValue
  numerator: number | null
  denominator: number | null
  source: FigureSource
  typed: { by: string; at: string; note: string } | null
  parts: Parts
  /** how many cases it counts */
  cases: number | null
}

export async function publishedFigures(publicDb: Reader, id: number): Promise<PublishedFigure[]> {
  const found = await sql<PublishedFigure>`select * from windlion_public.report_figures where report_id = ${id} order by position`.execute(publicDb)
  return found.rows
}

/** Hash and media type of a kept file of an issue; undefined while it is being made. */
export async function findPublishedFile(publicDb: Reader, id: number, format: string): Promise<{ sha256: string; media_type: string; size: number } | undefined> {
  const found = await sql<{ sha256: string; media_type: string; size: number }>`select sha256, media_type, size from windlion_public.report_files where report_id = ${id} and format = ${format}`.execute(publicDb)
  return found.rows[0]
}

export async function findPublishedPicture(publicDb: Reader, id: number, sha256: string): Promise<{ media_type: string } | undefined> {
  const found = await sql<{ media_type: string }>`select media_type from windlion_public.report_pictures where report_id = ${id} and sha256 = ${sha256}`.execute(publicDb)
  return found.rows[0]
}
