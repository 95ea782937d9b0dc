import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { atPage, errorsAre, faultsOf, narrow, noSidewaysScroll, sees, visit } from '../support/browser.ts'
import { oneStory } from './in-order.ts'
import { rocToday } from './today.ts'

oneStory()

const title = '因海濱違章建築事件'
const today = rocToday()
let address = ''
let number = ''

test('the committee takes in two members, with their terms', async () => {
  const page = await visit({ login: 'law', script: false })
  await page.goto('/console/appeal-meetings/members')
  for (const [name, where] of [['訴願示範乙', '外聘'], ['訴願示範丁', '內聘']] as const) {
    await page.getByRole('textbox', { name: '姓名' }).fill(name)
    await page.getByRole('radio', { name: new RegExp(`^${where}`) }).check()
    await page.getByRole('button', { name: '登錄', exact: true }).click()
    await errorsAre(page, [expect.stringContaining('任期開始')])
    await page.getByRole('textbox', { name: '任期開始' }).fill('110/1/1')
    await page.getByRole('button', { name: '登錄', exact: true }).click()
    await sees(page, '委員已登錄')
  }
  expect(await faultsOf(await inspect(page))).toEqual([])
})

test('the desk takes an appeal in, the agency defends, members read it, a draft is written for each claim', async () => {
  const page = await visit({ login: 'law', script: false })
  await page.goto('/console/appeals/new')
  await page.getByRole('textbox', { name: '案由' }).fill(title)
  await page.getByRole('radio', { name: /^鄉（鎮、市）公所/ }).check()
  await page.getByRole('combobox', { name: '本縣的機關' }).selectOption({ label: '金湖鎮公所' })
  await page.getByRole('textbox', { name: '處分書文號' }).fill('湖建字第0000001號')
  await page.getByRole('textbox', { name: '處分送達的日期' }).fill(today)
  await page.getByLabel('訴願人住居地').fill('金門縣')
  await page.getByRole('textbox', { name: '訴願請求事項' }).fill('原處分撤銷\n請求退還已繳罰鍰')
  await page.getByRole('textbox', { name: '事實及理由' }).fill('訴願人王示範（A123456789）認為處分認定事實有誤。')
  await page.getByRole('textbox', { name: '姓名或名稱' }).fill('王示範')
  await page.getByRole('textbox', { name: '身分證明文件字號或統一編號' }).fill('A123456789')
  await page.getByRole('textbox', { name: '住居所或營業所' }).fill('示範縣金湖鎮示範路1號')
  await page.getByRole('checkbox', { name: /^已由訴願人/ }).check()
  await page.getByRole('button', { name: /^登錄/ }).click()
  await atPage(page, title)
  address = new URL(page.url()).pathname
  number = decodeURIComponent(address.split('/').at(-1)!)
  await step(page, '函請原處分機關答辯')
  await step(page, '答辯', { 答辯書: '原處分並無違誤。' })
  await step(page, '送訴願會')

  await page.getByRole('link', { name: '委員審查' }).click()
  await atPage(page, '委員審查')
  await page.getByRole('button', { name: '分案' }).click()
  await errorsAre(page, [expect.stringContaining('至少要分給 3 位委員')])
  for (const box of (await page.getByRole('checkbox').all()).slice(0, 3)) await box.check()
  await page.getByRole('button', { name: '分案' }).click()
  await sees(page, '已分給審查委員')
  const readers = await page.getByRole('combobox', { name: '委員' }).getByRole('option').allTextContents()
  for (const reader of readers.filter((one) => one !== '選擇委員')) {
    await page.getByRole('combobox', { name: '委員' }).selectOption({ label: reader })
    await page.getByRole('textbox', { name: '審查意見' }).fill('同意擬處意見。')
    await page.getByRole('textbox', { name: '提出日期' }).fill(today)
    await page.getByRole('button', { name: '登錄', exact: true }).click()
    await sees(page, '審查意見已登錄')
  }
  expect(await faultsOf(await inspect(page))).toEqual([])

  await page.goto(`${address}/draft`)
  await page.getByRole('combobox', { name: '第 1 項的決定' }).selectOption({ label: '撤銷' })
  await page.getByRole('combobox', { name: '第 1 項撤銷之後' }).selectOption({ label: '發回另為處分' })
  await page.getByRole('combobox', { name: '第 2 項的決定' }).selectOption({ label: '駁回' })
  await page.getByRole('radio', { name: /地方行政訴訟庭/ }).check()
  await page.getByRole('button', { name: '存檔' }).click()
  await errorsAre(page, [expect.stringContaining('請指定另為處分的日數')])
  await page.getByRole('textbox', { name: '第 1 項另為處分的日數' }).fill('60')
  await page.getByRole('button', { name: '存檔' }).click()
  await sees(page, '擬處意見已存')
  await sees(page, '關於「請求退還已繳罰鍰」部分，訴願駁回。')
  expect(await faultsOf(await inspect(page))).toEqual([])
})

