import { printable } from '../plain-text.ts'
import { parseDirective } from './directive.ts'
import { type Run, parseInlines, runOf } from './inline.ts'
import type { ParsedText, Problem, SourceBlock, SourceListItem, Vocabulary } from './source.ts'

/** Longest text of one section, in UTF-16 units: some forty pages. */
export const textLengthMax = 100_000

/** Blocks and problems of a section's text. Never throws, whatever people write; what cannot be understood is printed as it stands. */
export function parseText(text: string, vocabulary: Vocabulary): ParsedText {
  const reader = new Reader(printable(text.slice(0, textLengthMax)), vocabulary)
  if (text.length > textLengthMax) {
    reader.problems.push({ line: 1, column: 1, length: 0, message: `這一章超過 ${textLengthMax.toLocaleString('en-US')} 字，後面沒有讀入，請分成兩章`, severity: 'error' })
  }
  while (!reader.atEnd()) reader.block()
  reader.problems.sort((a, b) => a.line - b.line || a.column - b.column)
  return { blocks: reader.blocks, problems: reader.problems }
}

const bullet = /^([ \t]*)(?:[-*]\s+|[•●▶]\s*)(.*)$/
const heading = /^(#{2,6}(?!#)|#(?=\s))\s*(.*)$/
const listDepthMax = 3

class Reader {
  readonly blocks: SourceBlock[] = []
  readonly problems: Problem[] = []
  readonly #lines: string[]
  readonly #vocabulary: Vocabulary
  #next = 0
  #caption = ''

  constructor(text: string, vocabulary: Vocabulary) {
    this.#lines = text.split('\n')
    this.#vocabulary = vocabulary
  }

  atEnd(): boolean {
    return this.#next >= this.#lines.length
  }

  block(): void {
    const line = this.#lines[this.#next]!
    const trimmed = line.trim()
    if (trimmed === '') this.#next += 1
    else if (trimmed.startsWith('::')) this.#directive(trimmed)
    else if (heading.test(trimmed)) this.#heading(trimmed)
    else if (bullet.test(line)) this.#list()
    else if (trimmed.startsWith('|')) this.#table()
    else if (trimmed.startsWith('>')) this.#quote()
    else this.#paragraph()
  }

  #directive(text: string): void {
    const directive = parseDirective(text, this.#next + 1, this.#vocabulary, this.problems)
    this.#next += 1
    if (directive?.type === 'caption') this.#caption = directive.caption
    else if (directive) this.blocks.push(directive)
  }

  #heading(text: string): void {
    const [, marks = '', title = ''] = heading.exec(text) ?? []
    if (marks.length === 1) this.#problem('章名在別處填寫，內文的標題請用「##」', 'warning')
    if (marks.length > 3) this.#problem('標題最多兩層：「##」和「###」', 'warning')
    const column = text.length - title.length + 1
    const inlines = this.#inlines(runOf([{ text: title, line: this.#next + 1, column }]))
    this.blocks.push({ type: 'heading', level: marks.length >= 3 ? 2 : 1, inlines })
    this.#next += 1
  }

  #paragraph(): void {
    const inlines = this.#inlines(runOf(this.#linesWhile((line) => !startsBlock(line))))
    this.blocks.push({ type: 'paragraph', inlines })
  }

  #quote(): void {
    const lines = this.#linesWhile((line) => line.trim().startsWith('>')).map((each) => {
      const text = each.text.replace(/^>\s?/, '')
      return { ...each, text, column: each.column + each.text.length - text.length }
    })
    this.blocks.push({ type: 'quote', inlines: this.#inlines(runOf(lines)) })
  }

  #list(): void {
    const items: SourceListItem[] = []
    const open: { indent: number; items: SourceListItem[] }[] = []
    while (!this.atEnd()) {
      const line = this.#lines[this.#next]!
      const match = bullet.exec(line)
      if (!match) break
      const indent = match[1]!.replaceAll('\t', '    ').length
      while (open.length > 0 && open.at(-1)!.indent > indent) open.pop()
      if (open.length === 0 || (open.at(-1)!.indent < indent && open.length < listDepthMax)) {
        open.push({ indent, items: open.at(-1)?.items.at(-1)?.children ?? items })
      }
      open.at(-1)!.items.push({ inlines: this.#item(match[2]!, line), children: [] })
    }
    this.blocks.push({ type: 'list', items })
  }

  // An item may go on over following lines that are indented.
  #item(text: string, line: string) {
    const first = { text, line: this.#next + 1, column: line.length - text.length + 1 }
    this.#next += 1
    const more = this.#linesWhile((each) => /^[ \t]{2,}\S/.test(each) && !startsBlock(each))
    return this.#inlines(runOf([first, ...more]))
  }

  #table(): void {
    const lines = this.#linesWhile((line) => line.trim().startsWith('|'))
    const rows = lines.map((line) => ({ line, cells: splitCells(line.text) }))
    const ruler = rows[1]?.cells.every((cell) => /^:?-+:?$/.test(cell.text.trim())) ? rows[1].cells : null
    const width = Math.max(...rows.map((row) => row.cells.length))
    const headings = rows[0]!.cells
    if (!ruler) this.#problem('表格第二列要寫「|---|---:|」，冒號在右表示數字欄', 'warning', lines[0]!.line)
    const body = rows.slice(ruler ? 2 : 1)
    const uneven = body.find((row) => row.cells.length !== headings.length)
    if (uneven) this.#problem(`這一列有 ${uneven.cells.length} 欄，標題列有 ${headings.length} 欄`, 'warning', uneven.line.line)
    this.blocks.push({
      type: 'table',
      caption: this.#caption,
      columns: Array.from({ length: width }, (_, i) => ({
        heading: headings[i]?.text.trim() ?? '',
        numeric: /-:$/.test(ruler?.[i]?.text.trim() ?? ''),
      })),
      rows: body.map(({ line, cells }) =>
        Array.from({ length: width }, (_, i) => {
          const cell = cells[i]
          return cell ? this.#inlines(runOf([{ text: cell.text.trim(), line: line.line, column: line.column + cell.offset }])) : []
        }),
      ),
    })
    this.#caption = ''
  }

  #linesWhile(belongs: (line: string) => boolean): { text: string; line: number; column: number }[] {
    const lines: { text: string; line: number; column: number }[] = []
    while (!this.atEnd()) {
      const line = this.#lines[this.#next]!
      if (line.trim() === '' || !belongs(line)) break
      const text = line.trim()
      this.#next += 1
      lines.push({ text, line: this.#next, column: line.indexOf(text) + 1 })
    }
    return lines
  }

  #inlines(run: Run) {
    return parseInlines(run, this.#vocabulary, this.problems)
  }

  #problem(message: string, severity: Problem['severity'], line = this.#next + 1): void {
    this.problems.push({ line, column: 1, length: this.#lines[line - 1]?.length ?? 0, message, severity })
  }
}

function startsBlock(line: string): boolean {
  const trimmed = line.trim()
  return trimmed.startsWith('::') || trimmed.startsWith('|') || trimmed.startsWith('>') || heading.test(trimmed) || bullet.test(line)
}

/** Cells of a table line; a bar inside {{ }} or after a backslash does not divide. */
function splitCells(line: string): { text: string; offset: number }[] {
  const cells: { text: string; offset: number }[] = []
  let start = line.startsWith('|') ? 1 : 0
  let inside = false
  for (let i = start; i < line.length; i++) {
    if (line.startsWith('{{', i)) inside = true
    else if (line.startsWith('}}', i)) inside = false
    else if (line[i] === '\\') i += 1
    else if (line[i] === '|' && !inside) {
      cells.push(cell(line, start, i))
      start = i + 1
    }
  }
  if (line.slice(start).trim() !== '') cells.push(cell(line, start, line.length))
  return cells
}

function cell(line: string, start: number, end: number): { text: string; offset: number } {
  const text = line.slice(start, end)
  return { text, offset: start + text.length - text.trimStart().length }
}
