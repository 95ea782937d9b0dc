import { reach } from '../../core/identity/permissions.ts'
import { namePurposes } from '../../core/mail/purposes.ts'
import { defineModule } from '../../core/module.ts'
import { api } from './api.ts'
import { chaseJob } from './chase.ts'
import { visibleTo } from './directive.ts'
import { figures } from './figures.ts'
import { directivesImporter } from './import/importer.ts'
import { directivePath, filteredListPath, listPath } from './paths.ts'
import { permissions } from './permissions.ts'
import { personalData, retention } from './personal-data.ts'
import { countWaiting } from './queries.ts'
import { routes as decide } from './routes/decide.tsx'
import { routes as list } from './routes/list.tsx'
import { routes as meeting } from './routes/meeting.tsx'
import { routes as report } from './routes/report.tsx'
import { routes as show } from './routes/show.tsx'
import { routes as statistics } from './routes/statistics.tsx'
import { caseKind } from './schema.ts'

// what the module of meetings, and modules whose cases are asked about in meetings, use
export { AskedCard, DirectivesCard } from './card.tsx'
export { carryOutDecisions, decideDirective, refuseCancelWithDirectives, refuseLostSentence } from './decide.ts'
export { issueDirective } from './issue.ts'
export { type Body, useBodyOf } from './meeting.ts'
export { directivePath, meetingDirectivesPath } from './paths.ts'
export { directiveLines, findAsked, findMeetingDirectives } from './queries.ts'

export * as demonstration from './demonstration.ts'

namePurposes({ 'directive.issued': '指裁示事項列管通知', 'directive.chased': '指裁示事項稽催' })

export const directives = defineModule({
  name: 'directives',
  title: '指裁示事項',
  routes: [...list, ...statistics, ...meeting, ...report, ...decide, ...show],
  api,
  permissions,
  sensitive: ['GET /console/directive-list/file.:format'],
  personalData: [personalData],
  retention,
  figures,
  jobs: [chaseJob],
  caseTables: { directives: 'id', directive_decisions: 'case_id', case_steps: 'case_id' },
  caseKinds: [{ kind: caseKind, label: '指裁示事項', path: directivePath, visibleTo, works: 'directives.report' }],
  importers: [directivesImporter],
  waiting: [
    {
      permission: 'directives.report',
      find: async ({ db, person }) => {
        const by = reach(person, 'directives.report')
        const { toReport, late } = await countWaiting(db, person, by.all ? null : by.unitIds)
        return [{ text: '指裁示事項待填報', ...(late ? { note: `其中 ${late} 案逾期` } : {}), href: filteredListPath({ stage: 'open' }), count: toReport }]
      },
    },
    {
      permission: 'directives.check',
      find: async ({ db, person }) => {
        const { toCheck, toDecide } = await countWaiting(db, person, null)
        return [{ text: '指裁示事項填報待檢核', href: filteredListPath({ stage: 'reported' }), count: toCheck }, { text: '指裁示事項待會議決定', href: filteredListPath({ stage: 'checked' }), count: toDecide }]
      },
    },
  ],
  navigation: [{ label: '指裁示事項', path: listPath, permission: 'directives.read', section: '會議與指裁示' }],
})
