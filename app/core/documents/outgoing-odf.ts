// Where OpenDocument files keep who worked on them, when and where (OpenDocument 1.3, parts 2 and 3).

const emptyMeta =
  '<?xml version="1.0" encoding="UTF-8"?><office:document-meta xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" office:version="1.3"><office:meta/></office:document-meta>'

/** a moment must be one: the same for all */
const noMoment = '1970-01-01T00:00:00'

/** A part's XML without names, moments and the printer's name and paths; meta.xml becomes empty. */
export function cleanOdfPart(name: string, xml: string): string {
  if (/(^|\/)meta\.xml$/.test(name)) return emptyMeta
  if (name === 'META-INF/manifest.xml') return xml.replace(/<manifest:file-entry\b[^>]*full-path=["']Thumbnails\/[^>]*\/>/g, '')
  if (/(^|\/)settings\.xml$/.test(name)) return xml.replace(/(<config:config-item\b[^>]*config:name=["'](?:Printer\w*|CurrentDatabase\w*|\w*(?:Path|URL))["'][^>]*>)[^<]*/g, '$1')
  if (!/(^|\/)(content|styles)\.xml$/.test(name)) return xml
  return xml
    .replace(/<(dc:creator|meta:creator-initials|loext:sender-initials)>[^<]*<\/\1>/g, '<$1></$1>')
    .replace(/<dc:date>[^<]*<\/dc:date>/g, `<dc:date>${noMoment}</dc:date>`)
}

/** What the reader of the file would see and its sender may not know of. */
export function findInOdf(textOf: (name: string) => string): string[] {
  const content = textOf('content.xml')
  return [
    ...(/<(text|table):tracked-changes\b[^>]*>\s*<(text:changed-region|table:)/.test(content) ? ['還有追蹤修訂，收到的人看得到改了什麼'] : []),
    ...(/<office:annotation\b/.test(content) ? ['還有註解，收到的人看得到'] : []),
    ...(/<style:table-properties\b[^>]*table:display=["']false["']/.test(content) ? ['有隱藏的工作表，收到的人可以打開'] : []),
  ]
}
