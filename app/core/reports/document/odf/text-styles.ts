import type { ReportDocument } from '../model.ts'
import { demonstrationText, footLine } from '../words.ts'
import { fontFaces, sans, serif, textProperties } from './fonts.ts'
import { type Content, type Xml, el, part, textNode } from './xml.ts'

const sea = '#0d4f5c'
const quiet = '#625d53'
const signal = '#a0311c'
const hairline = '0.3pt solid #cfcabf'

/** Styles of the report as a text document: named as an office knows them, so that the text can be worked on. */
export function textStyles(document: ReportDocument): Uint8Array {
  return part('office:document-styles', fontFaces(), el('office:styles', {}, defaults(), paragraphs(), characters(), lists()), pageLayouts(), masters(document))
}

interface Spacing {
  top?: number
  bottom?: number
  keep?: boolean
  align?: 'start' | 'end' | 'center' | 'justify'
  line?: number
  border?: string
  left?: number
  more?: Record<string, string>
}

function paragraph(name: string, display: string, spacing: Spacing, text: Content, parent = 'Standard', outline?: number): Xml {
  const { top, bottom, keep, align, line, border, left, more } = spacing
  return el('style:style', { 'style:name': name, 'style:display-name': display, 'style:family': 'paragraph', 'style:parent-style-name': parent, 'style:default-outline-level': outline },
    el('style:paragraph-properties', {
      'fo:margin-top': top === undefined ? null : `${top}cm`,
      'fo:margin-bottom': bottom === undefined ? null : `${bottom}cm`,
      'fo:margin-left': left === undefined ? null : `${left}cm`,
      'fo:keep-with-next': keep ? 'always' : null,
      'fo:text-align': align,
      'fo:line-height': line === undefined ? null : `${line}%`,
      'fo:border-bottom': border, 'fo:padding-bottom': border ? '0.15cm' : null,
      ...more,
    }),
    text,
  )
}

function defaults(): Content[] {
  return [
    el('style:default-style', { 'style:family': 'paragraph' },
      el('style:paragraph-properties', { 'style:text-autospace': 'ideograph-alpha', 'style:punctuation-wrap': 'hanging', 'style:line-break': 'strict', 'fo:orphans': '2', 'fo:widows': '2', 'style:tab-stop-distance': '1cm' }),
      textProperties(serif, { size: 12, color: '#23211d' }),
    ),
    el('style:default-style', { 'style:family': 'graphic' }, textProperties(serif, { size: 12 })),
    el('style:default-style', { 'style:family': 'table' }),
    el('style:style', { 'style:name': 'Standard', 'style:family': 'paragraph', 'style:class': 'text' }),
  ]
}

