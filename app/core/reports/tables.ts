import type { Generated } from 'kysely'
import type { FigureKind } from '../figures/figure.ts'
import type { Day } from '../time.ts'
import type { FigureSource, SectionState } from './document/model.ts'

declare module '../db.ts' {
  interface Tables {
    reports: ReportTable
    report_sections: ReportSectionTable
    typed_values: TypedValueTable
    report_pictures: ReportPictureTable
    report_figures: ReportFigureTable
    report_files: { id: Generated<number>; report_id: number; format: FileFormat; document_id: number; made_at: Generated<Date> }
  }
}

export type FileFormat = 'html' | 'pdf' | 'odt' | 'odp' | 'json'

export interface ReportTable {
  id: Generated<number>
  kind: string
  from_day: Day
  to_day: Day
  status_on: Day
  council: Generated<string>
  session: Generated<string>
  title: string
  department: string
  reporter: Generated<string>
  participants: Generated<string[]>
  state: Generated<'draft' | 'issued'>
  based_on: number | null
  revision: Generated<number>
  created_at: Generated<Date>
  created_by: number | null
  as_of: Date | null
  issued_by: number | null
  checkpoint: string | null
  unconfirmed: Generated<string[]>
  base_url: Generated<string>
  document: unknown
  digest: Buffer | null
  sys_from: Generated<Date>
}

export interface ReportSectionTable {
  id: Generated<number>
  report_id: number
  position: number
  key: string
  no: string
  title: string
  unit_id: number
  body: string
  state: Generated<SectionState>
  revision: Generated<number>
  saved_at: Generated<Date>
  saved_by: number | null
  confirmed_at: Date | null
  confirmed_by: number | null
  /** why the department confirmed in the unit's place; null: the unit's own word */
  confirmed_because: string | null
  reopened_because: string | null
  sys_from: Generated<Date>
}

export interface TypedValueTable {
  id: Generated<number>
  report_kind: string
  figure: string
  from_day: Day
  to_day: Day
  status_on: Day | null
  value: unknown
  source_note: string
  typed_by: number | null
  typed_at: Generated<Date>
  sys_from: Generated<Date>
}

export interface ReportPictureTable {
  id: Generated<number>
  report_id: number
  code: string
  document_id: number
  name: string
  width: number
  height: number
  caption: string
  alt: string
  credit: Generated<string>
  added_at: Generated<Date>
  added_by: number | null
  removed_at: Date | null
}

export interface ReportFigureTable {
  id: Generated<number>
  report_id: number
  position: number
  figure: string
  title: string
  definition: string
  kind: FigureKind
  unit: string
  value: unknown
  numerator: number | null
  denominator: number | null
  source: FigureSource
  typed: unknown
  parts: Generated<unknown>
  case_ids: number[] | null
  case_values: number[] | null
}
