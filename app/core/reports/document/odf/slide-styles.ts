import type { ReportDocument } from '../model.ts'
import { demonstrationText, footLine } from '../words.ts'
import { fontFaces, sans, serif, textProperties } from './fonts.ts'
import { type Content, type Xml, el, part, textNode } from './xml.ts'

const ink = '#23211d'
const sea = '#0d4f5c'
const quiet = '#625d53'
const signal = '#a0311c'

/** 16 by 9, in centimetres. */
export const slide = { width: 28, height: 15.75 }

/** Position and size of a frame, in centimetres. */
export function at(x: number, y: number, width: number, height: number): Record<string, string> {
  return { 'svg:x': `${x}cm`, 'svg:y': `${y}cm`, 'svg:width': `${width.toFixed(2)}cm`, 'svg:height': `${height.toFixed(2)}cm` }
}

export function slideStyles(document: ReportDocument): Uint8Array {
  return part(
    'office:document-styles',
    fontFaces(),
    el('office:styles', {},
      el('style:default-style', { 'style:family': 'graphic' },
        el('style:paragraph-properties', { 'style:text-autospace': 'ideograph-alpha', 'style:line-break': 'strict', 'style:punctuation-wrap': 'hanging' }),
        textProperties(serif, { size: 20, color: ink }),
      ),
      el('style:style', { 'style:name': 'standard', 'style:family': 'graphic' }, el('style:graphic-properties', { 'draw:stroke': 'none', 'draw:fill': 'none', 'draw:auto-grow-height': 'false', 'fo:padding': '0cm' })),
      ...(['Cover', 'Content'] as const).flatMap((name) => [
        el('style:style', { 'style:name': `${name}-title`, 'style:family': 'presentation', 'style:parent-style-name': 'standard' }, el('style:graphic-properties', { 'draw:textarea-vertical-align': 'bottom' }), textProperties(serif, { size: 28, bold: true, color: ink })),
        el('style:style', { 'style:name': `${name}-outline1`, 'style:family': 'presentation', 'style:parent-style-name': 'standard' }, el('style:graphic-properties', { 'draw:textarea-vertical-align': 'top' }), textProperties(serif, { size: 24, color: ink })),
        el('style:style', { 'style:name': `${name}-notes`, 'style:family': 'presentation', 'style:parent-style-name': 'standard' }, textProperties(sans, { size: 14, color: ink })),
      ]),
    ),
    el('office:automatic-styles', {},
      el('style:page-layout', { 'style:name': 'Screen' },
        el('style:page-layout-properties', { 'fo:page-width': `${slide.width}cm`, 'fo:page-height': `${slide.height}cm`, 'style:print-orientation': 'landscape', 'fo:margin-top': '0cm', 'fo:margin-bottom': '0cm', 'fo:margin-left': '0cm', 'fo:margin-right': '0cm' }),
      ),
      el('style:page-layout', { 'style:name': 'NotesPage' }, el('style:page-layout-properties', { 'fo:page-width': '21cm', 'fo:page-height': '29.7cm', 'style:print-orientation': 'portrait' })),
      el('style:style', { 'style:name': 'Blank', 'style:family': 'drawing-page' }, el('style:drawing-page-properties', { 'draw:fill': 'solid', 'draw:fill-color': '#ffffff', 'draw:background-size': 'border' })),
      ...marks(),
    ),
    el('office:master-styles', {}, master('Cover', document, false), master('Content', document, true)),
  )
}

// Used by the masters' own lines and feet.
function marks(): Content[] {
  const paragraph = (name: string, align: string, text: Xml) =>
    el('style:style', { 'style:name': name, 'style:family': 'paragraph' }, el('style:paragraph-properties', { 'fo:text-align': align }), text)
  return [
    el('style:style', { 'style:name': 'Rule', 'style:family': 'graphic', 'style:parent-style-name': 'standard' }, el('style:graphic-properties', { 'draw:stroke': 'solid', 'svg:stroke-width': '0.05cm', 'svg:stroke-color': ink })),
    el('style:style', { 'style:name': 'Plain', 'style:family': 'graphic', 'style:parent-style-name': 'standard' }, el('style:graphic-properties', { 'draw:textarea-vertical-align': 'middle' })),
    paragraph('Foot', 'start', textProperties(sans, { size: 10, color: quiet })),
    paragraph('FootEnd', 'end', textProperties(sans, { size: 10, color: quiet })),
    paragraph('Demonstration', 'end', textProperties(sans, { size: 10, color: signal })),
  ]
}

