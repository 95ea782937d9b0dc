import { eventOf } from '../../../core/committees/calendar-file.ts'
import { writeCalendar } from '../../../core/ical.ts'
import { addDays, day, type Day, lastDayOfMonth, monthOf, rocMonth } from '../../../core/time.ts'
import { consolePage } from '../../../core/web/pages.tsx'
import { file, get, type Reply, type Route, type StaffRequest } from '../../../core/web/route.ts'
import { ButtonGroup, ButtonLink } from '../../../ui/components/button.tsx'
import { MonthCalendar } from '../../../ui/components/month-calendar.tsx'
import { EmptyState } from '../../../ui/components/notes.tsx'
import { Table } from '../../../ui/components/table.tsx'
import { DayText } from '../../../ui/components/time.tsx'
import { calendarFilePath, calendarPath, listPath, meetingPath } from '../paths.ts'
import { findMeetingsBetween, type ListedMeeting } from '../queries.ts'

const monthAsked = (request: StaffRequest): string => (/^\d{4}-(0[1-9]|1[0-2])$/.test(request.query.month ?? '') ? request.query.month! : monthOf(request.today))
const rangeOf = (month: string): { from: Day; until: Day } => { const from = day(`${month}-01`); return { from, until: lastDayOfMonth(from) } }

/** A month of meetings, on the wall and as a list. */
async function page(request: StaffRequest): Promise<Reply> {
  const { db, person, today, query } = request
  const month = monthAsked(request)
  const { from, until } = rangeOf(month)
  const meetings = (await findMeetingsBetween(db, person, from, until)).filter(({ outcome }) => outcome !== 'cancelled')
  const chosen = meetings.some(({ heldOn }) => heldOn === query.on) ? (query.on as Day) : null
  const rows = chosen ? meetings.filter(({ heldOn }) => heldOn === chosen) : meetings
  return consolePage(request, {
    title: `${rocMonth(month)}會議`, heading: '會議行事曆', current: listPath, breadcrumbs: [{ text: '會議', href: listPath }, { text: '行事曆' }],
    actions: <ButtonGroup><ButtonLink href={calendarFilePath(month)} kind="secondary" download>加到行事曆</ButtonLink></ButtonGroup>,
    children: (
      <div class="columns">
        <div class="columns__main">
          <MonthCalendar month={month} caption={`${rocMonth(month)}的會議`} today={today} unit="次" previous={calendarPath(monthOf(addDays(from, -1)))} next={calendarPath(monthOf(addDays(until, 1)))} of={(on) => ({ count: meetings.filter(({ heldOn }) => heldOn === on).length, href: calendarPath(month, on), chosen: on === chosen })} />
        </div>
        <div class="columns__side">
          <Table<ListedMeeting>
            caption={chosen ? '這一天的會議' : '這個月的會議'} rows={rows} rowKey={(row) => row.number} empty={<EmptyState title="這個月沒有會議">召開後會出現在這裡。</EmptyState>}
            columns={[{ heading: '日期', cell: (row) => <DayText day={row.heldOn} weekday />, width: 'fit' }, { heading: '會議', cell: (row) => <><a href={meetingPath(row.number)}>{row.body}</a><p class="muted small">{row.startsAt}　{row.place}</p></>, rowHeader: true, width: 'grow' }]}
          />
          {chosen && <p><a href={calendarPath(month)}>看整個月</a></p>}
        </div>
      </div>
    ),
  })
}

/** The month as iCalendar. */
async function calendar(request: StaffRequest): Promise<Reply> {
  const month = monthAsked(request)
  const { from, until } = rangeOf(month)
  const meetings = (await findMeetingsBetween(request.db, request.person, from, until)).filter(({ outcome }) => outcome !== 'cancelled')
  const text = writeCalendar(`${request.site.county}會議`, meetings.map((one) => eventOf(one, one.body, `${request.origin}${meetingPath(one.number)}`, new Date(one.changedAt))))
  return file(text, 'text/calendar; charset=utf-8', `meetings-${month}.ics`)
}

export const routes: Route[] = [get('/console/meeting-calendar', 'meetings.read', page), get('/console/meeting-calendar/month.ics', 'meetings.read', calendar, { limit: 60 })]
