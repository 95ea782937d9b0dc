import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { atPage, sees, signIn, visit } from '../support/browser.ts'
import { countUnconfirmed, openCase } from './desk.ts'
import { file, fillIn, readKept } from './resident.ts'

const letter = { title: '', body: '停車場的收費機不找零，按了鈴也沒有人來。', name: '示範太太', email: 'twice@example.org' }

test('an officer of another unit does not find the case, whether or not it exists', async () => {
  const officer = await visit({ login: 'officer' })
  const number = await firstOwnCase(officer)
  const stranger = await visit({ login: await otherOfficer() })
  for (const path of [number, `${number}/draft`, `${number}/print`, '陳199-999999']) {
    const answer = await stranger.goto(`/console/petitions/${path}`)
    expect(answer!.status(), path).toBe(404)
    expect(await stranger.getByRole('main').innerText()).not.toContain('陳情人')
  }
  await stranger.goto('/console')
  await stranger.getByRole('searchbox').fill(number)
  await stranger.getByRole('searchbox').press('Enter')
  await sees(stranger, '沒有符合這些條件的案件')
})

test('the desk sees a case but cannot approve or answer it', async () => {
  const number = await firstOwnCase(await visit({ login: 'officer' }))
  const clerk = await visit({ login: 'clerk' })
  await openCase(clerk, number)
  expect(await clerk.getByRole('link', { name: /核定|擬答/ }).count()).toBe(0)
  for (const act of ['approve', 'draft']) {
    const answer = await clerk.goto(`/console/petitions/${number}/${act}`)
    expect(answer!.status(), act).toBe(403)
    await atPage(clerk, '沒有權限')
  }
})

test('nobody opens the console without signing in, and one comes back to where one wanted to go', async () => {
  const page = await visit()
  await page.goto('/console/petitions?stage=closed')
  await atPage(page, '同仁登入')
  await page.getByLabel('帳號').fill('clerk')
  await page.getByLabel('密碼', { exact: true }).fill('不是這個')
  await page.getByRole('button', { name: '登入', exact: true }).click()
  await page.getByRole('alert').waitFor()
  expect(await page.getByLabel('帳號').inputValue()).toBe('clerk')
  await signIn(page, 'clerk')
  await page.waitForURL('**/console/petitions?stage=closed')
})

test('a session that ends while one types costs no word', async () => {
  const page = await visit()
  await page.goto('/sign-in')
  await signIn(page, 'officer')
  const number = await firstOwnCase(page)
  await page.goto(`/console/petitions/${number}/supplement`)
  const words = '陳情人來電補充：位置在示範橋東側。'
  await page.getByRole('textbox', { name: '陳情人補充了什麼' }).fill(words)
  await endSession(page)
  await page.getByRole('button', { name: '存入案件' }).click()
  await atPage(page, '同仁登入')
  await sees(page, '您的登入已經結束')
  await signIn(page, 'officer')
  await atPage(page, '補充資料')
  await sees(page, '已放回您先前輸入、還沒送出的內容。')
  expect(await page.getByRole('textbox', { name: '陳情人補充了什麼' }).inputValue()).toBe(words)
  await page.getByRole('button', { name: '存入案件' }).click()
  await sees(page, '補充資料已存入')
  await sees(page, words)
})

test('another one who signs in at the same browser does not get those words', async () => {
  const page = await visit()
  await page.goto('/sign-in')
  await signIn(page, 'officer')
  const number = await firstOwnCase(page)
  await page.goto(`/console/petitions/${number}/supplement`)
  await page.getByRole('textbox', { name: '陳情人補充了什麼' }).fill('這是我的草稿')
  await endSession(page)
  await page.getByRole('button', { name: '存入案件' }).click()
  await atPage(page, '同仁登入')
  await signIn(page, 'chief')
  await atPage(page, '補充資料')
  expect(await page.getByRole('textbox', { name: '陳情人補充了什麼' }).inputValue()).toBe('')
})

test('after signing out, going back shows no case', async () => {
  const page = await visit()
  await page.goto('/sign-in')
  await signIn(page, 'officer')
  const number = await firstOwnCase(page)
  await openCase(page, number)
  await page.locator('summary').filter({ hasText: '陳示範' }).click()
  await page.getByRole('button', { name: '登出' }).click()
  await page.waitForURL((url) => url.pathname === '/')
  await page.goBack()
  await atPage(page, '同仁登入')
})

test.each([{ title: '收費機不找零，有人按了兩下', script: true }, { title: '收費機不找零，沒有程式也按了兩下', script: false }])('a double click makes one petition (script: $script)', async ({ title, script }) => {
  const page = await visit({ script })
  await page.goto('/petitions/new')
  await fillIn(page, { ...letter, title })
  await page.getByRole('button', { name: '下一步：看一遍再送出' }).click()
  await atPage(page, '送出前請看一遍')
  await page.getByRole('button', { name: '送出陳情' }).dblclick({ noWaitAfter: true })
  await readKept(page)
  expect(await countUnconfirmed(await visit({ login: 'clerk' }), title)).toBe(1)
})

test('going back after filing files nothing again', async () => {
  const page = await visit()
  const title = '收費機不找零，按了上一頁'
  await file(page, { ...letter, title })
  await page.goBack()
  await page.reload()
  expect(await page.getByRole('button', { name: '送出陳情' }).count()).toBe(0)
  expect(await countUnconfirmed(await visit({ login: 'clerk' }), title)).toBe(1)
})

test('the same form sent from two windows is one petition', async () => {
  const page = await visit()
  const title = '收費機不找零，開了兩個視窗'
  await page.goto('/petitions/new')
  await fillIn(page, { ...letter, title })
  await page.getByRole('button', { name: '下一步：看一遍再送出' }).click()
  await atPage(page, '送出前請看一遍')
  const other = await page.context().newPage()
  await other.goto('/petitions/new/check')
  await page.getByRole('button', { name: '送出陳情' }).click()
  const kept = await readKept(page)
  await other.getByRole('button', { name: '送出陳情' }).click()
  expect(await readKept(other)).toEqual(kept)
  expect(await countUnconfirmed(await visit({ login: 'clerk' }), title)).toBe(1)
})

test('an address that leads nowhere says so, for residents and for staff', async () => {
  for (const [page, path] of [[await visit(), '/petitions/nothing-here'], [await visit({ login: 'clerk' }), '/console/nothing-here']] as const) {
    const answer = await page.goto(path)
    expect(answer!.status()).toBe(404)
    await atPage(page, '找不到')
  }
})

/** A case in hand of the officer who is signed in. */
async function firstOwnCase(page: Page): Promise<string> {
  await page.goto('/console/petitions?officer=me&stage=handling')
  return (await page.getByRole('table', { name: '陳情案件' }).getByRole('link', { name: /^陳\d{3}-/ }).first().innerText()).trim()
}

/** Sign-in of an officer of another bureau, out of the list of people. */
async function otherOfficer(): Promise<string> {
  const admin = await visit({ login: 'admin' })
  await admin.goto('/console/people')
  return (await admin.getByText(/^officer-/).first().innerText()).trim()
}

/** Its hours are over: the browser no longer sends it. */
async function endSession(page: Page): Promise<void> {
  await page.context().clearCookies({ name: 'windlion_session' })
}
