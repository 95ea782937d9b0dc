import { generate } from 'otplib'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openDatabase } from '../../app/core/database/embedded.ts'
import { connect } from '../../app/core/db.ts'
import { atPage, axeFindings, errorsAre, faultsOf, sees, visit } from '../support/browser.ts'
import { makeProvider, type TestProvider } from '../support/identity-provider.ts'
import { makeDataFolder, removeDataFolder, runCommand, type Service, startService } from '../support/service.ts'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { oneStory } from './in-order.ts'

// A county of its own, empty but for units and an administrator: these tests change how people sign in.
oneStory()
const dataFolder = makeDataFolder()
const password = 'rock-lion-sea-wind'
/** of those who chose their own */
const passwords: Record<string, string> = {}
let provider: TestProvider
let service: Service

beforeAll(async () => {
  provider = await makeProvider()
  const of = (who: string) => ({ [`${who}_ISSUER`]: provider.issuer, [`${who}_CLIENT_ID`]: provider.clientId, [`${who}_CLIENT_SECRET`]: provider.clientSecret })
  const settings: Record<string, string> = { WINDLION_DEMO: '0', ...of('WINDLION_OIDC'), ...of('WINDLION_RESIDENT_OIDC'), ...of('WINDLION_VENDOR_OIDC') }
  const units = join(dataFolder, 'units.csv')
  writeFileSync(units, '代碼,名稱,類型,上級\nA08,行政處,處,\nA0807,為民服務科,科,A08\n')
  service = await startService({ dataFolder, env: settings }) // while the provider is down
  await command(['import', units], settings)
  await command(['user', 'create', 'wang', '--name', '王示範', '--unit', 'A08', '--role', 'administrator'], { ...settings, WINDLION_PASSWORD: password })
})
afterAll(async () => {
  await provider?.stop()
  await service?.stop()
  await removeDataFolder(dataFolder)
})

async function command(args: string[], env: Record<string, string>): Promise<void> {
  const { code, stderr } = await runCommand(args, { dataFolder, env })
  if (code !== 0) throw new Error(stderr)
}

const open = async (path = '/sign-in') => {
  const page = await visit({ url: service.url })
  await page.goto(path)
  return page
}
async function enter(page: Page, login: string, secret = passwords[login] ?? password): Promise<void> {
  await page.getByLabel('帳號').fill(login)
  await page.getByLabel('密碼', { exact: true }).fill(secret)
  await page.getByRole('button', { name: '登入', exact: true }).click()
  await page.getByRole('heading', { level: 1, name: '同仁登入' }).waitFor({ state: 'detached' })
}

test('a single sign-on that is down is said, and passwords go on', async () => {
  const page = await open()
  await sees(page, '縣府單一簽入暫時無法使用')
  expect(await faultsOf(page)).toEqual([])
  await enter(page, 'wang')
  await sees(page, '您的職務要有第二道驗證，請在') // an administrator, outside the demonstration
})

test('an administrator adds a colleague; a guessable password is refused with a way out', async () => {
  const page = await open()
  await enter(page, 'wang')
  await page.goto('/console/people/new')
  await page.getByLabel('帳號').fill('lin')
  await page.getByLabel('姓名').fill('林示範')
  await page.getByLabel('單位', { exact: true }).selectOption('A0807')
  await page.getByLabel('職務').selectOption('clerk')
  await page.getByLabel('初始密碼').fill('Kinmen20261128')
  await page.getByRole('button', { name: '新增' }).click()
  await errorsAre(page, [expect.stringContaining('四個以上不相干的詞')])
  await page.getByLabel('初始密碼').fill(password)
  await page.getByRole('button', { name: '新增' }).click()
  await atPage(page, '林示範')
})

test('with the password that somebody gave, one chooses one’s own before anything else', async () => {
  const page = await open()
  await enter(page, 'lin')
  await sees(page, '這組密碼是系統管理人員給的')
  await page.goto('/console')
  await atPage(page, '登入與安全')
  await sees(page, '他也知道')
  expect(await faultsOf(page)).toEqual([])
  const choose = async (text: string) => {
    await page.getByLabel('目前的密碼').fill(password)
    await page.getByLabel('新密碼').fill(text)
    await page.getByLabel('再輸入一次').fill(text)
    await page.getByRole('button', { name: '更改密碼' }).click()
  }
  await choose(password)
  await errorsAre(page, [expect.stringContaining('要和目前的不同')])
  await choose('tide-stone-kite-lamp')
  passwords.lin = 'tide-stone-kite-lamp'
  await sees(page, '密碼已更改')
  await page.goto('/console')
  await page.waitForURL('**/console')
})

