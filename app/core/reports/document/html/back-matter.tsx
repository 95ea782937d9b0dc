import { rocDateTime, rocLongDay } from '../../../time.ts'
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

export function Colophon({ document: { standing } }: { document: ReportDocument }) {
  return (
    <footer class="report-colophon">
      <dl>
        <div>
          <dt>資料期間</dt>
          <dd>
            {rocLongDay(standing.from)}至{rocLongDay(standing.to)}
          </dd>
        </div>
        <div>
          <dt>資料截止日</dt>
          <dd>{rocLongDay(standing.statusOn)}</dd>
        </div>
        <div>
          <dt>資料時點</dt>
          <dd>
            <time dateTime={standing.asOf.toISOString()}>{rocDateTime(standing.asOf)}</time>
          </dd>
        </div>
        <div>
          <dt>查核點</dt>
          <dd class="report-checkpoint">{standing.checkpoint ?? '無'}</dd>
        </div>
        <div>
          <dt>狀態</dt>
          <dd>
            {standing.state === 'draft' ? '草稿' : '已定稿'}
            {standing.issuedAt && `，${rocDateTime(standing.issuedAt)}${standing.issuedBy ? ` ${standing.issuedBy}` : ''}`}
          </dd>
        </div>
      </dl>
    </footer>
  )
}
