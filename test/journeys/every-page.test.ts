import { expect, test } from 'vitest'
import { modules } from '../../app/modules.ts'
import type { Page } from 'playwright-core'
import { faultsOf, visit } from '../support/browser.ts'
import { office } from '../support/office.ts'

/** Everybody who may come, with the page they begin at. */
const visitors: { who: string; login?: string; start: string[] }[] = [
  { who: 'a resident', start: ['/', '/en'] },
  { who: 'clerk', login: 'clerk', start: ['/console/petitions/tray', '/console'] },
  ...['officer', 'chief', 'head', 'control', 'editor', 'privacy', 'law', 'lawyer', 'admin'].map((login) => ({ who: login, login, start: ['/console'] })),
]

/** Each is seen empty and with its example. */
const calculators = Object.fromEntries(['appeal', 'compensation', 'consumer', 'information', 'tender'].flatMap((slug) => [[`/deadlines/${slug}`, 2], [`/en/deadlines/${slug}`, 2]]))

/** Addresses of the same page with other contents are looked at once a visitor; these differ by what they show. */
const looks: Record<string, number> = { ...calculators, '/console/petitions/:name': 14, '/console/petitions': 3, '/console/hand-over': 2, '/console/programmes/:name': 3, '/console/regulations/:name': 6, '/console/appeals/:name': 10, '/console/compensations/:name': 6, '/console/compensation-negotiations/:name': 2, '/console/consumer-disputes/:name': 7 }
/** Of these axe looks at so many in all, of the others at one; twice as many are drawn, in both widths; more are only fetched. */
const inspections: Record<string, number> = { ...calculators, '/console': 3, '/console/petitions/:name': 6, '/console/petitions': 2 }

const pages = modules.flatMap((module) => module.routes).filter((route) => route.method === 'GET').map((route) => ({ path: route.path, fits: pattern(route.path) }))
/** Seen already, by whomever. */
const inspected = new Map<string, number>()
const reached = new Set<string>()

test.each(visitors)('every page that $who can reach is in order, wide and narrow, light and dark', async ({ start, login }) => {
  const page = await visit({ login })
  const faults = await walk(page, start)
  expect(faults, `${faults.length} faults`).toEqual([])
}, 600_000)

/** One comes to these by a form, or by what the demonstration has not: the other journeys open them. */
const elsewhere = [
  '/regulations/:code/attachments/:sha256', '/console/regulations/:name/attachments/:sha256', '/console/appeals/:name/unname-reader', '/console/annual-plans/:year/decision.csv', '/console/meetings/:name/publication',
  '/petitions/new/check', '/petitions/filed', '/petitions/confirm/:token', '/petitions/follow/:followNo', '/petitions/follow/:followNo/files/:file', '/petitions/follow/:followNo/withdraw',
  '/console/search', '/console/petitions/dispatch-rules/:id/trial', '/console/petitions/:name/waive', '/console/petitions/:name/similar', '/console/petitions/:name/name-reader', '/console/petitions/:name/files/:id', '/console/petitions/sendings/:id',
  '/console/petitions/inbox/:id', '/console/petitions/inbox/:id/original', '/console/reports/compare', '/console/reports/:id/pictures/:sha256', '/reports/compare', '/reports/:id/pictures/:sha256',
  '/console/meetings/:name/hold', '/console/meetings/:name/items/:item', '/console/meetings/:name/live/board', '/console/meetings/:name/papers.html', '/console/meetings/:name/files/:what', '/console/meeting-proposals/:number/files/:id', '/console/meeting-calendar/month.ics',
  '/console/jobs/:id', '/calendar/:secret.ics',
  '/privacy/sent', '/privacy/confirm/:token', '/privacy/answers/:token', '/privacy/answers/:token/file.zip', '/console/privacy/requests/:name', '/console/privacy/requests/:name/copy.zip', '/console/privacy/destruction/:id', '/console/privacy/destruction/:id/list.odt', '/checkpoint/consistency',
  '/console/clocks/calendar/closures/:id/reopen', '/console/clocks/calendar/drafts/:id', '/console/clocks/calendar/changes/:id',
  '/appeals/filed', '/appeals/follow/:followNo', '/appeals/follow/:followNo/files/:file', '/appeals/mine/:followNo',
  '/regulations/notices/confirm/:token', '/console/compensations/:name/files/:id', '/compensation/sent', '/compensation/confirm/:token', '/compensation/follow/:followNo', '/compensation/follow/:followNo/files/:id', '/compensation/mine/:followNo', '/compensation/follow/:followNo/letters/:letter', '/consumer-disputes/follow/:followNo/letters/:letter',
  ...['compensations', 'consumer-disputes'].flatMap((kind) => ['letters/:letter/paper.:form', 'letters/:letter/paper.masked.:form'].map((file) => `/console/${kind}/:name/${file}`)),
  '/console/appeal-meetings/:name', '/console/appeal-meetings/:name/notice', '/console/appeal-meetings/:name/items/:item', '/console/appeals/:name/review', '/console/appeals/:name/draft', '/console/appeals/:name/decision', '/console/appeals/:name/decision/original.:form',
  '/console/appeals/:name/sequels', '/console/appeals/:name/publication', '/appeals/decisions/:number', '/appeals/decisions/:number/text.:form',
  '/console/consumer-disputes/:name/files/:id', '/consumer-disputes/sent', '/consumer-disputes/confirm/:token', '/consumer-disputes/follow/:followNo', '/consumer-disputes/follow/:followNo/files/:id', '/consumer-disputes/mine/:followNo',
  '/legal-advice/sent', '/legal-advice/mine/:token', '/legal-advice/mine/:token/visit.ics', '/legal-advice/member/:number', '/console/legal-advice/sessions/:number/walk-in', '/console/my-advice/records/:name',
  '/console/appeals/:name/name-reader', '/console/projects/:number/relist', '/console/projects/:name/files/:id',
  '/console/programmes/:name/files/:id', '/console/programme-forums/:name/files/:id', '/console/programmes/:name/projects/:project', '/console/programmes/:name/projects/:project/edit', '/console/programmes/:name/editions/:edition', '/console/programmes/:name/forum', '/console/programmes/:name/texts/:heading', '/console/annual-plans/:year/accept', '/console/plan-proposals/:number/edit', '/console/plan-proposals/:number/review', '/console/plan-proposals/:number/track', '/console/plan-proposals/:number/admit',
  '/console/directives/:name/files/:id',
  ...['relief', 'perceived', 'proposals'].flatMap((kind) => ['edit', 'evidence', 'steps/:step', 'files/:id'].map((page) => `/console/${kind}/:name/${page}`)), '/console/perceived/:name/text', '/console/perceived/:name/approval', '/console/suggestions/:name/steps/:step', '/achievements/:number/before', '/achievements/:number/after',
  '/my/enter/:token', '/my/service', '/my/service/back', '/vendor', '/vendor/enter/:token', '/vendor/service', '/vendor/service/back', '/petitions/mine/:followNo',
  '/sign-in/second-factor', '/sign-in/single-sign-on', '/sign-in/single-sign-on/back', '/console/account/security/authenticator',
]

