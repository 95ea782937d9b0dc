import type { ComponentChildren } from 'preact'
import { Card } from '../../../ui/components/card.tsx'
import { Table } from '../../../ui/components/table.tsx'
import type { UnitTally } from './query.ts'

/** Which unit has how much overdue and soon due, the most in need first; `link` to the same in the list. */
export function UnitTable({ units, link }: { units: UnitTally[]; link: (unitId: number, when?: 'overdue') => string }) {
  const rows = units.toSorted((a, b) => b.overdue - a.overdue || b.soon - a.soon || b.count - a.count)
  const number = (count: number, href: string | null): ComponentChildren => (count === 0 ? <span class="muted">0</span> : href ? <a href={href}>{count.toLocaleString('en')}</a> : count.toLocaleString('en'))
  return (
    <Card title="各單位" plain>
      <Table
        caption="各單位逾期、三個工作日內到期與全部的件數"
        captionHidden
        rows={rows}
        rowKey={(unit) => unit.id ?? 'none'}
        rowTone={(unit) => (unit.overdue ? 'danger' : unit.soon ? 'soon' : undefined)}
        columns={[
          { heading: '單位', rowHeader: true, cell: (unit) => unit.name ?? '未分文' },
          { heading: '逾期', numeric: true, cell: (unit) => number(unit.overdue, unit.id === null ? null : link(unit.id, 'overdue')) },
          { heading: '三日內', numeric: true, cell: (unit) => number(unit.soon, null) },
          { heading: '全部', numeric: true, cell: (unit) => number(unit.count, unit.id === null ? null : link(unit.id)) },
        ]}
      />
    </Card>
  )
}
