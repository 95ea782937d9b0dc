import { strToU8, zipSync } from 'fflate'
import { refusal, type Refusal } from '../errors.ts'
import { UnreadableFile } from '../tabular/table.ts'
import { scanXml } from '../tabular/xml.ts'
import { openArchive } from '../tabular/zip.ts'
import { mask, maskFileName, type Masked } from './mask.ts'

export type PublishedCopy = { name: string; mediaType: string; bytes: Uint8Array; /** what was found and what to review */ masked: Masked }

const odt = 'application/vnd.oasis.opendocument.text'
const docx = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'
const unpackedBytesMax = 50_000_000

/**
 * A file as it may be published: a new one, written from the masked text of the old. So nothing comes along that one does not
 * see: no author, no title, no thumbnail, no comment, no tracked change, no earlier version, no picture. What has no text that can be read
 * with certainty (PDF, pictures, sheets) is refused with what to do instead. `people`: names known to the case, the sender first.
 */
export function publishedCopy(file: { name: string; mediaType: string; bytes: Uint8Array }, people: readonly (string | null | undefined)[] = []): PublishedCopy | Refusal {
  const text = readText(file)
  if (text === null) return refusal('masking.no-text', `「${file.name}」不能自動遮蔽，請改附可以公開的文字檔（odt、docx、txt）`, { field: 'files' })
  const masked = mask(text, people)
  const name = maskFileName(file.name, people)
  if (file.mediaType === 'text/plain') return { name: name.replace(/\.[^.]*$/, '') + '.txt', mediaType: 'text/plain', bytes: strToU8(masked.text), masked }
  return { name: name.replace(/\.[^.]*$/, '') + '.odt', mediaType: odt, bytes: writeOdt(masked.text), masked }
}

function readText({ mediaType, bytes }: { mediaType: string; bytes: Uint8Array }): string | null {
  try {
    if (mediaType === 'text/plain') return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    if (mediaType === odt) return paragraphs(openArchive(bytes, unpackedBytesMax).text('content.xml'), ['p', 'h'], ['tracked-changes', 'annotation'])
    if (mediaType === docx) return paragraphs(openArchive(bytes, unpackedBytesMax).text('word/document.xml'), ['p'], ['del', 'moveFrom', 'delText', 'instrText'])
    return null
  } catch (error) {
    if (error instanceof UnreadableFile || error instanceof TypeError) return null
    throw error
  }
}

/** The text line by line; what is cut into pieces within a paragraph comes together again. `left`: elements whose text is no part of it. */
function paragraphs(xml: string | null, ends: string[], left: string[]): string | null {
  if (xml === null) return null
  let text = ''
  let within = 0
  scanXml(xml, {
    open: (name) => {
      if (within || left.includes(name)) within += 1
      else if (name === 'tab' || name === 's') text += ' '
      else if (name === 'br' || name === 'line-break') text += '\n'
    },
    text: (part) => { if (!within) text += part },
    close: (name) => {
      if (within) within -= 1
      else if (ends.includes(name)) text += '\n'
    },
  })
  return text.replace(/\n{3,}/g, '\n\n').trim()
}

const escape = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

/** Plain paragraphs and nothing else: no meta.xml, no styles of a person's own, a fixed day of writing. */
function writeOdt(text: string): Uint8Array {
  const body = text.split('\n').map((line) => `<text:p>${escape(line).replace(/ {2,}/g, (blanks) => ` <text:s text:c="${blanks.length - 1}"/>`)}</text:p>`).join('')
  const content = `<?xml version="1.0" encoding="UTF-8"?><office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.3"><office:body><office:text>${body}</office:text></office:body></office:document-content>`
  const manifest = `<?xml version="1.0" encoding="UTF-8"?><manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.3"><manifest:file-entry manifest:full-path="/" manifest:version="1.3" manifest:media-type="${odt}"/><manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>`
  const mtime = new Date('2000-01-01T00:00:00Z')
  return zipSync({ mimetype: [strToU8(odt), { level: 0, mtime }], 'content.xml': [strToU8(content), { mtime }], 'META-INF/manifest.xml': [strToU8(manifest), { mtime }] })
}
