import { casePath } from '../../../core/cases/case-kinds.ts'
import { officeCalendar } from '../../../core/clocks/index.ts'
import { type Day, relativeOfficeDays } from '../../../core/time.ts'
import { DueDate, type DueState } from '../../../ui/components/due-date.tsx'
import { Table, type TableProps } from '../../../ui/components/table.tsx'
import { kindLabel, ruleTitle } from '../running.ts'
import { soonUntil, whens } from './filter.ts'
import type { DueRow } from './query.ts'

type DueTableProps = { rows: readonly DueRow[]; today: Day; /** cases of more than one kind may stand here */ showKind: boolean; empty: TableProps<DueRow>['empty'] }

/** What is due, under the day it is due on. */
export function DueTable({ rows, today, showKind, empty }: DueTableProps) {
  return (
    <Table
      caption="期限總表"
      captionHidden
      rows={rows}
      rowKey={(row) => row.id}
      rowHref={(row) => casePath(row.kind, row.name) ?? ''}
      rowTone={(row) => { const state = row.dueOn && stateOf(row.dueOn, today); return state === 'overdue' ? 'danger' : state === 'soon' ? 'soon' : undefined }}
      empty={empty}
      group={(row) => ({ key: row.dueOn ?? 'none', heading: row.dueOn ? <DayHeading day={row.dueOn} today={today} /> : whens.none })}
      columns={[
        { heading: '案號', width: 'fit', cell: (row) => <CaseLink row={row} /> },
        { heading: '主旨', width: 'grow', rowHeader: true, cell: (row) => <Title row={row} showKind={showKind} /> },
        { heading: '期限', cell: (row) => <>{ruleTitle(row.rule)}{!row.main && <div class="muted small">{row.closed ? '原案已結，本期限仍在' : '另計的期限'}</div>}</> },
        { heading: '主辦', cell: (row) => row.unitName ? <span class="nowrap">{row.unitName}{row.officerName && <span class="muted"> {row.officerName}</span>}</span> : <span class="muted">未分文</span> },
      ]}
    />
  )
}

function DayHeading({ day, today }: { day: Day; today: Day }) {
  return <DueDate day={day} state={stateOf(day, today)} left={leftOf(day, today)} />
}

/** 逾期 2 個工作日, 今天到期, 還有 3 個工作日. */
export const leftOf = (day: Day, today: Day): string => relativeOfficeDays(today, day, (after, upTo) => officeCalendar.officeDaysBetween(after, upTo))

function stateOf(day: Day, today: Day): DueState {
  return day < today ? 'overdue' : day <= soonUntil(today) ? 'soon' : 'open'
}

function CaseLink({ row }: { row: DueRow }) {
  const path = casePath(row.kind, row.name)
  return path ? <a href={path}>{row.name}</a> : <>{row.name}</>
}

function Title({ row, showKind }: { row: DueRow; showKind: boolean }) {
  const facts = [showKind && kindLabel(row.kind), row.confidential && '保密', row.because].filter(Boolean)
  return <>{row.title}{facts.length > 0 && <div class="muted small">{facts.join('．')}</div>}</>
}
