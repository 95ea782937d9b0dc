import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { openCounty, type Staff, type Target } from '../test/attack/office.ts'
import { attacked } from '../test/attack/targets.ts'
import { createTestDatabase } from '../test/support/database.ts'
import { holds, type Role, roles } from './core/identity/permissions.ts'
import { write } from './core/db.ts'
import { record } from './core/events/record.ts'
import { caseKinds, casePath } from './core/cases/case-kinds.ts'
import { dayOf, rocDay } from './core/time.ts'
import { modules } from './modules.ts'

const connection = await createTestDatabase()
const county = await openCounty(connection)
const { db, call, people, kinds, targets } = county

type Asked = { module: string; method: 'GET' | 'POST'; path: string; permission: string; stepUp?: true | undefined; api: boolean }
const routes: Asked[] = modules.flatMap((module) => [
  ...module.routes.map(({ method, path, permission, stepUp }) => ({ module: module.name, method, path, permission, stepUp, api: false })),
  ...(module.api ?? []).map(({ method, path, permission }) => ({ module: module.name, method, path: `/api/v1${path}`, permission, api: true })),
])
const staff = Object.entries(people) as [Role, Staff][]

/** Identifiers of one case in every parameter, whatever the parameter is called; what a route does not know is not found. */
function aimedAt(path: string, target: Target): string {
  const ids: Record<string, string> = { name: target.number, number: target.number, followNo: target.followNo, id: String(target.document), file: String(target.document), report: String(county.report), key: '01', sha256: 'ab'.repeat(32), format: 'csv', month: dayOf(new Date()).slice(0, 7), ...target.ids }
  return path.replace('/figures/:id', '/figures/petitions.received').replace(/:(\w+)(?:\([^)]*\))?/g, (_all, name: string) => encodeURIComponent(ids[name] ?? String(target.id)))
}

/** Further places where an identifier could be believed: query and form fields of every name that any route reads. */
const fieldsOf = (target: Target): Record<string, string> => ({
  q: '蒲公英', name: target.number, case: target.number, id: String(target.id), ids: String(target.id), members: target.number, unit: String(county.units.health), unitId: String(county.units.health),
  officer: String(county.stranger.person.id), officerId: String(county.stranger.person.id), person: String(county.keeper.person.id), stage: 'all', state: '', 'as-of': new Date().toISOString(), from: '110/1/1', to: '120/1/1', reader: '1', submissionId: '1', on: rocDay(dayOf(new Date())), text: '說明', note: '說明', reason: '說明', purpose: '聯絡', what: 'access',
})

const kindOf = (target: Target) => attacked.find(({ kind }) => kind === target.kind)!
const roleOf = (who: Staff): Role => who.person.posts[0]!.role
const sees = (who: Staff | null, target: Target): boolean => who !== null && kindOf(target).sees[target.which]!.includes(roleOf(who))
const isAbout = ({ path }: Asked, target: Target): boolean => kindOf(target).about.some((start) => path === start || path.startsWith(`${start}/`))
/** What every colleague may read and holds nobody's data. */
const openFiles = ['/console/relief/items.csv', '/console/perceived/items.csv']
/** A file of many cases at once; one case's own files are opened in the course of work, and programs show a token. */
const isListFile = ({ path, api, permission }: Asked, headers: Record<string, unknown>): boolean => !api && permission !== 'public' && !path.includes(':name') && !openFiles.includes(path) && /^attachment/.test(String(headers['content-disposition'] ?? ''))
const line = (route: Asked, role: string, what: string) => `${role} ${route.method} ${route.path}: ${what}`

/** GET first, then POST: what is changed by one must not stand in the way of another. */
const inOrder = routes.toSorted((a, b) => a.method.localeCompare(b.method))

