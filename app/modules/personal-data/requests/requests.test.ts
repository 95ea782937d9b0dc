import { unzipSync, strFromU8 } from 'fflate'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { createTestDatabase } from '../../../../test/support/database.ts'
import { makeOpening, makePetition } from '../../../../test/support/makers.ts'
import { write } from '../../../core/db.ts'
import { isRefusal, NotAllowed, ProofNeeded, valueOf } from '../../../core/errors.ts'
import { queueMail } from '../../../core/mail/outbox.ts'
import { correctField, findCorrectable, readHeld } from '../../../core/personal-data/held.ts'
import { unseal } from '../../../core/personal-data/index.ts'
import { addParty } from '../../../core/procedure/parties.ts'
import { dayOf } from '../../../core/time.ts'
import { verifyAll } from '../../../core/verify.ts'
import { makeOffice } from '../office-for-tests.ts'
import { newRequestPath, requestPath } from '../paths.ts'
import { readCopy, zipCopy } from './copy.ts'
import { confirmRequest, fileRequest, lapseAt, registerAtCounter } from './file.ts'
import { chooseCases, correctData, decideRequest, extendRequest, previewCopy } from './handle.ts'
import { openRequester } from './open.ts'
import { getRequest } from './request.ts'

const { db } = await createTestDatabase()
let now = new Date('2026-03-02T10:00:00+08:00')
const office = await makeOffice(db, () => now)
const staff = (who: 'privacy' | 'officer' | 'admin' = 'privacy') => ({ ...office[who], now })
const public_ = () => ({ db, person: null, now })
const petition = await makePetition(db, new Date('2026-02-02T10:00:00+08:00'), { sender: { name: '王示範', email: 'wang@example.org', phone: '082-000-001' } })
const namesake = await makePetition(db, new Date('2026-02-03T10:00:00+08:00'), { sender: { name: '王示範', email: 'other@example.org' } })

const ask = { what: 'access', wish: '我寄過的陳情', name: '王示範', email: 'WANG@example.org', origin: 'https://county.example' }
const lastMail = async (purpose: string) => (await db.selectFrom('mail_messages').selectAll().where('purpose', '=', purpose).orderBy('id', 'desc').executeTakeFirstOrThrow())
const tokenIn = (text: string) => /\/privacy\/\w+\/([\w-]+)/.exec(text)![1]!
const numberOf = async (id: number) => (await db.selectFrom('cases').select('number').where('id', '=', id).executeTakeFirstOrThrow()).number!
const codeOf = (result: unknown) => (isRefusal(result) ? result.code : null)

async function confirmed(more: Partial<typeof ask> = {}): Promise<string> {
  valueOf(await fileRequest(public_(), { ...ask, ...more }))
  const { id } = valueOf(await confirmRequest(public_(), { token: tokenIn((await lastMail('personal-data.confirm')).text) }))
  return numberOf(id)
}

test('a request begins when the mailed link is confirmed, with its own clock; again changes nothing', async () => {
  valueOf(await fileRequest(public_(), ask))
  const mail = await lastMail('personal-data.confirm')
  expect([unseal(mail.to_encrypted), mail.secret]).toEqual(['WANG@example.org', true])
  const before = await sql<{ stage: string; number: string | null }>`select stage, number from cases where id = ${mail.case_id}`.execute(db)
  expect(before.rows[0]).toEqual({ stage: 'unconfirmed', number: null })
  const { id } = valueOf(await confirmRequest(public_(), { token: tokenIn(mail.text) }))
  valueOf(await confirmRequest(public_(), { token: tokenIn(mail.text) }))
  const request = await getRequest(db, await numberOf(id))
  expect([request.caseName.startsWith('個115-'), request.stage, request.dueOn]).toEqual([true, 'received', '2026-03-17']) // 15 days from 3/2
  expect(codeOf(await confirmRequest(public_(), { token: 'nothing' }))).toBe('confirm.unknown')
})

