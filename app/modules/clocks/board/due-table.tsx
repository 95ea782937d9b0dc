import { casePath } from '../../../core/cases/case-kinds.ts'
import { officeCalendar } from '../../../core/clocks/index.ts'
import { may, type Person } from '../../../core/identity/permissions.ts'
import { type Day, relativeOfficeDays } from '../../../core/time.ts'
import { Button } from '../../../ui/components/button.tsx'
import { DueDate, type DueState } from '../../../ui/components/due-date.tsx'
import { Form } from '../../../ui/components/form.tsx'
import { Table, type TableProps } from '../../../ui/components/table.tsx'
import { meetPath } from '../paths.ts'
import { kindLabel, ruleTitle } from '../running.ts'
import { soonUntil, whens } from './filter.ts'
import type { DueRow } from './query.ts'

type DueTableProps = { /** the board as it is shown, to come back to */ back: string; person: Person; rows: readonly DueRow[]; today: Day; /** cases of more than one kind, or by more than one rule, may stand here */ showKind: boolean; showRule: boolean; empty: TableProps<DueRow>['empty'] }

/** What is due, under the day it is due on. */
export function DueTable({ back, person, rows, today, showKind, showRule, empty }: DueTableProps) {
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
        ...(showRule ? [{ heading: '期限', cell: (row: DueRow) => <Period row={row} person={person} back={back} /> }] : []),
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

function Period({ row, person, back }: { row: DueRow; person: Person; back: string }) {
  if (row.main) return <>{ruleTitle(row.rule)}</>
  return (
    <>
      {ruleTitle(row.rule)}
      <div class="muted small">{row.closed ? '原案已結，本期限仍在' : '另計的期限'}</div>
      {may(person, 'clocks.meet', row) && (
        <Form action={meetPath}>
          <input type="hidden" name="clock" value={row.id} />
          <input type="hidden" name="back" value={back} />
          <Button kind="quiet" small confirm={`記下「${ruleTitle(row.rule)}」已經辦畢，從期限總表拿掉。案件的歷程會留下紀錄。`} confirmAction="記為辦畢">辦畢<span class="govuk-visually-hidden">：{row.name} {ruleTitle(row.rule)}</span></Button>
        </Form>
      )}
    </>
  )
}

function CaseLink({ row }: { row: DueRow }) {
  const path = casePath(row.kind, row.name)
  return path ? <a href={path}>{row.name}</a> : <>{row.name}</>
}

function Title({ row, showKind }: { row: DueRow; showKind: boolean }) {
  const facts = [showKind && kindLabel(row.kind), row.confidential && '保密', row.because].filter(Boolean)
  return <>{row.title}{facts.length > 0 && <div class="muted small">{facts.join('．')}</div>}</>
}
