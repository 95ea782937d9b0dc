import { officeCalendar } from '../../../core/clocks/calendar.ts'
import { holds } from '../../../core/identity/permissions.ts'
import { addDays, type Day, day as dayFrom, lastDayOfMonth, monthOf, rocMonth } from '../../../core/time.ts'
import { consolePage } from '../../../core/web/pages.tsx'
import { get, type Reply, type Route, type StaffRequest } from '../../../core/web/route.ts'
import { ButtonGroup, ButtonLink } from '../../../ui/components/button.tsx'
import { MonthCalendar } from '../../../ui/components/month-calendar.tsx'
import { EmptyState } from '../../../ui/components/notes.tsx'
import { Table } from '../../../ui/components/table.tsx'
import { Tag } from '../../../ui/components/tag.tsx'
import { DayText } from '../../../ui/components/time.tsx'
import { listPath, newPath, seriesPath, sessionPath } from '../paths.ts'
import { sessionOutcomes } from '../schema.ts'
import { findSessionsOfMonth, type ListedSession } from './queries.ts'

/** A month of sessions: the wall calendar, then each with how full it is. */
async function list(request: StaffRequest): Promise<Reply> {
  const month = /^\d{4}-(0[1-9]|1[0-2])$/.test(request.query.month ?? '') ? request.query.month! : monthOf(request.today)
  const rows = await findSessionsOfMonth(request.db, request.person, month)
  const first = dayFrom(`${month}-01`)
  const address = (of: Day) => `${listPath}?month=${monthOf(of)}`
  const of = (day: Day) => {
    const own = rows.filter(({ heldOn, outcome }) => heldOn === day && outcome !== 'cancelled')
    const closed = officeCalendar.isOpen(day) === false ? '不辦公' : undefined
    return { count: own.length, closed, ...(own[0] ? { href: sessionPath(own[0].number) } : {}), ...(closed && own.some(({ outcome }) => !outcome) ? { tone: 'danger' as const } : {}) }
  }
  return consolePage(request, {
    title: '法律諮詢場次', heading: '法律諮詢場次', current: listPath,
    actions: holds(request.person, 'legal-advice.plan') ? <ButtonGroup><ButtonLink href={seriesPath} kind="secondary">排一系列</ButtonLink><ButtonLink href={newPath}>排一個場次</ButtonLink></ButtonGroup> : undefined,
    children: (
      <>
        <MonthCalendar month={month} caption={`${rocMonth(month)}的場次`} today={request.today} of={of} unit="場" previous={address(addDays(first, -1))} next={address(addDays(lastDayOfMonth(first), 1))} />
        <Table<ListedSession>
          caption={`${rocMonth(month)}的場次`} rows={rows} rowKey={(row) => row.number} rowHref={(row) => sessionPath(row.number)}
          empty={<EmptyState title="這個月沒有場次">換一個月看看，或排新的場次。</EmptyState>}
          columns={[
            { heading: '編號', cell: (row) => <a class="nowrap number" href={sessionPath(row.number)}>{row.number}</a>, width: 'fit' },
            { heading: '日期', cell: (row) => <><DayText day={row.heldOn} weekday /> <span class="nowrap">{row.startsAt}–{row.endsAt}</span></>, rowHeader: true },
            { heading: '地點', cell: (row) => row.place, width: 'grow', wideOnly: true },
            { heading: '律師', cell: (row) => row.lawyers, wideOnly: true },
            { heading: '預約／時間', cell: (row) => `${row.taken}／${row.slots}`, numeric: true },
            { heading: '候補', cell: (row) => row.waiting, numeric: true },
            { heading: '已諮詢', cell: (row) => row.served, numeric: true },
            { heading: '狀態', cell: (row) => <SessionTag session={row} today={request.today} />, width: 'fit' },
          ]}
        />
      </>
    ),
  })
}

export function SessionTag({ session, today }: { session: { outcome: 'held' | 'cancelled' | null; heldOn: Day }; today: Day }) {
  if (session.outcome) return <Tag tone={session.outcome === 'held' ? 'done' : 'ended'}>{sessionOutcomes[session.outcome]}</Tag>
  if (session.heldOn < today) return <Tag tone="danger">待結束</Tag>
  if (officeCalendar.isOpen(session.heldOn) === false) return <Tag tone="soon">當天不辦公</Tag>
  return <Tag tone="active">{session.heldOn === today ? '今天' : '已排定'}</Tag>
}

export const routes: Route[] = [get(listPath, 'legal-advice.read', list)]
