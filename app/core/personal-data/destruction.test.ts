import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { makePerson, makePetition, makeUnit } from '../../../test/support/makers.ts'
import { isConsistent } from '../../../test/support/outsider.ts'
import { columnsWithTraces } from '../../../test/support/personal-traces.ts'
import { createEverydayDatabase, differencesIn } from '../../../test/support/record.ts'
import { type Db, read, write } from '../db.ts'
import { attachDocument, documentPath, storeDocument, useDocumentFolder } from '../documents/store.ts'
import { signCheckpoint } from '../events/checkpoints.ts'
import { proveConsistency } from '../events/proof.ts'
import { runDueJobs } from '../jobs/jobs.ts'
import { queueMail, useSender } from '../mail/outbox.ts'
import { createSender } from '../mail/send.ts'
import { verifyAll } from '../verify.ts'
import { letterOf, multipartOf } from '../mail/letters-for-tests.ts'
import { dismissLetters, makeLetterAPetition } from '../../modules/petitions/mail/inbox-acts.ts'
import { addresses, openMailroom } from '../../modules/petitions/mail/mailroom-for-tests.ts'
import { decideList, makeList, setRetention, submitList } from '../../modules/personal-data/retention/acts.ts'
import { valueOf } from '../errors.ts'
import { destroyList } from './destruction.ts'
import { eraseRecord } from './erase.ts'

let db: Db // of the role in which the service works
let maker: number
let other: number
const folder = mkdtempSync(join(tmpdir(), 'windlion-destruction-'))
afterAll(() => rmSync(folder, { recursive: true }))
beforeAll(async () => {
  useDocumentFolder(join(folder, 'documents'))
  db = (await createEverydayDatabase()).db
  useSender(createSender({ from: '縣民信箱 <noreply@kinmen.example>' }))
  const unit = await makeUnit(db, '行政處')
  maker = (await makePerson(db, '鄭示範', 'data-protection', unit)).person.id
  other = (await makePerson(db, '謝示範', 'law', unit)).person.id
})

const at = new Date('2015-05-04T10:00:00+08:00')
const person = { name: '余稀有', email: 'rare.name@example.org', phone: '0912-000-777', address: '示範縣金城鎮虛構路77號' }
const strings = new Set([...Object.values(person), '余稀有寫的信'])

async function closedPetition(file: string) {
  const made = await makePetition(db, at, { title: '余稀有寫的信', body: '余稀有寫的信，住示範縣金城鎮虛構路77號，電話 0912-000-777。', sender: person })
  await write(db, async (tx) => {
    await tx.updateTable('petitions').set({ answer: '余稀有您好，已修好。' }).where('id', '=', made.id).execute()
    const document = await storeDocument(tx, Buffer.from(file), 'text/plain')
    await attachDocument(tx, { caseId: made.id, documentId: document.id, name: '余稀有的照片.txt', kind: 'attachment' })
    await queueMail(tx, { to: person.email, subject: '余稀有您好', text: '余稀有您好', purpose: 'petition.answer', caseId: made.id })
    await sql`update cases set stage = 'closed', closed_at = '2015-06-01T10:00+08', outcome = 'answered' where id = ${made.id}`.execute(tx)
    await sql`insert into events (kind, happened_at, case_id, to_stage) values ('petition.closed', '2015-06-01T10:00+08', ${made.id}, 'closed')`.execute(tx)
  })
  return made
}

async function approvedList(caseIds: number[], state: 'submitted' | 'approved' = 'approved'): Promise<number> {
  return write(db, async (tx) => {
    const { id } = await tx.insertInto('destruction_lists').values({
      class: 'request', title: '測試', cutoff_on: '2025-12-31' as never, years: 5, basis: '測試', plan: '測試', state, made_by: maker, submitted_at: at, decided_by: state === 'approved' ? other : null, decided_at: at, decision_note: null, authority_no: '測字第1號', done_at: null,
    }).returning('id').executeTakeFirstOrThrow()
    for (const caseId of caseIds) await tx.insertInto('destruction_items').values({ list_id: id, case_id: caseId, kind: 'petition', name: `n${caseId}`, received_on: null, closed_on: '2015-06-01' as never, kept_until: '2020-06-01' as never, unit_name: null, outcome: 'answered', excluded_why: null, excluded_by: null, destroyed_at: null }).execute()
    return id
  })
}

