import { periodName } from '../../../core/figures/periods.ts'
import { holds } from '../../../core/identity/permissions.ts'
import { publicReportPath } from '../../../core/reports/paths.ts'
import { listReports, type ReportLine } from '../../../core/reports/queries.ts'
import { consolePage } from '../../../core/web/pages.tsx'
import { get } from '../../../core/web/route.ts'
import { ButtonLink, DayText, EmptyState, InstantText, Table, Tag } from '../../../ui/index.ts'
import { comparePath, newReportPath, reportPath, reportsPath } from '../paths.ts'
import { councilReport } from '../report.ts'

/** Every report, drafts and issues, newest period first. */
export const routes = [
  get(reportsPath, 'reports.see', async (request) => {
    const reports = await listReports(request.db, councilReport.kind)
    const mayEdit = holds(request.person, 'reports.edit')
    const [newest, before] = reports.filter(({ state }) => state === 'issued')
    return consolePage(request, {
      title: councilReport.name,
      current: reportsPath,
      actions: (
        <div class="cluster">
          {newest && before && <ButtonLink href={comparePath(before.id, newest.id)} kind="secondary">比較兩次定稿</ButtonLink>}
          <ButtonLink href={newReportPath} reason={mayEdit ? null : '只有報告彙編可以開始新的報告'}>新的報告</ButtonLink>
        </div>
      ),
      children: (
        <Table<ReportLine>
          caption={`共 ${reports.length} 份`}
          rows={reports}
          rowKey={({ id }) => id}
          rowHref={({ id }) => reportPath(id)}
          empty={<EmptyState title="還沒有報告" action={<ButtonLink href={newReportPath} reason={mayEdit ? null : '請報告彙編開始'}>新的報告</ButtonLink>}><p>選定半年期間，十五章和結語的文字就會備好，數字由案件計算。</p></EmptyState>}
          columns={[
            { heading: '期間', rowHeader: true, width: 'grow', cell: (row) => <a href={reportPath(row.id)}>{periodName({ from: row.from_day, to: row.to_day })}{row.session && `　${row.session}`}</a> },
            { heading: '編號', numeric: true, wideOnly: true, cell: ({ id }) => id },
            { heading: '資料截止日', width: 'fit', cell: (row) => <DayText day={row.status_on} /> },
            { heading: '確認的章', numeric: true, cell: (row) => `${row.confirmed} / ${row.sections}` },
            { heading: '狀態', width: 'fit', cell: (row) => (row.state === 'issued' ? <Tag tone="done">已定稿</Tag> : <Tag tone="active">草稿</Tag>) },
            { heading: '定稿', wideOnly: true, cell: (row) => (row.as_of ? <><InstantText at={row.as_of} />{row.issued_by && ` ${row.issued_by}`}</> : '—') },
            { heading: '公開頁', wideOnly: true, cell: (row) => (row.state === 'issued' ? <a href={publicReportPath(row.id)}>民眾看到的</a> : '—') },
          ]}
        />
      ),
    })
  }),
]
