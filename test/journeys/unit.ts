import type { Page } from 'playwright-core'
import { atPage, sees } from '../support/browser.ts'
import { openCase } from './desk.ts'

/** The desk gives the case to a unit, whatever the suggestion says. */
export async function dispatchTo(desk: Page, number: string, unit: string): Promise<void> {
  await openCase(desk, number)
  await desk.getByRole('link', { name: /^(登錄並)?分文$/ }).and(desk.locator('main a')).click()
  await desk.getByRole('combobox', { name: '主辦單位' }).selectOption({ label: unit })
  await desk.getByRole('button', { name: '分文', exact: true }).click()
  await sees(desk, `${number} 已分文`)
}

/** The officer of the unit accepts, answers and submits: a letter without numbered questions. */
export async function answer(officer: Page, number: string, text: string): Promise<void> {
  await openCase(officer, number)
  await officer.getByRole('button', { name: '簽收', exact: true }).click()
  await sees(officer, `${number} 已簽收`)
  await officer.getByRole('link', { name: '擬答' }).click()
  await officer.getByRole('textbox', { name: '答復內容' }).fill(text)
  await officer.getByRole('radio', { name: '無涉' }).check()
  await officer.getByRole('button', { name: '存檔並陳核' }).click()
  await sees(officer, '的答復已陳核')
}

/** Opens what waits for one's decision, from the first page of the day. */
export async function openDecision(page: Page, number: string): Promise<void> {
  await page.goto('/console')
  await page.getByRole('table', { name: '等您核定' }).getByRole('link', { name: number }).click()
  await page.getByRole('link', { name: '核定或退回' }).click()
  await page.getByRole('button', { name: '核定', exact: true }).waitFor()
}

export async function approve(page: Page, number: string): Promise<void> {
  await openDecision(page, number)
  await page.getByRole('button', { name: '核定', exact: true }).click()
  await atPage(page, '我的工作')
}
