import { zipSync } from 'fflate'
import { el, part, plainNode } from './xml.ts'

/** A text of its own as an ODF file. The media type comes first and uncompressed (ODF 1.3 part 2, 3.3). Written as of `at`, so that the same text gives the same file. */
export function packText(content: Uint8Array, styles: Uint8Array, title: string, at: Date): Buffer {
  const mediaType = 'application/vnd.oasis.opendocument.text'
  const entry = (path: string, type: string) => el('manifest:file-entry', { 'manifest:full-path': path, 'manifest:media-type': type, ...(path === '/' ? { 'manifest:version': '1.3' } : {}) })
  const manifest = el('manifest:manifest', { 'xmlns:manifest': 'urn:oasis:names:tc:opendocument:xmlns:manifest:1.0', 'manifest:version': '1.3' }, entry('/', mediaType), ...['content.xml', 'styles.xml', 'meta.xml'].map((path) => entry(path, 'text/xml')))
  const meta = part('office:document-meta', el('office:meta', {}, el('dc:title', {}, plainNode(title)), el('dc:language', {}, plainNode('zh-TW')), el('meta:generator', {}, plainNode('Windlion'))))
  const files = { mimetype: [new TextEncoder().encode(mediaType), { level: 0 }], 'content.xml': content, 'styles.xml': styles, 'meta.xml': meta, 'META-INF/manifest.xml': new TextEncoder().encode(`<?xml version="1.0" encoding="UTF-8"?>\n${manifest}\n`) } as const
  return Buffer.from(zipSync(files as never, { level: 6, mtime: at }))
}
