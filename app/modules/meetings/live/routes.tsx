import { sql } from 'kysely'
import { NotFound } from '../../../core/errors.ts'
import { consolePage } from '../../../core/web/pages.tsx'
import { get, json, type Reply, type Route, type StaffRequest } from '../../../core/web/route.ts'
import { ButtonGroup, ButtonLink } from '../../../ui/components/button.tsx'
import { Card } from '../../../ui/components/card.tsx'
import { findMeeting } from '../../../core/committees/queries.ts'
import { hearing } from '../hearing.ts'
import { visibleTo } from '../meeting.ts'
import { listPath, livePath, meetingPath } from '../paths.ts'
import { findMore } from '../queries.ts'
import { meetingKind } from '../schema.ts'
import { Board, boardHtml } from './board.tsx'
import { versionsOf, whenChanged } from './watch.ts'

/** For who sits in the room, or follows from a desk: which item now, decisions as they are made. Without script it is as of its loading. */
async function page(request: StaffRequest): Promise<Reply> {
  const { db, person } = request
  const file = await findMeeting(db, hearing, person, request.params.name!)
  const more = await findMore(db, file.id)
  const version = (await versionsOf(db, [file.id])).get(file.id) ?? ''
  return consolePage(request, {
    title: `即時 ${file.number}`, heading: '即時畫面', headingNote: file.title, current: listPath, breadcrumbs: [{ text: '會議', href: listPath }, { text: file.number, href: meetingPath(file.number) }, { text: '即時畫面' }],
    actions: <ButtonGroup><ButtonLink href={meetingPath(file.number, 'papers')} kind="secondary">會議資料</ButtonLink><ButtonLink href={livePath(file.number)} kind="quiet">重新整理</ButtonLink></ButtonGroup>,
    children: (
      <Card title={`${file.startsAt}　${file.place}　主席 ${file.chair}`}>
        <div data-live={livePath(file.number, 'board')} data-version={version}><Board items={file.items} liveItemId={more.liveItemId} isOver={file.stage === 'closed'} begun={more.begunAt !== null} /></div>
        <p class="muted small" data-live-state>畫面沒有自動更新時，按「重新整理」。</p>
      </Card>
    ),
  })
}

/** The board when it is no longer what the reader has; after some seconds without change an answer without it. Who may read is asked each time. */
async function board(request: StaffRequest): Promise<Reply> {
  const { db, person, params, query } = request
  const found = (await sql<{ id: number }>`select c.id from cases c where c.kind = ${meetingKind} and c.number = ${params.name} and ${visibleTo(person)}`.execute(db)).rows[0]
  if (!found) throw new NotFound('找不到這次會議')
  const version = await whenChanged(db, found.id, (query.since ?? '').slice(0, 100))
  return json(version === null ? {} : { version, html: await boardHtml(db, found.id, version) })
}

export const routes: Route[] = [get(`${listPath}/:name/live`, 'meetings.read', page), get(`${listPath}/:name/live/board`, 'meetings.read', board)]
