import { z } from 'zod'
import { act } from '../act.ts'
import { done } from '../errors.ts'
import { record } from '../events/record.ts'
import { type NationalLaw, parseNationalLaw } from './parse-moj.ts'
import { saveNationalLaw } from './store.ts'

export type ReadLaws = { laws: NationalLaw[]; /** sentences that begin with the file's name */ problems: string[]; /** files that hold no law, such as an index */ others: string[] }

/** Laws in JSON files of 全國法規資料庫: one law a file, or its whole export `{ Laws: […] }`. A law that cannot be read whole is a problem. */
export function readLawFiles(files: readonly { name: string; text: string }[]): ReadLaws {
  const read: ReadLaws = { laws: [], problems: [], others: [] }
  for (const { name, text } of files) {
    const sources = sourcesIn(text)
    if (sources === null) read.problems.push(`${name}：不是 JSON 檔`)
    else if (sources.length === 0) read.others.push(name)
    else for (const source of sources) keep(read, name, source)
  }
  return read
}

function sourcesIn(text: string): unknown[] | null {
  try {
    const parsed = JSON.parse(text.replace(/^\ufeff/, '')) as { Laws?: unknown[] } | unknown[] | null
    const all = Array.isArray(parsed) ? parsed : Array.isArray(parsed?.Laws) ? parsed.Laws : [parsed]
    return all.filter((one) => one !== null && typeof one === 'object' && '法規名稱' in one)
  } catch {
    return null
  }
}

function keep(read: ReadLaws, name: string, source: unknown): void {
  try {
    read.laws.push(parseNationalLaw(source))
  } catch (error) {
    read.problems.push(`${name}：${(error as Error).message}`)
  }
}

/** Takes over laws of the national database, all in one act: what is new is added, a later text is an amendment, the same one changes nothing. */
export const loadNationalLaws = act(
  'laws.load',
  z.object({ laws: z.array(z.custom<NationalLaw>()) }),
  async (tx, ctx, { laws }) => {
    const counts = { added: 0, changed: 0, unchanged: 0 }
    for (const law of laws) counts[await saveNationalLaw(tx, law)] += 1
    if (counts.added + counts.changed) await record(tx, ctx, 'laws.loaded', { payload: counts })
    return done(counts)
  },
  { by: 'system' },
)
