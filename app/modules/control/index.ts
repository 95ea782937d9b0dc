import { defineModule } from '../../core/module.ts'
import { reach } from '../../core/identity/permissions.ts'
import { namePurposes } from '../../core/mail/purposes.ts'
import { rocMonth } from '../../core/time.ts'
import { figures } from './figures.ts'
import { monthsImporter } from './import/months.ts'
import { projectsImporter } from './import/projects.ts'
import { listPath, projectPath, roundPath, roundsPath } from './paths.ts'
import { remindJob } from './rounds.ts'
import { permissions } from './permissions.ts'
import { personalData, retention } from './personal-data.ts'
import { portal, routes as open } from './portal/pages.tsx'
import { visibleTo } from './project.ts'
import { countToCheck, countToReport } from './queries.ts'
import { routes as steering } from './routes/control.tsx'
import { routes as lightRules } from './routes/light-rules.tsx'
import { routes as list } from './routes/list.tsx'
import { routes as month } from './routes/month.tsx'
import { routes as plan } from './routes/plan.tsx'
import { routes as rounds } from './routes/rounds.tsx'
import { routes as show } from './routes/show.tsx'
import { routes as statistics } from './routes/statistics.tsx'
import { caseKind } from './schema.ts'

export { linkOrigin } from './origin.ts'
export { projectPath } from './paths.ts'
export { registerProject } from './register.ts'
export { type Level, levels } from './schema.ts'
export * as demonstration from './demonstration.ts'

namePurposes({ 'control.chase': '列管計畫稽催' })

export const control = defineModule({
  name: 'control',
  title: '專案管考',
  routes: [...open, ...list, ...plan, ...month, ...steering, ...rounds, ...lightRules, ...statistics, ...show],
  portal,
  permissions,
  personalData: [personalData],
  retention,
  figures,
  jobs: [remindJob],
  dependsOn: ['directives'],
  caseTables: { projects: 'id', project_months: 'case_id', project_milestones: 'case_id', project_overrides: 'case_id', project_replans: 'case_id' },
  caseKinds: [{ kind: caseKind, label: '列管計畫', path: projectPath, visibleTo, works: 'control.report' }],
  importers: [projectsImporter, monthsImporter],
  waiting: [
    {
      permission: 'control.report',
      find: async ({ db, person }) => {
        const by = reach(person, 'control.report')
        return (await countToReport(db, by.all ? null : by.unitIds)).map(({ month: of, count }) => ({ text: `列管計畫待填報${rocMonth(of)}進度`, href: roundPath(of), count }))
      },
    },
    { permission: 'control.check', find: async ({ db }) => [{ text: '列管計畫填報待檢核', href: roundsPath, count: await countToCheck(db) }] },
  ],
  navigation: [{ label: '列管計畫', path: listPath, permission: 'control.read', section: '計畫與管考' }, { label: '月填報作業', path: roundsPath, permission: 'control.read', section: '計畫與管考' }],
})
