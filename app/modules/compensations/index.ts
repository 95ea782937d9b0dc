import { meetingPath } from '../../core/committees/hearing.ts'
import { lapseJob } from '../../core/filing/lapse.ts'
import { filingMemberCases } from '../../core/filing/pages.tsx'
import { defineModule } from '../../core/module.ts'
import { lettersWaiting } from '../../core/procedure/letters/waiting-page.tsx'
import { opinionsWaiting } from '../../core/procedure/manage/opinions.tsx'
import { procedureWaiting } from '../../core/procedure/waiting.ts'
import { visibleTo } from './claim.ts'
import { figures } from './figures.ts'
import { compensationsImporter } from './import/importer.ts'
import { letters } from './letters/kinds.ts'
import { opinions } from './managed.ts'
import { hearing, routes as councils } from './council/hearing.ts'
import { hearing as negotiation, routes as negotiations } from './negotiation/hearing.ts'
import { claimPath, councilsPath, listPath, negotiationsPath, newPath, publicPath } from './paths.ts'
import { permissions } from './permissions.ts'
import { personalData, retention } from './personal-data.ts'
import { filing } from './portal/filing.ts'
import { routes as portal } from './portal/routes.tsx'
import { routes as halfYear } from './routes/half-year.tsx'
import { api, routes as list } from './routes/list.tsx'
import { routes as register } from './routes/new.tsx'
import { routes as show } from './routes/show.tsx'
import { caseKind, councilKind, negotiationKind, outcomes, stages } from './schema.ts'
import { procedure } from './steps.ts'

export * as demonstration from './demonstration.ts'

export const compensations = defineModule({
  name: 'compensations',
  title: '國家賠償',
  routes: [...portal, ...halfYear, ...list, ...register, ...show, ...councils, ...negotiations],
  api,
  portal: [{ label: '國家賠償', path: publicPath, about: '公共設施沒管好、公務員違法讓您受損害，可以請求賠償。三十日內跟您協議或說明理由。' }],
  jobs: [lapseJob(filing)],
  memberCases: filingMemberCases(filing, { stages, outcomes }),
  waiting: [procedureWaiting(procedure, (person) => visibleTo(person), 'compensations.register', { fresh: '線上的國家賠償請求等收案', late: '國家賠償事件已過期限' }), ...lettersWaiting(letters, (person) => visibleTo(person)), opinionsWaiting(opinions, (person) => visibleTo(person))],
  permissions,
  sensitive: ['compensations.confide', 'compensation.withdraw', 'GET /console/compensation-half-years/file.:format'],
  duties: { administers: [], readsCases: ['compensations.read', 'compensations.open-personal-data'] },
  figures,
  caseTables: { compensations: 'id', case_steps: 'case_id', case_parties: 'case_id', case_letters: 'case_id', case_letter_copies: 'case_id', case_opinions: 'case_id', case_filings: 'id', committee_meetings: 'id' },
  personalData: [personalData],
  retention,
  caseKinds: [{ kind: caseKind, label: '國家賠償', path: claimPath, visibleTo, works: 'compensations.examine', madeFrom: { kinds: ['petition'], permission: 'compensations.register', label: '轉為國家賠償請求', path: (number) => `${newPath}?from=${encodeURIComponent(number)}` } }, { kind: councilKind, label: '國家賠償審議委員會會議', path: (number) => meetingPath(hearing, number), visibleTo: hearing.visibleTo, works: 'compensations.decide' }, { kind: negotiationKind, label: negotiation.label, path: (number) => meetingPath(negotiation, number), visibleTo: negotiation.visibleTo, works: 'compensations.negotiate' }],
  importers: [compensationsImporter],
  navigation: [{ label: '國家賠償', path: listPath, permission: 'compensations.read', section: '法規與法制' }, { label: '國賠協議', path: negotiationsPath, permission: 'compensations.negotiate', section: '法規與法制' }, { label: '國賠審議會議', path: councilsPath, permission: 'compensations.decide', section: '法規與法制' }],
})
