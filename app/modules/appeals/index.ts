import { defineModule } from '../../core/module.ts'
import { meetingPath } from '../../core/committees/hearing.ts'
import { visibleTo } from './appeal.ts'
import { hearing, routes as meetings } from './committee/hearing.ts'
import { routes as decision } from './decision/routes.tsx'
import { routes as letters } from './letters/routes.tsx'
import { figures } from './figures.ts'
import { appealsImporter } from './import/importer.ts'
import { appealPath, lettersPath, listPath, meetingsPath, publicPath } from './paths.ts'
import { permissions } from './permissions.ts'
import { personalData, retention } from './personal-data.ts'
import { api } from './api.ts'
import { routes as parties } from './parties/routes.tsx'
import { routes as mine, memberCases } from './portal/member-cases.ts'
import { routes as portal } from './portal/pages.tsx'
import { routes as publication } from './publication/console.tsx'
import * as published from './publication/portal.tsx'
import { routes as list } from './routes/list.tsx'
import { routes as manage } from './routes/manage.tsx'
import { routes as register } from './routes/register.tsx'
import { routes as show } from './routes/show.tsx'
import { routes as step } from './routes/step.tsx'
import { caseKind, meetingKind } from './schema.ts'
import { waiting } from './waiting.ts'

export * as demonstration from './demonstration.ts'

export const appeals = defineModule({
  name: 'appeals',
  title: '訴願',
  routes: [...published.routes, ...portal, ...mine, ...list, ...register, ...letters, ...step, ...decision, ...publication, ...parties, ...manage, ...show, ...meetings],
  api,
  permissions,
  figures,
  importers: [appealsImporter],
  duties: { administers: [], readsCases: ['appeals.read', 'appeals.open-personal-data'] },
  sensitive: ['appeals.withdraw', 'appeals.transfer', 'appeals.own-forwarded', 'appeals.own-defended', 'appeals.own-revised', 'appeals.confide', 'appeals.name-reader', 'appeals.unname-reader'],
  personalData: [personalData],
  retention,
  caseTables: { appeals: 'id', appeal_claims: 'case_id', appeal_decisions: 'id', committee_meetings: 'id' },
  caseKinds: [{ kind: caseKind, label: '訴願', path: appealPath, visibleTo, works: 'appeals.handle' }, { kind: meetingKind, label: '訴願審議委員會會議', path: (number) => meetingPath(hearing, number), visibleTo: hearing.visibleTo, works: 'appeals.committee' }],
  memberCases,
  portal: [{ label: '訴願', path: publicPath, about: '不服公所或縣屬機關的處分，三十日內提起；查進度、補正、補充理由。' }, ...published.portal],
  waiting,
  navigation: [
    { label: '訴願案件', path: listPath, permission: 'appeals.read', section: '訴願' },
    { label: '訴願會會議', path: meetingsPath, permission: 'appeals.committee', section: '訴願' },
    { label: '訴願待寄送', path: lettersPath, permission: 'appeals.letters', section: '訴願' },
  ],
})
