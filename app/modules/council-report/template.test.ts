import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { parseText } from '../../core/reports/document/text/parse.ts'
import type { SourceInline, Vocabulary } from '../../core/reports/document/text/source.ts'
import { catalogue } from './catalogue.ts'
import { closingTemplate, sectionTemplates } from './template/index.ts'

const vocabulary: Vocabulary = { figures: new Map(catalogue.map((figure) => [figure.id, figure])), pictures: null }
const contractPath = new URL('../../../../shared/domain/council-report.md', import.meta.url)

test('the report has fifteen sections and a closing chapter, each with the unit that answers for it', () => {
  expect(sectionTemplates.map((section) => section.no)).toEqual(Array.from({ length: 15 }, (_, i) => String(i + 1).padStart(2, '0')))
  for (const section of [...sectionTemplates, closingTemplate]) {
    expect(section.unitName, section.no).toMatch(/科$|^行政處$/)
    expect(section.text.trim(), section.no).not.toBe('')
  }
})

test.each([...sectionTemplates, closingTemplate])('section $no $title is written without a mistake', ({ text }) => {
  expect(parseText(text, vocabulary).problems).toEqual([])
})

test('every figure is named in the section that it belongs to', () => {
  for (const { no, text } of sectionTemplates) {
    const named = figuresIn(text)
    const expected = catalogue.filter((figure) => figure.section === no).map((figure) => figure.id)
    expect(expected.filter((id) => !named.has(id)), no).toEqual([])
  }
})

test('a figure has one name, one sentence and one place', () => {
  expect(new Set(catalogue.map((figure) => figure.id)).size).toBe(catalogue.length)
  for (const { id, definition, kind, unit } of catalogue) {
    expect(definition.match(/。/g), id).toHaveLength(1)
    expect(definition.endsWith('。'), id).toBe(true)
    expect(unit === '', id).toBe(kind === 'rate' || kind === 'date')
  }
})

test('the texts themselves hold no number: all come from records', () => {
  for (const { no, text } of sectionTemplates) {
    const written = parseText(text, vocabulary).blocks.map((block) => ('inlines' in block ? plain(block.inlines) : '')).join('')
    // The year of the card, the hotline, the full mark of the questionnaire and the article of the law are names, not counts.
    expect(written.replace(/106年|1999|5分/g, ''), no).not.toMatch(/\d/)
  }
})

describe.skipIf(!existsSync(contractPath))('the contract of the report (skipped where its text is not at hand)', () => {
  const rows = existsSync(contractPath)
    ? [...readFileSync(contractPath, 'utf8').matchAll(/^\| (\d\d) \| `([a-z0-9_.]+)` \| ([a-z]+) \|/gm)].map(([, section, id, kind]) => ({ section, id, kind }))
    : []

  test('every figure of it is in the catalogue, of the same kind and in the same section, and no other claims to be', () => {
    expect(rows.length).toBeGreaterThan(60)
    expect(catalogue.filter((figure) => figure.contract).map(({ section, id, kind }) => ({ section, id, kind }))).toEqual(rows)
  })
})

function figuresIn(text: string): Set<string> {
  return new Set([...text.matchAll(/[a-z_]+(?:\.[a-z0-9_]+)+/g)].map((match) => match[0]))
}

function plain(inlines: SourceInline[]): string {
  return inlines.map((inline) => (inline.type === 'text' ? inline.text : inline.type === 'strong' ? plain(inline.children) : '')).join('')
}
