import { startOf } from '../../time.ts'
import { fontFaces, sans, serif, textProperties } from '../document/odf/fonts.ts'
import { packText } from '../document/odf/text-file.ts'
import { el, part, textNode, type Xml } from '../document/odf/xml.ts'
import type { Paper, PaperLine } from './paper.ts'

/** The paper as ODT. No author, no history: its properties are title and language. */
export function paperOdt(paper: Paper): Buffer {
  const body = [p('Name', paper.title), ...paper.lines.map(line)]
  const content = part('office:document-content', fontFaces(), el('office:automatic-styles'), el('office:body', {}, el('office:text', {}, ...body)))
  return packText(content, styles(), paper.title, startOf(paper.on))
}

function line(one: PaperLine): Xml {
  switch (one.style) {
    case 'heading': return el('text:h', { 'text:style-name': 'Chapter', 'text:outline-level': 1 }, textNode(one.text))
    case 'item': return el('text:p', { 'text:style-name': 'Article' }, el('text:span', { 'text:style-name': 'Number' }, textNode(one.label)), el('text:tab'), textNode(one.text))
    case 'line': return p(`Line${one.depth}`, one.text)
    case 'table': return table(one)
    case 'label': return el('text:h', { 'text:style-name': 'Label', 'text:outline-level': 1 }, textNode(one.text))
    case 'text': return p('Text', one.text)
    case 'plain': return p('Plain', one.text)
    case 'source': return p('Source', one.text)
  }
}

/** A table as wide as the page; its first row is repeated on each. */
function table({ head, rows }: Extract<PaperLine, { style: 'table' }>): Xml {
  const row = (cells: readonly string[], style: string) => el('table:table-row', {}, ...cells.map((cell) => el('table:table-cell', { 'table:style-name': 'Cell', 'office:value-type': 'string' }, p(style, cell))))
  const width = (head ?? rows[0] ?? []).length
  return el('table:table', {}, el('table:table-column', { 'table:number-columns-repeated': width }), ...(head ? [el('table:table-header-rows', {}, row(head, 'CellHead'))] : []), ...rows.map((cells) => row(cells, 'CellText')))
}

const p = (style: string, words: string): Xml => el('text:p', { 'text:style-name': style }, textNode(words))

function styles(): Uint8Array {
  const style = (name: string, layout: Record<string, string>, ...text: Xml[]) => el('style:style', { 'style:name': name, 'style:display-name': name, 'style:family': 'paragraph' }, el('style:paragraph-properties', layout), ...text)
  const set = { 'fo:margin-bottom': '0.15cm', 'fo:line-height': '150%', 'fo:text-align': 'justify' }
  const hang = (left: number) => ({ 'fo:margin-left': `${left}cm`, ...set })
  return part('office:document-styles', fontFaces(),
    el('office:styles', {},
      el('style:default-style', { 'style:family': 'paragraph' }, el('style:paragraph-properties', { 'style:text-autospace': 'ideograph-alpha', 'style:punctuation-wrap': 'hanging', 'style:line-break': 'strict' }), textProperties(serif, { size: 12 })),
      style('Name', { 'fo:text-align': 'center', 'fo:margin-bottom': '0.4cm' }, textProperties(serif, { size: 20, bold: true })),
      style('Source', { 'fo:text-align': 'end', 'fo:margin-bottom': '0.1cm' }, textProperties(sans, { size: 9.5 })),
      style('Chapter', { 'fo:text-align': 'center', 'fo:margin-top': '0.6cm', 'fo:margin-bottom': '0.3cm', 'fo:keep-with-next': 'always' }, textProperties(serif, { size: 14, bold: true })),
      style('Label', { 'fo:margin-top': '0.5cm', 'fo:margin-bottom': '0.15cm', 'fo:keep-with-next': 'always' }, textProperties(serif, { size: 13, bold: true })),
      style('Text', { ...set, 'fo:text-indent': '0.85cm' }),
      style('Plain', set),
      style('Article', { ...hang(2.6), 'fo:text-indent': '-2.6cm', 'style:tab-stop-distance': '2.6cm' }),
      ...[0, 1, 2, 3].map((depth) => style(`Line${depth}`, { ...hang(2.6 + depth * 0.85), ...(depth ? { 'fo:text-indent': '-0.85cm' } : {}) })),
      style('CellText', { 'fo:line-height': '120%' }, textProperties(serif, { size: 10 })),
      style('CellHead', { 'fo:line-height': '120%' }, textProperties(serif, { size: 10, bold: true })),
      el('style:style', { 'style:name': 'Cell', 'style:family': 'table-cell' }, el('style:table-cell-properties', { 'fo:border': '0.5pt solid #000000', 'fo:padding': '0.08cm' })),
      el('style:style', { 'style:name': 'Number', 'style:family': 'text' }, textProperties(serif, { bold: true })),
    ),
    el('office:automatic-styles', {}, el('style:page-layout', { 'style:name': 'A4' }, el('style:page-layout-properties', { 'fo:page-width': '21cm', 'fo:page-height': '29.7cm', 'fo:margin-top': '2.5cm', 'fo:margin-bottom': '2.5cm', 'fo:margin-left': '2.5cm', 'fo:margin-right': '2.5cm' }))),
    el('office:master-styles', {}, el('style:master-page', { 'style:name': 'Standard', 'style:page-layout-name': 'A4' })),
  )
}
