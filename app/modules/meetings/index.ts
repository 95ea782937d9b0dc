import { defineModule } from '../../core/module.ts'
import { figures } from './figures.ts'
import { meetingsImporter } from './import/importer.ts'
import { visibleTo } from './meeting.ts'
import { listPath, meetingPath } from './paths.ts'
import { permissions } from './permissions.ts'
import { personalData, retention } from './personal-data.ts'
import { routes as bodies } from './routes/bodies.tsx'
import { routes as call } from './routes/call.tsx'
import { routes as hold } from './routes/hold.tsx'
import { routes as list } from './routes/list.tsx'
import { routes as show } from './routes/show.tsx'
import { meetingKind } from './schema.ts'
import { bodiesOfUnit } from './units.ts'

export { findBody } from './bodies.ts'
export { meetingsFigure } from './figures.ts'
export { bodyMeetingsPath, callPath, meetingPath } from './paths.ts'
export { findMeetings, findMeetingsBetween, type ListedMeeting } from './queries.ts'
export { MeetingsCard } from './meetings-card.tsx'

export const meetings = defineModule({
  name: 'meetings',
  title: '會議',
  routes: [...list, ...call, ...bodies, ...hold, ...show],
  permissions,
  personalData,
  retention,
  figures,
  unitFollowers: [bodiesOfUnit],
  caseTables: { committee_meetings: 'id', meetings: 'id' },
  caseKinds: [{ kind: meetingKind, label: '會議', path: meetingPath, visibleTo }],
  importers: [meetingsImporter],
  navigation: [{ label: '會議', path: listPath, permission: 'meetings.read', section: '會議' }],
})
