import { isTableLine as isTable } from './drawn-tables.ts'
import { numeralSigns, readNumeral } from './numerals.ts'
import { type Article, emptyText, type Heading, type LawText, type Level, levels, problemsOf, type Unit } from './text.ts'

export type Parsed = { text: LawText; /** sentences about what reads oddly; empty when all is well */ problems: string[] }

const number = `[${numeralSigns}]+`
const blank = '[ \\t]*'
/** 第16條, 第 16 條之 1, 第16條之1, 第 16-1 條, 第十六條之一, with a caption in brackets, and what follows on the line. */
const articleForm = new RegExp(`^第${blank}(${number}(?:${blank}[-－–—之]${blank}${number})*)${blank}條((?:${blank}之${blank}${number})*)(.*)$`)
const headingForm = new RegExp(`^第${blank}(${number}(?:${blank}[-－–—之]${blank}${number})*)${blank}([${levels.join('')}])((?:${blank}之${blank}${number}(?=[ \\t]|$))*)[ \\t]*(.*)$`)
/** 一、 … 十六之一、 of directions */
const pointForm = new RegExp(`^([〇零一二三四五六七八九十百]+(?:之[一二三四五六七八九十]+)*)、(.*)$`)

/**
 * A law as people paste it from a county's site or a word processor: NBSP and full-width blanks, 「第 1」 and 「條」 on two lines, Chinese
 * and Arabic numbers, lines broken at a fixed width. Text before the first article is the preamble.
 */
export function parseText(pasted: string, name: string): Parsed {
  const lines = levelled(pasted)
  const form = lines.some((line) => isArticle(line)) ? 'article' : 'point'
  const units: Unit[] = []
  const preamble: string[] = []
  let open = null as { article: Article; lines: string[] } | null
  for (const line of lines) {
    const unit: { article: Article; rest: string } | null = form === 'article' ? readArticle(line) : readPoint(line, open?.article ?? null)
    const heading = unit ? null : readHeading(line, open?.lines.at(-1))
    if (unit) {
      open = { article: unit.article, lines: unit.rest ? [unit.rest] : [] }
      units.push(unit.article)
    } else if (heading) {
      units.push(heading)
      open = null
    } else if (open) open.lines.push(line)
    else preamble.push(line)
    if (open) open.article.text = joined(open.lines)
  }
  const text: LawText = { ...emptyText(name, form), preamble: joined(preamble), units }
  const problems = problemsOf(text)
  if (!units.some((each) => each.kind === 'article')) problems.push('讀不出條文：每條請以「第一條」或「第 1 條」開頭，要點以「一、」開頭')
  return { text, problems }
}

/** One line ending, plain blanks, no zero-width signs; a number and its 條 on two lines become one. */
function levelled(pasted: string): string[] {
  const plain = pasted.replace(/\r\n?|\u2028|\u2029/g, '\n').replace(/[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]/g, ' ').replace(/[\u200b-\u200f\u202a-\u202e\u2060\ufeff]/g, '')
  const whole = plain.replace(new RegExp(`^(${blank}第${blank}${number}(?:${blank}[-之]${blank}${number})?)${blank}\\n${blank}([條章節編](?:[ \\t之]|$))`, 'gm'), '$1 $2')
  return whole.split('\n').map((line) => (isTable(line) ? line.trimEnd() : line.trim())).filter((line) => line.trim() !== '')
}

const isArticle = (line: string): boolean => readArticle(line) !== null

function readArticle(line: string): { article: Article; rest: string } | null {
  const match = articleForm.exec(line)
  if (!match) return null
  const no = numbersOf(`${match[1]}${match[2]}`)
  // 「第三條第一項之申請」 in the middle of a sentence that was broken there is no new article
  if (!no || /^(?:[第規之所及、，或與至]|[^\s(（].{0,3}規定)/.test(match[3]!)) return null
  const caption = /^[ \t]*[（(]([^（）()]{1,40})[）)][ \t]*(.*)$/.exec(match[3]!)
  if (caption && caption[1] !== '刪除') return { article: { kind: 'article', no, caption: caption[1]!.trim(), text: '' }, rest: caption[2]!.trim() }
  return { article: { kind: 'article', no, text: '' }, rest: match[3]!.trim() }
}

/** 一、 begins a point only where it follows the point before: within a point 一、 would begin anew. */
function readPoint(line: string, before: Article | null): { article: Article; rest: string } | null {
  const match = pointForm.exec(line)
  const no = match && numbersOf(match[1]!)
  if (!no) return null
  const [main, sub] = no.split('-').map(Number) as [number, number | undefined]
  const [last, lastSub] = (before?.no ?? '0').split('-').map(Number) as [number, number | undefined]
  const follows = sub === undefined ? main === last + 1 : main === last && sub === (lastSub ?? 0) + 1
  return follows ? { article: { kind: 'article', no, text: '' }, rest: match![2]!.trim() } : null
}

/** A heading stands on a line of its own, short and without a full stop. `before`: the line above, which must have ended. */
export function readHeading(line: string, before?: string): Heading | null {
  const match = headingForm.exec(line)
  if (!match || line.length > 60 || /[。；：，]$/.test(line)) return null
  const no = numbersOf(`${match[1]}${match[3]}`)
  if (!no || (before !== undefined && !hasEnded(before))) return null
  if (/^[第規之所及、，或與至項]/.test(match[4]!)) return null
  return { kind: 'heading', level: match[2] as Level, no, title: match[4]!.trim() }
}

/** 16, 十六之一 → 16-1; 16-1 → 16-1. */
export function numbersOf(written: string): string | null {
  const numbers = written.normalize('NFKC').split(/[-–—之]/).map((part) => readNumeral(part.trim()))
  return numbers.some((each) => each === null || each === 0) ? null : numbers.join('-')
}

const hasEnded = (line: string): boolean => /[。：:︰；;）)」』！？]$/.test(line.trim()) || isTable(line)
const beginsPart = (line: string): boolean => /^(?:[〇零一二三四五六七八九十百]+、|[（(][一二三四五六七八九十0-9０-９]+[）)]|[㈠-㈩]|[0-9０-９]{1,3}[.．、](?!\d))/.test(line)

/** Lines that were broken at a fixed width are put together again: a part ends where its sentence does. */
function joined(lines: string[]): string {
  const whole: string[] = []
  for (const line of lines) {
    const last = whole.at(-1)
    const goesOn = last !== undefined && !isTable(line) && !beginsPart(line) && !hasEnded(last)
    if (goesOn) whole[whole.length - 1] = glue(last, line)
    else whole.push(line)
  }
  return whole.join('\n')
}

const glue = (before: string, after: string): string => (/[A-Za-z0-9]$/.test(before) && /^[A-Za-z0-9]/.test(after) ? `${before} ${after}` : before + after)
