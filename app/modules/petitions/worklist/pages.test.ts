import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { write } from '../../../core/db.ts'
import { valueOf } from '../../../core/errors.ts'
import { record } from '../../../core/events/record.ts'
import { dayOf } from '../../../core/time.ts'
import { createTestDatabase } from '../../../../test/support/database.ts'
import { makePetition } from '../../../../test/support/makers.ts'
import { makeDesk } from '../desk-for-tests.ts'
import { confidePetition } from '../registration/confide.ts'
import { instant, makeInHand, makeOffice, stageOf } from '../office-for-tests.ts'
import { filteredPath, petitionPath } from '../paths.ts'

const { db } = await createTestDatabase()
const office = await makeOffice(db)
let now = instant('110/4/12 14:00')
const desk = await makeDesk(db, () => now)
const clerk = await desk.signIn(office.clerk)
const officer = await desk.signIn(office.officer)
const chief = await desk.signIn(office.chief)
const head = await desk.signIn(office.head)

test('a clerk registers a telephone petition, dispatches it; officer, chief and head bring it to its answer, all by forms', async () => {
  const blank = await clerk.open('/console/petitions/new')
  expect(blank.status).toBe(200)
  const typed = { channel: 'telephone', receivedAt: '110/4/12 13:30', title: '菜市場前積水', body: '下雨後菜市場前積水三天不退。一、什麼時候清溝？二、有沒有抽水機？', senderName: '王示範', senderEmail: 'wang@example.org', answerBy: 'mail', township: '金城鎮' }
  const refused = await clerk.submit(blank.form('/console/petitions/new'), typed)
  expect(refused.status).toBe(422)
  expect(refused.errors.join()).toContain('朗讀')
  expect(refused.text).toContain('菜市場前積水')
  const made = await clerk.submit(refused.form('/console/petitions/new'), { readBack: '1' })
  const page = await clerk.follow(made)
  expect(page.status).toBe(200)
  const name = decodeURIComponent(page.url.split('/').at(-1)!)
  expect(name).toMatch(/^陳110-\d{6}$/)
  expect(page.text).toContain('口述紀錄')
  expect(page.text).not.toContain('王示範')

  const form = await clerk.open(petitionPath(name, 'dispatch'))
  expect(form.text).toContain('沒有符合的規則')
  const sent = await clerk.submit(form.form(petitionPath(name, 'dispatch')), { unitId: String(office.units.roads) })
  expect((await clerk.follow(sent)).text).toContain('已分文')

  now = instant('110/4/13 09:00')
  expect((await officer.open('/console')).text).toContain('等單位簽收')
  const accepting = await officer.open(petitionPath(name, 'accept'))
  await officer.submit(accepting.form(petitionPath(name, 'accept')))
  expect((await stageOf(db, name)).officer_id).toBe(office.officer.person.id)

  now = instant('110/4/14 09:00')
  const drafting = await officer.open(petitionPath(name, 'draft'))
  expect(drafting.text).toContain('什麼時候清溝')
  const early = await officer.submit(drafting.form(petitionPath(name, 'draft')), { text: '已於今天清溝，抽水機備在消防隊。', next: 'submit' })
  expect(early.status).toBe(422)
  expect(early.errors.join()).toContain('第 1、2 題還沒有勾')
  const whole = await officer.submit(early.form(petitionPath(name, 'draft')), { 'question-1': 'answered', 'question-2': 'answered', remedy: 'none', next: 'submit' })
  expect((await officer.follow(whole)).text).toContain('陳核')

  for (const approver of [chief, head]) {
    expect((await approver.open('/console')).text).toContain('等您核定')
    const deciding = await approver.open(petitionPath(name, 'approve'))
    const decided = await approver.submit(deciding.form(petitionPath(name, 'approve')), { decision: 'approved' })
    expect(decided.status).toBe(303)
  }
  expect(await stageOf(db, name)).toMatchObject({ stage: 'closed', outcome: 'answered' })
  expect((await clerk.open(petitionPath(name))).text).toContain('已於今天清溝')
})

