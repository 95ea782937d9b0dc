import { drawChart } from '../chart/draw.ts'
import { type Block, type Cell, type ChartBlock, type Column, type ListItem, type PictureBlock, type SourceNote, type TableBlock, textOf } from '../model.ts'
import { Inlines } from './inlines.tsx'

interface Props {
  blocks: Block[]
  /** of the section, so that anchors of charts differ from those of other sections */
  anchor: string
  baseUrl: string
}

export function Blocks({ blocks, anchor, baseUrl }: Props) {
  return (
    <>
      {blocks.map((block, i) => (
        <BlockView block={block} anchor={`${anchor}-${i + 1}`} baseUrl={baseUrl} />
      ))}
    </>
  )
}

function BlockView({ block, anchor, baseUrl }: { block: Block; anchor: string; baseUrl: string }) {
  switch (block.type) {
    case 'paragraph':
      return (
        <p>
          <Inlines inlines={block.inlines} baseUrl={baseUrl} />
        </p>
      )
    case 'heading': {
      const Tag = block.level === 1 ? 'h3' : 'h4'
      return (
        <Tag>
          <Inlines inlines={block.inlines} baseUrl={baseUrl} />
        </Tag>
      )
    }
    case 'list':
      return <List items={block.items} baseUrl={baseUrl} />
    case 'quote':
      return (
        <blockquote class="report-quote">
          <p>
            <Inlines inlines={block.inlines} baseUrl={baseUrl} />
          </p>
        </blockquote>
      )
    case 'table':
      return <TableView block={block} baseUrl={baseUrl} />
    case 'chart':
      return <ChartView block={block} anchor={anchor} baseUrl={baseUrl} />
    case 'picture':
      return <PictureView block={block} baseUrl={baseUrl} />
    case 'missing':
      return (
        <figure class="report-missing">
          <p class="figure-missing">{block.sentence}</p>
          <figcaption>
            <Caption label={block.label} caption={block.caption} />
          </figcaption>
        </figure>
      )
  }
}

function List({ items, baseUrl }: { items: ListItem[]; baseUrl: string }) {
  return (
    <ul>
      {items.map(({ inlines, children }) => (
        <li>
          <Inlines inlines={inlines} baseUrl={baseUrl} />
          {children.length > 0 && <List items={children} baseUrl={baseUrl} />}
        </li>
      ))}
    </ul>
  )
}

function TableView({ block, baseUrl }: { block: TableBlock; baseUrl: string }) {
  return (
    <figure class="report-table">
      <figcaption>
        <Caption label={block.label} caption={block.caption} />
      </figcaption>
      <Grid {...block} name={`${block.label} ${block.caption}`} baseUrl={baseUrl} />
      <Note note={block.note} />
    </figure>
  )
}

function ChartView({ block, anchor, baseUrl }: { block: ChartBlock; anchor: string; baseUrl: string }) {
  return (
    <figure class="report-chart" id={anchor}>
      <div class="report-drawing" role="group" aria-label={`${block.label} ${block.caption}`} tabIndex={0} dangerouslySetInnerHTML={{ __html: drawChart(block).svg }} />
      <figcaption>
        <Caption label={block.label} caption={block.caption} />
      </figcaption>
      <details>
        <summary>這張圖的數字</summary>
        <Grid {...block.table} name={`${block.label} ${block.caption}的數字`} baseUrl={baseUrl} />
      </details>
      <Note note={block.note} />
    </figure>
  )
}

function PictureView({ block, baseUrl }: { block: PictureBlock; baseUrl: string }) {
  const { picture, alt } = block
  const source = picture.url === null ? `data:${picture.mediaType};base64,${Buffer.from(picture.bytes).toString('base64')}` : baseUrl + picture.url
  return (
    <figure class="report-picture">
      <img src={source} alt={alt} width={picture.width} height={picture.height} loading="lazy" />
      <figcaption>
        <Caption label={block.label} caption={block.caption} />
      </figcaption>
    </figure>
  )
}

export function Caption({ label, caption }: { label: string; caption: string }) {
  return (
    <>
      <span class="report-label">{label}</span>　{caption}
    </>
  )
}

function Note({ note }: { note: SourceNote | null }) {
  return note && <p class={note.typed ? 'report-note report-note-typed' : 'report-note'}>{note.text}</p>
}

interface GridProps {
  columns: Column[]
  rows: Cell[][]
  total: Cell[] | null
  name: string
  baseUrl: string
}

function Grid({ columns, rows, total, name, baseUrl }: GridProps) {
  const cells = (row: Cell[]) =>
    row.map((cell, i) => {
      const inlines = <Inlines inlines={cell} baseUrl={baseUrl} />
      const kind = columns[i]?.numeric ? 'numeric' : undefined
      // The first column names its row only when it says something.
      return i === 0 && textOf(cell) !== '' ? <th scope="row">{inlines}</th> : <td class={kind}>{inlines}</td>
    })
  return (
    <div class="report-scroll" role="region" aria-label={name} tabIndex={0}>
      <table>
        <thead>
          <tr>
            {columns.map(({ heading, numeric }) => (
              <th scope="col" class={numeric ? 'numeric' : undefined}>
                {heading}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr>{cells(row)}</tr>
          ))}
        </tbody>
        {total && (
          <tfoot>
            <tr>{cells(total)}</tr>
          </tfoot>
        )}
      </table>
    </div>
  )
}
