import type { Db } from '../db.ts'
import type { Day } from '../time.ts'
import type { SplitBy } from './figure.ts'
import './tables.ts'

/** A half-year whose figures were published. */
export type Publication = { id: number; from: Day; to: Day; statusOn: Day; asOf: Date; publishedAt: Date }

/** What the public is told of a figure or a part of it. `few`: too few to be told. */
export type Published = { value: number | null; numerator: number | null; denominator: number | null; few: boolean }
export type PublishedPart = Published & { label: string }

/** All published half-years, newest first. `publicDb` reads nothing but what is published. */
export async function findPublications(publicDb: Db): Promise<Publication[]> {
  const rows = await publicDb.selectFrom('windlion_public.figure_publications').selectAll().orderBy('from_day', 'desc').execute()
  return rows.map((row) => ({ id: row.id, from: row.from_day, to: row.to_day, statusOn: row.status_on, asOf: row.as_of, publishedAt: row.published_at }))
}

/** The published figures of one half-year. */
export class PublishedFigures {
  readonly publication: Publication
  private readonly wholes = new Map<string, Published>()
  private readonly splits = new Map<string, PublishedPart[]>()

  constructor(publication: Publication, rows: (Published & { figure: string; split: string; key: string })[]) {
    this.publication = publication
    for (const { figure, split, key, ...value } of rows) {
      if (split === '') this.wholes.set(figure, value)
      else this.splits.set(`${figure} ${split}`, [...(this.splits.get(`${figure} ${split}`) ?? []), { label: key, ...value }])
    }
  }

  /** Null: that figure was not published. */
  whole(id: string): Published | null {
    return this.wholes.get(id) ?? null
  }

  /** In the order of the office; only parts that have cases. */
  parts(id: string, by: SplitBy): PublishedPart[] {
    return this.splits.get(`${id} ${by}`) ?? []
  }

  part(id: string, by: SplitBy, label: string): Published | null {
    return this.parts(id, by).find((part) => part.label === label) ?? null
  }
}

export async function readPublished(publicDb: Db, publication: Publication): Promise<PublishedFigures> {
  const rows = await publicDb
    .selectFrom('windlion_public.figure_values')
    .select(['figure', 'split', 'key', 'value', 'numerator', 'denominator', 'few'])
    .where('publication_id', '=', publication.id)
    .orderBy('figure')
    .orderBy('split')
    .orderBy('position')
    .execute()
  return new PublishedFigures(publication, rows)
}

/** The published wholes of every half-year, oldest first, by figure: what a line over the years is drawn from. */
export async function readPublishedSeries(publicDb: Db): Promise<Map<string, { from: Day; value: number | null }[]>> {
  const rows = await publicDb
    .selectFrom('windlion_public.figure_values as v')
    .innerJoin('windlion_public.figure_publications as p', 'p.id', 'v.publication_id')
    .select(['v.figure', 'v.value', 'p.from_day'])
    .where('v.split', '=', '')
    .orderBy('p.from_day')
    .execute()
  const series = new Map<string, { from: Day; value: number | null }[]>()
  for (const { figure, value, from_day } of rows) series.set(figure, [...(series.get(figure) ?? []), { from: from_day, value }])
  return series
}
