import { addDays, type Day } from '../time.ts'
import { apply, type Operation, type Standing, standingOf } from './operations.ts'
import { type Article, emptyText, findArticle, type LawText } from './text.ts'

/** One promulgation: from when it was promulgated, from when it is in force, and what it does to the text. */
export type Change = {
  id: number
  /** 公布、發布、下達 */
  promulgatedOn: Day
  /** null: 施行日期另定, not fixed yet */
  effectiveOn: Day | null
  /** order among those of one day */
  seq: number
  operations: Operation[]
}

export type DatedText = Standing & {
  /** the changes that it was computed from, in the order in which they were promulgated */
  basis: Change[]
  /** before anything was in force: 'none'; 'lapsed': its time was over by then (施行期滿，當然廢止), without anybody recording it */
  state: 'none' | 'in-force' | 'suspended' | 'repealed' | 'lapsed'
}

/**
 * The law in force on a day. All changes in force by then are laid over each other in the order of their promulgation, not of their
 * effect: who amended an article later had the earlier amendment before them. Two of one day follow each other, and there is one text.
 */
export function textOn(changes: readonly Change[], day: Day, name = ''): DatedText {
  return computed(changes.filter(({ effectiveOn }) => effectiveOn !== null && effectiveOn <= day), day, name)
}

/** The law with everything promulgated by a day, in force or not: what the next amendment starts from. */
export function promulgatedBy(changes: readonly Change[], day: Day, name = ''): DatedText {
  return computed(changes.filter(({ promulgatedOn }) => promulgatedOn <= day), day, name)
}

/** In force no more on that day, by repeal, declaration or the end of its time. */
export const isOver = ({ state }: Pick<DatedText, 'state'>): boolean => state === 'repealed' || state === 'lapsed'

function computed(changes: readonly Change[], day: Day, name: string): DatedText {
  const basis = changes.toSorted(inOrder)
  const standing = basis.reduce<Standing>((so, change) => apply(so, change.operations), standingOf(emptyText(name)))
  const state = basis.length === 0 ? 'none' : standing.repealed ? 'repealed' : standing.endsOn !== null && standing.endsOn < day ? 'lapsed' : standing.suspended === 'all' ? 'suspended' : 'in-force'
  return { ...standing, basis, state }
}

const inOrder = (a: Change, b: Change): number => (a.promulgatedOn < b.promulgatedOn ? -1 : a.promulgatedOn > b.promulgatedOn ? 1 : a.seq - b.seq)

/** The days on which the text in force became another, earliest first; the day after a law's end date too, unless it was put off by then. */
export function versionDays(changes: readonly Change[]): Day[] {
  const ends = changes.flatMap(({ operations }) => operations.flatMap((operation) => (operation.do === 'end-on' && operation.day ? [addDays(operation.day, 1)] : []))).filter((day) => textOn(changes, day).state === 'lapsed')
  return [...new Set([...changes.flatMap(({ effectiveOn }) => (effectiveOn ? [effectiveOn] : [])), ...ends])].toSorted()
}

/** An article's words over time; `until` is the first day on which they were not in force any more, null while they are. */
export type ArticleSpan = { from: Day; until: Day | null; article: Article; position: number }

/** Every wording of every article that was ever in force, by day: what searches and the history of one article are made of. */
export function articleSpans(changes: readonly Change[]): Map<string, ArticleSpan[]> {
  const spans = new Map<string, ArticleSpan[]>()
  const open = new Map<string, ArticleSpan>()
  for (const day of versionDays(changes)) {
    const standing = textOn(changes, day)
    const units = isOver(standing) ? [] : standing.text.units.filter((unit) => unit.kind === 'heading' || !standing.voided.includes(unit.no))
    const here = new Set<string>()
    for (const [position, unit] of units.entries()) {
      if (unit.kind !== 'article') continue
      here.add(unit.no)
      const before = open.get(unit.no)
      if (before && before.article.text === unit.text && before.article.caption === unit.caption) continue
      if (before) before.until = day
      const span: ArticleSpan = { from: day, until: null, article: unit, position }
      open.set(unit.no, span)
      spans.set(unit.no, [...(spans.get(unit.no) ?? []), span])
    }
    for (const [no, span] of open) {
      if (here.has(no)) continue
      span.until = day
      open.delete(no)
    }
  }
  return spans
}

/** One article on one day, and why it does not bind although its words stand; null when it is not there. */
export function articleOn(changes: readonly Change[], no: string, day: Day): { article: Article; text: LawText; silent: Silent | null } | null {
  const standing = textOn(changes, day)
  const article = isOver(standing) || standing.state === 'none' ? undefined : findArticle(standing.text, no)
  return article ? { article, text: standing.text, silent: silentArticle(standing, no) } : null
}

/** Why an article of the text does not bind: 暫停適用 for a time, 函告無效 for good. */
export const silentNames = { suspended: '暫停適用', void: '函告無效' } as const
export type Silent = keyof typeof silentNames

export function silentArticle({ suspended, voided }: Pick<Standing, 'suspended' | 'voided'>, no: string): Silent | null {
  if (voided.includes(no)) return 'void'
  return suspended === 'all' || suspended.includes(no) ? 'suspended' : null
}
