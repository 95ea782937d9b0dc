import { meetingPath } from '../../core/committees/hearing.ts'
import { lapseJob } from '../../core/filing/lapse.ts'
import { filingMemberCases } from '../../core/filing/pages.tsx'
import { defineModule } from '../../core/module.ts'
import { lettersWaiting } from '../../core/procedure/letters/waiting-page.tsx'
import { procedureWaiting } from '../../core/procedure/waiting.ts'
import { visibleTo } from './dispute.ts'
import { figures } from './figures.ts'
import { disputesImporter } from './import/importer.ts'
import { letters } from './letters/kinds.ts'
import { hearing, routes as mediations } from './mediation/hearing.ts'
import { disputePath, listPath, mediationsPath, newPath, publicPath } from './paths.ts'
import { permissions } from './permissions.ts'
import { personalData, retention } from './personal-data.ts'
import { filing } from './filing-kind.ts'
import { routes as portal } from './portal/routes.tsx'
import { api, routes as list } from './routes/list.tsx'
import { routes as register } from './routes/new.tsx'
import { routes as show } from './routes/show.tsx'
import { caseKind, mediationKind, outcomes, stages } from './schema.ts'
import { procedure } from './steps.ts'

export * as demonstration from './demonstration.ts'

export const consumerDisputes = defineModule({
  name: 'consumer-disputes',
  title: '消費爭議',
  routes: [...portal, ...list, ...register, ...show, ...mediations],
  api,
  portal: [{ label: '消費爭議', path: publicPath, about: '跟業者有消費爭議，轉請業者十五日內處理；不行再由消保官協商或調解，不收費。' }],
  permissions,
  sensitive: ['consumer-disputes.confide', 'consumer-dispute.withdraw'],
  duties: { administers: [], readsCases: ['consumer-disputes.read', 'consumer-disputes.open-personal-data'] },
  figures,
  jobs: [lapseJob(filing)],
  memberCases: filingMemberCases(filing, { stages, outcomes }),
  waiting: [procedureWaiting(procedure, (person) => visibleTo(person), 'consumer-disputes.register', { fresh: '線上的消費爭議申訴等收案', late: '消費爭議已過期限' }), ...lettersWaiting(letters, (person) => visibleTo(person))],
  caseTables: { consumer_disputes: 'id', case_steps: 'case_id', case_parties: 'case_id', case_letters: 'case_id', case_letter_copies: 'case_id', case_opinions: 'case_id', case_filings: 'id', committee_meetings: 'id' },
  personalData: [personalData],
  retention,
  caseKinds: [{ kind: caseKind, label: '消費爭議', path: disputePath, visibleTo, works: 'consumer-disputes.handle', madeFrom: { kinds: ['petition'], permission: 'consumer-disputes.register', label: '轉為消費爭議', path: (number) => `${newPath}?from=${encodeURIComponent(number)}` } }, { kind: mediationKind, label: '消費爭議調解會議', path: (number) => meetingPath(hearing, number), visibleTo: hearing.visibleTo, works: 'consumer-disputes.mediate' }],
  importers: [disputesImporter],
  navigation: [{ label: '消費爭議', path: listPath, permission: 'consumer-disputes.read', section: '法規與法制' }, { label: '調解會議', path: mediationsPath, permission: 'consumer-disputes.mediate', section: '法規與法制' }],
})
