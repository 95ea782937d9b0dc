import { strToU8, zipSync } from 'fflate'
import { type Sheet, escapeXml } from './write-ods.ts'
import type { CellValue } from './write-csv.ts'

/** A plain Excel workbook: texts inline, numbers as numbers, no styles. The same sheets give the same bytes. */
export function writeXlsx(sheets: Sheet[]): Uint8Array {
  const parts: Record<string, Uint8Array> = {
    '[Content_Types].xml': strToU8(contentTypes(sheets.length)),
    '_rels/.rels': strToU8(relationships([`${officeSchema}/officeDocument" Target="xl/workbook.xml`])),
    'xl/workbook.xml': strToU8(workbook(sheets)),
    'xl/_rels/workbook.xml.rels': strToU8(relationships(sheets.map((_, i) => `${officeSchema}/worksheet" Target="worksheets/sheet${i + 1}.xml`))),
  }
  sheets.forEach((sheet, i) => (parts[`xl/worksheets/sheet${i + 1}.xml`] = strToU8(sheetXml(sheet))))
  return zipSync(parts, { mtime: new Date(1980, 0, 1) })
}

const xml = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
const mainSchema = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const officeSchema = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const packageSchema = 'http://schemas.openxmlformats.org/package/2006'
const sheetType = 'application/vnd.openxmlformats-officedocument.spreadsheetml'

const contentTypes = (count: number): string =>
  `${xml}<Types xmlns="${packageSchema}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>` +
  `<Override PartName="/xl/workbook.xml" ContentType="${sheetType}.sheet.main+xml"/>` +
  Array.from({ length: count }, (_, i) => `<Override PartName="/xl/worksheets/sheet${i + 1}.xml" ContentType="${sheetType}.worksheet+xml"/>`).join('') +
  '</Types>'

const relationships = (targets: string[]): string =>
  `${xml}<Relationships xmlns="${packageSchema}/relationships">` +
  targets.map((target, i) => `<Relationship Id="rId${i + 1}" Type="${target}"/>`).join('') +
  '</Relationships>'

const workbook = (sheets: Sheet[]): string =>
  `${xml}<workbook xmlns="${mainSchema}" xmlns:r="${officeSchema}"><sheets>` +
  sheets.map(({ name }, i) => `<sheet name="${escapeXml(name)}" sheetId="${i + 1}" r:id="rId${i + 1}"/>`).join('') +
  '</sheets></workbook>'

function sheetXml({ header, rows }: Sheet): string {
  const lines = [rowXml(header, 1)]
  let number = 1
  for (const row of rows) lines.push(rowXml(row, ++number))
  return `${xml}<worksheet xmlns="${mainSchema}"><sheetData>${lines.join('')}</sheetData></worksheet>`
}

const rowXml = (cells: CellValue[], number: number): string => `<row r="${number}">${cells.map(cellXml).join('')}</row>`

function cellXml(value: CellValue): string {
  if (value === null || value === '') return '<c/>'
  if (typeof value === 'number') return `<c><v>${value}</v></c>`
  return `<c t="inlineStr"><is><t xml:space="preserve">${escapeXml(keptText(value))}</t></is></c>`
}

// A CR, and a text that happens to look like Excel's own escape, would come back changed.
const keptText = (text: string): string => text.replace(/_x(?=[0-9A-Fa-f]{4}_)/g, '_x005F_x').replaceAll('\r', '_x000D_')
