export { type CatalogueFigure, catalogue } from './catalogue.ts'
export { type OwningUnit, type SectionTemplate, closingTemplate, coverTemplate, sectionTemplates } from './template/index.ts'
