import { expect, test } from 'vitest'
import { atPage, errorsAre, narrow, noSidewaysScroll, sees, visit } from '../support/browser.ts'
import { readConfirmationLink } from './desk.ts'
import { oneStory } from './in-order.ts'
import { confirm, fillIn, follow, goOnAndSend, type Kept } from './resident.ts'

oneStory()

const phone = { viewport: narrow, script: false }
const letter = {
  title: '海邊步道的欄杆鬆動',
  body: '海邊步道靠近涼亭的一段欄杆鬆動，小朋友靠上去會晃。',
  name: '示範𠮷先生',
  email: 'walker@example.org',
}
let kept: Kept

test('on a phone without script a resident is told what is wrong, loses nothing, and files', async () => {
  const page = await visit(phone)
  await page.goto('/')
  await noSidewaysScroll(page)
  await page.getByRole('link', { name: '提出陳情' }).first().click()
  await fillIn(page, { ...letter, email: 'walker.example.org' })
  await page.getByLabel('附件').setInputFiles({ name: '欄杆.txt', mimeType: 'text/plain', buffer: Buffer.from('欄杆在涼亭南側。') })
  await page.getByRole('button', { name: '下一步：看一遍再送出' }).click()
  await errorsAre(page, [expect.stringContaining('無法寄信')])
  expect(await page.getByRole('textbox', { name: '內容', exact: true }).inputValue()).toBe(letter.body)
  await sees(page, '欄杆.txt')
  await noSidewaysScroll(page)
  await fillIn(page, { email: letter.email })
  kept = await goOnAndSend(page)
  await noSidewaysScroll(page)
})

test('the confirmation works without script', async () => {
  const link = await readConfirmationLink(await visit({ login: 'clerk' }), kept.followNo)
  const page = await visit(phone)
  await confirm(page, link)
  await noSidewaysScroll(page)
})

test('and so do following, adding to it and withdrawing it', async () => {
  const page = await visit(phone)
  await follow(page, kept)
  await atPage(page, letter.title)
  await sees(page, '已收到，正在分給負責的單位')
  await noSidewaysScroll(page)
  await page.getByText('補充資料', { exact: true }).click()
  await page.getByRole('button', { name: '送出補充' }).click()
  await errorsAre(page, [expect.any(String)])
  await page.getByRole('textbox', { name: '要補充的內容' }).fill('欄杆編號是示範十二號。')
  await page.getByRole('button', { name: '送出補充' }).click()
  await sees(page, '已收到您的補充')
  await sees(page, '欄杆編號是示範十二號。')
  await page.getByRole('link', { name: '撤回這件陳情' }).click()
  await atPage(page, '要撤回這件陳情嗎')
  await page.getByRole('link', { name: '不撤回，回上一頁' }).click()
  await page.getByRole('link', { name: '撤回這件陳情' }).click()
  await page.getByRole('button', { name: '確定撤回' }).click()
  await sees(page, '已由您撤回')
  await page.getByRole('button', { name: '結束查詢' }).click()
  await atPage(page, '查進度')
  await page.goto(`/petitions/follow/${kept.followNo}`)
  await atPage(page, '查進度')
  expect(await page.getByText(letter.title).count()).toBe(0)
})
