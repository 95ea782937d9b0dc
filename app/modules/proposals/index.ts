import { defineModule } from '../../core/module.ts'
import { figures } from './figures.ts'
import { proposalsImporter } from './import/proposals.ts'
import { listPath, proposalPath, toRevisePath } from './paths.ts'
import { permissions } from './permissions.ts'
import { personalData, retention } from './personal-data.ts'
import { countToRevise, visibleTo } from './proposal.ts'
import { routes as edit } from './routes/edit.tsx'
import { api, routes as list } from './routes/list.tsx'
import { routes as show } from './routes/show.tsx'
import { caseKind } from './schema.ts'

export const proposals = defineModule({
  name: 'proposals',
  title: '中央計畫提案',
  routes: [...list, ...edit, ...show],
  api,
  permissions,
  personalData: [personalData],
  retention,
  figures,
  caseTables: { proposals: 'id', proposal_years: 'case_id', case_steps: 'case_id' },
  sensitive: ['proposal.withdraw'],
  caseKinds: [{ kind: caseKind, label: '中央計畫提案', path: proposalPath, visibleTo, works: 'proposals.work' }],
  importers: [proposalsImporter],
  waiting: [{ permission: 'proposals.work', find: async ({ db, person, today }) => { const { open, late } = await countToRevise(db, person, today); return [{ text: late ? `中央要求修正的提案（${late} 件過了期限）` : '中央要求修正的提案', href: toRevisePath, count: open }] } }],
  navigation: [{ label: '中央計畫提案', path: listPath, permission: 'proposals.read', section: '綜合規劃' }],
})
