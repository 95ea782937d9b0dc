import { isDeepStrictEqual } from 'node:util'
import { apply, type Operation, standingOf } from './operations.ts'
import { type Article, articlesOf, isDeleted, type LawText, placesOf, type Unit } from './text.ts'

/**
 * The operations that make `after` out of `before`: what an office does when it writes the whole new text. Applied to `before` they
 * give `after` exactly, unit by unit; this is checked each time.
 */
export function operationsBetween(before: LawText, after: LawText): Operation[] {
  const operations = [...frame(before, after), ...articles(before, after)]
  const so = apply(standingOf(before), operations).text
  operations.push(...arrange(so.units, after.units))
  if (!isDeepStrictEqual(apply(standingOf(before), operations).text, after)) throw new Error('the operations between two texts do not give the second')
  return operations
}

function frame(before: LawText, after: LawText): Operation[] {
  const attachments = isDeepStrictEqual(before.attachments, after.attachments)
    ? []
    : [...before.attachments.map(({ name }): Operation => ({ do: 'detach', name })), ...after.attachments.map((attachment): Operation => ({ do: 'attach', attachment }))]
  return [
    ...(before.name === after.name ? [] : [{ do: 'rename', name: after.name } as const]),
    ...(before.form === after.form ? [] : [{ do: 'set-form', form: after.form } as const]),
    ...(before.preamble === after.preamble ? [] : [{ do: 'set-preamble', text: after.preamble } as const]),
    ...attachments,
  ]
}

function articles(before: LawText, after: LawText): Operation[] {
  const old = new Map(articlesOf(before).map((article) => [article.no, article]))
  const wanted = new Map(articlesOf(after).map((article) => [article.no, article]))
  const moves = movesBetween(old, wanted)
  const from = new Set(moves.map(([no]) => no))
  const to = new Set(moves.map(([, no]) => no))
  const gone = [...old.keys()].filter((no) => !from.has(no) && (!wanted.has(no) || to.has(no)))
  const changed = [...wanted.values()].filter(({ no }) => old.has(no) && !from.has(no) && !to.has(no) && !sameArticle(old.get(no)!, wanted.get(no)!))
  return [
    ...gone.map((place): Operation => ({ do: 'remove', place })),
    ...(moves.length ? [{ do: 'renumber', moves } as const] : []),
    ...changed.map((article): Operation => (article.text === '（刪除）' && !article.caption ? { do: 'delete-article', no: article.no } : { do: 'replace-article', no: article.no, text: article.text, ...(article.caption ? { caption: article.caption } : {}) })),
  ]
}

/** 條次變更: an article whose words stand, unchanged and only once, under another number. */
function movesBetween(old: Map<string, Article>, wanted: Map<string, Article>): [string, string][] {
  const key = (article: Article) => JSON.stringify([article.caption ?? '', article.text])
  const only = (all: Map<string, Article>) => {
    const found = new Map<string, string | null>()
    for (const article of all.values()) if (!isDeleted(article)) found.set(key(article), found.has(key(article)) ? null : article.no)
    return found
  }
  const [before, after] = [only(old), only(wanted)]
  return [...before].flatMap(([words, no]): [string, string][] => {
    const now = after.get(words)
    return no && now && now !== no ? [[no, now]] : []
  })
}

const sameArticle = (a: Article, b: Article): boolean => a.text === b.text && a.caption === b.caption

/** Puts units in, takes headings out and moves what stands elsewhere: whatever is not common to both in the same order. */
function arrange(so: readonly Unit[], wanted: readonly Unit[]): Operation[] {
  const [places, goals] = [placesOf(so), placesOf(wanted)]
  const kept = common(places, goals)
  const keptPlaces = new Set(kept)
  const removed = places.map((place, i) => ({ place, i })).filter(({ place }) => !keptPlaces.has(place)).reverse()
  const inserted = wanted.flatMap((unit, i): Operation[] => (keptPlaces.has(goals[i]!) ? [] : [{ do: 'insert', unit, after: i === 0 ? null : goals[i - 1]! }]))
  const headings = wanted.flatMap((unit, i): Operation[] => {
    if (unit.kind !== 'heading' || !keptPlaces.has(goals[i]!)) return []
    return isDeepStrictEqual(so[places.indexOf(goals[i]!)], unit) ? [] : [{ do: 'replace-heading', place: goals[i]!, heading: unit }]
  })
  // from the end: a heading's name depends on those before it
  return [...removed.map(({ place }): Operation => ({ do: 'remove', place })), ...inserted, ...headings]
}

/** The longest run of names that both have in the same order. */
function common(a: readonly string[], b: readonly string[]): string[] {
  let start = 0
  while (start < a.length && start < b.length && a[start] === b[start]) start += 1
  let end = 0
  while (end < a.length - start && end < b.length - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end += 1
  const [left, right] = [a.slice(start, a.length - end), b.slice(start, b.length - end)]
  const width = right.length + 1
  const lengths = new Uint16Array((left.length + 1) * width)
  for (let i = left.length - 1; i >= 0; i--) {
    for (let j = right.length - 1; j >= 0; j--) {
      lengths[i * width + j] = left[i] === right[j] ? lengths[(i + 1) * width + j + 1]! + 1 : Math.max(lengths[(i + 1) * width + j]!, lengths[i * width + j + 1]!)
    }
  }
  const middle: string[] = []
  for (let i = 0, j = 0; i < left.length && j < right.length; ) {
    if (left[i] === right[j]) {
      middle.push(left[i]!)
      i += 1
      j += 1
    } else if (lengths[(i + 1) * width + j]! >= lengths[i * width + j + 1]!) i += 1
    else j += 1
  }
  return [...a.slice(0, start), ...middle, ...a.slice(a.length - end)]
}
