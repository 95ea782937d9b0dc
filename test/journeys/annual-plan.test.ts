import { expect, test } from 'vitest'
import { atPage, errorsAre, faultsOf, narrow, noSidewaysScroll, sees, visit } from '../support/browser.ts'
import { oneStory } from './in-order.ts'
import { rocToday } from './today.ts'

oneStory()

const year = '/console/annual-plans/120'
const addresses: string[] = []

async function propose(title: string, amount: string) {
  const page = await visit({ login: 'officer', script: false })
  await page.goto(`${year}/new`)
  await page.getByRole('textbox', { name: '計畫名稱' }).fill(title)
  await page.getByRole('radio', { name: '公共建設' }).check()
  await page.getByRole('radio', { name: '新興' }).check()
  await page.getByRole('textbox', { name: '單位內的優先順序' }).fill('1')
  await page.getByRole('textbox', { name: '計畫緣起與內容' }).fill('既有設施老舊，分期改善並完成驗收。')
  await page.getByRole('textbox', { name: '預期效益' }).fill('每年服務一萬人次，通報案件減半。')
  await page.getByRole('combobox', { name: '第 1 行經費來源' }).selectOption('縣款')
  await page.getByRole('textbox', { name: '第 1 行 120 年度' }).fill(amount)
  await page.getByRole('button', { name: '送出提報' }).click()
  await errorsAre(page, ['第 1 行請選用途別'])
  await page.getByRole('combobox', { name: '第 1 行用途別' }).selectOption('設備及投資')
  await page.getByRole('button', { name: '送出提報' }).click()
  await atPage(page, title)
  addresses.push(new URL(page.url()).pathname)
  return page
}

test('the section opens a year; a unit proposes two plans without script; what is missing is said and nothing is lost', async () => {
  const page = await visit({ login: 'control', script: false })
  await page.goto('/console/annual-plans/new')
  await page.getByRole('textbox', { name: '年度' }).fill('120')
  await page.getByRole('textbox', { name: '提報期限' }).fill('119/6/30')
  await page.getByRole('button', { name: '開始' }).click()
  await sees(page, '已開始 120 年度')
  await propose('示範防風林更新', '3,000萬')
  const own = await propose('示範步道照明', '1,200千元')
  await own.goto(`${addresses[1]}/edit`)
  expect(await own.getByRole('textbox', { name: '第 1 行 120 年度' }).inputValue()).toBe('1,200,000')
  const seen = await visit({ login: 'officer' })
  await seen.goto(`${addresses[1]}/edit`)
  expect(await faultsOf(seen)).toEqual([])
})

test('the section checks and names a reviewer, who scores on a phone', async () => {
  const page = await visit({ login: 'control' })
  for (const address of addresses) {
    await page.goto(address)
    await page.getByRole('radio', { name: '齊備，進入審查' }).check()
    await page.getByRole('button', { name: '送出', exact: true }).click()
    await sees(page, '已檢查，進入審查')
  }
  await page.goto(`${year}/reviewers`)
  await page.getByRole('textbox', { name: '同仁帳號' }).fill('editor')
  await page.getByRole('combobox', { name: '審查角色' }).selectOption('研考')
  await page.getByRole('button', { name: '指定' }).click()
  await sees(page, '已指定審查人員')
  const reviewer = await visit({ login: 'editor', viewport: narrow })
  for (const [i, points] of ['70', '90'].entries()) {
    await reviewer.goto(`${addresses[i]}/review`)
    if (i === 0) expect(await faultsOf(reviewer)).toEqual([])
    await noSidewaysScroll(reviewer)
    for (const field of await reviewer.locator('input[name^="points-"]').all()) await field.fill(points)
    await reviewer.getByRole('textbox', { name: '審查意見' }).fill('前置作業完備。')
    await reviewer.getByRole('button', { name: '送出評分' }).click()
    await sees(reviewer, `${points}.00`)
  }
})

test('without script the ceiling is typed and the same numbers come from the server', async () => {
  const page = await visit({ login: 'head', script: false, viewport: narrow })
  await page.goto(`${year}/cut`)
  await page.getByRole('textbox', { name: '經費上限' }).fill('2,000萬')
  await page.getByRole('button', { name: '重算' }).click()
  await sees(page, /納入 1 件、1,200 千元/)
  await sees(page, /未納入 1 件、30,000 千元/)
  await sees(page, /上限餘額 18,800 千元/)
  expect(await page.getByRole('slider').count()).toBe(0)
  expect(await page.getByRole('button', { name: '以這條線審定' }).count()).toBe(0)
  await page.getByRole('textbox', { name: '經費上限' }).fill('很多')
  await page.getByRole('button', { name: '重算' }).click()
  await sees(page, '「很多」讀不出金額')
})

test('the line moves with the ceiling and no request is made; the meeting decides, and each of both has a reason', async () => {
  const page = await visit({ login: 'control' })
  await page.goto(`${year}/cut`)
  await sees(page, '示範步道照明')
  let asked = 0
  page.on('request', () => asked++)
  await page.getByRole('textbox', { name: '經費上限' }).fill('20,000,000')
  await page.locator('[data-cut-say="count"]', { hasText: /^1$/ }).waitFor()
  expect(await page.locator('[data-cut-rows] tbody tr.row--quiet').innerText()).toContain('示範防風林更新')
  await page.getByRole('slider').press('End')
  await page.locator('[data-cut-say="count"]', { hasText: /^2$/ }).waitFor()
  expect(asked).toBe(0)
  await page.getByRole('textbox', { name: '經費上限' }).fill('20,000,000')
  await page.getByRole('button', { name: '以這條線審定' }).click()
  await atPage(page, '審定 120 年度施政計畫')
  expect(await faultsOf(page)).toEqual([])
  await page.getByRole('textbox', { name: '會議日期' }).fill('120/1/1')
  await page.getByRole('button', { name: '審定', exact: true }).click()
  await errorsAre(page, ['會議日期在今天以後'])
  await page.getByRole('textbox', { name: '會議日期' }).fill(rocToday())
  await page.getByRole('button', { name: '審定', exact: true }).click()
  await sees(page, '納入 1 件，未納入 1 件')
  await sees(page, '審查序位第 2，累計經費超過上限')
  await sees(page, '簽章相符')
})

test('another is admitted later with its reason, becomes a project under watch, and both lead to each other', async () => {
  const page = await visit({ login: 'control' })
  await page.goto(addresses[0]!)
  await page.getByRole('link', { name: '補列納入' }).click()
  expect(await faultsOf(page)).toEqual([])
  await page.getByRole('textbox', { name: '決定的會議或核定' }).fill('概算審查會議')
  await page.getByRole('textbox', { name: '補列理由' }).fill('中央已核定補助')
  await page.getByRole('button', { name: '補列', exact: true }).click()
  await sees(page, '已補列納入')
  await page.getByRole('link', { name: '列為管考計畫' }).click()
  expect(await faultsOf(page)).toEqual([])
  await page.getByRole('button', { name: '列管', exact: true }).click()
  await sees(page, '已列管')
  await page.getByRole('link', { name: /^管\d/ }).click()
  await atPage(page, '示範防風林更新')
  await page.getByRole('link', { name: /^施\d/ }).click()
  await sees(page, '中央已核定補助')
  const stranger = await visit({ login: 'officer-a03' })
  expect((await stranger.goto(addresses[0]!))!.status()).toBe(404)
})
