import { dayOf, partsOf, rocDateTime, rocLongDay } from '../../../time.ts'
import { drawChart } from '../chart/draw.ts'
import { besideChart } from '../beside-chart.ts'
import { colophonOf } from '../colophon.ts'
import { type Block, type Inline, type Picture, type ReportDocument, type Section, chapters, textOf } from '../model.ts'
import { annexTitle, demonstrationText, footLine, isRecorded, sourceWords, unreadablePicture, unrecordedTitle } from '../words.ts'

/** What the fixed Typst template lays out: plain data, and the pictures it names as files. */
export interface Layout {
  data: unknown
  files: Map<string, Uint8Array>
}

export interface LayoutOptions {
  baseUrl: string
  /** whether the picture can be decoded; one that cannot must not cost the whole report */
  readable: (picture: Picture) => boolean
}

/** Texts stay data all the way: nothing that a person wrote is ever read as Typst code. */
export function layoutOf(document: ReportDocument, { baseUrl, readable }: LayoutOptions): Layout {
  const files = new Map<string, Uint8Array>()
  const { cover, standing } = document
  const link = (url: string | null) => (url === null || baseUrl === '' ? null : baseUrl + url)
  const inlines = (list: Inline[], before = '', after = ''): unknown[] =>
    list.map((inline, i) => {
      const previous = textOf(list.slice(0, i)) || before
      const next = textOf(list.slice(i + 1)) || after
      switch (inline.type) {
        case 'strong':
          return { type: 'strong', children: inlines(inline.children, previous, next) }
        case 'figure':
          return {
            type: 'figure',
            text: inline.text,
            link: link(inline.url),
            // Kept in one piece, a number gets no space of its own from Typst.
            gapBefore: /[\u3400-\u9fff]$/.test(previous) && /^[!-~]/.test(inline.text),
            gapAfter: /^[\u3400-\u9fff]/.test(next) && /[!-~]$/.test(inline.text),
            mark: inline.source === 'typed' ? (inline.typed ? `登打：${inline.typed.by}，${rocDateTime(inline.typed.at)}` : '登打') : null,
          }
        default:
          return { type: inline.type, text: inline.text }
      }
    })
  const grid = (table: { columns: { heading: string; numeric: boolean }[]; rows: Inline[][][]; total: Inline[][] | null }) => ({
    columns: table.columns,
    rows: table.rows.map((row) => row.map((cell) => inlines(cell))),
    total: table.total?.map((cell) => inlines(cell)) ?? null,
  })
  const items = (list: Extract<Block, { type: 'list' }>['items']): unknown[] =>
    list.map((item) => ({ inlines: inlines(item.inlines), children: items(item.children) }))
  const block = (each: Block): unknown => {
    switch (each.type) {
      case 'paragraph':
      case 'quote':
        return { type: each.type, inlines: inlines(each.inlines) }
      case 'heading':
        return { type: 'heading', level: each.level + 1, inlines: inlines(each.inlines) }
      case 'list':
        return { type: 'list', items: items(each.items) }
      case 'table':
        return { type: 'table', label: each.label, caption: each.caption, note: each.note?.text ?? null, ...grid(each) }
      case 'missing':
        return { type: 'missing', label: each.label, caption: each.caption, sentence: each.sentence }
      case 'chart': {
        const { svg, width, height } = drawChart(each)
        const path = `/chart-${files.size + 1}.svg`
        files.set(path, Buffer.from(svg))
        const { label, caption, alt } = each
        return { type: 'chart', label, caption, alt, path, ratio: width / height, note: each.note?.text ?? null, table: grid(besideChart(each)) }
      }
      case 'picture': {
        if (!readable(each.picture)) return { type: 'missing', label: each.label, caption: each.caption, sentence: unreadablePicture }
        const path = `/picture-${files.size + 1}.${each.picture.mediaType === 'image/png' ? 'png' : 'jpg'}`
        files.set(path, each.picture.bytes)
        return { type: 'picture', label: each.label, caption: each.caption, alt: each.alt || each.caption || '圖片', path }
      }
    }
  }
  const section = ({ no, title, unitName, state, blocks }: Section) => ({
    no, title, unitName, unconfirmed: state === 'drafting', blocks: blocks.map(block),
  })
  const data = {
    cover,
    title: `${cover.county}${cover.title}（${cover.periodText}）`,
    running: `${cover.county}${cover.title}`,
    draft: standing.state === 'draft',
    demonstration: standing.demonstration ? demonstrationText : null,
    foot: footLine(standing),
    statusOn: rocLongDay(standing.statusOn),
    madeOn: partsOf(dayOf(standing.asOf)),
    chapters: chapters(document).map(section),
    annexTitle,
    figures: document.figures.filter(isRecorded).map((figure) => ({
      id: figure.id, title: figure.title, definition: figure.definition, text: figure.text, link: link(figure.url), source: sourceWords(figure),
    })),
    unrecorded: document.figures.filter((figure) => !isRecorded(figure)).map((figure) => figure.title),
    unrecordedTitle,
    colophon: colophonOf(document),
  }
  return { data, files }
}
