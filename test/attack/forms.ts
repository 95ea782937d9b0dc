import { declaredActs } from '../../app/core/act.ts'
import { holds } from '../../app/core/identity/permissions.ts'
import { dayOf, rocDay } from '../../app/core/time.ts'
import type { Route } from '../../app/core/web/route.ts'
import { modules } from '../../app/modules.ts'
import { Page, type PageForm } from '../support/browser-less.ts'
import type { openCounty } from './office.ts'
import { attacked, type Staff, type Target } from './targets.ts'

export type County = Awaited<ReturnType<typeof openCounty>>
/** A form, who stands before it, where, and the route that takes it in. */
export type Found = { form: PageForm; who: Staff | null; page: string; route: string }

const routes = modules.flatMap((module) => module.routes.map((route) => ({ ...route, module: module.name })))
const patterns = routes.filter(({ method }) => method === 'POST').map(({ path, module }) => ({ path, module, fits: new RegExp(`^${path.replace(/:(\w+)(\([^)]*\))?/g, '\u0000').replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replaceAll('\u0000', '[^/]+')}$`) }))
/** Every address that takes in a form, with its module. */
export const takers = (): { path: string; module: string }[] => patterns.map(({ path, module }) => ({ path, module }))
const takerOf = (action: string): string | undefined => {
  const bare = action.split(/[?#]/)[0]!
  return patterns.find(({ path }) => path === bare)?.path ?? patterns.find(({ fits }) => fits.test(bare))?.path
}

/** Opens pages as somebody, and sends what they would send. */
export function visitor(county: County) {
  const sessions = new Map<number, Promise<string>>()
  const cookies = async (who: Staff | null): Promise<Record<string, string>> => {
    if (!who) return {}
    if (!sessions.has(who.person.id)) sessions.set(who.person.id, county.session(who))
    return { cookie: await sessions.get(who.person.id)! }
  }
  const open = async (path: string, who: Staff | null): Promise<Page> => {
    const ask = async () => county.call({ method: 'GET', path, headers: await cookies(who) })
    let answer = await ask()
    if (who && answer.status === 303 && String(answer.headers.location).startsWith('/sign-in')) {
      // a page ended the session
      sessions.delete(who.person.id)
      answer = await ask()
    }
    return new Page(path.split('?')[0]!, answer.status, answer.headers, answer.text)
  }
  /** With a session of its own, since some forms end it. */
  const post = async (path: string, who: Staff | null, body: string) =>
    county.call({ method: 'POST', path, headers: { ...(who ? { cookie: await county.session(who) } : {}), 'content-type': 'application/x-www-form-urlencoded' }, body })
  let keys = 0
  const send = async ({ form, who }: Pick<Found, 'form' | 'who'>, values: Record<string, string>) => {
    keys += 1
    const fields = new URLSearchParams([...form.fields.filter(([name]) => !(name in values) && name !== '_key'), ...Object.entries({ _key: `odd-strings-${keys}`, ...values })])
    return post(form.action, who, fields.toString())
  }
  return { open, send, post }
}

/** The addresses of a page: of each case of its kinds, and of whatever else its parameters may name. */
function pathsOf(county: County, route: Route & { module: string }, more: Record<string, string>): { path: string; target: Target | null }[] {
  if (!route.path.includes(':')) return [{ path: route.path, target: null }]
  const own = county.kinds.filter(({ module, which }) => module === route.module && which !== 'secret')
  const targets = own.length ? own : [county.targets.own]
  return targets.flatMap((target) => {
    const steps = route.path.includes(':step') ? Object.keys(attacked.find(({ kind }) => kind === target.kind)!.steps ?? {}) : ['']
    return steps.map((step) => ({ target, path: aimed(county, route.path, target, { step, ...more }) }))
  })
}

function aimed(county: County, path: string, target: Target, more: Record<string, string>): string {
  const ids: Record<string, string> = { name: target.number, number: target.number, followNo: target.followNo, file: String(target.document), report: String(county.report), key: 's01', ...target.ids, ...more }
  const other = path.includes('/reports/') ? String(county.report) : path.includes('/people/') || path.includes('/units/') ? String(county.keeper.person.id) : '1'
  return path.replace('/figures/:id', '/figures/petitions.received').replace(/:(\w+)(?:\([^)]*\))?/g, (_all, name: string) => encodeURIComponent(ids[name] ?? other))
}

const sees = (who: Staff, target: Target): boolean => attacked.find(({ kind }) => kind === target.kind)!.sees[target.which]!.includes(who.person.posts[0]!.role)

/**
 * Every form of every page, once for each address that takes one in. Whoever may open a page opens it, until all the addresses of its module are found or nobody is left.
 * `more`: what parameters are called that no target knows.
 */
export async function findForms(county: County, more: Record<string, string> = {}): Promise<{ found: Found[]; pages: { path: string; who: Staff | null }[] }> {
  const { open } = visitor(county)
  const staff = Object.values(county.people)
  const found = new Map<string, Found>()
  const pages = new Map<string, { path: string; who: Staff | null }>()
  const left = (module: string) => patterns.some((one) => one.module === module && ![...found.values()].some(({ route }) => route === one.path))
  for (const route of routes.filter(({ method }) => method === 'GET')) {
    for (const { path, target } of pathsOf(county, route, more)) {
      const holders = route.permission === 'public' ? [null] : staff.filter((who) => holds(who.person, route.permission) && (!target || target.module !== route.module || sees(who, target)))
      for (const who of [...holders, ...(route.permission === 'public' && left(route.module) ? [county.people.clerk] : [])]) {
        if (pages.has(path) && !left(route.module)) break
        const page = await open(path, who)
        if (page.status !== 200) continue
        pages.set(path, { path, who })
        if (!/html/.test(String(page.headers['content-type']))) break
        for (const form of page.forms) {
          const taker = takerOf(form.action)
          if (taker && !found.has(taker)) found.set(taker, { form, who, page: path, route: taker })
        }
      }
    }
  }
  return { found: [...found.values()], pages: [...pages.values()] }
}

/** What a field wants when it does not want text, tried one after the other. */
const plainValues = (): string[] => [rocDay(dayOf(new Date())), '1', '09:30', 'wang@example.org', '0912345678', '示範', '']

/** Chooses what can be chosen and puts `odd` into every other field; where the page says that will not do, tries what else a field may want. Gives what the form was taken with, or null. */
export async function fillIn(send: ReturnType<typeof visitor>['send'], found: Found, odd: string, more: Record<string, string> = {}): Promise<Record<string, string> | null> {
  const { typed = [], choices = {} } = found.form
  const values: Record<string, string> = Object.fromEntries([...Object.entries(more), ...Object.entries(choices).map(([name, of]) => [name, of[0]!]), ...typed.map((name) => [name, odd])])
  const tried = new Map<string, number>()
  for (let round = 0; round < 8; round += 1) {
    const answer = await send(found, values)
    if (answer.status === 303) return String(answer.headers.location).startsWith('/sign-in') ? null : values
    if (answer.status >= 500) throw new Error(`${found.form.action}: ${answer.status}`)
    if (answer.status !== 422) return null
    const wrong = [...answer.text.matchAll(/href="#([\w-]+)"/g)].map(([, id]) => id!).filter((id) => typed.includes(id))
    if (!wrong.length) return null
    for (const name of new Set(wrong)) {
      values[name] = plainValues()[tried.get(name) ?? 0] ?? ''
      tried.set(name, (tried.get(name) ?? 0) + 1)
    }
  }
  return null
}

/** Sends `odd` under every name that a form of any page or an act of the module knows, as somebody who may ask. */
export function straight(county: County, module: string, path: string, odd: string) {
  const route = routes.find((one) => one.method === 'POST' && one.path === path)!
  const who = route.permission === 'public' ? null : Object.values(county.people).find((each) => holds(each.person, route.permission)) ?? null
  const target = county.kinds.find((one) => one.module === module && one.which === 'own') ?? county.kinds.find((one) => one.module === module && one.which === 'foreign') ?? county.targets.own
  const names = new Set(declaredActs().flatMap((one) => ('shape' in one.input ? Object.keys(one.input.shape as object) : [])).filter((name) => !['name', 'id', 'number'].includes(name)))
  const body = new URLSearchParams([...names].slice(0, 400).map((name) => [name, odd.slice(0, 200)])).toString()
  return visitor(county).post(aimed(county, path, target, {}), who, body)
}
