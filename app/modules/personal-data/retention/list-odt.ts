import { fontFaces, sans, serif, textProperties } from '../../../core/reports/document/odf/fonts.ts'
import { tableStyles } from '../../../core/reports/document/odf/table-styles.ts'
import { packText } from '../../../core/reports/document/odf/text-file.ts'
import { el, part, textNode, type Xml } from '../../../core/reports/document/odf/xml.ts'
import { dayOf, rocDay, rocLongDay } from '../../../core/time.ts'
import type { DestructionList, ItemLine } from './queries.ts'

/** Columns of the 檔案銷毀目錄 with their widths in cm on a lying A4. 檔號 and 基準項目編號 are the records office's, so their places stay open. */
const columns: { heading: string; width: number; cell: (row: ItemLine, no: number, list: DestructionList) => string }[] = [
  { heading: '序號', width: 1.4, cell: (_, no) => String(no) },
  { heading: '檔號', width: 3, cell: () => '' },
  { heading: '案號或來信', width: 3.6, cell: (row) => row.name },
  { heading: '收文日期', width: 2.6, cell: (row) => (row.receivedOn ? rocDay(row.receivedOn) : '') },
  { heading: '結案日期', width: 2.6, cell: (row) => rocDay(row.closedOn) },
  { heading: '保存年限', width: 2, cell: (_, __, list) => (list.years === null ? '' : `${list.years} 年`) },
  { heading: '屆滿日期', width: 2.6, cell: (row) => rocDay(row.keptUntil) },
  { heading: '主辦單位', width: 3.4, cell: (row) => row.unitName ?? '' },
  { heading: '備註', width: 4.5, cell: (row) => (row.destroyedAt ? `${rocDay(dayOf(row.destroyedAt))}銷毀` : row.excludedWhy ? `不銷毀：${row.excludedWhy}` : '') },
]

/**
 * 檔案銷毀目錄 for the archives authority (檔案法 §12; 機關檔案保存年限及銷毀辦法 §8–§12), as it stands now: what is proposed, on which basis, each case on a row.
 * No name and no subject: number, days and unit tell a case, and the list is kept for good. Same content, same file.
 */
export function destructionOdt(list: DestructionList, items: readonly ItemLine[]): Buffer {
  const proposed = items.filter((one) => !one.excludedWhy).length
  const facts = [
    `依據：${list.basis}`,
    `清查截止日：${rocLongDay(list.cutoffOn)}${list.years === null ? '' : `　保存年限：${list.years} 年`}`,
    `件數：列入 ${proposed} 件，不銷毀 ${items.length - proposed} 件`,
    `編製：${list.madeBy}，${rocLongDay(dayOf(list.madeAt))}`,
    ...(list.decidedAt ? [`${list.state === 'rejected' ? '退回' : '核准'}：${list.decidedBy}，${rocLongDay(dayOf(list.decidedAt))}${list.authorityNo ? `，文號 ${list.authorityNo}` : ''}`] : ['尚未核准，不得銷毀']),
    ...(list.note ? [`說明：${list.note}`] : []),
  ]
  const body = [
    el('text:h', { 'text:style-name': 'Name', 'text:outline-level': 1 }, textNode(`檔案銷毀目錄　${list.title}`)),
    ...facts.map((line) => p('Fact', line)),
    el('text:h', { 'text:style-name': 'Part', 'text:outline-level': 2 }, textNode('銷毀計畫')),
    ...list.plan.split('\n').map((line) => p('Fact', line)),
    el('text:h', { 'text:style-name': 'Part', 'text:outline-level': 2 }, textNode('目錄')),
    tableOf(list, items),
    p('Fact', '檔號由檔案管理單位填列；欄位是否符合檔案主管機關的格式，待法制單位確認。'),
    p('Sign', '承辦人　　　　　　　　　　檔案管理單位　　　　　　　　　　機關首長'),
  ]
  const widths = columns.map(({ width }, i) => el('style:style', { 'style:name': `Column${i}`, 'style:family': 'table-column' }, el('style:table-column-properties', { 'style:column-width': `${width}cm` })))
  const content = part('office:document-content', fontFaces(), el('office:automatic-styles', {}, ...tableStyles(), ...widths), el('office:body', {}, el('office:text', {}, ...body)))
  return packText(content, styles(), `檔案銷毀目錄　${list.title}`, list.decidedAt ?? list.madeAt)
}

const p = (style: string, words: string): Xml => el('text:p', { 'text:style-name': style }, textNode(words))

function tableOf(list: DestructionList, items: readonly ItemLine[]): Xml {
  const row = (style: string, cells: string[], text: string) => el('table:table-row', { 'table:style-name': 'Row' }, ...cells.map((words) => el('table:table-cell', { 'table:style-name': style, 'office:value-type': 'string' }, p(text, words))))
  return el('table:table', { 'table:name': '目錄', 'table:style-name': 'Long_20_Table' },
    ...columns.map((_, i) => el('table:table-column', { 'table:style-name': `Column${i}` })),
    el('table:table-header-rows', {}, row('Cell_20_Head', columns.map(({ heading }) => heading), 'Head')),
    ...items.map((item, i) => row(i === items.length - 1 ? 'Cell_20_Last' : 'Cell', columns.map(({ cell }) => cell(item, i + 1, list)), 'Cell')),
  )
}

function styles(): Uint8Array {
  const style = (name: string, layout: Record<string, string>, text: Xml) => el('style:style', { 'style:name': name, 'style:display-name': name, 'style:family': 'paragraph' }, el('style:paragraph-properties', layout), text)
  return part('office:document-styles', fontFaces(),
    el('office:styles', {},
      el('style:default-style', { 'style:family': 'paragraph' }, textProperties(serif, { size: 12 })),
      style('Name', { 'fo:text-align': 'center', 'fo:margin-bottom': '0.4cm' }, textProperties(serif, { size: 18, bold: true })),
      style('Part', { 'fo:margin-top': '0.4cm', 'fo:margin-bottom': '0.15cm', 'fo:keep-with-next': 'always' }, textProperties(serif, { size: 13, bold: true })),
      style('Fact', { 'fo:margin-bottom': '0.1cm' }, textProperties(serif, { size: 11 })),
      style('Sign', { 'fo:margin-top': '1.2cm' }, textProperties(serif, { size: 12 })),
      style('Head', {}, textProperties(sans, { size: 9.5, bold: true })),
      style('Cell', {}, textProperties(sans, { size: 9.5 })),
    ),
    el('office:automatic-styles', {}, el('style:page-layout', { 'style:name': 'A4' }, el('style:page-layout-properties', { 'fo:page-width': '29.7cm', 'fo:page-height': '21cm', 'style:print-orientation': 'landscape', 'fo:margin-top': '2cm', 'fo:margin-bottom': '2cm', 'fo:margin-left': '2cm', 'fo:margin-right': '2cm' }))),
    el('office:master-styles', {}, el('style:master-page', { 'style:name': 'Standard', 'style:page-layout-name': 'A4' })),
  )
}
