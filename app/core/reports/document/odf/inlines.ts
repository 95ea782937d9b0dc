import { rocDateTime } from '../../../time.ts'
import { type FigureInline, type Inline, textOf } from '../model.ts'
import { type Xml, el, textNode } from './xml.ts'

/**
 * Inlines as spans; figures become links where there is an address to open. Uses the styles Strong, Missing, Typed and Figure.
 * `spaceLinks`: Impress does not space Chinese and digits around a link as it does in text, so the space is written.
 */
export function inlineXml(inlines: readonly Inline[], baseUrl: string, options: { spaceLinks?: boolean } = {}, before = '', after = ''): Xml[] {
  return inlines.flatMap((inline, i): Xml[] => {
    const previous = textOf(inlines.slice(0, i)) || before
    const next = textOf(inlines.slice(i + 1)) || after
    switch (inline.type) {
      case 'text':
        return [textNode(inline.text)]
      case 'strong':
        return [el('text:span', { 'text:style-name': 'Strong' }, inlineXml(inline.children, baseUrl, options, previous, next))]
      case 'missing':
        return [el('text:span', { 'text:style-name': 'Missing' }, textNode(inline.text))]
      case 'figure': {
        const opened = numberXml(inline, baseUrl, options.spaceLinks ? { previous, next } : null)
        if (inline.source !== 'typed') return opened
        const mark = inline.typed ? `〔登打：${inline.typed.by}，${rocDateTime(inline.typed.at)}〕` : '〔登打〕'
        return [...opened, el('text:span', { 'text:style-name': 'Typed' }, textNode(mark))]
      }
    }
  })
}

function numberXml({ text, url }: FigureInline, baseUrl: string, around: { previous: string; next: string } | null): Xml[] {
  const isLink = url !== null && baseUrl !== ''
  // No-break spaces keep a number and its unit on one line; where the program spaces them itself, none is needed.
  const words = around && !isLink ? text.replace(/ (?=[\u3400-\u9fff])/g, '') : text
  const number = textNode(words.replaceAll(' ', '\u00a0'))
  if (!isLink) return [number]
  const link = linkXml(baseUrl + url, number, 'Figure')
  const space = (needed: boolean) => (needed ? [textNode(' ')] : [])
  if (!around) return [link]
  return [
    ...space(/[\u3400-\u9fff]$/.test(around.previous) && /^[!-~]/.test(text)),
    link,
    ...space(/^[\u3400-\u9fff]/.test(around.next) && /[!-~]$/.test(text)),
  ]
}

export function linkXml(url: string, content: Xml, style: string | null): Xml {
  return el('text:a', { 'xlink:type': 'simple', 'xlink:href': url, 'text:style-name': style, 'text:visited-style-name': style }, content)
}
