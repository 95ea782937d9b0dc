import { partsOf } from '../../../core/laws/structure.ts'
import { articleLabel, headingLabel } from '../../../core/laws/text.ts'
import { paperOdt } from '../../../core/reports/paper/odt.ts'
import type { PaperLine } from '../../../core/reports/paper/paper.ts'
import { rocLongDay } from '../../../core/time.ts'
import { flatLines, noteOf, type OpenText, sourceLines } from './gazette.ts'

/** A law's text as the gazette prints it: name, where it came from in small type, headings centred, articles with hanging numbers. */
export function lawOdt(open: OpenText): Buffer {
  const { on, standing: { text } } = open
  const noted = noteOf(open.standing)
  const lines: PaperLine[] = [
    ...sourceLines(open).map((line): PaperLine => ({ style: 'source', text: line })),
    ...(text.preamble ? text.preamble.split('\n').map(flush) : []),
    ...text.units.flatMap((unit): PaperLine[] => {
      if (unit.kind === 'heading') return [{ style: 'heading', text: `${headingLabel(unit)}　${unit.title}` }]
      const article = `${articleLabel(unit.no, text.form)}${unit.caption ? `（${unit.caption}）` : ''}${noted(unit.no) && `〔${noted(unit.no)}〕`}`
      return flatLines(partsOf(unit.text)).map(({ depth, label, words }, i) => (i === 0 ? { style: 'item', label: article, text: label + words } : { style: 'line', depth: Math.min(depth, 3) as 0 | 1 | 2 | 3, text: label + words }))
    }),
    ...text.attachments.flatMap(({ name, text: words }): PaperLine[] => [{ style: 'heading', text: name }, ...words.split('\n').filter(Boolean).map(flush)]),
    { style: 'source', text: `${rocLongDay(on)}有效的條文` },
  ]
  return paperOdt({ title: text.name, on, lines })
}

const flush = (text: string): PaperLine => ({ style: 'line', depth: 0, text })
