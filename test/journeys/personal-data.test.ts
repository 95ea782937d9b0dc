import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { atPage, errorsAre, faultsOf, narrow, sees, visit } from '../support/browser.ts'
import { oneStory } from './in-order.ts'

oneStory()

const person = { name: '余示範', email: 'privacy-journey@example.org' }
let petition = ''
let number = ''

const isInOrder = async (page: Page) => expect(await faultsOf(page)).toEqual([])

test('a petition of hers is on file', async () => {
  const clerk = await visit({ login: 'clerk' })
  await clerk.goto('/console/petitions/new')
  await clerk.getByRole('radio', { name: '書面' }).check()
  await clerk.getByRole('textbox', { name: '主旨' }).fill('示範公園的椅子壞了')
  await clerk.getByRole('textbox', { name: /內容/ }).fill('示範公園的椅子壞了，請派人修理，謝謝。')
  await clerk.getByRole('textbox', { name: '姓名' }).fill(person.name)
  await clerk.getByRole('textbox', { name: '電子郵件' }).fill(person.email)
  await clerk.getByRole('radio', { name: '電子郵件' }).check()
  await clerk.getByRole('button', { name: '登錄', exact: true }).click()
  await atPage(clerk, '示範公園的椅子壞了')
  petition = decodeURIComponent(new URL(clerk.url()).pathname.split('/').at(-1)!)
})

test('without an account she asks for a copy on her phone, and confirms by the mailed link', async () => {
  const resident = await visit({ viewport: narrow })
  await resident.goto('/privacy')
  await atPage(resident, '個人資料檔案與您的權利')
  await sees(resident, '人民陳情案件檔')
  await resident.getByRole('link', { name: '提出請求' }).first().click()
  await atPage(resident, '個人資料請求')
  await resident.getByRole('button', { name: '送出' }).click()
  await errorsAre(resident, expect.arrayContaining(['請選擇要請求什麼', '請填姓名']) as never)
  await resident.getByRole('radio', { name: '查詢、閱覽或複製' }).check()
  await resident.getByRole('textbox', { name: '請求的內容' }).fill('我寄過的陳情')
  await resident.getByRole('textbox', { name: '姓名' }).fill(person.name)
  await resident.getByRole('textbox', { name: '電子郵件' }).fill(person.email)
  await resident.getByRole('button', { name: '送出' }).click()
  await atPage(resident, '請收確認信')
  await isInOrder(resident)
  await resident.goto(await linkIn(await visit({ login: 'privacy' }), '請確認您的個人資料請求', 'confirm'))
  await atPage(resident, '確認您的請求')
  await isInOrder(resident)
  await resident.getByRole('button', { name: '確認，請開始辦理' }).click()
  await atPage(resident, '已收到您的請求')
  await isInOrder(resident)
})

test('the data protection officer finds her petition, sees who looked, and answers', async () => {
  const clerk = await visit({ login: 'clerk' })
  await clerk.goto(`/console/petitions/${encodeURIComponent(petition)}`)
  await clerk.getByText('顯示個人資料').click()
  await clerk.getByRole('combobox', { name: '為了什麼' }).selectOption('聯絡陳情人')
  await clerk.getByRole('button', { name: '顯示', exact: true }).click()
  await sees(clerk, person.email)

  const privacy = await visit({ login: 'privacy' })
  await privacy.goto('/console/privacy/openings')
  await sees(privacy.getByRole('table', { name: '開啟紀錄' }), petition)
  await privacy.goto('/console/privacy/requests')
  await privacy.getByRole('table', { name: '個資請求' }).getByRole('link').first().click()
  await atPage(privacy, '個資請求：查詢、閱覽或複製')
  number = decodeURIComponent(new URL(privacy.url()).pathname.split('/').at(-1)!)
  expect(await privacy.getByText(person.email).count()).toBe(0)
  await isInOrder(privacy)
  await privacy.getByRole('checkbox', { name: new RegExp(petition) }).check()
  await privacy.getByRole('button', { name: '儲存選擇' }).click()
  await sees(privacy, '已選 1 件')
  await privacy.getByRole('radio', { name: '准許', exact: true }).check()
  await privacy.getByRole('button', { name: '答復並結案' }).click()
  await privacy.getByRole('dialog').getByRole('button', { name: '答復' }).click()
  await sees(privacy, '已答復')
  await isInOrder(privacy)
})

test('she fetches what is held about her, and when it was opened', async () => {
  const resident = await visit({ viewport: narrow })
  await resident.goto(await linkIn(await visit({ login: 'privacy' }), `個人資料請求的答復（${number}）`, 'answers'))
  await atPage(resident, '您的個人資料')
  await isInOrder(resident)
  const [download] = await Promise.all([resident.waitForEvent('download'), resident.getByRole('link', { name: '下載複本' }).click()])
  expect(download.suggestedFilename()).toMatch(/\.zip$/)
})

test('a period is entered, a list made; whoever made it does not approve it; it is sent back', async () => {
  const privacy = await visit({ login: 'privacy' })
  await privacy.goto('/console/privacy/retention')
  await sees(privacy, '沒有核定年限以前，一件都不銷毀')
  await privacy.getByText('登錄核定的保存年限').click()
  await privacy.getByRole('combobox', { name: '類別' }).first().selectOption({ label: '人民陳情案件' })
  await privacy.getByRole('textbox', { name: '保存年限' }).fill('3')
  await privacy.getByRole('textbox', { name: '核定文號或依據' }).fill('府文檔字第1號')
  await privacy.getByRole('button', { name: '登錄', exact: true }).first().click()
  await sees(privacy, '已登錄保存年限')
  await privacy.getByText('編製今年的銷毀目錄').click()
  await privacy.getByRole('textbox', { name: '銷毀計畫' }).fill('刪除電子檔')
  await privacy.getByRole('button', { name: '編製', exact: true }).click()
  await atPage(privacy, /^銷毀目錄：/)
  await isInOrder(privacy)
  await privacy.getByRole('button', { name: '送請核准' }).click()
  await sees(privacy, '編製的人不能核准自己的目錄')
  const path = new URL(privacy.url()).pathname

  const law = await visit({ login: 'law' })
  await law.goto(path)
  await isInOrder(law)
  await law.getByRole('radio', { name: '退回' }).check()
  await law.getByRole('textbox', { name: '說明' }).fill('示範，不銷毀')
  await law.getByRole('button', { name: '送出決定' }).click()
  await law.getByRole('dialog').getByRole('button', { name: '送出決定' }).click()
  await sees(law, '示範，不銷毀')
})

/** A secret address out of a mail that was kept for want of a mail server, as 個資保護 reads it: the desk does not see these cases. */
async function linkIn(desk: Page, subject: string, what: string): Promise<string> {
  await desk.goto('/console/mail')
  await desk.getByRole('link', { name: subject }).first().click()
  await atPage(desk, subject)
  await desk.getByRole('button', { name: '顯示內容' }).or(desk.getByText('等待寄出')).first().waitFor()
  while (await desk.getByText('等待寄出').isVisible()) await desk.reload()
  await desk.getByRole('button', { name: '顯示內容' }).click()
  const link = new RegExp(`https?://\\S+/privacy/${what}/\\S+`)
  await sees(desk, link)
  return new URL(link.exec(await desk.getByRole('main').innerText())![0]).pathname
}
