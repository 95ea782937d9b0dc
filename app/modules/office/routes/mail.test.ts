import { randomBytes } from 'node:crypto'
import { tmpdir } from 'node:os'
import { sql } from 'kysely'
import { beforeAll, beforeEach, expect, test } from 'vitest'
import { Browser } from '../../../../test/support/browser-less.ts'
import { createTestDatabase } from '../../../../test/support/database.ts'
import { makePerson, makePetition, makeUnit, useTestKeys } from '../../../../test/support/makers.ts'
import { useCaseKinds } from '../../../core/cases/case-kinds.ts'
import { write } from '../../../core/db.ts'
import { useDocumentFolder } from '../../../core/documents/store.ts'
import { grant } from '../../../core/identity/permissions.ts'
import { tokenHash } from '../../../core/identity/sessions.ts'
import { openJobs, runDueJobs } from '../../../core/jobs/jobs.ts'
import { type NewMail, queueMail, useSender } from '../../../core/mail/outbox.ts'
import { createSender, SendFailure } from '../../../core/mail/send.ts'
import { buildServer, sessionCookie } from '../../../core/web/server.ts'
import { office } from '../index.ts'
import { testFolder } from '../../../../test/support/folder.ts'

const { db } = await createTestDatabase()
let clerk: Browser
let administrator: Browser
let officer: Browser
let petition: { id: number; number: string }

beforeAll(async () => {
  useTestKeys()
  useDocumentFolder(testFolder())
  grant(office.permissions)
  useCaseKinds([{ kind: 'petition', label: '人民陳情', path: (name) => `/console/petitions/${name}`, works: 'petitions.draft', visibleTo: (_, alias) => sql<boolean>`not ${sql.ref(`${alias}.confidential`)}` }])
  await openJobs(db)
  const unit = await makeUnit(db, '行政處')
  const app = await buildServer({ db, publicDb: db, site: { county: '示範縣政府', demo: true, publicUrl: undefined }, routes: office.routes, publicFolder: tmpdir(), behindProxy: false, logLevel: 'silent' })
  const signIn = async (role: 'clerk' | 'administrator' | 'officer') => {
    const { person } = await makePerson(db, '林示範', role, unit)
    const token = randomBytes(32).toString('base64url')
    await db.insertInto('sessions').values({ token_hash: tokenHash(token), person_id: person.id, expires_at: new Date(Date.now() + 3_600_000), label: null }).execute()
    return new Browser(app, { [sessionCookie]: token })
  }
  ;[clerk, administrator, officer] = [await signIn('clerk'), await signIn('administrator'), await signIn('officer')]
  petition = await makePetition(db, new Date('2021-04-12T10:00:00+08:00'))
})
beforeEach(async () => {
  await db.deleteFrom('mail_messages').execute()
  keep()
})

const keep = () => useSender(createSender({ from: '縣民信箱 <noreply@kinmen.example>' }))
const queue = (more: Partial<NewMail> = {}) => write(db, (tx) => queueMail(tx, { to: 'ming@example.tw', subject: '答復：路燈不亮', text: '路燈已經修好。', purpose: 'petition.answer', caseId: petition.id, ...more })).then(async ({ id }) => {
  await runDueJobs(db)
  return id
})

test('where no server is set the page says so, and mail is kept to be read', async () => {
  const id = await queue()
  const list = await clerk.open('/console/mail')
  expect(list.text).toContain('沒有設定寄信伺服器')
  expect(list.text).toContain('保留未寄')
  expect(list.text).not.toContain('ming@example.tw')
  const page = await clerk.open(`/console/mail/${id}`)
  expect(page.text).toContain('路燈已經修好。')
  expect(page.text).toContain('要先設定寄信伺服器')
})

