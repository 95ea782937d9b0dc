import { strToU8, zipSync } from 'fflate'
import type { CellValue } from './write-csv.ts'

export type Sheet = { name: string; header: string[]; rows: Iterable<CellValue[]> }

const mimetype = 'application/vnd.oasis.opendocument.spreadsheet'

/**
 * An OpenDocument spreadsheet. Every text is written as text, so nothing in it is ever run. The same sheets give the same
 * bytes. `mimetype` comes first and unpacked, as ODF asks.
 */
export function writeOds(sheets: Sheet[]): Uint8Array {
  return zipSync(
    {
      mimetype: [strToU8(mimetype), { level: 0 }],
      'META-INF/manifest.xml': strToU8(manifest),
      'styles.xml': strToU8(styles),
      'content.xml': strToU8(content(sheets)),
    },
    // fflate takes local time; a fixed day keeps the file the same wherever it is made.
    { mtime: new Date(1980, 0, 1) },
  )
}

const xml = '<?xml version="1.0" encoding="UTF-8"?>'
const office = 'urn:oasis:names:tc:opendocument:xmlns:office:1.0'

const manifest =
  `${xml}<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.3">` +
  `<manifest:file-entry manifest:full-path="/" manifest:version="1.3" manifest:media-type="${mimetype}"/>` +
  ['content.xml', 'styles.xml'].map((path) => `<manifest:file-entry manifest:full-path="${path}" manifest:media-type="text/xml"/>`).join('') +
  '</manifest:manifest>'

const styles = `${xml}<office:document-styles xmlns:office="${office}" office:version="1.3"/>`

function content(sheets: Sheet[]): string {
  return (
    `${xml}<office:document-content xmlns:office="${office}" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" ` +
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.3"><office:body><office:spreadsheet>' +
    sheets.map(sheetXml).join('') +
    '</office:spreadsheet></office:body></office:document-content>'
  )
}

function sheetXml({ name, header, rows }: Sheet): string {
  const lines = [`<table:table-header-rows>${rowXml(header)}</table:table-header-rows>`]
  for (const row of rows) lines.push(rowXml(row))
  return `<table:table table:name="${escapeXml(name)}"><table:table-column table:number-columns-repeated="${Math.max(1, header.length)}"/>${lines.join('')}</table:table>`
}

const rowXml = (cells: CellValue[]): string => `<table:table-row>${cells.map(cellXml).join('')}</table:table-row>`

function cellXml(value: CellValue): string {
  if (value === null || value === '') return '<table:table-cell/>'
  if (typeof value === 'number') return `<table:table-cell office:value-type="float" office:value="${value}"><text:p>${value}</text:p></table:table-cell>`
  const paragraphs = value.split(/\r\n|\r|\n/).map((line) => `<text:p>${lineXml(line)}</text:p>`)
  return `<table:table-cell office:value-type="string">${paragraphs.join('')}</table:table-cell>`
}

const lineXml = (line: string): string =>
  escapeXml(line)
    .replaceAll('\t', '<text:tab/>')
    .replace(/^ | {2,}/g, (spaces) => `<text:s text:c="${spaces.length}"/>`)

/** For text and attributes; characters that XML cannot hold are left out. */
export function escapeXml(text: string): string {
  return text
    .replace(/[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/g, '')
    .toWellFormed()
    .replace(/[&<>"]/g, (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[sign]!)
}
