import { strFromU8, unzipSync } from 'fflate'
import { expect, test } from 'vitest'
import { createTestDatabase } from '../../../../test/support/database.ts'
import { makeOpening, makePetition } from '../../../../test/support/makers.ts'
import { sql } from 'kysely'
import { write } from '../../../core/db.ts'
import { storeDocument } from '../../../core/documents/store.ts'
import { isRefusal, NotAllowed, valueOf } from '../../../core/errors.ts'
import { letterOf } from '../../../core/mail/letters-for-tests.ts'
import { destroyList } from '../../../core/personal-data/destruction.ts'
import { eraseRecord } from '../../../core/personal-data/erase.ts'
import { recordName } from '../../../core/personal-data/legal-holds.ts'
import { verifyAll } from '../../../core/verify.ts'
import { makeOffice } from '../office-for-tests.ts'
import { destructionPath, holdsPath, openingsPath, retentionPath } from '../paths.ts'
import { destructionOdt } from './list-odt.ts'
import { allItems, getList } from './queries.ts'
import { decideList, excludeCase, makeList, placeHold, releaseHold, setRetention, submitList } from './acts.ts'

const { db } = await createTestDatabase()
const now = new Date('2026-03-02T10:00:00+08:00')
const office = await makeOffice(db, () => now)
const as = (who: 'privacy' | 'second' | 'law' | 'clerk' | 'officer' | 'admin') => ({ ...office[who], now })
const codeOf = (result: unknown) => (isRefusal(result) ? result.code : null)

async function closed(on: string) {
  const made = await makePetition(db, new Date('2010-01-04T10:00:00+08:00'))
  await write(db, async (tx) => {
    await sql`update cases set stage = 'closed', closed_at = ${new Date(`${on}T10:00:00+08:00`)}, outcome = 'answered' where id = ${made.id}`.execute(tx)
    await sql`insert into events (kind, happened_at, case_id, to_stage) values ('petition.closed', now(), ${made.id}, 'closed')`.execute(tx)
  })
  return made
}
const [old, held, young] = [await closed('2015-06-01'), await closed('2015-06-02'), await closed('2021-06-01')]

test('without an approved period nothing is listed', async () => {
  expect(codeOf(await makeList(as('privacy'), { class: 'petitions', plan: '焚毀' }))).toBe('retention.none')
  expect(codeOf(await setRetention(as('privacy'), { class: 'petitions', years: '7', basis: '府文檔字第1號' }))).toBe('input.invalid')
  await expect(setRetention(as('law'), { class: 'petitions', years: '10', basis: 'x' })).rejects.toThrow(NotAllowed)
  valueOf(await setRetention(as('privacy'), { class: 'petitions', years: '永久', basis: '府文檔字第1號' }))
  expect(codeOf(await makeList(as('privacy'), { class: 'petitions', plan: '焚毀' }))).toBe('retention.none')
  valueOf(await setRetention(as('privacy'), { class: 'petitions', years: '10', basis: '府文檔字第2號' }))
})

test('a list takes what is over and not held; another person approves it with the authority’s number', async () => {
  valueOf(await placeHold(as('law'), { case: held.number, reason: '國家賠償訴訟' }))
  expect(codeOf(await placeHold(as('law'), { case: held.number, reason: '再一次' }))).toBe('hold.already')
  expect(codeOf(await placeHold(as('law'), { case: '陳999-000001', reason: 'x' }))).toBe('hold.no-case')
  const { list, count } = valueOf(await makeList(as('privacy'), { class: 'petitions', plan: '刪除電子檔' }))
  expect(count).toBe(1)
  const items = await db.selectFrom('destruction_items').select(['name', 'kept_until']).where('list_id', '=', list).execute()
  expect(items).toEqual([{ name: old.number, kept_until: '2025-06-01' }])
  expect(items.map((item) => item.name)).not.toContain(young.number)
  expect(codeOf(await makeList(as('privacy'), { class: 'petitions', plan: '再一份' }))).toBe('destruction.open')
  expect(codeOf(await decideList(as('law'), { id: list, decision: 'approved', authorityNo: 'x' }))).toBe('destruction.not-submitted')
  valueOf(await submitList(as('privacy'), { id: list }))
  expect(codeOf(await decideList(as('privacy'), { id: list, decision: 'approved', authorityNo: '檔徵字第1號' }))).toBe('destruction.own')
  expect(codeOf(await decideList({ ...as('second'), onBehalfOf: office.privacy.person.id }, { id: list, decision: 'approved', authorityNo: '檔徵字第1號' }))).toBe('destruction.own')
  expect(codeOf(await decideList(as('law'), { id: list, decision: 'approved', authorityNo: '' }))).toBe('destruction.no-number')
  await expect(decideList(as('admin'), { id: list, decision: 'approved', authorityNo: 'x' })).rejects.toThrow(NotAllowed)
  await expect(decideList({ ...as('law'), session: { id: 0, proved: false } }, { id: list, decision: 'approved', authorityNo: '檔徵字第1號' })).rejects.toThrow()
  valueOf(await decideList(as('law'), { id: list, decision: 'approved', authorityNo: '檔徵字第1號' }))
  expect(codeOf(await excludeCase(as('law'), { id: list, name: old.number, reason: '太晚' }))).toBe('destruction.decided')
})

