import type { FigureKind, SplitBy } from '../../../core/figures/figure.ts'
import { blank } from '../../../core/figures/figure.ts'
import type { Published, PublishedFigures } from '../../../core/figures/published.ts'
import { grouped } from '../../../core/reports/document/format.ts'
import { type Day, rocMonth } from '../../../core/time.ts'
import { figures } from '../figures.ts'
import { outsideCounty, townships } from '../schema.ts'

/** One table of the public statistics: what the page shows and the file holds are taken from it. */
export type StatisticsTable = {
  key: string
  title: string
  /** heading of the rows' names */
  by: string
  /** `fileOnly`: in the file, left out on the page for width */
  columns: { heading: string; figure: string; unit: string; fileOnly: boolean }[]
  rows: { label: string; cells: Cell[] }[]
  whole: Cell[]
}

/** `raw` goes into files: a rate as a fraction, nothing where nothing may be told. */
export type Cell = { text: string; raw: number | null; few: boolean }

type Kind = { key: string; title: string; by: SplitBy; columns: [figure: string, heading: string, fileOnly?: true][] }

const kinds: Kind[] = [
  {
    key: 'units', title: '各單位', by: 'unit',
    columns: [['received_all', '收到'], ['closed_all', '已結案', true], ['on_time_rate', '如期'], ['days_median', '中位數'], ['days_p90', '九成在幾日內', true], ['extension_rate', '展期率', true], ['open', '未結'], ['overdue', '逾期']],
  },
  { key: 'satisfaction', title: '滿意度', by: 'unit', columns: [['satisfaction_answers', '評分'], ['satisfaction', '平均']] },
  { key: 'months', title: '各月份', by: 'month', columns: [['received_all', '收到'], ['closed_all', '已結案'], ['on_time_rate', '如期'], ['days_median', '中位數']] },
  { key: 'townships', title: '各鄉鎮', by: 'township', columns: [['received_all', '收到'], ['closed_all', '已結案'], ['on_time_rate', '如期'], ['open', '未結']] },
  { key: 'categories', title: '各類別', by: 'category', columns: [['received_all', '收到'], ['closed_all', '已結案'], ['on_time_rate', '如期'], ['days_median', '中位數']] },
  { key: 'channels', title: '各管道', by: 'channel', columns: [['received_all', '收到'], ['closed_all', '已結案'], ['on_time_rate', '如期']] },
]

const names: Record<string, string> = { unit: '單位', month: '收件月份', township: '鄉鎮', category: '類別', channel: '管道' }

/** What stands where parts are too few to be told. */
export const notTold = '不公布'

export function statisticsTables(published: PublishedFigures): StatisticsTable[] {
  return kinds.map((kind) => tableOf(kind, published))
}

export const isTable = (key: string): boolean => kinds.some((kind) => kind.key === key)

function tableOf({ key, title, by, columns }: Kind, published: PublishedFigures): StatisticsTable {
  const ids = columns.map(([figure]) => `petitions.${figure}`)
  return {
    key,
    title,
    by: names[by]!,
    columns: columns.map(([figure, heading, fileOnly = false]) => ({ heading, figure: `petitions.${figure}`, unit: unitOf(`petitions.${figure}`), fileOnly })),
    rows: labelsOf(by, ids, published).map((label) => ({ label: by === 'month' ? rocMonth(label) : label, cells: ids.map((id) => cellOf(id, published.part(id, by, label))) })),
    whole: ids.map((id) => cellOf(id, published.whole(id))),
  }
}

const definitionOf = (id: string) => figures.find((figure) => figure.id === id)!
const unitOf = (id: string): string => (definitionOf(id).kind === 'rate' ? '%' : definitionOf(id).unit)

/** The rows of a table: all months and townships there are, else every part that any of the figures has; 未填 last. */
function labelsOf(by: SplitBy, ids: string[], published: PublishedFigures): string[] {
  const fixed = by === 'month' ? monthsOf(published.publication) : by === 'township' ? townships : []
  const found = ids.flatMap((id) => published.parts(id, by).map((part) => part.label))
  const labels = [...new Set(by === 'month' ? fixed : [...fixed, ...found])]
  const last = [outsideCounty, blank]
  return labels.toSorted((a, b) => last.indexOf(a) - last.indexOf(b))
}

function monthsOf({ from, to }: { from: Day; to: Day }): string[] {
  const [year, month] = [Number(from.slice(0, 4)), Number(from.slice(5, 7))]
  return Array.from({ length: 6 }, (_, n) => `${year + Math.floor((month - 1 + n) / 12)}-${String(((month - 1 + n) % 12) + 1).padStart(2, '0')}`).filter((each) => each <= to.slice(0, 7))
}

/** A part without cases counts none; it has no rate and no median. */
function cellOf(id: string, value: Published | null): Cell {
  const { kind, adds } = definitionOf(id)
  if (value?.few) return { text: notTold, raw: null, few: true }
  const raw = value ? value.value : adds === 'count' ? 0 : null
  return { text: printed(kind, raw), raw, few: false }
}

/** Rates and means with two decimals each, so that they stand below each other. */
function printed(kind: FigureKind, value: number | null): string {
  if (value === null) return '—'
  if (kind === 'rate') return (value * 100).toFixed(2)
  return kind === 'mean' ? value.toFixed(2) : grouped(value)
}
