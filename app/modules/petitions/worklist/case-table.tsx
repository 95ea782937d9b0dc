import type { Day } from '../../../core/time.ts'
import { DueDate } from '../../../ui/components/due-date.tsx'
import { type Column, Table, type TableProps } from '../../../ui/components/table.tsx'
import { DayText } from '../../../ui/components/time.tsx'
import { dayOf, isoInstant } from '../../../core/time.ts'
import { dueState } from '../../../core/cases/due-state.ts'
import { petitionPath } from '../paths.ts'
import { channels } from '../schema.ts'
import { StageTag } from '../stage-tag.tsx'
import type { ListRow } from './list-query.ts'

type CaseTableProps = {
  caption: string
  rows: readonly ListRow[]
  today: Day
  /** the list as of a past instant: its cases open as of then, too */
  asOf?: Date
  select?: TableProps<ListRow>['select']
  empty?: TableProps<ListRow>['empty']
  /** further columns, in place of the day of receipt */
  columns?: Column<ListRow>[]
}

/** Petitions in rows: what, whose, where it stands, by when. */
export function CaseTable({ caption, rows, today, asOf, select, empty, columns }: CaseTableProps) {
  const href = (row: ListRow) => petitionPath(nameOf(row)) + (asOf ? `?${new URLSearchParams({ 'as-of': isoInstant(asOf) })}` : '')
  return (
    <Table
      caption={caption}
      captionHidden
      rows={rows}
      rowKey={nameOf}
      rowHref={href}
      rowTone={(row) => toneOf(row, today)}
      {...(select ? { select } : {})}
      {...(empty ? { empty } : {})}
      columns={[
        { heading: '案號', width: 'fit', cell: (row) => <a href={href(row)}>{nameOf(row)}</a> },
        { heading: '主旨', width: 'grow', rowHeader: true, cell: (row) => <Title row={row} /> },
        { heading: '主辦', wideOnly: true, cell: (row) => <Whose row={row} /> },
        { heading: '階段', width: 'fit', cell: (row) => <StageTag stage={row.stage} outcome={row.outcome} merged={row.merged} /> },
        ...(columns ?? [{ heading: '收件', width: 'fit' as const, wideOnly: true, cell: (row: ListRow) => row.receivedAt && <DayText day={dayOf(row.receivedAt)} /> }]),
        { heading: '限辦', cell: (row) => <Due row={row} today={today} /> },
      ]}
    />
  )
}

export const nameOf = (row: { number: string | null; followNo: string }): string => row.number ?? row.followNo

function toneOf(row: ListRow, today: Day) {
  const state = dueState(row, today)?.state
  return state === 'overdue' ? 'danger' : state === 'soon' ? 'soon' : undefined
}

function Title({ row }: { row: ListRow }) {
  const facts = [channels[row.channel], row.township, row.category, row.confidential && '保密', row.extended && '已展期', row.imported && '匯入'].filter(Boolean)
  return (
    <>
      {row.title}
      <div class="muted small">{facts.join('．')}</div>
    </>
  )
}

function Whose({ row }: { row: ListRow }) {
  if (!row.unitName) return <span class="muted">未分文</span>
  return <span class="nowrap">{row.unitName}{row.officerName && <span class="muted"> {row.officerName}</span>}</span>
}

function Due({ row, today }: { row: ListRow; today: Day }) {
  if (row.dueOn) {
    const due = dueState(row, today)!
    return <DueDate day={row.dueOn} state={due.state} {...(due.left ? { left: due.left } : {})} short={due.state === 'met' || due.state === 'open'} />
  }
  return <span class="muted">{row.stage === 'awaiting-supplement' ? '等補陳，停止計算' : '－'}</span>
}