test('a case is left out with a reason; a list is sent back; a hold is released', async () => {
  const hold = await db.selectFrom('legal_holds').select('id').executeTakeFirstOrThrow()
  valueOf(await releaseHold(as('law'), { id: hold.id, reason: '判決確定' }))
  expect(codeOf(await releaseHold(as('law'), { id: hold.id, reason: '再' }))).toBe('hold.none')
  await sql`update destruction_lists set state = 'done'`.execute(db)
  await sql`update destruction_items set destroyed_at = now()`.execute(db)
  const { list, count } = valueOf(await makeList(as('second'), { class: 'petitions', plan: '刪除電子檔' }))
  expect(count).toBe(1) // the one that was held; what is destroyed is not listed again
  valueOf(await excludeCase(as('law'), { id: list, name: held.number, reason: '史料' }))
  valueOf(await submitList(as('second'), { id: list }))
  expect(codeOf(await decideList(as('privacy'), { id: list, decision: 'rejected' }))).toBe('destruction.no-reason')
  valueOf(await decideList(as('privacy'), { id: list, decision: 'rejected', note: '依據不足' }))
  const page = await (await office.browser('law')).open(destructionPath(list))
  expect([page.status, page.text.includes('留下：史料'), page.text.includes('退回')]).toEqual([200, true, true])
})

test('the pages open for their roles and for nobody else', async () => {
  for (const [who, path, status] of [['privacy', retentionPath, 200], ['law', retentionPath, 200], ['officer', retentionPath, 403], ['privacy', openingsPath, 200], ['law', openingsPath, 403], ['admin', openingsPath, 403]] as const) {
    expect((await (await office.browser(who)).open(path)).status, `${who} ${path}`).toBe(status)
  }
})

test('the list is a file for the archives authority: basis, plan, each case without a name, who decided', async () => {
  const [{ id }] = await db.selectFrom('destruction_lists').select('id').where('state', '=', 'rejected').execute() as [{ id: number }]
  const odt = destructionOdt(await getList(db, String(id)), await allItems(db, id))
  const text = strFromU8(unzipSync(odt)['content.xml']!).replace(/<[^>]+>/g, '\n')
  for (const words of ['檔案銷毀目錄', '依據：府文檔字', '刪除電子檔', '10 年', held.number, '不銷毀：史料', '退回：', '說明：依據不足', '待法制單位確認']) expect(text, words).toContain(words)
  expect(text).not.toMatch(/路燈|王示範/)
  expect(destructionOdt(await getList(db, String(id)), await allItems(db, id)).equals(odt)).toBe(true)
  const answer = await (await office.browser('law')).open(destructionPath(id, 'list.odt'))
  expect([answer.status, answer.headers['content-type']]).toEqual([200, 'application/vnd.oasis.opendocument.text'])
  expect((await (await office.browser('officer')).open(destructionPath(id, 'list.odt'))).status).toBe(403)
})

test('openings are listed with who, for whom and why, by filter', async () => {
  const { person } = office.officer
  await makeOpening(db, { caseId: young.id, person, onBehalfOf: office.law.person.id, purpose: '聯絡陳情人', at: new Date('2026-03-01T23:00:00+08:00') })
  await makeOpening(db, { caseId: held.id, person: office.clerk.person, purpose: '郵寄答復', at: now })
  const privacy = await office.browser('privacy')
  const page = await privacy.open(openingsPath)
  for (const text of ['陳示範（代理 謝示範）', '聯絡陳情人', young.number, '在不上班的日子打開', '郵寄答復']) expect(page.text).toContain(text)
  const filtered = await privacy.open(`${openingsPath}?person=${person.id}`)
  expect(filtered.text).not.toContain(held.number)
  expect((await privacy.open(`${openingsPath}?from=115/3/2&to=115/3/2`)).text).not.toContain(young.number)
  expect((await privacy.open(`${openingsPath}?case=${encodeURIComponent(young.number)}`)).text).not.toContain(held.number)
})

/** A letter to a mailbox that the desk dismissed in 2015. */
async function dismissed(subject: string): Promise<{ id: number; name: string }> {
  const at = new Date('2015-05-04T10:00:00+08:00')
  const raw = letterOf(['From: hold@example.org', 'Subject: letter', `Message-ID: <${subject.length}@example.org>`, 'Content-Type: text/plain; charset=utf-8'], `${subject}，請查照。`)
  const { id } = await write(db, async (tx) => {
    const document = await storeDocument(tx, Buffer.from(raw), 'message/rfc822')
    return tx.insertInto('petition_inbox').values({
      sha256: Buffer.from(document.sha256, 'hex'), mailbox: 'own', document_id: document.id, kind: 'letter', message_id: null, subject, sender_name: null, sender_email: null, sender_hash: null, text_hash: null,
      received_at: at, case_id: null, mail_id: null, note: null, handled_as: 'dismissed', handled_by: office.clerk.person.id, handled_at: at, reason: '廣告',
    }).returning('id').executeTakeFirstOrThrow()
  })
  return { id, name: recordName('petition_inbox', id) }
}

