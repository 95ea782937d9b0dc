import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { atPage, errorsAre, faultsOf, narrow, noSidewaysScroll, sees, visit } from '../support/browser.ts'
import { oneStory } from './in-order.ts'
import { rocToday } from './today.ts'

oneStory()

const order = '請工務處就落後工程約談廠商，三日內提出趕工計畫。'
let meeting = ''
let project = ''
let directive = ''
let before: number[] = []

/** 期初, 新增, 離開, 期末 of the last twenty days. */
async function balance(page: Page): Promise<number[]> {
  await page.goto(`/console/figures/directives.balance?from=${rocToday(-20)}&to=${rocToday()}&statusOn=${rocToday()}`)
  return Promise.all(['期初列管', '新增列管', '離開列管', '期末列管'].map(async (name) => Number(await page.locator('tr', { has: page.getByRole('rowheader', { name, exact: true }) }).getByRole('link').innerText())))
}

test('a meeting of last week orders something about a project that is behind, and its minutes say so', async () => {
  const page = await visit({ login: 'control' })
  before = await balance(page)
  await page.goto('/console/meetings/new?body=executive')
  await page.getByRole('textbox', { name: '開會日期' }).fill(rocToday(-9))
  await page.getByRole('textbox', { name: '地點' }).fill('第一會議室')
  await page.getByRole('textbox', { name: /^報告事項/ }).fill('工務處：落後工程檢討')
  for (const box of await page.getByRole('group', { name: /^排入議程的案件/ }).getByRole('checkbox').all()) await box.uncheck()
  await page.getByRole('button', { name: '召開', exact: true }).click()
  await sees(page, '會議已排定')
  meeting = decodeURIComponent(new URL(page.url()).pathname.split('/').at(-1)!)
  await page.getByRole('link', { name: '會議進行' }).click()
  await page.getByRole('button', { name: '登錄出席' }).click()
  await sees(page, '出席已登錄')
  await page.getByRole('combobox', { name: '決議' }).selectOption({ label: '依裁示辦理' })
  await page.getByRole('textbox', { name: '決議內容、主席裁示' }).fill(order)
  await page.getByRole('button', { name: '登錄決議' }).click()
  await sees(page, '決議已登錄')
  await end(page)
  await sees(page, order)
})

test('its sentence goes to a unit with a day and a proof, from the project it is about; a sentence that nobody wrote does not', async () => {
  const page = await visit({ login: 'control', script: false })
  await page.goto('/console/projects?state=behind')
  await page.locator('tr', { hasText: '工務處' }).getByRole('link').first().click()
  await sees(page.locator('main').first(), /^落後．黃燈/)
  project = new URL(page.url()).pathname
  await page.locator('summary', { hasText: '列管給這件' }).click()
  await page.getByRole('link', { name: `${rocToday(-9)} 主管會報` }).click()
  await page.getByRole('combobox', { name: '主辦單位' }).selectOption({ label: '工務處' })
  await page.getByRole('textbox', { name: '期限是哪一天' }).fill(rocToday(-4))
  await page.getByRole('textbox', { name: '辦畢時要附什麼佐證' }).fill('趕工計畫')
  await page.locator('summary', { hasText: '要跨好幾句' }).click()
  await page.getByRole('textbox', { name: '指裁示的文字' }).fill('請工務處明日完工。')
  await page.getByRole('button', { name: '列管', exact: true }).click()
  await errorsAre(page, [expect.stringContaining('沒有這一句')])
  await page.getByRole('textbox', { name: '指裁示的文字' }).fill('')
  await page.getByRole('radio', { name: order }).check()
  await page.getByRole('button', { name: '列管', exact: true }).click()
  await sees(page, '已列管，案號')
  directive = /裁\d+-\d+/.exec(await page.getByText('已列管，案號').innerText())![0]
  await page.goto(project)
  await sees(page, directive)
  expect(await balance(page)).toEqual([before[0], before[1]! + 1, before[2], before[3]! + 1])
})

