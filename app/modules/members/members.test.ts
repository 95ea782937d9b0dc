import { afterAll, beforeAll, expect, test } from 'vitest'
import { Browser } from '../../../test/support/browser-less.ts'
import { createTestDatabase } from '../../../test/support/database.ts'
import { makePetition, useTestKeys } from '../../../test/support/makers.ts'
import { projectFolder } from '../../config.ts'
import { type Identity, ProviderDown, useProvider } from '../../core/identity/providers/provider.ts'
import { beginMemberPasskey } from '../../core/identity/member-passkeys.ts'
import { askForPasskey } from '../../core/identity/passkeys.ts'
import { valueOf } from '../../core/errors.ts'
import { personalHash } from '../../core/personal-data/index.ts'
import { openJobs } from '../../core/jobs/jobs.ts'
import { buildServer } from '../../core/web/server.ts'
import { modules } from '../../modules.ts'
import { declareModules } from '../../start.ts'

const { db } = await createTestDatabase()
let app: Awaited<ReturnType<typeof buildServer>>
const words = (html: string) => html.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ')
let own: { followNo: string }
let foreign: { followNo: string }

beforeAll(async () => {
  declareModules()
  useTestKeys()
  await openJobs(db)
  app = await buildServer({
    db, publicDb: db, site: { county: '示範縣政府', demo: true, publicUrl: undefined }, routes: modules.flatMap((module) => module.routes),
    publicFolder: `${projectFolder}/public`, behindProxy: false, logLevel: 'silent',
  })
  own = await makePetition(db, new Date('2026-11-02T09:00:00+08:00'), { title: '我家巷口的路燈', sender: { name: '王示範', email: 'Wang@Example.org', phone: '' } })
  foreign = await makePetition(db, new Date('2026-11-03T09:00:00+08:00'), { title: '別人的案件', sender: { name: '李示範', email: 'li@example.org', phone: '' } })
})
afterAll(() => app.close())

const linkIn = async () => /\/(?:my|vendor)\/enter\/[\w-]+/.exec((await db.selectFrom('mail_messages').select('text').orderBy('id', 'desc').limit(1).executeTakeFirstOrThrow()).text)![0]

async function signIn(email: string, path = '/my'): Promise<Browser> {
  const browser = new Browser(app)
  await browser.submit((await browser.open(`${path}/sign-in`)).form(`${path}/sign-in`), { email })
  const link = await linkIn()
  await browser.submit((await browser.open(link)).form(link))
  return browser
}

test('a link by mail signs in once, and shows just the cases filed with that address', async () => {
  const browser = new Browser(app)
  expect((await browser.open('/my')).headers.location).toBe('/my/sign-in')
  const sent = await browser.follow(await browser.submit((await browser.open('/my/sign-in')).form('/my/sign-in'), { email: 'wang@example.org' }))
  expect(words(sent.text)).toContain('幾分鐘內會收到登入連結')
  const link = await linkIn()
  expect((await new Browser(app).open(link)).text, 'a mail program looks at it').toContain('登入')
  const page = await browser.open(link)
  const mine = await browser.follow(await browser.submit(page.form(link)))
  expect(words(mine.text)).toContain('我家巷口的路燈')
  expect(mine.text).not.toContain('別人的案件')
  const again = new Browser(app)
  expect((await again.submit(page.form(link))).errors).toEqual(['這個連結已經用過或過期了，請再寄一次'])
  expect(again.cookies).not.toHaveProperty('windlion_member')
})

test('a member opens their own case without its code, and never another’s', async () => {
  const browser = await signIn('wang@example.org')
  const opened = await browser.follow(await browser.open(`/petitions/mine/${own.followNo}`))
  expect(words(opened.text)).toContain('我家巷口的路燈')
  expect((await browser.open(`/petitions/mine/${foreign.followNo}`)).status).toBe(404)
  expect((await new Browser(app).open(`/petitions/mine/${own.followNo}`)).status).toBe(404)
})

test('the same in English: the letter, the pages, what is refused, and the way to the other language', async () => {
  const browser = new Browser(app)
  const form = (await browser.open('/en/my/sign-in')).form('/en/my/sign-in')
  expect((await browser.submit(form, { email: 'nonsense' })).errors).toEqual([expect.stringContaining('Please check what you wrote')])
  expect(words((await browser.follow(await browser.submit(form, { email: 'wang@example.org' }))).text)).toContain('a link arrives within minutes')
  const letter = await db.selectFrom('mail_messages').select(['subject', 'text']).orderBy('id', 'desc').limit(1).executeTakeFirstOrThrow()
  expect(letter.subject).toContain('Sign in to “My cases”')
  const link = /\/en\/my\/enter\/[\w-]+/.exec(letter.text)![0]
  const mine = await browser.follow(await browser.submit((await browser.open(link)).form(link)))
  expect(mine.text).toContain('lang="en"')
  expect(mine.text).toContain('href="/my"')
  // what people wrote and what the county is called stay as they are
  expect(words(mine.text).replace(/我家巷口的路燈|示範縣政府|中文|示範|陳(?=\d)/g, '')).not.toMatch(/[\u4e00-\u9fff]/)
  const opened = await browser.open(`/en/petitions/mine/${own.followNo}`)
  expect(opened.headers.location).toBe(`/en/petitions/follow/${own.followNo}`)
  expect(words((await browser.follow(opened)).text)).toContain('Case number')
})

