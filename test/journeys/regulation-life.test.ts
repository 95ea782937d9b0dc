import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { atPage, errorsAre, faultsOf, narrow, noSidewaysScroll, sees, visit } from '../support/browser.ts'
import { mailedLink } from './desk.ts'
import { oneStory } from './in-order.ts'
import { rocToday } from './today.ts'

oneStory()

const name = '示範縣海濱步道管理自治條例'
const text = '第一條\n為管理海濱步道，特制定本自治條例。\n第二條\n步道內禁止騎乘機車。\n第三條\n本自治條例自公布日施行。'
let address = ''

test('an officer proposes an ordinance by keyboard; what cannot be read is said and nothing is lost', async () => {
  const page = await visit({ login: 'officer' })
  await page.goto('/console/regulations')
  await page.getByRole('link', { name: '提出法規案' }).press('Enter')
  await atPage(page, '提出法規案')
  await page.getByRole('button', { name: '下一步' }).press('Enter')
  await atPage(page, '制（訂）定法規')
  await page.getByRole('textbox', { name: '法規名稱' }).fill(name)
  await page.getByRole('textbox', { name: '總說明' }).fill('海濱步道使用者眾，明定管理事項。')
  await page.getByRole('textbox', { name: '全部條文' }).fill('這裡沒有條號')
  await page.getByRole('button', { name: '提出', exact: true }).press('Enter')
  await errorsAre(page, [expect.stringContaining('讀不出條文')])
  expect(await page.getByRole('textbox', { name: '法規名稱' }).inputValue()).toBe(name)
  await page.getByRole('textbox', { name: '全部條文' }).fill(text)
  await page.getByRole('button', { name: '提出', exact: true }).press('Enter')
  await atPage(page, `制定「${name}」`)
  address = new URL(page.url()).pathname
  expect(await page.getByRole('link', { name: '預告草案' }).count()).toBe(0)
})

test('a resident comments on a draft under notice without script, and it counts once confirmed', async () => {
  const page = await visit({ viewport: narrow, script: false })
  await page.goto('/regulations')
  await page.getByRole('link', { name: '看預告中的草案' }).click()
  await page.getByRole('list').filter({ hasText: '預告到' }).first().getByRole('link').first().click()
  await noSidewaysScroll(page)
  await page.getByRole('textbox', { name: '姓名' }).fill('王示範')
  await page.getByRole('textbox', { name: '電子郵件' }).fill('comment.example.org')
  await page.getByRole('textbox', { name: '您的意見' }).fill('第三條的日數建議縮短。')
  await page.getByRole('button', { name: '送出並收確認信' }).click()
  await errorsAre(page, [expect.stringContaining('電子郵件')])
  expect(await page.getByRole('textbox', { name: '您的意見' }).inputValue()).toBe('第三條的日數建議縮短。')
  await page.getByRole('textbox', { name: '電子郵件' }).fill('comment@example.org')
  await page.getByRole('button', { name: '送出並收確認信' }).click()
  await sees(page, '確認信已寄出')
  await page.goto(await mailedLink('請確認您對', /\/regulations\/notices\/confirm\/\S+/, '送出意見'))
  await atPage(page, '送出您的意見')
  const inspected = await visit()
  await inspected.goto(new URL(page.url()).pathname)
  expect(await faultsOf(inspected)).toEqual([])
  await page.getByRole('button', { name: '送出意見' }).click()
  await sees(page, '意見已送到')
})

test('the law section takes it through review, county meeting and council without script; the wrong order is refused', async () => {
  const page = await visit({ login: 'law', script: false })
  await page.goto(`${address}/steps/promulgate`)
  await sees(page, '現在是「研擬」，不能公布')
  await step(page, '不預告', { 理由: '示範：情況急迫' })
  await page.goto('/console/regulation-meetings/new')
  await page.getByRole('textbox', { name: '開會日期' }).fill(rocToday())
  await page.getByRole('textbox', { name: '地點' }).fill('第二會議室')
  await page.getByRole('checkbox', { name: new RegExp(name) }).check()
  await page.getByRole('button', { name: '排定' }).click()
  await sees(page, '會議已排定')
  await page.getByRole('button', { name: '存檔並結束會議' }).click()
  await errorsAre(page, [expect.stringContaining('決議')])
  await page.getByRole('combobox', { name: /的決議$/ }).selectOption({ label: '照案通過' })
  await page.getByRole('textbox', { name: '發言要旨及其他' }).fill('逐條審議通過。')
  await page.getByRole('button', { name: '存檔並結束會議' }).click()
  await sees(page, '各案已依決議往下走')
  await sees(page, '出席委員無異議')
  for (const label of ['縣務會議通過', '議會一讀', '議會二讀', '議會三讀通過', '收到議會函送']) await step(page, label)
})

test('promulgated, it stands on the public site from its third day on', async () => {
  const page = await visit({ login: 'law', script: false })
  await step(page, '公布', { 文號: '示府法字第0000001號' })
  await page.getByRole('link', { name, exact: true }).click()
  await atPage(page, name)
  await sees(page, '尚未生效')
  const resident = await visit({ script: false })
  await resident.goto(`/regulations?q=${encodeURIComponent('海濱步道')}`)
  await resident.getByRole('link', { name, exact: true }).first().click()
  await resident.getByRole('main').getByRole('link', { name: /^\d+\/\d+\/\d+$/ }).first().click()
  await sees(resident, '步道內禁止騎乘機車。')
})

/** Takes the step whose button the proposal's page shows. */
async function step(page: Page, label: string, fields: Record<string, string> = {}): Promise<void> {
  await page.goto(address)
  await page.getByRole('navigation', { name: '可以做的事' }).getByRole('link', { name: label, exact: true }).click()
  for (const [field, value] of Object.entries(fields)) await page.getByRole('textbox', { name: field }).fill(value)
  await page.getByRole('button', { name: label, exact: true }).click()
  await sees(page, `已登錄：${label}`)
}
