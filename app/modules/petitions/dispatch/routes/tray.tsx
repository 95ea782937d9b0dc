import { randomUUID } from 'node:crypto'
import { consolePage } from '../../../../core/web/pages.tsx'
import { get, post, redirect, type Reply, type StaffRequest } from '../../../../core/web/route.ts'
import { dayOf } from '../../../../core/time.ts'
import { Button } from '../../../../ui/components/button.tsx'
import { Select } from '../../../../ui/components/choices.tsx'
import { DueDate } from '../../../../ui/components/due-date.tsx'
import { Toolbar } from '../../../../ui/components/filter-bar.tsx'
import { Form } from '../../../../ui/components/form.tsx'
import { EmptyState } from '../../../../ui/components/notes.tsx'
import { Table } from '../../../../ui/components/table.tsx'
import { Tag } from '../../../../ui/components/tag.tsx'
import { DayText } from '../../../../ui/components/time.tsx'
import { dueState } from '../../../../core/cases/due-state.ts'
import { dispatchRulesPath, listPath, petitionPath, trayPath } from '../../paths.ts'
import { channels } from '../../schema.ts'
import { findUnits, unitOptions, type UnitChoice } from '../../units.ts'
import { type BulkLine, dispatchMany } from '../bulk.ts'
import { findTray, type TrayRow } from '../tray.ts'

/** The desk's tray: everything to dispatch with its suggestion; the clerk changes what is wrong and sends off the rest at once. */
async function tray(request: StaffRequest, report: BulkLine[] = []): Promise<Reply> {
  const { db, person, today } = request
  const [rows, units] = await Promise.all([findTray(db, person), findUnits(db, today)])
  const failed = report.filter((line) => line.problem)
  return consolePage(
    request,
    {
      title: '分文',
      current: trayPath,
      children: (
        <>
          {report.length > 0 && <Report report={report} />}
          {rows.length === 0
            ? <EmptyState title="都分完了" action={<a href={listPath}>看陳情案件</a>}>新的來信登錄或確認後會出現在這裡。</EmptyState>
            : (
              <Form action={`${trayPath}/dispatch`} formKey={randomUUID()} id="tray">
                <input type="hidden" name="back" value={trayPath} />
                <Toolbar count={rows.length}><a href={dispatchRulesPath}>分文規則</a></Toolbar>
                <Table
                  caption="待分文的陳情"
                  captionHidden
                  rows={rows}
                  rowKey={(row) => row.name}
                  select={{ name: 'names', form: 'tray', label: (row) => `分文 ${row.name}`, selected: (row) => row.advice.sure && !row.returned && failed.length === 0 }}
                  rowTone={(row) => (dueState({ ...row, closedAt: null, stage: 'received' }, today)?.state === 'overdue' ? 'danger' : undefined)}
                  columns={[
                    { heading: '陳情', rowHeader: true, width: 'grow', cell: (row) => <What row={row} /> },
                    { heading: '分給', cell: (row) => <Where row={row} units={units} chosen={request.form[`unit-${row.name}`]} /> },
                    { heading: '收件', width: 'fit', wideOnly: true, cell: (row) => <DayText day={dayOf(row.receivedAt)} /> },
                    { heading: '限辦', width: 'fit', wideOnly: true, cell: (row) => { const due = dueState({ ...row, closedAt: null, stage: 'received' }, today); return row.dueOn && due && <DueDate day={row.dueOn} state={due.state} {...(due.left ? { left: due.left } : {})} /> } },
                  ]}
                />
                <Button>把勾選的分出去</Button>
              </Form>
            )}
        </>
      ),
    },
    failed.length ? 422 : 200,
  )
}

function What({ row }: { row: TrayRow }) {
  return (
    <>
      <a href={petitionPath(row.name)}>{row.title}</a> {row.confidential && <Tag tone="danger">保密</Tag>} {!row.number && <Tag tone="plain">待登錄</Tag>}
      <div class="muted small">{[row.name, channels[row.channel], row.township, row.category].filter(Boolean).join('．')}</div>
      <div class="small">{row.excerpt}</div>
      {row.returned && <div class="small"><Tag tone="soon">{row.returned.unitName}退文</Tag> {row.returned.note}</div>}
    </>
  )
}

function Where({ row, units, chosen }: { row: TrayRow; units: UnitChoice[]; chosen: string | undefined }) {
  const { advice } = row
  return (
    <>
      <Select name={`unit-${row.name}`} label={`${row.name} 分給`} labelSize="hidden" options={unitOptions(units)} empty="請選擇" value={chosen ?? (advice.sure ? String(advice.suggestion.unitId) : '')} />
      {advice.sure && <input type="hidden" name={`suggested-${row.name}`} value={advice.suggestion.unitId} />}
      <div class="muted small">{advice.sure ? advice.suggestion.reasons[0] : advice.because}</div>
    </>
  )
}

function Report({ report }: { report: BulkLine[] }) {
  const failed = report.filter((line) => line.problem)
  return (
    <section class="stack" role={failed.length ? 'alert' : undefined} aria-label="分文結果">
      <p><strong>{report.length - failed.length} 件已分文，{failed.length} 件沒有。</strong></p>
      <ul>{failed.map((line) => <li key={line.name}><a href={petitionPath(line.name)}>{line.name}</a>：{line.problem}</li>)}</ul>
    </section>
  )
}

/** One after the other, each an act of its own: what cannot be dispatched does not hold up the rest. */
async function dispatchChosen(request: StaffRequest): Promise<Reply> {
  const { form } = request
  const back = form.back?.startsWith(listPath) ? form.back : trayPath
  const names = request.all('names')
  if (!names.length) return redirect(back, '沒有勾選任何案件')
  const wishes = names.map((name) => ({ name, unitId: form[`unit-${name}`] || form.unitId || null, suggestedUnitId: form[`suggested-${name}`] }))
  const report = await dispatchMany(request.caller, wishes, form._key)
  if (report.some((line) => line.problem)) return tray(request, report)
  return redirect(back, `${report.length} 件已分文`)
}

export const routes = [get(trayPath, 'petitions.dispatch', (request) => tray(request)), post(`${trayPath}/dispatch`, 'petitions.dispatch', dispatchChosen)]
