import { addProof } from '../../core/verify.ts'
import { defineModule } from '../../core/module.ts'
import { figures } from './figures.ts'
import { proposalsImporter } from './import/importer.ts'
import { verifySets } from './decision-set.ts'
import { proposalPath, proposalsPath, roundsPath } from './paths.ts'
import { permissions } from './permissions.ts'
import { personalData, retention } from './personal-data.ts'
import { visibleTo } from './proposal.ts'
import { countToCheck, findReturned, findToReview } from './queries.ts'
import { useMeetingAbout } from '../meetings/index.ts'
import { aboutDecision } from './review-meeting.ts'
import { routes as after } from './routes/after.tsx'
import { routes as cut } from './routes/cut.tsx'
import { routes as decision } from './routes/decision.tsx'
import { routes as edit } from './routes/edit.tsx'
import { routes as list } from './routes/list.tsx'
import { routes as review } from './routes/review.tsx'
import { routes as rounds } from './routes/rounds.tsx'
import { routes as sheets } from './routes/sheets.tsx'
import { routes as show } from './routes/show.tsx'
import { caseKind } from './schema.ts'

addProof(verifySets)
useMeetingAbout(aboutDecision)

export { formOf } from './needs.ts'
export { proposalPath } from './paths.ts'
export { findOpenYears } from './queries.ts'
export { submitProposal } from './propose.ts'
export { type Source, sources } from './schema.ts'
export * as demonstration from './demonstration.ts'

export const annualPlans = defineModule({
  name: 'annual-plans',
  title: '施政計畫先期作業',
  dependsOn: ['control', 'meetings'],
  routes: [...rounds, ...cut, ...decision, ...sheets, ...review, ...list, ...edit, ...after, ...show],
  permissions,
  sensitive: ['annual-plans.withdraw', 'annual-plans.accept-cut', 'annual-plans.admit-later'],
  personalData: [personalData],
  retention,
  figures,
  caseTables: { plan_proposals: 'id', plan_needs: 'case_id', plan_reviews: 'case_id', plan_pins: 'case_id', plan_cut_items: 'case_id', plan_projects: 'case_id' },
  caseKinds: [{ kind: caseKind, label: '施政計畫提報', path: proposalPath, visibleTo, works: 'annual-plans.propose' }],
  importers: [proposalsImporter],
  waiting: [
    { permission: 'annual-plans.manage', find: async ({ db }) => [{ text: '計畫提報待檢查', href: roundsPath, count: await countToCheck(db) }] },
    { permission: 'annual-plans.propose', find: async ({ db, person }) => (await findReturned(db, person)).map(({ year, count }) => ({ text: `${year} 年度計畫提報待補正`, href: proposalsPath(year, { state: 'returned' }), count })) },
    { permission: 'annual-plans.review', find: async ({ db, person }) => (await findToReview(db, person)).map(({ year, count }) => ({ text: `${year} 年度計畫提報待評分`, href: proposalsPath(year, { state: 'to-review' }), count })) },
  ],
  navigation: [{ label: '先期作業', path: roundsPath, permission: 'annual-plans.read', section: '計畫與管考' }],
})
