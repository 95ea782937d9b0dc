import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'

const source = readFileSync(new URL('./_tokens.scss', import.meta.url), 'utf8')

// Text on ground, and the least contrast: 7 where residents read it, 4.5 elsewhere, 3 for edges of controls and marks.
const pairs: [string, string, number][] = [
  ...['page', 'surface', 'sunk'].flatMap((ground): [string, string, number][] => [['ink', ground, 7], ['sea', ground, 7], ['ink-soft', ground, 7]]),
  ['cape', 'page', 7],
  ['cape', 'surface', 7],
  ['cape', 'cape-wash', 7],
  ['sea', 'sea-wash', 4.5],
  ['ink', 'sea-wash', 7],
  ['amber', 'amber-wash', 7],
  ['ink', 'amber-wash', 7],
  ['on-sea', 'sea', 7],
  ['on-sea', 'sea-deep', 7],
  ['on-cape', 'cape', 7],
  ['on-cape', 'cape-deep', 7],
  ['on-band', 'band', 7],
  ['on-band-soft', 'band', 7],
  ['line-strong', 'page', 3],
  ['line-strong', 'surface', 3],
  ['focus', 'page', 3],
  ['focus', 'surface', 3],
  ['amber-mark', 'page', 3],
  ['chart-1', 'page', 3],
  ['chart-2', 'page', 3],
  ['chart-3', 'page', 3],
  ['chart-4', 'page', 3],
]

describe.each(['light', 'dark'])('in the %s', (scheme) => {
  const colours = coloursOf(scheme)
  test.each(pairs)('%s can be read on %s', (text, ground, least) => {
    expect(contrast(colours[text]!, colours[ground]!)).toBeGreaterThanOrEqual(least)
  })
})

test('no style but the tokens names a colour', () => {
  for (const name of ['base', 'text', 'buttons', 'fields', 'choices', 'files', 'messages', 'tags', 'tables', 'lists', 'facts', 'history', 'navigation', 'figures', 'charts', 'console', 'paper']) {
    const text = readFileSync(new URL(`./_${name}.scss`, import.meta.url), 'utf8')
    expect(text.match(/#[0-9a-f]{3,8}\b|rgb\(/gi) ?? [], name).toEqual(name === 'console' ? ['#ffffff', '#7fdbe6'] : [])
  }
})

function coloursOf(scheme: string): Record<string, string> {
  const block = new RegExp(`@mixin ${scheme} \\{([^}]*)\\}`).exec(source)?.[1] ?? ''
  return Object.fromEntries([...block.matchAll(/--([\w-]+): (#[0-9a-f]{6});/g)].map((match) => [match[1], match[2]!]))
}

/** WCAG 2 contrast of two sRGB colours. */
function contrast(one: string, other: string): number {
  const [lighter, darker] = [luminance(one), luminance(other)].sort((a, b) => b - a) as [number, number]
  return (lighter + 0.05) / (darker + 0.05)
}

function luminance(colour: string): number {
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255
    return part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  }) as [number, number, number]
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}