test('the page of a case of every kind tells who handed it over to whom, and that it is held', async () => {
  const own = kinds.filter(({ which, kind }) => which === 'own' && kind !== 'relief-plan') // a plan is a heading on the list of its items
  const at = { person: people['section-chief'].person, onBehalfOf: null, now: new Date(), today: dayOf(new Date()) }
  await write(db, async (tx) => {
    for (const { id } of own) {
      await record(tx, at, 'case.handed-over', { caseId: id, payload: { from: county.keeper.person.id, officer: county.stranger.person.id, unit: county.units.roads } })
      await record(tx, at, 'case.held', { caseId: id, payload: { hold: 1 } })
    }
  })
  const silent: string[] = []
  for (const target of own) {
    const who = people[kindOf(target).sees.own![0]!]
    const { text } = await call({ method: 'GET', path: casePath(target.kind, target.number)!, headers: { cookie: await county.session(who) } })
    if (!/交接給\s*示範外人/.test(text) || !text.includes('列為保留')) silent.push(target.kind)
  }
  expect(silent).toEqual([])
  expect(new Set(own.map(({ kind }) => kind)).size).toBeGreaterThan(10)
})

test('every route refuses whom its declaration refuses, before it looks at anything', async () => {
  expect(routes.length).toBeGreaterThan(100)
  const faults: string[] = []
  for (const route of inOrder) {
    const path = aimedAt(route.path, targets.own)
    if (route.permission !== 'public') {
      const { status, headers } = await call({ method: route.method, path })
      const led = status === 303 && String(headers.location).startsWith('/sign-in')
      if (!led && status !== 401) faults.push(line(route, 'nobody', `answered ${status}`))
    }
    for (const [role, who] of staff) {
      if (route.permission === 'public' || holds(who.person, route.permission)) continue
      const { status } = await call({ method: route.method, path, headers: { cookie: await county.session(who) } })
      if (status !== 403) faults.push(line(route, role, `answered ${status} without ${route.permission}`))
    }
  }
  expect(faults).toEqual([])
}, 240_000)

test('what a route does show is found: the marks are seen by those who may see them', async () => {
  for (const target of kinds.filter(({ kind, which }) => which === 'own' && kind !== 'legal-advice')) {
    const { text } = await call({ method: 'GET', path: aimedAt(kindOf(target).about[0]!, target), headers: { cookie: await county.session(people.officer) } })
    expect(text, target.kind).toContain(target.mark)
  }
  const secret = await call({ method: 'GET', path: aimedAt('/console/petitions/:name', targets.secret), headers: { cookie: await county.session(county.keeper) } })
  expect(secret.text).toContain(targets.secret.mark)
})

test('each kind of case says of each role what is written here by hand', async () => {
  const said: string[] = []
  const written: string[] = []
  for (const target of kinds) {
    const { visibleTo } = caseKinds().find(({ kind }) => kind === target.kind)!
    for (const [role, who] of staff) {
      const { rows } = await sql`select from cases c where c.id = ${target.id} and ${visibleTo(who.person, 'c')}`.execute(db)
      if (rows.length) said.push(`${target.which} ${target.kind}: ${role}`)
      if (sees(who, target)) written.push(`${target.which} ${target.kind}: ${role}`)
    }
  }
  expect(said).toEqual(written)
})

/** What was done with a case, by whom. Who keeps retention holds any case back by its number, without seeing it. */
const acts = (target: Target) => db.selectFrom('events').select(['kind', 'person_id']).where('case_id', '=', target.id).where('kind', 'not in', ['case.held', 'case.released']).orderBy('id').execute()

/** Which modules have cases: a route of theirs that names a case is aimed at cases of its own, and once at one of another kind. */
const withCases = new Set(attacked.map(({ module }) => module))
/**
 * Who asks for what about a target. The own petition: everything, by everybody who may ask; where a route names a case of another kind, by one. Others: their module's routes and, for petitions, those that
 * span all kinds; where a route names one case, by those who must not see it, and where it is theirs by one who does, to see that it does not fail.
 */
