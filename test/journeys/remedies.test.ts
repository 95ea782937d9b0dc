import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { atPage, errorsAre, faultsOf, narrow, noSidewaysScroll, sees, visit } from '../support/browser.ts'
import { mailedLink } from './desk.ts'
import { oneStory } from './in-order.ts'

oneStory()

const claim = '騎車經過示範路坑洞跌倒受傷'
const dispute = '網路買的冷氣不冷，業者不肯退貨'
let followed = ''
let address = ''
let confirming = ''

test('a resident claims compensation on a phone without script; what is missing is said and nothing is lost', async () => {
  const page = await visit({ viewport: narrow, script: false })
  await page.goto('/compensation')
  await page.getByRole('link', { name: '線上提出請求' }).click()
  await page.getByRole('textbox', { name: '一句話說明是什麼事' }).fill(claim)
  await page.getByRole('textbox', { name: '事實和理由' }).fill('夜間經過路面坑洞跌倒，右手擦傷，機車受損。')
  await page.getByRole('textbox', { name: '請求賠償的金額' }).fill('50000')
  await page.getByRole('textbox', { name: '姓名或名稱' }).first().fill('王示範')
  await page.getByRole('button', { name: '送出並收確認信' }).click()
  await errorsAre(page, [expect.stringContaining('電子郵件')])
  expect(await page.getByRole('textbox', { name: '一句話說明是什麼事' }).inputValue()).toBe(claim)
  await page.getByRole('textbox', { name: '電子郵件' }).first().fill('claimant@example.org')
  await page.getByRole('button', { name: '送出並收確認信' }).click()
  await atPage(page, '還差一步')
  await noSidewaysScroll(page)
})

test('it counts once confirmed, and its page tells the claimant where it stands', async () => {
  const page = await visit()
  confirming = await mailedLink('請確認您的國家賠償', /\/compensation\/confirm\/\S+/)
  await page.goto(confirming)
  expect(await faultsOf(page)).toEqual([])
  await page.getByRole('button', { name: '確認送出' }).click()
  await atPage(page, claim)
  await sees(page, '正在看請求書齊不齊全')
  expect(await faultsOf(page)).toEqual([])
  followed = new URL(page.url()).pathname
})

test('the law section takes it on, step by step without script; what the agency sees, another unit does not', async () => {
  const law = await visit({ login: 'law', script: false })
  await law.goto('/console/compensations')
  await law.getByRole('row').filter({ hasText: claim }).getByRole('link').first().click()
  await atPage(law, claim)
  await law.getByRole('button', { name: '收案，取案號' }).click()
  await sees(law, /賠\d+-\d{6}/)
  address = new URL(law.url()).pathname
  await step(law, '認定賠償義務機關', { 賠償義務機關: '工務處' })
  await step(law, '形式審查通過')
  const officer = await visit({ login: 'officer' })
  await officer.goto(address)
  await atPage(officer, claim)
  expect(await faultsOf(officer)).toEqual([])
  const stranger = await visit({ login: 'officer-a03' })
  expect((await stranger.goto(address))!.status()).toBe(404)
  const other = await visit()
  await other.goto(followed)
  await sees(other, '追蹤碼')
})

