import { type Zippable, zipSync } from 'fflate'
import type { ReportDocument } from '../model.ts'
import type { Replacements } from '../chart/png.ts'
import { el, part, plainNode, type Xml } from './xml.ts'

export interface OdfParts {
  mediaType: 'application/vnd.oasis.opendocument.text' | 'application/vnd.oasis.opendocument.presentation'
  content: Uint8Array
  styles: Uint8Array
  pictures: Pictures
}

/** Pictures of a document by the path they have inside it. `replacements`: charts as PNG, by their SVG. */
export class Pictures {
  readonly files = new Map<string, { bytes: Uint8Array; mediaType: string }>()
  readonly #replacements: Replacements

  constructor(replacements: Replacements) {
    this.#replacements = replacements
  }

  add(bytes: Uint8Array, mediaType: 'image/svg+xml' | 'image/png' | 'image/jpeg'): string {
    const path = `Pictures/${this.files.size + 1}.${{ 'image/svg+xml': 'svg', 'image/png': 'png', 'image/jpeg': 'jpg' }[mediaType]}`
    this.files.set(path, { bytes, mediaType })
    return path
  }

  /** A chart, and what stands in for it where SVG is not shown. */
  addChart(svg: string): string[] {
    const replacement = this.#replacements.get(svg)
    return [this.add(Buffer.from(svg), 'image/svg+xml'), ...(replacement ? [this.add(replacement, 'image/png')] : [])]
  }
}

/** The same picture in one or more forms: a program shows the first that it knows (ODF 1.3 part 3, 10.4.2). */
export function imageForms(paths: string[]): Xml[] {
  return paths.map((path) => el('draw:image', { 'xlink:href': path, 'xlink:type': 'simple', 'xlink:show': 'embed', 'xlink:actuate': 'onLoad', 'draw:mime-type': mediaTypes[path.slice(path.lastIndexOf('.') + 1)] }))
}

const mediaTypes: Record<string, string> = { svg: 'image/svg+xml', png: 'image/png', jpg: 'image/jpeg' }

/** The parts as an ODF file. The media type comes first and uncompressed, so that `file` and mail filters know it (ODF 1.3 part 2, 3.3). */
export function packOdf(document: ReportDocument, { mediaType, content, styles, pictures }: OdfParts): Buffer {
  const files: Zippable = {
    mimetype: [new TextEncoder().encode(mediaType), { level: 0 }],
    'content.xml': content,
    'styles.xml': styles,
    'meta.xml': meta(document),
  }
  for (const [path, { bytes, mediaType: type }] of pictures.files) files[path] = [bytes, { level: type === 'image/svg+xml' ? 6 : 0 }]
  files['META-INF/manifest.xml'] = manifest(mediaType, pictures)
  // A fixed time of writing: the same report gives the same file.
  return Buffer.from(zipSync(files, { level: 6, mtime: document.standing.asOf }))
}

function meta({ cover, standing }: ReportDocument): Uint8Array {
  const instant = plainNode(standing.asOf.toISOString().slice(0, 19) + 'Z')
  return part(
    'office:document-meta',
    el('office:meta', {},
      el('dc:title', {}, plainNode(`${cover.county}${cover.title}（${cover.periodText}）`)),
      el('dc:subject', {}, plainNode(`${cover.council}${cover.session}`)),
      el('dc:creator', {}, plainNode(cover.county + cover.department)),
      el('dc:language', {}, plainNode('zh-TW')),
      el('meta:creation-date', {}, instant),
      el('dc:date', {}, instant),
      el('meta:generator', {}, plainNode('Windlion')),
    ),
  )
}

function manifest(mediaType: string, pictures: Pictures): Uint8Array {
  const entry = (path: string, type: string, version?: string) =>
    el('manifest:file-entry', { 'manifest:full-path': path, 'manifest:media-type': type, 'manifest:version': version })
  const document = el(
    'manifest:manifest',
    { 'xmlns:manifest': 'urn:oasis:names:tc:opendocument:xmlns:manifest:1.0', 'manifest:version': '1.3' },
    entry('/', mediaType, '1.3'),
    ...['content.xml', 'styles.xml', 'meta.xml'].map((path) => entry(path, 'text/xml')),
    ...[...pictures.files].map(([path, { mediaType: type }]) => entry(path, type)),
  )
  return new TextEncoder().encode(`<?xml version="1.0" encoding="UTF-8"?>\n${document}\n`)
}
