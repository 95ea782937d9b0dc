import { drawChart } from './chart/draw.ts'
import type { Replacements } from './chart/png.ts'
import { besideChart } from './beside-chart.ts'
import { type Block, type Cell, type Column, type Inline, type ListItem, type ReportDocument, type Section, chapters } from './model.ts'
import { inlineXml, linkXml } from './odf/inlines.ts'
import { imageForms, Pictures, packOdf } from './odf/package.ts'
import { tableStyles } from './odf/table-styles.ts'
import { textStyles } from './odf/text-styles.ts'
import { fontFaces } from './odf/fonts.ts'
import { type Content, type Xml, el, part, plainNode, textNode } from './odf/xml.ts'
import { colophonOf } from './colophon.ts'
import { annexTitle, isRecorded, sourceWords, unrecordedTitle } from './words.ts'

const columnWidth = 16 // cm between the margins of A4

/** The report as an OpenDocument text that an office can work on: real headings, captions, table headers, pictures with alternatives. */
export function renderOdt(document: ReportDocument, { baseUrl = '', replacements = new Map() }: { baseUrl?: string; replacements?: Replacements } = {}): Buffer {
  const writer = new TextWriter(baseUrl, replacements)
  const body = [...cover(document), ...contents(document), ...chapters(document).flatMap((section) => writer.section(section)), ...writer.annex(document), ...colophon(document)]
  const content = part('office:document-content', fontFaces(), automaticStyles(writer), el('office:body', {}, el('office:text', {}, ...body)))
  return packOdf(document, { mediaType: 'application/vnd.oasis.opendocument.text', content, styles: textStyles(document), pictures: writer.pictures })
}

const p = (style: string, ...content: Content[]): Xml => el('text:p', { 'text:style-name': style }, ...content)

function cover({ cover, standing }: ReportDocument): Xml[] {
  const person = (term: string, words: string[]) =>
    words.map((word, i) => p('People', el('text:span', { 'text:style-name': 'Quiet' }, textNode(i === 0 ? term : '')), textNode(`\t${word}`)))
  return [
    p('First', textNode(`${cover.council}　${cover.session}`)),
    p('Title', textNode(cover.title)),
    p('Subtitle', textNode(cover.periodText)),
    ...(standing.state === 'draft' ? [p('Draft', textNode('草稿，尚未定稿'))] : []),
    p('Gap'),
    ...person('報告單位', [cover.county + cover.department]),
    ...(cover.reporter === '' ? [] : person('報告人', [cover.reporter])),
    ...person('參加人員', cover.participants),
  ]
}

// Page numbers are references to the headings, so they are right without updating an index.
function contents(document: ReportDocument): Xml[] {
  const line = (key: string, title: string) =>
    p('Contents_20_1', linkXml(`#${key}`, textNode(title), 'Plain_20_Link'), textNode('\t'), el('text:bookmark-ref', { 'text:ref-name': key, 'text:reference-format': 'page' }, textNode('')))
  return [
    p('Contents_20_Heading', textNode('目次')),
    ...chapters(document).map(({ key, no, title }) => line(key, no === '' ? title : `${no}　${title}`)),
    ...(document.figures.length > 0 ? [line('annex', annexTitle)] : []),
    p('Page'),
  ]
}

const heading = (level: number, style: string, ...content: Content[]): Xml => el('text:h', { 'text:style-name': style, 'text:outline-level': level }, ...content)

const marked = (key: string, ...content: Content[]): Content[] => [el('text:bookmark-start', { 'text:name': key }), ...content, el('text:bookmark-end', { 'text:name': key })]

class TextWriter {
  readonly pictures: Pictures
  /** widths of the columns of each table, in the order of the tables */
  readonly tables: number[][] = []
  readonly #baseUrl: string
  #frames = 0

  constructor(baseUrl: string, replacements: Replacements) {
    this.pictures = new Pictures(replacements)
    this.#baseUrl = baseUrl
  }