test('every page is reached by somebody', () => {
  const missed = pages.map(({ path }) => path).filter((path) => !reached.has(path) && !elsewhere.includes(path.replace(/^\/en/, '')))
  expect(missed).toEqual([])
})

async function walk(page: Page, start: string[]): Promise<string[]> {
  const faults: string[] = []
  let said: string[] = []
  page.on('console', (message) => { if (['error', 'warning'].includes(message.type())) said.push(`${message.text()} ${message.location().url}`) })
  page.on('pageerror', (error) => said.push(error.message))
  const waiting = [...start]
  const known = new Set(waiting)
  const visits = new Map<string, number>()
  for (let path = waiting.shift(); path; path = waiting.shift()) {
    const kind = kindOf(path)
    const count = visits.get(kind) ?? 0
    if (count >= (looks[kind] ?? 1)) continue
    visits.set(kind, count + 1)
    reached.add(kind)
    said = []
    const found = await look(page, path, kind)
    if (found === 'file') continue
    faults.push(...[...found.faults, ...said].map((fault) => `${path}: ${fault}`))
    for (const link of found.links) {
      if (known.has(link)) continue
      known.add(link)
      waiting.push(link)
    }
  }
  return faults
}

/** Opens one page; of a file it is enough that it can be had, of a page that was looked at often enough that it comes. */
async function look(page: Page, path: string, kind: string): Promise<{ faults: string[]; links: string[] } | 'file'> {
  const times = inspected.get(kind) ?? 0
  const wanted = inspections[kind] ?? 1
  if (times >= 2 * wanted) return fetched(page, path)
  const answer = await page.goto(path).catch((cause: Error) => {
    if (!cause.message.includes('Download is starting')) throw cause
    return null
  })
  if (!answer?.headers()['content-type']?.startsWith('text/html')) return 'file'
  inspected.set(kind, times + 1)
  const faults = await faultsOf(page, { axe: times < wanted })
  if (answer.status() !== 200) faults.unshift(`status ${answer.status()}`)
  return { faults, links: await linksOf(page) }
}

/** The page as the server writes it, without a browser to draw it. */
async function fetched(page: Page, path: string): Promise<{ faults: string[]; links: string[] } | 'file'> {
  const answer = await page.request.get(path)
  if (!answer.headers()['content-type']?.startsWith('text/html')) return 'file'
  const links = [...(await answer.text()).matchAll(/<a [^>]*href="(\/[^"#]*)/g)].map(([, href]) => href!.replaceAll('&amp;', '&'))
  return { faults: answer.status() === 200 ? [] : [`status ${answer.status()}`], links: [...new Set(links)] }
}

async function linksOf(page: Page): Promise<string[]> {
  const { url } = await office()
  const hrefs = await page.evaluate(() => [...document.querySelectorAll<HTMLAnchorElement>('a[href]')].map((link) => link.href))
  return [...new Set(hrefs.filter((href) => href.startsWith(url)).map((href) => href.slice(url.length).replace(/#.*/, '')).filter(Boolean))]
}

function kindOf(path: string): string {
  const bare = decodeURI(path.replace(/\?.*/, ''))
  return pages.find((page) => page.path === bare)?.path ?? pages.find((page) => page.fits.test(bare))?.path ?? bare
}

function pattern(path: string): RegExp {
  return new RegExp(`^${path.replace(/[.()]/g, '\\$&').replace(/:\w+/g, '[^/]+')}$`)
}
