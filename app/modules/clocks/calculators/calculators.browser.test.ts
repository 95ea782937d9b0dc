import { expect, test } from 'vitest'
import { atPage, axeFindings, errorsAre, narrow, noSidewaysScroll, sees, visit } from '../../../../test/support/browser.ts'
import { calculatorPath } from '../paths.ts'

test.each([true, false])('on a phone a resident works out the last day of an appeal (script: %s)', async (script) => {
  const page = await visit({ viewport: narrow, script })
  await page.goto('/')
  await page.getByRole('link', { name: '期限試算' }).first().click()
  await atPage(page, '期限試算')
  await page.getByRole('link', { name: '訴願期限' }).click()
  await atPage(page, '訴願期限')
  await noSidewaysScroll(page)

  await page.getByLabel('收到處分書的日期').fill('114/2/30')
  await page.getByLabel('縣政府', { exact: true }).check()
  await page.getByLabel('您住的地方').fill('金門市')
  await page.getByRole('button', { name: '算出期限' }).click()
  await errorsAre(page, [expect.stringContaining('114/2/30'), expect.stringContaining('金門縣')])
  await noSidewaysScroll(page)

  await page.getByLabel('收到處分書的日期').fill('114年2月27日')
  await page.getByLabel('您住的地方').fill('金門縣')
  await page.getByRole('button', { name: '算出期限' }).click()
  await sees(page, '民國114年4月28日（星期一）')
  await sees(page, '怎麼算出來的')
  await sees(page, '不是法律意見')
  await noSidewaysScroll(page)
  if (script) expect(await axeFindings(page)).toEqual([])

  // the address is the answer: it can be kept or sent on
  const other = await visit({ script })
  await other.goto(page.url().replace(/^https?:\/\/[^/]+/, ''))
  await sees(other, '民國114年4月28日（星期一）')
  const [file] = await Promise.all([other.waitForEvent('download'), other.getByRole('link', { name: /行事曆/ }).click()])
  expect(file.suggestedFilename()).toBe('訴願期限.ics')
})

test('further situations open when they are asked for, and stay open with what was filled in', async () => {
  const page = await visit()
  await page.goto(calculatorPath('tender'))
  const objected = page.getByLabel('機關收到異議的日期')
  expect(await objected.isVisible()).toBe(false)
  await page.getByText('已經提出異議，或要申訴').click()
  await objected.fill('114/6/16')
  await page.getByRole('button', { name: '算出期限' }).click()
  await sees(page, '民國114年7月1日（星期二）')
  await sees(page, '民國114年7月16日（星期三）')
  expect(await objected.isVisible()).toBe(true)
  expect(await axeFindings(page)).toEqual([])
})
