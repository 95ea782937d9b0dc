import type { ComponentChildren } from 'preact'
import { Card } from '../../../ui/components/card.tsx'
import { Table } from '../../../ui/components/table.tsx'
import type { Share } from './query.ts'

/** Rows shown; the filter above the list leads to the others. */
const shown = 12

type Props = { title: string; heading: string; shares: Share[]; nobody: string; link: (key: string, when?: 'overdue') => string }

/** Who, or which rule, has how much overdue and soon due, the most in need first; each number leads to its list. */
export function ShareTable({ title, heading, shares, nobody, link }: Props) {
  const rows = shares.toSorted((a, b) => b.overdue - a.overdue || b.soon - a.soon || b.count - a.count)
  const number = (count: number, href: string | null): ComponentChildren => (count === 0 ? <span class="muted">0</span> : href ? <a href={href}>{count.toLocaleString('en')}</a> : count.toLocaleString('en'))
  return (
    <Card title={title} plain>
      <Table
        caption={`${title}逾期、三個工作日內到期與全部的件數`}
        captionHidden
        rows={rows.slice(0, shown)}
        rowKey={({ key }) => key ?? 'none'}
        rowTone={({ overdue, soon }) => (overdue ? 'danger' : soon ? 'soon' : undefined)}
        columns={[
          { heading, rowHeader: true, cell: ({ name }) => name ?? nobody },
          { heading: '逾期', numeric: true, cell: ({ key, overdue }) => number(overdue, key === null ? null : link(key, 'overdue')) },
          { heading: '三日內', numeric: true, cell: ({ soon }) => number(soon, null) },
          { heading: '全部', numeric: true, cell: ({ key, count }) => number(count, key === null ? null : link(key)) },
        ]}
      />
      {rows.length > shown && <p class="muted small">另有 {rows.length - shown} 項，可以在上面的條件選。</p>}
    </Card>
  )
}
