import type { ComponentChildren } from 'preact'
import { useWords } from '../words.ts'

export interface ChartData {
  headings: string[]
  /** First cell names the row. */
  rows: (string | number)[][]
}

export interface ChartProps {
  caption: string
  /** What the picture shows, in a sentence, for those who do not see it. */
  description: string
  data: ChartData
  /** A chart component, or text of an SVG made by our own server (it is not escaped, so never from outside). */
  children?: ComponentChildren
  svg?: string
  source?: ComponentChildren
}

/** A picture of numbers: caption, the drawing, and its table one click away. */
export function Chart({ caption, description, data, children, svg, source }: ChartProps) {
  const words = useWords()
  return (
    <figure class="chart">
      <figcaption class="chart__caption">{caption}</figcaption>
      {svg
        ? <div class="chart__picture" role="img" aria-label={description} dangerouslySetInnerHTML={{ __html: withoutStyle(svg) }} />
        : <div class="chart__picture" role="img" aria-label={description}>{children}</div>}
      {source && <p class="chart__source">{source}</p>}
      <details class="details">
        <summary>{words.tableOfChart}<span class="govuk-visually-hidden">：{caption}</span></summary>
        <div class="details__body"><DataTable caption={caption} data={data} /></div>
      </details>
    </figure>
  )
}

/**
 * The same drawing without style attributes and style elements, which the content policy refuses:
 * each property that SVG also knows as an attribute becomes one, as ECharts' font-size on text.
 */
export function withoutStyle(svg: string): string {
  return svg
    .replace(/<style\b[^]*?<\/style>/gi, '')
    .replace(/\sstyle="([^"]*)"/g, (_whole, style: string) => style
      .split(';')
      .map((declaration) => /^\s*([a-z-]+)\s*:\s*(.+?)\s*$/.exec(declaration))
      .flatMap((match) => (match ? [` ${match[1]}="${match[2]}"`] : []))
      .join(''))
}

/** Plain numbers with row and column headings. */
export function DataTable({ caption, data, captionShown }: { caption: string; data: ChartData; captionShown?: boolean }) {
  return (
    <table class="govuk-table data-table">
      <caption class={captionShown ? 'govuk-table__caption' : 'govuk-visually-hidden'}>{caption}</caption>
      <thead>
        <tr>{data.headings.map((heading, index) => <th key={heading} scope="col" class={index > 0 ? 'numeric' : undefined}>{heading}</th>)}</tr>
      </thead>
      <tbody>
        {data.rows.map((row) => (
          <tr key={row[0]}>
            {row.map((cell, index) => index === 0
              ? <th key={index} scope="row">{cell}</th>
              : <td key={index} class="numeric">{typeof cell === 'number' ? cell.toLocaleString('en') : cell}</td>)}
          </tr>
        ))}
      </tbody>
    </table>
  )
}
