import { ButtonGroup, ButtonLink } from '../../../ui/components/button.tsx'
import { EmptyState } from '../../../ui/components/notes.tsx'
import { Pagination } from '../../../ui/components/pagination.tsx'
import { Table } from '../../../ui/components/table.tsx'
import { Tag } from '../../../ui/components/tag.tsx'
import { DayText } from '../../../ui/components/time.tsx'
import { holds } from '../../identity/permissions.ts'
import { consolePage } from '../../web/pages.tsx'
import type { Reply, StaffRequest } from '../../web/route.ts'
import { type Hearing, meetingPath, membersPath, newMeetingPath } from '../hearing.ts'
import { findMeetings, type ListedMeeting } from '../queries.ts'
import { meetingOutcomes } from '../words.ts'

export function MeetingTag({ outcome, approved, begun }: { outcome: string | null; approved?: boolean; begun?: boolean }) {
  if (!outcome) return <Tag tone="active">{begun ? '進行中' : '已排定'}</Tag>
  return <Tag tone={outcome === 'held' ? 'done' : 'ended'}>{outcome === 'held' && approved ? '紀錄已確認' : meetingOutcomes[outcome as keyof typeof meetingOutcomes]}</Tag>
}

export async function listPage(hearing: Hearing, request: StaffRequest): Promise<Reply> {
  const { rows, next } = await findMeetings(request.db, hearing, request.person, request.query.before)
  const mayManage = holds(request.person, hearing.manage)
  return consolePage(request, {
    title: hearing.label, heading: hearing.label, current: hearing.path,
    actions: <ButtonGroup>{mayManage && !hearing.parties && <ButtonLink href={newMeetingPath(hearing)}>排定會議</ButtonLink>}{hearing.committee && <ButtonLink href={membersPath(hearing)} kind="secondary">{hearing.committee.name}委員</ButtonLink>}</ButtonGroup>,
    children: (
      <>
        <Table<ListedMeeting>
          caption={hearing.label} captionHidden rows={rows} rowKey={(row) => row.number} rowHref={(row) => meetingPath(hearing, row.number)}
          empty={<EmptyState title="還沒有會議">{hearing.parties?.called ?? (mayManage ? `按「排定會議」，選擇要審議的${hearing.itemLabel}。` : '排定後會列在這裡。')}</EmptyState>}
          columns={[
            { heading: '編號', cell: (row) => <a class="nowrap number" href={meetingPath(hearing, row.number)}>{row.number}</a>, width: 'fit' },
            { heading: '日期', cell: (row) => <DayText day={row.heldOn} weekday />, rowHeader: true, width: 'fit' },
            ...(hearing.parties ? [{ heading: hearing.itemLabel, cell: (row: ListedMeeting) => row.first ?? '—', width: 'grow' as const }, { heading: '地點', cell: (row: ListedMeeting) => row.place }] : [{ heading: '地點', cell: (row: ListedMeeting) => row.place, width: 'grow' as const }, { heading: '議案（件）', cell: (row: ListedMeeting) => row.items, numeric: true }]),
            { heading: '狀態', cell: (row) => <MeetingTag outcome={row.outcome} approved={row.approvedOn !== null} />, width: 'fit' },
          ]}
        />
        <Pagination previous={request.query.before ? hearing.path : null} next={next && `${hearing.path}?before=${next}`} />
      </>
    ),
  })
}

