import { rocDateTime } from '../../time.ts'
import { chartOf, tableOf } from './breakdown.ts'
import { type Part, printValue } from './format.ts'
import { type Block, type FigureNote, type Inline, type ListItem, type SourceNote, missingText, nothingCountedText } from './model.ts'
import { printable } from './plain-text.ts'
import type { FigureAnswer, Resolver } from './resolver.ts'
import type { ContextWord, Problem, SourceBlock, SourceInline, SourceListItem } from './text/source.ts'

/** Turns parsed blocks into printed ones; asks for each figure once, however often it is named. */
export class BlockComposer {
  readonly #resolver: Resolver
  readonly #words: Record<ContextWord, string>
  readonly #answers = new Map<string, Promise<FigureAnswer>>()

  constructor(resolver: Resolver, words: Record<ContextWord, string>) {
    this.#resolver = resolver
    this.#words = words
  }

  async section(no: string, source: SourceBlock[]): Promise<{ blocks: Block[]; problems: Problem[] }> {
    const label = labelsOf(no)
    const blocks: Block[] = []
    const problems: Problem[] = []
    for (const block of source) {
      const composed = await this.#block(block, label, problems)
      if (composed) blocks.push(composed)
    }
    return { blocks, problems }
  }

  async figureNotes(): Promise<FigureNote[]> {
    const notes: FigureNote[] = []
    for (const [id, answer] of this.#answers) {
      const { title, definition, source, url, typed, ...measured } = await answer
      notes.push({ id, title, definition, source, url, typed, text: source === 'none' ? missingText : (printValue(measured) ?? nothingCountedText) })
    }
    return notes
  }

  async #block(block: SourceBlock, label: Labels, problems: Problem[]): Promise<Block | null> {
    switch (block.type) {
      case 'paragraph':
      case 'quote':
        return { type: block.type, inlines: await this.#inlines(block.inlines) }
      case 'heading':
        return { type: 'heading', level: block.level, inlines: await this.#inlines(block.inlines) }
      case 'list':
        return { type: 'list', items: await this.#items(block.items) }
      case 'table':
        return {
          type: 'table',
          label: label('表'),
          caption: block.caption,
          columns: block.columns,
          rows: await Promise.all(block.rows.map((row) => Promise.all(row.map((cell) => this.#inlines(cell))))),
          total: null,
          note: null,
        }
      case 'picture':
        return this.#picture(block, label, problems)
      case 'figure-chart':
      case 'figure-table':
        return this.#figureBlock(block, label, problems)
    }
  }

  async #figureBlock(
    block: Extract<SourceBlock, { type: 'figure-chart' | 'figure-table' }>,
    label: Labels,
    problems: Problem[],
  ): Promise<Block> {
    const name = label(block.type === 'figure-chart' ? '圖' : '表')
    const series: { id: string; answer: FigureAnswer; parts: Part[] }[] = []
    for (const id of block.ids) {
      const answer = await this.#answer(id)
      const parts = answer.source === 'none' ? null : await this.#parts(id, answer, block.by)
      if (answer.source !== 'none' && parts === null) {
        problems.push({ ...block.at, length: 0, message: `「${answer.title}」不能這樣拆分`, severity: 'error' })
      }
      if (parts && parts.length > 0) series.push({ id, answer, parts })
    }
    if (series.length === 0) {
      return { type: 'missing', label: name, caption: block.caption, sentence: missingText }
    }
    const note = noteOf(series.map(({ answer }) => answer))
    const shape = { label: name, caption: block.caption, by: block.by, series, note }
    return block.type === 'figure-chart' ? chartOf({ ...shape, kind: block.kind }) : tableOf(shape)
  }

  async #parts(id: string, answer: FigureAnswer, by: Parameters<Resolver['breakdown']>[1] | null) {
    const parts = by === null ? (Array.isArray(answer.value) ? answer.value : null) : await this.#resolver.breakdown(id, by)
    return parts?.map((part) => ({ ...part, label: printable(part.label) })) ?? null
  }

  async #picture(
    { id, caption, alt, at }: Extract<SourceBlock, { type: 'picture' }>,
    label: Labels,
    problems: Problem[],
  ): Promise<Block | null> {
    const picture = await this.#resolver.picture(id)
    if (picture) return { type: 'picture', label: label('圖'), caption, alt, picture }
    problems.push({ ...at, length: 0, message: `找不到圖片「${id}」，請重新上傳`, severity: 'error' })
    return null
  }

  async #items(items: SourceListItem[]): Promise<ListItem[]> {
    return Promise.all(
      items.map(async (item) => ({ inlines: await this.#inlines(item.inlines), children: await this.#items(item.children) })),
    )
  }

  async #inlines(source: SourceInline[]): Promise<Inline[]> {
    return Promise.all(closeUp(source).map((inline) => this.#inline(inline)))
  }

  async #inline(inline: SourceInline): Promise<Inline> {
    switch (inline.type) {
      case 'text':
        return inline
      case 'word':
        return { type: 'text', text: this.#words[inline.word] }
      case 'strong':
        return { type: 'strong', children: await this.#inlines(inline.children) }
      case 'placeholder': {
        const { id, format } = inline
        const { title, definition, source, url, typed, ...measured } = await this.#answer(id)
        const text = printValue(measured, format)
        if (source === 'none') return { type: 'missing', id, text: missingText }
        return { type: 'figure', id, text: printable(text ?? nothingCountedText), title, definition, source, url, typed }
      }
    }
  }

  #answer(id: string): Promise<FigureAnswer> {
    const known = this.#answers.get(id)
    if (known) return known
    const answer = this.#resolver.figure(id).then((found) => ({
      ...found,
      title: printable(found.title),
      definition: printable(found.definition),
      typed: found.typed && { ...found.typed, by: printable(found.typed.by) },
    }))
    this.#answers.set(id, answer)
    return answer
  }
}

// Officers type a space between a Chinese character and {{…}}; the renderers space Chinese and digits themselves, and
// a figure that prints as 9月27日 or （本項…） wants none.
function closeUp(inlines: SourceInline[]): SourceInline[] {
  const isFigure = (inline: SourceInline | undefined): boolean =>
    inline?.type === 'placeholder' || inline?.type === 'word' || (inline?.type === 'strong' && inline.children.some(isFigure))
  return inlines.map((inline, i) => {
    if (inline.type !== 'text') return inline
    let { text } = inline
    if (isFigure(inlines[i + 1])) text = text.replace(/(?<=[\u3000-\u9fff\uff00-\uffef\u{20000}-\u{3ffff}]) +$/u, '')
    if (isFigure(inlines[i - 1])) text = text.replace(/^ +(?=[\u3000-\u9fff\uff00-\uffef\u{20000}-\u{3ffff}])/u, '')
    return { ...inline, text }
  })
}

type Labels = (kind: '圖' | '表') => string

// 圖 8-1: charts and pictures are counted together, tables apart, anew in each section.
function labelsOf(no: string): Labels {
  const count = { 圖: 0, 表: 0 }
  const section = /^\d+$/.test(no) ? String(+no) : '結'
  return (kind) => `${kind} ${section}-${++count[kind]}`
}

function noteOf(answers: FigureAnswer[]): SourceNote | null {
  const typed = answers.find((answer) => answer.source === 'typed')?.typed ?? null
  if (typed) return { text: `登打：${typed.by}，${rocDateTime(typed.at)}`, typed }
  if (answers.some((answer) => answer.source === 'balance')) return { text: '含期初數', typed: null }
  return null
}
