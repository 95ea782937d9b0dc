import { defineModule } from '../../core/module.ts'
import { sectionsOfUnit } from '../../core/reports/sections-of-unit.ts'
import { renderJob } from '../../core/reports/files.ts'
import '../../core/reports/verify.ts'
import { publicReportsPath } from '../../core/reports/paths.ts'
import { api } from './api.ts'
import { reportsPath } from './paths.ts'
import { permissions } from './permissions.ts'
import { routes as compare } from './routes/compare.tsx'
import { routes as cover } from './routes/cover.tsx'
import { routes as list } from './routes/list.tsx'
import { routes as numbers } from './routes/numbers.tsx'
import { routes as paper } from './routes/paper.tsx'
import { routes as pictures } from './routes/pictures.tsx'
import { routes as published } from './routes/public.tsx'
import { routes as section } from './routes/section.tsx'
import { routes as show } from './routes/show.tsx'
import { routes as versions } from './routes/versions.tsx'
import { waiting } from './waiting.ts'

export { type CatalogueFigure, catalogue } from './catalogue.ts'
export { loadDemonstrationReports } from './demonstration.ts'
export { councilReport } from './report.ts'
export { type ReportJson, reportJson } from './report-json.ts'
export { type OwningUnit, type SectionTemplate, closingTemplate, coverTemplate, sectionTemplates } from './template/index.ts'

export const councilReportModule = defineModule({
  name: 'council-report',
  title: '議會業務報告',
  routes: [...list, ...compare, ...cover, ...show, ...section, ...versions, ...numbers, ...pictures, ...paper, ...published],
  permissions,
  unitFollowers: [sectionsOfUnit],
  sensitive: ['reports.issue'],
  api,
  jobs: [renderJob],
  waiting: [waiting],
  navigation: [{ label: '議會業務報告', path: reportsPath, permission: 'reports.see', section: '統計與報告' }],
  portal: [{ label: '議會報告', path: publicReportsPath, about: '每半年向縣議會報告的全文，裡面的數字都可以點開。' }],
})
