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
import { destroyList } from './destruction.ts'

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

test('lists are kept for good, and nobody approves their own', async () => {
  await expect(sql`delete from destruction_lists`.execute(db)).rejects.toThrow('kept for good')
  await expect(sql`delete from destruction_items`.execute(db)).rejects.toThrow('kept')
  await expect(sql`update destruction_lists set decided_by = made_by`.execute(db)).rejects.toThrow()
})
