import { numeralSigns, readNumeral } from './numerals.ts'
import { numbersOf } from './parse-text.ts'

/** A place of a text that names an article. `law` is the name as found, or null for the law that the text itself belongs to. */
export type Citation = { start: number; end: number; law: string | null; article: string; /** 項 */ paragraph?: number; /** 款 */ subparagraph?: number; /** 目 */ item?: number }

const number = `[${numeralSigns}]+`
const own = '本(?:法|條例|自治條例|規程|規則|細則|辦法|綱要|標準|準則|要點|規定|原則|注意事項)'
const same = '[同該](?:法|條例|自治條例|規程|規則|細則|辦法|綱要|標準|準則|要點)'
const article = `第\\s*(?<article>${number}(?:\\s*[-之]\\s*${number})*)\\s*[條點](?<sub>(?:\\s*之\\s*${number})*)`
const parts = `(?:\\s*第\\s*(?<paragraph>${number})\\s*項)?(?:\\s*第\\s*(?<subparagraph>${number})\\s*款)?(?:\\s*第\\s*(?<item>${number})\\s*目)?`
const sectionSign = `§\\s?(?<section>\\d+(?:-\\d+)*)(?:\\s(?<roman>[IVX]+)(?![A-Za-z]))?`

/**
 * Every article that a text names: 訴願法第14條第1項, 民法第一千一百三十八條, 訴願法 §14 I, 本自治條例第三條, and 「第五條、第六條」 which go on
 * with the law before them. `names`: laws that are known, by every name in use. A bare 「第三條」 counts only where the text is of a law
 * (`isOfLaw`), and then means that law; a bare 「§80」 is of the law named before it.
 */
export function findCitations(text: string, { names, isOfLaw = false }: { names: Iterable<string>; isOfLaw?: boolean }): Citation[] {
  const all = [...names]
  const pattern = patternOf(all)
  const known = new Map(all.map((one) => [one, one]))
  const found: Citation[] = []
  let last = null as { law: string | null; end: number } | null
  for (const match of text.matchAll(pattern)) {
    const { name, own: isOwn, same: isSame } = match.groups!
    const end: number = match.index + match[0].length
    const goesOn: boolean = last !== null && /^[\s、，,及與或和至（(]*(?:同條)?$/.test(text.slice(last.end, match.index))
    // 施行細則 §104 is of the law named last; another paper whose name nobody knows is not
    const unknown = name || isOwn || isSame ? null : /([\p{Script=Han}]*(?:法|條例|規則|辦法|準則|細則|標準|規範|手冊|要點))\s*$/u.exec(text.slice(0, match.index))?.[1]
    if (unknown) {
      const byelaw = unknown.endsWith('施行細則') && last?.law ? known.get(`${last.law.replace(/施行細則$/, '')}施行細則`) : undefined
      const no = numbersOf(match.groups!.section ?? `${match.groups!.article}${match.groups!.sub ?? ''}`)
      if (byelaw && no) found.push({ start: match.index, end, law: byelaw, article: no, ...partsOf(match.groups!) })
      last = byelaw ? { law: byelaw, end } : null
      continue
    }
    const law: string | null | undefined = name ?? (isOwn ? (isOfLaw ? null : undefined) : isSame || goesOn || (match.groups!.section !== undefined && last) ? last?.law : isOfLaw ? null : undefined)
    if (law === undefined) continue
    const no = numbersOf(match.groups!.section ?? `${match.groups!.article}${match.groups!.sub ?? ''}`)
    if (!no) continue
    found.push({ start: match.index, end, law, article: no, ...partsOf(match.groups!) })
    last = { law, end }
  }
  return found
}

function partsOf(groups: Record<string, string | undefined>): Partial<Citation> {
  const read = (written: string | undefined) => (written === undefined ? null : readNumeral(written))
  const [paragraph, subparagraph, item] = [groups.roman ? romanNumeral(groups.roman) : read(groups.paragraph), read(groups.subparagraph), read(groups.item)]
  return { ...(paragraph ? { paragraph } : {}), ...(subparagraph ? { subparagraph } : {}), ...(item ? { item } : {}) }
}

function romanNumeral(written: string): number {
  const values: Record<string, number> = { I: 1, V: 5, X: 10 }
  return [...written].reduce((sum, sign, i, all) => sum + (values[sign]! < (values[all[i + 1]!] ?? 0) ? -values[sign]! : values[sign]!), 0)
}

/** Made once for a set of names: a county has some hundreds. */
let lastPattern: { key: string; pattern: RegExp } | null = null
function patternOf(names: Iterable<string>): RegExp {
  const sorted = [...names].toSorted((a, b) => b.length - a.length || (a < b ? -1 : 1))
  const key = sorted.join('\n')
  if (lastPattern?.key === key) return lastPattern.pattern
  const known = sorted.length ? `(?<name>${sorted.map((name) => name.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')).join('|')})` : '(?<name>(?!))'
  const pattern = new RegExp(`(?:(?:${known}|(?<own>${own})|(?<same>${same}))\\s*)?(?:${article}${parts}|${sectionSign})`, 'gu')
  lastPattern = { key, pattern }
  return pattern
}
