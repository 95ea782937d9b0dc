import { NotFound, type Refusal } from '../../../core/errors.ts'
import { figurePath } from '../../../core/figures/paths.ts'
import type { FigureSpan } from '../../../core/figures/figure.ts'
import type { Answered } from '../../../core/reports/answers.ts'
import { numbersOf, type Numbers } from '../../../core/reports/compose-report.ts'
import type { ComposeOptions } from '../../../core/reports/compose-report.ts'
import { findReport, type Report } from '../../../core/reports/drafts.ts'
import { publicFigurePath } from '../../../core/reports/paths.ts'
import { findSections, type SectionRow } from '../../../core/reports/sections.ts'
import type { PageRequest, StaffRequest } from '../../../core/web/route.ts'
import type { ErrorItem } from '../../../ui/components/error-summary.tsx'
import { picturePath } from '../paths.ts'
import { councilReport } from '../report.ts'

/** The report that the address names. */
export async function reportOf(request: PageRequest): Promise<Report> {
  const id = idOf(request.params.id)
  const found = id === null ? undefined : await findReport(request.db, id)
  if (!found) throw new NotFound('找不到這份報告')
  return found
}

export function idOf(text: string | undefined): number | null {
  return /^\d{1,15}$/.test(text ?? '') ? Number(text) : null
}

export async function sectionOf(request: StaffRequest, report: Report): Promise<{ section: SectionRow; sections: SectionRow[] }> {
  const sections = await findSections(request.db, report.id)
  const section = sections.find(({ key }) => key === request.params.key)
  if (!section) throw new NotFound('報告沒有這一章')
  return { section, sections }
}

/** Period and status day; an issue is seen as of its own instant, a draft as of now. */
export const spanOf = (report: Report): FigureSpan => ({ from: report.from_day, to: report.to_day, statusOn: report.status_on, asOf: report.as_of })

export const numbers = (request: PageRequest, report: Report): Promise<Numbers> => numbersOf(request.db, councilReport, spanOf(report))

/** Where the figures and pictures of a draft lie for staff. */
export function draftLinks(report: Report): ComposeOptions {
  return {
    urlOf: (id: string, { source }: Answered) => (source === 'cases' ? figurePath(id, spanOf(report)) : report.state === 'issued' ? publicFigurePath(report.id, id) : null),
    pictureUrlOf: (sha256) => picturePath(report.id, sha256),
  }
}

export const errorOf = (failed: Refusal | undefined, field: string): string | undefined => failed?.fields?.[field] ?? (failed?.field === field ? failed.message : undefined)

export function errorItems(failed: Refusal | undefined): ErrorItem[] {
  if (!failed) return []
  if (failed.fields) return Object.entries(failed.fields).map(([field, text]) => ({ text, ...(field === '_' ? {} : { field }) }))
  return [{ text: failed.message, field: failed.field }]
}
