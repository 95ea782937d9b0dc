import { UnreadableFile } from './table.ts'

export type XmlHandler = {
  /** name without its namespace prefix; `attributes` reads one by its full name on request */
  open?(name: string, attributes: (name: string) => string | null): void
  /** characters between tags, references resolved */
  text?(text: string): void
  close?(name: string): void
}

/**
 * Walks through an XML text without building a tree. Knows the five predefined and the numeric references and no others:
 * a document type is refused, so nothing can expand and nothing is fetched. Throws UnreadableFile when malformed.
 */
export function scanXml(xml: string, handler: XmlHandler): void {
  const open: string[] = []
  let at = 0
  while (at < xml.length) {
    const tag = xml.indexOf('<', at)
    const end = tag < 0 ? xml.length : tag
    if (end > at && open.length > 0) handler.text?.(resolve(xml.slice(at, end)))
    if (tag < 0) break
    at = scanTag(xml, tag, open, handler)
  }
  if (open.length > 0) throw malformed()
}

function scanTag(xml: string, tag: number, open: string[], handler: XmlHandler): number {
  if (xml.startsWith('<!--', tag)) return after(xml, '-->', tag + 4)
  if (xml.startsWith('<?', tag)) return after(xml, '?>', tag + 2)
  if (xml.startsWith('<![CDATA[', tag)) {
    const end = after(xml, ']]>', tag + 9)
    if (open.length > 0) handler.text?.(xml.slice(tag + 9, end - 3))
    return end
  }
  if (xml.startsWith('<!', tag)) throw new UnreadableFile('檔案內含文件型別宣告（DOCTYPE），為了安全不予讀取')
  const end = tagEnd(xml, tag)
  if (xml[tag + 1] === '/') {
    const name = xml.slice(tag + 2, end).trim()
    if (open.pop() !== name) throw malformed()
    handler.close?.(localName(name))
    return end + 1
  }
  const isEmpty = xml[end - 1] === '/'
  const inside = xml.slice(tag + 1, isEmpty ? end - 1 : end)
  const name = /^[^\s]+/.exec(inside)?.[0]
  if (!name) throw malformed()
  if (open.length > depthMax) throw malformed()
  handler.open?.(localName(name), (attribute) => readAttribute(inside, attribute))
  if (isEmpty) handler.close?.(localName(name))
  else open.push(name)
  return end + 1
}

// Spreadsheets nest a dozen levels.
const depthMax = 200

// A ">" inside an attribute's quotes does not end the tag.
function tagEnd(xml: string, tag: number): number {
  let end = xml.indexOf('>', tag)
  if (end < 0) throw malformed()
  let quote = firstQuote(xml, tag, end)
  while (quote >= 0) {
    const closing = xml.indexOf(xml[quote]!, quote + 1)
    if (closing < 0) throw malformed()
    if (closing > end) end = xml.indexOf('>', closing)
    if (end < 0) throw malformed()
    quote = firstQuote(xml, closing + 1, end)
  }
  return end
}

function firstQuote(xml: string, from: number, to: number): number {
  for (let i = from; i < to; i++) {
    const code = xml.charCodeAt(i)
    if (code === 0x22 || code === 0x27) return i
  }
  return -1
}

function readAttribute(inside: string, name: string): string | null {
  let at = 0
  for (;;) {
    at = inside.indexOf(name, at)
    if (at < 0) return null
    const before = inside.charCodeAt(at - 1)
    at += name.length
    if (before !== 0x20 && before !== 0x0a && before !== 0x0d && before !== 0x09) continue
    const value = /^\s*=\s*(?:"([^"]*)"|'([^']*)')/.exec(inside.slice(at))
    if (value) return resolve(value[1] ?? value[2] ?? '')
  }
}

const predefined: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

function resolve(text: string): string {
  if (!text.includes('&')) return text
  return text.replace(/&([^;]{0,10});?/g, (_, reference: string) => {
    const known = predefined[reference]
    if (known !== undefined) return known
    const code = /^#(?:x([0-9a-f]+)|(\d+))$/i.exec(reference)
    const point = code ? (code[1] ? parseInt(code[1], 16) : Number(code[2])) : NaN
    if (!(point >= 0 && point <= 0x10ffff)) throw malformed()
    return String.fromCodePoint(point)
  })
}

function after(xml: string, sign: string, from: number): number {
  const at = xml.indexOf(sign, from)
  if (at < 0) throw malformed()
  return at + sign.length
}

const localName = (name: string): string => name.slice(name.indexOf(':') + 1)

const malformed = (): UnreadableFile => new UnreadableFile('檔案內的 XML 不完整，請重新另存新檔後再匯入')