const differences = () => differencesIn(db)
const counted = (asOf: Date | null) => read(db, async (reader) => (await sql<{ received: number; closed: number }>`select count(*) as received, count(closed_at) as closed from cases where received_at < '2016-01-01'`.execute(reader)).rows[0]!, asOf)

test('destruction leaves no trace in any table, its history or the files, and no figure and no proof changes', async () => {
  const { id, number } = await closedPetition('只有這裡有')
  const kept = await closedPetition('兩件都有')
  const shared = await closedPetition('兩件都有')
  const signed = await signCheckpoint(db)
  const before = new Date()
  const [now, then] = [await counted(null), await counted(before)]
  expect(await columnsWithTraces(db, strings)).not.toEqual([])
  const path = documentPath((await sql<{ sha: string }>`select encode(d.sha256, 'hex') as sha from case_documents c join documents d on d.id = c.document_id where c.case_id = ${id}`.execute(db)).rows[0]!.sha)
  expect(existsSync(path)).toBe(true)

  expect(await destroyList(db, await approvedList([id]))).toBe(1)
  await destroyList(db, await approvedList([shared.id]))
  await runDueJobs(db)
  const row = await db.selectFrom('cases').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
  expect([row.number, row.title, row.outcome, row.closed_at!.toISOString()]).toEqual([number, '（內容已依規定銷毀）', 'answered', '2015-06-01T02:00:00.000Z'])
  expect(existsSync(path)).toBe(false)
  expect(await sql`select 1 from case_documents where case_id = ${kept.id}`.execute(db).then((found) => found.rows.length)).toBe(1)
  expect([await counted(null), await counted(before)]).toEqual([now, then])
  expect(await differences()).toEqual([])
  // whoever kept the checkpoint of before sees the same record go on
  const later = await signCheckpoint(db)
  expect(later.size).toBeGreaterThan(signed.size)
  const proof = (await proveConsistency(db, signed.size, later.size))!
  const bytes = (text: string) => Buffer.from(text, 'base64')
  expect([signed.note, later.note].map((note) => note.split('\n')[2])).toEqual([proof.fromRoot, proof.toRoot])
  expect(isConsistent(proof.from, proof.to, bytes(proof.fromRoot), bytes(proof.toRoot), proof.hashes.map(bytes))).toBe(true)
  expect((await verifyAll(db, { notes: [signed.note, later.note], keys: [] })).flatMap((one) => one.differences)).toEqual([])

  await destroyList(db, await approvedList([kept.id]))
  await runDueJobs(db)
  expect(await columnsWithTraces(db, strings)).toEqual([])
  expect(await differences()).toEqual([])
  expect((await db.selectFrom('destruction_lists').select('state').execute()).map((list) => list.state)).toEqual(['done', 'done', 'done'])
})

test('the database itself refuses to erase a case that is on no approved list, or is held back', async () => {
  const { id } = await closedPetition('保留')
  const erase = () => sql`select windlion.erase_personal('petitions', 'id', ${id}, array['answer'], array['sender_name'], '{}', false)`.execute(db)
  await expect(erase()).rejects.toThrow('no approved destruction list')
  await approvedList([id], 'submitted')
  await expect(erase()).rejects.toThrow('no approved destruction list')
  const list = await approvedList([id])
  await write(db, (tx) => tx.insertInto('legal_holds').values({ case_id: id, reason: '訴訟', placed_by: maker, released_by: null, released_at: null, released_why: null }).execute())
  await expect(erase()).rejects.toThrow('no approved destruction list')
  expect(await destroyList(db, list)).toBe(0)
  expect((await db.selectFrom('cases').select('title').where('id', '=', id).executeTakeFirstOrThrow()).title).toBe('余稀有寫的信')
})

