import { defineModule } from '../../core/module.ts'
import { useBodyOf } from '../directives/index.ts'
import { bodyOfMeeting } from './bodies.ts'
import { figures } from './figures.ts'
import { meetingsImporter } from './import/importer.ts'
import { visibleTo } from './meeting.ts'
import { listPath, meetingPath, proposalPath, proposalsPath, registerPath } from './paths.ts'
import { permissions } from './permissions.ts'
import { personalData, retention } from './personal-data.ts'
import { visibleTo as proposalVisibleTo } from './proposals/proposal.ts'
import { routes as proposals } from './proposals/routes.tsx'
import { routes as live } from './live/routes.tsx'
import { routes as papers } from './papers/routes.tsx'
import { portal, routes as publication } from './publication/routes.tsx'
import { countWaiting } from './waiting.ts'
import { routes as calendar } from './routes/calendar.tsx'
import { routes as bodies } from './routes/bodies.tsx'
import { routes as call } from './routes/call.tsx'
import { routes as hold } from './routes/hold.tsx'
import { routes as list } from './routes/list.tsx'
import { routes as register } from './register/page.tsx'
import { routes as publicRegister } from './register/public.tsx'
import { routes as show } from './routes/show.tsx'
import { meetingKind, proposalKind } from './schema.ts'
import { bodiesOfUnit } from './units.ts'

useBodyOf(bodyOfMeeting)

export * as demonstration from './demonstration.ts'
export { type About, useMeetingAbout } from './about.ts'
export { findBody } from './bodies.ts'
export { visibleTo as meetingVisibleTo } from './meeting.ts'
export { meetingsFigure } from './figures.ts'
export { bodyMeetingsPath, callPath, meetingPath } from './paths.ts'
export { findMeetings, findMeetingsBetween, type ListedMeeting } from './queries.ts'
export { MeetingsCard } from './meetings-card.tsx'

export const meetings = defineModule({
  name: 'meetings',
  title: '會議',
  dependsOn: ['directives', 'regulations'],
  routes: [...register, ...publicRegister, ...publication, ...calendar, ...live, ...papers, ...proposals, ...list, ...call, ...bodies, ...hold, ...show],
  portal,
  permissions,
  sensitive: ['meetings.publish', 'meetings.withdraw-minutes'],
  waiting: [{ permission: 'meetings.manage', find: async ({ db, person, today }) => countWaiting(db, person, today) }],
  personalData: [personalData],
  retention,
  figures,
  unitFollowers: [bodiesOfUnit],
  caseTables: { committee_meetings: 'id', meetings: 'id', meeting_proposals: 'id' },
  caseKinds: [{ kind: meetingKind, label: '會議', path: meetingPath, visibleTo, works: 'meetings.manage' }, { kind: proposalKind, label: '會議提案', path: proposalPath, visibleTo: proposalVisibleTo, works: 'meetings.propose' }],
  importers: [meetingsImporter],
  navigation: [{ label: '會議', path: listPath, permission: 'meetings.read', section: '會議與指裁示' }, { label: '常設委員會名冊', path: registerPath, permission: 'meetings.read', section: '會議與指裁示' }, { label: '提案單', path: proposalsPath, permission: 'meetings.read', section: '會議與指裁示' }],
})
