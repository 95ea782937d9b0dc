import { declareReport } from '../../core/reports/declared.ts'
import { catalogue } from './catalogue.ts'
import { closingTemplate, coverTemplate, sectionTemplates } from './template/index.ts'

/** The half-yearly report of the Administration Department to the county council. */
export const councilReport = declareReport({
  kind: 'council',
  name: '議會業務報告',
  ...coverTemplate,
  sections: sectionTemplates,
  closing: closingTemplate,
  catalogue,
})