  section({ key, no, title, unitName, state, blocks }: Section): Xml[] {
    const number = no === '' ? null : el('text:span', { 'text:style-name': 'Section_20_Number' }, textNode(`${no}　`))
    const unconfirmed = state === 'drafting' ? '（尚未確認）' : ''
    return [
      heading(1, 'Heading_20_1', ...marked(key, number, textNode(title))),
      p('Owner', textNode(unitName + unconfirmed)),
      ...blocks.flatMap((block) => this.#block(block)),
    ]
  }

  annex({ figures }: ReportDocument): Xml[] {
    if (figures.length === 0) return []
    const unrecorded = figures.filter((figure) => !isRecorded(figure)).map((figure) => figure.title)
    return [
      heading(1, 'Annex_20_Heading', ...marked('annex', textNode(annexTitle))),
      ...figures.filter(isRecorded).flatMap((figure) => {
        const number = textNode(figure.text)
        const opened = figure.url === null || this.#baseUrl === '' ? number : linkXml(this.#baseUrl + figure.url, number, 'Figure')
        return [
          p('Annex_20_Term', textNode(`${figure.title}　`), el('text:span', { 'text:style-name': 'Identifier' }, textNode(figure.id))),
          p('Annex_20_Text', textNode(figure.definition)),
          p('Annex_20_Source', opened, textNode(`，${sourceWords(figure)}`)),
        ]
      }),
      ...(unrecorded.length > 0 ? [heading(2, 'Heading_20_2', textNode(unrecordedTitle)), p('Annex_20_Text', textNode(`${unrecorded.join('、')}。`))] : []),
    ]
  }

  #block(block: Block): Xml[] {
    switch (block.type) {
      case 'paragraph':
        return [p('Text_20_body', ...this.#inlines(block.inlines))]
      case 'quote':
        return [p('Quotations', ...this.#inlines(block.inlines))]
      case 'heading':
        return [heading(block.level + 1, `Heading_20_${block.level + 1}`, ...this.#inlines(block.inlines))]
      case 'list':
        return [this.#list(block.items, true)]
      case 'table':
        return [p('Table_20_Caption', ...caption(block)), this.#table(block, block.label), ...note(block.note?.text)]
      case 'missing':
        return [p('Missing_20_Block', textNode(`${block.sentence}\n`), ...caption(block))]
      case 'chart': {
        const { svg, width, height } = drawChart(block)
        const forms = this.pictures.addChart(svg)
        const frame = this.#frame(forms, columnWidth, (columnWidth * height) / width, block.caption, block.alt)
        return [p('Picture', frame), p('Caption', ...caption(block)), this.#table(besideChart(block), `${block.label} 數字`), ...note(block.note?.text)]
      }
      case 'picture': {
        const { bytes, mediaType, width, height } = block.picture
        const scale = Math.min(columnWidth / width, 9.5 / height)
        const frame = this.#frame([this.pictures.add(bytes, mediaType)], width * scale, height * scale, block.caption, block.alt)
        return [p('Picture', frame), p('Caption', ...caption(block))]
      }
    }
  }

  #list(items: ListItem[], outermost: boolean): Xml {
    return el('text:list', { 'text:style-name': outermost ? 'Bullets' : null },
      ...items.map(({ inlines, children }) =>
        el('text:list-item', {}, p('List', ...this.#inlines(inlines)), children.length > 0 && this.#list(children, false)),
      ),
    )
  }

  #table({ columns, rows, total }: { columns: Column[]; rows: Cell[][]; total: Cell[] | null }, name: string): Xml {
    this.tables.push(widthsOf(columns))
    const table = `T${this.tables.length}`
    const cell = (style: string, paragraph: Xml) => el('table:table-cell', { 'table:style-name': style, 'office:value-type': 'string' }, paragraph)
    const row = (cells: Xml[]) => el('table:table-row', { 'table:style-name': 'Row' }, ...cells)
    const line = (cells: Cell[], style: string, bold: boolean) =>
      row(columns.map(({ numeric }, i) => cell(style, p(`Table_20_${numeric ? 'Number' : bold ? 'Heading' : 'Contents'}${numeric && bold ? '_20_Heading' : ''}`, ...this.#inlines(cells[i] ?? [])))))
    return el('table:table', { 'table:name': `${name.replaceAll(' ', '')}`, 'table:style-name': rows.length > 14 ? 'Long_20_Table' : 'Whole_20_Table' },
      ...columns.map((_, i) => el('table:table-column', { 'table:style-name': `${table}.${i + 1}` })),
      el('table:table-header-rows', {}, row(columns.map(({ heading: words, numeric }) => cell('Cell_20_Head', p(numeric ? 'Table_20_Number_20_Heading' : 'Table_20_Heading', textNode(words)))))),
      ...rows.map((cells, i) => line(cells, i === rows.length - 1 && !total ? 'Cell_20_Last' : 'Cell', false)),
      total && line(total, 'Cell_20_Total', true),
    )
  }

  #frame(paths: string[], width: number, height: number, title: string, description: string): Xml {
    this.#frames += 1
    return el('draw:frame', { 'draw:style-name': 'Graphics', 'draw:name': `圖片${this.#frames}`, 'text:anchor-type': 'as-char', 'svg:width': `${width.toFixed(2)}cm`, 'svg:height': `${height.toFixed(2)}cm` },
      ...imageForms(paths),
      el('svg:title', {}, plainNode(title)),
      el('svg:desc', {}, plainNode(description || title)),
    )
  }

  #inlines(inlines: readonly Inline[]): Xml[] {
    return inlineXml(inlines, this.#baseUrl)
  }
}

function caption({ label, caption: words }: { label: string; caption: string }): Content[] {
  return [el('text:span', { 'text:style-name': 'Strong' }, textNode(label)), textNode(words === '' ? '' : `　${words}`)]
}

const note = (text: string | undefined): Xml[] => (text ? [p('Note', textNode(text))] : [])

// Words get what numbers leave: a number needs little.
function widthsOf(columns: Column[]): number[] {
  const weights = columns.map(({ numeric }) => (numeric ? 1 : columns.length > 4 ? 2.2 : 1.6))
  const whole = weights.reduce((all, each) => all + each, 0)
  return weights.map((weight) => (columnWidth * weight) / whole)
}

function automaticStyles(writer: TextWriter): Xml {
  return el('office:automatic-styles', {},
    ...tableStyles(),
    el('style:style', { 'style:name': 'First', 'style:family': 'paragraph', 'style:parent-style-name': 'Council', 'style:master-page-name': 'Cover' }, el('style:paragraph-properties', { 'style:page-number': 'auto' })),
    el('style:style', { 'style:name': 'Gap', 'style:family': 'paragraph', 'style:parent-style-name': 'Standard' }, el('style:paragraph-properties', { 'fo:margin-top': '9cm' })),
    el('style:style', { 'style:name': 'Rule', 'style:family': 'paragraph', 'style:parent-style-name': 'Standard' }, el('style:paragraph-properties', { 'fo:margin-top': '1cm', 'fo:margin-bottom': '0.3cm', 'fo:border-bottom': '1pt solid #23211d' })),
    el('style:style', { 'style:name': 'Page', 'style:family': 'paragraph', 'style:parent-style-name': 'Standard' }, el('style:paragraph-properties', { 'fo:break-after': 'page' })),
    el('style:style', { 'style:name': 'Annex_20_Heading', 'style:family': 'paragraph', 'style:parent-style-name': 'Heading_20_1' }, el('style:paragraph-properties', { 'fo:break-before': 'page' })),
    ...writer.tables.flatMap((widths, table) =>
      widths.map((width, i) => el('style:style', { 'style:name': `T${table + 1}.${i + 1}`, 'style:family': 'table-column' }, el('style:table-column-properties', { 'style:column-width': `${width.toFixed(3)}cm` }))),
    ),
  )
}

function colophon(document: ReportDocument): Xml[] {
  return [p('Rule'), ...colophonOf(document).map(([term, words]) => p('Colophon', el('text:span', { 'text:style-name': 'Quiet' }, textNode(term)), textNode(`\t${words}`)))]
}