test('a kept mail with a code is opened on purpose, which is recorded, and only by the desk', async () => {
  const id = await queue({ text: '追蹤碼：ABCD-EFGH', purpose: 'petition.code', secret: true })
  const page = await clerk.open(`/console/mail/${id}`)
  expect(page.text).not.toContain('ABCD-EFGH')
  const opened = await clerk.follow(await clerk.submit(page.form(`/console/mail/${id}/show`)))
  expect(opened.text).toContain('ABCD-EFGH')
  expect(await db.selectFrom('events').select(['case_id', 'payload']).where('kind', '=', 'mail.secret-shown').execute()).toEqual([{ case_id: petition.id, payload: { mail: id } }])
  const byOther = await administrator.open(`/console/mail/${id}`)
  expect(byOther.text).not.toContain('ABCD-EFGH')
  expect((await administrator.submit({ action: `/console/mail/${id}/show`, multipart: false, fields: [] })).status).toBe(403)
})

test('once a server is set a kept mail goes out, and its code is forgotten', async () => {
  const id = await queue({ text: '追蹤碼：ABCD-EFGH', purpose: 'petition.code', secret: true })
  useSender({ domain: 'kinmen.example', close() {}, send: async () => ({ state: 'sent', response: '250 OK' }) })
  const page = await clerk.open(`/console/mail/${id}`)
  const again = await clerk.follow(await clerk.submit(page.form(`/console/mail/${id}/again`)))
  expect(again.text).toContain('等待寄出')
  await runDueJobs(db)
  const sent = await clerk.open(`/console/mail/${id}`)
  expect(sent.text).toContain('250 OK')
  expect(sent.text).toContain('寄出後不保留內容')
  expect(sent.text).not.toContain('ABCD-EFGH')
})

test('who runs the system sees that a mail went, not what it says', async () => {
  const id = await queue()
  const list = await administrator.open('/console/mail')
  expect(list.text).toContain('答復')
  expect(list.text).not.toContain('路燈不亮')
  const page = await administrator.open(`/console/mail/${id}`)
  expect(page.text).not.toContain('路燈')
  expect((await officer.open('/console/mail')).status).toBe(403)
})

test('mail is found by the case, in any writing of its number', async () => {
  const id = await queue()
  await queue({ caseId: null, subject: '別的信' })
  const found = await clerk.open(`/console/mail?case=${encodeURIComponent(`　${petition.number.replace('-', '－')} `)}`)
  expect(found.text).toContain(`/console/mail/${id}"`)
  expect(found.text).not.toContain('別的信')
  expect((await clerk.open('/console/mail?case=XXXX')).text).toContain('沒有關於 XXXX 的信')
})

test('what failed is sent again, many at once', async () => {
  useSender({ domain: 'kinmen.example', close() {}, send: async () => { throw new SendFailure('550 no such user', true, null) } })
  const ids = [await queue(), await queue()]
  const list = await clerk.open('/console/mail?state=failed')
  expect(list.text).toContain('寄不出去')
  expect((await clerk.open(`/console/mail/${ids[0]}`)).text).toContain('550 no such user')
  useSender({ domain: 'kinmen.example', close() {}, send: async () => ({ state: 'sent', response: '250 OK' }) })
  for (const id of ids) expect((await clerk.submit(list.form('/console/mail/again'), { ids: String(id) })).status).toBe(303)
  const twice = await clerk.submit(list.form('/console/mail/again'), { ids: String(ids[0]), _key: 'another-key' })
  expect([twice.status, twice.errors]).toEqual([422, ['這封信已在等待寄出，不需再按一次']])
})

test('the list goes on by key and back again', async () => {
  for (let no = 1; no <= 52; no += 1) await write(db, (tx) => queueMail(tx, { to: 'a@example.tw', subject: `第${no}封信`, text: '內容', purpose: 'petition.answer' }))
  const first = await clerk.open('/console/mail')
  expect(first.text).toContain('第52封信')
  expect(first.text).not.toContain('>第2封信<')
  const next = await clerk.open(/href="([^"]*before=\d+)"/.exec(first.text)![1]!.replaceAll('&amp;', '&'))
  expect(next.text).toContain('>第2封信<')
  expect(next.text).not.toContain('rel="next"')
  const back = await clerk.open(/href="([^"]*after=\d+)"/.exec(next.text)![1]!.replaceAll('&amp;', '&'))
  expect(back.text).toContain('第52封信')
  expect(back.text).not.toContain('rel="prev"')
})
