import { defineModule } from '../../core/module.ts'
import { api } from './api.ts'
import { lapseHolds, remind } from './booking/jobs.ts'
import { routes as consultation } from './counter/consultation-page.tsx'
import { routes as person } from './counter/person-page.tsx'
import { routes as desk } from './desk/routes.tsx'
import { figures } from './figures.ts'
import { legalAdviceImporter } from './import/importer.ts'
import { routes as lawyers } from './lawyers/routes.tsx'
import { consultationPath, deskPath, lawyersPath, listPath, rulesPath, sessionPath, statisticsPath, topicsPath } from './paths.ts'
import { permissions } from './permissions.ts'
import { personalData, retention } from './personal-data.ts'
import * as portal from './portal/index.ts'
import { adviceKind, sessionKind } from './schema.ts'
import { routes as list } from './sessions/list-page.tsx'
import { routes as plan } from './sessions/plan-page.tsx'
import { countUnended } from './sessions/queries.ts'
import { routes as session } from './sessions/session-page.tsx'
import { routes as rules } from './settings/page.tsx'
import { routes as statistics } from './statistics/page.tsx'
import { routes as topics } from './topics/routes.tsx'
import { consultationVisibleTo, sessionVisibleTo } from './visible.ts'

export * as demonstration from './demonstration.ts'

export const legalAdvice = defineModule({
  name: 'legal-advice',
  title: '法律諮詢',
  routes: [...portal.routes, ...list, ...plan, ...lawyers, ...topics, ...rules, ...statistics, ...person, ...session, ...consultation, ...desk],
  portal: portal.portal,
  api,
  permissions,
  duties: { administers: [], readsCases: ['legal-advice.read', 'legal-advice.open-personal-data', 'legal-advice.advise'] },
  // cancelling a session ends many people's bookings for good
  sensitive: ['legal-advice.open-names', 'legal-advice.open-record', 'legal-advice.cancel-session'],
  personalData: [personalData],
  retention,
  jobs: [lapseHolds, remind],
  memberCases: portal.memberCases,
  figures,
  caseTables: { advice_sessions: 'id', advice_desks: 'session_id', advice_bookings: 'case_id', advice_records: 'case_id' },
  caseKinds: [
    { kind: sessionKind, label: '法律諮詢場次', path: sessionPath, visibleTo: sessionVisibleTo, works: 'legal-advice.plan' },
    { kind: adviceKind, label: '法律諮詢', path: consultationPath, visibleTo: consultationVisibleTo, works: 'legal-advice.advise' },
  ],
  importers: [legalAdviceImporter],
  waiting: [{ permission: 'legal-advice.counter', find: async ({ db, person, today }) => [{ text: '法律諮詢場次日期已過，還沒有結束', href: listPath, count: await countUnended(db, person, today) }] }],
  navigation: [{ label: '諮詢場次', path: listPath, permission: 'legal-advice.counter', section: '法律諮詢' }, { label: '我的諮詢', path: deskPath, permission: 'legal-advice.advise', section: '法律諮詢' }, { label: '諮詢律師', path: lawyersPath, permission: 'legal-advice.roster', section: '法律諮詢' }, { label: '類別與引導問題', path: topicsPath, permission: 'legal-advice.topics', section: '法律諮詢' }, { label: '預約規則', path: rulesPath, permission: 'legal-advice.counter', section: '法律諮詢' }, { label: '法律諮詢統計', path: statisticsPath, permission: 'legal-advice.statistics', section: '法律諮詢' }],
})
