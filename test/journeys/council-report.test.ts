import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { atPage, errorsAre, faultsOf, sees, visit } from '../support/browser.ts'
import { oneStory } from './in-order.ts'

oneStory()

let report = ''

test('the department finds the draft of the half-year and sees which chapters are missing, and whose they are', async () => {
  const editor = await visit({ login: 'editor' })
  await editor.goto('/console')
  await editor.getByRole('navigation').getByText('統計與報告').click()
  await editor.getByRole('navigation').getByRole('link', { name: '議會業務報告' }).click()
  await atPage(editor, '議會業務報告')
  await editor.getByRole('link', { name: /^110年4月至9月/ }).click()
  await sees(editor, /還缺 \d+ 章/)
  await sees(editor.getByRole('table', { name: '還沒有確認的單位' }), '為民服務科')
  report = new URL(editor.url()).pathname
  expect(await faultsOf(editor)).toEqual([])
})

test('a figure that does not exist is named in the text, and the chapter cannot be confirmed until it is right', async () => {
  const editor = await visit({ login: 'editor' })
  await openChapter(editor)
  const text = editor.getByRole('textbox', { name: '文字', exact: true })
  const whole = await text.inputValue()
  await text.fill(`${whole}\n收到的信另有 {{petitions.recieved}}。\n`)
  await editor.getByRole('button', { name: '預覽' }).click()
  await sees(editor, /petitions\.recieved/)
  expect(await text.inputValue()).toContain('petitions.recieved')
  await sees(editor.getByRole('region', { name: '預覽' }), '405')
  await text.fill(`${whole}\n本期另開辦示範講習一場。\n`)
  await editor.getByRole('button', { name: '儲存', exact: true }).click()
  await sees(editor, '已儲存')
  await sees(editor.getByRole('region', { name: '預覽' }), '本期另開辦示範講習一場。')
})

test('a number that no case counts is typed with where it comes from', async () => {
  const editor = await visit({ login: 'editor' })
  await editor.goto(`${report}/numbers`)
  await atPage(editor, '登打數字')
  await editor.getByRole('link', { name: /^登打\s*線上申請服務/ }).click()
  const card = editor.getByRole('region', { name: /^登打「/ })
  await card.getByRole('textbox', { name: '線上申請服務' }).fill('很多')
  await card.getByRole('button', { name: '登打' }).click()
  await errorsAre(editor, expect.arrayContaining([expect.any(String)]) as never)
  await card.getByRole('textbox', { name: '線上申請服務' }).fill('12')
  await card.getByRole('textbox', { name: '從哪裡來' }).fill('示範清冊')
  await card.getByRole('button', { name: '登打' }).click()
  await sees(editor, '數字已登打')
  await sees(editor, '示範清冊')
})

test('a picture needs a caption and words for those who do not see it, and then stands in the text', async () => {
  const editor = await visit({ login: 'editor' })
  await editor.goto(`${report}/pictures`)
  await editor.getByRole('button', { name: /上傳/ }).last().click()
  await errorsAre(editor, expect.arrayContaining([expect.any(String)]) as never)
  expect(await faultsOf(editor)).toEqual([])
})

test('a confirmed chapter is locked until the department reopens it with a reason', async () => {
  const editor = await visit({ login: 'editor' })
  await openChapter(editor)
  // the department does not give a unit's word: it says that it stands in, and why
  expect(await editor.getByRole('button', { name: '確認這一章' }).count()).toBe(0)
  await editor.getByText('代為民服務科確認', { exact: true }).first().click()
  await editor.getByRole('button', { name: '代為民服務科確認' }).click()
  await errorsAre(editor, [expect.stringContaining('為什麼由彙編代為確認')])
  expect(await faultsOf(editor)).toEqual([])
  await confirmFor(editor)
  expect(await editor.getByRole('textbox', { name: '文字', exact: true }).count()).toBe(0)

  const officer = await visit({ login: 'officer' })
  await officer.goto(editor.url())
  expect(await officer.getByRole('textbox').filter({ visible: true }).count()).toBe(0)

  await editor.getByRole('button', { name: '重新開放' }).click()
  await errorsAre(editor, [expect.any(String)])
  await editor.getByRole('textbox', { name: '為什麼要重新開放' }).fill('補上講習的日期')
  await editor.getByRole('button', { name: '重新開放' }).click()
  await sees(editor, '報告彙編重新開放這一章：補上講習的日期')
  await confirmFor(editor)
})

