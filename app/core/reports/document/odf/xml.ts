/** XML that is already written. */
export type Xml = string & { readonly xml: unique symbol }
export type Content = Xml | Content[] | null | false
type Attributes = Record<string, string | number | null | undefined>

/** An element; attributes that are null are left out, children are written as they stand. */
export function el(name: string, attributes: Attributes = {}, ...children: Content[]): Xml {
  const written = Object.entries(attributes)
    .filter(([, value]) => value !== null && value !== undefined)
    .map(([key, value]) => ` ${key}="${escape(String(value))}"`)
    .join('')
  const inner = flat(children)
  return (inner === '' ? `<${name}${written}/>` : `<${name}${written}>${inner}</${name}>`) as Xml
}

/** People's text; runs of spaces and tabs are kept in the way of ODF, which otherwise folds them. */
export function textNode(text: string): Xml {
  return escape(text)
    .replace(/ {2,}/g, (spaces) => ` <text:s text:c="${spaces.length - 1}"/>`)
    .replaceAll('\t', '<text:tab/>')
    .replaceAll('\n', '<text:line-break/>') as Xml
}

/** Text between tags where ODF has no elements of its own, such as titles and meta data. */
export const plainNode = (text: string): Xml => escape(text) as Xml

/** A document part: declaration, root with the namespaces of ODF, version 1.3. */
export function part(root: string, ...children: Content[]): Uint8Array {
  const document = el(root, { ...namespaces, 'office:version': '1.3' }, ...children)
  return new TextEncoder().encode(`<?xml version="1.0" encoding="UTF-8"?>\n${document}\n`)
}

const flat = (content: Content): string => (Array.isArray(content) ? content.map(flat).join('') : content || '')

// XML 1.0 has no place for most control characters, not even escaped.
const escape = (text: string): string =>
  text
    .toWellFormed()
    // oxlint-disable-next-line no-control-regex
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')

const oasis = 'urn:oasis:names:tc:opendocument:xmlns:'
const namespaces = {
  'xmlns:office': `${oasis}office:1.0`,
  'xmlns:style': `${oasis}style:1.0`,
  'xmlns:text': `${oasis}text:1.0`,
  'xmlns:table': `${oasis}table:1.0`,
  'xmlns:draw': `${oasis}drawing:1.0`,
  'xmlns:presentation': `${oasis}presentation:1.0`,
  'xmlns:fo': `${oasis}xsl-fo-compatible:1.0`,
  'xmlns:svg': `${oasis}svg-compatible:1.0`,
  'xmlns:meta': `${oasis}meta:1.0`,
  'xmlns:xlink': 'http://www.w3.org/1999/xlink',
  'xmlns:dc': 'http://purl.org/dc/elements/1.1/',
}