test('it is late and chased; done without its proof is refused, with it the section accepts', async () => {
  const page = await visit({ login: 'control' })
  await page.goto('/console/directives?overdue=yes')
  await page.getByRole('link', { name: directive }).click()
  await page.getByRole('link', { name: '催辦' }).click()
  await page.getByRole('textbox', { name: '催辦的話' }).fill('下次會報要報告，請先填報。')
  await page.getByRole('button', { name: '催辦' }).click()
  await sees(page, '已登錄：催辦')
  expect(await faultsOf(page)).toEqual([])

  const officer = await visit({ login: 'officer', viewport: narrow })
  await officer.goto(`/console/directives/${encodeURIComponent(directive)}/report`)
  await officer.getByRole('textbox', { name: '辦理情形' }).fill('已約談廠商，趕工計畫如附件。')
  await officer.getByRole('radio', { name: /^已辦畢/ }).check()
  await officer.getByRole('textbox', { name: '辦畢日期' }).fill(rocToday())
  await officer.getByRole('button', { name: '送出填報' }).click()
  await errorsAre(officer, [expect.stringContaining('請附上佐證')])
  await officer.locator('input[type=file]').setInputFiles({ name: '趕工計畫.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.4\n%%EOF') })
  await officer.getByRole('button', { name: '送出填報' }).click()
  await sees(officer, '已填報')
  await noSidewaysScroll(officer)

  await page.reload()
  await page.getByRole('link', { name: '檢核通過' }).click()
  await page.getByRole('textbox', { name: '管考意見' }).fill('佐證齊備，建議解除列管。')
  await page.getByRole('button', { name: '檢核通過' }).click()
  await sees(page, '待會議決定')
})

test('only a later meeting takes it off, when that meeting ends; the balance of two dates still holds', async () => {
  const page = await visit({ login: 'control' })
  await page.goto(`/console/directives/${encodeURIComponent(directive)}/decide`)
  const choice = page.getByRole('combobox', { name: '哪一次會議' })
  expect(await choice.getByRole('option').allTextContents()).not.toContainEqual(expect.stringContaining(meeting))
  await choice.selectOption({ label: (await choice.getByRole('option').allTextContents()).find((text) => text.startsWith(`${rocToday()} 主管會報`))! })
  await page.getByRole('combobox', { name: '決定', exact: true }).selectOption({ label: '解除列管' })
  await page.getByRole('textbox', { name: '決定內容' }).fill('趕工計畫已提出，同意解除列管。')
  await page.getByRole('button', { name: '登錄', exact: true }).click()
  await sees(page, '會議結束後生效')
  expect((await balance(page))[3]).toBe(before[3]! + 1)

  await page.goto('/console/meetings?body=executive')
  await page.getByRole('link', { name: rocToday() }).click()
  await page.getByRole('link', { name: '會議進行' }).click()
  await page.getByRole('button', { name: '結束會議並寫成紀錄' }).waitFor() // what is asked for next does not wait for its page
  for (const left of await page.locator('[id^=item-]').filter({ has: page.getByText('登錄決議', { exact: true }).and(page.locator('summary')) }).evaluateAll((all) => all.map(({ id }) => id))) {
    await page.locator(`#${left}`).getByRole('combobox', { name: '決議' }).selectOption({ index: 1 })
    await page.locator(`#${left}`).getByRole('button', { name: '登錄決議' }).click()
    await sees(page.locator(`#${left}`), '已決議')
  }
  await end(page)
  await sees(page, '同意解除列管')
  const [carriedIn, entered, ended, carriedOut] = await balance(page)
  expect([carriedIn, entered, ended, carriedOut]).toEqual([before[0], before[1]! + 1, before[2]! + 1, before[3]])
  expect(carriedIn! + entered! - ended!).toBe(carriedOut)
  await page.goto(project)
  await sees(page, '解除列管')
})

async function end(page: Page): Promise<void> {
  page.once('dialog', (dialog) => void dialog.accept())
  await page.getByRole('textbox', { name: '散會時間' }).fill('11:30')
  await page.getByRole('button', { name: '結束會議並寫成紀錄' }).click()
  await page.getByRole('button', { name: /確定|結束/ }).last().click({ timeout: 2_000 }).catch(() => undefined)
  await sees(page, '會議已結束')
  await atPage(page, /主管會報/)
}
