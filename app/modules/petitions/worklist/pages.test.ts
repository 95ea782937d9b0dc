import { expect, test } from 'vitest'
import { createTestDatabase } from '../../../../test/support/database.ts'
import { makePetition } from '../../../../test/support/makers.ts'
import { makeDesk } from '../desk-for-tests.ts'
import { instant, makeOffice, stageOf } from '../office-for-tests.ts'
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
  const early = await officer.submit(drafting.form(petitionPath(name, 'draft')), { text: '已於今天清溝，抽水機備在消防隊。', then: 'submit' })
  expect(early.status).toBe(422)
  expect(early.errors.join()).toContain('第 1、2 題還沒有勾')
  const whole = await officer.submit(early.form(petitionPath(name, 'draft')), { 'question-1': 'answered', 'question-2': 'answered', remedy: 'none', then: 'submit' })
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
  for (const path of ['/console/petitions/new', '/console/petitions/tray', '/console/petitions/dispatch-rules', '/console/petitions/sendings']) expect((await officer.open(path)).status).toBe(403)
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
