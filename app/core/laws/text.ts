import { chineseNumeral } from './numerals.ts'

/** `16`, `16-1` (第十六條之一), `3-1-2`: how an article is named in addresses and operations, whatever the law writes. */
export type ArticleNo = string

/** 編章節款目: above articles, from the widest to the narrowest. */
export const levels = ['編', '章', '節', '款', '目'] as const
export type Level = (typeof levels)[number]

export type Article = { kind: 'article'; no: ArticleNo; /** 條旨, where the law gives its articles titles */ caption?: string; /** lines are 項, 款, 目; tables keep their drawing, read by drawn-tables.ts */ text: string }
export type Heading = { kind: 'heading'; level: Level; /** 1, 3-1 (第三章之一) */ no: string; title: string }
export type Unit = Article | Heading

/** 附件, 附表: named, with its text or table where there is one; files are kept as documents by content hash. */
export type Attachment = { name: string; text: string; sha256?: string; mediaType?: string; bytes?: number; address?: string }

/** A whole law as it reads at one time. */
export type LawText = {
  name: string
  /** 條, or 點 of directions that have 一、二、三、 */
  form: 'article' | 'point'
  /** 前言 */
  preamble: string
  units: Unit[]
  attachments: Attachment[]
}

export const emptyText = (name: string, form: LawText['form'] = 'article'): LawText => ({ name, form, preamble: '', units: [], attachments: [] })

/** What stands where an article was deleted: its number is not used again. */
export const deletedText = '（刪除）'
export const isDeleted = (article: Article): boolean => /^[（(]刪除[）)]$/.test(article.text.trim())

export const articlesOf = (text: LawText): Article[] => text.units.filter((unit) => unit.kind === 'article')

export const findArticle = (text: LawText, no: ArticleNo): Article | undefined => text.units.find((unit): unit is Article => unit.kind === 'article' && unit.no === no)

/** 第十六條之一, or 十六之一、 of directions. */
export function articleLabel(no: ArticleNo, form: LawText['form']): string {
  const [main, ...subs] = no.split('-').map((part) => chineseNumeral(Number(part)))
  const after = subs.map((sub) => `之${sub}`).join('')
  return form === 'article' ? `第${main}條${after}` : `${main}${after}、`
}

/** 第十六條之一, 第十六點之一: within a sentence. */
export function articleName(no: ArticleNo, form: LawText['form']): string {
  return form === 'article' ? articleLabel(no, form) : articleLabel(no, 'article').replace('條', '點')
}

/** 第三章之一 */
export function headingLabel({ level, no }: Heading): string {
  const [main, ...subs] = no.split('-').map((part) => chineseNumeral(Number(part)))
  return `第${main}${level}${subs.map((sub) => `之${sub}`).join('')}`
}

/** 16 < 16-1 < 17: the order of numbers in a law. */
export function compareNos(a: ArticleNo, b: ArticleNo): number {
  const [one, other] = [a.split('-').map(Number), b.split('-').map(Number)]
  for (let i = 0; i < Math.max(one.length, other.length); i++) {
    const difference = (one[i] ?? 0) - (other[i] ?? 0)
    if (difference) return difference
  }
  return 0
}

/**
 * The name of each unit within its law, in order: `16-1` for an article, `1編/2章` for a heading, which is counted anew below each
 * wider one. So a place can be named in one law at one time.
 */
export function placesOf(units: readonly Unit[]): string[] {
  const above: Heading[] = []
  return units.map((unit) => {
    if (unit.kind === 'article') return unit.no
    while (above.length && levels.indexOf(above.at(-1)!.level) >= levels.indexOf(unit.level)) above.pop()
    above.push(unit)
    return above.map(({ no, level }) => `${no}${level}`).join('/')
  })
}

/** What is wrong with a text, as sentences: numbers that occur twice or stand out of order. */
export function problemsOf(text: LawText): string[] {
  const problems: string[] = []
  const seen = new Set<string>()
  for (const place of placesOf(text.units)) {
    if (seen.has(place)) problems.push(`「${/[章編節款目]/.test(place) ? place : articleName(place, text.form)}」出現兩次`)
    seen.add(place)
  }
  const nos = articlesOf(text).map(({ no }) => no)
  for (let i = 1; i < nos.length; i++) {
    if (compareNos(nos[i - 1]!, nos[i]!) > 0) problems.push(`${articleName(nos[i]!, text.form)}排在${articleName(nos[i - 1]!, text.form)}後面，請確認順序`)
  }
  for (const article of articlesOf(text)) if (article.text.trim() === '') problems.push(`${articleName(article.no, text.form)}沒有條文`)
  return problems
}
