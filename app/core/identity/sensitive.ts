import type { Route } from '../web/route.ts'

type Declared = { act: string; permission: string; stepUp: boolean }
type Asks = { name: string; permission: string; by: 'act' | 'route' }

const nameOf = (route: Pick<Route, 'method' | 'path'>) => `${route.method} ${route.path}`

/** Acts and routes that ask again who sits there, in order of their names. */
export function whatAsksAgain(acts: readonly Declared[], routes: readonly Route[]): Asks[] {
  return [
    ...acts.filter(({ stepUp }) => stepUp).map(({ act, permission }) => ({ name: act, permission, by: 'act' as const })),
    ...routes.filter(({ stepUp }) => stepUp).map((route) => ({ name: nameOf(route), permission: route.permission, by: 'route' as const })),
  ].toSorted((a, b) => (a.name < b.name ? -1 : 1))
}

/**
 * Compares what modules declare as sensitive with what asks again. Gives a sentence for each that should ask and does not, for each
 * that asks and is declared by nobody, and for each word that names nothing. Called at start: one fault, and nothing starts.
 */
export function faultsOfSensitive(declared: readonly string[], acts: readonly Declared[], routes: readonly Route[]): string[] {
  // a word that is an act's name means that act alone
  const isAct = (word: string) => acts.some(({ act }) => act === word)
  const covered = (name: string, permission: string) => declared.includes(name) || (declared.includes(permission) && !isAct(permission))
  const named = new Set([...acts.flatMap(({ act, permission }) => [act, permission]), ...routes.map(nameOf)])
  return [
    ...acts.filter((one) => covered(one.act, one.permission) && !one.stepUp).map(({ act }) => `${act} is sensitive and does not say stepUp`),
    ...routes.filter((route) => declared.includes(nameOf(route)) && !route.stepUp).map((route) => `${nameOf(route)} is sensitive and does not say stepUp`),
    ...whatAsksAgain(acts, routes).filter(({ name, permission }) => !covered(name, permission)).map(({ name }) => `${name} asks again and no module lists it as sensitive`),
    ...declared.filter((name) => !named.has(name)).map((name) => `${name} is listed as sensitive and is no act, permission or route`),
  ]
}

/** Throws with every fault. */
export function demandSensitive(declared: readonly string[], acts: readonly Declared[], routes: readonly Route[]): void {
  const faults = faultsOfSensitive(declared, acts, routes)
  if (faults.length) throw new Error(faults.join('\n'))
}
