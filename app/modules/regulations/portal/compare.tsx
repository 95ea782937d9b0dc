import { changeNames, compareDays, type ComparedRow } from '../../../core/laws/compare.ts'
import { textOn } from '../../../core/laws/dated.ts'
import { changeOf } from '../../../core/laws/queries.ts'
import type { Run } from '../../../core/laws/redline.ts'
import { addDays, rocDay, rocLongDay } from '../../../core/time.ts'
import { get, type PageRequest, type Reply } from '../../../core/web/route.ts'
import { Button } from '../../../ui/components/button.tsx'
import { Redline } from '../../../ui/components/law.tsx'
import { EmptyState, WarningText } from '../../../ui/components/notes.tsx'
import { Table } from '../../../ui/components/table.tsx'
import { Tag } from '../../../ui/components/tag.tsx'
import { TextInput } from '../../../ui/components/text-input.tsx'
import { comparePath, lawPath, publicPath } from '../paths.ts'
import { openLaw } from './law.tsx'
import { dayAsked, lawsPage } from './page.tsx'

/** Two dates of a law side by side. Without dates: before and after its last change. */
async function show(request: PageRequest): Promise<Reply> {
  const { law, rows } = await openLaw(request, request.params.code!)
  const changes = rows.map(changeOf)
  const last = changes.flatMap(({ effectiveOn }) => effectiveOn ?? []).toSorted().at(-1) ?? request.today
  const to = dayAsked(request.query.to, last)
  const from = dayAsked(request.query.from, addDays(to.on, -1))
  const [before, after] = [textOn(changes, from.on, law.name), textOn(changes, to.on, law.name)]
  const compared = compareDays(before, after)
  const wrong = from.wrong ?? to.wrong
  return lawsPage(request, {
    title: `${law.name}條文對照`,
    breadcrumbs: [{ text: '本縣法規', href: publicPath }, { text: law.name, href: lawPath(law.code) }, { text: '條文對照' }],
    wide: true,
    children: (
      <>
        <h1>{law.name}條文對照</h1>
        {wrong && <WarningText>{wrong}。</WarningText>}
        <form action={comparePath(law.code)} method="get" class="cluster cluster--end no-print">
          <TextInput name="from" label="從哪一天" value={rocDay(from.on)} width={10} />
          <TextInput name="to" label="到哪一天" value={rocDay(to.on)} width={10} />
          <Button kind="secondary">比較</Button>
        </form>
        <ComparisonTable rows={compared} before={`${rocLongDay(from.on)}的條文`} after={`${rocLongDay(to.on)}的條文`} />
      </>
    ),
  })
}

/** The place of a row in the table: 第三條/第三條, after and before. */
export const placeOf = (row: ComparedRow): string => `${row.after?.label ?? ''}/${row.before?.label ?? ''}`

type Comparison = { rows: ComparedRow[]; /** null: there was nothing before */ before: string | null; after: string; /** 說明 by place */ reasons?: Record<string, string> | null }

/** 條文對照表: the later text at the left, as offices print it, then the earlier one, then 說明 where there is any. Unchanged articles are left out. */
export function ComparisonTable({ rows, before, after, reasons }: Comparison) {
  const changed = rows.filter(({ change }) => change !== 'same')
  return (
    <Table<ComparedRow>
      caption="條文對照表"
      captionHidden
      stacked
      rows={changed}
      rowKey={placeOf}
      empty={<EmptyState title="兩邊的條文相同">換一個日期比較看看。</EmptyState>}
      columns={[
        { heading: '異動', cell: (row) => <Tag tone={tones[row.change]}>{changeNames[row.change]}</Tag>, width: 'fit' },
        { heading: after, cell: (row) => <Side side={row.after} runs={row.change === 'changed' ? row.redline : []} show="added" /> },
        ...(before === null ? [] : [{ heading: before, cell: (row: ComparedRow) => <Side side={row.before} runs={row.change === 'changed' ? row.redline : []} show="removed" /> }]),
        ...(changed.some((row) => reasons?.[placeOf(row)]) ? [{ heading: '說明', cell: (row: ComparedRow) => <div class="law-side">{reasons?.[placeOf(row)] ?? ''}</div> }] : []),
      ]}
    />
  )
}

const tones = { added: 'active', changed: 'soon', deleted: 'ended', moved: 'plain', void: 'ended', same: 'plain' } as const

/** One side of a row: of the changes only what belongs to that side. */
function Side({ side, runs, show }: { side: ComparedRow['after']; runs: Run[]; show: 'added' | 'removed' }) {
  if (!side) return <span class="muted">—</span>
  const own = runs.filter(({ kind }) => kind === 'same' || kind === show)
  return <><span class="law-side__label">{side.label}</span>{own.length ? <Redline runs={own} /> : <div class="law-side">{side.text}</div>}</>
}

export const routes = [get(`${publicPath}/:code/compare`, 'public', show)]
