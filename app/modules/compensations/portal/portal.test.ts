import { expect, test } from 'vitest'
import { createTestDatabase } from '../../../../test/support/database.ts'
import { makeLawOffice, serveLawOffice } from '../../../../test/support/law-office.ts'
import { isRefusal, type Result, valueOf } from '../../../core/errors.ts'
import { lapseFilings } from '../../../core/filing/lapse.ts'
import { findMemberCases } from '../../../core/identity/members.ts'
import { parseInstant } from '../../../core/time.ts'
import { verifyAll } from '../../../core/verify.ts'
import { acts, fileClaim, filing } from './filing.ts'

const { db, url } = await createTestDatabase()
const office = await makeLawOffice(db)
let now = parseInstant('114/6/2 09:00')!
const { visit, signIn } = await serveLawOffice(db, url, () => now)
const codeOf = (result: Result<unknown>) => (isRefusal(result) ? result.code : null)
const outsider = (text: string) => ({ db, person: null, now: parseInstant(text)! })
const claim = { title: '公園鞦韆鍊條斷裂摔傷', facts: '小孩盪鞦韆時鍊條斷裂摔傷手臂，請求醫療費。', requestedTwd: '20000', agency: '工務處', claimantName: '王示範', claimantEmail: 'claim@example.org', files: [], origin: 'https://windlion.example' }

async function lastMail() {
  const { text } = await db.selectFrom('mail_messages').select('text').orderBy('id', 'desc').executeTakeFirstOrThrow()
  return { token: /confirm\/([\w-]+)/.exec(text)?.[1] ?? '', code: /追蹤碼：([\w-]+)/.exec(text)?.[1] ?? '', number: /追蹤號碼：([\w-]+)/.exec(text)?.[1] ?? '' }
}

test('without script: what is missing is said and kept, the confirmed claim counts from when it was filed, its code opens it', async () => {
  const browser = visit()
  const page = await browser.open('/compensation/new')
  const bad = await browser.submit(page.form('/compensation/new'), { title: '公園鞦韆鍊條斷裂摔傷', facts: claim.facts, claimantEmail: 'nobody' })
  expect(bad.status).toBe(422)
  expect(bad.errors.join()).toContain('電子郵件的寫法不對')
  const again = await browser.submit(bad.form('/compensation/new'), { claimantEmail: 'claim@example.org' })
  expect(again.errors.sort()).toEqual(['請填請求權人的姓名或名稱', '請填請求的金額，或回復原狀的內容'])
  expect(Object.fromEntries(again.form('/compensation/new').fields).facts).toBe(claim.facts)
  const sent = await browser.submit(again.form('/compensation/new'), { claimantName: '王示範', requestedTwd: '20000' }, [{ name: 'photo.txt', bytes: Buffer.from('現場紀錄') }])
  expect(sent.headers.location).toBe('/compensation/sent')
  const { token, code, number } = await lastMail()
  now = parseInstant('114/6/4 09:00')!
  const confirm = await browser.open(`/compensation/confirm/${token}`)
  const followed = await browser.follow(await browser.submit(confirm.form('/compensation/confirm/')))
  expect(followed.text).toContain('已經收到，正在看請求書齊不齊全')
  const row = await db.selectFrom('cases').innerJoin('compensations', 'compensations.id', 'cases.id').select(['received_at', 'open_due_on', 'stage', 'number']).where('follow_no', '=', number).executeTakeFirstOrThrow()
  expect(row).toMatchObject({ received_at: parseInstant('114/6/2 09:00'), open_due_on: '2025-07-02', stage: 'received', number: null })
  const stranger = visit()
  expect((await stranger.open(`/compensation/follow/${number}`)).text).not.toContain('20,000')
  const asked = await stranger.open('/compensation/follow')
  expect((await stranger.submit(asked.form('/compensation/follow'), { number, code: 'AAAA-AAAA' })).status).toBe(422)
  expect((await stranger.follow(await stranger.submit(asked.form('/compensation/follow'), { number, code: code.toLowerCase() }))).text).toContain('20,000')
})

test('the section takes it in, sees what the claimant adds, and asks for what is missing', async () => {
  const { number, code } = await lastMail()
  const browser = visit()
  const page = await browser.follow(await browser.submit((await browser.open('/compensation/follow')).form('/compensation/follow'), { number, code }))
  const added = await browser.submit(page.form(`/compensation/follow/${number}/supplement`), { text: '補上診斷書' }, [{ name: '診斷書.txt', bytes: Buffer.from('診斷') }])
  expect((await browser.follow(added)).text).toContain('診斷書.txt')
  const empty = await browser.submit((await browser.open(`/compensation/follow/${number}`)).form(`/compensation/follow/${number}/supplement`))
  expect([empty.status, empty.errors[0]]).toEqual([422, '請寫下要補充的事，或附上檔案'])
  const law = await signIn(office.law)
  expect((await law.open('/console')).text).toContain('線上的國家賠償請求等收案')
  const shown = await law.open(`/console/compensations/${number}`)
  expect(shown.text).toContain('補上診斷書')
  expect(shown.text).not.toContain('claim@example.org')
  const taken = await law.follow(await law.submit(shown.form(`/console/compensations/${number}/take`)))
  expect(taken.text).toContain('賠114-000001')
  const opened = await law.follow(await law.submit(taken.form('/console/compensations/%E8%B3%A0114-000001/personal-data'), { reason: '聯絡當事人' }))
  expect(opened.text).toContain('claim@example.org')
  expect((await (await signIn(office.stranger)).open('/console/compensations/%E8%B3%A0114-000001')).status).toBe(404)
})

test('a member finds it by their address; a lost code is mailed anew', async () => {
  const cases = await db.transaction().execute((tx) => findMemberCases(tx, { id: 1, kind: 'resident', email: 'claim@example.org' }))
  expect(cases).toMatchObject([{ number: '賠114-000001', path: expect.stringContaining('/compensation/mine/') }])
  valueOf(await acts.newCode(outsider('114/6/5 09:00'), { number: '賠114-1', email: 'claim@example.org' }))
  const before = await lastMail()
  valueOf(await acts.newCode(outsider('114/6/5 09:00'), { number: '賠114000001', email: 'claim@example.org' }))
  expect((await lastMail()).code).not.toBe(before.code)
})

test('what is not confirmed is erased with its parties; one address cannot be flooded', async () => {
  for (let i = 0; i < 5; i++) valueOf(await fileClaim(outsider('114/7/1 09:00'), { ...claim, claimantEmail: 'li@example.org' }))
  expect(codeOf(await fileClaim(outsider('114/7/1 09:10'), { ...claim, claimantEmail: 'li@example.org' }))).toBe('filing.too-many')
  const { token } = await lastMail()
  expect(codeOf(await acts.confirm(outsider('114/7/8 09:00'), { token }))).toBe('filing.expired')
  expect(await lapseFilings(db, filing, parseInstant('114/7/8 09:00')!)).toBe(5)
  expect(codeOf(await acts.confirm(outsider('114/7/8 09:00'), { token }))).toBe('filing.unknown')
  expect((await db.selectFrom('case_parties').select('id').execute()).length).toBe(1)
  expect(codeOf(await fileClaim(outsider('114/7/9 09:00'), { ...claim, claimantEmail: '' }))).toBe('input.invalid')
})

test('the record of all this can be proved', async () => {
  for (const proof of await verifyAll(db)) expect(proof.differences, proof.what).toEqual([])
})
