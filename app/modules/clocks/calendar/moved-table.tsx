import { casePath } from '../../../core/cases/case-kinds.ts'
import type { Day } from '../../../core/time.ts'
import { EmptyState } from '../../../ui/components/notes.tsx'
import { Table } from '../../../ui/components/table.tsx'
import { Tag } from '../../../ui/components/tag.tsx'
import { DayText } from '../../../ui/components/time.tsx'
import { ruleTitle } from '../running.ts'

export type Moved = { key: number; kind: string; name: string; title: string; confidential: boolean; seen: boolean; rule: string; unitName: string | null; officerName: string | null; from: Day | null; to: Day | null }

/** Cases whose due day moves, or moved: from when to when. */
export function MovedTable({ rows, caption, empty }: { rows: readonly Moved[]; caption: string; empty: string }) {
  return (
    <Table
      caption={caption}
      captionHidden
      rows={rows}
      rowKey={(row) => row.key}
      empty={<EmptyState title={empty} />}
      columns={[
        // the days stand before the words: on a phone they are what must be seen
        { heading: '案號', width: 'fit', rowHeader: true, cell: (row) => <Name row={row} /> },
        { heading: '原到期日', width: 'fit', cell: (row) => row.from ? <DayText day={row.from} weekday /> : <span class="muted">未定</span> },
        { heading: '新到期日', width: 'fit', cell: (row) => row.to ? <><strong><DayText day={row.to} weekday /></strong>{row.from && row.to < row.from && <> <Tag tone="soon">提前</Tag></>}</> : <span class="muted">無法確定</span> },
        { heading: '主旨', width: 'grow', cell: (row) => <Title row={row} /> },
        { heading: '主辦', cell: (row) => row.unitName ? <span class="nowrap">{row.unitName}{row.officerName && <span class="muted"> {row.officerName}</span>}</span> : <span class="muted">未分文</span> },
      ]}
    />
  )
}

function Name({ row }: { row: Moved }) {
  const path = row.seen ? casePath(row.kind, row.name) : null
  return path ? <a href={path}>{row.name}</a> : <>{row.name}</>
}

function Title({ row }: { row: Moved }) {
  const title = !row.seen ? <span class="muted">不在您可以看的範圍</span> : row.confidential ? <span class="muted">保密案件</span> : row.title
  return <>{title}<div class="muted small">{ruleTitle(row.rule)}</div></>
}