test('what is not confirmed in three days is erased; a full mailbox is refused', async () => {
  for (let i = 0; i < 3; i += 1) valueOf(await fileRequest(public_(), { ...ask, email: 'flood@example.org' }))
  expect(codeOf(await fileRequest(public_(), { ...ask, email: 'flood@example.org' }))).toBe('request.too-many')
  expect(codeOf(await fileRequest(public_(), { ...ask, email: 'no address' }))).toBe('mail.bad-address')
  expect(await lapseAt(db, new Date('2026-03-07T00:00:00+08:00'))).toBe(3)
  const left = await sql<{ n: number }>`select count(*) as n from personal_data_requests r join cases c on c.id = r.id where c.stage = 'lapsed' and (name is not null or wish <> '（內容已刪除）')`.execute(db)
  expect(left.rows[0]!.n).toBe(0)
  expect((await verifyAll(db)).flatMap((proof) => proof.differences)).toEqual([])
})

test('at the counter the paper that was shown is noted; only the data protection officer may', async () => {
  const atCounter = { what: 'delete', wish: '請刪除', name: '王示範', identityShown: '國民身分證正本' }
  const { number } = valueOf(await registerAtCounter(staff(), atCounter))
  expect(await getRequest(db, number)).toMatchObject({ channel: 'counter', dueOn: '2026-04-01', identityShown: '國民身分證正本' }) // 30 days
  expect(codeOf(await registerAtCounter(staff(), { ...atCounter, identityShown: '' }))).toBe('input.invalid')
  await expect(registerAtCounter(staff('officer'), atCounter)).rejects.toThrow(NotAllowed)
  await expect(registerAtCounter(staff('admin'), atCounter)).rejects.toThrow(NotAllowed)
})

test('what is held is found by mail and by name; a copy has the letter and who looked, not the drafts; it opens at its secret address for a time', async () => {
  const name = await confirmed()
  expect(codeOf(await chooseCases(staff(), { name, cases: [999_999] }))).toBe('request.not-found')
  valueOf(await chooseCases(staff(), { name, cases: [petition.id] }))
  await sql`insert into petition_drafts (case_id, version, text) values (${petition.id}, 1, '草稿第一版')`.execute(db)
  await makeOpening(db, { caseId: petition.id, person: office.officer.person, purpose: '聯絡陳情人', at: now })
  const zip = unzipSync(zipCopy(await readCopy(db, { name: '王示範', email: 'wang@example.org', county: '示範縣政府', caseIds: [petition.id] }, now)))
  const json = JSON.parse(strFromU8(zip['personal-data.json']!)) as { cases: { number: string }[]; openings: unknown[] }
  const page = strFromU8(zip['個人資料.html']!)
  expect(json.cases.map((one) => one.number)).toEqual([petition.number])
  expect(json.openings).toEqual([{ case: petition.number, at: expect.any(String), unit: '行政處', purpose: '聯絡陳情人' }])
  for (const held of ['wang@example.org', '082-000-001', '巷口的路燈']) expect(page).toContain(held)
  expect(page).not.toContain('草稿第一版')
  expect(page).not.toContain('陳示範') // the officer's name is not told

  valueOf(await decideRequest(staff(), { name, decision: 'granted', reasons: '', origin: 'https://county.example' }))
  const mail = await lastMail('personal-data.answer')
  expect(mail.text).not.toContain('082-000-001')
  const visitor = office.visitor()
  const answer = `/privacy/answers/${tokenIn(mail.text)}`
  expect((await visitor.open(answer)).status).toBe(200)
  expect((await visitor.open(`${answer}/file.zip`)).status).toBe(200)
  expect((await visitor.open('/privacy/answers/nothing/file.zip')).status).toBe(404)
  now = new Date('2026-04-03T10:00:00+08:00')
  expect((await visitor.open(`${answer}/file.zip`)).status).toBe(404)
  now = new Date('2026-03-02T10:00:00+08:00')
  expect(codeOf(await decideRequest(staff(), { name, decision: 'refused', reasons: 'x', origin: '' }))).toBe('request.closed')
})

