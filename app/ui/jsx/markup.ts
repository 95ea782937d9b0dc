const special = /["&<]/
const specials = /["&<]/g
const entities: Record<string, string> = { '"': '&quot;', '&': '&amp;', '<': '&lt;' }

/** Text as it stands in HTML, between tags or in a quoted attribute. */
export function escaped(text: string): string {
  return special.test(text) ? text.replace(specials, (character) => entities[character]!) : text
}

const voidElements = new Set(['area', 'base', 'br', 'col', 'embed', 'hr', 'img', 'input', 'link', 'meta', 'source', 'track', 'wbr'])
export const isVoid = (tag: string): boolean => voidElements.has(tag)

/** One attribute with a blank before it: alone when true or empty, absent when false; aria-… and data-… write true and false as words. */
export function attribute(name: string, value: unknown): string {
  const written = names.get(name) ?? nameOf(name)
  if (typeof value === 'string') return value === '' ? written : `${written}="${escaped(value)}"`
  if (typeof value === 'number') return `${written}="${value}"`
  if (typeof value === 'boolean') return worded.test(name) ? `${written}="${value}"` : value ? written : ''
  return typeof value === 'function' ? '' : `${written}="${escaped(String(value))}"`
}

const worded = /^(aria-|data-|draggable$|spellcheck$)/

/** Names of attributes as they are written, filled as they are met: there are as many as the components name. */
const names = new Map<string, string>()

function nameOf(name: string): string {
  if (!/^[\w.:-]+$/.test(name)) throw new Error(`not the name of an attribute: ${name}`)
  const written = ` ${name === 'viewBox' ? name : name.toLowerCase()}`
  names.set(name, written)
  return written
}
