import { drawChart } from './chart/draw.ts'
import type { Replacements } from './chart/png.ts'
import type { Cell, Inline, ReportDocument } from './model.ts'
import { fontFaces } from './odf/fonts.ts'
import { inlineXml } from './odf/inlines.ts'
import { imageForms, Pictures, packOdf } from './odf/package.ts'
import { at, slide, slideContentStyles, slideStyles } from './odf/slide-styles.ts'
import { type Content, type Xml, el, part, plainNode, textNode } from './odf/xml.ts'
import { type Line, type Slide, planSlides } from './slides/plan.ts'

type Of<T extends Slide['type']> = Extract<Slide, { type: T }>

/** The report as OpenDocument slides, 16 by 9, with what each number counts in the speaker's notes. */
export function renderOdp(document: ReportDocument, { baseUrl = '', replacements = new Map() }: { baseUrl?: string; replacements?: Replacements } = {}): Buffer {
  const writer = new SlideWriter(document, baseUrl, replacements)
  const pages = planSlides(document).map((each, i) => writer.slide(each, i + 1))
  const content = part('office:document-content', fontFaces(),
    el('office:automatic-styles', {}, ...slideContentStyles(), ...writer.columnStyles()),
    el('office:body', {}, el('office:presentation', {}, ...pages)),
  )
  return packOdf(document, { mediaType: 'application/vnd.oasis.opendocument.presentation', content, styles: slideStyles(document), pictures: writer.pictures })
}

const p = (style: string, ...content: Content[]): Xml => el('text:p', { 'text:style-name': style }, ...content)
const span = (style: string, text: string): Xml => el('text:span', { 'text:style-name': style }, textNode(text))
const textWidth = 25 // cm between the margins
const left = 1.5

class SlideWriter {
  readonly pictures: Pictures
  readonly #document: ReportDocument
  readonly #baseUrl: string
  readonly #widths: number[][] = []

  constructor(document: ReportDocument, baseUrl: string, replacements: Replacements) {
    this.pictures = new Pictures(replacements)
    this.#document = document
    this.#baseUrl = baseUrl
  }

  slide(each: Slide, number: number): Xml {
    const master = each.type === 'cover' || each.type === 'end' ? 'Cover' : 'Content'
    return el('draw:page', { 'draw:name': `第${number}頁`, 'draw:style-name': 'dp1', 'draw:master-page-name': master }, this.#body(each), notes(each.notes))
  }

  columnStyles(): Xml[] {
    return this.#widths.flatMap((widths, table) =>
      widths.map((width, i) => el('style:style', { 'style:name': `S${table + 1}.${i + 1}`, 'style:family': 'table-column' }, el('style:table-column-properties', { 'style:column-width': `${width.toFixed(3)}cm` }))),
    )
  }

