import { existsSync, globSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { modules } from './modules.ts'
import { permissionsTable } from './permissions-table.ts'
import { declareModules } from './start.ts'

test('docs/permissions.md is what the modules declare now; `npm run permissions` writes it', () => {
  declareModules()
  const written = readFileSync(fileURLToPath(new URL('../docs/permissions.md', import.meta.url)), 'utf8')
  expect(written === permissionsTable(modules), 'stale: run `npm run permissions`').toBe(true)
})

const project = fileURLToPath(new URL('..', import.meta.url))
const textOf = (path: string) => readFileSync(join(project, path), 'utf8')
const linksOf = (markdown: string): string[] => [...markdown.matchAll(/\]\(([^)\s]+)\)/g)].map(([, to]) => to!.replace(/#.*$/, '')).filter((to) => to !== '' && !/^[a-z]+:/.test(to))

test('every link of every document leads to something', () => {
  const documents = globSync(['*.md', '{app,bench,docs,test}/**/*.md'], { cwd: project })
  expect(documents.length).toBeGreaterThan(50)
  const broken = documents.flatMap((path) => linksOf(textOf(path)).filter((to) => !existsSync(join(project, dirname(path), to))).map((to) => `${path} → ${to}`))
  expect(broken).toEqual([])
})

test('each line of docs/security.md that says it is met names its proof, or says plainly that there is no test', () => {
  const rows = textOf('docs/security.md').split('\n').filter((line) => /^\| [^|]*[✔◐✘][^|]*\|/.test(line)).map((line) => line.split(' | '))
  expect(rows.length).toBeGreaterThan(50)
  const isProof = (cell: string) => linksOf(cell).some((to) => /\.test\.ts$|\.sh$/.test(to)) || /no test|`sqlmap`|no test of its own/.test(cell)
  const unproved = rows.filter(([what, , , proof = '']) => what!.includes('✔') && !isProof(proof)).map(([what]) => what)
  expect(unproved).toEqual([])
})
