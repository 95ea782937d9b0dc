import { isoInstant } from '../../core/time.ts'
import type { FigureCase } from '../../core/figures/figure.ts'

/** Where a list of cases goes on: `2021-06-01T10:00:00+08:00_123`, the last receipt shown and its case. */
export function writeAfter(row: FigureCase): string {
  return `${isoInstant(row.received_at)}_${row.case_id}`
}

export function readAfter(text: string | undefined): { receivedAt: Date; caseId: number } | undefined {
  const match = /^(\d{4}-\d\d-\d\dT[\d:.]+[+-]\d\d:\d\d)_(\d{1,15})$/.exec(text ?? '')
  const receivedAt = match && new Date(match[1]!)
  return receivedAt && !Number.isNaN(receivedAt.getTime()) ? { receivedAt, caseId: Number(match[2]) } : undefined
}