test('extended once, with the reason told', async () => {
  const name = await confirmed()
  expect(codeOf(await extendRequest(staff(), { name, days: 16, reason: '調卷' }))).toBe('request.too-long')
  expect(valueOf(await extendRequest(staff(), { name, days: 15, reason: '要調閱舊卷' })).dueOn).toBe('2026-04-01')
  expect((await lastMail('personal-data.extended')).text).toContain('要調閱舊卷')
  expect(codeOf(await extendRequest(staff(), { name, days: 1, reason: '再' }))).toBe('request.extended')
})

test('a field is corrected; the wrong value stays in the history, and is found no more by search', async () => {
  const name = await confirmed({ what: 'correct' })
  expect(codeOf(await correctData(staff(), { name, caseId: petition.id, field: `petitions.sender_phone.${petition.id}`, value: '082-000-999' }))).toBe('request.not-chosen')
  valueOf(await chooseCases(staff(), { name, cases: [petition.id] }))
  expect(codeOf(await correctData(staff(), { name, caseId: petition.id, field: 'people.name', value: 'x' }))).toBe('request.no-field')
  valueOf(await correctData(staff(), { name, caseId: petition.id, field: `petitions.sender_phone.${petition.id}`, value: '082-000-999' }))
  const held = await readHeld(db, petition.id, { name: '王示範', email: 'wang@example.org' })
  expect(JSON.stringify(held)).toContain('082-000-999')
  const past = await sql<{ sender_phone: Buffer }>`select sender_phone from windlion_history.petitions where id = ${petition.id} order by sys_to desc limit 1`.execute(db)
  expect(unseal(past.rows[0]!.sender_phone)).toBe('082-000-001')
  expect((await verifyAll(db)).flatMap((proof) => proof.differences)).toEqual([])
})

test('of a case with other parties a copy holds the asker’s own rows and mails, no texts; their own row is corrected, nobody else’s', async () => {
  const { id } = await makePetition(db, new Date('2026-02-05T10:00:00+08:00'), { sender: { name: '王示範', email: 'wang@example.org' } })
  await sql`insert into petition_letters (case_id, kind, text, at) values (${id}, 'letter', '冷氣裝錯', ${now})`.execute(db)
  await write(db, async (tx) => {
    const party = { kind: 'person', organisation: null, businessNo: null, idNumber: null, born: null, email: null, address: null, more: null, power: null } as const
    await addParty(tx, id, { ...party, role: 'consumer', name: '王示範', phone: '0912345678' })
    await addParty(tx, id, { ...party, role: 'business', name: '趙老闆', phone: '0900000000' })
    for (const [to, text] of [['wang@example.org', '王示範您好'], ['shop@example.org', '示範商行您好']] as const) await queueMail(tx, { to, subject: text, text, purpose: 'x.y', caseId: id })
  })
  const asker = { name: '王示範', email: 'wang@example.org', phone: null }
  const { tables, others } = await readHeld(db, id, asker)
  const copy = JSON.stringify(tables)
  expect(others).toBe(true)
  for (const own of ['王示範', '0912345678', '王示範您好']) expect(copy).toContain(own)
  for (const foreign of ['趙老闆', '示範商行您好', '冷氣裝錯']) expect(copy).not.toContain(foreign)
  const page = strFromU8(unzipSync(zipCopy(await readCopy(db, { ...asker, county: '示範縣政府', caseIds: [id] }, now)))['個人資料.html']!)
  expect(page).toContain('這件還有其他當事人')
  expect(await write(db, (tx) => correctField(tx, id, { name: '別人' }, (`case_parties.phone.1`), '082-111-222'))).toBe(false)

  const fields = await findCorrectable(db, id, asker)
  expect(fields.map(({ value }) => value)).toContain('0912345678')
  expect(fields.map(({ value }) => value)).not.toContain('趙老闆')
  const { key } = fields.find(({ value }) => value === '0912345678')!
  const name = await confirmed({ what: 'correct' })
  valueOf(await chooseCases(staff(), { name, cases: [id] }))
  valueOf(await correctData(staff(), { name, caseId: id, field: key, value: '0933-000-111' }))
  expect(JSON.stringify(await readHeld(db, id, asker))).toContain('0933-000-111')
})

