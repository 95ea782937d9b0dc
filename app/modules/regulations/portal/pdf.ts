import { fileURLToPath } from 'node:url'
import { partsOf } from '../../../core/laws/structure.ts'
import { articleLabel, articlesOf, headingLabel } from '../../../core/laws/text.ts'
import { answerOf } from '../../../core/own-process.ts'
import { partsOf as partsOfDay, rocLongDay } from '../../../core/time.ts'
import { flatLines, noteOf, type OpenText, sourceLines } from './gazette.ts'

/** One text of one day is set once: some dozens are kept, the one asked for longest ago goes first. */
const keptMax = 30
const kept = new Map<string, Promise<Buffer>>()
let last: Promise<unknown> = Promise.resolve()

/**
 * A law's text as the gazette prints it, a tagged PDF (PDF/UA-1). Takes about a second in a process of its own, one at a time: fonts and
 * layout need some 300 MB that the service must not keep.
 */
export function lawPdf(open: OpenText): Promise<Buffer> {
  const key = `${open.law.code} ${open.on} ${open.standing.basis.map(({ id }) => id).join()}`
  const known = kept.get(key)
  const made = known ?? last.then(() => answerOf(fileURLToPath(new URL('./pdf/process.ts', import.meta.url)), Buffer.from(JSON.stringify(layoutOf(open)))))
  kept.delete(key)
  kept.set(key, made)
  if (kept.size > keptMax) kept.delete(kept.keys().next().value!)
  last = made.catch(() => kept.delete(key))
  return made
}

/** What law.typ lays out: plain data. */
function layoutOf(open: OpenText) {
  const { text } = open.standing
  const noted = noteOf(open.standing)
  const labels = articlesOf(text).map(({ no }) => articleLabel(no, text.form))
  return {
    name: text.name, author: open.county, source: sourceLines(open), date: partsOfDay(open.on), foot: `${rocLongDay(open.on)}有效的條文`,
    hanging: Math.min(Math.max(...labels.map((label) => label.length), 3) + 0.8, 7.8),
    preamble: text.preamble ? text.preamble.split('\n') : [],
    units: text.units.map((unit) => unit.kind === 'heading'
      ? { kind: 'heading', words: `${headingLabel(unit)}　${unit.title}` }
      : { kind: 'article', label: articleLabel(unit.no, text.form), caption: [unit.caption && `（${unit.caption}）`, noted(unit.no) && `〔${noted(unit.no)}〕`].filter(Boolean).join('') || null, lines: flatLines(partsOf(unit.text)) }),
    attachments: text.attachments.map(({ name, text: words }) => ({ name, lines: words.split('\n').filter(Boolean) })),
  }
}
