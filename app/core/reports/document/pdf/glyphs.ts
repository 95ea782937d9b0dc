/**
 * Characters that the fonts cannot print, made visible: 〔缺字 U+20BB7〕. A PDF for everyone must not contain a box without a
 * meaning, and a name must not lose a character without a word.
 */
export function visibleGlyphs(text: string, printable: (codePoint: number) => boolean): string {
  if (/^[\x20-\x7e\n]*$/.test(text)) return text
  let made = ''
  for (const character of text) {
    const point = character.codePointAt(0)!
    if (character === '\n' || character === '\t' || printable(point)) made += character
    else if (!isVariationSelector(point)) made += `〔缺字 U+${point.toString(16).toUpperCase().padStart(4, '0')}〕`
  }
  return made
}

// Without its selector the character still shows, in its usual form.
const isVariationSelector = (point: number): boolean => (point >= 0xfe00 && point <= 0xfe0f) || (point >= 0xe0100 && point <= 0xe01ef)

/** The same for every text inside a plain value; bytes and dates are left alone. */
export function withVisibleGlyphs<T>(value: T, printable: (codePoint: number) => boolean): T {
  if (typeof value === 'string') return visibleGlyphs(value, printable) as T
  if (Array.isArray(value)) return value.map((each) => withVisibleGlyphs(each, printable)) as T
  if (value === null || typeof value !== 'object' || value instanceof Date || value instanceof Uint8Array) return value
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, key === 'url' ? each : withVisibleGlyphs(each, printable)])) as T
}
