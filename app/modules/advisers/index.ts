import { defineModule } from '../../core/module.ts'
import { figures } from './figures.ts'
import { advisersImporter } from './import/advisers.ts'
import { advisersPath, listPath, suggestionPath } from './paths.ts'
import { permissions } from './permissions.ts'
import { personalData, retention } from './personal-data.ts'
import { findAdvisers } from './queries.ts'
import { routes as people } from './routes/advisers.tsx'
import { routes as suggestions } from './routes/suggestions.tsx'
import { caseKind, warnDays } from './schema.ts'
import { procedure } from './steps.ts'
import { procedureWaiting } from '../../core/procedure/waiting.ts'
import { visibleTo } from './suggestion.ts'

export * as demonstration from './demonstration.ts'

export const advisers = defineModule({
  name: 'advisers',
  title: '縣政顧問與鄉賢',
  dependsOn: ['meetings'],
  routes: [...people, ...suggestions],
  permissions,
  personalData: [personalData],
  retention,
  figures,
  importers: [advisersImporter],
  caseTables: { suggestions: 'id', case_steps: 'case_id' },
  caseKinds: [{ kind: caseKind, label: '顧問與鄉賢建議', path: suggestionPath, visibleTo, works: 'suggestions.reply' }],
  waiting: [
    { permission: 'advisers.manage', find: async ({ db, today }) => [{ text: `顧問任期 ${warnDays} 天內屆滿`, href: `${advisersPath}?ending=yes`, count: (await findAdvisers(db, today, { ending: true })).length }] },
    procedureWaiting(procedure, (person) => visibleTo(person), 'suggestions.read', { fresh: '還沒有案號的建議', late: '顧問建議過了回復期限' }),
  ],
  navigation: [{ label: '縣政顧問', path: advisersPath, permission: 'advisers.read', section: '綜合規劃' }, { label: '顧問建議', path: listPath, permission: 'suggestions.read', section: '綜合規劃' }],
})
