import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { modules } from './modules.ts'

const app = fileURLToPath(new URL('.', import.meta.url))
const sources = readdirSync(app, { recursive: true, encoding: 'utf8' }).filter((path) => /\.tsx?$/.test(path) && !/\.test\.|-for-tests\./.test(path)).map((path) => ({ path, text: readFileSync(join(app, path), 'utf8') }))

/** Prefixes of case numbers as the modules name them: `export const numberPrefix = '陳'`. */
const prefixes = sources.filter(({ path }) => path.startsWith('modules/')).flatMap(({ path, text }) => [...text.matchAll(/\bconst (?:\w*Prefix|prefix) = '(\p{Script=Han}+)'/gu)].map((found) => ({ path, prefix: found[1]! })))

test('no two kinds of case have numbers that begin alike', () => {
  const all = prefixes.map(({ prefix }) => prefix)
  expect(all.filter((one, i) => all.indexOf(one) !== i), prefixes.map(({ path, prefix }) => `${prefix} ${path}`).join('\n')).toEqual([])
})

test('every kind of case was found, and none draws its number with a prefix written where it is used', () => {
  const kinds = modules.flatMap(({ caseKinds }) => caseKinds ?? [])
  expect(prefixes.length, kinds.map(({ kind }) => kind).join()).toBe(kinds.length)
  expect(sources.filter(({ text }) => /drawCaseNumber\([^()]*'/.test(text)).map(({ path }) => path)).toEqual([])
})
