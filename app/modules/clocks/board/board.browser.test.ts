import { expect, test } from 'vitest'
import { atPage, axeFindings, narrow, noSidewaysScroll, sees, visit } from '../../../../test/support/browser.ts'
import { boardPath } from '../paths.ts'

const focused = (page: Awaited<ReturnType<typeof visit>>) => page.evaluate(() => document.activeElement?.textContent?.trim() ?? '')

test('a head goes through what is due by keyboard and opens a case', async () => {
  const page = await visit({ login: 'head' })
  await page.goto(boardPath)
  await atPage(page, '期限')
  await page.keyboard.press('j')
  const first = await focused(page)
  // whatever kind of case is due first
  expect(first).toMatch(/^\p{Script=Han}\d+-\d+$/u)
  await page.keyboard.press('j')
  expect(await focused(page)).not.toBe(first)
  await page.keyboard.press('k')
  expect(await focused(page)).toBe(first)
  await page.keyboard.press('Enter')
  await page.waitForURL(`**/${encodeURIComponent(first)}`)
  await sees(page, first)
})

test.each([true, false])('a number of the month or of a unit leads to just so many rows (script: %s)', async (script) => {
  const page = await visit({ login: 'clerk', script })
  await page.goto(boardPath)
  const day = page.getByRole('link', { name: /^\d+\/\d+\/\d+（.*件$/ }).first()
  const count = Number(await day.textContent())
  await day.click()
  await sees(page, `共 ${count} 件`)
  expect(await page.locator('tbody tr[data-href]').count()).toBe(count)

  await page.goto(boardPath)
  const overdue = page.getByRole('navigation', { name: '什麼時候到期' }).getByRole('link', { name: /^逾期/ })
  const late = Number((await overdue.textContent())!.replace(/\D/g, ''))
  await overdue.click()
  await sees(page, `共 ${late} 件`)
  expect(await page.locator('tbody tr[data-href]').count()).toBe(late)
})

test('filters narrow the board and come off one by one', async () => {
  const page = await visit({ login: 'clerk' })
  await page.goto(boardPath)
  await page.getByLabel('找').fill('路')
  await page.getByRole('button', { name: '套用' }).click()
  await sees(page, '目前篩選')
  expect(new URL(page.url()).searchParams.get('q')).toBe('路')
  await page.getByRole('link', { name: /移除.*路/ }).click()
  await page.getByText('目前篩選').waitFor({ state: 'detached' })
})

test('the board fits a phone and paper, and axe finds nothing', async () => {
  const page = await visit({ login: 'clerk', viewport: narrow })
  await page.goto(boardPath)
  await noSidewaysScroll(page)
  expect(await axeFindings(page)).toEqual([])
  await page.emulateMedia({ media: 'print' })
  expect(await page.getByRole('button', { name: '套用' }).isVisible()).toBe(false)
  expect(await page.getByRole('heading', { level: 1 }).isVisible()).toBe(true)
})

test('an officer makes a calendar address, sees it once, and it opens without signing in', async () => {
  const page = await visit({ login: 'officer' })
  await page.goto('/console/account')
  await page.getByRole('link', { name: '設定行事曆訂閱' }).click()
  await page.getByRole('button', { name: '產生訂閱地址' }).click()
  const field = page.getByLabel('您的訂閱地址')
  const address = await field.inputValue()
  expect(await axeFindings(page)).toEqual([])
  await page.reload()
  await sees(page, '只在產生時顯示一次')
  expect(await field.count()).toBe(0)
  const text = await (await fetch(address)).text()
  expect(text).toContain('BEGIN:VEVENT')
  expect((await fetch(address.replace(/.\.ics$/, '~.ics'))).status).toBe(404)
})
