import { createTransport } from 'nodemailer'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { atPage, errorsAre, faultsOf, sees, visit } from '../support/browser.ts'
import { office } from '../support/office.ts'
import { openCase } from './desk.ts'
import { answer, approve, dispatchTo } from './unit.ts'

test('a letter to the mayor is a petition as soon as it is here, in the words of its sender', async () => {
  await post({ to: 'mayor@windlion.example', from: '示範先生 <letter@example.org>', subject: '候車亭的座椅壞了', text: '縣長您好：\n候車亭的座椅壞了一個月，請修理。' })
  const desk = await visit({ login: 'clerk' })
  await desk.goto('/console/petitions/tray')
  const row = desk.getByRole('row').filter({ hasText: '候車亭的座椅壞了' })
  await sees(row, '縣長電子信箱')
  await row.getByRole('link', { name: '候車亭的座椅壞了' }).click()
  await sees(desk, '候車亭的座椅壞了一個月，請修理。')
})

test('what a program wrote waits until somebody says what to do with it, and why', async () => {
  await post({ to: 'mayor@windlion.example', from: 'absent@example.org', subject: '自動回覆：休假中', text: '我休假到月底。', headers: { 'Auto-Submitted': 'auto-replied' } })
  const desk = await visit({ login: 'clerk' })
  await desk.goto('/console/petitions/inbox')
  await desk.getByRole('link', { name: '自動回覆：休假中' }).click()
  await atPage(desk, '自動回覆：休假中')
  expect(await faultsOf(desk)).toEqual([])
  const address = new URL(desk.url()).pathname
  const original = await desk.request.get(`${address}/original`)
  expect((await original.body()).toString()).toContain('Auto-Submitted: auto-replied')
  await desk.getByRole('button', { name: '不成案' }).click()
  await errorsAre(desk, [expect.any(String)])
  await desk.getByRole('textbox', { name: '理由' }).fill('自動回覆，沒有陳情。')
  await desk.getByRole('button', { name: '不成案' }).click()
  await sees(desk, '已記下')
  await desk.goto(address)
  await sees(desk, '自動回覆，沒有陳情。')
})

test('what was told on the telephone is read back before it is registered, and answered on the telephone', async () => {
  const desk = await visit({ login: 'clerk' })
  await desk.goto('/console')
  await desk.getByRole('link', { name: '登錄陳情' }).click()
  await atPage(desk, '登錄陳情')
  await desk.getByRole('radio', { name: '電話' }).first().check()
  await desk.getByRole('textbox', { name: '主旨' }).fill('示範街路面凹陷')
  await desk.getByRole('textbox', { name: '內容', exact: true }).fill('示範街十二號前路面凹陷，機車差點跌倒，請補平路面。')
  await desk.getByRole('group', { name: '陳情人' }).getByRole('textbox', { name: '姓名' }).fill('示範阿姨')
  await desk.getByRole('textbox', { name: '電話' }).fill('082-000-123')
  await desk.getByRole('group', { name: '怎麼答復' }).getByRole('radio', { name: '電話' }).check()
  await desk.getByRole('button', { name: '登錄', exact: true }).click()
  await errorsAre(desk, [expect.stringMatching(/朗讀|閱覽/)])
  expect(await desk.getByRole('textbox', { name: '主旨' }).inputValue()).toBe('示範街路面凹陷')
  await desk.getByRole('checkbox', { name: '已朗讀或給他閱覽，陳情人確認無誤' }).check()
  await desk.getByRole('button', { name: '登錄', exact: true }).click()
  await atPage(desk, '示範街路面凹陷')
  const number = /陳\d{3}-\d{6}/.exec(await desk.title())![0]

  await dispatchTo(desk, number, '工務處')
  await answer(await visit({ login: 'officer' }), number, '路面已派工，三天內補平。')
  await approve(await visit({ login: 'chief' }), number)
  await approve(await visit({ login: 'head' }), number)

  await desk.goto('/console/petitions/sendings')
  await desk.getByRole('row').filter({ hasText: number }).getByRole('link').first().click()
  await sees(desk, '082-000-123')
  await sees(desk, '路面已派工，三天內補平。')
  expect(await faultsOf(desk)).toEqual([])
  await desk.getByRole('textbox', { name: /備註/ }).fill('下午兩點，本人接聽')
  await desk.getByRole('button', { name: '已電話告知' }).click()
  await sees(desk, '已註記')
  expect(await desk.getByRole('row').filter({ hasText: number }).count()).toBe(0)
})

test('a sender is masked until one says what for, and the reading is recorded', async () => {
  const desk = await visit({ login: 'clerk' })
  await openFirstOfTray(desk)
  await desk.getByText('顯示個人資料', { exact: true }).click()
  await desk.getByRole('button', { name: '顯示', exact: true }).click()
  await errorsAre(desk, [expect.any(String)])
  const purpose = desk.getByRole('combobox', { name: '為了什麼' })
  if (!await purpose.isVisible()) await desk.getByText('顯示個人資料', { exact: true }).click()
  await purpose.selectOption({ index: 1 })
  await desk.getByRole('button', { name: '顯示', exact: true }).click()
  await desk.waitForURL(/opened=/)
  expect(await faultsOf(desk)).toEqual([])
  expect(await desk.getByRole('region', { name: '陳情人' }).innerText()).toMatch(/@example\.|0800-|082-/)
  await sees(desk.getByRole('region', { name: '歷程' }), /個人資料/)
})

