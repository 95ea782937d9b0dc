import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { ensureBuilt, openBrowser } from '../ui/showcase/browser.ts'
import { serveShowcase } from '../ui/showcase/serve.ts'

// A browser on a busy machine of two cores.
vi.setConfig({ testTimeout: 60_000 })

let browser: Browser
let site: Awaited<ReturnType<typeof serveShowcase>>
let page: Page

beforeAll(async () => {
  await ensureBuilt()
  site = await serveShowcase()
  browser = await openBrowser()
}, 60_000)

afterAll(async () => {
  await browser?.close()
  site?.close()
})

beforeEach(async () => {
  page = await browser.newPage({ viewport: { width: 1280, height: 900 } })
})

afterEach(async () => {
  await page.unrouteAll({ behavior: 'ignoreErrors' })
  await page.close()
})

describe('by keyboard alone', () => {
  beforeEach(() => page.goto(`${site.url}/list`))

  test('the search is one key away, and a slash in it is a slash', async () => {
    await page.keyboard.press('/')
    await page.keyboard.type('路燈/')
    expect(await page.getByRole('searchbox').inputValue()).toBe('路燈/')
  })

  test('rows are walked down and up, chosen and opened', async () => {
    await page.keyboard.press('j')
    await page.keyboard.press('j')
    await page.keyboard.press('j')
    await page.keyboard.press('k')
    expect(await page.locator('tr[data-chosen]').getAttribute('data-href')).toContain('000411')
    await page.keyboard.press('x')
    expect(await page.locator('tr[data-chosen] .select-box').isChecked()).toBe(false)
    await Promise.all([page.waitForRequest('**/console/cases/**'), page.keyboard.press('Enter')])
  })

  test('the list of keys opens and closes', async () => {
    await page.keyboard.press('?')
    expect(await page.getByRole('dialog', { name: '鍵盤按鍵' }).isVisible()).toBe(true)
    await page.keyboard.press('Escape')
    expect(await page.getByRole('dialog').count()).toBe(0)
  })
})

describe('many rows', () => {
  beforeEach(() => page.goto(`${site.url}/list`))

  test('are chosen at once, and their number is said', async () => {
    await page.getByLabel('全選').check()
    expect(await page.locator('[data-bulk-count]').textContent()).toBe('已選 10 件')
    await page.getByLabel('全選').uncheck()
    expect(await page.locator('[data-bulk-count]').textContent()).toBe('勾選要一起處理的列')
  })

  test('are chosen as a range with shift', async () => {
    const boxes = page.locator('tbody .select-box')
    await boxes.nth(3).click()
    await boxes.nth(6).click({ modifiers: ['Shift'] })
    expect(await page.locator('[data-bulk-count]').textContent()).toBe('已選 5 件')
  })
})

describe('an act that loses something', () => {
  beforeEach(() => page.goto(`${site.url}/list`))

  test('is asked about first, and the safe answer does nothing', async () => {
    let sent = 0
    await page.route('**/console/bulk', (route) => { sent += 1; return route.fulfill({ status: 422, contentType: 'text/html', body: '<title>x</title>' }) })
    await page.getByRole('button', { name: '不予處理' }).click()
    const dialog = page.getByRole('dialog', { name: '要不予處理嗎？' })
    expect(await dialog.textContent()).toContain('30 天內可以在案件頁復原')
    await page.keyboard.press('Enter')
    await dialog.waitFor({ state: 'detached' })
    expect(sent).toBe(0)
    await page.getByRole('button', { name: '不予處理' }).click()
    await Promise.all([page.waitForResponse('**/console/bulk'), dialog.getByRole('button', { name: '不予處理' }).click()])
    expect(sent).toBe(1)
  })
})

