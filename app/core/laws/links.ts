import type { Db } from '../db.ts'
import type { LawLinks } from './linked-text.tsx'
import { findNames } from './queries.ts'

type ArticlePath = LawLinks['articlePath']
let articlePath: ArticlePath | undefined
let names: ReadonlyMap<string, string> = new Map()
let links: LawLinks = { names, articlePath: () => '' }

/** Called once at start by the module that shows articles; without one every citation leads to 全國法規資料庫. */
export function useArticlePath(path: ArticlePath | undefined): void {
  articlePath = path
  links = linksWith(names)
}

/** What links are made from, as last read: pages are written without asking the database for it. */
export const lawLinks = (): LawLinks => links

const linksWith = (known: ReadonlyMap<string, string>): LawLinks => ({ names: articlePath ? known : new Map(), articlePath: articlePath ?? (() => '') })

/** Reads which laws are kept here, by the names in use. Keeps what it had where nothing changed, so that patterns made from it stay. */
export async function readLawNames(db: Db): Promise<void> {
  const found = await findNames(db)
  if (found.size === names.size && [...found].every(([name, code]) => names.get(name) === code)) return
  names = found
  links = linksWith(names)
}

/** Reads them now and then anew, so that a law that is promulgated is linked to within a minute, in every process. Returns how to stop. */
export async function keepLawNames(db: Db, onError: (error: unknown) => void, everyMs = 60_000): Promise<() => void> {
  await readLawNames(db)
  const timer = setInterval(() => void readLawNames(db).catch(onError), everyMs)
  timer.unref()
  return () => clearInterval(timer)
}
