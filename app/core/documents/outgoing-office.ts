import { strToU8, type Zippable, zipSync } from 'fflate'
import { type Archive, decodeXml, openArchive } from '../tabular/zip.ts'
import { cleanOdfPart, findInOdf } from './outgoing-odf.ts'
import { cleanOoxmlPart, findInOoxml, isLeftOutOfOoxml } from './outgoing-ooxml.ts'
import { withoutCameraData } from './picture-file.ts'

const odf = /^application\/vnd\.oasis\.opendocument\.(text|spreadsheet|presentation)$/
const ooxml = /^application\/vnd\.openxmlformats-officedocument\./

export const isOfficeFile = (mediaType: string): boolean => odf.test(mediaType) || ooxml.test(mediaType)

/** as much as accept.ts lets in */
const unpackedBytesMax = 200 * 1024 * 1024
/** the earliest that a zip can say, as it is written in the zone of this machine */
const mtime = new Date(1980, 0, 1)
const thumbnail = /^(Thumbnails\/|docProps\/thumbnail\.)/i
const signature = /^(META-INF\/[^/]*signatures?\.xml|_xmlsignatures\/)/i

/**
 * The same document, part by part, without names, times, paths and small pictures; what is written in it stays. A signed one stays
 * as it is, since any change would break the signature. Throws UnreadableFile when it is broken or has a password.
 */
export function cleanOffice(mediaType: string, bytes: Buffer): { bytes: Uint8Array; found: string[] } {
  const archive = openArchive(bytes, unpackedBytesMax)
  const names = archive.names()
  const textOf = (name: string): string => archive.text(name) ?? ''
  const found = odf.test(mediaType) ? findInOdf(textOf) : findInOoxml(names, textOf)
  if (names.some((name) => signature.test(name))) return { bytes, found: ['有電子簽章，裡面的作者等資料沒有清除', ...found] }
  const clean = odf.test(mediaType) ? cleanOdfPart : cleanOoxmlPart
  const goes = (name: string) => thumbnail.test(name) || (ooxml.test(mediaType) && isLeftOutOfOoxml(name))
  const parts: Zippable = {}
  for (const name of names.filter((each) => !goes(each))) {
    const part = partOf(archive, name, clean)
    parts[name] = [part, { level: name === 'mimetype' || /\.(png|jpe?g|gif)$/i.test(name) ? 0 : 6, mtime }]
  }
  return { bytes: zipSync(parts), found }
}

function partOf(archive: Archive, name: string, clean: (name: string, xml: string) => string): Uint8Array {
  const part = archive.bytes(name)
  if (!part) return new Uint8Array()
  if (/\.(png|jpe?g)$/i.test(name)) return withoutCameraData(part)
  if (!/\.(xml|rels|rdf)$/i.test(name)) return part
  const xml = decodeXml(part)
  const cleaned = clean(name, xml)
  return cleaned === xml ? part : strToU8(cleaned.replace(/^(<\?xml[^>]*encoding=["'])[^"']+/, '$1UTF-8'))
}
