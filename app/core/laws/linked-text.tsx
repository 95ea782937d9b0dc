import type { ComponentChildren } from 'preact'
import type { Day } from '../time.ts'
import { findCitations } from './citations.ts'
import { articleAddress, nationalCodes } from './national-names.ts'

/** What links are made from: names of laws kept here with their codes, and the address of an article of one. */
export type LawLinks = { names: ReadonlyMap<string, string>; articlePath(code: string, no: string, on: Day | null): string }

type Props = {
  text: string
  links: LawLinks
  /** the day that matters: every link leads to the article as of it; null: today */
  on: Day | null
  /** the law that the text is part of: 本自治條例第三條 is its own */
  own?: string
}

/** A text in which every article that it names is a link: to the law kept here as of the day, else to 全國法規資料庫. */
export function LinkedText({ text, links, on, own }: Props) {
  const parts: ComponentChildren[] = []
  let done = 0
  for (const { start, end, law, article } of findCitations(text, { names: namesOf(links), isOfLaw: own !== undefined })) {
    const code = law === null ? own : (links.names.get(law) ?? links.names.get(fullNames.get(nationalCodes[law]!) ?? '') ?? nationalCodes[law])
    if (!code) continue
    const isHere = law === null || [...links.names.values()].includes(code)
    parts.push(text.slice(done, start), <a key={start} href={isHere ? links.articlePath(code, article, on) : articleAddress(code, article)}>{text.slice(start, end)}</a>)
    done = end
  }
  return <>{parts}{text.slice(done)}</>
}

/** The longest name of each code is the law's own. */
const fullNames = new Map(Object.entries(nationalCodes).toSorted(([a], [b]) => a.length - b.length).map(([name, code]) => [code, name]))

const known = new WeakMap<object, string[]>()
function namesOf(links: LawLinks): string[] {
  let names = known.get(links)
  if (!names) {
    names = [...new Set([...links.names.keys(), ...Object.keys(nationalCodes)])]
    known.set(links, names)
  }
  return names
}
