import { articleLabel, headingLabel, type LawText } from './text.ts'

/** The whole law as plain text, in the form that `parseText` reads back to the same units. */
export function printText(text: LawText): string {
  const units = text.units.map((unit) => {
    if (unit.kind === 'heading') return `${headingLabel(unit)}　${unit.title}`.trim()
    const label = articleLabel(unit.no, text.form)
    if (text.form === 'point') return `${label}${unit.text}`
    return `${label}${unit.caption ? `（${unit.caption}）` : ''}\n${unit.text}`
  })
  return [...(text.preamble ? [text.preamble] : []), ...units].join('\n')
}