test('the single sign-on comes back by itself, and links who is here by their login', async () => {
  await provider.start(['sign-in/single-sign-on', 'my/service', 'vendor/service'].map((path) => `${service.url}/${path}/back`))
  const page = await open()
  await expect.poll(async () => { await page.goto('/sign-in'); return page.getByRole('link', { name: '用縣府單一簽入登入' }).count() }, { timeout: 30_000, interval: 1_000 }).toBe(1)
  expect(await faultsOf(page)).toEqual([])
  await atProvider(page, 'lin')
  await page.waitForURL(`${service.url}/console**`)
  await page.goto('/console/account')
  await sees(page, '林示範')
  await page.goto('/console/account/security')
  await sees(page, '單一簽入')
})

test('whom the single sign-on names but nobody added here stays outside', async () => {
  const page = await open()
  await atProvider(page, 'nobody-here')
  await errorsAre(page, [expect.stringContaining('這裡沒有對應的帳號')])
})

test('an answer of the single sign-on that somebody made up is refused', async () => {
  const page = await open('/sign-in/single-sign-on/back?code=made-up&state=made-up')
  await errorsAre(page, [expect.stringContaining('重新開始')])
})

/** Through the provider's own pages: who, then consent. */
async function atProvider(page: Page, login: string, from = '/sign-in', link = '用縣府單一簽入登入'): Promise<void> {
  await page.goto(from)
  await page.getByRole('link', { name: link, exact: true }).click()
  await page.locator('input[name=login]').fill(login)
  await page.locator('input[name=password]').fill('any')
  await page.locator('button[type=submit]').click()
  await page.getByRole('button', { name: /continue/i }).click()
}

async function withAuthenticator(page: Page): Promise<void> {
  const authenticator = await page.context().newCDPSession(page)
  await authenticator.send('WebAuthn.enable')
  await authenticator.send('WebAuthn.addVirtualAuthenticator', { options: { protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true } })
}

test('a resident comes in by the identity service, adds a passkey, comes back by it, and takes it away', async () => {
  const page = await open('/my/sign-in')
  await withAuthenticator(page)
  await atProvider(page, 'li@example.org', '/my/sign-in', '用身分識別服務登入')
  await atPage(page, '我的案件')
  await sees(page, 'li@example.org')
  await page.locator('summary', { hasText: '通行金鑰' }).click()
  await page.getByLabel('名字').fill('我的手機')
  expect(await faultsOf(page)).toEqual([])
  await page.getByRole('button', { name: '加上通行金鑰' }).click()
  await sees(page, '通行金鑰已加上')
  await page.getByRole('button', { name: '登出' }).click()
  await page.goto('/my/sign-in')
  expect(await faultsOf(page)).toEqual([])
  await page.goto('/vendor/sign-in')
  await page.getByRole('button', { name: '用通行金鑰登入' }).click()
  await errorsAre(page, [expect.stringContaining('這支通行金鑰沒有成功')]) // a resident's key is no vendor's
  await page.goto('/my/sign-in')
  await page.getByRole('button', { name: '用通行金鑰登入' }).click()
  await atPage(page, '我的案件')
  await page.locator('summary', { hasText: '通行金鑰（1）' }).click()
  expect(await faultsOf(page)).toEqual([])
  await page.getByRole('button', { name: '移除' }).click()
  await page.getByRole('dialog').getByRole('button', { name: '移除' }).click()
  await sees(page, '通行金鑰已移除')
  const told = await ask("select text from mail_messages where purpose = 'identity.sign-in-changed' order by id")
  expect(told.map(({ text }) => text)).toEqual([expect.stringContaining('第一次由身分識別服務登入'), expect.stringContaining('加上了一支通行金鑰「我的手機」'), expect.stringContaining('移除了一支通行金鑰')])
})

