import type { ComponentChildren } from 'preact'
import { Document } from './document.tsx'
import { DemoBanner, SkipLink } from './parts.tsx'

export interface ReportCover {
  /** 金門縣政府. */
  county: string
  /** 金門縣議會第七屆第六次定期會. */
  session?: string
  title: string
  /** 行政處 工作報告. */
  subtitle?: string
  /** 報告人 and participants, as name and value. */
  people?: readonly { role: string; names: string }[]
  /** 民國110年11月. */
  date?: string
}

export interface ReportSectionLink {
  id: string
  /** 一、二、… */
  number: string
  title: string
}

export interface ReportLayoutProps {
  title: string
  county: string
  demo: boolean
  cover: ReportCover
  contents: readonly ReportSectionLink[]
  /** Says what this is: issued, draft, as of which instant, which checkpoint. */
  imprint: ComponentChildren
  /** Links that do not print: other forms of the file, comparison. */
  tools?: ComponentChildren
  draft?: boolean
  children: ComponentChildren
}

/** A document as from a good printing house: cover, contents, sections, imprint. */
export function ReportLayout({ title, county, demo, cover, contents, imprint, tools, draft, children }: ReportLayoutProps) {
  return (
    <Document title={title} site={county} density="paper">
      <SkipLink />
      {demo && <DemoBanner />}
      {tools && <nav class="paper-tools" aria-label="下載與比較">{tools}</nav>}
      <main id="main" class="sheet" tabIndex={-1}>
        <header class="cover">
          {draft && <p class="cover__draft">草稿</p>}
          {cover.session && <p class="cover__session">{cover.session}</p>}
          <h1 class="cover__title">{cover.county}<span>{cover.title}</span></h1>
          {cover.subtitle && <p class="cover__subtitle">{cover.subtitle}</p>}
          {cover.people && (
            <dl class="cover__people">
              {cover.people.map(({ role, names }) => <div key={role}><dt>{role}</dt><dd>{names}</dd></div>)}
            </dl>
          )}
          {cover.date && <p class="cover__date">{cover.date}</p>}
        </header>
        <nav class="contents" aria-labelledby="contents-title">
          <h2 class="contents__title" id="contents-title">目次</h2>
          <ol>{contents.map(({ id, number, title: text }) => <li key={id}><a href={`#${id}`}><span class="contents__number">{number}</span>{text}</a></li>)}</ol>
        </nav>
        {children}
        <footer class="imprint">{imprint}</footer>
      </main>
    </Document>
  )
}

export interface ReportSectionProps extends ReportSectionLink {
  children: ComponentChildren
  /** Where no records stand behind it yet, who owes it, that it is locked. */
  note?: ComponentChildren
}

/** One numbered section of a report. */
export function ReportSection({ id, number, title, children, note }: ReportSectionProps) {
  return (
    <section class="chapter" id={id}>
      <h2 class="chapter__title"><span class="chapter__number">{number}、</span>{title}</h2>
      {note && <p class="chapter__note">{note}</p>}
      {children}
    </section>
  )
}
