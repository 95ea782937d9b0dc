import { readFileSync } from 'node:fs'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { showcase } from './showcase.ts'
import { ensureBuilt, openBrowser } from './showcase/browser.ts'
import { serveShowcase } from './showcase/serve.ts'

const names = Object.keys(showcase)
const axe = readFileSync(new URL('../../node_modules/axe-core/axe.min.js', import.meta.url), 'utf8')

// A browser on a busy machine of two cores.
vi.setConfig({ testTimeout: 60_000 })

let browser: Browser
let site: Awaited<ReturnType<typeof serveShowcase>>

beforeAll(async () => {
  await ensureBuilt()
  site = await serveShowcase()
  browser = await openBrowser()
}, 60_000)

afterAll(async () => {
  await browser?.close()
  site?.close()
})

describe.each(['light', 'dark'] as const)('in the %s', (colorScheme) => {
  test.each(names)('axe finds nothing on %s', async (name) => {
    // Without the policy, only so that axe itself may run.
    const page = await browser.newPage({ colorScheme, bypassCSP: true, viewport: { width: 1280, height: 900 } })
    await page.goto(`${site.url}/${name}`)
    await page.addScriptTag({ content: axe })
    // Residents' pages are held to the higher contrast.
    const enhanced = !['list', 'case'].includes(name)
    expect(await violations(page, enhanced)).toEqual([])
    await page.close()
  })
})

test.each([320, 390, 1280])('nothing sticks out at %i px, and the policy is kept', async (width) => {
  const page = await browser.newPage({ viewport: { width, height: 844 } })
  const complaints: string[] = []
  page.on('console', (message) => { if (['error', 'warning'].includes(message.type())) complaints.push(message.text()) })
  page.on('pageerror', (error) => complaints.push(error.message))
  for (const name of names) {
    await page.goto(`${site.url}/${name}`)
    const over = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
    expect(over, name).toBeLessThanOrEqual(0)
  }
  expect(complaints).toEqual([])
  await page.close()
})

test('without script every tab, every revealed field and the menu can be reached', async () => {
  const page = await browser.newPage({ javaScriptEnabled: false, viewport: { width: 390, height: 844 } })
  await page.goto(`${site.url}/notes`)
  expect(await page.getByText('各鄉鎮的數字在這裡。').isVisible()).toBe(true)
  await page.goto(`${site.url}/fields-wrong`)
  expect(await page.getByLabel('電子郵件地址').isVisible()).toBe(true)
  await page.goto(`${site.url}/list`)
  const link = page.getByRole('link', { name: '分文規則', exact: true })
  expect(await link.isVisible()).toBe(false)
  await page.getByText('選單', { exact: false }).first().click()
  expect(await link.isVisible()).toBe(true)
  await page.close()
})

interface AxeResult {
  violations: { id: string; nodes: { html: string; failureSummary: string }[] }[]
}

async function violations(page: Page, enhanced: boolean): Promise<string[]> {
  const run = `axe.run(document, { rules: { 'color-contrast-enhanced': { enabled: ${enhanced} } } })`
  const result = await page.evaluate(run) as AxeResult
  return result.violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html.slice(0, 200)} ${node.failureSummary}`))
}
