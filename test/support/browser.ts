import { mkdirSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, BrowserContext, BrowserContextOptions, Locator, Page } from 'playwright-core'
import { afterAll, expect, onTestFinished } from 'vitest'
import { demonstrationPassword } from '../../app/demo/load.ts'
import { openBrowser } from '../../app/ui/showcase/browser.ts'
import { office } from './office.ts'

export const wide = { width: 1280, height: 900 }
export const narrow = { width: 390, height: 844 }

let running: Promise<Browser> | null = null
const sessions = new Map<string, BrowserContextOptions['storageState']>()

afterAll(async () => {
  await (await running)?.close()
  running = null
  sessions.clear()
})

export type Visitor = {
  /** address of the service; that of this file's county if left out */
  url?: string
  /** sign-in of a member of staff; nobody if left out */
  login?: string | undefined
  viewport?: { width: number; height: number }
  script?: boolean
}

/**
 * Somebody at a browser of their own, for this test alone. Call it inside a test: when that fails, a picture of what they saw
 * is kept, and its path printed.
 */
export async function visit({ url: address, login, viewport = wide, script = true }: Visitor = {}): Promise<Page> {
  const url = address ?? (await office()).url
  const browser = await (running ??= openBrowser())
  const storageState = login ? (sessions.get(login) ?? (await signInOnce(browser, url, login))) : undefined
  const context = await browser.newContext({ baseURL: url, viewport, javaScriptEnabled: script, locale: 'zh-TW', timezoneId: 'Asia/Taipei', ...(storageState ? { storageState } : {}) })
  context.setDefaultTimeout(40_000)
  const page = await context.newPage()
  onTestFinished(async ({ task }) => {
    if (task.result?.state === 'fail') await keepPicture(context, task.name)
    await context.close()
  })
  return page
}

async function signInOnce(browser: Browser, url: string, login: string): Promise<BrowserContextOptions['storageState']> {
  const context = await browser.newContext({ baseURL: url })
  const answer = await context.request.post('/sign-in', { form: { login, password: demonstrationPassword }, headers: { origin: url }, maxRedirects: 0 })
  expect(answer.status(), `sign-in of ${login}`).toBe(303)
  const state = await context.storageState()
  sessions.set(login, state)
  await context.close()
  return state
}

/** Fills in the sign-in page that is shown. */
export async function signIn(page: Page, login: string, password = demonstrationPassword): Promise<void> {
  await page.getByLabel('帳號').fill(login)
  await page.getByLabel('密碼', { exact: true }).fill(password)
  await page.getByRole('button', { name: '登入', exact: true }).click()
  await page.getByText('同仁登入', { exact: true }).first().waitFor({ state: 'detached' })
}

/** The page with this `<h1>`; waits until it is there. */
export async function atPage(page: Page, heading: string | RegExp): Promise<void> {
  await page.getByRole('heading', { level: 1, name: heading }).waitFor()
}

/** Waits until the text can be seen. */
export async function sees(where: Page | Locator, text: string | RegExp): Promise<void> {
  await where.getByText(text).filter({ visible: true }).first().waitFor()
}

/** Waits until the error summary says just this: sentences, or parts of them by `expect.stringContaining`. */
export async function errorsAre(page: Page, expected: unknown[]): Promise<void> {
  const summary = page.getByRole('alert').filter({ has: page.getByRole('heading') })
  const read = async () => (await summary.getByRole('listitem').allTextContents()).map((text) => text.trim())
  await expect.poll(read, { timeout: 40_000 }).toEqual(expected)
}

/** Pixels by which the page is wider than its window. */
export function sidewaysScroll(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
}

export async function noSidewaysScroll(page: Page): Promise<void> {
  expect(await sidewaysScroll(page), `sideways scroll on ${page.url()}`).toBeLessThanOrEqual(0)
}

const axe = readFileSync(new URL('../../node_modules/axe-core/axe.min.js', import.meta.url), 'utf8')
const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

type Found = { violations: { id: string; help: string; nodes: { html: string; target: string[]; failureSummary: string }[] }[] }

/** What axe measures by colour: by far its slowest rules. */
const colourRules = ['color-contrast', 'link-in-text-block']

