import { type Inline, textOf } from '../model.ts'

/** Width in ems: a Chinese character is one, a Latin letter or digit a little over half. */
export function widthOf(text: string): number {
  let width = 0
  for (const character of text) width += character.codePointAt(0)! > 0x2e7f ? 1 : 0.56
  return width
}

/** The inlines in pieces no wider than that, cut after the end of a sentence where there is one, else after a comma, else where it must. Figures stay whole. */
export function splitToFit(inlines: Inline[], width: number): Inline[][] {
  if (widthOf(textOf(inlines)) <= width) return [inlines]
  const pieces: Inline[][] = [[]]
  let used = 0
  for (const inline of inlines.flatMap((each) => (each.type === 'text' ? sentences(each.text, width) : [each]))) {
    const needed = widthOf(textOf([inline]))
    if (used + needed > width && pieces.at(-1)!.length > 0) {
      pieces.push([])
      used = 0
    }
    pieces.at(-1)!.push(inline)
    used += needed
  }
  return pieces
}

function sentences(text: string, width: number): Inline[] {
  const parts = text.match(/[^。；！？\n]*[。；！？\n]+[」』）]*|[^。；！？\n]+$/g) ?? [text]
  return parts.flatMap((part) => shorter(part, width)).map((part) => ({ type: 'text', text: part }))
}

function shorter(part: string, width: number): string[] {
  if (widthOf(part) <= width) return [part]
  const characters = Array.from(part)
  let end = 0
  for (let used = 0; end < characters.length && used <= width; end++) used += widthOf(characters[end]!)
  const comma = characters.slice(0, end - 1).findLastIndex((each) => '，、,'.includes(each)) + 1
  const at = comma > end / 2 ? comma : Math.max(1, end - 1)
  return [characters.slice(0, at).join(''), ...shorter(characters.slice(at).join(''), width)]
}
