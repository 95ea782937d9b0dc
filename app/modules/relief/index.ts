import { defineModule } from '../../core/module.ts'
import { figures } from './figures.ts'
import { reliefItemsImporter } from './import/items.ts'
import { unitsOf, visibleTo } from './item.ts'
import { filteredListPath, itemPath, listPath, planPath } from './paths.ts'
import { permissions } from './permissions.ts'
import { personalData, retention } from './personal-data.ts'
import { countWaiting } from './queries.ts'
import { routes as edit } from './routes/edit.tsx'
import { api, routes as list } from './routes/list.tsx'
import { routes as plans } from './routes/plans.tsx'
import { routes as show } from './routes/show.tsx'
import { itemKind, planKind } from './schema.ts'

export * as demonstration from './demonstration.ts'

export const relief = defineModule({
  name: 'relief',
  title: '紓困振興',
  dependsOn: ['meetings'],
  routes: [...list, ...plans, ...edit, ...show],
  api,
  permissions,
  personalData: [personalData],
  retention,
  figures,
  caseTables: { relief_plans: 'id', relief_items: 'id', relief_months: 'case_id', relief_concurrences: 'case_id', case_steps: 'case_id' },
  caseKinds: [{ kind: planKind, label: '紓困振興計畫', path: planPath, visibleTo, works: 'relief.manage' }, { kind: itemKind, label: '紓困振興工作項目', path: itemPath, visibleTo, works: 'relief.report' }],
  importers: [reliefItemsImporter],
  waiting: [
    { permission: 'relief.concur', find: async ({ db, person, today }) => [{ text: '紓困工作項目等您的單位同意', href: filteredListPath({ only: 'concur' }), count: await countWaiting(db, person, 'concur', unitsOf(person, 'relief.concur'), today) }] },
    { permission: 'relief.report', find: async ({ db, person, today }) => [{ text: '紓困工作項目協辦單位不同意，等補正', href: filteredListPath({ only: 'objected' }), count: await countWaiting(db, person, 'objected', unitsOf(person, 'relief.report'), today) }] },
    { permission: 'relief.report', find: async ({ db, person, today }) => [{ text: '紓困工作項目過了完成期限', href: filteredListPath({ only: 'late' }), count: await countWaiting(db, person, 'late', unitsOf(person, 'relief.report'), today) }] },
  ],
  navigation: [{ label: '紓困振興', path: listPath, permission: 'relief.read', section: '綜合規劃' }],
})
