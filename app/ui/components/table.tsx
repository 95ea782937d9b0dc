import type { ComponentChildren } from 'preact'
import { classes } from '../classes.ts'

export interface Column<Row> {
  heading: string
  cell: (row: Row) => ComponentChildren
  /** Right-aligned tabular figures; put the unit into the heading. */
  numeric?: boolean
  /** The cell that names the row, read out with the others. */
  rowHeader?: boolean
  /** Heading becomes a link that sorts; `direction` when the list is sorted by it now. */
  sort?: { href: string; direction?: 'ascending' | 'descending' | undefined }
  /** `fit` never breaks and takes only what it needs; `grow` takes what is left. */
  width?: 'fit' | 'grow'
  /** Left out on narrow screens. */
  wideOnly?: boolean
}

export interface TableProps<Row> {
  caption: string
  captionHidden?: boolean
  columns: Column<Row>[]
  rows: readonly Row[]
  rowKey: (row: Row) => string | number
  /** Where the row leads: `Enter` opens it when it is the chosen row. */
  rowHref?: (row: Row) => string
  /** A box before each row: `name` is sent with every chosen key by the form with the id `form`. */
  select?: { name: string; form: string; label: (row: Row) => string; selected?: (row: Row) => boolean }
  /** Shown in place of the table when there is no row, usually an `EmptyState`. */
  empty?: ComponentChildren
  footer?: ComponentChildren
  /** A row that needs the eye: a bar at its edge. The words say why too. */
  rowTone?: (row: Row) => 'danger' | 'soon' | 'quiet' | undefined
  /** On a phone each row's cells stand below one another, each under its heading: for cells that hold paragraphs. */
  stacked?: boolean
  /** Rows that belong together stand under a heading of theirs; they must follow one another. */
  group?: (row: Row) => { key: string; heading: ComponentChildren }
}

/** Rows of one kind of thing. Scrolls sideways by itself where it is too wide for the screen. */
export function Table<Row>(props: TableProps<Row>) {
  const { caption, captionHidden, columns, rows, rowHref, select, empty, footer, stacked } = props
  if (rows.length === 0 && empty !== undefined) return <>{empty}</>
  const classNames = columns.map(cellClass)
  return (
    <div class="table-frame" role="region" aria-label={caption} tabIndex={rowHref || select ? undefined : 0}>
      <table class={classes('govuk-table', stacked && 'table--stacked')} data-rows={rowHref || select ? '' : undefined}>
        <caption class={captionHidden ? 'govuk-visually-hidden' : 'govuk-table__caption'}>{caption}</caption>
        <thead>
          <tr>
            {select && (
              <th class="select-cell" scope="col">
                <input type="checkbox" class="select-box" data-select-all={select.name} aria-label="全選" hidden />
                <span class="govuk-visually-hidden">選取</span>
              </th>
            )}
            {columns.map(heading)}
          </tr>
        </thead>
        {props.group ? groups(props, classNames) : <tbody>{rows.map((row) => tableRow(props, classNames, row))}</tbody>}
        {footer && <tfoot>{footer}</tfoot>}
      </table>
    </div>
  )
}

function groups<Row>(props: TableProps<Row>, classNames: (string | undefined)[]) {
  const found: { key: string; heading: ComponentChildren; rows: Row[] }[] = []
  for (const row of props.rows) {
    const { key, heading } = props.group!(row)
    if (found.at(-1)?.key === key) found.at(-1)!.rows.push(row)
    else found.push({ key, heading, rows: [row] })
  }
  return found.map((group) => (
    <tbody key={group.key}>
      <tr class="row-group"><th scope="rowgroup" colSpan={props.columns.length + (props.select ? 1 : 0)}>{group.heading}</th></tr>
      {group.rows.map((row) => tableRow(props, classNames, row))}
    </tbody>
  ))
}

// Rows and cells are plain functions, not components: a list of fifty rows has three hundred cells, and a component costs more than its cell.
function tableRow<Row>(props: TableProps<Row>, classNames: (string | undefined)[], row: Row) {
  const { columns, rowKey, rowHref, select, rowTone, stacked } = props
  const key = rowKey(row)
  const tone = rowTone?.(row)
  return (
    <tr key={key} data-href={rowHref?.(row)} class={tone && `row--${tone}`}>
      {select && (
        <td class="select-cell">
          <input
            type="checkbox"
            class="select-box"
            name={select.name}
            form={select.form}
            value={String(key)}
            checked={select.selected?.(row)}
            aria-label={select.label(row)}
          />
        </td>
      )}
      {columns.map(({ rowHeader, numeric, heading: text, cell }, index) => {
        const content = cell(row)
        if (rowHeader) return <th key={index} scope="row" class={classNames[index]}>{content}</th>
        // on a phone, where a row is a card, bare words say what they are, and a dash says nothing
        const bare = typeof content === 'string'
        return <td key={index} class={content === '—' ? `${classNames[index] ?? ''} cell--blank`.trim() : classNames[index]} data-heading={numeric || stacked || bare ? text : undefined}>{content}</td>
      })}
    </tr>
  )
}

function heading<Row>(column: Column<Row>, index: number) {
  const { heading: text, sort } = column
  return (
    <th key={index} scope="col" class={cellClass(column)} aria-sort={sort ? (sort.direction ?? 'none') : undefined}>
      {sort ? (
        <a class="sort" href={sort.href}>
          {text}
          <svg class="sort__mark" viewBox="0 0 8 12" width="8" height="12" aria-hidden="true" focusable="false">
            <path class="sort__up" d="M4 0 7.5 4.5h-7z" />
            <path class="sort__down" d="M4 12 .5 7.5h7z" />
          </svg>
        </a>
      ) : text}
    </th>
  )
}

function cellClass<Row>({ numeric, width, wideOnly }: Column<Row>) {
  return classes(numeric && 'numeric', width && `cell--${width}`, wideOnly && 'wide-only')
}