test('issuing with chapters missing has to be meant, and then freezes the whole', async () => {
  const editor = await visit({ login: 'editor' })
  await editor.goto(report)
  await issue(editor)
  await errorsAre(editor, expect.arrayContaining([expect.any(String)]) as never)
  await editor.getByRole('checkbox', { name: /^仍要定稿/ }).check()
  await issue(editor)
  await sees(editor, '報告已定稿並公開')
  expect(await faultsOf(editor)).toEqual([])
  await editor.goto(`${report}/cover`)
  await editor.getByRole('button', { name: '儲存' }).click()
  await errorsAre(editor, [expect.stringContaining('定稿')])
})

test('everybody reads the issued report, opens its figures and takes it along', async () => {
  const resident = await visit()
  await resident.goto('/')
  await resident.getByRole('navigation').getByRole('link', { name: '議會報告' }).click()
  await resident.getByRole('link', { name: /^110年4月至9月/ }).first().click()
  await sees(resident, '本期另開辦示範講習一場。')
  await sees(resident, '99.51')
  const paper = new URL(resident.url()).pathname
  expect(await faultsOf(resident)).toEqual([])
  await resident.getByRole('link', { name: /405/ }).first().click()
  await atPage(resident, /結案/)
  await sees(resident, '由 405 件案件計算')
  expect(await faultsOf(resident)).toEqual([])
  for (const [format, start] of [['pdf', '%PDF-'], ['odt', 'PK'], ['odp', 'PK'], ['json', '{']] as const) {
    const answer = await resident.request.get(`${paper}/files/${format}`)
    expect({ format, status: answer.status(), start: (await answer.body()).subarray(0, start.length).toString() }).toEqual({ format, status: 200, start })
  }
})

test('a member of staff goes on from the report to the cases, and compares it with what is known now', async () => {
  const editor = await visit({ login: 'control' })
  await editor.goto(`${report.replace('/console', '')}/figures/petitions.closed`)
  await editor.getByRole('link', { name: /同仁：看計入的案件/ }).click()
  await sees(editor, '信箱陳情已結案')
  await editor.goto(report)
  await editor.getByRole('link', { name: '和現在重算的數字比較' }).click()
  await atPage(editor, '比較報告')
  await sees(editor, /0 個數字不同/)
  expect(await faultsOf(editor)).toEqual([])

  await editor.goto('/console/reports')
  await editor.getByRole('link', { name: /^109年10月至110年3月/ }).click()
  await editor.getByRole('link', { name: '和現在重算的數字比較' }).click()
  await sees(editor.getByRole('table', { name: '不同的數字' }), /\d/)
  await editor.getByRole('table', { name: /^改變「信箱/ }).first().getByRole('link', { name: /^陳/ }).first().click()
  await editor.waitForURL(/\/console\/petitions\//)
})

async function confirmFor(editor: Page): Promise<void> {
  const reason = editor.getByRole('textbox', { name: /^代為確認的理由/ })
  if (!(await reason.isVisible())) await editor.getByText('代為民服務科確認', { exact: true }).first().click()
  await reason.fill('科長公出，電話同意')
  await editor.getByRole('button', { name: '代為民服務科確認' }).click()
  await sees(editor, '這一章已確認並鎖定')
  await sees(editor, '代為民服務科確認：科長公出，電話同意')
}

async function openChapter(page: Page): Promise<void> {
  await page.goto(report)
  await page.getByRole('table', { name: '各章' }).getByRole('link', { name: /人民陳情與為民服務/ }).click()
  await atPage(page, '08 人民陳情與為民服務')
}

async function issue(editor: Page): Promise<void> {
  await editor.getByRole('button', { name: '定稿並公開' }).click()
  const sure = editor.getByRole('dialog', { name: '要定稿嗎？' })
  await sees(sure, '定稿之後內容不能再改')
  await sure.getByRole('button', { name: '定稿' }).click()
}