describe('what is typed', () => {
  test('survives an ended session, and is forgotten once it was taken', async () => {
    await page.goto(`${site.url}/fields`)
    await page.getByLabel('主旨').fill('路燈不亮')
    // The session had ended: the answer is a page that asks for a password.
    await page.route('**/petitions', (route) => route.fulfill({ status: 200, contentType: 'text/html', body: '<body><form><input type="password"></form></body>' }))
    await page.evaluate(() => document.querySelector<HTMLFormElement>('#petition')?.setAttribute('data-turbo', 'false'))
    await page.getByRole('button', { name: '送出' }).click()
    await page.waitForURL('**/petitions')
    await page.goto(`${site.url}/fields`)
    expect(await page.getByLabel('主旨').inputValue()).toBe('路燈不亮')
    await page.getByText('已放回您先前輸入').waitFor()
    await page.getByRole('button', { name: '不要這些內容' }).click()
    expect(await page.getByLabel('主旨').inputValue()).toBe('')
    await page.reload()
    expect(await page.getByLabel('主旨').inputValue()).toBe('')
  })

  test('does not come back after it was taken', async () => {
    await page.goto(`${site.url}/case`)
    await page.getByLabel('答復內容').fill('新的答復')
    await page.route('**/answer', (route) => route.fulfill({ status: 303, headers: { location: '/list' } }))
    await page.getByRole('button', { name: '存草稿' }).click()
    await page.waitForURL('**/list')
    await page.goto(`${site.url}/case`)
    expect(await page.getByLabel('答復內容').inputValue()).not.toBe('新的答復')
  })

  test('is not lost when the office cannot be reached', async () => {
    await page.goto(`${site.url}/case`)
    await page.getByLabel('答復內容').fill('新的答復')
    await page.route('**/answer', (route) => route.abort())
    await page.getByRole('button', { name: '存草稿' }).click()
    await page.getByText('現在連不上伺服器').waitFor()
    expect(await page.getByLabel('答復內容').inputValue()).toBe('新的答復')
  })

  test('is counted while typing, a rare character as one', async () => {
    await page.goto(`${site.url}/fields`)
    await page.getByLabel('想告訴我們什麼').fill('𠮷')
    expect(await page.locator('.govuk-character-count__status').textContent()).toBe('還可以寫 3,999 個字')
  })
})

test('a form that comes back with errors is shown with them, and its scripts run', async () => {
  await page.goto(`${site.url}/fields`)
  const wrong = await (await page.request.get(`${site.url}/fields-wrong`)).text()
  await page.route('**/petitions', (route) => route.fulfill({ status: 422, contentType: 'text/html', body: wrong }))
  await page.getByRole('button', { name: '送出' }).click()
  await page.getByText('有地方需要您再看一下').waitFor()
  await expect.poll(() => page.evaluate(() => document.activeElement?.className)).toBe('govuk-error-summary')
  await page.getByRole('link', { name: '請用一句話寫下主旨。' }).click()
  expect(await page.evaluate(() => document.activeElement?.id)).toBe('subject')
  expect(await page.getByRole('button', { name: '顯示密碼' }).isVisible()).toBe(true)
})

test('a file that is too large is said before it is sent', async () => {
  await page.goto(`${site.url}/fields`)
  let sent = false
  await page.route('**/petitions', (route) => { sent = true; return route.abort() })
  await page.locator('input[type="file"]').setInputFiles({ name: '錄影.mp4', mimeType: 'video/mp4', buffer: Buffer.alloc(11 * 1024 * 1024) })
  await page.getByText('「錄影.mp4」超過 10 MB').waitFor()
  await page.getByRole('button', { name: '送出' }).click()
  expect(sent).toBe(false)
  await page.locator('input[type="file"]').setInputFiles({ name: '照片.jpg', mimeType: 'image/jpeg', buffer: Buffer.alloc(1000) })
  expect(await page.getByText('「錄影.mp4」超過 10 MB').isVisible()).toBe(false)
})

test('fields of a choice show while it is chosen', async () => {
  await page.goto(`${site.url}/fields`)
  expect(await page.getByLabel('電子郵件地址').isVisible()).toBe(true)
  await page.getByLabel('書面郵寄').check()
  expect(await page.getByLabel('電子郵件地址').isVisible()).toBe(false)
})

test('the menu closes with Escape and when one clicks elsewhere', async () => {
  await page.goto(`${site.url}/list`)
  const signOut = page.getByRole('button', { name: '登出' })
  await page.getByText('林示範').first().click()
  expect(await signOut.isVisible()).toBe(true)
  await page.keyboard.press('Escape')
  expect(await signOut.isVisible()).toBe(false)
  await page.getByText('林示範').first().click()
  await page.getByRole('heading', { name: '全部案件' }).click()
  expect(await signOut.isVisible()).toBe(false)
})