test('the committee meets, one member sits out, and resolves', async () => {
  const page = await visit({ login: 'law', script: false })
  await page.goto('/console/appeal-meetings/new')
  await page.getByRole('textbox', { name: '開會日期' }).fill(today)
  await page.getByRole('textbox', { name: '地點' }).fill('第一會議室')
  await page.getByRole('checkbox', { name: new RegExp(number) }).check()
  await page.getByRole('button', { name: '排定' }).click()
  await sees(page, '會議已排定')
  const meeting = new URL(page.url()).pathname
  await page.getByRole('link', { name: `登錄 ${number} 的迴避與記名表決` }).click()
  await page.getByRole('combobox', { name: '委員' }).selectOption({ label: '訴願示範丁' })
  await page.getByRole('combobox', { name: '事由' }).selectOption({ label: '與事件有利害關係（訴願法 §55）' })
  await page.getByRole('combobox', { name: '由誰提出' }).selectOption({ label: '自行迴避' })
  await page.getByRole('radio', { name: '應迴避' }).check()
  await page.getByRole('button', { name: '登錄迴避' }).click()
  await sees(page, '迴避已登錄')
  expect(await faultsOf(await inspect(page))).toEqual([])
  await page.goto(meeting)
  await page.getByRole('combobox', { name: /的決議$/ }).selectOption({ label: '照擬處意見決定' })
  expect(await faultsOf(await inspect(page))).toEqual([])
  await page.getByRole('button', { name: '存檔並結束會議' }).click()
  await sees(page, '各案已依決議往下走')
  await sees(page, '應迴避，未參與本案審議')
  await page.getByRole('link', { name: '開會通知單' }).click()
  expect(await faultsOf(await inspect(page))).toEqual([])
})

test('the head approves; the originals are posted and served, and the case ends with two outcomes', async () => {
  const head = await visit({ login: headOfLaw, script: false })
  await head.goto(`${address}/decision`)
  await head.getByRole('button', { name: '核定' }).click()
  await errorsAre(head, [expect.stringContaining('決定書文號')])
  await head.getByRole('textbox', { name: '決定書文號' }).fill('府訴決字第0000001號')
  expect(await faultsOf(await inspect(head))).toEqual([])
  await head.getByRole('button', { name: '核定' }).click()
  await sees(head, '已核定')

  const page = await visit({ login: 'law', script: false })
  await page.goto(`${address}/decision`)
  await sees(page, '向臺北高等行政法院地方行政訴訟庭提起行政訴訟')
  await page.getByRole('textbox', { name: '用途' }).fill('用印送達')
  await page.getByRole('button', { name: '開啟正本' }).click()
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'ODT' }).click()])
  expect(download.suggestedFilename()).toBe(`訴願決定書-${number}.odt`)
  for (const [whom, kind] of [[/^開啟給王.*的正本$/, '寄存送達'], [/^開啟給金湖鎮公所的正本$/, null]] as const) {
    await page.goto(`${address}/decision`)
    await page.getByRole('link', { name: whom }).click()
    await page.getByRole('button', { name: '登錄發文' }).click()
    await sees(page, '已登錄發文')
    if (!kind) continue
    await page.getByRole('combobox', { name: '怎麼送達' }).selectOption({ label: kind })
    await page.getByRole('textbox', { name: '送達、寄存或公告的日期' }).fill(today)
    await page.getByRole('button', { name: '登錄送達' }).click()
    await sees(page, '已登錄送達')
  }
  await page.goto(address)
  await sees(page, '一部撤銷一部駁回')
  await page.goto(`${address}/sequels`)
  expect(await faultsOf(await inspect(page))).toEqual([])
  await page.getByRole('combobox', { name: '是什麼' }).selectOption({ label: '原處分機關報告處理情形（訴願法 §96）' })
  await page.getByRole('textbox', { name: '日期', exact: true }).fill(today)
  await page.getByRole('textbox', { name: '內容' }).fill('已另為適法之處分。')
  await page.getByRole('button', { name: '登錄', exact: true }).click()
  await sees(page, '已登錄')
})

test('a masked copy is published; everybody finds it, and nobody finds the name', async () => {
  const page = await visit({ login: 'law', script: false })
  await page.goto(`${address}/publication`)
  await page.getByRole('textbox', { name: '理由' }).fill('訴願人王示範所述有理由。')
  await page.getByRole('checkbox', { name: /^我看過全文/ }).check()
  await page.getByRole('button', { name: '公開', exact: true }).click()
  await errorsAre(page, [expect.stringContaining('王示範')])
  await page.getByRole('textbox', { name: '理由' }).fill('訴願人所述有理由。')
  await page.getByRole('button', { name: '公開', exact: true }).click()
  await sees(page, '已公開')
  expect(await faultsOf(await inspect(page))).toEqual([])

  const anybody = await visit({ viewport: narrow, script: false })
  await anybody.goto('/appeals/decisions')
  await anybody.getByRole('searchbox', { name: '關鍵字' }).fill('海濱違章')
  await anybody.getByRole('button', { name: '查詢' }).click()
  await anybody.getByRole('link', { name: title }).click()
  await sees(anybody, '王○○')
  expect(await anybody.getByRole('main').innerText()).not.toMatch(/王示範|A123456789|示範路/)
  await noSidewaysScroll(anybody)
  expect(await faultsOf(await inspect(anybody))).toEqual([])
  const [download] = await Promise.all([anybody.waitForEvent('download'), anybody.getByRole('link', { name: 'PDF' }).click()])
  expect(download.suggestedFilename()).toBe(`訴願決定書-${number}.pdf`)
})

/** 行政處處長, above the law section. */
const headOfLaw = 'head-a08'

/** Takes the step whose button the case's page shows. */
async function step(page: Page, label: string, fields: Record<string, string> = {}): Promise<void> {
  await page.goto(address)
  await page.getByRole('navigation', { name: '可以做的事' }).getByRole('link', { name: label, exact: true }).click()
  for (const [field, value] of Object.entries(fields)) await page.getByRole('textbox', { name: field }).fill(value)
  await page.getByRole('button', { name: label, exact: true }).click()
  await sees(page, `已登錄：${label}`)
}

/** The same page with script, as axe needs it. */
async function inspect(page: Page): Promise<Page> {
  const login = page.url().includes('/console/') ? 'law' : undefined
  const twin = await visit({ login })
  await twin.goto(new URL(page.url()).pathname)
  return twin
}
