import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { dayOf, rocDay } from '../../app/core/time.ts'
import { atPage, errorsAre, faultsOf, sees, visit } from '../support/browser.ts'
import { openCase, readConfirmationLink } from './desk.ts'
import { oneStory } from './in-order.ts'
import { confirm, fillIn, follow, goOnAndSend, type Kept } from './resident.ts'
import { openDecision } from './unit.ts'

oneStory()

const letter = {
  title: '示範路口的路燈三盞不亮',
  body: '示範路口的三盞路燈已經兩個星期不亮，晚上過馬路很危險。想請教：\n一、路燈什麼時候可以修好？\n二、修好以前可以先放警示燈嗎？\n三、附近的其他路燈會不會一起檢查？',
  name: '方堃示範',
  email: 'resident@example.org',
}
const photo = { name: '路燈照片.png', mimeType: 'image/png', buffer: Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64') }
const program = { name: '說明.pdf', mimeType: 'application/pdf', buffer: Buffer.concat([Buffer.from('MZ'), Buffer.alloc(600)]) }

let received = 0
let kept: Kept
let number = ''

test('before it all, the figure counts what came in so far', async () => {
  received = await readFigure(await visit({ login: 'control' }), '收到陳情（全部管道）')
  expect(received).toBeGreaterThan(0)
})

test('a resident is told what is missing, keeps what was typed, and files', async () => {
  const page = await visit()
  await page.goto('/')
  await page.getByRole('navigation').getByRole('link', { name: '提出陳情' }).click()
  await atPage(page, '提出陳情')
  await fillIn(page, { title: letter.title, body: letter.body })
  await page.getByRole('button', { name: '下一步：看一遍再送出' }).click()
  await errorsAre(page, ['請填真實姓名', '請填電子郵件，確認連結要寄到這裡'])
  expect(await page.getByRole('textbox', { name: '內容', exact: true }).inputValue()).toBe(letter.body)
  await page.getByRole('link', { name: '請填真實姓名' }).click()
  expect(await page.getByRole('textbox', { name: '姓名' }).evaluate((field) => field === document.activeElement)).toBe(true)
  expect(await faultsOf(page)).toEqual([])

  await fillIn(page, { name: letter.name, email: letter.email })
  await choose(page, program)
  await page.getByRole('button', { name: '下一步：看一遍再送出' }).click()
  await errorsAre(page, [expect.stringContaining('說明.pdf')])
  expect(await page.getByRole('textbox', { name: '姓名' }).inputValue()).toBe(letter.name)

  await choose(page, photo)
  await page.getByRole('button', { name: '下一步：看一遍再送出' }).click()
  await atPage(page, '送出前請看一遍')
  await sees(page, '路燈照片.png')
  await sees(page, letter.name)
  expect(await faultsOf(page)).toEqual([])
  await page.getByRole('link', { name: '回去修改' }).click()
  await atPage(page, '提出陳情')
  expect(await page.getByRole('textbox', { name: '主旨' }).inputValue()).toBe(letter.title)
  kept = await goOnAndSend(page)
  expect(await faultsOf(page)).toEqual([])
})

test('the petition opens when the link of the mail is confirmed, not before', async () => {
  const desk = await visit({ login: 'clerk' })
  const link = await readConfirmationLink(desk, kept.followNo)
  await desk.goto(`/console/petitions/${kept.followNo}`)
  await sees(desk, '點選信中的連結確認')
  await sees(desk, '現在沒有您要做的事')

  const resident = await visit()
  await resident.goto(`${link.slice(0, -3)}xyz`)
  await atPage(resident, '這個連結不能用')
  await confirm(resident, link)
  expect(await faultsOf(resident)).toEqual([])
  await resident.goto(link)
  await sees(resident, '這個連結已經確認過')
})

test('the desk registers and dispatches it where the suggestion says, seeing why', async () => {
  const desk = await visit({ login: 'clerk' })
  await desk.goto('/console')
  await desk.getByRole('list', { name: '收發的工作' }).getByRole('link', { name: /待分文/ }).click()
  await atPage(desk, '分文')
  await desk.getByRole('row').filter({ hasText: kept.followNo }).getByRole('link', { name: letter.title }).click()
  await atPage(desk, letter.title)
  await desk.getByRole('link', { name: '登錄並分文' }).click()
  await atPage(desk, '分文')
  await sees(desk, /建議分給\s*工務處/)
  await sees(desk, /路燈/)
  const unit = desk.getByRole('combobox', { name: '主辦單位' })
  const suggested = await unit.inputValue()
  await unit.selectOption('')
  await desk.getByRole('button', { name: '分文', exact: true }).click()
  await errorsAre(desk, [expect.any(String)])
  await unit.selectOption(suggested)
  await desk.getByRole('button', { name: '分文', exact: true }).click()
  await sees(desk, '已分文')
  number = /陳\d{3}-\d{6}/.exec(await desk.getByRole('main').innerText())![0]
})

test('the officer of the unit accepts it, and cannot submit an answer that leaves a question open', async () => {
  const officer = await visit({ login: 'officer' })
  await openCase(officer, number)
  const original = await officer.request.get((await officer.getByRole('link', { name: /^下載原檔/ }).getAttribute('href'))!)
  expect((await original.body()).equals(photo.buffer)).toBe(true)
  await officer.getByRole('button', { name: '簽收', exact: true }).click()
  await sees(officer, `${number} 已簽收`)
  await officer.getByRole('link', { name: '擬答' }).click()
  await officer.getByRole('textbox', { name: '答復內容' }).fill('路燈已派工，兩週內修好。')
  await officer.getByRole('button', { name: '存檔並陳核' }).click()
  await errorsAre(officer, [expect.stringContaining('第 1 版已存'), expect.stringContaining('救濟')])
  expect(await officer.getByRole('textbox', { name: '答復內容' }).inputValue()).toBe('路燈已派工，兩週內修好。')
  expect(await faultsOf(officer)).toEqual([])

  await answerQuestions(officer)
  await officer.getByRole('button', { name: '存檔並陳核' }).click()
  await sees(officer, '的答復已陳核')
})

test('the section chief sends it back with a reason, then passes the better answer on to the head', async () => {
  const chief = await visit({ login: 'chief' })
  await openDecision(chief, number)
  await chief.getByRole('button', { name: '退回修改' }).click()
  await errorsAre(chief, [expect.any(String)])
  await chief.getByRole('textbox', { name: '意見' }).fill('請寫出修復的日期。')
  await chief.getByRole('button', { name: '退回修改' }).click()
  await sees(chief, `${number} 已退回修改`)

  const officer = await visit({ login: 'officer' })
  await officer.goto('/console')
  await officer.getByRole('table', { name: '退回修改' }).getByRole('link', { name: number }).click()
  await sees(officer, '請寫出修復的日期。')
  await officer.getByRole('link', { name: '修改答復' }).click()
  await officer.getByRole('textbox', { name: '答復內容' }).fill(answer)
  await officer.getByRole('button', { name: '存檔並陳核' }).click()
  await sees(officer, '的答復已陳核')

  await openDecision(chief, number)
  await chief.getByRole('button', { name: '核定', exact: true }).click()
  await sees(chief, '續陳單位主管')
})

test('the head approves, and the case is closed', async () => {
  const head = await visit({ login: 'head' })
  await openDecision(head, number)
  await head.getByRole('button', { name: '核定', exact: true }).click()
  await sees(head, `${number} 已核定`)
  await openCase(head, number)
  await sees(head, '答復')
  expect(await head.getByRole('link', { name: '核定或退回' }).count()).toBe(0)
  expect(await faultsOf(head)).toEqual([])
})

test('the resident reads the answer with number and code, and says how satisfied one is', async () => {
  const page = await visit()
  await follow(page, { ...kept, code: 'AAAA-AAAA' })
  await errorsAre(page, [expect.stringContaining('號碼或追蹤碼不對')])
  await follow(page, kept)
  await atPage(page, letter.title)
  await sees(page, '三盞路燈已排定於十二月一日更換')
  await sees(page, '已經答復')
  expect(await faultsOf(page)).toEqual([])
  await page.getByRole('button', { name: '送出', exact: true }).click()
  await errorsAre(page, ['請選一個滿意程度'])
  await page.getByRole('radio', { name: '滿意', exact: true }).check()
  await page.getByRole('textbox', { name: /想說的話/ }).fill('謝謝，日期很清楚。')
  await page.getByRole('button', { name: '送出', exact: true }).click()
  await sees(page, '謝謝您的意見')
  await sees(page, '您的評分：滿意')
})

test('the figures count it and open to it', async () => {
  const control = await visit({ login: 'control' })
  expect(await readFigure(control, '收到陳情（全部管道）')).toBe(received + 1)
  for (const figure of ['收到陳情（全部管道）', '滿意度回復數']) {
    await control.goto('/console/figures')
    await control.getByRole('textbox', { name: '資料截止日' }).fill(rocDay(dayOf(new Date())))
    await control.getByRole('button', { name: '重新計算' }).click()
    await control.waitForURL(/statusOn=/)
    await control.getByRole('link', { name: new RegExp(`^${escape(figure)}：`) }).click()
    await atPage(control, `${figure}：計入的案件`)
    await turnTo(control, number)
    await control.getByRole('link', { name: number }).click()
    await atPage(control, letter.title)
  }
  await sees(control, '滿意度：4 分')
})

const answer = '三盞路燈已排定於十二月一日更換。\n\n一、十二月一日更換完成。\n\n二、今天已放置警示燈。\n\n三、附近路燈一併檢查。'

async function choose(page: Page, chosen: { name: string; mimeType: string; buffer: Buffer }): Promise<void> {
  const [chooser] = await Promise.all([page.waitForEvent('filechooser'), page.getByRole('button', { name: /附件/ }).click()])
  await chooser.setFiles(chosen)
}

async function answerQuestions(officer: Page): Promise<void> {
  for (const question of ['路燈什麼時候可以修好', '修好以前可以先放警示燈嗎', '附近的其他路燈會不會一起檢查']) {
    await officer.getByRole('group', { name: question }).getByRole('radio', { name: '已答' }).check()
  }
  await officer.getByRole('radio', { name: '無涉' }).check()
}

async function readFigure(page: Page, name: string): Promise<number> {
  await page.goto('/console/figures')
  const text = await page.getByRole('link', { name: new RegExp(`^${escape(name)}：`) }).getAttribute('aria-label')
  return Number(/：([\d,]+)/.exec(text!)![1]!.replace(',', ''))
}

/** Turns the pages of a list until the case stands there. */
async function turnTo(page: Page, name: string): Promise<void> {
  while (await page.getByRole('link', { name }).count() === 0) {
    const before = page.url()
    await page.getByRole('link', { name: '下一頁' }).click()
    await page.waitForURL((url) => url.href !== before)
  }
}

const escape = (text: string) => text.replace(/[()（）]/g, '\\$&')