/** Looks whose colours axe has measured in this file (`markLooks`). */
const measured = new Set<string>()

/**
 * What axe finds on the page as it is shown now, one line a rule; the colours in light and again in dark. The script comes by the browser's
 * debugger: the page's own policy stays in force. Of rows and list entries that repeat one another it reads the first ones, and of colours those
 * that no page of this file has shown before: the rest took most of the time and said the same.
 */
export async function axeFindings(page: Page): Promise<string[]> {
  await page.evaluate(`typeof axe === 'undefined' && (() => { ${axe} })()`)
  await page.evaluate(hideRepeats, 8)
  const light = await runAxe(page, 'document', { runOnly: tags, rules: Object.fromEntries(colourRules.map((rule) => [rule, { enabled: false }])) })
  light.push(...await coloursOf(page))
  await page.emulateMedia({ colorScheme: 'dark' })
  await page.evaluate(endColourChanges)
  const dark = await coloursOf(page)
  await page.emulateMedia({ colorScheme: null })
  await page.evaluate(endColourChanges)
  await page.evaluate(showRepeats)
  return [...light, ...dark.map((line) => `dark: ${line}`)]
}

async function coloursOf(page: Page): Promise<string[]> {
  const fresh = (await page.evaluate(markLooks)).filter((look) => !measured.has(look))
  for (const look of fresh) measured.add(look)
  if (fresh.length === 0) return []
  const include = fresh.map((look) => [`[data-look="${look}"]`])
  return runAxe(page, JSON.stringify({ include }), { runOnly: { type: 'rule', values: colourRules } })
}

/**
 * Runs in the page: marks one element of each look, and returns the looks. A look is all that decides whether text can be read: its colour, size,
 * weight and opacity, and what it and all around it are and lie on.
 */
function markLooks(): string[] {
  const grounds = new Map<Element, string>()
  const ground = (element: Element): string => {
    const known = grounds.get(element)
    if (known !== undefined) return known
    const { backgroundColor, backgroundImage, opacity, position } = getComputedStyle(element)
    const own = [element.tagName, element.getAttribute('class'), backgroundColor, backgroundImage === 'none' ? '' : backgroundImage, opacity, position].join()
    const all = element.parentElement ? `${ground(element.parentElement)}>${own}` : own
    grounds.set(element, all)
    return all
  }
  const marked = new Set<string>()
  for (const before of document.querySelectorAll('[data-look]')) before.removeAttribute('data-look')
  for (const element of document.body.querySelectorAll('*')) {
    const holdsText = element.matches('input, select, textarea') || [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.textContent?.trim())
    if (!holdsText || !element.checkVisibility()) continue
    const { color, fontSize, fontWeight, textDecorationLine } = getComputedStyle(element)
    const look = short([ground(element), color, fontSize, fontWeight, textDecorationLine].join())
    if (marked.has(look)) continue
    marked.add(look)
    element.setAttribute('data-look', look)
  }
  return [...marked]

  /** two sums of 32 bits each */
  function short(text: string): string {
    let [one, two] = [5381, 52711]
    for (let at = 0; at < text.length; at++) {
      one = Math.imul(one, 33) ^ text.charCodeAt(at)
      two = Math.imul(two, 31) + text.charCodeAt(at) | 0
    }
    return `${(one >>> 0).toString(36)}-${(two >>> 0).toString(36)}`
  }
}

function hideRepeats(kept: number): void {
  for (const list of document.querySelectorAll('tbody, ul, ol')) {
    for (const entry of [...list.children].slice(kept) as HTMLElement[]) {
      entry.setAttribute('data-repeat', '')
      entry.style.setProperty('display', 'none', 'important')
    }
  }
}

function showRepeats(): void {
  for (const entry of document.querySelectorAll<HTMLElement>('[data-repeat]')) {
    entry.style.removeProperty('display')
    entry.removeAttribute('data-repeat')
  }
}

/** Colours that are on their way from light to dark would be measured half-way. */
function endColourChanges(): void {
  for (const each of document.getAnimations()) if (each instanceof CSSTransition) each.finish()
}

