import { defineModule } from '../../core/module.ts'
import { lawsOfUnit } from '../../core/laws/laws-of-unit.ts'
import { api } from './api.ts'
import { figures } from './figures.ts'
import { regulationsImporter } from './import/importer.ts'
import { articlePath, listPath, meetingPath, meetingsPath, regulationPath } from './paths.ts'
import { permissions } from './permissions.ts'
import { routes as meetings } from './meetings/hearing.ts'
import { lapseComments } from './notices/acts.ts'
import { memberCases } from './notices/member-comments.ts'
import { routes as answers } from './notices/answers.tsx'
import { routes as notices } from './notices/routes.tsx'
import { personalData, retention } from './personal-data.ts'
import * as portal from './portal/index.ts'
import { visibleTo } from './regulation.ts'
import { routes as list } from './routes/list.tsx'
import { routes as attachments } from './routes/attachments.tsx'
import { routes as propose } from './routes/propose.tsx'
import { routes as endLaw } from './routes/end-law.tsx'
import { routes as reasons } from './routes/reasons.tsx'
import { routes as show } from './routes/show.tsx'
import { routes as step } from './routes/step.tsx'
import { caseKind, meetingKind } from './schema.ts'
import { waiting } from './waiting.ts'

export * as demonstration from './demonstration.ts'
// a county meeting (meetings) puts proposals on its agenda and carries them on
export { carryCountyDecision, countyDecisions, type CountyDecision, findForCountyMeeting, lockForCountyMeeting } from './county-meeting.ts'
export { regulationPath } from './paths.ts'

export const regulations = defineModule({
  name: 'regulations',
  title: '法規',
  routes: [...notices, ...portal.routes, ...list, ...propose, ...reasons, ...attachments, ...endLaw, ...step, ...answers, ...show, ...meetings],
  portal: portal.portal,
  permissions,
  // what binds everybody, and what ends a proposal
  unitFollowers: [lawsOfUnit],
  sensitive: ['regulations.nullified', 'regulations.not-upheld', 'regulations.reconsider-lapsed', 'regulations.promulgate', 'regulations.deemed-effective', 'regulations.withdraw', 'regulations.end-law', 'regulations.set-last-day'],
  api,
  articlePath,
  personalData: [personalData],
  retention,
  waiting,
  memberCases,
  jobs: [lapseComments],
  figures,
  caseTables: { regulations: 'id', committee_meetings: 'id' },
  caseKinds: [
    { kind: caseKind, label: '法規案', path: regulationPath, visibleTo, works: 'regulations.draft' },
    { kind: meetingKind, label: '法規審查會議', path: meetingPath, visibleTo, works: 'regulations.meetings' },
  ],
  importers: [regulationsImporter],
  navigation: [{ label: '法規案', path: listPath, permission: 'regulations.read', section: '法規與法制' }, { label: '法規審查會議', path: meetingsPath, permission: 'regulations.read', section: '法規與法制' }],
})
