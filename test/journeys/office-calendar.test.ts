import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { officeCalendar } from '../../app/core/clocks/index.ts'
import { dayOf, rocDay } from '../../app/core/time.ts'
import { atPage, errorsAre, faultsOf, sees, visit } from '../support/browser.ts'
import { oneStory } from './in-order.ts'

oneStory()

/** Far enough for nothing else in the demonstration to be about it, near enough for cases to be running over it. */
const day = rocDay(officeCalendar.addOfficeDays(dayOf(new Date()), 4)!)
const yearPage = `/console/clocks/calendar?year=${day.split('/')[0]}`
const closure = `${day} 演練停止上班`
let control: Page
let moved: { address: string; from: string; to: string }

test('a typhoon day is looked at before it is applied: every case that moves, from when to when', async () => {
  control = await visit({ login: 'control' })
  await control.goto('/console/clocks/calendar')
  await control.getByRole('link', { name: '登記停止上班' }).click()
  await atPage(control, '登記停止上班')
  await control.getByRole('button', { name: '看哪些案件會移動' }).click()
  await errorsAre(control, [expect.stringContaining('請填日期')])
  await control.getByRole('textbox', { name: '哪一天' }).fill(day)
  await control.getByLabel('事由', { exact: true }).fill('演練停止上班')
  await control.getByRole('textbox', { name: '說明' }).fill('防災演練')
  await control.getByRole('button', { name: '看哪些案件會移動' }).click()
  await atPage(control, closure)
  expect(await faultsOf(control)).toEqual([])
  moved = await firstMoved(control)
  expect(moved.to).not.toBe(moved.from)
  expect(await dueOn(moved.address)).toContain(moved.from) // nothing has changed yet
})

test('it is applied in one act; the case tells its earlier day', async () => {
  control = await visit({ login: 'control' })
  await control.goto('/console/clocks/calendar/close')
  await control.getByRole('textbox', { name: '哪一天' }).fill(day)
  await control.getByLabel('事由', { exact: true }).fill('演練停止上班')
  await control.getByRole('button', { name: '看哪些案件會移動' }).click()
  await control.getByRole('button', { name: /^套用/ }).click()
  await sees(control, /已套用「.*」，移動 \d+ 件，已通知承辦人/)
  expect(await faultsOf(control)).toEqual([])
  expect(await firstMoved(control)).toEqual(moved)
  const page = await visit({ login: 'control' })
  await page.goto(moved.address)
  await sees(page, `因 ${closure}，期限由 ${moved.from}`)
})

test('it is taken back, and every case is due when it was', async () => {
  control = await visit({ login: 'control' })
  await control.goto(yearPage)
  await control.getByRole('link', { name: /^取消登記/ }).filter({ hasText: closure }).click()
  await atPage(control, '取消停止上班')
  expect(await faultsOf(control)).toEqual([])
  await control.getByRole('textbox', { name: '為什麼取消' }).fill('演練結束')
  await control.getByRole('button', { name: '看哪些案件會移動' }).click()
  await atPage(control, `取消「${closure}」`)
  await sees(control, /期限會提前/)
  await control.getByRole('button', { name: /^套用/ }).click()
  await sees(control, /已套用/)
  expect(await dueOn(moved.address)).toContain(moved.from)
  await control.goto(yearPage)
  await sees(control, /取消：演練結束/)
})

async function firstMoved(page: Page): Promise<typeof moved> {
  const row = page.getByRole('table').getByRole('row').filter({ has: page.getByRole('link') }).first()
  const days = (await row.locator('time').allTextContents()).map((text) => /\d+\/\d+\/\d+/.exec(text)![0])
  return { address: (await row.getByRole('link').first().getAttribute('href'))!, from: days.at(-2)!, to: days.at(-1)! }
}

async function dueOn(address: string): Promise<string> {
  const page = await visit({ login: 'control' })
  await page.goto(address)
  return (await page.getByRole('main').locator('time').allTextContents()).join('\n')
}
