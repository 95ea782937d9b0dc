import type { FigureKind } from '../../figures/figure.ts'
import { type Day, isDay, partsOf, rocDay, rocLongDay } from '../../time.ts'

/** One part of a split figure. */
export interface Part {
  key: string
  label: string
  value: number | null
}

/** Rates are fractions, money whole NT$, dates ISO days, breakdowns lists of parts. */
export type FigureValue = number | string | Part[] | null

export interface Measured {
  value: FigureValue
  kind: FigureKind
  /** 件, 人次, 元 …; empty for rates and dates */
  unit: string
}

export type Format = 'plain' | 'number' | 'percent' | 'wan' | 'yi' | 'date' | 'month-day' | 'short-date'

/** How officers name the forms in `{{figure|form}}`; the first name of each form is the one we teach. */
export const formatNames: ReadonlyMap<string, Format> = new Map<string, Format>([
  ['數字', 'number'], ['千分位', 'number'], ['number', 'number'],
  ['百分比', 'percent'], ['percent', 'percent'],
  ['萬', 'wan'], ['wan', 'wan'],
  ['億', 'yi'], ['yi', 'yi'],
  ['日期', 'date'], ['民國', 'date'], ['roc', 'date'], ['date', 'date'],
  ['月日', 'month-day'], ['month-day', 'month-day'],
  ['斜線日期', 'short-date'], ['short-date', 'short-date'],
])

export const taughtFormats = ['數字', '百分比', '萬', '億', '日期', '月日', '斜線日期'] as const

/** The value as the report prints it, with its unit unless the form is `number`; null when there is no value or the form does not fit it. */
export function printValue(measured: Measured, format: Format = 'plain'): string | null {
  const { value, kind, unit } = measured
  if (value === null) return null
  if (Array.isArray(value)) return printParts(value, unit, format)
  if (typeof value === 'string') return isDay(value) ? printDate(value, format) : value
  if (!Number.isFinite(value)) return null
  if (format === 'percent' || (kind === 'rate' && format !== 'number')) return `${percent(value)} %`
  if (kind === 'rate') return percent(value)
  if (format === 'wan') return myriads(value, 10_000, '萬', unit)
  if (format === 'yi') return myriads(value, 100_000_000, '億', unit)
  if (format === 'number' || unit === '') return grouped(value)
  return `${grouped(value)} ${unit}`
}

/** Whether the form makes sense for the kind of figure; the sentence says why not. */
export function whyNotFormat(kind: Measured['kind'], format: Format): string | null {
  if (format === 'plain') return null
  const isDateForm = format === 'date' || format === 'month-day' || format === 'short-date'
  if (kind === 'date' && !isDateForm) return '這項指標是日期，格式只能用 日期、月日 或 斜線日期'
  if (kind !== 'date' && isDateForm) return '這項指標不是日期，不能用日期格式'
  if (format === 'percent' && kind !== 'rate') return '這項指標不是比率，不能用 百分比'
  if (kind === 'rate' && (format === 'wan' || format === 'yi')) return '這項指標是比率，不能用 萬 或 億'
  return null
}

/** 1,429 and 2.5: at most two decimals. */
export const grouped = (value: number): string => value.toLocaleString('en-US', { maximumFractionDigits: 2 })

// A rate has four decimals, so a percentage has two; trailing zeros say nothing.
function percent(fraction: number): string {
  return (Math.round(fraction * 10_000) / 100).toLocaleString('en-US', { maximumFractionDigits: 2 })
}

// 97 億餘元 is what remains of 9,712,345,678 元: cut, never rounded up, and 餘 says that something was cut.
function myriads(value: number, size: number, name: string, unit: string): string {
  const whole = Math.trunc(value / size)
  if (whole === 0) return unit === '' ? grouped(value) : `${grouped(value)} ${unit}`
  return `${grouped(whole)} ${name}${value % size === 0 ? '' : '餘'}${unit}`
}

function printParts(parts: Part[], unit: string, format: Format): string | null {
  if (parts.length === 0) return null
  return parts
    .map((part) => `${part.label} ${printValue({ value: part.value, kind: 'flow', unit }, format) ?? '—'}`)
    .join('、')
}

function printDate(day: Day, format: Format): string {
  if (format === 'short-date') return rocDay(day)
  if (format !== 'month-day') return rocLongDay(day)
  const { month, date } = partsOf(day)
  return `${month}月${date}日`
}

/** Whether the parts of such a figure add up to it; those of a rate, mean or median do not. */
export const isAdditive = (kind: FigureKind): boolean => kind === 'flow' || kind === 'stock' || kind === 'cohort' || kind === 'breakdown'
