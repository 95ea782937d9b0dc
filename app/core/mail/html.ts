import { lazily } from '../lazy.ts'

const mailparser = lazily<typeof import('mailparser')>('mailparser')
/** Converting is about linear but slow; beyond this many characters the crude way is taken. */
const htmlCharactersMax = 2_000_000

/** The text of an HTML letter: no scripts, styles or comments, links as `text [address]`. `crude` when the layout was lost. */
export async function htmlToText(html: string): Promise<{ text: string; crude: boolean }> {
  if (html.length <= htmlCharactersMax) {
    const text = await convert(html)
    if (text !== null) return { text: tidyLinks(text), crude: false }
  }
  return { text: stripTags(html), crude: true }
}

async function convert(html: string): Promise<string | null> {
  const head = 'Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n'
  const letter = Buffer.concat([Buffer.from(head), Buffer.from(Buffer.from(html, 'utf8').toString('base64'))])
  try {
    const parsed = await mailparser().simpleParser(letter, { skipTextToHtml: true, skipTextLinks: true, skipImageLinks: true })
    return parsed.text && parsed.text.trim() !== '' ? parsed.text : null
  } catch {
    return null
  }
}

// Patterns have upper bounds, since a crafted letter would otherwise make them scan to its end from every position.
function tidyLinks(text: string): string {
  const safe = text.replace(/ ?\[(?:javascript|vbscript|data|cid|about|file):[^\]\s]{0,2000}\]/gi, '')
  // An address that stands as its own text is not repeated.
  return safe.replace(/ \[(?:mailto:)?([^\]\s]{1,2000}?)\/?\]/g, (whole, url: string, offset: number) => (
    safe.startsWith(url, offset - url.length) ? '' : whole))
}

const crudeCharactersMax = 5_000_000
const droppedElements = /<(script|style|head|title|template|noscript)\b[^>]{0,500}>[\s\S]*?(?:<\/\1\s{0,9}>|$)/gi

function stripTags(html: string): string {
  return html.slice(0, crudeCharactersMax).replace(/<!--[\s\S]*?(?:-->|$)/g, '').replace(droppedElements, '')
    .replace(/<(?:br|\/p|\/div|\/tr|\/li|\/h[1-6])\b[^>]{0,500}>/gi, '\n').replace(/<[^>]*>?/g, '')
    .replace(/&nbsp;/gi, ' ').replace(/&lt;/gi, '<').replace(/&gt;/gi, '>').replace(/&quot;/gi, '"')
    .replace(/&#(\d{1,7});/g, (_, code: string) => codePoint(Number(code)))
    .replace(/&#x([0-9a-f]{1,6});/gi, (_, code: string) => codePoint(parseInt(code, 16)))
    .replace(/&amp;/gi, '&').replace(/(?<![ \t])[ \t]+\n/g, '\n').replace(/\n{3,}/g, '\n\n').trim()
}

function codePoint(code: number): string {
  return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : ''
}
