import { dayOf, rocDay } from '../../core/time.ts'
import { Card } from '../../ui/components/card.tsx'
import { InsetText } from '../../ui/components/notes.tsx'
import { Table } from '../../ui/components/table.tsx'
import { Of, Thousands } from './parts.tsx'
import type { DecisionOf, Pin, Review } from './review-queries.ts'
import { type Criterion, pinDecisions, reviewRoles } from './schema.ts'

/** The mean of the scores, as the order is made of it; null where nobody scored. */
export const meanOf = (reviews: readonly Review[]): number | null => (reviews.length ? reviews.reduce((sum, { score }) => sum + score, 0) / reviews.length : null)

/** What each reviewer gave and said. */
export function Reviews({ reviews, criteria, of }: { reviews: readonly Review[]; criteria: readonly Criterion[]; of?: string }) {
  const mean = meanOf(reviews)
  const told = ({ points }: Review) => criteria.flatMap(({ key, label, weight }) => (points[key] === undefined ? [] : [`${label}（${weight}%）${points[key]}`])).join('、')
  return (
    <Card title={<>審查意見<Of number={of} /></>}>
      <Table<Review>
        caption={`各角色的評分與意見　${of ?? ''}`} captionHidden stacked rows={reviews} rowKey={(row) => row.role} empty={<p class="muted">還沒有人評分。</p>}
        columns={[
          { heading: '角色', cell: (row) => <>{reviewRoles[row.role]}{row.by && <p class="muted small">{row.by}</p>}</>, rowHeader: true, width: 'fit' },
          { heading: '評分', cell: (row) => row.score.toFixed(2), numeric: true },
          { heading: '建議數（千元）', cell: (row) => (row.advisedTwd === null ? '—' : <Thousands twd={row.advisedTwd} />), numeric: true },
          { heading: '意見', cell: (row) => <>{row.comment || '—'}{told(row) && <p class="muted small">{told(row)}</p>}</>, width: 'grow' },
        ]}
      />
      {mean !== null && <p>平均 <strong class="number">{mean.toFixed(2)}</strong> 分，依這個分數排序。</p>}
    </Card>
  )
}

/** What was decided over the order, and the decisions that were signed. */
export function Decisions({ pin, decisions, of }: { pin: Pin | null; decisions: readonly DecisionOf[]; of?: string }) {
  if (!pin && !decisions.length) return null
  return (
    <Card title={<>審定<Of number={of} /></>}>
      {pin && <InsetText><p>調整為{pinDecisions[pin.decision]}，不照排序：{pin.reason}<span class="muted">（{pin.by ?? '—'}，{rocDay(dayOf(new Date(pin.pinnedAt)))}）</span></p></InsetText>}
      <ul>
        {decisions.map((one) => (
          <li key={one.setId}>
            {rocDay(one.meetingOn)}　{one.meeting}{one.kind === 'cut' && `：審查序位第 ${one.position}`}，<strong>{one.kind === 'later' ? '補列納入' : pinDecisions[one.decision]}</strong>
            {one.decision === 'in' && <>，核列 <Thousands twd={one.twd} /> 千元</>}。{one.computed !== one.decision && one.kind === 'cut' && `排序結果是${pinDecisions[one.computed]}。`}{one.reason}
          </li>
        ))}
      </ul>
    </Card>
  )
}
