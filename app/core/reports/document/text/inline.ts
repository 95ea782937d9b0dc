import { type Format, formatNames, taughtFormats, whyNotFormat } from '../format.ts'
import { joinLines } from '../plain-text.ts'
import { nearest } from './nearest.ts'
import { type Position, type Problem, type SourceInline, type Vocabulary, contextWords } from './source.ts'

/** Text of one block with the place in the officer's text that each character came from. */
export interface Run {
  text: string
  at(offset: number): Position
}

/** A run over one line, or over the lines of one paragraph. */
export function runOf(lines: readonly { text: string; line: number; column: number }[]): Run {
  let text = ''
  const starts: { offset: number; line: number; column: number }[] = []
  for (const { text: line, line: number, column } of lines) {
    const joined = joinLines(text, line)
    starts.push({ offset: joined.length - line.length, line: number, column })
    text = joined
  }
  return {
    text,
    at(offset) {
      const start = starts.findLast((each) => each.offset <= offset) ?? starts[0] ?? { offset: 0, line: 1, column: 1 }
      return { line: start.line, column: start.column + Math.max(0, offset - start.offset) }
    },
  }
}

/** The inlines of a run: text, **strong**, {{figure}} and {{figure|form}}; a backslash makes a sign plain. Problems are added to the list. */
export function parseInlines(run: Run, vocabulary: Vocabulary, problems: Problem[]): SourceInline[] {
  const { text } = run
  const outer: SourceInline[] = []
  let strong: { inlines: SourceInline[]; from: number } | null = null
  let plain = ''
  let i = 0
  const into = () => strong?.inlines ?? outer
  const flush = () => {
    if (plain !== '') into().push({ type: 'text', text: plain })
    plain = ''
  }
  while (i < text.length) {
    if (text[i] === '\\' && i + 1 < text.length && escapable.includes(text[i + 1]!)) {
      plain += text[i + 1]
      i += 2
    } else if (text.startsWith('**', i)) {
      flush()
      if (strong) {
        outer.push({ type: 'strong', children: strong.inlines })
        strong = null
      } else strong = { inlines: [], from: i }
      i += 2
    } else if (text.startsWith('{{', i)) {
      const end = text.indexOf('}}', i + 2)
      if (end < 0) {
        problems.push({ ...run.at(i), length: 2, message: '「{{」沒有對應的「}}」，請補上，或改寫成「\\{\\{」', severity: 'error' })
        plain += text.slice(i)
        break
      }
      flush()
      const inline = parsePlaceholder(text.slice(i + 2, end), { ...run.at(i), length: end + 2 - i }, vocabulary, problems)
      if (inline) into().push(inline)
      else into().push({ type: 'text', text: text.slice(i, end + 2) })
      i = end + 2
    } else {
      plain += text[i]
      i += 1
    }
  }
  flush()
  if (strong) {
    problems.push({ ...run.at(strong.from), length: 2, message: '「**」沒有成對，已照原樣印出', severity: 'warning' })
    outer.push({ type: 'text', text: '**' }, ...strong.inlines)
  }
  return outer
}

const escapable = '\\*{}|#->:`'

function parsePlaceholder(
  inside: string,
  span: Position & { length: number },
  vocabulary: Vocabulary,
  problems: Problem[],
): SourceInline | null {
  const [written = '', ...rest] = inside.split('|')
  const id = written.trim()
  const formName = rest.join('|').trim()
  const word = contextWords.get(id)
  if (word) return { type: 'word', word }
  if (!checkFigure(id, span, vocabulary, problems)) return null
  const format: Format | undefined = formName === '' ? 'plain' : formatNames.get(formName)
  if (!format) {
    const message = `不認得的格式「${clip(formName)}」，可用的有：${taughtFormats.join('、')}`
    problems.push({ ...span, message, severity: 'error' })
    return null
  }
  const why = whyNotFormat(vocabulary.figures.get(id)!.kind, format)
  if (why) {
    problems.push({ ...span, message: why, severity: 'error' })
    return null
  }
  return { type: 'placeholder', id, format, at: { line: span.line, column: span.column } }
}

/** Whether there is such a figure; if not, a problem that names those which look like it. */
export function checkFigure(
  id: string,
  span: Position & { length: number },
  vocabulary: Vocabulary,
  problems: Problem[],
): boolean {
  if (vocabulary.figures.has(id)) return true
  const titles = [...vocabulary.figures].map(([known, { title }]) => [known, title] as const)
  const like = nearest(id, [...titles, ...[...contextWords.keys()].map((word) => [word, word] as const)])
  const named = like.map((each) => {
    const title = vocabulary.figures.get(each)?.title
    return title ? `${each}（${title}）` : each
  })
  const hint = named.length > 0 ? `您是不是要用：${named.join('、')}` : '請從指標清單選一項'
  const message = id === '' ? '大括號裡沒有指標名稱' : `沒有「${clip(id)}」這項指標。${hint}`
  problems.push({ ...span, message, severity: 'error' })
  return false
}

export const clip = (text: string): string => (text.length <= 40 ? text : `${Array.from(text).slice(0, 40).join('')}…`)