function askersOf(route: Asked, target: Target): [string, Staff | null][] {
  const holders: [string, Staff | null][] = route.permission === 'public' ? [['nobody', null], ['clerk', people.clerk]] : staff.filter(([, who]) => holds(who.person, route.permission))
  const ofItsModule = route.module === target.module
  const ofAnotherKind = !ofItsModule && withCases.has(route.module) && route.path.includes(':')
  if (target === targets.own) return ofAnotherKind ? holders.slice(0, 1) : holders
  if (!ofItsModule && (target.module !== 'petitions' || withCases.has(route.module))) return []
  if (!route.path.includes(':')) return ofItsModule || target.module === 'petitions' ? holders : []
  const strangers = holders.filter(([, who]) => !sees(who, target))
  return target.which === 'own' ? [...strangers, ...holders.filter(([, who]) => sees(who, target)).slice(0, 1)] : strangers
}
/** Each step of a procedure has an address of its own. */
const pathsOf = (route: Asked, target: Target): string[] => (route.path.includes(':step') && route.module === target.module ? Object.keys(kindOf(target).steps ?? { none: 0 }).map((step) => route.path.replace(':step', step)) : [route.path])

test.each(kinds.map((target) => [target.which, target.kind, target] as const))('aimed at the %s %s, no route fails, and none shows or changes what its asker may not see', async (_which, _kind, target) => {
  const faults: string[] = []
  const before = await acts(target)
  const asked = inOrder.flatMap((route) => pathsOf(route, target).flatMap((path) => askersOf(route, target).map(([role, who]) => ({ route: { ...route, path }, role, who }))))
  for (const { route, role, who } of asked) {
    const fields = new URLSearchParams(fieldsOf(target)).toString()
    const headers: Record<string, string> = who ? { cookie: await county.session(who) } : {}
    const path = aimedAt(route.path, target)
    const { status, text, headers: headersOf } = route.method === 'GET'
      ? await call({ method: 'GET', path: `${path}?${fields}`, headers })
      : await call({ method: 'POST', path, headers: { ...headers, 'content-type': route.api ? 'application/json' : 'application/x-www-form-urlencoded' }, body: route.api ? JSON.stringify(fieldsOf(target)) : fields })
    if (status >= 500) faults.push(line(route, role, `failed with ${status}`))
    for (const each of kinds) if (text.includes(each.mark) && !sees(who, each)) faults.push(line(route, role, `shows the ${each.which} ${each.kind}`))
    if (route.method === 'GET' && !route.stepUp && isListFile(route, headersOf) && text.includes(target.mark)) faults.push(line(route, role, 'gives a file of cases without asking again who sits there'))
    if (isAbout(route, target) && who && !sees(who, target) && ![404, 403].includes(status)) faults.push(line(route, role, `answered ${status} about a case not theirs to see`))
  }
  expect(faults).toEqual([])
  const changed = (await acts(target)).slice(before.length).filter(({ person_id }) => !staff.some(([, who]) => who.person.id === person_id && sees(who, target)))
  expect(changed).toEqual([])
}, 240_000)

test('a confidential case of somebody who has left is not seen by nobody: by who has to give it to another', async () => {
  await db.updateTable('people').set({ locked_at: new Date() }).where('id', '=', county.keeper.person.id).execute()
  const unseen: string[] = []
  for (const { id, kind } of kinds.filter(({ which }) => which === 'secret')) {
    const { visibleTo } = caseKinds().find((one) => one.kind === kind)!
    const rows = await Promise.all(staff.map(async ([role, who]) => ((await sql`select from cases c where c.id = ${id} and ${visibleTo(who.person, 'c')}`.execute(db)).rows.length ? role : '')))
    if (!rows.some(Boolean)) unseen.push(kind)
  }
  expect(unseen).toEqual([])
})

test('every kind of case is aimed at, or goes with one that is', () => {
  // meetings of committees and sessions stand beside what they are about; a relief plan is a heading of its items
  const beside = ['regulation-meeting', 'appeal-meeting', 'compensation-council', 'compensation-negotiation', 'consumer-mediation', 'legal-session', 'relief-plan']
  expect(caseKinds().map(({ kind }) => kind).filter((kind) => !beside.includes(kind) && !attacked.some((one) => one.kind === kind))).toEqual([])
})

test('every role of the office was tried', () => {
  expect(staff.map(([role]) => role)).toEqual(Object.keys(roles))
})
