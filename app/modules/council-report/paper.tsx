import type { ComponentChildren } from 'preact'
import { ReportView } from '../../core/reports/document/html.tsx'
import type { ReportDocument } from '../../core/reports/document/model.ts'
import { footLine } from '../../core/reports/document/words.ts'
import { html, type PageRequest, type Reply } from '../../core/web/route.ts'
import { Document } from '../../ui/layouts/document.tsx'
import { DemoBanner, SkipLink } from '../../ui/layouts/parts.tsx'

export type PaperProps = { document: ReportDocument; /** links above the paper, not printed */ tools: ComponentChildren; noindex?: boolean }

/** A report by itself on the page, as it prints. */
export function paperPage({ site }: PageRequest, { document, tools, noindex = false }: PaperProps): Reply {
  const { cover, standing } = document
  return html(
    <Document title={`${cover.title}（${cover.periodText}）`} site={site.county} density="paper" noindex={noindex}>
      <SkipLink />
      {site.demo && <DemoBanner />}
      <nav class="paper-tools" aria-label="報告的其他頁面與下載">{tools}</nav>
      <main id="main" tabIndex={-1}><ReportView document={document} /></main>
      <footer class="paper-tools muted">{footLine(standing)}</footer>
    </Document>,
  )
}
