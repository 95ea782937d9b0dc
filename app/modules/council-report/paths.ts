import type { FileFormat } from '../../core/reports/tables.ts'

export const reportsPath = '/console/reports'
export const newReportPath = `${reportsPath}/new`
export const comparePath = (a: number | string, b: number | string): string => `${reportsPath}/compare?a=${a}&b=${b}`
export const reportPath = (id: number): string => `${reportsPath}/${id}`
export const coverPath = (id: number): string => `${reportPath(id)}/cover`
export const previewPath = (id: number): string => `${reportPath(id)}/preview`
export const numbersPath = (id: number): string => `${reportPath(id)}/numbers`
/** All uncounted numbers of one section in one form. */
export const sectionNumbersPath = (id: number, key: string, from?: 'section'): string => `${numbersPath(id)}?section=${key}${from ? `&from=${from}` : ''}#type`
export const picturesPath = (id: number): string => `${reportPath(id)}/pictures`
export const picturePath = (id: number, sha256: string): string => `${picturesPath(id)}/${sha256}`
export const issuePath = (id: number): string => `${reportPath(id)}/issue`
export const chasePath = (id: number): string => `${reportPath(id)}/chase`
export const filePath = (id: number, format: FileFormat): string => `${reportPath(id)}/files/${format}`
export const sectionPath = (id: number, key: string): string => `${reportPath(id)}/sections/${key}`
export const versionsPath = (id: number, key: string): string => `${sectionPath(id, key)}/versions`
