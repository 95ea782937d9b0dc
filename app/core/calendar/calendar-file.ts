import { existsSync, readFileSync } from 'node:fs'
import { readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { RuleChange, Stored, StoredClosure, StoredYear } from './stored.ts'

/** A copy of the county's changes beside the data, so that `windlion deadline` needs no database. Can be rebuilt at any start. */
const fileName = 'office-calendar.json'
let folder: string | null = null

/** From now on each change is copied into this data folder; null: nowhere. */
export function keepCalendarIn(dataFolder: string | null): void {
  folder = dataFolder
}

let writing: Promise<void> = Promise.resolve()

/** One copy after the other: an act and the database's word of it reach the same process at the same moment. */
export function keepCalendarFile(stored: Stored): Promise<void> {
  const written = writing.then(() => writeCopy(stored))
  writing = written.catch(() => {})
  return written
}

async function writeCopy(stored: Stored): Promise<void> {
  if (!folder) return
  const path = join(folder, fileName)
  const isEmpty = !stored.years.length && !stored.closures.length && !stored.rules.length
  if (isEmpty) return rm(path, { force: true })
  const text = JSON.stringify(stored)
  if ((await readFile(path, 'utf8').catch(() => null)) === text) return
  const draft = `${path}.${process.pid}`
  await writeFile(draft, text, { mode: 0o640 })
  await rename(draft, path)
}

/** The copy, if this data folder has one. */
export function readCalendarFile(dataFolder: string): Stored | null {
  const path = join(dataFolder, fileName)
  if (!existsSync(path)) return null
  const { years, closures, rules } = JSON.parse(readFileSync(path, 'utf8')) as Written
  const date = (text: string): Date => new Date(text)
  const dateOrNull = (text: string | null): Date | null => (text === null ? null : new Date(text))
  return {
    years: years.map((year) => ({ ...year, loaded_at: date(year.loaded_at), replaced_at: dateOrNull(year.replaced_at) })),
    closures: closures.map((closure) => ({ ...closure, made_at: date(closure.made_at), cancelled_at: dateOrNull(closure.cancelled_at) })),
    rules: rules.map((rule) => ({ ...rule, made_at: date(rule.made_at), withdrawn_at: dateOrNull(rule.withdrawn_at) })),
  }
}

type Texts<T> = { [K in keyof T]: T[K] extends Date ? string : T[K] extends Date | null ? string | null : T[K] }
type Written = { years: Texts<StoredYear>[]; closures: Texts<StoredClosure>[]; rules: Texts<RuleChange>[] }
