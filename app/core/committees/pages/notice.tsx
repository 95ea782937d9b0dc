import { Card } from '../../../ui/components/card.tsx'
import { SummaryList } from '../../../ui/components/summary-list.tsx'
import { Table } from '../../../ui/components/table.tsx'
import { DayText } from '../../../ui/components/time.tsx'
import { consolePage } from '../../web/pages.tsx'
import type { Reply, StaffRequest } from '../../web/route.ts'
import { type Hearing, meetingPath } from '../hearing.ts'
import { findMeeting, type HeldItem } from '../queries.ts'
import { modes, seats } from '../words.ts'

/** 開會通知單, to be printed or kept as PDF by the browser: who is asked, when, where, what for. */
export async function noticePage(hearing: Hearing, request: StaffRequest): Promise<Reply> {
  const file = await findMeeting(request.db, hearing, request.person, request.params.name!)
  const names = (other: boolean) => file.people.filter(({ seat }) => (seat === 'other') === other).map(({ name, title }) => `${name}${title ? `（${title}）` : ''}`).join('、')
  return consolePage(request, {
    title: `開會通知單 ${file.number}`, heading: `${request.site.county}開會通知單`, current: hearing.path,
    breadcrumbs: [{ text: hearing.label, href: hearing.path }, { text: file.number, href: meetingPath(hearing, file.number) }, { text: '開會通知單' }],
    children: (
      <>
        <p class="screen-only muted">用瀏覽器的列印印出或存成 PDF。</p>
        <SummaryList rows={[
          { key: '開會事由', value: `${file.title.split(' ').slice(1).join(' ') || hearing.label}${file.sitting ? `第 ${file.sitting} 次會議` : ''}` },
          { key: '開會時間', value: <><DayText day={file.heldOn} long weekday /> {file.startsAt}</> },
          { key: '開會地點', value: `${file.place}${file.mode === 'on-site' ? '' : `（${modes[file.mode]}）`}` },
          { key: '主持人', value: file.chair },
          ...(names(false) ? [{ key: '出席者', value: names(false) }] : []),
          ...(names(true) ? [{ key: names(false) ? seats.other : '出席者', value: names(true) }] : []),
          ...(hearing.committee?.rules.inPerson ? [{ key: '備註', value: `委員應親自出席，不得由他人代理（${hearing.committee.rules.inPerson}）。對議案應自行迴避者，請於會前告知。` }] : []),
        ]} />
        <Card title="議程" plain>
          <Table<HeldItem>
            caption="議案" captionHidden rows={file.items} rowKey={(item) => item.id}
            columns={[{ heading: '次序', cell: (item) => file.items.indexOf(item) + 1, width: 'fit' }, { heading: '案號', cell: (item) => <span class="nowrap number">{item.number ?? '—'}</span>, width: 'fit' }, { heading: '案由', cell: (item) => item.subject, rowHeader: true, width: 'grow' }]}
          />
        </Card>
      </>
    ),
  })
}
