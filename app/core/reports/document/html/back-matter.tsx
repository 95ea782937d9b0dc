import { colophonOf } from '../colophon.ts'
import type { FigureNote, ReportDocument } from '../model.ts'
import { annexTitle, isRecorded, sourceWords, unrecordedTitle } from '../words.ts'

/** Every number of the report with what it counts: so that a printed page can be checked too. */
export function Annex({ figures, baseUrl }: { figures: FigureNote[]; baseUrl: string }) {
  if (figures.length === 0) return null
  const unrecorded = figures.filter((figure) => !isRecorded(figure))
  return (
    <section class="report-section report-annex" id="annex" aria-labelledby="annex-title">
      <header class="report-section-head">
        <h2 id="annex-title">{annexTitle}</h2>
      </header>
      <dl>
        {figures.filter(isRecorded).map((figure) => (
          <div>
            <dt>
              {figure.title} <span class="report-figure-id">{figure.id}</span>
            </dt>
            <dd>
              {figure.definition}
              <span class="report-source">
                {figure.url === null ? figure.text : <a href={baseUrl + figure.url}>{figure.text}</a>}
                {`，${sourceWords(figure)}`}
              </span>
            </dd>
          </div>
        ))}
      </dl>
      {unrecorded.length > 0 && (
        <>
          <h3>{unrecordedTitle}</h3>
          <p>{unrecorded.map((figure) => figure.title).join('、')}。</p>
        </>
      )}
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