test('who looks at a copy before it is granted stands on record for each of its cases', async () => {
  const name = await confirmed()
  valueOf(await chooseCases(staff(), { name, cases: [petition.id] }))
  const privacy = await office.browser('privacy')
  const count = async () => (await db.selectFrom('personal_data_reads').select('id').where('case_id', '=', petition.id).where('purpose', 'like', '核對個資複本%').execute()).length
  const before = await count()
  expect((await privacy.open(requestPath(name, 'copy.zip'))).status).toBe(303)
  expect(await count()).toBe(before)
  const opened = await privacy.follow(await privacy.submit((await privacy.open(requestPath(name))).form(requestPath(name, 'preview'))))
  expect(await count()).toBe(before + 1)
  const link = /href="([^"]*copy\.zip[^"]*)"/.exec(opened.text)![1]!.replaceAll('&amp;', '&')
  expect((await privacy.open(link)).status).toBe(200)
  await expect(previewCopy({ ...staff(), session: { id: 0, proved: false } }, { name })).rejects.toThrow(ProofNeeded)
  await expect(previewCopy(staff('officer'), { name })).rejects.toThrow(NotAllowed)
})

test('deletion that was granted is a list which somebody else approves', async () => {
  const name = await confirmed({ what: 'delete' })
  await sql`update cases set stage = 'closed', closed_at = ${now}, outcome = 'answered' where id = ${petition.id}`.execute(db)
  valueOf(await chooseCases(staff(), { name, cases: [petition.id] }))
  const { list } = valueOf(await decideRequest(staff(), { name, decision: 'granted', reasons: '', origin: 'https://county.example' }))
  expect((await lastMail('personal-data.answer')).text).toContain('核准銷毀目錄後刪除')
  expect(await db.selectFrom('destruction_items').select('case_id').where('list_id', '=', list!).execute()).toEqual([{ case_id: petition.id }])
  expect((await db.selectFrom('petitions').select('sender_name').where('id', '=', petition.id).executeTakeFirstOrThrow()).sender_name).not.toBeNull()
})

test('the officer’s page masks who asks until opened on record, warns of namesakes, and is shut to others', async () => {
  const name = await confirmed({ what: 'stop' })
  const privacy = await office.browser('privacy')
  const page = await privacy.open(requestPath(name))
  expect(page.text).toContain('王○○')
  expect(page.text).not.toContain('王示範')
  expect(page.text).toContain(namesake.number)
  expect(page.text).toContain('請核對是不是本人')
  const opened = await privacy.follow(await privacy.submit(page.form(requestPath(name, 'open'))))
  expect(opened.text).toContain('王示範')
  expect(valueOf(await openRequester(staff(), { name })).opening).toBeGreaterThan(0)
  expect((await (await office.browser('officer')).open(requestPath(name))).status).toBe(403)
  expect((await (await office.browser('admin')).open(requestPath(name, 'copy.zip'))).status).toBe(403)
  expect(dayOf(now)).toBe('2026-03-02')
})

test('the portal’s form works without script and names what is missing', async () => {
  const visitor = office.visitor()
  const form = await visitor.open(newRequestPath)
  const refused = await visitor.submit(form.form(newRequestPath), { name: '王示範' })
  expect([refused.status, refused.errors.length > 1, refused.text.includes('王示範')]).toEqual([422, true, true])
  const sent = await visitor.follow(await visitor.submit(refused.form(newRequestPath), { what: 'access', wish: '全部', email: 'wang@example.org' }))
  expect(sent.text).toContain('請收確認信')
  expect((await visitor.open('/privacy')).text).toContain('人民陳情案件檔')
})
