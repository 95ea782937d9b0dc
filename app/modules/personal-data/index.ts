import { defineModule } from '../../core/module.ts'
import { forgetActKeys } from '../../core/act-keys.ts'
import { destroying } from '../../core/personal-data/destruction.ts'
import { resealing } from '../../core/personal-data/reseal.ts'
import { sql } from 'kysely'
import { holds } from '../../core/identity/permissions.ts'
import { filesPath, openingsPath, refusalsPath, requestPath, requestsPath, retentionPath } from './paths.ts'
import { permissions } from './permissions.ts'
import { personalData as requestsFile } from './personal-data.ts'
import { lapseRequests } from './requests/file.ts'
import { routes as openings } from './routes/openings.tsx'
import { routes as portal } from './routes/portal.tsx'
import { routes as refusals } from './routes/refusals.tsx'
import { routes as requests } from './routes/requests.tsx'
import { routes as retention } from './routes/retention.tsx'
import { caseKind } from './schema.ts'

/** What people may ask about their data, who opened it, and when it goes. */
export const personalData = defineModule({
  name: 'personal-data',
  title: '個人資料',
  routes: [...portal, ...openings, ...refusals, ...requests, ...retention],
  jobs: [lapseRequests, destroying, resealing, forgetActKeys],
  permissions,
  sensitive: ['personal-data.preview-copy', 'personal-data.decide', 'personal-data.set-retention', 'personal-data.approve-destruction'],
  duties: { administers: [], readsCases: ['personal-data.requests'] },
  caseTables: { personal_data_requests: 'id' },
  caseKinds: [{ kind: caseKind, label: '個資請求', path: requestPath, works: 'personal-data.requests', visibleTo: (person) => (holds(person, 'personal-data.requests') ? sql<boolean>`true` : sql<boolean>`false`) }],
  personalData: [requestsFile],
  retention: [{ id: 'personal-data-requests', kind: caseKind, title: '個資請求', years: null, citation: '機關共通性檔案保存年限基準或本府保存年限區分表', status: 'U' }],
  navigation: [
    { label: '個資請求', path: requestsPath, permission: 'personal-data.requests', section: '個資' },
    { label: '開啟紀錄', path: openingsPath, permission: 'personal-data.oversee', section: '個資' },
    { label: '被拒的要求', path: refusalsPath, permission: 'personal-data.oversee', section: '個資' },
    { label: '保存與銷毀', path: retentionPath, permission: 'personal-data.retention', section: '個資' },
  ],
  portal: [{ label: '個人資料', path: filesPath, about: '看縣政府有哪些個人資料檔案，查詢、更正或刪除您的資料', footer: 'only' }],
})
