import { sql } from 'kysely'
import { type Db, type Tx, write } from '../db.ts'
import { readDocument, storeDocument } from '../documents/store.ts'
import { NotFound } from '../errors.ts'
import { record } from '../events/record.ts'
import { defineJob, later } from '../jobs/jobs.ts'
import { dayOf, isoInstant } from '../time.ts'
import { chartPngs } from './document/chart/png.ts'
import { renderHtml } from './document/html.tsx'
import type { ReportDocument } from './document/model.ts'
import { renderOdp } from './document/odp.ts'
import { renderOdt } from './document/odt.ts'
import { renderPdf } from './document/pdf.ts'
import { findReport } from './drafts.ts'
import { thaw } from './frozen.ts'
import type { FileFormat } from './tables.ts'

export type PaperFormat = Exclude<FileFormat, 'json'>
export type RenderedFile = { format: PaperFormat; bytes: Uint8Array; mediaType: string }

export const mediaTypes: Record<FileFormat, string> = {
  html: 'text/html; charset=utf-8',
  pdf: 'application/pdf',
  odt: 'application/vnd.oasis.opendocument.text',
  odp: 'application/vnd.oasis.opendocument.presentation',
  json: 'application/json; charset=utf-8',
}

export const paperFormats: readonly PaperFormat[] = ['html', 'pdf', 'odt', 'odp']

/** A file of the document. The same document gives the same bytes. */
export async function renderFile(document: ReportDocument, format: PaperFormat, baseUrl: string): Promise<Uint8Array> {
  switch (format) {
    case 'html':
      return Buffer.from(renderHtml(carryingPictures(document), { baseUrl }), 'utf8')
    case 'pdf':
      return renderPdf(document, { baseUrl })
    case 'odt':
      return renderOdt(document, { baseUrl, replacements: await chartPngs(document) })
    case 'odp':
      return renderOdp(document, { baseUrl, replacements: await chartPngs(document) })
  }
}

export async function renderFiles(document: ReportDocument, baseUrl: string, formats: readonly PaperFormat[]): Promise<RenderedFile[]> {
  const files: RenderedFile[] = []
  for (const format of formats) files.push({ format, bytes: await renderFile(document, format, baseUrl), mediaType: mediaTypes[format] })
  return files
}

/** A file that stands alone carries its pictures. */
function carryingPictures(document: ReportDocument): ReportDocument {
  const within = (section: ReportDocument['sections'][number]) => ({
    ...section,
    blocks: section.blocks.map((block) => (block.type === 'picture' ? { ...block, picture: { ...block.picture, url: null } } : block)),
  })
  return { ...document, sections: document.sections.map(within), closing: document.closing && within(document.closing) }
}

/** A file of an issue: kept since it was issued, or made now from the frozen document and kept. */
export async function issuedFile(db: Db, reportId: number, format: PaperFormat): Promise<{ bytes: Uint8Array; sha256: string }> {
  const kept = await findFile(db, reportId, format)
  if (kept) return { bytes: await readDocument(kept), sha256: kept }
  const report = await findReport(db, reportId)
  if (report?.state !== 'issued') throw new NotFound('找不到這份報告')
  const bytes = await renderFile(await thaw(report.document, 'with-content'), format, report.base_url)
  return write(db, async (tx, now) => {
    const { id, sha256 } = await storeDocument(tx, bytes, mediaTypes[format])
    const added = await tx.insertInto('report_files').values({ report_id: reportId, format, document_id: id }).onConflict((conflict) => conflict.doNothing()).returning('id').executeTakeFirst()
    if (added) await record(tx, { person: null, onBehalfOf: null, now, today: dayOf(now) }, 'report.file-made', { payload: { report: reportId, format, sha256, at: isoInstant(now) } })
    return { bytes, sha256 }
  })
}

async function findFile(db: Db, reportId: number, format: FileFormat): Promise<string | null> {
  const found = await sql<{ sha256: string }>`select encode(d.sha256, 'hex') as sha256 from report_files f join documents d on d.id = f.document_id
    where f.report_id = ${reportId} and f.format = ${format}`.execute(db)
  return found.rows[0]?.sha256 ?? null
}

/** Makes whatever file of an issue is not there yet. */
export const renderJob = defineJob<{ report: number }>({
  name: 'reports.render',
  as: 'system',
  title: '製作報告檔案',
  async run(db, { report }) {
    for (const format of paperFormats) await issuedFile(db, report, format)
  },
})

export async function renderLater(tx: Tx, report: number): Promise<void> {
  await later(tx, renderJob, { report }, { once: `report-${report}` })
}