test('personal data stay masked until a purpose is given, and the opening is on record', async () => {
  const { number, id } = await makePetition(db, instant('110/4/12 10:00'), { sender: { name: '歐陽示範', phone: '082-123-456' } })
  const page = await clerk.open(petitionPath(number))
  expect(page.text).not.toContain('歐陽示範')
  expect(page.text).toContain('歐○○')
  const none = await clerk.submit(page.form(petitionPath(number, 'personal-data')))
  expect(none.status).toBe(422)
  const opened = await clerk.follow(await clerk.submit(page.form(petitionPath(number, 'personal-data')), { reason: '聯絡陳情人' }))
  expect(opened.text).toContain('歐陽示範')
  expect(opened.text).toContain('082-123-456')
  const reads = await db.selectFrom('personal_data_reads').selectAll().where('case_id', '=', id).execute()
  expect(reads).toMatchObject([{ purpose: '聯絡陳情人', person_id: office.clerk.person.id }])
  expect((await clerk.open(petitionPath(number))).text).not.toContain('歐陽示範')
})

test('an opening shows the data for ten minutes, to the one who opened them alone', async () => {
  const { number } = await makePetition(db, instant('110/4/12 10:00'), { sender: { name: '歐陽示範' } })
  const opened = await clerk.submit((await clerk.open(petitionPath(number))).form(petitionPath(number, 'personal-data')), { reason: '聯絡陳情人' })
  const address = String(opened.headers.location)
  expect((await (await desk.signIn(office.control)).open(address)).text).not.toContain('歐陽示範')
  now = new Date(now.getTime() + 11 * 60_000)
  expect((await clerk.open(address)).text).not.toContain('歐陽示範')
})

test('another unit’s case is not found, not even by its address; the list does not have it', async () => {
  const { number } = await makePetition(db, instant('110/4/12 10:00'))
  const stranger = await desk.signIn(office.stranger)
  expect((await stranger.open(petitionPath(number))).status).toBe(404)
  expect((await stranger.open(petitionPath(number, 'draft'))).status).toBe(404)
  expect((await stranger.open('/console/petitions')).text).not.toContain(number)
})

test('pages of the desk are closed to officers, and everything to nobody', async () => {
  for (const path of ['/console/petitions/new', '/console/petitions/tray', '/console/petitions/dispatch-rules', '/console/petitions/inbox']) expect((await officer.open(path)).status).toBe(403)
  const { Browser } = await import('../../../../test/support/browser-less.ts')
  expect((await new Browser(desk.app).open('/console/petitions')).status).toBe(303)
})

test('the list exports what it shows, without personal data', async () => {
  const csv = await clerk.open(filteredPath({ stage: 'all' }, '/console/petitions.csv'))
  expect(csv.headers['content-type']).toContain('text/csv')
  expect(csv.text).toContain('菜市場前積水')
  expect(csv.text).not.toContain('王示範')
  expect((await clerk.open('/console/petitions.ods')).headers['content-type']).toBe('application/vnd.oasis.opendocument.spreadsheet')
})

test('every page of the desk opens', async () => {
  for (const path of ['/console', '/console/petitions', '/console/petitions?q=路燈&stage=all', '/console/petitions/tray', '/console/petitions/overdue', '/console/petitions/sendings', '/console/petitions/dispatch-rules', '/console/petitions/dispatch-rules/new']) {
    expect([path, (await clerk.open(path)).status]).toEqual([path, 200])
  }
})

test('the search at the top opens a case by its number and finds a petitioner by whole name', async () => {
  const { number } = await makePetition(db, instant('110/4/12 10:00'), { sender: { name: '慕容示範' } })
  expect((await clerk.open(`/console/search?q=${encodeURIComponent(number)}`)).headers.location).toBe(petitionPath(number))
  const named = await clerk.follow(await clerk.open(`/console/search?q=${encodeURIComponent('慕容示範')}`))
  expect(named.text).toContain(number)
  expect((await clerk.follow(await clerk.open(`/console/search?q=${encodeURIComponent('積水')}`))).text).toContain('菜市場前積水')
})

test('a number that no case has, or none that one may see, is not found', async () => {
  const missing = await clerk.open(`/console/search?q=${encodeURIComponent('法110-000010')}`)
  expect([missing.status, missing.text.includes('找不到「法110-000010」這個案號')]).toEqual([404, true])
})

