import { readFileSync } from 'node:fs'
import { renderPage } from '../../../ui/render.ts'
import { Blocks } from './html/blocks.tsx'
import { Annex, Colophon } from './html/back-matter.tsx'
import { CoverPage, Contents } from './html/front-matter.tsx'
import { type ReportDocument, type Section, chapters } from './model.ts'
import { demonstrationText, footLine } from './words.ts'

/** The style sheet of the printed look; served as a file to pages, carried inside a document that stands alone. */
export const reportStyles: string = readFileSync(new URL('./html/report.css', import.meta.url), 'utf8')

export interface ReportViewProps {
  document: ReportDocument
  /** put before a figure's path where the page leaves the service; empty on the service itself */
  baseUrl?: string
}

/** The report as an <article>, to be set into any page that has report.css. No style attributes, no script. */
export function ReportView({ document, baseUrl = '' }: ReportViewProps) {
  return (
    <article class="report" lang="zh-Hant-TW">
      <CoverPage document={document} />
      <Contents document={document} />
      {chapters(document).map((section) => (
        <SectionView section={section} baseUrl={baseUrl} />
      ))}
      <Annex figures={document.figures} baseUrl={baseUrl} />
      <Colophon document={document} />
    </article>
  )
}

/** One section by itself, as the editor's preview shows it. */
export function SectionView({ section, baseUrl = '' }: { section: Section; baseUrl?: string }) {
  return (
    <section class="report-section" id={section.key} aria-labelledby={`${section.key}-title`}>
      <header class="report-section-head">
        <h2 id={`${section.key}-title`}>
          {section.no !== '' && <span class="report-no">{section.no}</span>} <span>{section.title}</span>
        </h2>
        <p class="report-owner">
          {section.unitName}
          {section.state === 'drafting' && <strong class="report-unconfirmed">（尚未確認）</strong>}
        </p>
      </header>
      <Blocks blocks={section.blocks} anchor={section.key} baseUrl={baseUrl} />
    </section>
  )
}

/** A whole HTML file that needs nothing beside it. */
export function renderHtml(document: ReportDocument, { baseUrl = '' }: { baseUrl?: string } = {}): string {
  const { cover, standing } = document
  const page = (
    <html lang="zh-Hant-TW">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="dcterms.created" content={standing.asOf.toISOString()} />
        <title>{`${cover.county}${cover.title}（${cover.periodText}）`}</title>
        <style dangerouslySetInnerHTML={{ __html: reportStyles }} />
      </head>
      <body class="report-page">
        {standing.demonstration && <header class="report-demonstration">{demonstrationText}</header>}
        <main>
          <ReportView document={document} baseUrl={baseUrl} />
        </main>
        <footer class="report-foot">{footLine(standing)}</footer>
      </body>
    </html>
  )
  return `${renderPage(page)}\n`
}
