import { type Db, read } from '../db.ts'
import type { FigureSpan } from '../figures/figure.ts'
import { findSetting } from '../identity/settings.ts'
import { answerAll, type Answered, type Parts, resolverOf, splitAll } from './answers.ts'
import type { DeclaredReport } from './declared.ts'
import { vocabularyOf } from './declared.ts'
import { composeReport, type Composed, periodText, type ReportSource } from './document/compose.ts'
import type { Picture } from './document/model.ts'
import { findReport, type Report } from './drafts.ts'
import { loadPicture, pictureCodes } from './pictures.ts'
import { findSections } from './sections.ts'

/** The numbers and parts of one span, computed once however often a report asks. */
export type Numbers = { answers: Map<string, Answered>; parts(): Promise<Map<string, Parts>> }

export async function numbersOf(db: Db, report: DeclaredReport, span: FigureSpan): Promise<Numbers> {
  const answers = await answerAll(db, report, span)
  let parts: Promise<Map<string, Parts>> | null = null
  return { answers, parts: () => (parts ??= splitAll(db, report, span)) }
}

export type ComposeOptions = {
  /** where a figure opens; null where it does not */
  urlOf(id: string, answered: Answered): string | null
  /** where a picture lies on the service; null: the document carries it */
  pictureUrlOf(sha256: string): string | null
}

/** Cover, texts and standing of a stored report as known at the span's as-of instant. */
export async function sourceOf(db: Db, id: number, standing: { asOf: Date; checkpoint: string | null }, believedAt: Date | null): Promise<{ report: Report; source: ReportSource }> {
  return read(db, async (reader) => {
    const report = await findReport(reader, id)
    if (!report) throw new Error(`there was no report ${id} at ${believedAt?.toISOString() ?? 'this moment'}`)
    const rows = await findSections(reader, id)
    const source = await sourceFrom(db, report, rows.map(({ key, no, title, unit, state, body }) => ({ key, no, title, unitName: unit, state, text: body })), standing)
    source.standing.confirmedFor = rows.filter(({ confirmed_because: because }) => because !== null).map(({ no, title, unit, confirmed_by: by }) => `${no} ${title}（${unit}，${by}代）`.trim())
    return { report, source }
  }, believedAt)
}

/** The report's template, unchanged, for a span that nobody has drafted. */
export async function templateSource(db: Db, report: DeclaredReport, span: FigureSpan, standing: { asOf: Date; checkpoint: string | null }): Promise<ReportSource> {
  const chapters = [...report.sections, ...(report.closing ? [report.closing] : [])]
  const sections = chapters.map((chapter) => ({ ...chapter, state: 'drafting' as const }))
  const cover = { from_day: span.from, to_day: span.to, status_on: span.statusOn, council: '', session: '', title: report.title, department: report.department, reporter: '', participants: [] }
  return sourceFrom(db, cover, sections, standing)
}

type CoverRow = Pick<Report, 'from_day' | 'to_day' | 'status_on' | 'council' | 'session' | 'title' | 'department' | 'reporter' | 'participants'>

async function sourceFrom(db: Db, row: CoverRow, sections: ReportSource['sections'], { asOf, checkpoint }: { asOf: Date; checkpoint: string | null }): Promise<ReportSource> {
  const county = (await findSetting<string>(db, 'county.name')) ?? '縣政府'
  const council = row.council || county.replace(/政府$/, '議會')
  return {
    cover: {
      council, session: row.session, title: row.title, county, department: row.department, reporter: row.reporter, participants: row.participants,
      periodText: periodText({ from: row.from_day, to: row.to_day }),
    },
    sections: sections.filter(({ no }) => no !== ''),
    closing: sections.find(({ no }) => no === '') ?? null,
    standing: {
      from: row.from_day, to: row.to_day, statusOn: row.status_on, asOf, checkpoint, state: 'draft', issuedAt: null, issuedBy: null,
      demonstration: (await findSetting<boolean>(db, 'demonstration')) ?? false,
    },
  }
}

/** A source with its numbers and pictures in it. Pictures are those of the stored report, if there is one. */
export async function composeSource(db: Db, report: DeclaredReport, source: ReportSource, numbers: Numbers, reportId: number | null, { urlOf, pictureUrlOf }: ComposeOptions): Promise<Composed> {
  const picture = async (code: string): Promise<Picture | null> => {
    const found = reportId === null ? null : await loadPicture(db, reportId, code, () => '')
    return found && { ...found, url: pictureUrlOf(found.sha256) }
  }
  const codes = reportId === null ? new Set<string>() : await pictureCodes(db, reportId)
  return composeReport(source, vocabularyOf(report, codes), resolverOf(numbers.answers, numbers.parts, { urlOf, picture }))
}
