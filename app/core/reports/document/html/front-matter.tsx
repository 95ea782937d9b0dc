import { rocLongDay } from '../../../time.ts'
import { type ReportDocument, chapters } from '../model.ts'
import { annexTitle } from '../words.ts'

export function CoverPage({ document: { cover, standing } }: { document: ReportDocument }) {
  return (
    <header class="report-cover">
      <p class="report-council">
        {cover.council} <span>{cover.session}</span>
      </p>
      <h1>{cover.title}</h1>
      <p class="report-period">{cover.periodText}</p>
      {standing.state === 'draft' && <p class="report-draft">草稿，尚未定稿</p>}
      <dl class="report-people">
        <div>
          <dt>報告單位</dt>
          <dd>
            {cover.county}
            {cover.department}
          </dd>
        </div>
        {cover.reporter !== '' && (
          <div>
            <dt>報告人</dt>
            <dd>{cover.reporter}</dd>
          </div>
        )}
        {cover.participants.length > 0 && (
          <div>
            <dt>參加人員</dt>
            {cover.participants.map((person) => (
              <dd>{person}</dd>
            ))}
          </div>
        )}
      </dl>
      <p class="report-status-on">
        資料截止日 <time dateTime={standing.statusOn}>{rocLongDay(standing.statusOn)}</time>
      </p>
    </header>
  )
}

export function Contents({ document }: { document: ReportDocument }) {
  return (
    <nav class="report-contents" aria-label="報告目次">
      <h2>目次</h2>
      <ol>
        {chapters(document).map(({ key, no, title, unitName }) => (
          <li>
            <a href={`#${key}`}>
              <span class="report-no">{no || '　'}</span>
              <span>{title}</span>
            </a>
            <span class="report-owner">{unitName}</span>
          </li>
        ))}
        {document.figures.length > 0 && (
          <li>
            <a href="#annex">
              <span class="report-no">　</span>
              <span>{annexTitle}</span>
            </a>
          </li>
        )}
      </ol>
    </nav>
  )
}
