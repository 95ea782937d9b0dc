import { cutTables, type DrawnTable, readTable } from './drawn-tables.ts'
import { readNumeral } from './numerals.ts'

/** A part of an article: 項 (no number), 款 (一、), 目 （一）, and below it 1. and （1）. */
export type Part = { kind: 'paragraph' | 'subparagraph' | 'item' | 'subitem' | 'table'; /** as written: 一、 */ label: string; /** counted within its parent; 項 from 1 */ no: number; /** of a table: as it was drawn */ text: string; parts: Part[]; table?: DrawnTable }

const kinds = ['paragraph', 'subparagraph', 'item', 'subitem'] as const
export const partNames: Record<Part['kind'], string> = { paragraph: '項', subparagraph: '款', item: '目', subitem: '細目', table: '表' }

const forms: [Exclude<(typeof kinds)[number], 'paragraph'>, RegExp][] = [
  ['subparagraph', /^([〇零一二三四五六七八九十百]+)、/],
  ['item', /^[（(㈠-㈩]([〇零一二三四五六七八九十]*)[）)]?(?<=[）)㈠-㈩])/],
  ['subitem', /^([0-9０-９]{1,3})[.．、](?!\d)/],
]

/**
 * The parts of an article by its lines: a line of its own is a 項, a drawing a table, one that begins with 一、 a 款 of the 項 before it, （一） a 目.
 * Nothing is added or lost: labels and texts put together are the article again, but for indents.
 */
export function partsOf(text: string): Part[] {
  const roots: Part[] = []
  for (const raw of cutTables(text).flatMap(({ table, lines }): (string | string[])[] => (table ? [lines] : lines))) {
    if (typeof raw !== 'string') {
      roots.push({ kind: 'table', label: '', no: roots.filter(({ kind }) => kind === 'table').length + 1, text: raw.join('\n'), parts: [], table: readTable(raw) })
      continue
    }
    const line = raw.trim()
    if (line === '') continue
    const [kind, label] = kindOf(line)
    let siblings = roots
    if (kind !== 'paragraph') {
      for (const wider of kinds.slice(0, kinds.indexOf(kind))) {
        const last = siblings.at(-1)
        if (last?.kind === wider) siblings = last.parts
      }
    }
    const before = siblings.filter((part) => part.kind === kind).length
    siblings.push({ kind, label, no: kind === 'paragraph' ? before + 1 : (numberOf(label) ?? before + 1), text: line.slice(label.length).trim(), parts: [] })
  }
  return roots
}

function kindOf(line: string): [(typeof kinds)[number], string] {
  for (const [kind, form] of forms) {
    const match = form.exec(line)
    if (match) return [kind, match[0]]
  }
  return ['paragraph', '']
}

function numberOf(label: string): number | null {
  const circled = '㈠㈡㈢㈣㈤㈥㈦㈧㈨㈩'.indexOf(label[0]!)
  return circled >= 0 ? circled + 1 : readNumeral(label.replace(/[（()）、.．]/g, ''))
}