test('a refusal is drafted by the section, issued by the head without script, and read by the resident', async () => {
  const law = await visit({ login: 'law' })
  await law.goto(address)
  await law.locator('summary', { hasText: '製作文書' }).click()
  await law.getByRole('link', { name: '拒絕賠償理由書' }).click()
  await atPage(law, '製作拒絕賠償理由書')
  expect(await faultsOf(law)).toEqual([])
  await law.getByRole('button', { name: '擬稿' }).click()
  await errorsAre(law, [expect.stringContaining('拒絕的原因')])
  await law.getByRole('radio', { name: '沒有賠償義務' }).check()
  await law.getByRole('textbox', { name: '拒絕賠償的理由' }).fill('坑洞已設警示標誌，管理沒有欠缺。')
  await law.getByRole('button', { name: '擬稿' }).click()
  await atPage(law, '拒絕賠償理由書')
  await sees(law, '擬稿的人不能核發自己的文書')
  expect(await faultsOf(law)).toEqual([])
  const letter = new URL(law.url()).pathname
  const head = await visit({ login: 'head-a08', script: false })
  await head.goto('/console/compensations/letters')
  await head.getByRole('row').filter({ hasText: claim }).getByRole('link', { name: '拒絕賠償理由書' }).click()
  await head.getByRole('textbox', { name: '文號' }).fill('府行法字第1150000001號')
  await head.getByRole('button', { name: '核發', exact: true }).click()
  await sees(head, '已核發，並登錄「拒絕賠償」')
  await law.goto(letter)
  await sees(law, '待登錄送達')
  expect(await faultsOf(law)).toEqual([])
  await narrowly(law)
  const page = await visit({ viewport: narrow })
  await page.goto(confirming)
  await page.getByRole('button', { name: '看進度' }).click()
  await sees(page, '收到的文書')
  await sees(page, '坑洞已設警示標誌')
  expect(await faultsOf(page)).toEqual([])
  const paper = await page.request.get((await page.getByRole('link', { name: '下載 拒絕賠償理由書 PDF' }).getAttribute('href'))!)
  expect(paper.headers()['content-type']).toBe('application/pdf')
  expect(decodeURIComponent(paper.headers()['content-disposition']!)).toMatch(/拒絕賠償理由書-賠\d+-\d{6}\.pdf/)
})

test('the half-yearly list for the ministry says by when, and asks again before it is saved', async () => {
  const law = await visit({ login: 'law' })
  await law.goto('/console/compensations')
  await law.getByRole('link', { name: '半年列表' }).click()
  await atPage(law, '國家賠償事件半年列表')
  await sees(law, '國家賠償法施行細則 §43')
  expect(await faultsOf(law)).toEqual([])
})

test('a consumer complains; the business is asked; without an answer to its demand it goes to the ombudsman', async () => {
  const page = await visit({ script: false })
  await page.goto('/consumer-disputes/new')
  await page.getByRole('textbox', { name: '一句話說明是什麼事' }).fill(dispute)
  await page.getByRole('textbox', { name: '爭議的經過' }).fill('上個月買的，裝好就不冷，業者說是正常。')
  await page.getByRole('textbox', { name: '您希望業者怎麼做' }).fill('退貨還款')
  await page.getByRole('textbox', { name: '姓名' }).first().fill('李示範')
  await page.getByRole('textbox', { name: '名稱', exact: true }).fill('示範電器行')
  await page.getByRole('textbox', { name: '電子郵件' }).first().fill('consumer@example.org')
  await page.getByRole('button', { name: '送出並收確認信' }).click()
  await atPage(page, '還差一步')
  const confirmed = await visit()
  await confirmed.goto(await mailedLink('請確認您的消費爭議', /\/consumer-disputes\/confirm\/\S+/))
  await confirmed.getByRole('button', { name: '確認送出' }).click()
  await atPage(confirmed, dispute)
  expect(await faultsOf(confirmed)).toEqual([])
  const ombudsman = await visit({ login: 'ombudsman' })
  await ombudsman.goto('/console/consumer-disputes')
  await ombudsman.getByRole('row').filter({ hasText: dispute }).getByRole('link').first().click()
  await atPage(ombudsman, dispute)
  expect(await faultsOf(ombudsman)).toEqual([])
})

async function narrowly(page: Page): Promise<void> {
  await page.setViewportSize(narrow)
  await noSidewaysScroll(page)
}

/** Takes a step from the case page, with what its form asks. */
async function step(page: Page, label: string, fields: Record<string, string> = {}): Promise<void> {
  await page.goto(address)
  await page.getByRole('link', { name: label, exact: true }).click()
  await atPage(page, label)
  for (const [name, value] of Object.entries(fields)) await page.getByRole('textbox', { name }).fill(value)
  await page.getByRole('button', { name: label, exact: true }).click()
  await atPage(page, claim)
}
