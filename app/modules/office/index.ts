import { sendCheckpoint, sendCheckpoints } from '../../core/events/send-checkpoints.ts'
import { lockLeaverJob } from '../../core/identity/posts.ts'
import { tidyJob } from '../../core/identity/tidy.ts'
import { showMessagesAt } from '../../core/mail/message-path.ts'
import { namePurposes } from '../../core/mail/purposes.ts'
import { defineModule } from '../../core/module.ts'
import { handOverPath, jobsPath, mailPath, messagePath, systemPath } from './paths.ts'
import { routes as account } from './routes/account.tsx'
import { handOverWaiting, routes as handOver } from './routes/hand-over.tsx'
import { routes as home } from './routes/home.tsx'
import { routes as jobPages } from './routes/jobs.tsx'
import { routes as mail } from './routes/mail.tsx'
import { routes as message } from './routes/message.tsx'
import { routes as people } from './routes/people.tsx'
import { routes as record } from './routes/record.ts'
import { routes as signInRules } from './routes/sign-in-rules.tsx'
import { routes as units } from './routes/units.tsx'
import { routes as signIn } from './routes/sign-in.tsx'
import { routes as system } from './routes/system.tsx'

showMessagesAt(messagePath)
namePurposes({ 'record.checkpoint': '紀錄檢核點' })

/** What every office needs around its work: the front door, accounts, people and units. */
export const office = defineModule({
  name: 'office',
  title: '共用',
  dependsOn: ['clocks'],
  routes: [...home, ...signIn, ...account, ...people, ...units, ...handOver, ...signInRules, ...mail, ...message, ...jobPages, ...record, ...system],
  jobs: [lockLeaverJob, tidyJob, sendCheckpoints, sendCheckpoint],
  permissions: {
    'office.people': { administrator: 'all' },
    // of the units they lead; not the administrator's, who does not read cases
    'office.hand-over-cases': { 'section-chief': 'subtree', head: 'subtree' },
    'office.jobs': { administrator: 'all' },
    'office.system': { administrator: 'all' },
    // who runs the system sees whether a message went; what it says is the desk's business
    'office.mail': { clerk: 'all', 'data-protection': 'all', administrator: 'all' },
    'office.mail-text': { clerk: 'all', 'data-protection': 'all' }, // of cases that they may see
  },
  // who may do what; how one signs in; whom one's own power goes to
  sensitive: [
    'office.people', 'office.hand-over-cases', 'office.take-back-cases', 'office.set-deputy', 'office.begin-totp', 'office.remove-totp', 'office.begin-passkey', 'office.remove-passkey', 'GET /console/account/security/passkeys/new',
    'office.renew-recovery-codes', 'office.show-secret-mail',
  ],
  duties: { administers: ['office.people', 'office.jobs', 'office.system'], readsCases: ['office.mail-text', 'office.hand-over-cases'] },
  waiting: [handOverWaiting],
  navigation: [
    { label: '人員與單位', path: '/console/people', permission: 'office.people', section: '系統' },
    { label: '案件交接', path: handOverPath, permission: 'office.hand-over-cases', section: '我的工作' },
    { label: '寄出的信', path: mailPath, permission: 'office.mail', section: '系統' },
    { label: '背景工作', path: jobsPath, permission: 'office.jobs', section: '系統' },
    { label: '系統狀態', path: systemPath, permission: 'office.system', section: '系統' },
  ],
})
