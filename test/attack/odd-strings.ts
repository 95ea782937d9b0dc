import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** Stands in each of ours, so that it is found again. */
export const oddMark = 'zqmark'

/** A few of our own; those of the shared lists are added where they are there. */
export const ownOdd = [
  `<script>${oddMark}</script>`, `"><img src=x onerror=${oddMark}>`, `'-${oddMark}-'`, `{{${oddMark}}}`, `\${${oddMark}}`, `=cmd|' /C ${oddMark}'!A0`, `\u202e${oddMark}`, `a\r\nBcc: ${oddMark}@example.org`,
  `%00${oddMark}`, `\ud83d${oddMark}`, `𠮷${oddMark}'; drop table cases;--`, `</textarea><svg/onload=${oddMark}>`, `../../${oddMark}`, `${oddMark}${'長'.repeat(5_000)}`,
]

const folder = fileURLToPath(new URL('../../../shared/data/naughty', import.meta.url))
export const hasShared = existsSync(folder)
const stringsIn = (value: unknown): string[] => (typeof value === 'string' ? [value] : value && typeof value === 'object' ? Object.values(value).flatMap(stringsIn) : [])

/** Every string anywhere in the shared lists, no more than `most`. */
export const sharedOdd = (most: number): string[] =>
  hasShared ? readdirSync(folder).filter((name) => name.endsWith('.json')).flatMap((name) => stringsIn(JSON.parse(readFileSync(join(folder, name), 'utf8')))).filter(Boolean).slice(0, most) : []
