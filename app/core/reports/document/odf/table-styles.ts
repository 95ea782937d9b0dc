import { type Content, el } from './xml.ts'

const hairline = '0.3pt solid #cfcabf'

/** Automatic styles of tables and frames: LibreOffice knows no named ones for cells. */
export function tableStyles(): Content[] {
  const cell = (name: string, borders: Record<string, string>) =>
    el('style:style', { 'style:name': name, 'style:family': 'table-cell' },
      el('style:table-cell-properties', { 'fo:padding': '0.11cm', 'fo:border-left': 'none', 'fo:border-right': 'none', 'style:vertical-align': 'middle', ...borders }),
    )
  const table = (name: string, breaks: boolean) =>
    el('style:style', { 'style:name': name, 'style:family': 'table' },
      el('style:table-properties', { 'style:width': '16cm', 'table:align': 'margins', 'fo:margin-bottom': '0.3cm', 'style:may-break-between-rows': String(breaks) }),
    )
  return [
    table('Whole_20_Table', false),
    table('Long_20_Table', true),
    el('style:style', { 'style:name': 'Row', 'style:family': 'table-row' }, el('style:table-row-properties', { 'fo:keep-together': 'always' })),
    cell('Cell_20_Head', { 'fo:border-top': '1pt solid #23211d', 'fo:border-bottom': '0.6pt solid #23211d' }),
    cell('Cell', { 'fo:border-top': 'none', 'fo:border-bottom': hairline }),
    cell('Cell_20_Last', { 'fo:border-top': 'none', 'fo:border-bottom': '1pt solid #23211d' }),
    cell('Cell_20_Total', { 'fo:border-top': '0.6pt solid #23211d', 'fo:border-bottom': '1pt solid #23211d' }),
    el('style:style', { 'style:name': 'Graphics', 'style:family': 'graphic' }, el('style:graphic-properties', { 'text:anchor-type': 'as-char', 'style:vertical-pos': 'middle', 'style:vertical-rel': 'text', 'fo:margin-left': '0cm', 'fo:margin-right': '0cm' })),
  ]
}
