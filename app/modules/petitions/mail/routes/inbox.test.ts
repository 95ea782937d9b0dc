import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Browser } from '../../../../../test/support/browser-less.ts'
import { createTestDatabase } from '../../../../../test/support/database.ts'
import { letterOf } from '../../../../core/mail/letters-for-tests.ts'
import { makeDesk } from '../../desk-for-tests.ts'
import { makeOffice, type Office } from '../../office-for-tests.ts'
import { addresses, openMailroom } from '../mailroom-for-tests.ts'

const { db } = await createTestDatabase()
let office: Office
let clerk: Browser
let officer: Browser
let room: Awaited<ReturnType<typeof openMailroom>>

const write = (subject: string, text: string, to: string, more: string[] = []) =>
  room.deliver(letterOf(['From: 王小明 <ming@example.tw>', `Subject: ${subject}`, `Message-ID: <${subject.length}-${Math.random()}@example.tw>`, 'Content-Type: text/plain; charset=utf-8', ...more], `${text}\r\n`), to)
const idOf = async (subject: string) => (await db.selectFrom('petition_inbox').select('id').where('subject', '=', subject).executeTakeFirstOrThrow()).id

beforeAll(async () => {
  office = await makeOffice(db)
  const { signIn } = await makeDesk(db, () => new Date())
  ;[clerk, officer] = [await signIn(office.clerk), await signIn(office.officer)]
  room = await openMailroom(db)
})
afterAll(() => room.close())

test('an empty inbox says what comes here', async () => {
  expect((await clerk.open('/console/petitions/inbox')).text).toContain('沒有等人看的信')
})

test('a clerk sees what waits and why, and makes a petition of it', async () => {
  await write('不知道寄哪裡', '請問颱風天垃圾車會不會來收垃圾。', addresses.own)
  await write('路燈', '民生路口的路燈不亮，請派人來修。', addresses.mayor)
  const list = await clerk.open('/console/petitions/inbox')
  expect(list.text).toContain('不知道寄哪裡')
  expect(list.text).not.toContain('ming@example.tw')
  expect(list.text).not.toContain('>路燈<')
  const page = await clerk.open(`/console/petitions/inbox/${await idOf('不知道寄哪裡')}`)
  expect(page.text).toContain('請問颱風天垃圾車會不會來收垃圾。')
  const without = await clerk.submit(page.form('/console/petitions/inbox/'), { channel: '' })
  expect([without.status, without.errors]).toEqual([422, ['請選擇管道']])
  const made = await clerk.follow(await clerk.submit(page.form('/console/petitions/inbox/'), { channel: 'mayor-mail' }))
  expect(made.text).toContain('收件待分文')
  expect((await clerk.open('/console/petitions/inbox?done=1')).text).toContain('已成案')
})

test('several are dismissed at once, with a reason that is asked for', async () => {
  await write('自動回覆：休假中', '休假', addresses.mayor, ['Auto-Submitted: auto-replied'])
  await write('自動回覆：出差', '出差', addresses.mayor, ['Auto-Submitted: auto-replied'])
  const list = await clerk.open('/console/petitions/inbox?kind=auto-reply')
  const ids = String(await idOf('自動回覆：休假中'))
  const refused = await clerk.submit(list.form('/console/petitions/inbox/dismiss'), { ids, reason: '' })
  expect([refused.status, refused.errors]).toEqual([422, ['請寫下理由']])
  expect((await clerk.submit(refused.form('/console/petitions/inbox/dismiss'), { ids, reason: '自動回覆，免處理' })).status).toBe(303)
  expect((await clerk.open(`/console/petitions/inbox/${ids}`)).text).toContain('自動回覆，免處理')
})

test('the original is downloaded as it came, by the desk only', async () => {
  const path = `/console/petitions/inbox/${await idOf('路燈')}/original`
  const file = await clerk.open(path)
  expect(file.headers['content-type']).toBe('message/rfc822')
  expect(file.headers['content-disposition']).toContain('attachment')
  expect(file.text).toContain('Subject: 路燈')
  expect((await officer.open(path)).status).toBe(403)
  expect((await officer.open('/console/petitions/inbox')).status).toBe(403)
  expect((await clerk.open('/console/petitions/inbox/999999')).status).toBe(404)
})
