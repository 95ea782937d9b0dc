import { rocDay, type Day } from '../../core/time.ts'
import { Card } from '../../ui/components/card.tsx'
import { Table } from '../../ui/components/table.tsx'
import { Details } from '../../ui/components/details.tsx'
import { decisionText, Due, NumberLink, StageTag } from './parts.tsx'
import { meetingDirectivesPath } from './paths.ts'
import type { AskedOf, ListedDirective, MeetingDirectives } from './queries.ts'

/** On the page of a meeting: what it ordered and what it decided about earlier directives. Nothing where there is neither. */
export function DirectivesCard({ found: { issued, decided }, today }: { found: MeetingDirectives; today: Day }) {
  if (!issued.length && !decided.length) return null
  return (
    <>
      {issued.length > 0 && (
        <Card title="這次會議的指裁示事項">
          <Table<ListedDirective>
            caption="指裁示事項" captionHidden rows={issued} rowKey={(row) => row.number}
            columns={[
              { heading: '案號', cell: (row) => <NumberLink number={row.number} />, width: 'fit' },
              { heading: '指裁示內容', cell: (row) => row.sentence, rowHeader: true, width: 'grow' },
              { heading: '主辦', cell: (row) => <>{row.unit ?? '—'}{row.joint.length > 0 && <p class="muted small">協辦 {row.joint.join('、')}</p>}</> },
              { heading: '期限', cell: (row) => <Due row={row} today={today} />, width: 'fit' },
              { heading: '狀態', cell: (row) => <StageTag stage={row.stage} outcome={row.outcome} />, width: 'fit' },
            ]}
          />
        </Card>
      )}
      {decided.length > 0 && (
        <Card title="對先前指裁示事項的決定">
          <Table<MeetingDirectives['decided'][number]>
            caption="決定" captionHidden rows={decided} rowKey={(row) => row.number}
            columns={[
              { heading: '案號', cell: (row) => <NumberLink number={row.number} />, width: 'fit' },
              { heading: '指裁示事項', cell: (row) => <>{row.title}{row.name && <p class="muted small">{row.name}</p>}</>, rowHeader: true, width: 'grow' },
              { heading: '決定', cell: (row) => <>{decisionText(row)}{row.pending && <p class="muted small">{rocDay(row.heldOn)} 會議結束後生效</p>}</>, width: 'fit' },
              { heading: '內容', cell: (row) => row.text || '—' },
            ]}
          />
        </Card>
      )}
    </>
  )
}

/** On the page of a case that meetings ask about, such as a late project: what they ordered about it, and for the control section the way to list a sentence of a recent meeting. */
export function AskedCard({ found: { directives, meetings }, about, mayIssue, today }: { found: AskedOf; about: string; mayIssue: boolean; today: Day }) {
  if (!directives.length && !mayIssue) return null
  return (
    <Card title="會議上的指裁示">
      {directives.length === 0 ? <p class="muted">還沒有會議對這件作成指裁示。</p> : (
        <ul class="stack">
          {directives.map((row) => <li key={row.number}><NumberLink number={row.number} /> <StageTag stage={row.stage} outcome={row.outcome} /><br />{row.sentence}<br /><span class="muted">{row.body} {rocDay(row.orderedOn)}，{row.delistedOn && row.delistedOn <= today ? `${rocDay(row.delistedOn)} 解除列管` : <>期限 <Due row={row} today={today} /></>}</span></li>)}
        </ul>
      )}
      {mayIssue && meetings.length > 0 && (
        <Details summary="把會議上的一句指裁示列管給這件">
          <ul>{meetings.map(({ number, title }) => <li key={number}><a href={`${meetingDirectivesPath(number)}?about=${encodeURIComponent(about)}#issue`}>{title}</a></li>)}</ul>
        </Details>
      )}
    </Card>
  )
}