test('an address that is none is refused, and asking again and again waits without saying so', async () => {
  const browser = new Browser(app)
  const form = (await browser.open('/my/sign-in')).form('/my/sign-in')
  expect((await browser.submit(form, { email: 'nonsense\r\nBcc: x@y.z' })).errors).toEqual(['電子郵件的格式不正確'])
  const count = async () => (await db.selectFrom('mail_messages').select((eb) => eb.fn.countAll<number>().as('n')).executeTakeFirstOrThrow()).n
  const before = await count()
  for (let n = 0; n < 7; n += 1) {
    const visitor = new Browser(app) // another address each
    visitor.address = n < 6 ? '10.9.9.9' : visitor.address
    await visitor.submit(form, { email: 'flood@example.org' })
  }
  expect(await count()).toBeLessThanOrEqual(before + 6)
})

test('a vendor is another account of the same address, and leaving deletes it', async () => {
  const vendor = await signIn('wang@example.org', '/vendor')
  expect(words((await vendor.open('/vendor')).text)).toContain('廠商的案件')
  expect((await vendor.open('/my')).headers.location).toBe('/my/sign-in')
  const left = await vendor.submit((await vendor.open('/vendor')).form('/vendor/leave'))
  expect(left.headers.location).toBe('/vendor/sign-in')
  expect(await db.selectFrom('members').select('id').where('kind', '=', 'vendor').execute()).toEqual([])
  expect(await db.selectFrom('members').select('id').where('kind', '=', 'resident').execute()).not.toEqual([])
  expect(await db.selectFrom('mail_messages').select('id').where('to_hash', '=', personalHash('email', 'wang@example.org')).where('purpose', 'like', 'member%').execute(), 'its letters too').toEqual([])
})

const told = async () => (await db.selectFrom('mail_messages').select('text').where('purpose', '=', 'identity.sign-in-changed').execute()).map(({ text }) => text)

test('an identity service signs in by an address it has verified, from then on by its own subject', async () => {
  let identity: Identity = { subject: 'citizen-1', claim: 'li@example.org', by: 'email', email: 'li@example.org', strong: true }
  let up = true
  useProvider('resident', {
    name: '身分識別服務', issuer: 'https://id.example', state: async () => (up ? 'up' : 'down'),
    begin: async () => { if (!up) throw new ProviderDown('down'); return { to: 'https://id.example/authorize', kept: { verifier: 'v', nonce: 'n', state: 's' } } },
    finish: async () => identity,
  })
  const enter = async () => {
    const browser = new Browser(app)
    const away = await browser.open('/my/service')
    expect(away.headers.location).toBe('https://id.example/authorize')
    const back = await browser.open('/my/service/back?code=c&state=s')
    return back.headers.location ? browser.follow(back) : back
  }
  expect(words((await enter()).text)).toContain('別人的案件')
  expect(await told()).toEqual([expect.stringContaining('第一次由身分識別服務登入')])
  identity = { ...identity, email: null }
  expect(words((await enter()).text), 'known by its subject').toContain('別人的案件')
  identity = { ...identity, subject: 'citizen-2' }
  expect((await enter()).errors[0]).toContain('沒有提供驗證過的電子郵件')
  expect(await told(), 'once').toHaveLength(1)
  up = false
  expect(words((await new Browser(app).open('/my/sign-in')).text)).toContain('身分識別服務暫時無法使用')
})

test('a vendor names its business by a number that can be, and sees it again', async () => {
  const vendor = await signIn('shop@example.org', '/vendor')
  const form = (await vendor.open('/vendor')).form('/vendor/business')
  const wrong = await vendor.submit(form, { no: '12345678', name: '示範商行' })
  expect(wrong.status).toBe(422)
  expect(wrong.errors).toEqual(['統一編號是 8 位數字，請檢查是否打錯'])
  expect(wrong.text).toContain('示範商行')
  const named = await vendor.follow(await vendor.submit(form, { no: '０４５９５２５７', name: '示範商行' }))
  expect(words(named.text)).toContain('示範商行（統一編號 04595257）')
  const resident = await signIn('wang@example.org')
  expect((await resident.open('/my')).text).not.toContain('統一編號')
  expect((await resident.submit(form, { no: '04595257', name: '冒名' })).status).toBeGreaterThanOrEqual(300)
  expect(await db.selectFrom('members').select('business_name').where('kind', '=', 'resident').where('business_name', 'is not', null).execute()).toEqual([])
})

test('a passkey is begun only soon after signing in; what no authenticator made is none, and opens nothing', async () => {
  const member = await signIn('wang@example.org')
  const origin = 'http://localhost'
  const token = member.cookies.windlion_member!
  const anyone = { db, person: null }
  const begun = valueOf(await beginMemberPasskey(anyone, { session: token, origin, county: '示範縣政府' }))
  expect(begun.options.user.name).toBe('Wang@Example.org'.toLowerCase())
  const made = await member.submit((await member.open('/my')).form('/my/passkeys'), { label: '手機', passkey: '{"id":"made-up"}', passkeyStep: begun.step })
  expect(made.errors).toEqual(['通行金鑰沒有加上，請再試一次'])
  const asked = valueOf(await askForPasskey(anyone, { origin }))
  const shown = await new Browser(app).submit((await new Browser(app).open('/my/sign-in')).form('/my/passkey'), { passkey: '{"id":"made-up"}', passkeyStep: asked.step })
  expect(shown.errors[0]).toContain('沒有成功')
  await db.updateTable('member_sessions').set({ created_at: new Date(Date.now() - 31 * 60_000) }).execute()
  expect(await beginMemberPasskey(anyone, { session: token, origin, county: '' })).toMatchObject({ code: 'members.sign-in-again' })
  expect(await beginMemberPasskey(anyone, { session: 'nobody', origin, county: '' })).toMatchObject({ code: 'members.signed-out' })
})