test('a vendor comes in by its own identity service and names its business', async () => {
  const page = await open('/vendor/sign-in')
  await atProvider(page, 'shop@example.org', '/vendor/sign-in', '用廠商身分識別服務登入')
  await atPage(page, '廠商的案件')
  await page.locator('summary', { hasText: '填寫統一編號' }).click()
  await page.getByLabel('統一編號').fill('12345678')
  await page.getByLabel('公司、商號或團體名稱').fill('示範商行')
  await page.getByRole('button', { name: '儲存' }).click()
  await errorsAre(page, [expect.stringContaining('統一編號是 8 位數字')])
  expect(await faultsOf(page)).toEqual([])
  await page.getByLabel('統一編號').fill('04595257')
  await page.getByRole('button', { name: '儲存' }).click()
  await sees(page, '示範商行（統一編號 04595257）')
})

test('a passkey is added, signs in alone, proves who one is, and is removed', async () => {
  const page = await open()
  await withAuthenticator(page)
  await enter(page, 'lin')
  await page.goto('/console/account/security')
  expect(await faultsOf(page)).toEqual([])
  await page.getByRole('link', { name: '加一支通行金鑰' }).click()
  await page.getByLabel('名字').fill('辦公室電腦')
  expect(await axeFindings(page)).toEqual([])
  await page.getByRole('button', { name: '加上通行金鑰' }).click()
  await sees(page, '通行金鑰已加上')
  await sees(page, '辦公室電腦')

  await page.context().clearCookies()
  await page.goto('/sign-in')
  await page.getByRole('button', { name: '用通行金鑰登入' }).click()
  await page.waitForURL('**/console**')

  await sitIdle('lin')
  await page.goto('/console/account/security')
  await page.getByRole('button', { name: '移除' }).click()
  await page.getByRole('dialog').getByRole('button', { name: '移除' }).click()
  await atPage(page, '請再確認是您本人')
  expect(await axeFindings(page)).toEqual([])
  await page.getByRole('button', { name: '用通行金鑰確認' }).click()
  await sees(page, '通行金鑰已移除')
})

async function ask(statement: string, values: unknown[] = []): Promise<Record<string, unknown>[]> {
  const { url, close } = await openDatabase({ dataDir: dataFolder })
  const connection = connect(url)
  const { rows } = await connection.pool.query(statement, values)
  await connection.close()
  await close()
  return rows
}

/** As if the last proof lay an hour back. */
async function sitIdle(login: string): Promise<void> {
  await ask("update sessions set proved_at = now() - interval '1 hour' where person_id = (select id from people where login = $1)", [login])
  await new Promise((resolve) => setTimeout(resolve, 5_500)) // a session is remembered for five seconds
}

let secret = ''
let codes: string[] = []
const codeAt = (seconds: number) => generate({ secret, epoch: Math.floor(Date.now() / 1000) + seconds })

test('an authenticator is set up with a code; recovery codes are shown once', async () => {
  const page = await open()
  await enter(page, 'lin')
  await page.goto('/console/account/security')
  await page.getByRole('button', { name: '設定驗證程式' }).click()
  await atPage(page, '設定驗證程式')
  expect(await faultsOf(page)).toEqual([])
  secret = (await page.locator('main code').textContent())!.replaceAll(' ', '')
  await page.getByLabel('驗證碼').fill('000000')
  await page.getByRole('button', { name: '完成設定' }).click()
  await errorsAre(page, [expect.stringContaining('驗證碼不正確')])
  await page.getByLabel('驗證碼').fill(await codeAt(-30))
  await page.getByRole('button', { name: '完成設定' }).click()
  await sees(page, '驗證程式已設定')
  await page.getByRole('button', { name: '產生復原碼' }).click()
  await atPage(page, '新的復原碼')
  expect(await axeFindings(page)).toEqual([])
  codes = await page.locator('main li code').allTextContents()
  expect(codes).toHaveLength(10)
})

