import type { FileFormat } from './tables.ts'

export const publicReportsPath = '/reports'
export const publicReportPath = (id: number): string => `${publicReportsPath}/${id}`
export const publicFigurePath = (id: number, figure: string): string => `${publicReportPath(id)}/figures/${figure}`
export const publicPicturePath = (id: number, sha256: string): string => `${publicReportPath(id)}/pictures/${sha256}`
export const publicFilePath = (id: number, format: FileFormat): string => `${publicReportPath(id)}/files/${format}`
