import { defineModule } from '../../core/module.ts'
import { renderJob } from '../../core/reports/files.ts'
import '../../core/reports/verify.ts'
import { permissions } from './permissions.ts'

export { type CatalogueFigure, catalogue } from './catalogue.ts'
export { councilReport } from './report.ts'
export { type OwningUnit, type SectionTemplate, closingTemplate, coverTemplate, sectionTemplates } from './template/index.ts'

export const councilReportModule = defineModule({
  name: 'council-report',
  title: '議會業務報告',
  routes: [],
  permissions,
  jobs: [renderJob],
})
