import { existsSync, globSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseSync } from 'vite'
import { expect, test } from 'vitest'

const app = fileURLToPath(new URL('.', import.meta.url))
const project = dirname(resolve(app))

type Source = { path: string; imports: { name: string; path: string | null }[] }

/** Every import of a file; `path` is that of the file imported, below app/, or null for a package. */
function readSource(path: string): Source {
  return {
    path,
    imports: importedBy(path).map((name) => ({ name, path: name.startsWith('.') ? relative(app, resolve(app, dirname(path), name)) : null })),
  }
}

/** What a file imports, exports again or loads later, types too. */
function importedBy(path: string): string[] {
  const text = readFileSync(join(app, path), 'utf8')
  const { module, errors } = parseSync(path, text)
  expect(errors, path).toEqual([])
  const again = module.staticExports.flatMap(({ entries }) => entries.flatMap(({ moduleRequest }) => moduleRequest?.value ?? []))
  const later = module.dynamicImports.flatMap(({ moduleRequest }) => /^['"](.*)['"]$/.exec(text.slice(moduleRequest.start, moduleRequest.end))?.[1] ?? [])
  return [...module.staticImports.map(({ moduleRequest }) => moduleRequest.value), ...again, ...later]
}

const paths = readdirSync(app, { recursive: true, encoding: 'utf8' }).filter((path) => /\.tsx?$/.test(path))
const sources = paths.map(readSource)
const under = (folder: string) => sources.filter((source) => source.path.startsWith(`${folder}/`))

/** Lines `importer → imported` of the imports that `allowed` does not allow. */
function trespasses(of: Source[], allowed: (imported: { name: string; path: string | null }, importer: string) => boolean): string[] {
  return of.flatMap((source) => source.imports.filter((each) => !allowed(each, source.path)).map((each) => `${source.path} → ${each.name}`))
}

const moduleOf = (path: string) => /^modules\/([^/]+)\//.exec(path)?.[1] ?? null
const isTest = (source: Source) => /\.test\.tsx?$/.test(source.path)

test('every source file was read, and imports were found in them', () => {
  const onDisk = globSync('**/*.{ts,tsx}', { cwd: app }).length
  expect(onDisk).toBeGreaterThan(0)
  expect(sources).toHaveLength(onDisk)
  expect(sources.flatMap((source) => source.imports).length).toBeGreaterThan(sources.length)
})

test('a relative import names an existing file, with its extension', () => {
  const missing = trespasses(sources, ({ path }) => path === null || existsSync(join(app, path)))
  expect(missing).toEqual([])
})

test('core imports no module and nothing of the application around it', () => {
  const core = under('core').filter((source) => !isTest(source))
  expect(core.length).toBeGreaterThan(0)
  expect(trespasses(core, ({ path }) => path === null || /^(core|ui)\//.test(path))).toEqual([])
})

test('ui knows no domain: of core it takes days and refusals only', () => {
  const ui = under('ui').filter((source) => !isTest(source))
  expect(trespasses(ui, ({ path }) => path === null || path.startsWith('ui/') || path === 'core/time.ts' || path.startsWith('core/time/') || path === 'core/errors.ts')).toEqual([])
})

test('the browser gets nothing of the server', () => {
  expect(trespasses(under('client').filter((source) => !isTest(source)), ({ name, path }) => (path === null ? !name.startsWith('node:') : path.startsWith('client/')))).toEqual([])
})

test('a module is entered by its front door, by those who declare it', () => {
  const modules = under('modules')
  const declared = new Map([...new Set(modules.map((source) => moduleOf(source.path)!))].map((name) => [name, dependenciesOf(name)]))
  const strangers = trespasses(modules, ({ path }, importer) => {
    const from = moduleOf(importer)
    const to = path && moduleOf(path)
    if (!from || !to || from === to) return true
    return path === `modules/${to}/index.ts` && declared.get(from)!.includes(to)
  })
  expect(strangers).toEqual([])
  const around = sources.filter((source) => !/^(core|ui|client|modules)\//.test(source.path) && !isTest(source))
  expect(trespasses(around, ({ path }) => !path || !moduleOf(path) || path === `modules/${moduleOf(path)}/index.ts`)).toEqual([])
  for (const [name, dependencies] of declared) expect(reachable(name, declared), `${name} depends on itself by way of ${dependencies}`).not.toContain(name)
})

/** The names in `dependsOn: […]` of a module's index.ts. */
function dependenciesOf(name: string): string[] {
  const path = join(app, 'modules', name, 'index.ts')
  if (!existsSync(path)) return []
  const list = /\bdependsOn: \[([^\]]*)\]/.exec(readFileSync(path, 'utf8'))?.[1] ?? ''
  return [...list.matchAll(/'([^']+)'/g)].flatMap((match) => match[1] ?? [])
}

function reachable(name: string, declared: Map<string, string[]>, seen = new Set<string>()): string[] {
  for (const next of declared.get(name) ?? []) {
    if (seen.has(next)) continue
    seen.add(next)
    reachable(next, declared, seen)
  }
  return [...seen]
}

test('every relative link in the documents leads somewhere', () => {
  const documents = findDocuments(project)
  const broken = documents.flatMap((path) => {
    const text = readFileSync(path, 'utf8').replace(/```[\s\S]*?```|`[^`\n]*`/g, '')
    const targets = [...text.matchAll(/\]\(\s*<?([^)\s>]+)>?[^)]*\)/g), ...text.matchAll(/(?:src|href)="([^"]+)"/g)].map((match) => match[1]!)
    return targets
      .filter((target) => !/^([a-z][a-z0-9+.-]*:|#|\/)/i.test(target))
      .filter((target) => !existsSync(resolve(dirname(path), decodeURI(target.replace(/[#?].*$/, '')))))
      .map((target) => `${relative(project, path)} → ${target}`)
  })
  expect(broken).toEqual([])
})

function findDocuments(folder: string): string[] {
  return readdirSync(folder)
    .filter((name) => !['node_modules', '.git', 'data', 'public', 'tmp', 'coverage'].includes(name))
    .flatMap((name) => {
      const path = join(folder, name)
      if (statSync(path).isDirectory()) return findDocuments(path)
      return name.endsWith('.md') ? [path] : []
    })
}