test('list and case are seen as they were known at an instant, and only by who may see them now', async () => {
  const { number, id } = await makePetition(db, instant('110/4/12 10:00'), { title: '原來的主旨' })
  const before = new Date()
  await new Promise((wake) => setTimeout(wake, 20))
  await write(db, async (tx) => {
    const ctx = { person: null, onBehalfOf: null, now: new Date(), today: dayOf(new Date()) }
    await tx.updateTable('cases').set({ title: '後來的主旨' }).where('id', '=', id).execute()
    await record(tx, ctx, 'petition.classified', { caseId: id, payload: { changed: ['title'] } })
  })
  const then = `as-of=${encodeURIComponent(before.toISOString())}`
  const past = await clerk.open(`${petitionPath(number)}?${then}`)
  expect(past.text).toContain('原來的主旨')
  expect(past.text).toContain('過去的樣子')
  expect(past.text).not.toContain('修改主旨或歸類')
  expect((await clerk.open(`/console/petitions?stage=all&${then}`)).text).toContain('原來的主旨')
  expect((await clerk.open('/console/petitions?stage=all')).text).toContain('後來的主旨')
  expect((await clerk.open(`${petitionPath(number)}?as-of=100/1/1`)).status).toBe(404)

  const name = await makeInHand(db, office, { title: '原來不保密' })
  const open = new Date()
  await new Promise((wake) => setTimeout(wake, 20))
  valueOf(await confidePetition(office.clerk, { name, confidential: '1', reason: '檢舉' }))
  const colleague = await desk.signIn(office.colleague)
  expect((await colleague.open(`${petitionPath(name)}?as-of=${encodeURIComponent(open.toISOString())}`)).status).toBe(404)
  expect((await colleague.open(`/console/petitions?stage=all&as-of=${encodeURIComponent(open.toISOString())}`)).text).not.toContain('原來不保密')
})

test('files put to a draft go out with the answer, not before; one taken away stays inside', async () => {
  const name = await makeInHand(db, office)
  const path = petitionPath(name, 'draft')
  const pdf = (text: string) => Buffer.from(`%PDF-1.4\n% ${text}\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n`)
  const stay = await officer.submit((await officer.open(path)).form(path), { text: '如附件。', remedy: 'none', next: 'stay' }, [{ name: '會勘紀錄.pdf', bytes: pdf('a') }, { name: '內部意見.pdf', bytes: pdf('b') }])
  expect(stay.status).toBe(303)
  const again = await officer.open(path)
  const { id } = await stageOf(db, name)
  const inner = await db.selectFrom('case_documents').select('id').where('case_id', '=', id).where('name', '=', '內部意見.pdf').executeTakeFirstOrThrow()
  await officer.submit(again.form(petitionPath(name, 'drop-answer-file')), { fileId: String(inner.id) })
  await officer.submit((await officer.open(path)).form(path), { next: 'submit' })
  const deciding = await head.open(petitionPath(name, 'approve'))
  expect(deciding.text).toContain('會勘紀錄.pdf')
  await head.submit(deciding.form(petitionPath(name, 'approve')), { decision: 'approved' })
  const mail = await db.selectFrom('mail_messages').select('attachments').where('case_id', '=', id).where('purpose', '=', 'petition.answer').executeTakeFirstOrThrow()
  expect(mail.attachments.map((file) => file.name)).toEqual(['會勘紀錄.pdf'])
  const kinds = await db.selectFrom('case_documents').select(['name', 'kind']).where('case_id', '=', id).orderBy('id').execute()
  expect(kinds).toEqual([{ name: '會勘紀錄.pdf', kind: 'answer' }, { name: '內部意見.pdf', kind: 'working-paper' }])
})

test('the stage of every case is the one its events lead to', async () => {
  const rows = await sql<{ name: string; stage: string; told: string | null }>`
    select coalesce(c.number, c.follow_no) as name, c.stage, (select e.to_stage from events e where e.case_id = c.id and e.to_stage is not null order by e.id desc limit 1) as told from cases c`.execute(db)
  expect(rows.rows.filter((row) => row.stage !== row.told)).toEqual([])
  expect(rows.rows.length).toBeGreaterThan(5)
})
