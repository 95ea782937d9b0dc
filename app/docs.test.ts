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

/** Level of each requirement of OWASP ASVS 5.0.0, section by section in its order (OWASP/ASVS, tag v5.0.0_release, 5.0/en): 1.1.1 is the first digit of '1.1'. */
const levels: Record<string, string> = {
  '1.1': '22', '1.2': '1111122223', '1.3': '112222222223', '1.4': '222', '1.5': '123', '2.1': '122', '2.2': '112', '2.3': '12223', '2.4': '23',
  '3.1': '3', '3.2': '113', '3.3': '12223', '3.4': '11222233', '3.5': '11122333', '3.6': '3', '3.7': '22333', '4.1': '12233', '4.2': '23333', '4.3': '22', '4.4': '1222',
  '5.1': '2', '5.2': '112333', '5.3': '113', '5.4': '222', '6.1': '122', '6.2': '111111112222', '6.3': '11223333', '6.4': '112233', '6.5': '22222333', '6.6': '2223', '6.7': '33', '6.8': '2222',
  '7.1': '222', '7.2': '1111', '7.3': '22', '7.4': '11222', '7.5': '223', '7.6': '22', '8.1': '1233', '8.2': '1123', '8.3': '133', '8.4': '23', '9.1': '111', '9.2': '1222',
  '10.1': '22', '10.2': '223', '10.3': '22223', '10.4': '1111122222233333', '10.5': '22222', '10.6': '22', '10.7': '222', '11.1': '2233', '11.2': '22233', '11.3': '11233', '11.4': '1222', '11.5': '23', '11.6': '23', '11.7': '33',
  '12.1': '12233', '12.2': '11', '12.3': '22223', '13.1': '2333', '13.2': '222223', '13.3': '2233', '13.4': '1222233', '14.1': '22', '14.2': '12223333', '14.3': '122', '15.1': '12233', '15.2': '12233', '15.3': '1222222', '15.4': '3333',
  '16.1': '2', '16.2': '22222', '16.3': '2222', '16.4': '222', '16.5': '2223', '17.1': '23', '17.2': '22223333', '17.3': '22',
}
const requirements = Object.entries(levels).flatMap(([section, each]) => [...each].map((level, i) => ({ number: `${section}.${i + 1}`, level: Number(level) })))

const asvsRows = () => textOf('docs/security/asvs.md').split('\n').filter((line) => /^\| \d/.test(line)).map((line) => {
  const [numbers = '', asked = '', state = '', where = '', proof = ''] = line.replace(/^\| | ?\|$/g, '').split(/ ?\| /).map((cell) => cell.trim())
  return { numbers: numbers.split(', ').flatMap(spanOf), line: numbers, asked, state, where, proof }
})
/** `10.4.1–10.4.3` is three numbers. */
function spanOf(text: string): string[] {
  const [from = '', to] = text.split('–')
  if (!to) return [from]
  const [section, first] = [from.replace(/\.\d+$/, ''), Number(from.split('.').at(-1))]
  return Array.from({ length: Number(to.split('.').at(-1)) - first + 1 }, (_, i) => `${section}.${first + i}`)
}

test('docs/security/asvs.md answers each requirement of level 2, and of level 3 for access control and the record, exactly once', () => {
  expect(requirements).toHaveLength(345)
  expect([1, 2, 3].map((level) => requirements.filter((one) => one.level === level).length)).toEqual([70, 183, 92])
  const answered = asvsRows().flatMap(({ numbers }) => numbers)
  const asked = requirements.filter(({ number, level }) => level <= 2 || /^(8|16)\./.test(number)).map(({ number }) => number)
  expect(asked.filter((number) => !answered.includes(number)), 'without a line').toEqual([])
  expect(answered.filter((number, i) => answered.indexOf(number) !== i), 'twice').toEqual([])
  expect(answered.filter((number) => !requirements.some((one) => one.number === number)), 'no number of ASVS').toEqual([])
})

test('each line of it says where and what is missing, and what is met names its proof or that there is no test', () => {
  const isProof = (cell: string) => linksOf(cell).some((to) => /\.test\.tsx?$|\.sh$/.test(to)) || /no test|tests/.test(cell)
  const faults = asvsRows().flatMap(({ line, asked, state, where, proof }) => [
    ...(!/^[✔◐✘–]$/.test(state) ? [`${line}: not one of ✔◐✘–`] : []),
    ...(!asked || !where ? [`${line}: says too little`] : []),
    ...(state !== '–' && !isProof(proof) ? [`${line}: neither a test nor "no test"`] : []),
    ...(state === '✔' && linksOf(where).length === 0 && linksOf(proof).length === 0 && !/no test/.test(proof) ? [`${line}: met by nothing that is named`] : []),
  ])
  expect(faults).toEqual([])
})

test('what is not met at level 2 stands among the gaps of docs/security.md', () => {
  const gaps = textOf('docs/security.md').split('## The gaps, plainly')[1]!.split('\n## ')[0]!
  const levelOf = new Map(requirements.map(({ number, level }) => [number, level]))
  const unmet = asvsRows().filter(({ state }) => state === '✘').flatMap(({ numbers }) => numbers)
  expect(unmet.filter((number) => levelOf.get(number)! <= 2 && !gaps.includes(number))).toEqual([])
})
