import { MeetingTag } from '../../../core/committees/pages/list.tsx'
import { holds } from '../../../core/identity/permissions.ts'
import { consolePage } from '../../../core/web/pages.tsx'
import { get, type Reply, type StaffRequest } from '../../../core/web/route.ts'
import { ButtonGroup, ButtonLink } from '../../../ui/components/button.tsx'
import { Select } from '../../../ui/components/choices.tsx'
import { FilterBar, Toolbar } from '../../../ui/components/filter-bar.tsx'
import { EmptyState } from '../../../ui/components/notes.tsx'
import { Pagination } from '../../../ui/components/pagination.tsx'
import { Table } from '../../../ui/components/table.tsx'
import { TextInput } from '../../../ui/components/text-input.tsx'
import { DayText } from '../../../ui/components/time.tsx'
import { findBodies, mayCall } from '../bodies.ts'
import { bodiesPath, calendarPath, callPath, filteredListPath, listPath, meetingPath, newPath } from '../paths.ts'
import { findMeetings, findYears, type ListedMeeting, managedUnits } from '../queries.ts'
import { meetingKind } from '../schema.ts'

async function list(request: StaffRequest): Promise<Reply> {
  const { db, person, query, today } = request
  const filter = { body: query.body, year: query.year, query: query.q?.slice(0, 100), late: query.late === '1' ? { today, unitIds: managedUnits(person) } : undefined }
  const [{ rows, count, next }, bodies, years] = await Promise.all([findMeetings(db, person, filter, query.before), findBodies(db), findYears(db, person, today)])
  const kept = { body: query.body, year: query.year, q: query.q, late: query.late }
  const callable = bodies.filter((body) => body.caseKind === meetingKind && mayCall(person, body))
  const chosen = bodies.find(({ code }) => code === query.body)
  return consolePage(request, {
    title: chosen?.name ?? '會議', heading: chosen?.name ?? '會議', current: listPath,
    ...(chosen ? { breadcrumbs: [{ text: '會議', href: listPath }, { text: chosen.name }] } : {}),
    actions: (
      <ButtonGroup>
        {callable.length > 0 && <ButtonLink href={chosen && callable.includes(chosen) ? callPath(chosen.code) : newPath}>召開會議</ButtonLink>}
        {holds(person, 'meetings.bodies') && <ButtonLink href={bodiesPath} kind="secondary">會議體</ButtonLink>}
      </ButtonGroup>
    ),
    children: (
      <>
        <FilterBar action={listPath} clearHref={listPath} active={query.late === '1' ? [{ label: '紀錄逾期未確認', removeHref: filteredListPath({ ...kept, late: undefined }) }] : []}>
          <TextInput name="q" type="search" label="關鍵字" value={query.q} width={10} />
          <Select name="body" label="會議體" value={query.body} empty="全部" options={bodies.filter(({ caseKind }) => caseKind === meetingKind).map(({ code, name }) => ({ value: code, text: name }))} />
          <Select name="year" label="年" value={query.year} empty="全部" options={years.map((year) => ({ value: String(year), text: `${year} 年` }))} />
        </FilterBar>
        <Toolbar count={count} unit="次"><a href={calendarPath()}>行事曆</a></Toolbar>
        <Table<ListedMeeting>
          caption="會議" captionHidden rows={rows} rowKey={(row) => row.number} rowHref={(row) => meetingPath(row.number)}
          empty={<EmptyState title="沒有符合的會議">{query.q || query.body || query.year ? '少選一個條件看看。' : '召開後會列在這裡。'}</EmptyState>}
          columns={[
            { heading: '日期', cell: (row) => <a class="nowrap" href={meetingPath(row.number)}><DayText day={row.heldOn} weekday /></a>, width: 'fit' },
            { heading: '會議', cell: (row) => <>{row.body}<p class="muted small"><span class="nowrap number">{row.number}</span>　{row.startsAt}　{row.place}</p></>, rowHeader: true, width: 'grow' },
            { heading: '議案（件）', cell: (row) => row.items, numeric: true, wideOnly: true },
            { heading: '狀態', cell: (row) => <MeetingTag outcome={row.outcome} begun={row.begun} approved={row.approvedOn !== null} />, width: 'fit' },
          ]}
        />
        <Pagination previous={query.before ? filteredListPath(kept) : null} next={next && filteredListPath({ ...kept, before: next })} />
      </>
    ),
  })
}

export const routes = [get(listPath, 'meetings.read', list)]
