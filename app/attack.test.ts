import { expect, test } from 'vitest'
import { openCounty, type Staff, type Target } from '../test/attack/office.ts'
import { createTestDatabase } from '../test/support/database.ts'
import { holds, may, type Person, type Role, roles } from './core/identity/permissions.ts'
import { modules } from './modules.ts'

const connection = await createTestDatabase()
const county = await openCounty(connection)
const { db, call, people, targets } = county

type Asked = { method: 'GET' | 'POST'; path: string; permission: string; stepUp?: true | undefined; api: boolean }
const routes: Asked[] = modules.flatMap((module) => [
  ...module.routes.map(({ method, path, permission, stepUp }) => ({ method, path, permission, stepUp, api: false })),
  ...(module.api ?? []).map(({ method, path, permission }) => ({ method, path: `/api/v1${path}`, permission, api: true })),
])
const staff = Object.entries(people) as [Role, Staff][]

/** Identifiers of one case in every parameter, whatever the parameter is called; what a route does not know is not found. */
function aimedAt(path: string, target: Target): string {
  const ids: Record<string, string> = { name: target.number, number: target.number, followNo: target.followNo, id: String(target.document), file: String(target.document), report: String(county.report), key: '01', sha256: 'ab'.repeat(32), format: 'csv' }
  return path.replace('/figures/:id', '/figures/petitions.received').replace(/:(\w+)(?:\([^)]*\))?/g, (_all, name: string) => encodeURIComponent(ids[name] ?? String(target.id)))
}

/** Further places where an identifier could be believed: query and form fields of every name that any route reads. */
const fieldsOf = (target: Target): Record<string, string> => ({
  q: '蒲公英', name: target.number, case: target.number, id: String(target.id), ids: String(target.id), members: target.number, unit: String(county.units.health), unitId: String(county.units.health),
  officer: String(county.stranger.person.id), officerId: String(county.stranger.person.id), person: String(county.keeper.person.id), stage: 'all', state: '', 'as-of': new Date().toISOString(), from: '110/1/1', to: '120/1/1', reader: '1', submissionId: '1',
})

const seesTarget = (person: Person, of: keyof typeof targets): boolean => {
  if (of === 'secret') return false // nobody of these is named on it
  return may(person, 'petitions.read', of === 'own' ? { unitId: county.units.roads, officerId: people.officer.person.id } : { unitId: county.units.health, officerId: county.stranger.person.id })
}
const ofCases = ({ path }: Asked): boolean => /^(\/console\/petitions|\/api\/v1\/petitions)\/:name/.test(path)
/** A file of many cases at once; one case's own files are opened in the course of work, and programs show a token. */
const isListFile = ({ path, api, permission }: Asked, headers: Record<string, unknown>): boolean => !api && permission !== 'public' && !path.includes(':name') && /^attachment/.test(String(headers['content-disposition'] ?? ''))
const line = (route: Asked, role: string, what: string) => `${role} ${route.method} ${route.path}: ${what}`

/** GET first, then POST: what is changed by one must not stand in the way of another. */
const inOrder = routes.toSorted((a, b) => a.method.localeCompare(b.method))

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

test.each(Object.keys(targets) as (keyof typeof targets)[])('aimed at the %s case, no route fails, and none shows or changes what its asker may not see', async (of) => {
  const faults: string[] = []
  const target = targets[of]
  const before = await acts(target)
  for (const route of inOrder) {
    const askers: [string, Staff | null][] = route.permission === 'public' ? [['nobody', null], ['clerk', people.clerk]] : staff.filter(([, who]) => holds(who.person, route.permission))
    for (const [role, who] of askers) {
      const fields = new URLSearchParams(fieldsOf(target)).toString()
      const headers: Record<string, string> = who ? { cookie: await county.session(who) } : {}
      const path = aimedAt(route.path, target)
      const { status, text, headers: headersOf } = route.method === 'GET'
        ? await call({ method: 'GET', path: `${path}?${fields}`, headers })
        : await call({ method: 'POST', path, headers: { ...headers, 'content-type': route.api ? 'application/json' : 'application/x-www-form-urlencoded' }, body: route.api ? JSON.stringify(fieldsOf(target)) : fields })
      if (status >= 500) faults.push(line(route, role, `failed with ${status}`))
      for (const [each, { mark }] of Object.entries(targets) as [keyof typeof targets, Target][]) {
        if (text.includes(mark) && !(who && seesTarget(who.person, each))) faults.push(line(route, role, `shows the ${each} case`))
      }
      if (route.method === 'GET' && !route.stepUp && isListFile(route, headersOf) && text.includes(target.mark)) faults.push(line(route, role, 'gives a file of cases without asking again who sits there'))
      if (ofCases(route) && who && !seesTarget(who.person, of) && ![404, 403].includes(status)) faults.push(line(route, role, `answered ${status} about a case not theirs to see`))
    }
  }
  expect(faults).toEqual([])
  const changed = (await acts(target)).slice(before.length).filter(({ person_id }) => !staff.some(([, who]) => who.person.id === person_id && seesTarget(who.person, of)))
  expect(changed).toEqual([])
}, 240_000)

/** What was done with a case, by whom. */
const acts = (target: Target) => db.selectFrom('events').select(['kind', 'person_id']).where('case_id', '=', target.id).orderBy('id').execute()

test('what a route does show is found: the marks are seen by those who may see them', async () => {
  const own = await call({ method: 'GET', path: aimedAt('/console/petitions/:name', targets.own), headers: { cookie: await county.session(people.officer) } })
  expect(own.text).toContain(targets.own.mark)
  const secret = await call({ method: 'GET', path: aimedAt('/console/petitions/:name', targets.secret), headers: { cookie: await county.session(county.keeper) } })
  expect(secret.text).toContain(targets.secret.mark)
})

test('every role of the office was tried', () => {
  expect(staff.map(([role]) => role)).toEqual(Object.keys(roles))
})
