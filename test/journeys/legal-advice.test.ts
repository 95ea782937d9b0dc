import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { atPage, errorsAre, faultsOf, narrow, noSidewaysScroll, sees, visit } from '../support/browser.ts'
import { mailedLink } from './desk.ts'
import { oneStory } from './in-order.ts'

oneStory()

const place = '旅程會議室'
const mine: string[] = []

test('the law section plans a session with a single time; wrong hours and a closed day are said', async () => {
  const page = await visit({ login: 'law', script: false })
  await page.goto('/console/legal-advice/new')
  await plan(page, rocDay(7), '10:00', '10:10')
  await errorsAre(page, [expect.stringContaining('結束時間')])
  expect(await page.getByRole('textbox', { name: '地點' }).inputValue()).toBe(place)
  await plan(page, rocDay(7), '10:00', '10:20')
  await sees(page, '場次已排定')
})

test('a resident is led by questions to a time, books it without an account or script, and confirms by mail', async () => {
  const page = await visit({ viewport: narrow, script: false })
  await page.goto('/legal-advice')
  await page.getByRole('link', { name: '開始預約' }).click()
  await page.getByRole('button', { name: '下一步' }).click()
  await errorsAre(page, ['請選一個最接近的答案'])
  await answer(page, '配偶、父母、子女、兄弟姊妹')
  await answer(page, '離婚、扶養、監護、遺產')
  await atPage(page, '選一個時間')
  await noSidewaysScroll(page)
  await section(page).getByRole('link', { name: /^10:00/ }).click()
  await page.getByRole('button', { name: '送出並收確認信' }).click()
  await errorsAre(page, [expect.stringContaining('姓名'), expect.stringContaining('電子郵件')])
  await page.getByRole('textbox', { name: '姓名', exact: true }).fill('王示範')
  await page.getByRole('textbox', { name: '電子郵件' }).fill('first@example.org')
  await page.getByRole('button', { name: '送出並收確認信' }).click()
  await atPage(page, '還差一步：請到信箱確認')
  mine.push(await mailedLink('請確認您的法律諮詢預約', /\/legal-advice\/mine\/\S+/))
  await page.goto(mine[0]!)
  await atPage(page, '確認預約')
  const inspected = await visit()
  await inspected.goto(mine[0]!)
  expect(await faultsOf(inspected)).toEqual([])
  await page.getByRole('button', { name: '確認預約' }).click()
  await atPage(page, '預約完成')
  expect(await page.getByRole('link', { name: '加入行事曆' }).getAttribute('href')).toMatch(/visit\.ics$/)
})

test('the next finds it full and waits; when the first cancels, the time is theirs to take', async () => {
  const page = await visit({ script: false })
  await page.goto('/legal-advice/times?for=family')
  await section(page).getByRole('link', { name: '登記候補' }).click()
  await page.getByRole('textbox', { name: '姓名', exact: true }).fill('李示範')
  await page.getByRole('textbox', { name: '電子郵件' }).fill('second@example.org')
  await page.getByRole('button', { name: '送出並收確認信' }).click()
  await page.goto(await mailedLink('請確認您的法律諮詢候補', /\/legal-advice\/mine\/\S+/))
  await page.getByRole('button', { name: '確認候補' }).click()
  await sees(page, '您排在第一位')
  const first = await visit({ viewport: narrow, script: false })
  await first.goto(mine[0]!)
  await first.getByText('不能來了，取消').click()
  await first.getByRole('button', { name: '取消預約' }).click()
  await atPage(first, '預約已經取消')
  await page.goto(await mailedLink('法律諮詢有時間空出來了', /\/legal-advice\/mine\/\S+/))
  await atPage(page, '有時間空出來了')
  await page.getByRole('button', { name: '我要這個時間' }).click()
  await atPage(page, '預約完成')
  await page.goto(`${mine[0]!}x`)
  await atPage(page, '找不到這個預約')
})

