import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { rocDay } from '../../app/core/time/print.ts'
import { addDays, dayOf } from '../../app/core/time/day.ts'
import { atPage, errorsAre, faultsOf, narrow, sees, visit } from '../support/browser.ts'
import { oneStory } from './in-order.ts'
import { rocToday } from './today.ts'

oneStory()

const title = '因攤位許可事件'
const daysAgo = (days: number) => rocDay(addDays(dayOf(new Date()), -days))
let [followNo, code, address] = ['', '', '']

test('a resident appeals on the portal without account and script; a missing day is asked for and nothing is lost', async () => {
  const page = await visit({ viewport: narrow, script: false })
  await page.goto('/appeals')
  await page.getByRole('link', { name: '提起訴願' }).first().click()
  await page.getByLabel('案由').fill(title)
  await page.getByRole('radio', { name: '鄉（鎮、市）公所' }).check()
  await page.getByLabel('本縣的機關').selectOption({ label: '金湖鎮公所' })
  await page.getByLabel('訴願人住居地').fill('臺北市')
  await page.getByLabel('訴願請求事項').fill('原處分撤銷\n請求另為許可')
  await page.getByLabel('事實及理由').fill('攤位的位置沒有影響通行，公所未到場勘查。')
  await page.getByLabel('姓名或名稱').fill('林示範')
  await page.getByLabel('住居所或營業所').fill('虛構市示例區風信路1號')
  await page.getByRole('textbox', { name: '電子郵件', exact: true }).fill('appeal@example.org')
  await page.getByRole('button', { name: '送出訴願' }).click()
  await errorsAre(page, [expect.stringContaining('請填收到處分書的日期')])
  expect(await page.getByLabel('案由').inputValue()).toBe(title)
  await page.getByLabel('處分送達的日期').fill(daysAgo(40))
  await page.getByRole('button', { name: '送出訴願' }).click()
  await atPage(page, '訴願已經送到')
  const text = await page.locator('main').innerText()
  followNo = /[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{2}\b/.exec(text)![0]
  code = /^([0-9A-Z]{4}-[0-9A-Z]{4})$/m.exec(text)![1]!
  expect(await faultsOf(page, { axe: false })).toEqual([])
})

test('the desk takes it in: in time by the travelling days of a Taipei resident; the law section asks for the signature', async () => {
  const clerk = await visit({ login: 'clerk' })
  await clerk.goto(`/console/appeals/${followNo}`)
  await clerk.getByRole('link', { name: '登錄取號' }).click()
  await clerk.getByRole('button', { name: '登錄取號' }).click()
  await sees(clerk, /已登錄，案號 訴\d+-\d{6}/)
  address = new URL(clerk.url()).pathname
  await sees(clerk, '未逾期')
  await clerk.getByText('為什麼是這一天').click()
  await sees(clerk, '在途期間')
  const law = await visit({ login: 'law' })
  await step(law, '通知補正', {})
  await sees(law, '待補正')
  await clerk.goto(address)
  await clerk.getByRole('link', { name: '補正通知' }).click()
  await clerk.getByRole('button', { name: '登錄發文' }).click()
  await clerk.getByLabel('送達、寄存或公告的日期').fill(rocToday())
  await clerk.getByRole('button', { name: '登錄送達' }).click()
  await sees(clerk, '已登錄送達')
})

test('the resident finds it by number and code, corrects, and sees the new last day', async () => {
  const page = await visit()
  await page.goto('/appeals/follow')
  await page.getByLabel('追蹤號碼或案號').fill(followNo)
  await page.getByRole('textbox', { name: '追蹤碼', exact: true }).fill('AAAA-AAAA')
  await page.getByRole('button', { name: '查進度' }).click()
  await errorsAre(page, [expect.stringContaining('號碼或追蹤碼不對')])
  await page.getByRole('textbox', { name: '追蹤碼', exact: true }).fill(code.toLowerCase())
  await page.getByRole('button', { name: '查進度' }).click()
  await atPage(page, title)
  await sees(page, '以前補正')
  expect(await faultsOf(page)).toEqual([])
  await page.getByRole('textbox', { name: '內容' }).fill('已簽名的訴願書另以掛號寄出。')
  await page.getByRole('button', { name: '送出' }).click()
  await sees(page, '已經收到')
  await sees(page, '您送來的補正已經收到')
})

test('the agency is asked, sees the appeal against itself and answers; another township finds nothing', async () => {
  const law = await visit({ login: 'law', script: false })
  await law.goto('/console/appeals?waits=came')
  await law.getByRole('link', { name: title }).or(law.locator(`a[href="${address}"]`)).first().click()
  await sees(law, '線上送來補正')
  await law.getByRole('link', { name: '收到補正', exact: true }).click()
  await law.getByRole('radio', { name: /^有/ }).check()
  await law.getByRole('button', { name: '收到補正', exact: true }).click()
  await sees(law, '已登錄：收到補正')
  await step(law, '函請原處分機關答辯', {})
  await sees(law, '金湖鎮公所答辯')
  const naming = await visit({ login: 'law' })
  await naming.goto(`${address}/name-reader`)
  expect(await faultsOf(naming)).toEqual([])
  const other = await visit({ login: 'officer-t01' })
  await other.goto(address)
  await sees(other, '找不到')
  const agency = await visit({ login: 'officer-t03' })
  await step(agency, '答辯', { 答辯書: '原處分依現場勘查作成，請予駁回。' })
  await sees(agency, '承辦審查')
})

/** Takes a step from the case page, with what its form asks. */
async function step(page: Page, label: string, fields: Record<string, string>): Promise<void> {
  await page.goto(address)
  await page.getByRole('link', { name: label, exact: true }).click()
  await atPage(page, label)
  for (const [name, value] of Object.entries(fields)) await page.getByRole('textbox', { name }).fill(value)
  await page.getByRole('button', { name: label, exact: true }).click()
  await sees(page, `已登錄：${label}`)
}
