import { articleLabel, headingLabel, type LawText } from './text.ts'

/** The whole law as plain text, in the form that `parseText` reads back to the same units; `noteOf` adds what is to be said of an article (函告無效), for papers only. */
export function printText(text: LawText, noteOf: (no: string) => string = () => ''): string {
  const units = text.units.map((unit) => {
    if (unit.kind === 'heading') return `${headingLabel(unit)}　${unit.title}`.trim()
    const note = noteOf(unit.no)
    const label = articleLabel(unit.no, text.form) + (note && `〔${note}〕`)
    if (text.form === 'point') return `${label}${unit.text}`
    return `${label}${unit.caption ? `（${unit.caption}）` : ''}\n${unit.text}`
  })
  return [...(text.preamble ? [text.preamble] : []), ...units].join('\n')
}
