import { expect, test } from 'vitest'
import { createTestDatabase } from '../../../test/support/database.ts'
import { findMeeting } from '../../core/committees/queries.ts'
import { NotAllowed, NotFound, ProofNeeded, valueOf } from '../../core/errors.ts'
import { verifyAll } from '../../core/verify.ts'
import { callBody } from './call.ts'
import { acts, hearing } from './hearing.ts'
import { decideItem, endMeeting, keepWhoIsThere, treatItem } from './hold.ts'
import { boardHtml } from './live/board.tsx'
import { versionsOf, whenChanged } from './live/watch.ts'
import { at, codeOf, makeOffice } from './office-for-tests.ts'
import { offlineFile } from './papers/offline.ts'
import { findPapers, writeNote } from './papers/papers.ts'
import { agendaPaper, minutesPaper } from './papers/print.ts'
import { propose } from './proposals/acts.ts'
import { findPublication, publishMinutes, refusePublication, withdrawMinutes } from './publication/acts.ts'

const { db } = await createTestDatabase()
const office = await makeOffice(db)
const { control, head, officer, curator } = office
const evening = '110/6/15 17:00'
const paper = valueOf(await propose(at(officer, '110/6/1 09:00'), { body: 'county_affairs', section: 'discussion', title: '公園使用費調整', reason: '物價上漲 <b>', proposal: '提請審議。', next: 'submit' })).number
const name = valueOf(await callBody(at(control, '110/6/2 09:00'), { body: 'county_affairs', on: '110/6/15', startsAt: '09:30', place: '第一會議室', units: [office.units.works, office.units.culture], reports: '工程進度', items: [paper] })).number
const file = () => findMeeting(db, hearing, control.person, name)
const [placed, report] = (await file()).items
const id = (await file()).id

test('a reader waits until the meeting changes, and gets the board that all share', async () => {
  const seen = (await versionsOf(db, [id])).get(id)!
  const [one, other] = [whenChanged(db, id, seen), whenChanged(db, id, seen)]
  valueOf(await treatItem(at(control, evening), { name, item: placed!.id }))
  const version = await one
  expect([version !== null && version !== seen, await other]).toEqual([true, version])
  expect(await boardHtml(db, id, version!)).toContain('正在討論')
  valueOf(await decideItem(at(control, evening), { name, item: placed!.id, decision: 'passed', for: '2' }))
  const next = (await whenChanged(db, id, version!))!
  const html = await boardHtml(db, id, next)
  for (const part of ['照案通過', '贊成 2', '2 案，已決議 1 案']) expect(html.replaceAll(/<[^>]+>/g, '')).toContain(part)
  // somebody who has not seen anything is answered at once
  expect(await whenChanged(db, id, '')).toBe(next)
})

test('papers come with what the unit wrote; a note is seen by its writer only', async () => {
  valueOf(await writeNote(at(head, evening), { name, item: placed!.id, note: '問清楚財源' }))
  const of = async (who: typeof head) => (await findPapers(db, who.person, name)).papers.find(({ id: item }) => item === placed!.id)!
  expect(await of(head)).toMatchObject({ reason: '物價上漲 <b>', proposal: '提請審議。', unit: '工務處', note: '問清楚財源' })
  expect((await of(officer)).note).toBe('')
  await expect(writeNote(at(office.planner, evening), { name, item: placed!.id, note: '看不到' })).rejects.toThrow(NotFound)
  valueOf(await writeNote(at(officer, evening), { name, item: placed!.id, note: '甲' }))
  valueOf(await writeNote(at(officer, evening), { name, item: placed!.id, note: '' }))
  expect((await of(officer)).note).toBe('')
  const offline = await offlineFile(await findPapers(db, head.person, name), '李處長')
  expect(offline).toContain('物價上漲 &lt;b&gt;')
  expect(offline).toContain('問清楚財源')
  expect(offline).not.toMatch(/<script|src="http|href="http/)
  expect(agendaPaper(await findPapers(db, head.person, name), '示範縣政府').lines).toContainEqual({ style: 'item', label: '案由一', text: `${paper} 公園使用費調整（工務處）` })
})

test('minutes go out when they are confirmed; of an internal body only with a reason, and never by others', async () => {
  const state = { outcome: 'held', approvedOn: '2021-06-20' as never, publication: 'published' as const, published: false }
  expect(refusePublication(state, '')).toBeNull()
  expect(refusePublication({ ...state, approvedOn: null }, '')?.code).toBe('publication.not-approved')
  const publish = (more: object = {}, who: typeof control = control) => publishMinutes(at(who, '110/7/1 09:00'), { name, text: '紀錄（遮去個資）', ...more })
  expect(codeOf(await publish())).toBe('publication.not-held')
  valueOf(await keepWhoIsThere(at(control, evening), { name, attendance: Object.fromEntries((await file()).people.map(({ id: one }) => [one, 'present'])) }))
  valueOf(await decideItem(at(control, evening), { name, item: report!.id, decision: 'noted' }))
  valueOf(await endMeeting(at(control, evening), { name }))
  expect(codeOf(await publish())).toBe('publication.not-approved')
  valueOf(await acts.approveMinutes(at(control, '110/6/20 09:00'), { name, on: '110/6/20' }))
  expect(codeOf(await publish())).toBe('publication.reason')
  await expect(publish({ reason: '縣長核定公開' }, { ...control, session: { id: 0, proved: false } })).rejects.toThrow(ProofNeeded)
  await expect(publish({ reason: '縣長核定公開' }, curator)).rejects.toThrow(NotAllowed)
  valueOf(await publish({ reason: '縣長核定公開' }))
  expect(codeOf(await publish({ reason: '縣長核定公開' }))).toBe('publication.published')
  expect(await db.selectFrom('windlion_public.meeting_publications').select(['number', 'text']).execute()).toEqual([{ number: name, text: '紀錄（遮去個資）' }])
  valueOf(await withdrawMinutes(at(control, '110/7/2 09:00'), { name, reason: '內容有誤' }))
  expect(await db.selectFrom('windlion_public.meeting_publications').select('number').execute()).toEqual([])
  expect(codeOf(await withdrawMinutes(at(control, '110/7/2 09:00'), { name, reason: '內容有誤' }))).toBe('publication.none')
  valueOf(await publish({ reason: '更正後公開', text: '更正的紀錄' }))
  expect(await findPublication(db, id)).toMatchObject({ reason: '更正後公開', withdrawnAt: null, by: '吳管考' })
  expect(minutesPaper(await file(), '示範縣政府').lines[0]).toEqual({ style: 'source', text: '民國110年6月20日確認' })
})

test('events, stages, numbers and rows prove each other', async () => {
  expect((await verifyAll(db)).flatMap(({ differences }) => differences)).toEqual([])
})
