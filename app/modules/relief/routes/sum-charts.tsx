import { aboutTwd } from '../../../core/money.ts'
import { BarChart } from '../../../ui/components/bar-chart.tsx'
import { type Sum, sumHints, sums } from '../schema.ts'

/** What one plan or month cost, NT$. */
export type SumRow = { label: string; spentTwd: number; forgoneTwd: number; deferredTwd: number }

const valueOf: Record<Sum, (row: SumRow) => number> = { spent: (row) => row.spentTwd, forgone: (row) => row.forgoneTwd, deferred: (row) => row.deferredTwd }

/** The three sums, each drawn by itself and to its own scale: they are different money, which nobody adds up. A sum without any money is not drawn. */
export function SumCharts({ rows, by }: { rows: readonly SumRow[]; by: string }) {
  const drawn = (Object.keys(sums) as Sum[]).filter((sum) => rows.some((row) => valueOf[sum](row) > 0))
  if (!drawn.length) return null
  return (
    <>
      <div class="halves">{drawn.map((sum) => <SumChart key={sum} sum={sum} rows={rows} by={by} />)}</div>
      <p class="muted small">{drawn.map((sum) => `${sums[sum]}是${sumHints[sum]}`).join('；')}。三種各畫一張，比例尺不同，不相加；三種的分法待法制單位確認。</p>
    </>
  )
}

function SumChart({ sum, rows, by }: { sum: Sum; rows: readonly SumRow[]; by: string }) {
  const bars = rows.map((row) => ({ label: row.label, value: valueOf[sum](row), text: aboutTwd(valueOf[sum](row)) })).filter(({ value }) => value > 0)
  return <BarChart caption={`各${by}${sums[sum]}`} description={bars.map(({ label, text }) => `${label} ${text}`).join('、')} headings={[by, sums[sum]]} bars={bars} />
}
