import { day } from '../../core/time.ts'
import { Deadline, DueDate, MonthCalendar, Table, Tag } from '../components/index.ts'
import { PortalLayout } from '../layouts/index.ts'
import { county } from './desk.tsx'
import { portalNav } from './portal.tsx'

const rows = [
  { name: '陳110-000101', title: '路面坑洞', due: day('2021-09-23') },
  { name: '陳110-000107', title: '水溝蓋破損', due: day('2021-09-23') },
  { name: '陳110-000112', title: '路燈不亮', due: day('2021-09-29') },
]
const counts: Record<string, number> = { '2021-09-23': 2, '2021-09-29': 1, '2021-10-01': 12 }

/** Last days for residents, a month as a picture, rows under headings. */
export function showDeadlines() {
  return (
    <PortalLayout title="期限" county={county} demo nav={portalNav} wide>
      <h1>期限</h1>
      <Deadline title="提起訴願的最後一天" day={day('2021-10-28')} text="民國110年10月28日（星期四）" left="還有 31 天" marks={<><Tag tone="active">您的期限</Tag><Tag tone="soon">最先到期</Tag></>}>
        <h3>過了會怎樣</h3>
        <p>逾期的訴願會被決定不受理。</p>
      </Deadline>
      <Deadline title="補正的最後一天" day={day('2021-09-20')} text="民國110年9月20日（星期一）" left="已經過了 7 天" past>
        <p>可以重新申請。</p>
      </Deadline>
      <Deadline title="提起行政訴訟的最後一天" day={null} text="算不出日期"><p>辦公日曆只到 116 年。</p></Deadline>
      <MonthCalendar
        month="2021-09"
        caption="每天到期的件數"
        today={day('2021-09-27')}
        previous="?month=2021-08"
        next="?month=2021-10"
        of={(each) => ({
          count: counts[each] ?? 0,
          href: `?on=${each}`,
          tone: each < '2021-09-27' ? 'danger' : 'soon',
          closed: each === '2021-09-21' ? '中秋節' : undefined,
          chosen: each === '2021-09-29',
        })}
      />
      <Table
        caption="到期的案件"
        rows={rows}
        rowKey={(row) => row.name}
        rowHref={(row) => `?case=${row.name}`}
        rowTone={(row) => (row.due < '2021-09-27' ? 'danger' : 'soon')}
        group={(row) => ({ key: row.due, heading: <DueDate day={row.due} state={row.due < '2021-09-27' ? 'overdue' : 'soon'} workingDays={row.due < '2021-09-27' ? -2 : 2} /> })}
        columns={[{ heading: '案號', width: 'fit', cell: (row) => <a href={`?case=${row.name}`}>{row.name}</a> }, { heading: '主旨', rowHeader: true, cell: (row) => row.title }]}
      />
    </PortalLayout>
  )
}
