import { createHash } from 'node:crypto'
import { tmpdir } from 'node:os'
import type { FastifyInstance } from 'fastify'
import { sql } from 'kysely'
import { beforeAll, expect, test } from 'vitest'
import { createTestDatabase } from '../../../../../test/support/database.ts'
import { Browser } from '../../../../../test/support/browser-less.ts'
import { useTestKeys } from '../../../../../test/support/makers.ts'
import { write } from '../../../../core/db.ts'
import { attachDocument, readDocument, storeDocument, useDocumentFolder } from '../../../../core/documents/store.ts'
import { useSender } from '../../../../core/mail/outbox.ts'
import { createSender } from '../../../../core/mail/send.ts'
import { openJobs, runDueJobs } from '../../../../core/jobs/jobs.ts'
import { buildServer } from '../../../../core/web/server.ts'
import { dayOf } from '../../../../core/time.ts'
import { closePetition, lockById } from '../../petition.ts'
import { sweepDraftsAt } from '../drafts.ts'
import { lapseAt } from '../erase.ts'
import { routes } from '../index.ts'
import { testFolder } from '../../../../../test/support/folder.ts'

const { db } = await createTestDatabase()
let now = new Date('2026-03-02T10:00:00+08:00')
let app: FastifyInstance
const anyone = () => new Browser(app)

beforeAll(async () => {
  useTestKeys()
  useSender(createSender({ from: '示範縣政府 <noreply@county.example>' })) // without a server mails are kept
  useDocumentFolder(testFolder())
  await openJobs(db)
  app = await buildServer({ db, publicDb: db, site: { county: '示範縣政府', demo: true, publicUrl: undefined }, routes, publicFolder: tmpdir(), behindProxy: false, logLevel: 'silent', now: () => now })
})

const letter = {
  title: '民生路口的路燈不亮', body: '民生路口的路燈已經一個星期不亮，𠮷屋附近晚上很暗，請派人來修。', township: '金城鎮', name: '林示範', email: 'lin@example.org', answerBy: 'mail', publishConsent: 'no',
}
const lastMail = async () => (await db.selectFrom('mail_messages').selectAll().orderBy('id', 'desc').limit(1).executeTakeFirstOrThrow()).text
const linkIn = (mail: string) => /\/petitions\/confirm\/[\w-]+/.exec(mail)![0]

/** Fills in and sends the form as far as the page with the numbers. */
async function file(browser: Browser, more: Record<string, string> = {}, files: { name: string; bytes: Buffer }[] = []) {
  const form = await browser.open('/petitions/new')
  const kept = await browser.submit(form.form('/petitions/new'), { ...letter, ...more }, files)
  if (kept.status !== 303) return kept
  const check = await browser.follow(kept)
  const sent = await browser.submit(check.form('/petitions/new/send'))
  return sent.status === 303 ? browser.follow(sent) : sent
}
const numbersOf = (text: string) => ({ followNo: /[2-9A-Z]{4}-[2-9A-Z]{4}-[2-9A-Z]{2}/.exec(text)![0], code: />([2-9A-Z]{4}-[2-9A-Z]{4})</.exec(text)![1]! })

test('a resident files, confirms by the mailed link and follows, all without script', async () => {
  const browser = anyone()
  const filed = await file(browser)
  expect(filed.status).toBe(200)
  const { followNo, code } = numbersOf(filed.text)
  expect(filed.text).toContain('民國115年3月5日')
  const mail = await lastMail()
  expect(mail).toContain(code)

  const elsewhere = anyone() // the mail is opened on another machine
  const asked = await elsewhere.open(linkIn(mail))
  expect(asked.text).toContain('民生路口的路燈不亮')
  expect(await db.selectFrom('cases').select(['stage', 'received_at']).where('follow_no', '=', followNo).executeTakeFirst()).toEqual({ stage: 'unconfirmed', received_at: null })
  const done = await elsewhere.follow(await elsewhere.submit(asked.form('/petitions/confirm')))
  expect(done.text).toContain('案件已成立')
  expect(await db.selectFrom('cases').select(['stage', 'received_at', 'number', 'due_on']).where('follow_no', '=', followNo).executeTakeFirst()).toEqual({ stage: 'received', received_at: now, number: null, due_on: '2026-04-15' })
  expect((await elsewhere.open(linkIn(mail))).text).toContain('已經確認過')

  const form = await elsewhere.open('/petitions/follow')
  const page = await elsewhere.follow(await elsewhere.submit(form.form('/petitions/follow'), { number: followNo.toLowerCase(), code: code.replace('-', ' ').toLowerCase() }))
  expect(page.url).toBe(`/petitions/follow/${followNo}`)
  expect(page.text).toContain('已收到，正在分給負責的單位')
  expect(page.text).toContain('𠮷屋')
})

