import type { Day } from '../../../core/time.ts'

export const statisticsPath = '/statistics/petitions'

/** How a half-year is called in an address: its first month, 2021-04. */
export const periodKey = (from: Day): string => from.slice(0, 7)

/** The public's figures of a half-year; the newest when none is named. */
export const periodPath = (from?: Day): string => (from ? `${statisticsPath}?period=${periodKey(from)}` : statisticsPath)

export const tableFilePath = (table: string, from: Day): string => `${statisticsPath}/${table}.csv?period=${periodKey(from)}`
