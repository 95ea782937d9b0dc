import { expect, test } from 'vitest'
import { readFile } from 'node:fs/promises'
import { atPage, errorsAre, faultsOf, narrow, noSidewaysScroll, sees, visit } from '../support/browser.ts'
import { oneStory } from './in-order.ts'
import { rocToday } from './today.ts'

oneStory()

const title = '示範步道使用費調整'
let proposal = ''
let meeting = ''

test('an officer writes a proposal; without saying what is asked it is refused and nothing is lost', async () => {
  const page = await visit({ login: 'officer', viewport: narrow })
  await page.goto('/console/meeting-proposals/new')
  await page.getByRole('combobox', { name: '提到哪個會議' }).selectOption({ label: '縣務會議' })
  await page.getByRole('textbox', { name: '案由' }).fill(title)
  await page.getByRole('textbox', { name: '說明' }).fill('物價上漲，擬自明年起調整。')
  await page.getByRole('button', { name: '提送' }).click()
  await errorsAre(page, [expect.stringContaining('請會議決定什麼')])
  expect(await page.getByRole('textbox', { name: '案由' }).inputValue()).toBe(title)
  await page.getByRole('textbox', { name: '擬辦' }).fill('提請審議，通過後公告。')
  await page.getByRole('button', { name: '提送' }).click()
  await atPage(page, title)
  proposal = decodeURIComponent(new URL(page.url()).pathname.split('/').at(-1)!)
  await noSidewaysScroll(page)
  expect(await faultsOf(page)).toEqual([])
})

test('the secretary calls the meeting of today with it, and cannot without a place', async () => {
  const page = await visit({ login: 'control', script: false })
  await page.goto('/console/meetings/new?body=county_affairs')
  await page.getByRole('textbox', { name: '開會日期' }).fill(rocToday())
  await page.getByRole('textbox', { name: /^報告事項/ }).fill('年終大型活動準備情形')
  await page.getByRole('button', { name: '召開', exact: true }).click()
  await errorsAre(page, [expect.stringContaining('請填地點')])
  await page.getByRole('textbox', { name: '地點' }).fill('第一會議室')
  // only ours: the demonstration has a proposal of its own
  for (const box of await page.getByRole('group', { name: /^排入議程的案件/ }).getByRole('checkbox').all()) if (!(await box.evaluate((one) => one.closest('.govuk-checkboxes__item')?.textContent ?? '')).includes(title)) await box.uncheck()
  await page.getByRole('button', { name: '召開', exact: true }).click()
  await sees(page, '會議已排定')
  await sees(page, proposal)
  meeting = new URL(page.url()).pathname
})

test('a head reads the papers, keeps a note, and takes them along where there is no network', async () => {
  const page = await visit({ login: 'head', viewport: narrow })
  await page.goto(`${meeting}/papers`)
  await page.locator('summary', { hasText: '寫筆記' }).last().click()
  await page.getByRole('textbox', { name: /的筆記/ }).last().fill('問清楚財源')
  await page.getByRole('button', { name: '存筆記' }).last().click()
  await sees(page, '筆記已存')
  expect(await faultsOf(page)).toEqual([])
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: '存到這台裝置' }).click()])
  const kept = await download.path()
  expect(await readFile(kept, 'utf8')).toContain('問清楚財源')
  await page.context().setOffline(true)
  await page.setContent(await readFile(kept, 'utf8'))
  await sees(page, '物價上漲，擬自明年起調整。')
  await page.context().setOffline(false)
})

test('while it runs everybody sees which item and what was decided; at its end it writes its minutes', async () => {
  const [page, reader] = [await visit({ login: 'control' }), await visit({ login: 'head' })]
  await reader.goto(meeting)
  expect(await faultsOf(reader)).toEqual([])
  await reader.goto(`${meeting}/live`)
  await sees(reader, '會議還沒有開始')
  expect(await faultsOf(reader)).toEqual([])
  await page.goto(`${meeting}/hold`)
  expect(await faultsOf(page)).toEqual([])
  await page.getByRole('button', { name: '登錄出席' }).click()
  await sees(page, '出席已登錄')
  for (const [what, decision] of [['年終大型活動準備情形', '准予備查'], [title, '照案通過']] as const) {
    const card = page.locator('[id^=item-]').filter({ has: page.getByRole('heading', { name: new RegExp(what) }) })
    await card.getByRole('combobox', { name: '決議' }).selectOption({ label: decision })
    await card.getByRole('button', { name: '登錄決議' }).click()
    await sees(page, '決議已登錄')
  }
  await sees(reader, '2 案，已決議 2 案')
  await page.locator('a', { hasText: '迴避與記名表決' }).first().click()
  await atPage(page, '年終大型活動準備情形')
  expect(await faultsOf(page)).toEqual([])
  await page.goto(`${meeting}/hold`)
  page.on('dialog', (dialog) => void dialog.accept())
  await page.getByRole('textbox', { name: '散會時間' }).fill('11:30')
  await page.getByRole('button', { name: '結束會議並寫成紀錄' }).click()
  await page.getByRole('button', { name: /確定|結束/ }).last().click({ timeout: 2_000 }).catch(() => undefined)
  await sees(page, '會議已結束')
  await sees(page, '決議：照案通過')
  await sees(reader, '會議已經結束')
  await page.goto(`/console/meeting-proposals/${encodeURIComponent(proposal)}`)
  await sees(page, '照案通過')
  await page.goto(`${meeting}/publication`)
  expect(await faultsOf(page)).toEqual([])
})
