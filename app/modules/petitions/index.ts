import { defineModule } from '../../core/module.ts'
import { api } from './api.ts'
import { petitionsImporter } from './import/importer.ts'
import { permissions } from './permissions.ts'

export const petitions = defineModule({
  name: 'petitions',
  title: '人民陳情',
  routes: [],
  api,
  permissions,
  caseTables: { petitions: 'id' },
  importers: [petitionsImporter],
})