function paragraphs(): Content[] {
  const small = textProperties(sans, { size: 9.5 })
  return [
    paragraph('Text_20_body', 'Text body', { bottom: 0.28, line: 160, align: 'justify' }, null),
    paragraph('Council', 'Council', { top: 1, bottom: 2.2, border: '1.5pt solid #23211d' }, textProperties(serif, { size: 14, spacing: '0.06em' })),
    paragraph('Title', 'Title', { bottom: 0.5, line: 120 }, textProperties(serif, { size: 32, bold: true, spacing: '0.05em' })),
    paragraph('Subtitle', 'Subtitle', { bottom: 0.4 }, textProperties(serif, { size: 16 })),
    paragraph('Draft', 'Draft', { bottom: 0.4 }, textProperties(sans, { size: 12, bold: true, color: signal })),
    paragraph('People', 'People', { bottom: 0.12, more: { 'fo:text-indent': '-3cm' }, left: 3 }, null),
    paragraph('Heading', 'Heading', { keep: true, line: 130 }, textProperties(serif, { bold: true })),
    paragraph('Heading_20_1', 'Heading 1', { top: 1.1, bottom: 0.1, border: '1pt solid #23211d', keep: true }, textProperties(serif, { size: 18, bold: true }), 'Heading', 1),
    paragraph('Heading_20_2', 'Heading 2', { top: 0.6, bottom: 0.25, keep: true }, textProperties(serif, { size: 14, bold: true }), 'Heading', 2),
    paragraph('Heading_20_3', 'Heading 3', { top: 0.5, bottom: 0.2, keep: true }, textProperties(serif, { size: 12.5, bold: true }), 'Heading', 3),
    paragraph('Owner', 'Owner', { bottom: 0.35, align: 'end', keep: true }, textProperties(sans, { size: 9, color: quiet })),
    paragraph('List', 'List', { bottom: 0.12, line: 150 }, null),
    paragraph('Quotations', 'Quotations', { top: 0.4, bottom: 0.5, left: 0.6, line: 150, more: { 'fo:border-left': `2.5pt solid ${sea}`, 'fo:padding-left': '0.4cm' } }, textProperties(serif, { size: 13 })),
    paragraph('Caption', 'Caption', { top: 0.15, bottom: 0.25 }, textProperties(sans, { size: 10 })),
    paragraph('Table_20_Caption', 'Table Caption', { top: 0.6, bottom: 0.12, keep: true }, textProperties(sans, { size: 10 })),
    paragraph('Picture', 'Picture', { top: 0.5, bottom: 0.05, keep: true }, null),
    paragraph('Note', 'Note', { top: 0.1, bottom: 0.4 }, textProperties(sans, { size: 8.5, color: quiet })),
    paragraph('Missing_20_Block', 'Missing Block', { top: 0.6, bottom: 0.6, align: 'center', more: { 'fo:border': '0.6pt dashed #cfcabf', 'fo:padding': '0.35cm' } }, textProperties(sans, { size: 10, color: quiet })),
    paragraph('Table_20_Contents', 'Table Contents', { line: 115 }, small),
    paragraph('Table_20_Number', 'Table Number', { line: 115, align: 'end' }, small),
    paragraph('Table_20_Heading', 'Table Heading', { line: 115 }, textProperties(sans, { size: 9.5, bold: true })),
    paragraph('Table_20_Number_20_Heading', 'Table Number Heading', { line: 115, align: 'end' }, textProperties(sans, { size: 9.5, bold: true })),
    paragraph('Contents_20_Heading', 'Contents Heading', { bottom: 0.5, more: { 'fo:break-before': 'page' } }, textProperties(serif, { size: 16, bold: true, spacing: '0.3em' })),
    el('style:style', { 'style:name': 'Contents_20_1', 'style:display-name': 'Contents 1', 'style:family': 'paragraph', 'style:parent-style-name': 'Standard' },
      el('style:paragraph-properties', { 'fo:margin-bottom': '0.18cm' },
        el('style:tab-stops', {}, el('style:tab-stop', { 'style:position': '16cm', 'style:type': 'right', 'style:leader-style': 'dotted', 'style:leader-text': '.' })),
      ),
    ),
    paragraph('Annex_20_Term', 'Annex Term', { top: 0.25, keep: true }, textProperties(serif, { size: 10.5, bold: true })),
    paragraph('Annex_20_Text', 'Annex Text', { line: 130, keep: true }, textProperties(serif, { size: 10.5 })),
    paragraph('Annex_20_Source', 'Annex Source', { bottom: 0.1, border: hairline }, textProperties(sans, { size: 9, color: quiet })),
    paragraph('Colophon', 'Colophon', { more: { 'fo:text-indent': '-2.6cm' }, left: 2.6 }, textProperties(sans, { size: 9 })),
    paragraph('Header', 'Header', {}, textProperties(sans, { size: 8.5, color: quiet })),
    el('style:style', { 'style:name': 'Footer', 'style:family': 'paragraph', 'style:parent-style-name': 'Standard' },
      el('style:paragraph-properties', {}, el('style:tab-stops', {}, el('style:tab-stop', { 'style:position': '16cm', 'style:type': 'right' }))),
      textProperties(sans, { size: 8.5, color: quiet }),
    ),
    paragraph('Demonstration', 'Demonstration', { align: 'end' }, textProperties(sans, { size: 8.5, color: signal })),
  ]
}