async function runAxe(page: Page, where: string, options: object): Promise<string[]> {
  const { violations } = await page.evaluate(`axe.run(${where}, ${JSON.stringify({ resultTypes: ['violations'], ...options })})`) as Found
  return violations.map(({ id, nodes }) => {
    const [first] = nodes
    return `${id}${nodes.length > 1 ? ` (${nodes.length} times)` : ''}: ${first!.target.join(' ')} ${first!.html.slice(0, 160)} — ${first!.failureSummary.split('\n').slice(1).join(' ').trim()}`
  })
}

async function keepPicture(context: BrowserContext, name: string): Promise<void> {
  const folder = join(tmpdir(), 'windlion-pictures')
  mkdirSync(folder, { recursive: true })
  for (const [at, page] of context.pages().entries()) {
    const path = join(folder, `${name.replace(/[^\p{L}\p{N}]+/gu, '-').slice(0, 80)}-${at + 1}-${Date.now()}.png`)
    await page.screenshot({ path, fullPage: true }).then(() => process.stderr.write(`${page.url()} looked like this: ${path}\n`), () => {})
  }
}

/**
 * What is wrong with the page as it is shown, whatever it is about: one line each. The layout is looked at in both widths, axe looks in light and
 * dark; a page that others have seen so far can do without.
 */
export async function faultsOf(page: Page, { axe = true }: { axe?: boolean } = {}): Promise<string[]> {
  await page.locator('html:not([aria-busy])').waitFor({ state: 'attached' })
  const faults = await page.evaluate(() => {
    const headings = [...document.querySelectorAll('h1')].filter((each) => each.checkVisibility()).length
    return [...(headings === 1 ? [] : [`${headings} headings of the first level`]), ...(document.title.trim() ? [] : ['no title'])]
  })
  const before = page.viewportSize()!
  for (const viewport of [narrow, wide]) {
    await page.setViewportSize(viewport)
    faults.push(...(await page.evaluate(layoutFaults)).map((fault) => `at ${viewport.width} px: ${fault}`))
  }
  await page.setViewportSize(before)
  if (axe) faults.push(...await axeFindings(page))
  return faults
}

/** Runs in the page: what is wider than the window, than its card, or than its drawing. */
function layoutFaults(): string[] {
  const over = document.documentElement.scrollWidth - document.documentElement.clientWidth
  return [...(over > 0 ? [`${over} px too wide: ${widest()}`] : []), ...outsideCards(), ...cutWords()]

  /** the elements that stick out, to find the cause */
  function widest(): string {
    const edge = document.documentElement.clientWidth + 1
    const out = [...document.body.querySelectorAll('*')].filter((each) => each.getBoundingClientRect().right > edge)
    return out.slice(-3).map((each) => `<${each.tagName.toLowerCase()} class="${each.className}">`).join(' ')
  }

  /** what is wider than the card it stands in; what scrolls inside it is not */
  function outsideCards(): string[] {
    const scrolls = (each: Element) => getComputedStyle(each).overflowX !== 'visible'
    return [...document.querySelectorAll('.card')].flatMap((card) => {
      const edge = card.getBoundingClientRect().right + 1
      const out = [...card.querySelectorAll<HTMLElement>('*')].filter((each) => each.getBoundingClientRect().right > edge && each.getBoundingClientRect().width > 1)
      const loose = out.filter((each) => {
        for (let above = each.parentElement; above && above !== card; above = above.parentElement) if (scrolls(above)) return false
        return true
      })
      return loose.slice(0, 2).map((each) => `sticks out of its card: <${each.tagName.toLowerCase()} class="${each.className}"> ${each.textContent.trim().slice(0, 40)}`)
    })
  }

  /** words of a drawing that go past its edge: a browser shows only what lies within */
  function cutWords(): string[] {
    return [...document.querySelectorAll('svg')].flatMap((svg) => {
      const edge = svg.getBoundingClientRect()
      const words = [...svg.querySelectorAll('text')].filter((text) => {
        const box = text.getBoundingClientRect()
        return box.width > 0 && (box.right > edge.right + 1 || box.left < edge.left - 1)
      })
      return words.slice(0, 2).map((text) => `cut off at the edge of its picture: ${text.textContent}`)
    })
  }
}
