import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { atPage } from '../support/browser.ts'

export type Letter = { title: string; body: string; name: string; email: string }

/** What a resident keeps: without both nobody sees the petition. */
export type Kept = { followNo: string; code: string }

/** Fills in the form that is shown; leaves the choices as they are. */
export async function fillIn(page: Page, letter: Partial<Letter>): Promise<void> {
  const labels = { title: '主旨', body: '內容', name: '姓名', email: '電子郵件' } as const
  for (const [field, text] of Object.entries(letter) as [keyof Letter, string][]) {
    await page.getByRole('textbox', { name: labels[field], exact: true }).fill(text)
  }
}

/** From the filled-in form to the page with number and code. */
export async function goOnAndSend(page: Page): Promise<Kept> {
  await page.getByRole('button', { name: '下一步：看一遍再送出' }).click()
  await atPage(page, '送出前請看一遍')
  await page.getByRole('button', { name: '送出陳情' }).click()
  return readKept(page)
}

/** Number and code of the page after filing. */
export async function readKept(page: Page): Promise<Kept> {
  await atPage(page, '還差一步：請到信箱確認')
  const read = (term: string) => page.getByRole('definition').and(page.locator(`dt:text-is("${term}") + dd`)).innerText()
  const kept = { followNo: await read('追蹤號碼'), code: await read('追蹤碼') }
  expect(kept.followNo).toMatch(/^\w{4}-\w{4}-\w{2}$/)
  expect(kept.code.replace(/\W/g, '')).toMatch(/^\w{8}$/)
  return kept
}

export async function file(page: Page, letter: Letter): Promise<Kept> {
  await page.goto('/petitions/new')
  await fillIn(page, letter)
  return goOnAndSend(page)
}

/** Opens the link of the confirmation mail and presses the button there. */
export async function confirm(page: Page, link: string): Promise<void> {
  await page.goto(link)
  await atPage(page, '確認您的陳情')
  await page.getByRole('button', { name: '是我寄的，請開始辦理' }).click()
  await atPage(page, '案件已成立')
}

export async function follow(page: Page, { followNo, code }: Kept): Promise<void> {
  await page.goto('/petitions/follow')
  await page.getByRole('textbox', { name: '追蹤號碼或案號' }).fill(followNo)
  await page.getByRole('textbox', { name: '追蹤碼', exact: true }).fill(code)
  await page.getByRole('button', { name: '查進度' }).click()
}