function characters(): Content[] {
  const character = (name: string, text: Content) => el('style:style', { 'style:name': name, 'style:family': 'text' }, text)
  return [
    character('Strong', el('style:text-properties', { 'fo:font-weight': 'bold', 'style:font-weight-asian': 'bold' })),
    character('Missing', textProperties(sans, { size: 10, color: quiet })),
    character('Typed', textProperties(sans, { size: 8, color: '#6d4a08' })),
    character('Figure', el('style:text-properties', { 'fo:color': '#23211d', 'style:text-underline-style': 'solid', 'style:text-underline-color': sea })),
    character('Plain_20_Link', el('style:text-properties', { 'fo:color': '#23211d', 'style:text-underline-style': 'none' })),
    character('Section_20_Number', el('style:text-properties', { 'fo:color': sea })),
    character('Quiet', el('style:text-properties', { 'fo:color': quiet })),
    character('Identifier', textProperties(sans, { size: 8, bold: false, color: quiet })),
  ]
}

function lists(): Xml {
  const level = (n: number, sign: string, indent: number) =>
    el('text:list-level-style-bullet', { 'text:level': n, 'text:bullet-char': sign },
      el('style:list-level-properties', { 'text:list-level-position-and-space-mode': 'label-alignment' },
        el('style:list-level-label-alignment', { 'text:label-followed-by': 'listtab', 'text:list-tab-stop-position': `${indent}cm`, 'fo:text-indent': '-0.6cm', 'fo:margin-left': `${indent}cm` }),
      ),
      el('style:text-properties', { 'style:font-name': sans, 'fo:color': sea, 'fo:font-size': n === 1 ? '70%' : null }),
    )
  return el('text:list-style', { 'style:name': 'Bullets' }, level(1, '■', 0.6), level(2, '–', 1.2), level(3, '·', 1.8))
}

const pageLayouts = (): Xml =>
  el('office:automatic-styles', {},
    ...['Cover', 'Body'].map((name) =>
      el('style:page-layout', { 'style:name': `${name}Layout` },
        el('style:page-layout-properties', { 'fo:page-width': '21cm', 'fo:page-height': '29.7cm', 'style:print-orientation': 'portrait', 'fo:margin-top': '1.6cm', 'fo:margin-bottom': '1.4cm', 'fo:margin-left': '2.5cm', 'fo:margin-right': '2.5cm' }),
        el('style:header-style', {}, el('style:header-footer-properties', { 'fo:min-height': '0.6cm', 'fo:margin-bottom': '0.6cm' })),
        el('style:footer-style', {}, el('style:header-footer-properties', { 'fo:min-height': '0.6cm', 'fo:margin-top': '0.6cm' })),
      ),
    ),
  )

function masters(document: ReportDocument): Xml {
  const { cover, standing } = document
  const demonstration = standing.demonstration ? el('text:p', { 'text:style-name': 'Demonstration' }, textNode(demonstrationText)) : el('text:p', { 'text:style-name': 'Header' })
  const header = el('text:p', { 'text:style-name': 'Header' }, textNode(`${cover.county}${cover.title}`))
  const footer = el('text:p', { 'text:style-name': 'Footer' },
    textNode(`${footLine(standing)}\t`), el('text:page-number', { 'text:select-page': 'current' }, textNode('1')), textNode(' / '), el('text:page-count', {}, textNode('1')),
  )
  return el('office:master-styles', {},
    el('style:master-page', { 'style:name': 'Cover', 'style:page-layout-name': 'CoverLayout', 'style:next-style-name': 'Standard' }, el('style:header', {}, demonstration)),
    el('style:master-page', { 'style:name': 'Standard', 'style:page-layout-name': 'BodyLayout' }, el('style:header', {}, header, standing.demonstration && demonstration), el('style:footer', {}, footer)),
  )
}