test('a letter that became no case goes whole by a list of its own; what waits or became a case meanwhile stays', async () => {
  const room = await openMailroom(db)
  useDocumentFolder(join(folder, 'documents')) // not one of the mailroom's own
  const name = Buffer.from('夏侯來信').toString('base64')
  const letter = (no: number, subject: string) => multipartOf('mixed', [`From: =?utf-8?B?${name}?= <xiahou-${no}@example.org>`, `To: ${addresses.own}`, `Subject: =?utf-8?B?${Buffer.from(subject).toString('base64')}?=`, `Message-ID: <chairs-${no}@example.org>`, 'MIME-Version: 1.0'], [
    letterOf(['Content-Type: text/plain; charset=utf-8'], `${subject}，請找夏侯來信。`),
    letterOf(['Content-Type: text/plain; charset=utf-8', 'Content-Disposition: attachment; filename="list.txt"'], `第 ${no} 本型錄`),
  ])
  for (const [no, subject] of ['賣一批椅子', '等人看的信', '後來成案的信'].entries()) await room.deliver(letter(no, subject), addresses.own)
  await room.close()
  const letters = await db.selectFrom('petition_inbox').innerJoin('documents', 'documents.id', 'document_id').select(['petition_inbox.id', 'documents.sha256']).orderBy('petition_inbox.id').execute()
  const [gone, , taken] = letters as [Letter, Letter, Letter]
  const unit = await makeUnit(db, '為民服務科')
  const clerk = await makePerson(db, '林示範', 'clerk', unit)
  const now = new Date('2040-03-01T10:00:00+08:00')
  const [keeper, second] = [await makePerson(db, '孫示範', 'data-protection', unit, now), await makePerson(db, '馬示範', 'law', unit, now)]
  const traces = new Set(['賣一批椅子', 'xiahou-0@example.org'])

  valueOf(await dismissLetters(clerk, { ids: [gone.id, taken.id], reason: '廣告' }))
  valueOf(await setRetention(keeper, { class: 'petition-inbox', years: '3', basis: '測試' }))
  const { list, count } = valueOf(await makeList(keeper, { class: 'petition-inbox', plan: '刪除電子檔' }))
  expect(count).toBe(2)
  await expect(write(db, (tx) => eraseRecord(tx, 'petition_inbox', gone.id))).rejects.toThrow('no approved destruction list')
  valueOf(await submitList(keeper, { id: list }))
  valueOf(await makeLetterAPetition(clerk, { id: taken.id, channel: 'mayor-mail' }))
  expect(await columnsWithTraces(db, traces)).not.toEqual([])
  valueOf(await decideList(second, { id: list, decision: 'approved', authorityNo: '測字第2號' }))
  for (let i = 0; i < 2; i += 1) await runDueJobs(db) // the list, then its files

  expect(await columnsWithTraces(db, traces)).toEqual([])
  expect(letters.map(({ sha256 }) => existsSync(documentPath(sha256.toString('hex'))))).toEqual([false, true, true])
  expect((await db.selectFrom('petition_inbox').select('id').execute()).map(({ id }) => id)).not.toContain(gone.id)
  const items = await db.selectFrom('destruction_items').select(['name', 'case_id', 'outcome', 'destroyed_at']).where('list_id', '=', list).orderBy('name').execute()
  expect(items.map(({ name, case_id, outcome, destroyed_at }) => [name, case_id, outcome, destroyed_at !== null])).toEqual([gone, taken].map(({ id }) => [`來信-${String(id).padStart(6, '0')}`, null, 'dismissed', id === gone.id]))
  expect(await differences()).toEqual([])
})
type Letter = { id: number; sha256: Buffer }

test('lists are kept for good, and nobody approves their own', async () => {
  await expect(sql`delete from destruction_lists`.execute(db)).rejects.toThrow('kept for good')
  await expect(sql`delete from destruction_items`.execute(db)).rejects.toThrow('kept')
  await expect(sql`update destruction_lists set decided_by = made_by`.execute(db)).rejects.toThrow()
})
