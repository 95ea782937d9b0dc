import type { Page } from 'playwright-core'
import { atPage, sees, visit } from '../support/browser.ts'

/** The confirmation link out of the mail that was kept for want of a mail server, as the desk reads it in the console. */
export async function readConfirmationLink(desk: Page, followNo: string): Promise<string> {
  await desk.goto('/console/mail')
  await atPage(desk, '寄出的信')
  await desk.getByRole('textbox', { name: '案號或追蹤號碼' }).fill(followNo)
  await desk.getByRole('button', { name: '找', exact: true }).click()
  await desk.getByRole('row').filter({ hasText: followNo }).getByRole('link', { name: /^請確認您的陳情：/ }).click()
  await atPage(desk, /^請確認您的陳情：/)
  const text = await readKept(desk, '追蹤碼：')
  return new URL(/https?:\/\/\S+\/petitions\/confirm\/\S+/.exec(text)![0]).pathname
}

/** Opens a petition from the search at the top, as one does with a number at hand. */
export async function openCase(page: Page, number: string): Promise<void> {
  await page.goto('/console')
  await page.getByRole('searchbox').fill(number)
  await page.getByRole('searchbox').press('Enter')
  await page.waitForURL(`**/console/petitions/${encodeURIComponent(number)}`)
}

/** How many petitions that wait for their confirmation have these words. */
export async function countUnconfirmed(desk: Page, words: string): Promise<number> {
  await desk.goto(`/console/petitions?${new URLSearchParams({ stage: 'unconfirmed', q: words })}`)
  await atPage(desk, '陳情案件')
  return desk.getByRole('table', { name: '陳情案件' }).getByRole('link', { name: /^\w{4}-\w{4}-\w{2}$/ }).count()
}

/** The path of the newest mailed link with this subject that fits, as the desk reads it where no mail server is set; `words` stand in the text. */
export async function mailedLink(subject: string, path: RegExp, words = '敬啟'): Promise<string> {
  const desk = await visit({ login: 'clerk' })
  await desk.goto('/console/mail')
  await desk.getByRole('link', { name: new RegExp(`^${subject}`) }).first().click()
  await atPage(desk, new RegExp(`^${subject}`))
  return path.exec(await readKept(desk, words))![0]
}

/** The page of a mail whose text has these words; it is kept as soon as the background work has looked at it. */
async function readKept(desk: Page, words: string): Promise<string> {
  await desk.getByRole('button', { name: '顯示內容' }).or(desk.getByText('等待寄出')).first().waitFor()
  while (await desk.getByText('等待寄出').isVisible()) await desk.reload()
  await desk.getByRole('button', { name: '顯示內容' }).click()
  await sees(desk, words)
  return desk.getByRole('main').innerText()
}
