import type { FigureDefinition, FigureKind, FigureValue } from '../../core/figures/figure.ts'
import { grouped, printValue } from '../../core/reports/document/format.ts'
import { dayFromNumber, rocDay } from '../../core/time.ts'

export type Shown = { value: string; unit: string }

/** A figure's value as people read it, with its unit apart: 99.51 and %. */
export function shown({ value, kind, unit }: Pick<FigureValue, 'value' | 'kind' | 'unit'>): Shown {
  if (value === null) return { value: '—', unit: '' }
  if (kind === 'date') return { value: rocDay(dayFromNumber(value)), unit: '' }
  if (kind === 'rate') return { value: printValue({ value, kind, unit }, 'number') ?? '—', unit: '%' }
  return { value: grouped(value), unit }
}

/** The number alone as it stands in a column: rates and means with two decimals each. */
export function shownInColumn({ value, kind }: Pick<FigureValue, 'value' | 'kind'>): string {
  if (value === null) return '—'
  if (kind === 'date') return rocDay(dayFromNumber(value))
  if (kind === 'rate') return (value * 100).toFixed(2)
  return kind === 'mean' ? value.toFixed(2) : grouped(value)
}

export const shownText = (figure: Pick<FigureValue, 'value' | 'kind' | 'unit'>): string => {
  const { value, unit } = shown(figure)
  return unit ? `${value} ${unit}` : value
}

/** What governs the figure, in one sentence. */
export function ruleOf({ kind }: Pick<FigureDefinition, 'kind'>): string {
  return rules[kind]
}

const rules: Record<FigureKind, string> = {
  flow: '期間內發生的事：只看期間，不因資料截止日而變。',
  stock: '資料截止日當日終了的狀態：不看期間起日。',
  cohort: '期間內收到的案件，到資料截止日的狀態。',
  rate: '計入的案件到資料截止日的比率；哪些案件計入，看定義。',
  mean: '期間內收到的案件，到資料截止日的平均。',
  median: '期間內收到的案件，到資料截止日的中位數。',
  percentile: '期間內收到的案件，到資料截止日的百分位數。',
  date: '期間內計入的案件中最晚的一天。',
  breakdown: '計入的案件依項目分列，各項相加等於合計。',
  balance: '期初未結加新收、減終結，應等於期末未結；不平衡的案件另列一項。',
}
