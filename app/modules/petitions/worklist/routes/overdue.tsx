import { consolePage } from '../../../../core/web/pages.tsx'
import { get, type Reply, type StaffRequest } from '../../../../core/web/route.ts'
import { dayOf, rocDay } from '../../../../core/time.ts'
import { Toolbar } from '../../../../ui/components/filter-bar.tsx'
import { EmptyState } from '../../../../ui/components/notes.tsx'
import { chasedNames } from '../../handling/reminder-steps.ts'
import { filteredPath, listPath, overduePath } from '../../paths.ts'
import { CaseTable } from '../case-table.tsx'
import { findOverdue, type OverdueRow } from '../overdue-query.ts'

/** 逾期: what is late, whose it is, and what was done about it. */
async function overdue(request: StaffRequest): Promise<Reply> {
  const { db, person, today } = request
  const rows = await findOverdue(db, person, today)
  return consolePage(request, {
    title: '逾期案件',
    current: overduePath,
    children: rows.length === 0
      ? <EmptyState title="沒有逾期的案件" action={<a href={filteredPath({ due: 3 })}>看 3 個工作日內到期的</a>} />
      : (
        <>
          <Toolbar count={rows.length}>
            <a href={filteredPath({ due: 'overdue' }, `${listPath}.csv`)} data-turbo="false">匯出 CSV</a>
            <a href={filteredPath({ due: 'overdue' }, `${listPath}.ods`)} data-turbo="false">匯出 ODS</a>
          </Toolbar>
          <ByUnit rows={rows} />
          <CaseTable
            caption="逾期案件"
            rows={rows}
            today={today}
            columns={[{ heading: '稽催', width: 'fit', cell: (row) => <Chased row={row as OverdueRow} /> }]}
          />
        </>
      ),
  })
}

function Chased({ row }: { row: OverdueRow }) {
  if (!row.lastStep) return <span class="muted">還沒有</span>
  // without a unit the reminders go to the desk
  return <>{row.unitName ? chasedNames[row.lastStep] : '已催收發'}{row.lastStepAt && <div class="muted small">{rocDay(dayOf(row.lastStepAt))}</div>}</>
}

function ByUnit({ rows }: { rows: OverdueRow[] }) {
  const counts = new Map<string, number>()
  for (const row of rows) counts.set(row.unitName ?? '未分文', (counts.get(row.unitName ?? '未分文') ?? 0) + 1)
  if (counts.size < 2) return null
  const sorted = [...counts].sort((a, b) => b[1] - a[1])
  return <p>{sorted.map(([unit, count], index) => <span key={unit} class="nowrap">{index > 0 && '、'}{unit} <strong class="number">{count}</strong> 件</span>)}</p>
}

export const routes = [get(overduePath, 'petitions.read', overdue)]