  #body(each: Slide): Content {
    switch (each.type) {
      case 'cover':
        return this.#cover()
      case 'contents':
        return [title('', each.more ? '報告大綱（續）' : '報告大綱'), this.#contents(each)]
      case 'text':
        return [title(each.no, each.title), body(this.#lines(each.lines, each.size))]
      case 'chart':
        return [title(each.no, each.title), this.#chart(each)]
      case 'table':
        return [title(each.no, each.title), this.#table(each)]
      case 'picture':
        return [title(each.no, each.title), this.#picture(each)]
      case 'end':
        return titleFrame('Cover', at(left, 5.5, textWidth, 3), p('EndText', textNode('報告完畢　敬請指教')))
    }
  }

  #cover(): Content {
    const { cover, standing } = this.#document
    const person = (term: string, words: string) => p('Person', span('Quiet', `${term}　`), textNode(words))
    return [
      box(at(left, 1.6, textWidth, 1), p('Council', textNode(`${cover.council}　${cover.session}`))),
      el('draw:line', { 'draw:style-name': 'DoubleRule', 'svg:x1': `${left}cm`, 'svg:y1': '2.9cm', 'svg:x2': `${left + textWidth}cm`, 'svg:y2': '2.9cm' }),
      titleFrame('Cover', at(left, 3.6, textWidth, 2.6), p('CoverTitleText', textNode(cover.title))),
      box(at(left, 6.5, textWidth, 1.2), p('Period', textNode(cover.periodText))),
      standing.state === 'draft' && box(at(left, 7.9, textWidth, 0.9), p('DraftMark', textNode('草稿，尚未定稿'))),
      box(at(left, 9.2, textWidth, 5.6), [
        person('報告單位', cover.county + cover.department),
        cover.reporter !== '' && person('報告人', cover.reporter),
        cover.participants.length > 0 && person('參加人員', cover.participants.join('、')),
      ]),
    ]
  }

  #contents({ entries }: Of<'contents'>): Xml {
    return body(entries.map(({ no, title: words }) => p('Entry', span('Number', no === '' ? '　　' : `${no}　`), textNode(words))))
  }

  // Each run of bullets is one list; headings stand between.
  #lines(lines: Line[], size: number): Content[] {
    return lines.map((line) => {
      if (line.level === 0) return p(`Heading${size}`, ...this.#inlines(line.inlines))
      let item = el('text:list-item', {}, p(line.level === 1 ? `Line${size}` : `Sub${size}`, ...this.#inlines(line.inlines)))
      for (let level = line.level; level > 1; level--) item = el('text:list-item', {}, el('text:list', {}, item))
      return el('text:list', { 'text:style-name': 'SlideBullets' }, item)
    })
  }

  #chart({ chart }: Of<'chart'>): Content {
    const { svg, width, height } = drawChart(chart)
    const forms = this.pictures.addChart(svg)
    return [
      this.#image(forms, { width, height }, chart.caption, chart.alt),
      box(at(left, 13.4, textWidth, 0.8), p('SlideCaption', span('Strong', chart.label), textNode(`　${chart.caption}`))),
      chart.note && box(at(left, 14.2, textWidth, 0.6), p('SlideNote', textNode(chart.note.text))),
    ]
  }

  #picture({ block }: Of<'picture'>): Content {
    const { bytes, mediaType, width, height } = block.picture
    return [
      this.#image([this.pictures.add(bytes, mediaType)], { width, height }, block.caption, block.alt),
      box(at(left, 13.4, textWidth, 0.8), p('SlideCaption', span('Strong', block.label), textNode(`　${block.caption}`))),
    ]
  }

  // As large as the room between title and caption allows, in its middle.
  #image(paths: string[], { width, height }: { width: number; height: number }, name: string, description: string): Xml {
    const room = { width: textWidth, height: 10, top: 3.15 }
    const scale = Math.min(room.width / width, room.height / height)
    const size = { width: width * scale, height: height * scale }
    const place = at((slide.width - size.width) / 2, room.top + (room.height - size.height) / 2, size.width, size.height)
    return el('draw:frame', { 'draw:style-name': 'Drawing', ...place },
      ...imageForms(paths),
      el('svg:title', {}, plainNode(name)),
      el('svg:desc', {}, plainNode(description || name)),
    )
  }

  #table({ label, caption, columns, rows, total, note }: Of<'table'>): Content {
    const weights = columns.map(({ numeric }) => (numeric ? 1 : 1.7))
    const whole = weights.reduce((all, each) => all + each, 0)
    this.#widths.push(weights.map((weight) => (textWidth * weight) / whole))
    const table = `S${this.#widths.length}`
    const row = (cells: Cell[], style: string, bold: boolean) =>
      el('table:table-row', { 'table:style-name': 'SlideRow' },
        ...columns.map(({ numeric }, i) => el('table:table-cell', { 'table:style-name': style }, p(`Cell${numeric ? 'Number' : 'Text'}${bold ? 'Bold' : ''}`, ...this.#inlines(cells[i] ?? [])))),
      )
    const heading = columns.map(({ heading: words }): Cell => [{ type: 'text', text: words }])
    const lines = rows.length + 1 + (total ? 1 : 0)
    return [
      box(at(left, 3, textWidth, 0.9), el('text:p', { 'text:style-name': 'CellText' }, span('Strong', label), textNode(caption === '' ? '' : `　${caption}`))),
      el('draw:frame', { 'draw:style-name': 'Drawing', ...at(left, 4, textWidth, lines * 0.85) },
        el('table:table', { 'table:use-first-row-styles': 'true' },
          ...columns.map((_, i) => el('table:table-column', { 'table:style-name': `${table}.${i + 1}` })),
          // Impress drops rows inside table:table-header-rows; it marks the heading row by use-first-row-styles.
          row(heading, 'CellHead', true),
          ...rows.map((cells, i) => row(cells, i === rows.length - 1 && !total ? 'CellLast' : 'CellBody', false)),
          total && row(total, 'CellTotal', true),
        ),
        el('svg:title', {}, plainNode(`${label} ${caption}`)),
      ),
      note !== null && box(at(left, 14.2, textWidth, 0.6), p('SlideNote', textNode(note))),
    ]
  }

  #inlines(inlines: readonly Inline[]): Xml[] {
    return inlineXml(inlines, this.#baseUrl, { spaceLinks: true })
  }
}

function title(no: string, words: string): Xml {
  return titleFrame('Content', at(left, 0.9, textWidth, 1.7), p('SlideTitle', no !== '' && span('Number', `${no}　`), textNode(words)))
}

function titleFrame(master: 'Cover' | 'Content', place: Record<string, string>, paragraph: Xml): Xml {
  return el('draw:frame', { 'presentation:style-name': `${master}Title`, 'presentation:class': 'title', 'presentation:user-transformed': 'true', ...place }, el('draw:text-box', {}, paragraph))
}

function body(content: Content): Xml {
  return el('draw:frame', { 'presentation:style-name': 'ContentBody', 'presentation:class': 'outline', 'presentation:user-transformed': 'true', ...at(left, 3.3, textWidth, 11) }, el('draw:text-box', {}, content))
}

function box(place: Record<string, string>, content: Content): Xml {
  return el('draw:frame', { 'draw:style-name': 'Drawing', ...place }, el('draw:text-box', {}, content))
}

function notes(lines: string[]): Content {
  if (lines.length === 0) return null
  return el('presentation:notes', { 'draw:style-name': 'dp1' },
    el('draw:frame', { 'presentation:style-name': 'Notes', 'presentation:class': 'notes', 'presentation:user-transformed': 'true', ...at(2, 14, 17, 12) }, el('draw:text-box', {}, ...lines.map((line) => p('NoteText', textNode(line))))),
  )
}
