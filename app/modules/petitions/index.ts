import { defineModule } from '../../core/module.ts'
import { api } from './api.ts'
import * as casepage from './casepage/index.ts'
import * as dispatch from './dispatch/index.ts'
import { figures } from './figures.ts'
import * as filing from './filing/index.ts'
import * as handling from './handling/index.ts'
import { petitionsImporter } from './import/importer.ts'
import * as mail from './mail/index.ts'
import { dispatchRulesPath, listPath, overduePath, petitionPath, sendingsPath, trayPath, worklistPath } from './paths.ts'
import { permissions } from './permissions.ts'
import { personalData, retention } from './personal-data.ts'
import { firstLetter, visibleTo } from './visible.ts'
import * as publication from './publication/index.ts'
import { rulesOfUnit } from './dispatch/rules-of-unit.ts'
import * as registration from './registration/index.ts'
import { carryMergedOf } from './registration/merged.ts'
import { caseKind } from './schema.ts'
import * as statistics from './statistics/index.ts'
import * as worklist from './worklist/index.ts'

export * as demonstration from './demonstration.ts'

export const petitions = defineModule({
  name: 'petitions',
  title: '人民陳情',
  routes: [...filing.routes, ...publication.routes, ...statistics.routes, ...worklist.routes, ...registration.routes, ...dispatch.routes, ...handling.routes, ...mail.routes, ...casepage.routes],
  jobs: [...filing.jobs, ...handling.jobs],
  letters: mail.takeLetter,
  unitFollowers: [rulesOfUnit],
  memberCases: filing.memberCases,
  portal: [...filing.portal, ...publication.portal, ...statistics.portal],
  api,
  permissions,
  // the list leaves the house; a secret is opened to one more; closed by one person alone, for good
  sensitive: ['GET /console/petitions.csv', 'GET /console/petitions.ods', 'petitions.confide', 'petitions.name-reader', 'petitions.withdraw'],
  duties: { administers: [], readsCases: ['petitions.read', 'petitions.open-personal-data', 'petitions.inbox', 'petitions.send'] },
  figures,
  caseTables: { petitions: 'id' },
  personalData: [personalData],
  retention,
  caseKinds: [{ kind: caseKind, label: '人民陳情', path: petitionPath, visibleTo, works: 'petitions.draft', carry: carryMergedOf, told: firstLetter }],
  importers: [petitionsImporter],
  waiting: mail.waiting,
  navigation: [
    { label: '我的工作', path: worklistPath, permission: 'signed-in', section: '我的工作' },
    { label: '陳情案件', path: listPath, permission: 'petitions.read', section: '陳情' },
    { label: '分文', path: trayPath, permission: 'petitions.dispatch', section: '陳情' },
    ...mail.navigation,
    { label: '待寄送', path: sendingsPath, permission: 'petitions.send', section: '陳情' },
    { label: '逾期案件', path: overduePath, permission: 'petitions.read', section: '陳情' },
    { label: '分文規則', path: dispatchRulesPath, permission: 'petitions.edit-dispatch-rules', section: '陳情' },
    ...publication.navigation,
  ],
})
