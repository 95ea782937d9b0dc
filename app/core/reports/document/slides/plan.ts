import { type Cell, type ChartBlock, type Column, type FigureNote, type Inline, type PictureBlock, type ReportDocument, type Section, chapters, textOf } from '../model.ts'
import { splitToFit, widthOf } from './fit.ts'

/** One slide as it is drawn. Notes are for the reporter's eyes: what each number on the slide counts. */
export type Slide = { notes: string[] } & (
  | { type: 'cover' }
  | { type: 'contents'; entries: { no: string; title: string }[]; more: boolean }
  | { type: 'text'; no: string; title: string; lines: Line[]; size: number }
  | { type: 'chart'; no: string; title: string; chart: ChartBlock }
  | { type: 'table'; no: string; title: string; label: string; caption: string; columns: Column[]; rows: Cell[][]; total: Cell[] | null; note: string | null }
  | { type: 'picture'; no: string; title: string; block: PictureBlock }
  | { type: 'end' }
)

/** level 0 is a heading, 1 to 3 are bullets. */
export interface Line {
  level: 0 | 1 | 2 | 3
  inlines: Inline[]
}

/** Points. Below 20 the back row of a council chamber cannot read it. */
export const sizes = { text: 24, least: 20 }
export const tableRowsMax = 9
const contentsMax = 9

/** The slides of a report: cover, contents, per section its text and then each chart, table and picture on its own, an end. */
export function planSlides(document: ReportDocument): Slide[] {
  const notes = new Map(document.figures.map((figure) => [figure.id, figure]))
  return [
    { type: 'cover', notes: [] },
    ...contentsSlides(document),
    ...chapters(document).flatMap((section) => sectionSlides(section, notes)),
    { type: 'end', notes: [] },
  ]
}

function contentsSlides(document: ReportDocument): Slide[] {
  const entries = chapters(document).map(({ no, title }) => ({ no, title }))
  return chunks(entries, contentsMax).map((each, i) => ({ type: 'contents', entries: each, more: i > 0, notes: [] }))
}

function sectionSlides(section: Section, figures: ReadonlyMap<string, FigureNote>): Slide[] {
  const { no } = section
  const slides: Slide[] = []
  let lines: Line[] = []
  let part = 0
  const title = (over = '') => (over !== '' ? `${section.title}：${over}` : part === 0 ? section.title : `${section.title}（續）`)
  // A heading straight before a table or chart becomes that slide's title.
  const heading = (): string => (lines.at(-1)?.level === 0 ? textOf(lines.pop()!.inlines) : '')
  const flush = () => {
    for (const page of pages(lines)) {
      slides.push({ type: 'text', no, title: title(), ...page, notes: notesOf(page.lines.map((line) => line.inlines), figures) })
      part++
    }
    lines = []
  }
  for (const block of section.blocks) {
    switch (block.type) {
      case 'paragraph':
      case 'quote':
        lines.push({ level: 1, inlines: block.inlines })
        break
      case 'heading':
        lines.push({ level: 0, inlines: block.inlines })
        break
      case 'list':
        lines.push(...linesOf(block.items, 1))
        break
      case 'missing':
        lines.push({ level: 1, inlines: [{ type: 'text', text: block.caption }, { type: 'missing', id: '', text: block.sentence }] })
        break
      case 'chart': {
        const over = heading()
        flush()
        slides.push({ type: 'chart', no, title: title(over), chart: block, notes: notesOf(block.table.total ?? [], figures) })
        part++
        break
      }
      case 'picture': {
        const over = heading()
        flush()
        slides.push({ type: 'picture', no, title: title(over), block, notes: [] })
        part++
        break
      }
      case 'table': {
        const over = heading()
        flush()
        for (const rows of block.rows.length === 0 ? [[]] : chunks(block.rows, tableRowsMax)) {
          const total = rows.at(-1) === block.rows.at(-1) ? block.total : null
          const { label, caption, columns, note } = block
          slides.push({ type: 'table', no, title: title(over), label, caption, columns, rows, total, note: note?.text ?? null, notes: notesOf([...rows.flat(), ...(total ?? [])], figures) })
          part++
        }
      }
    }
  }
  flush()
  if (slides.length === 0) slides.push({ type: 'text', no, title: section.title, lines: [], size: sizes.text, notes: [] })
  return slides
}

function linesOf(items: { inlines: Inline[]; children: { inlines: Inline[]; children: never[] | unknown[] }[] }[], level: 1 | 2 | 3): Line[] {
  const next = Math.min(3, level + 1) as 2 | 3
  return items.flatMap(({ inlines, children }) => [{ level, inlines }, ...linesOf(children as Parameters<typeof linesOf>[0], next)])
}

// All on one slide at the smaller size if that suffices; else the larger size over as many slides as it takes.
function pages(lines: Line[]): { lines: Line[]; size: number }[] {
  if (lines.length === 0) return []
  for (const size of [sizes.text, sizes.least]) {
    if (lines.reduce((all, line) => all + heightOf(line, size), 0) <= textHeight) return [{ lines, size }]
  }
  const [large, small] = [paged(lines, sizes.text), paged(lines, sizes.least)]
  return small.length < large.length ? small : large
}

function paged(lines: Line[], size: number): { lines: Line[]; size: number }[] {
  const made: Line[][] = [[]]
  let used = 0
  for (const line of lines.flatMap((each) => cut(each, size))) {
    const height = heightOf(line, size)
    // A heading in the lower half begins a slide of its own rather than being parted from what it heads.
    const isFull = line.level === 0 ? used > textHeight * 0.5 : used + height > textHeight
    if (isFull && made.at(-1)!.length > 0) {
      made.push([])
      used = 0
    }
    made.at(-1)!.push(line)
    used += height
  }
  return made.map((each) => ({ lines: each, size }))
}

// Centimetres of the slide that text may fill: 28 × 15.75 less title, margins and foot.
const textWidth = 24.6
const textHeight = 10.2
const centimetresPerPoint = 0.03528

function heightOf({ level, inlines }: Line, size: number): number {
  const em = size * centimetresPerPoint * (level <= 1 ? 1 : 0.9)
  const rows = Math.max(1, Math.ceil(widthOf(textOf(inlines)) / ems(level, em)))
  return rows * em * 1.35 + em * 0.45
}

const ems = (level: number, em: number) => (textWidth - level * 0.9) / em

function cut(line: Line, size: number): Line[] {
  const em = size * centimetresPerPoint
  const rowsMax = Math.floor((textHeight - em) / (em * 1.35))
  return splitToFit(line.inlines, rowsMax * ems(line.level, em) * 0.95).map((inlines) => ({ ...line, inlines }))
}

function notesOf(cells: Inline[][], figures: ReadonlyMap<string, FigureNote>): string[] {
  const ids = new Set<string>()
  const collect = (inlines: Inline[]) => {
    for (const inline of inlines) {
      if (inline.type === 'strong') collect(inline.children)
      else if (inline.type === 'figure') ids.add(inline.id)
    }
  }
  cells.forEach(collect)
  return [...ids].map((id) => {
    const figure = figures.get(id)
    return figure ? `${figure.title} ${figure.text}：${figure.definition}` : id
  })
}

// As even as can be: eleven rows make six and five, not nine and two.
function chunks<T>(list: T[], most: number): T[][] {
  const size = Math.ceil(list.length / Math.max(1, Math.ceil(list.length / most)))
  if (list.length === 0) return []
  return Array.from({ length: Math.ceil(list.length / size) }, (_, i) => list.slice(i * size, (i + 1) * size))
}