test('at sign-in a wrong code is refused, a right one is good once, and a recovery code helps', async () => {
  const page = await open()
  await enter(page, 'lin')
  await atPage(page, '第二道驗證')
  expect(await faultsOf(page)).toEqual([])
  await page.goto('/console') // half signed in is not signed in
  await page.waitForURL('**/sign-in?**')
  await enter(page, 'lin')
  const send = async (code: string) => {
    await page.getByLabel('驗證碼').fill(code)
    await page.getByRole('button', { name: '繼續' }).click()
  }
  await send('123456')
  await errorsAre(page, [expect.stringContaining('驗證碼不正確')])
  const code = await codeAt(30)
  await send(code)
  await page.waitForURL('**/console**')

  const second = await open()
  await enter(second, 'lin')
  await second.getByLabel('驗證碼').fill(code)
  await second.getByRole('button', { name: '繼續' }).click()
  await errorsAre(second, [expect.stringContaining('已經用過')])
  await second.getByLabel('驗證碼').fill(codes[0]!)
  await second.getByRole('button', { name: '繼續' }).click()
  await second.waitForURL('**/console**')

  // the other browser is seen, ended, and out
  await second.goto('/console/account/security')
  await second.getByRole('button', { name: '結束其他登入' }).click()
  await sees(second, '其他地方的登入都已結束')
  await page.goto('/console')
  await page.waitForURL('**/sign-in?**')
})

test('a sensitive act asks again after a while, and carries along what was typed', async () => {
  const page = await open()
  await enter(page, 'wang')
  await page.goto('/console/people/new')
  await page.getByLabel('帳號').fill('chen')
  await page.getByLabel('姓名').fill('陳示範')
  await page.getByLabel('單位', { exact: true }).selectOption('A0807')
  await page.getByLabel('職務').selectOption('officer')
  await page.getByLabel('初始密碼').fill(password)
  await sitIdle('wang')
  await page.getByRole('button', { name: '新增' }).click()
  await atPage(page, '請再確認是您本人')
  await page.getByLabel('您的密碼').fill('wrong')
  await page.getByRole('button', { name: '確認，繼續' }).click()
  await errorsAre(page, ['密碼不正確'])
  await page.getByLabel('您的密碼').fill(password)
  await page.getByRole('button', { name: '確認，繼續' }).click()
  await atPage(page, '陳示範')
})

test('units and the rules of signing in are in order on their pages', async () => {
  const page = await open()
  await enter(page, 'wang')
  for (const path of ['/console/units', '/console/units/new', '/console/people/sign-in-rules']) {
    await page.goto(path)
    expect(await faultsOf(page), path).toEqual([])
  }
  await page.goto('/console/units')
  await page.getByRole('link', { name: '為民服務科' }).click()
  await atPage(page, '為民服務科')
  await page.locator('summary', { hasText: '更名或改隸' }).click()
  await page.getByLabel('名稱').fill('便民服務科')
  await page.getByRole('button', { name: '儲存' }).click()
  await atPage(page, '便民服務科')
  await page.locator('summary', { hasText: '裁撤' }).click()
  expect(await faultsOf(page)).toEqual([])
  await page.getByLabel('最後一天').fill('115/11/1')
  await page.getByRole('button', { name: '裁撤' }).click()
  await page.getByRole('dialog').getByRole('button', { name: '裁撤' }).click()
  await errorsAre(page, [expect.stringContaining('請先移出，或改用整併')])
})

test('a resident becomes a member by a link in a letter, and leaves again', async () => {
  const page = await open('/my')
  await atPage(page, '登入「我的案件」')
  expect(await faultsOf(page)).toEqual([])
  await page.getByLabel('電子郵件').fill('wang@example.org')
  await page.getByRole('button', { name: '寄登入連結' }).click()
  await sees(page, '幾分鐘內會收到登入連結')
  const [letter] = await ask("select text from mail_messages where purpose = 'member.link' order by id desc limit 1")
  await page.goto(/http\S+\/my\/enter\/\S+/.exec(String(letter!.text))![0])
  expect(await faultsOf(page)).toEqual([])
  await page.getByRole('button', { name: '登入' }).click()
  await atPage(page, '我的案件')
  expect(await faultsOf(page)).toEqual([])
  await page.locator('summary', { hasText: '退出會員' }).click()
  await page.getByRole('button', { name: '退出會員' }).click()
  await page.getByRole('dialog').getByRole('button', { name: '退出' }).click()
  await sees(page, '您已退出會員')
  await page.goto('/my')
  await atPage(page, '登入「我的案件」')
})
