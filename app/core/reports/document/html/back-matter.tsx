import { colophonOf } from '../colophon.ts'
import type { FigureNote, ReportDocument } from '../model.ts'
import { annexTitle, sourceWords } from '../words.ts'

/** Every number of the report with what it counts: so that a printed page can be checked too. */
export function Annex({ figures, baseUrl }: { figures: FigureNote[]; baseUrl: string }) {
  if (figures.length === 0) return null
  return (
    <section class="report-section report-annex" id="annex" aria-labelledby="annex-title">
      <header class="report-section-head">
        <h2 id="annex-title">{annexTitle}</h2>
      </header>
      <dl>
        {figures.map((figure) => (
          <div>
            <dt>
              {figure.title} <span class="report-figure-id">{figure.id}</span>
            </dt>
            <dd>
              {figure.definition}
              <span class="report-source">
                {figure.url === null ? figure.text : <a href={baseUrl + figure.url}>{figure.text}</a>}
                {figure.source !== 'none' && `，${sourceWords(figure)}`}
              </span>
            </dd>
          </div>
        ))}
      </dl>
    </section>
  )
}

export function Colophon({ document }: { document: ReportDocument }) {
  return (
    <footer class="report-colophon">
      <dl>
        {colophonOf(document).map(([term, words]) => (
          <div>
            <dt>{term}</dt>
            <dd>{words}</dd>
          </div>
        ))}
      </dl>
    </footer>
  )
}
