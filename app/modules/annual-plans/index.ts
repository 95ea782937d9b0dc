import { defineModule } from '../../core/module.ts'
import { figures } from './figures.ts'
import { proposalsImporter } from './import/importer.ts'
import { proposalPath, proposalsPath, roundsPath } from './paths.ts'
import { permissions } from './permissions.ts'
import { personalData, retention } from './personal-data.ts'
import { visibleTo } from './proposal.ts'
import { countToCheck, findReturned } from './queries.ts'
import { routes as edit } from './routes/edit.tsx'
import { routes as list } from './routes/list.tsx'
import { routes as rounds } from './routes/rounds.tsx'
import { routes as show } from './routes/show.tsx'
import { caseKind } from './schema.ts'

export * as demonstration from './demonstration.ts'

export const annualPlans = defineModule({
  name: 'annual-plans',
  title: '施政計畫先期作業',
  routes: [...rounds, ...list, ...edit, ...show],
  permissions,
  personalData: [personalData],
  retention,
  figures,
  caseTables: { plan_proposals: 'id', plan_needs: 'case_id', plan_reviews: 'case_id', plan_pins: 'case_id', plan_cut_items: 'case_id', plan_projects: 'case_id' },
  caseKinds: [{ kind: caseKind, label: '施政計畫提報', path: proposalPath, visibleTo }],
  importers: [proposalsImporter],
  waiting: [
    { permission: 'annual-plans.manage', find: async ({ db }) => [{ text: '計畫提報待檢查', href: roundsPath, count: await countToCheck(db) }] },
    { permission: 'annual-plans.propose', find: async ({ db, person }) => (await findReturned(db, person)).map(({ year, count }) => ({ text: `${year} 年度計畫提報待補正`, href: proposalsPath(year, { state: 'returned' }), count })) },
  ],
  navigation: [{ label: '先期作業', path: roundsPath, permission: 'annual-plans.read', section: '計畫' }],
})