test('somebody walks in today; the lawyer calls the number, which the waiting room shows, and keeps a record of their own', async () => {
  const lawyer = await visit({ login: 'lawyer', script: false })
  await lawyer.goto('/console/my-advice')
  const today = lawyer.getByRole('row').filter({ hasText: `${rocDay(0)}（` })
  if ((await today.count()) === 0) {
    const law = await visit({ login: 'law', script: false })
    await law.goto('/console/legal-advice/new')
    await plan(law, rocDay(0), '00:05', '23:55')
    await sees(law, '場次已排定')
    await lawyer.reload()
  }
  await today.getByRole('link').first().click()
  const number = decodeURI(new URL(lawyer.url()).pathname.split('/').at(-1)!)
  const clerk = await visit({ login: 'clerk' })
  await clerk.goto(`/console/legal-advice/sessions/${number}/walk-in`)
  expect(await faultsOf(clerk)).toEqual([])
  await clerk.getByRole('button', { name: '領號碼' }).click()
  await errorsAre(clerk, [expect.stringContaining('姓名')])
  await clerk.getByRole('combobox', { name: '類別' }).selectOption({ label: '家事與繼承' })
  await clerk.getByRole('textbox', { name: '姓名', exact: true }).fill('張示範')
  await clerk.getByRole('button', { name: '領號碼' }).click()
  await sees(clerk, /^號碼 \d+，請等候叫號/)
  const room = await visit()
  await room.goto(`/legal-advice/display/${number}`)
  await sees(room, '等候中')
  expect(await room.content()).not.toContain('張示範')
  await lawyer.getByRole('button', { name: '叫下一位' }).click()
  await sees(lawyer, /諮詢中：\d+ 號/)
  await room.reload()
  await sees(room, /請到第 \d 桌/)
  await lawyer.getByRole('link', { name: '寫紀錄', exact: true }).click()
  await lawyer.getByRole('textbox', { name: '紀錄' }).fill('示範紀錄：建議調解。')
  await lawyer.getByRole('button', { name: '存檔' }).click()
  await sees(lawyer, '紀錄已存')
  const record = new URL(lawyer.url()).pathname
  const inspected = await visit({ login: 'lawyer' })
  await inspected.goto(record)
  expect(await faultsOf(inspected)).toEqual([])
  expect(await inspected.content()).not.toContain('建議調解')
  for (const login of ['law', 'admin']) expect((await (await visit({ login })).goto(record))!.status()).toBe(403)
  await lawyer.getByRole('link', { name: '回到我的桌' }).click()
  await lawyer.getByRole('button', { name: '已諮詢', exact: true }).click()
  await sees(lawyer, '已登錄')
})

test('the law section changes the rules of the service: what is out of bounds is said, a change says who and why and holds for the next session; the desk reads them', async () => {
  const law = await visit({ login: 'law', script: false })
  await law.goto('/console/legal-advice/rules')
  await sees(law, '還沒有修改過')
  await law.getByRole('textbox', { name: '每次諮詢' }).fill('200')
  await law.getByRole('textbox', { name: '修改的依據或理由' }).fill('示範字第 1 號函')
  await law.getByRole('button', { name: '修改規則' }).click()
  await errorsAre(law, ['「每次諮詢」要是 5 到 120 分鐘的整數'])
  await law.getByRole('textbox', { name: '每次諮詢' }).fill('30')
  await law.getByRole('button', { name: '修改規則' }).click()
  await sees(law, '已修改 1 項規則')
  await law.getByRole('row').filter({ hasText: '20 分鐘 → 30 分鐘' }).filter({ hasText: '示範字第 1 號函' }).waitFor()
  await law.goto('/console/legal-advice/new')
  expect(await law.getByRole('textbox', { name: '每次幾分鐘' }).inputValue()).toBe('30')
  const clerk = await visit({ login: 'clerk', script: false })
  await clerk.goto('/console/legal-advice/rules')
  await sees(clerk, '30 分鐘')
  expect(await clerk.getByRole('button', { name: '修改規則' }).count()).toBe(0)
})

/** The form of one session as it stands; on a day on which the office is closed it is meant all the same. */
async function plan(page: Page, on: string, from: string, to: string): Promise<void> {
  await page.getByRole('textbox', { name: '日期' }).fill(on)
  await page.getByRole('textbox', { name: '開始時間' }).fill(from)
  await page.getByRole('textbox', { name: '結束時間' }).fill(to)
  await page.getByRole('textbox', { name: '地點' }).fill(place)
  await page.getByRole('checkbox', { name: '柯示範' }).check()
  await page.getByRole('button', { name: '排一個場次' }).click()
  const closed = page.getByRole('checkbox', { name: '還是要辦理' })
  if (await closed.isVisible()) {
    await closed.check()
    await page.getByRole('button', { name: '排一個場次' }).click()
  }
}

async function answer(page: Page, text: string): Promise<void> {
  await page.getByRole('radio', { name: text }).check()
  await page.getByRole('button', { name: '下一步' }).click()
}

const section = (page: Page) => page.getByRole('main').locator('section').filter({ hasText: place })

/** 民國 day so many days from today, Taipei. */
function rocDay(days: number): string {
  const [year, month, date] = new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Taipei' }).format(new Date(Date.now() + days * 86_400_000)).split('-').map(Number)
  return `${year! - 1911}/${month}/${date}`
}
