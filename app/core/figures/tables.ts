import type { Generated } from 'kysely'
import type { Day } from '../time.ts'

declare module '../db.ts' {
  interface Tables {
    figure_publications: FigurePublicationTable
    figure_publication_values: FigurePublicationValueTable
    'windlion_public.figure_publications': Omit<FigurePublicationTable, 'published_by'>
    'windlion_public.figure_values': Omit<FigurePublicationValueTable, 'id' | 'sys_from'>
  }
}

export interface FigurePublicationTable {
  id: Generated<number>
  from_day: Day
  to_day: Day
  status_on: Day
  as_of: Date
  published_at: Generated<Date>
  published_by: number | null
}

export interface FigurePublicationValueTable {
  id: Generated<number>
  publication_id: number
  figure: string
  split: Generated<string>
  key: Generated<string>
  position: number
  value: number | null
  numerator: number | null
  denominator: number | null
  few: Generated<boolean>
  sys_from: Generated<Date>
}
