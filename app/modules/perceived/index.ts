import { defineModule } from '../../core/module.ts'
import { figures } from './figures.ts'
import { perceivedImporter } from './import/items.ts'
import { visibleTo } from './item.ts'
import { filteredListPath, itemPath, listPath } from './paths.ts'
import { permissions } from './permissions.ts'
import { personalData, retention } from './personal-data.ts'
import { portal, routes as open } from './portal/pages.tsx'
import { countToApprove } from './queries.ts'
import { routes as edit } from './routes/edit.tsx'
import { api, routes as list } from './routes/list.tsx'
import { routes as show } from './routes/show.tsx'
import { routes as text } from './routes/text.tsx'
import { caseKind } from './schema.ts'

export * as demonstration from './demonstration.ts'

export const perceived = defineModule({
  name: 'perceived',
  title: '有感施政',
  dependsOn: ['meetings'],
  routes: [...open, ...list, ...edit, ...text, ...show],
  api,
  portal,
  permissions,
  personalData: [personalData],
  retention,
  figures,
  caseTables: { perceived_items: 'id', perceived_texts: 'id', case_steps: 'case_id' },
  sensitive: ['perceived.withdraw'],
  caseKinds: [{ kind: caseKind, label: '有感施政項目', path: itemPath, visibleTo, works: 'perceived.work' }],
  importers: [perceivedImporter],
  waiting: [{ permission: 'perceived.publish', find: async ({ db, person }) => [{ text: '施政成果等核可公開', href: filteredListPath({ text: 'draft' }), count: await countToApprove(db, person) }] }],
  navigation: [{ label: '有感施政', path: listPath, permission: 'perceived.read', section: '綜合規劃' }],
})
