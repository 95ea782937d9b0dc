import { figuresPath } from '../../core/figures/paths.ts'
import { defineModule } from '../../core/module.ts'
import { api } from './api.ts'
import { jobs } from './jobs.ts'
import { permissions } from './permissions.ts'
import { routes as cases } from './routes/cases.tsx'
import { routes as files } from './routes/files.ts'
import { routes as list } from './routes/list.tsx'
import { routes as publications } from './routes/publications.tsx'
import { routes as show } from './routes/show.tsx'

/** The pages of all modules' figures: what is counted, how, and the cases behind each number. */
export const figures = defineModule({
  name: 'figures',
  title: '統計數字',
  routes: [...list, ...publications, ...show, ...cases, ...files],
  api,
  jobs,
  permissions,
  sensitive: ['GET /console/figures/:id/cases.:format'],
  navigation: [{ label: '統計數字', path: figuresPath, permission: 'figures.read', section: '統計與報告' }],
})