function master(name: 'Cover' | 'Content', { standing }: ReportDocument, full: boolean): Xml {
  const text = (where: Record<string, string>, style: string, ...content: Content[]) =>
    el('draw:frame', { 'draw:style-name': 'Plain', 'draw:layer': 'backgroundobjects', ...where }, el('draw:text-box', {}, el('text:p', { 'text:style-name': style }, ...content)))
  return el('style:master-page', { 'style:name': name, 'style:page-layout-name': 'Screen', 'draw:style-name': 'Blank' },
    full && el('draw:line', { 'draw:style-name': 'Rule', 'draw:layer': 'backgroundobjects', 'svg:x1': '1.5cm', 'svg:y1': '2.75cm', 'svg:x2': '26.5cm', 'svg:y2': '2.75cm' }),
    full && text(at(1.5, 14.75, 21, 0.7), 'Foot', textNode(footLine(standing))),
    full && text(at(23.5, 14.75, 3, 0.7), 'FootEnd', el('text:page-number', {}, textNode('1'))),
    standing.demonstration && text(at(14.5, 0.35, 12, 0.6), 'Demonstration', textNode(demonstrationText)),
    el('presentation:notes', { 'style:page-layout-name': 'NotesPage' }),
  )
}

/** Automatic styles of the slides themselves. */
export function slideContentStyles(): Content[] {
  const paragraph = (name: string, properties: Record<string, string>, text: Content) =>
    el('style:style', { 'style:name': name, 'style:family': 'paragraph' }, el('style:paragraph-properties', properties), text)
  const character = (name: string, text: Content) => el('style:style', { 'style:name': name, 'style:family': 'text' }, text)
  const cell = (name: string, properties: Record<string, string>) =>
    el('style:style', { 'style:name': name, 'style:family': 'table-cell' },
      el('style:table-cell-properties', { 'fo:padding': '0.12cm', 'style:vertical-align': 'middle' }),
      el('style:graphic-properties', { 'draw:fill': 'none', 'fo:padding-top': '0.1cm', 'fo:padding-bottom': '0.1cm', 'draw:textarea-vertical-align': 'middle' }),
      el('style:paragraph-properties', { 'fo:border-left': 'none', 'fo:border-right': 'none', ...properties }),
    )
  const line = (points: number, color: string) => `${points}pt solid ${color}`
  return [
    el('style:style', { 'style:name': 'dp1', 'style:family': 'drawing-page' }, el('style:drawing-page-properties', { 'presentation:background-visible': 'true', 'presentation:background-objects-visible': 'true' })),
    ...(['Cover', 'Content'] as const).flatMap((name) => [
      el('style:style', { 'style:name': `${name}Title`, 'style:family': 'presentation', 'style:parent-style-name': `${name}-title` }, el('style:graphic-properties', { 'draw:stroke': 'none', 'draw:fill': 'none', 'fo:padding': '0cm', 'draw:auto-grow-height': 'false', 'draw:fit-to-size': 'shrink-to-fit', 'draw:textarea-vertical-align': 'bottom' })),
      el('style:style', { 'style:name': `${name}Body`, 'style:family': 'presentation', 'style:parent-style-name': `${name}-outline1` }, el('style:graphic-properties', { 'draw:stroke': 'none', 'draw:fill': 'none', 'fo:padding': '0cm', 'draw:auto-grow-height': 'false', 'draw:fit-to-size': 'shrink-to-fit', 'draw:textarea-vertical-align': 'top' })),
    ]),
    el('style:style', { 'style:name': 'Notes', 'style:family': 'presentation', 'style:parent-style-name': 'Content-notes' }, el('style:graphic-properties', { 'draw:stroke': 'none', 'draw:fill': 'none' })),
    el('style:style', { 'style:name': 'Drawing', 'style:family': 'graphic', 'style:parent-style-name': 'standard' }),
    el('style:style', { 'style:name': 'DoubleRule', 'style:family': 'graphic', 'style:parent-style-name': 'standard' }, el('style:graphic-properties', { 'draw:stroke': 'solid', 'svg:stroke-width': '0.06cm', 'svg:stroke-color': ink })),
    paragraph('Council', {}, textProperties(serif, { size: 20, spacing: '0.06em' })),
    paragraph('CoverTitleText', {}, textProperties(serif, { size: 48, bold: true, spacing: '0.05em' })),
    paragraph('Period', {}, textProperties(serif, { size: 24 })),
    paragraph('Person', { 'fo:margin-bottom': '0.12cm' }, textProperties(serif, { size: 18 })),
    paragraph('DraftMark', {}, textProperties(sans, { size: 16, bold: true, color: signal })),
    paragraph('SlideTitle', {}, textProperties(serif, { size: 28, bold: true })),
    ...[24, 20].flatMap((size) => [
      paragraph(`Heading${size}`, { 'fo:margin-bottom': '0.3cm', 'fo:line-height': '125%' }, textProperties(serif, { size, bold: true, color: sea })),
      paragraph(`Line${size}`, { 'fo:margin-bottom': '0.35cm', 'fo:line-height': '130%' }, textProperties(serif, { size })),
      paragraph(`Sub${size}`, { 'fo:margin-bottom': '0.25cm', 'fo:line-height': '125%' }, textProperties(serif, { size: size * 0.9 })),
    ]),
    paragraph('Entry', { 'fo:margin-bottom': '0.3cm' }, textProperties(serif, { size: 22 })),
    paragraph('SlideCaption', { 'fo:text-align': 'center' }, textProperties(sans, { size: 16 })),
    paragraph('SlideNote', { 'fo:text-align': 'center' }, textProperties(sans, { size: 12, color: quiet })),
    paragraph('CellText', {}, textProperties(sans, { size: 15 })),
    paragraph('CellNumber', { 'fo:text-align': 'end' }, textProperties(sans, { size: 15 })),
    paragraph('CellTextBold', {}, textProperties(sans, { size: 15, bold: true })),
    paragraph('CellNumberBold', { 'fo:text-align': 'end' }, textProperties(sans, { size: 15, bold: true })),
    paragraph('EndText', { 'fo:text-align': 'center' }, textProperties(serif, { size: 36, bold: true, spacing: '0.1em' })),
    paragraph('NoteText', { 'fo:margin-bottom': '0.2cm' }, textProperties(sans, { size: 14 })),
    character('Strong', el('style:text-properties', { 'fo:font-weight': 'bold', 'style:font-weight-asian': 'bold' })),
    character('Missing', el('style:text-properties', { 'fo:color': quiet, 'fo:font-size': '80%', 'style:font-size-asian': '80%' })),
    character('Typed', textProperties(sans, { size: 12, color: '#6d4a08' })),
    character('Figure', el('style:text-properties', { 'fo:color': ink, 'style:text-underline-style': 'solid', 'style:text-underline-color': sea })),
    character('Number', el('style:text-properties', { 'fo:color': sea })),
    character('Quiet', el('style:text-properties', { 'fo:color': quiet })),
    el('text:list-style', { 'style:name': 'SlideBullets' },
      ...(['■', '–', '·'] as const).map((sign, i) =>
        el('text:list-level-style-bullet', { 'text:level': i + 1, 'text:bullet-char': sign },
          el('style:list-level-properties', { 'text:space-before': `${i * 0.9}cm`, 'text:min-label-width': '0.9cm' }),
          el('style:text-properties', { 'style:font-name': sans, 'fo:color': sea, 'fo:font-size': i === 0 ? '60%' : '100%' }),
        ),
      ),
    ),
    cell('CellHead', { 'fo:border-top': line(1.5, ink), 'fo:border-bottom': line(1, ink) }),
    cell('CellBody', { 'fo:border-top': 'none', 'fo:border-bottom': line(0.5, '#cfcabf') }),
    cell('CellLast', { 'fo:border-top': 'none', 'fo:border-bottom': line(1.5, ink) }),
    cell('CellTotal', { 'fo:border-top': line(1, ink), 'fo:border-bottom': line(1.5, ink) }),
    el('style:style', { 'style:name': 'SlideRow', 'style:family': 'table-row' }, el('style:table-row-properties', { 'style:row-height': '0.85cm' })),
  ]
}