test('several cases are dispatched at once, each where its suggestion says', async () => {
  const desk = await visit({ login: 'clerk' })
  await desk.goto('/console/petitions/tray')
  const boxes = desk.getByRole('checkbox', { name: /^分文 / })
  const before = await boxes.count()
  for (const box of await boxes.all()) await box.uncheck()
  await boxes.nth(0).check()
  await boxes.nth(1).check()
  await desk.getByRole('button', { name: '把勾選的分出去' }).click()
  await sees(desk, '2 件已分文')
  expect(await desk.getByRole('checkbox', { name: /^分文 / }).count()).toBe(before - 2)
})

test('a rule of dispatch goes live only after it was tried on closed cases', async () => {
  const desk = await visit({ login: 'clerk' })
  await desk.goto('/console/petitions/dispatch-rules')
  await desk.getByRole('link', { name: '新增規則' }).click()
  await atPage(desk, '新增分文規則')
  await desk.getByRole('textbox', { name: '名稱' }).fill('示範：候車亭')
  await desk.getByRole('button', { name: '新增為草稿' }).click()
  await errorsAre(desk, expect.arrayContaining([expect.any(String)]) as never)
  expect(await desk.getByRole('textbox', { name: '名稱' }).inputValue()).toBe('示範：候車亭')
  await desk.getByRole('textbox', { name: '用詞' }).fill('候車亭、站牌')
  await desk.getByRole('combobox', { name: '分給' }).selectOption({ label: '公共車船管理處' })
  await desk.getByRole('button', { name: '新增為草稿' }).click()
  await sees(desk, '啟用前請先試')
  await desk.getByRole('button', { name: '用已結案的案件試' }).click()
  await atPage(desk, '試規則：示範：候車亭')
  expect(await faultsOf(desk)).toEqual([])
  await desk.goBack()
  await desk.reload()
  await desk.getByRole('button', { name: '啟用', exact: true }).click()
  await sees(desk, '停用')
})

test('an answer waits for the joint units, which answer or are waived with a reason', async () => {
  const officer = await visit({ login: 'officer' })
  await officer.goto('/console/petitions?stage=dispatched')
  await officer.getByRole('table', { name: '陳情案件' }).getByRole('row').filter({ hasText: '工務處' }).getByRole('link', { name: /^陳/ }).last().click()
  await officer.getByRole('button', { name: '簽收', exact: true }).waitFor()
  const address = new URL(officer.url()).pathname
  await officer.goto(`${address}/accept`)
  await officer.getByRole('button', { name: '簽收', exact: true }).click()
  await sees(officer, '已簽收')
  await officer.goto(`${address}/add-joint`)
  await officer.getByRole('checkbox', { name: '警察局', exact: true }).check()
  await officer.getByRole('checkbox', { name: '建設處', exact: true }).check()
  await officer.getByRole('button', { name: '加會' }).click()
  await sees(officer, '已加會')
  await sees(officer.getByRole('region', { name: '辦理' }), '等意見')

  const admin = await visit({ login: 'admin' })
  await admin.goto('/console/people')
  const login = (await admin.getByRole('row').filter({ hasText: '警察局' }).filter({ hasText: 'officer-' }).first().innerText()).match(/officer-\w+/)![0]
  const police = await visit({ login })
  await police.goto(`${address}/contribute`)
  await police.getByRole('button', { name: '送出意見' }).click()
  await errorsAre(police, [expect.any(String)])
  await police.getByRole('textbox', { name: '貴單位的意見' }).fill('該路段已列入巡邏。')
  await police.getByRole('button', { name: '送出意見' }).click()
  await sees(police, '會辦意見已送給主辦單位')

  await officer.goto(`${address}/waive`)
  expect(await faultsOf(officer)).toEqual([])
  await officer.getByRole('combobox', { name: '協辦單位' }).selectOption({ label: '建設處' })
  await officer.getByRole('textbox', { name: '免會理由' }).fill('與建築管理無關')
  await officer.getByRole('button', { name: '免會' }).click()
  await sees(officer, '已註明免會')
  await sees(officer, '該路段已列入巡邏。')
})

async function post(letter: { to: string; from: string; subject: string; text: string; headers?: Record<string, string> }): Promise<void> {
  const transport = createTransport((await office()).mail)
  await transport.sendMail(letter)
  transport.close()
}

/** Opens the first registered case of the tray. */
async function openFirstOfTray(desk: Page): Promise<void> {
  await desk.goto('/console/petitions/tray')
  const row = desk.getByRole('row').filter({ hasText: /陳\d{3}-\d{6}/ }).first()
  await openCase(desk, /陳\d{3}-\d{6}/.exec(await row.innerText())![0])
}
