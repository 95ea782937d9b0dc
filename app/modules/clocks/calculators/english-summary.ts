import type { Due } from '../../../core/clocks/index.ts'
import { dayFromNumber } from '../../../core/time.ts'
import { pageWords } from './words.ts'

const units = { cd: 'days', wd: 'office days', mo: 'months', y: 'years', h: 'hours' }

/** The calculation in a few English sentences: from when, how long, and what moved the last day. */
export function englishSummary({ calculation: { unit, length, extension, start, last, due } }: Due): string[] {
  const { day } = pageWords.en
  const given = length + extension
  const further = unit === 'cd' ? last - start - given : 0
  const sentences = [`${given} ${units[unit]}, counted from the day after ${day(dayFromNumber(start))}${further > 0 ? `, and ${further} more days as told below` : ''}.`]
  if (due === last) sentences.push(`They end on ${day(dayFromNumber(due))}.`)
  else sentences.push(`They end on ${day(dayFromNumber(last))}, when the offices are closed; the next day on which they are open counts, ${day(dayFromNumber(due))}.`)
  return sentences
}