test('a letter without a case is held back by its number: on no list and not destroyed until released; made a case, the case is held', async () => {
  const [gone, late, kept, taken] = [await dismissed('賣椅子'), await dismissed('賣辦公桌子'), await dismissed('賣會議室的桌子'), await dismissed('賣會議室的大桌子')]
  const hold = (name: string, reason = '審計查核') => placeHold(as('law'), { case: name, reason })
  const holdOf = async ({ id }: { id: number }) => (await db.selectFrom('legal_holds').select(['id', 'reason', 'released_why']).where('record_id', '=', id).orderBy('id', 'desc').executeTakeFirstOrThrow())
  const [inClass, events] = [{ class: 'petition-inbox', plan: '刪除電子檔' }, (kind: string) => db.selectFrom('events').select(['person_id', 'payload']).where('kind', '=', kind).orderBy('id').execute()]
  for (const who of ['clerk', 'officer', 'admin'] as const) await expect(placeHold(as(who), { case: kept.name, reason: 'x' })).rejects.toThrow(NotAllowed)
  const law = await office.browser('law')
  const sent = async (name: string, reason: string) => law.submit((await law.open(retentionPath)).form(holdsPath), { case: name, reason })
  expect(await sent('來信-999999', '審計查核')).toMatchObject({ status: 422, errors: ['找不到這個案號或來信序號'] })
  expect(await sent(kept.name, ' ')).toMatchObject({ status: 422, errors: ['請寫保留的理由'] })
  expect((await sent(`來信-${kept.id}`, '審計查核')).status).toBe(303)
  expect(codeOf(await hold(kept.name))).toBe('hold.already')
  valueOf(await hold(taken.name, '國家賠償訴訟'))
  expect((await events('record.held')).map(({ person_id, payload }) => [person_id, (payload as { record: number }).record])).toEqual([[office.law.person.id, kept.id], [office.law.person.id, taken.id]])

  valueOf(await setRetention(as('privacy'), { class: 'petition-inbox', years: '3', basis: '府文檔字第3號' }))
  const { list, count } = valueOf(await makeList(as('privacy'), inClass))
  expect(count).toBe(2)
  expect((await allItems(db, list)).map(({ name }) => name)).toEqual([gone.name, late.name])
  // what stands on a list nobody has decided is left out of it; what was approved is not carried out
  valueOf(await hold(late.name))
  expect((await allItems(db, list)).map(({ excludedWhy }) => excludedWhy)).toEqual([null, '已登錄保留'])
  valueOf(await submitList(as('privacy'), { id: list }))
  valueOf(await decideList(as('law'), { id: list, decision: 'approved', authorityNo: '檔徵字第3號' }))
  valueOf(await hold(gone.name))
  await expect(write(db, (tx) => eraseRecord(tx, 'petition_inbox', gone.id))).rejects.toThrow('is held')
  expect(await destroyList(db, list)).toBe(0)

  await expect(releaseHold(as('officer'), { id: (await holdOf(gone)).id, reason: 'x' })).rejects.toThrow(NotAllowed)
  valueOf(await releaseHold(as('law'), { id: (await holdOf(gone)).id, reason: '查核完畢' }))
  const again = valueOf(await makeList(as('privacy'), inClass))
  expect((await allItems(db, again.list)).map(({ name }) => name)).toEqual([gone.name])
  valueOf(await submitList(as('privacy'), { id: again.list }))
  valueOf(await decideList(as('law'), { id: again.list, decision: 'approved', authorityNo: '檔徵字第4號' }))
  expect(await destroyList(db, again.list)).toBe(1)
  expect((await db.selectFrom('petition_inbox').select('id').orderBy('id').execute()).map(({ id }) => id)).toEqual([late.id, kept.id, taken.id])

  const clerk = await office.browser('clerk')
  const letterPage = ({ id }: { id: number }) => clerk.open(`/console/petitions/inbox/${id}`)
  expect((await letterPage(kept)).text).toMatch(new RegExp(`${kept.name}.*保留中，暫不銷毀`, 's'))
  const made = await clerk.submit((await letterPage(taken)).form(`/console/petitions/inbox/${taken.id}/petition`), { channel: 'mayor-mail' })
  expect(made.status).toBe(303)
  const { name } = (await sql<{ name: string }>`select coalesce(c.number, c.follow_no) as name from petition_inbox i join cases c on c.id = i.case_id where i.id = ${taken.id}`.execute(db)).rows[0]!
  expect((await holdOf(taken)).released_why).toBe('已成為案件的一部分，改為保留案件')
  expect(codeOf(await hold(taken.name))).toBe('hold.of-case')
  expect(codeOf(await hold(name))).toBe('hold.already')
  const page = await law.open(retentionPath)
  for (const text of [kept.name, name, '國家賠償訴訟', '查核完畢']) expect(page.text).toContain(text)
  expect((await verifyAll(db)).flatMap(({ differences }) => differences)).toEqual([])
})
