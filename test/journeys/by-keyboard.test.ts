import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { demonstrationPassword } from '../../app/demo/load.ts'
import { atPage, sees, visit } from '../support/browser.ts'
import { readKept } from './resident.ts'

test('a clerk signs in, finds a case and leaves it again without a mouse', async () => {
  const page = await visit()
  const { keyboard } = page
  await page.goto('/sign-in')
  await tabTo(page, '帳號')
  await keyboard.type('clerk')
  await tabTo(page, '密碼')
  await keyboard.type('wrong')
  await keyboard.press('Enter')
  await page.getByRole('alert').waitFor()
  await tabTo(page, '密碼')
  await keyboard.type(demonstrationPassword)
  await keyboard.press('Enter')
  await atPage(page, '我的工作')

  await keyboard.press('/')
  expect(await focused(page)).toMatch(/^搜尋/)
  await keyboard.type('路燈')
  await keyboard.press('Enter')
  await atPage(page, '陳情案件')
  await keyboard.press('j')
  const first = await focused(page)
  await keyboard.press('j')
  const second = await focused(page)
  expect(second).not.toBe(first)
  await keyboard.press('k')
  expect(await focused(page)).toBe(first)
  await keyboard.press('Enter')
  await page.waitForURL(/petitions\/(%E9%99%B3|陳)/)
  await sees(page, first)

  await keyboard.press('?')
  await page.getByRole('dialog').waitFor()
  await keyboard.press('Escape')
  await page.getByRole('dialog').waitFor({ state: 'hidden' })
})

test('the skip link is the first stop and leads past the menu', async () => {
  const page = await visit({ login: 'clerk' })
  for (const path of ['/', '/console', '/console/petitions', '/petitions/new']) {
    await page.goto(path)
    await page.keyboard.press('Tab')
    expect(await focused(page), path).toBe('跳到主要內容')
    expect(await page.getByRole('link', { name: '跳到主要內容' }).boundingBox(), path).toMatchObject({ y: expect.any(Number) })
    await page.keyboard.press('Enter')
    expect(await page.evaluate(() => document.activeElement?.id), path).toBe('main')
  }
})

test.each([['clerk', '/console/petitions/new'], [undefined, '/petitions/new']])('the fields of a form come in the order one reads them (%s %s)', async (login, path) => {
  const page = await visit(login ? { login } : {})
  await page.goto(path)
  const stops = await page.locator('main form').first().evaluate((form) => {
    const stops = [...form.querySelectorAll<HTMLElement>('input, select, textarea, button, summary')].filter((each) => each.tabIndex >= 0 && each.getClientRects().length > 0)
    return stops.map((each) => ({ top: Math.round(each.getBoundingClientRect().top), left: Math.round(each.getBoundingClientRect().left), tabIndex: each.tabIndex }))
  })
  expect(stops.length).toBeGreaterThan(8)
  expect(stops.map((each) => each.tabIndex)).toEqual(stops.map(() => 0))
  for (const [at, stop] of stops.slice(1).entries()) {
    const before = stops[at]!
    expect(stop.top > before.top - 12 || stop.left < before.left, `${before.top},${before.left} then ${stop.top},${stop.left}`).toBe(true)
  }
})

test('a resident files without a mouse, and always sees where one is', async () => {
  const page = await visit()
  const { keyboard } = page
  await page.goto('/petitions/new')
  await tabTo(page, '主旨')
  await keyboard.type('公園涼亭漏水')
  expect(await showsFocus(page)).toBe(true)
  await tabTo(page, '內容')
  await keyboard.type('公園涼亭的屋頂漏水，下雨天不能坐。')
  await tabTo(page, '姓名')
  await keyboard.type('示範小姐')
  await tabTo(page, '電子郵件')
  await keyboard.type('keyboard@example.org')
  await tabTo(page, '不要公開')
  await keyboard.press('ArrowDown')
  expect(await focused(page)).toMatch(/^可以/)
  await tabTo(page, '下一步：看一遍再送出')
  expect(await showsFocus(page)).toBe(true)
  await keyboard.press('Enter')
  await atPage(page, '送出前請看一遍')
  await sees(page, '可以，遮去個人資料後公開')
  await tabTo(page, '送出陳情')
  await keyboard.press('Enter')
  await readKept(page)
})

/** Presses Tab until the element of this name has the focus. */
async function tabTo(page: Page, name: string): Promise<void> {
  for (let presses = 0; presses < 80; presses++) {
    await page.keyboard.press('Tab')
    if ((await focused(page)).startsWith(name)) return
  }
  throw new Error(`「${name}」 is not reached by Tab on ${page.url()}`)
}

/** What a screen reader would call the element that has the focus. */
function focused(page: Page): Promise<string> {
  return page.evaluate(() => {
    const here = document.activeElement as HTMLElement | null
    const label = (here as HTMLInputElement | null)?.labels?.[0]?.textContent
    return (label ?? here?.getAttribute('aria-label') ?? here?.textContent ?? '').trim()
  })
}

/** An outline, a shadow or a border tells where the focus is. */
function showsFocus(page: Page): Promise<boolean> {
  return page.evaluate(() => {
    const style = getComputedStyle(document.activeElement!)
    return style.outlineStyle !== 'none' || style.boxShadow !== 'none'
  })
}
