import { NotFound } from '../../../core/errors.ts'
import { composeSource, sourceOf } from '../../../core/reports/compose-report.ts'
import { periodText } from '../../../core/reports/document/compose.ts'
import type { Report } from '../../../core/reports/drafts.ts'
import { issuedFile, mediaTypes, paperFormats, type PaperFormat, renderFile } from '../../../core/reports/files.ts'
import { publicReportPath } from '../../../core/reports/paths.ts'
import { file, get, redirect, type StaffRequest } from '../../../core/web/route.ts'
import { filePath, reportPath, reportsPath } from '../paths.ts'
import { paperPage } from '../paper.tsx'
import { councilReport } from '../report.ts'
import { issueJson } from '../report-json.ts'
import { draftLinks, numbers, reportOf } from './request.ts'

/** A draft as it would print now, on the screen and as files. */
export const routes = [
  get(`${reportsPath}/:id/preview`, 'reports.see', async (request) => {
    const report = await reportOf(request)
    if (report.state === 'issued') return redirect(publicReportPath(report.id))
    const document = await compose(request, report)
    const tools = (
      <span class="cluster">
        <a href={reportPath(report.id)}>回到編輯</a>
        {paperFormats.map((format) => <a key={format} href={filePath(report.id, format)} download>{format.toUpperCase()}</a>)}
      </span>
    )
    return paperPage(request, { document, tools, noindex: true })
  }),
  get(`${reportsPath}/:id/files/:format`, 'reports.see', async (request) => {
    const report = await reportOf(request)
    const { format } = request.params
    const name = `${report.title}${periodText({ from: report.from_day, to: report.to_day })}.${format}`
    if (format === 'json' && report.state === 'issued') return file(JSON.stringify(await issueJson(request.db, report.id, request.origin), null, 2), mediaTypes.json, name)
    if (!paperFormats.includes(format as PaperFormat)) throw new NotFound('沒有這種格式的檔案')
    const bytes = report.state === 'issued' ? (await issuedFile(request.db, report.id, format as PaperFormat)).bytes : await renderFile(await compose(request, report), format as PaperFormat, request.origin)
    return file(bytes, mediaTypes[format as PaperFormat], report.state === 'issued' ? name : `草稿_${name}`)
  }),
]

async function compose(request: StaffRequest, report: Report) {
  const { source } = await sourceOf(request.db, report.id, { asOf: request.now, checkpoint: null }, null)
  const { document } = await composeSource(request.db, councilReport, source, await numbers(request, report), report.id, draftLinks(report))
  return document
}
