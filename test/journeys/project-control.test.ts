import { expect, test } from 'vitest'
import { atPage, errorsAre, faultsOf, narrow, noSidewaysScroll, sees, visit } from '../support/browser.ts'
import { oneStory } from './in-order.ts'

oneStory()

const title = '示範海堤補強工程'
let address = ''
const month = '2026-10'

test('the control section puts a project under watch; a plan that does not end at 100 is refused and nothing is lost', async () => {
  const page = await visit({ login: 'control', script: false })
  await page.goto('/console/projects/new')
  await page.getByRole('combobox', { name: '主辦單位' }).selectOption({ label: '工務處' })
  await page.getByRole('textbox', { name: '計畫名稱' }).fill(title)
  await page.getByRole('textbox', { name: '總經費' }).fill('1億2,000萬')
  await page.getByRole('textbox', { name: '開始日期' }).fill('115/9/1')
  await page.getByRole('textbox', { name: '完成期限' }).fill('115/12/31')
  await page.getByRole('textbox', { name: '每月預定進度與支用' }).fill('115/9 10 1200萬\n115/10 40 4800萬\n115/12 90 1億')
  await page.getByRole('textbox', { name: '查核點' }).fill('115/10/15 完成設計')
  await page.getByRole('button', { name: '列管', exact: true }).click()
  await errorsAre(page, [expect.stringContaining('預定進度 100')])
  expect(await page.getByRole('textbox', { name: '計畫名稱' }).inputValue()).toBe(title)
  await page.getByRole('textbox', { name: '每月預定進度與支用' }).fill('115/9 10 1200萬\n115/10 40 4800萬\n115/12 100 1億2,000萬')
  await page.getByRole('button', { name: '列管', exact: true }).click()
  await atPage(page, title)
  address = new URL(page.url()).pathname
})

test('the officer reports on a phone; behind without a reason is refused, and the light says why it is red', async () => {
  const page = await visit({ login: 'officer', viewport: narrow })
  await page.goto(`${address}/months/${month}`)
  await page.getByRole('textbox', { name: '到月底的累計實際進度' }).fill('28.5')
  await page.getByRole('textbox', { name: '到月底的累計實際支用' }).fill('3,000萬')
  await page.getByRole('textbox', { name: '本月辦理情形' }).fill('基礎開挖中。')
  await page.getByRole('button', { name: '送出填報' }).click()
  await errorsAre(page, [expect.stringContaining('落後 11.5%')])
  await page.getByRole('textbox', { name: '落後原因' }).fill('海象不佳，工作船無法作業。')
  await page.getByRole('textbox', { name: '因應對策' }).fill('增加一組陸側工班。')
  await page.getByRole('button', { name: '送出填報' }).click()
  await atPage(page, title)
  await sees(page, '嚴重落後．紅燈')
  await noSidewaysScroll(page)
  expect(await faultsOf(page)).toEqual([])
})

test('the control section gives it back once, accepts it, sets the light by hand, and everybody sees that', async () => {
  const page = await visit({ login: 'control' })
  await page.goto(`${address}/months/${month}`)
  await page.getByRole('radio', { name: '退回補正' }).check()
  await page.getByRole('button', { name: '送出', exact: true }).click()
  await errorsAre(page, [expect.stringContaining('補正什麼')])
  await page.getByRole('radio', { name: '檢核通過' }).check()
  await page.getByRole('button', { name: '送出', exact: true }).click()
  await atPage(page, title)
  await page.getByRole('link', { name: '調整燈號' }).click()
  await page.getByRole('radio', { name: '落後', exact: true }).check()
  await page.getByRole('textbox', { name: '理由' }).fill('工作船已改期，下月可趕上')
  await page.getByRole('button', { name: '調整燈號' }).click()
  await sees(page, '人工調整')
  const stranger = await visit({ login: 'officer-a03' })
  const reply = await stranger.goto(address)
  expect(reply!.status()).toBe(404)
})

test('control ends with how and why, and begins again where that was wrong', async () => {
  const page = await visit({ login: 'control' })
  await page.goto(address)
  await page.getByRole('link', { name: '撤管', exact: true }).click()
  await page.getByRole('radio', { name: '完成撤管' }).check()
  await page.getByRole('textbox', { name: '理由' }).fill('全案完成')
  await page.getByRole('button', { name: '撤管', exact: true }).click()
  await errorsAre(page, [expect.stringContaining('還沒有填報完成日期')])
  await page.getByRole('radio', { name: '改由單位自行列管' }).check()
  await page.getByRole('button', { name: '撤管', exact: true }).click()
  await atPage(page, title)
  await page.getByRole('link', { name: '恢復列管' }).click()
  expect(await faultsOf(page)).toEqual([])
  await page.getByRole('textbox', { name: '理由' }).fill('首長指示續管')
  await page.getByRole('button', { name: '恢復列管' }).click()
  await sees(page, '已恢復列管')
})
