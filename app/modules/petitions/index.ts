import { defineModule } from '../../core/module.ts'
import { api } from './api.ts'
import { figures } from './figures.ts'
import * as filing from './filing/index.ts'
import { petitionsImporter } from './import/importer.ts'
import { permissions } from './permissions.ts'

export const petitions = defineModule({
  name: 'petitions',
  title: '人民陳情',
  routes: [...filing.routes],
  jobs: [...filing.jobs],
  portal: [...filing.portal],
  api,
  permissions,
  figures,
  caseTables: { petitions: 'id' },
  importers: [petitionsImporter],
})
