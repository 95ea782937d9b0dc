import { defineModule } from '../../core/module.ts'
import { visibleTo } from './claim.ts'
import { figures } from './figures.ts'
import { compensationsImporter } from './import/importer.ts'
import { claimPath, listPath } from './paths.ts'
import { permissions } from './permissions.ts'
import { personalData, retention } from './personal-data.ts'
import { routes as list } from './routes/list.tsx'
import { routes as register } from './routes/new.tsx'
import { routes as show } from './routes/show.tsx'
import { caseKind } from './schema.ts'

export * as demonstration from './demonstration.ts'

export const compensations = defineModule({
  name: 'compensations',
  title: '國家賠償',
  routes: [...list, ...register, ...show],
  permissions,
  duties: { administers: [], readsCases: ['compensations.read', 'compensations.open-personal-data'] },
  figures,
  caseTables: { compensations: 'id', case_steps: 'case_id', case_parties: 'case_id', case_letters: 'case_id', case_filings: 'id' },
  personalData: [personalData],
  retention,
  caseKinds: [{ kind: caseKind, label: '國家賠償', path: claimPath, visibleTo }],
  importers: [compensationsImporter],
  navigation: [{ label: '國家賠償', path: listPath, permission: 'compensations.read', section: '法制' }],
})