test('an empty form comes back with every field named, and nothing is filed', async () => {
  const browser = anyone()
  const page = await file(browser, Object.fromEntries(Object.keys(letter).map((name) => [name, ''])))
  expect(page.status).toBe(422)
  expect(page.text).toContain('請寫主旨')
  expect(page.text).toContain('請填真實姓名')
})

test('a letter that is too long comes back whole', async () => {
  const body = '很長的信。'.repeat(1700)
  const page = await file(anyone(), { body })
  expect(page.status).toBe(422)
  expect(page.text).toContain('現在有 8,500 個字')
  expect(page.text).toContain(body)
})

test('a file that cannot be taken is named, the rest of the form and the good file stay', async () => {
  const browser = anyone()
  const png = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==', 'base64')
  const page = await file(browser, { email: 'files@example.org' }, [
    { name: '發票.pdf', bytes: Buffer.from('MZ\x90\x00\x03\x00\x00\x00 this is a program') },
    { name: '現場.png', bytes: png },
    { name: '大.png', bytes: Buffer.concat([png, Buffer.alloc(20 * 1024 * 1024)]) },
  ])
  expect(page.status).toBe(422)
  expect(page.text).toMatch(/「發票.pdf」[^；]*；「大.png」超過 20 MB/)
  expect(page.text).toContain('不附「現場.png」')
  const check = await browser.follow(await browser.submit(page.form('/petitions/new')))
  expect(check.text).toContain('現場.png')
  const filed = await browser.follow(await browser.submit(check.form('/petitions/new/send')))
  const { followNo } = numbersOf(filed.text)
  const { id } = await db.selectFrom('cases').select('id').where('follow_no', '=', followNo).executeTakeFirstOrThrow()
  expect(await db.selectFrom('case_documents').select(['name', 'kind']).where('case_id', '=', id).execute()).toEqual([{ name: '現場.png', kind: 'attachment' }])
  // whoever has the code can download it, nobody else
  const followed = await browser.open(`/petitions/follow/${followNo}`)
  const link = /\/petitions\/follow\/[^"]+\/files\/\d+/.exec(followed.text)![0]
  expect((await browser.open(link)).headers['content-disposition']).toContain('attachment')
  expect((await anyone().open(link)).text).toContain('請再輸入一次追蹤碼')
})

test('the same form sent twice is one petition with the same numbers', async () => {
  const browser = anyone()
  const form = await browser.open('/petitions/new')
  const check = await browser.follow(await browser.submit(form.form('/petitions/new'), { ...letter, email: 'twice@example.org' }))
  const send = check.form('/petitions/new/send')
  const [one, two] = await Promise.all([browser.submit(send), browser.submit(send)])
  const numbers = [numbersOf((await browser.follow(one)).text), numbersOf((await browser.follow(two)).text)]
  expect(numbers[0]).toEqual(numbers[1])
  expect(await db.selectFrom('mail_messages').select('id').where('text', 'like', `%${numbers[0]!.followNo}%`).execute()).toHaveLength(1)
})

test('a field for machines that was filled in is emptied and asked about, not silently dropped', async () => {
  const page = await file(anyone(), { website: 'http://spam.example' })
  expect(page.status).toBe(422)
  expect(page.text).toContain('請再按一次')
  expect(page.text).toContain('民生路口的路燈不亮')
})

test('an unconfirmed filing lapses after three days and leaves nothing of the person', async () => {
  const before = now
  const filed = await file(anyone(), { email: 'late@example.org', township: '烈嶼鄉' })
  const { followNo } = numbersOf(filed.text)
  const link = linkIn(await lastMail())
  now = new Date('2026-03-05T23:59:00+08:00')
  expect((await anyone().open(link)).text).toContain('請開始辦理')
  now = new Date('2026-03-06T00:00:00+08:00')
  const late = anyone()
  expect((await late.open(link)).text).toContain('確認期限已過')
  expect(await lapseAt(db, now)).toBeGreaterThanOrEqual(1)
  expect((await late.open(link)).text).toContain('確認期限已過')
  const row = await db.selectFrom('cases').innerJoin('petitions', 'petitions.id', 'cases.id').selectAll().where('follow_no', '=', followNo).executeTakeFirstOrThrow()
  expect(row).toMatchObject({ stage: 'lapsed', title: '（內容已刪除）', sender_name: null, sender_email: null, email_hash: null, township: null, received_at: null })
  expect(await db.selectFrom('petition_letters').select('id').where('case_id', '=', row.id).execute()).toEqual([])
  expect(await db.selectFrom('mail_messages').select('id').where('case_id', '=', row.id).execute()).toEqual([])
  const { rows } = await sql`select id from windlion_history.petitions where id = ${row.id} union all select id from windlion_history.cases where id = ${row.id}`.execute(db)
  expect(rows).toEqual([])
  now = before
})

test('the confirmation mail can be asked for once more, to a corrected address; the first link then no longer works', async () => {
  const browser = anyone()
  const filed = await file(browser, { email: 'tpyo@example.org' })
  const first = linkIn(await lastMail())
  const again = await browser.follow(await browser.submit(filed.form('/petitions/filed/resend'), { email: 'typo@example.org' }))
  expect(again.text).toContain('確認信已寄到 typo@example.org')
  const second = linkIn(await lastMail())
  expect(second).not.toBe(first)
  expect((await anyone().open(first)).text).toContain('這個連結不能用')
  expect((await anyone().open(second)).text).toContain('請開始辦理')
  expect((await browser.submit(again.form('/petitions/filed/resend'), { email: 'third@example.org' })).text).toContain('已經再寄過一次')
})

test('a wrong code, a wrong number and a stranger see nothing', async () => {
  const filed = await file(anyone(), { email: 'private@example.org' })
  const { followNo } = numbersOf(filed.text)
  const stranger = anyone()
  const form = (await stranger.open('/petitions/follow')).form('/petitions/follow')
  const wrongCode = await stranger.submit(form, { number: followNo, code: 'AAAABBBB' })
  const wrongNumber = await stranger.submit(form, { number: '2222-2222-22', code: 'AAAABBBB' })
  expect([wrongCode.status, wrongNumber.status]).toEqual([422, 422])
  expect(wrongCode.text).toContain('號碼或追蹤碼不對')
  expect(wrongNumber.text).toContain('號碼或追蹤碼不對')
  const page = await stranger.open(`/petitions/follow/${followNo}`)
  expect(page.text).toContain('請再輸入一次追蹤碼')
  expect(page.text).not.toContain('民生路口')
  expect((await new Browser(app, { windlion_follow: 'Zm9yZ2Vk' }).open(`/petitions/follow/${followNo}`)).text).not.toContain('民生路口')
})

test('the English pages file an English petition', async () => {
  const browser = anyone()
  const form = await browser.open('/en/petitions/new')
  expect(form.text).toContain('lang="en"')
  const failed = await browser.submit(form.form('/en/petitions/new'), { ...letter, title: '' })
  expect(failed.text).toContain('Enter a subject')
  const check = await browser.follow(await browser.submit(form.form('/en/petitions/new'), { ...letter, title: 'Street light out', body: 'The light at the crossing has been out for a week.', email: 'visitor@example.org' }))
  const filed = await browser.follow(await browser.submit(check.form('/en/petitions/new/send')))
  expect(filed.url).toBe('/en/petitions/filed')
  expect(await lastMail()).toContain('/en/petitions/confirm/')
})

test('one mailbox is not flooded: the sixth filing that waits is refused, and the form is kept', async () => {
  for (let n = 0; n < 5; n += 1) expect((await file(anyone(), { email: 'flood@example.org' })).url).toBe('/petitions/filed')
  const page = await file(anyone(), { email: 'flood@example.org' })
  expect(page.status).toBe(422)
  expect(page.text).toContain('已有多件等待確認')
})

/** Files and confirms; gives the browser that has the case open. */
async function confirmed(email: string): Promise<{ browser: Browser; followNo: string; id: number }> {
  const browser = anyone()
  const { followNo } = numbersOf((await file(browser, { email })).text)
  const asked = await browser.open(linkIn(await lastMail()))
  await browser.submit(asked.form('/petitions/confirm'))
  const { id } = await db.selectFrom('cases').select('id').where('follow_no', '=', followNo).executeTakeFirstOrThrow()
  return { browser, followNo, id }
}

test('who asks again finds the form filled in, and the new petition names the one before', async () => {
  const { browser, followNo, id } = await confirmed('again@example.org')
  await write(db, async (tx) => closePetition(tx, { person: null, onBehalfOf: null, now, today: dayOf(now) }, await lockById(tx, id), 'answered'))
  const form = await browser.open(`/petitions/new?again=${followNo}`)
  expect(form.text).toContain('再陳情')
  expect(form.text).toContain('again@example.org')
  const check = await browser.follow(await browser.submit(form.form('/petitions/new'), { body: '修好兩天又不亮了，請再看一次。' }))
  const { followNo: next } = numbersOf((await browser.follow(await browser.submit(check.form('/petitions/new/send')))).text)
  expect((await db.selectFrom('cases').select('previous_id').where('follow_no', '=', next).executeTakeFirstOrThrow()).previous_id).toBe(id)
  // a stranger gets an empty form: the number alone opens nothing
  const strangers = await anyone().open(`/petitions/new?again=${followNo}`)
  expect(strangers.text).not.toContain('again@example.org')
})

test('who wrote longer than the session lasts does not lose what was written', async () => {
  const { browser, followNo } = await confirmed('slow@example.org')
  const page = await browser.open(`/petitions/follow/${followNo}`)
  const before = now
  now = new Date(now.getTime() + 3 * 3_600_000)
  const ended = await browser.submit(page.form(`/petitions/follow/${followNo}/supplement`), { text: '我補充很長的一段話。' })
  now = before
  expect(ended.status).toBe(422)
  expect(ended.text).toContain('我補充很長的一段話。')
  expect(ended.text).toContain('請再輸入一次追蹤碼')
})

test('after twenty wrong codes in a minute the same address has to wait', async () => {
  const guesser = anyone()
  const form = (await guesser.open('/petitions/follow')).form('/petitions/follow')
  for (let n = 0; n < 20; n += 1) expect((await guesser.submit(form, { number: '2222-2222-22', code: 'AAAABBBB' })).status).toBe(422)
  const page = await guesser.submit(form, { number: '2222-2222-22', code: 'AAAABBBB' })
  expect(page.status).toBe(429)
  expect(page.text).toContain('請過一分鐘再試')
})

test('what was never sent is forgotten after a day, its files too, unless a case has the same file', async () => {
  const kept = Buffer.from('寄出的附件')
  const { id } = await confirmed('sweep@example.org')
  const browser = anyone()
  const form = await browser.open('/petitions/new')
  const page = await browser.submit(form.form('/petitions/new'), { ...letter, title: '', email: 'sweep2@example.org' }, [{ name: 'a.txt', bytes: Buffer.from('沒有寄出的附件') }, { name: 'b.txt', bytes: kept }])
  expect(page.text).toContain('不附「a.txt」')
  await write(db, async (tx) => {
    const document = await storeDocument(tx, kept, 'text/plain')
    await attachDocument(tx, { caseId: id, documentId: document.id, name: 'b.txt', kind: 'attachment' })
  })
  await sweepDraftsAt(db, new Date(now.getTime() + 25 * 3_600_000))
  await runDueJobs(db)
  const hash = (bytes: Buffer) => createHash('sha256').update(bytes).digest()
  const stored = (bytes: Buffer) => db.selectFrom('documents').select('id').where('sha256', '=', hash(bytes)).execute()
  expect(await stored(Buffer.from('沒有寄出的附件'))).toEqual([])
  await expect(readDocument(hash(Buffer.from('沒有寄出的附件')).toString('hex'))).rejects.toThrow()
  expect(await stored(kept)).toHaveLength(1)
  expect(await readDocument(hash(kept).toString('hex'))).toEqual(kept)
})
