import { partsOf } from '../../../core/laws/structure.ts'
import { articleLabel, articlesOf, type Attachment, headingLabel } from '../../../core/laws/text.ts'
import { paperOdt } from '../../../core/reports/paper/odt.ts'
import type { Paper, PaperLine } from '../../../core/reports/paper/paper.ts'
import { paperPdf } from '../../../core/reports/paper/pdf.ts'
import { rocLongDay } from '../../../core/time.ts'
import { attachmentPath } from '../paths.ts'
import { flatLines, noteOf, type OpenText, sourceLines } from './gazette.ts'

/** A law's text as the gazette prints it: name, where it came from in small type, headings centred, articles with hanging numbers, tables as tables. */
function paperOf(open: OpenText): Paper {
  const { on, standing: { text } } = open
  const noted = noteOf(open.standing)
  const lines: PaperLine[] = [
    ...sourceLines(open).map((line): PaperLine => ({ style: 'source', text: line })),
    ...(text.preamble ? text.preamble.split('\n').map(flush) : []),
    ...text.units.flatMap((unit): PaperLine[] => {
      if (unit.kind === 'heading') return [{ style: 'heading', text: `${headingLabel(unit)}　${unit.title}` }]
      const said = [unit.caption && `（${unit.caption}）`, noted(unit.no) && `〔${noted(unit.no)}〕`].filter(Boolean).join('')
      const article = articleLabel(unit.no, text.form)
      // caption or note stands beside the number, the words below; with neither the words do
      const rows: PaperLine[] = flatLines(partsOf(unit.text)).map(({ depth, label, words, table }) => (table ? { style: 'table', ...table } : { style: 'line', depth: Math.min(depth, 3) as 0 | 1 | 2 | 3, text: label + words }))
      const first = rows[0]
      return first?.style === 'line' && !said ? [{ style: 'item', label: article, text: first.text }, ...rows.slice(1)] : [{ style: 'item', label: article, text: said }, ...rows]
    }),
    ...text.attachments.flatMap(({ name, text: words, sha256, address }): PaperLine[] => [{ style: 'heading', text: name }, ...words.split('\n').filter(Boolean).map(flush), ...linkOf(open, { sha256, address })]),
    { style: 'source', text: `${rocLongDay(on)}有效的條文` },
  ]
  const widest = Math.max(3, ...articlesOf(text).map(({ no }) => articleLabel(no, text.form).length))
  // 12 pt is 4.23 mm a character
  return { title: text.name, on, lines, author: open.county, hanging: Math.min((widest + 0.8) * 4.23, 33) }
}

/** Where the file of an attachment lies. */
const linkOf = ({ law, origin }: OpenText, { sha256, address }: Pick<Attachment, 'sha256' | 'address'>): PaperLine[] => {
  const at = address ?? (sha256 ? `${origin}${attachmentPath(law.code, sha256)}` : null)
  return at ? [{ style: 'plain', text: `檔案：${at}` }] : []
}

const flush = (text: string): PaperLine => ({ style: 'line', depth: 0, text })

export const lawOdt = (open: OpenText): Buffer => paperOdt(paperOf(open))

/** One text of one day is set once: some dozens are kept, the one asked for longest ago goes first. */
const keptMax = 30
const kept = new Map<string, Promise<Buffer>>()

export function lawPdf(open: OpenText): Promise<Buffer> {
  const key = `${open.law.code} ${open.on} ${open.standing.basis.map(({ id }) => id).join()}`
  const made = kept.get(key) ?? paperPdf(paperOf(open))
  kept.delete(key)
  kept.set(key, made)
  if (kept.size > keptMax) kept.delete(kept.keys().next().value!)
  made.catch(() => kept.delete(key))
  return made
}
