import { thousandsOf } from '../../core/money.ts'
import { Table } from '../../ui/components/table.tsx'
import { Tag, type Tone } from '../../ui/components/tag.tsx'
import type { Need } from './needs.ts'
import { sumOf } from './needs.ts'
import { objects, type Outcome, outcomes, sources, type Stage, stages } from './schema.ts'

const stageTones: Record<Stage, Tone> = { submitted: 'waiting', returned: 'soon', complete: 'active', closed: 'ended' }
const outcomeTones: Record<Outcome, Tone> = { admitted: 'done', 'not-admitted': 'ended', withdrawn: 'plain' }

/** Where a proposal stands, or how it ended. */
export function ProposalTag({ stage, outcome }: { stage: Stage; outcome: Outcome | null }) {
  return outcome ? <Tag tone={outcomeTones[outcome]}>{outcomes[outcome]}</Tag> : <Tag tone={stageTones[stage]}>{stages[stage]}</Tag>
}

/** Thousands of NT$ as budget papers print them, the exact amount on hover. */
export function Thousands({ twd }: { twd: number }) {
  return <data class="number nowrap" value={twd} title={`NT$${twd.toLocaleString('en')}`}>{thousandsOf(twd)}</data>
}

type Line = { position: number; source: string; object: string; twd: Map<number, number> }

/** Tells parts of one sheet from those of another where several stand on a page. */
export const Of = ({ number }: { number: string | undefined }) => (number ? <span class="govuk-visually-hidden">　{number}</span> : null)

/** 分年經費需求 by source and 用途別, in thousands, with sums below. `of`: the proposal's number where several stand on a page. */
export function NeedsTable({ needs, years, of }: { needs: readonly Need[]; years: readonly number[]; of?: string }) {
  const lines: Line[] = [...Map.groupBy(needs, ({ position }) => position)].map(([position, of]) => ({ position, source: sources[of[0]!.source], object: objects[of[0]!.object], twd: new Map(of.map(({ year, twd }) => [year, twd])) }))
  return (
    <Table<Line>
      caption={`分年經費需求（千元）${of ? `　${of}` : ''}`} rows={lines} rowKey={(row) => row.position}
      columns={[
        { heading: '經費來源', cell: (row) => row.source, rowHeader: true },
        { heading: '用途別', cell: (row) => row.object },
        ...years.map((year) => ({ heading: `${year} 年度`, cell: (row: Line) => (row.twd.has(year) ? <Thousands twd={row.twd.get(year)!} /> : '—'), numeric: true })),
        { heading: '合計', cell: (row) => <Thousands twd={[...row.twd.values()].reduce((sum, twd) => sum + twd, 0)} />, numeric: true },
      ]}
      footer={<tr><th scope="row" colSpan={2}>合計</th>{years.map((year) => <td key={year} class="numeric"><Thousands twd={sumOf(needs.filter((need) => need.year === year))} /></td>)}<td class="numeric"><Thousands twd={sumOf(needs)} /></td></tr>}
    />
  )
}
