import { defineModule } from '../../core/module.ts'
import { routes as account } from './routes/account.tsx'
import { routes as home } from './routes/home.tsx'
import { routes as people } from './routes/people.tsx'
import { routes as signIn } from './routes/sign-in.tsx'

/** What every office needs around its work: the front door, accounts, people and units. */
export const office = defineModule({
  name: 'office',
  title: '共用',
  routes: [...home, ...signIn, ...account, ...people],
  permissions: {
    'office.people': { administrator: 'all' },
    'office.jobs': { administrator: 'all' },
  },
  navigation: [
    { label: '人員與單位', path: '/console/people', permission: 'office.people', section: '系統' },
  ],
})
