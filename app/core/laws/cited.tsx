import type { Day } from '../time.ts'
import { LinkedText } from './linked-text.tsx'
import { lawLinks } from './links.ts'

/** Words of an answer, a decision, an explanation: each article that they name is a link to it as of the day that matters; null: today. */
export function Cited({ text, on }: { text: string; on: Day | null }) {
  return <LinkedText text={text} links={lawLinks()} on={on} />
}

/** How a due day came about, line by line as the clock wrote it, its articles linked as of the day from which it runs. */
export function CitedLines({ lines, on }: { lines: readonly string[]; on: Day | null }) {
  return <ol lang="zh-Hant-TW">{lines.map((line) => <li key={line}><Cited text={line} on={on} /></li>)}</ol>
}
