import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { createTestDatabase } from '../../../test/support/database.ts'
import { makePerson, makeUnit, useTestKeys } from '../../../test/support/makers.ts'
import { newFollowNo } from '../cases/numbers.ts'
import { write } from '../db.ts'
import { done, isRefusal, NotAllowed, NotFound, refusal, type Result, valueOf } from '../errors.ts'
import { addCaseState } from '../events/case-state.ts'
import { record } from '../events/record.ts'
import { grant } from '../identity/permissions.ts'
import { day, parseInstant } from '../time.ts'
import { verifyAll } from '../verify.ts'
import type { DecidedItem, Hearing } from './hearing.ts'
import { findMeeting } from './queries.ts'
import { hearingActs } from './routes.tsx'

const { db } = await createTestDatabase()
useTestKeys()
grant({ 'test.meetings': { law: 'all' }, 'test.read': { law: 'all', officer: 'all' } })
addCaseState('committee_meetings', 'id')
const unit = await makeUnit(db, '行政處')
const [law, stranger] = [await makePerson(db, '吳法制', 'law', unit), await makePerson(db, '周外人', 'officer', unit)]
const at = <C extends object>(caller: C, text: string): C & { now: Date } => ({ ...caller, now: parseInstant(text)! })
const codeOf = (result: Result<unknown>) => (isRefusal(result) ? result.code : null)

const carried: DecidedItem[] = []
/** A committee with the rules of a 訴願審議委員會. */
const hearing: Hearing = {
  kind: 'test-meeting', prefix: '會', label: '委員會議', itemLabel: '案件', path: '/console/test-meetings', read: 'test.read', manage: 'test.meetings',
  committee: { code: 'test', name: '委員會', basis: '訴願法 §52', rules: { attendance: { share: 'over-half', law: '訴願法 §53' }, approval: { share: 'over-half', law: '訴願法 §53' }, outside: { share: 'at-least-half', law: '訴願法 §52 II' }, gender: null, inPerson: '審議規則 §13' } },
  decisions: { passed: { label: '照審查意見通過' }, again: { label: '再行審議', needsText: true } },
  grounds: ['interest', 'bias'],
  visibleTo: () => sql<boolean>`true`,
  itemPath: (number) => `/console/test/${number}`,
  eligible: () => Promise.resolve([]),
  lockItem: async (tx, _ctx, number) => {
    const found = await tx.selectFrom('cases').select(['id', 'title', 'stage']).where('number', '=', number).where('kind', '=', 'test-case').executeTakeFirst()
    if (!found) throw new NotFound()
    return found.stage === 'ready' ? done({ id: found.id, title: found.title }) : refusal('test.not-ready', '還不能審議')
  },
  carryOut: (_tx, _ctx, item) => {
    carried.push(item)
    return Promise.resolve(item.text === '辦不到' ? refusal('test.cannot', '辦不到') : null)
  },
}
const acts = hearingActs(hearing)

let serial = 0
async function makeCase(stage = 'ready'): Promise<string> {
  serial += 1
  const number = `試110-${String(serial).padStart(6, '0')}`
  await write(db, async (tx) => {
    const at = new Date('2021-01-01')
    const { id } = await tx.insertInto('cases').values({ kind: 'test-case', follow_no: newFollowNo(), number, title: `第 ${serial} 案`, stage, unit_id: null, officer_id: null, township: null, received_at: at, registered_at: at, due_on: null, closed_at: null, outcome: null, merged_into: null, previous_id: null, import_id: null }).returning('id').executeTakeFirstOrThrow()
    await record(tx, { person: null, onBehalfOf: null, now: at, today: day('2021-01-01') }, 'test-case.registered', { caseId: id, toStage: stage, payload: { number } })
  })
  return number
}

const wish = { on: '110/6/15', startsAt: '09:30', place: '第二會議室' }
const plan = async (items: string[], more: object = {}) => valueOf(await acts.planMeeting(at(law, '110/6/1 10:00'), { ...wish, items, ...more })).number
const fileOf = (name: string) => findMeeting(db, hearing, law.person, name)
const evening = at(law, '110/6/15 17:00')

/** What the form of the meeting's page sends: everybody there but those named, each item decided. */
async function minutes(name: string, more: { away?: Record<string, string>; decisions?: string[]; [key: string]: unknown } = {}) {
  const { away = {}, decisions = [], ...rest } = more
  const { people, items } = await fileOf(name)
  return {
    name, next: 'finish', attendance: Object.fromEntries(people.map((one) => [one.id, away[one.name] ?? 'present'])),
    decisions: Object.fromEntries(items.map(({ id }, i) => [id, decisions[i] ?? 'passed'])), ...rest,
  }
}

test('a committee that lacks its outside members, or has none at all, does not meet', async () => {
  const number = await makeCase()
  expect(codeOf(await acts.planMeeting(at(law, '110/6/1 10:00'), { ...wish, items: [number] }))).toBe('meeting.no-members')
  const add = (name: string, outside: string, seat = 'member', more: object = {}) => acts.addMember(at(law, '110/1/1 10:00'), { name, outside, seat, fromOn: '110/1/1', ...more })
  valueOf(await add('示範甲', 'no', 'chair'))
  valueOf(await add('示範乙', 'no'))
  expect(codeOf(await acts.planMeeting(at(law, '110/6/1 10:00'), { ...wish, items: [number] }))).toBe('committee.outside')
  for (const name of ['示範丙', '示範丁', '示範戊']) valueOf(await add(name, 'yes', 'member', { untilOn: '111/12/31' }))
  expect(codeOf(await add('示範丙', 'yes'))).toBe('committee.twice')
  expect(codeOf(await add('示範己', 'yes', 'chair'))).toBe('committee.chair')
  expect(codeOf(await add('示範己', 'yes', 'member', { untilOn: '109/1/1' }))).toBe('committee.term')
  expect(codeOf(await add('', 'yes'))).toBe('input.invalid')
})

test('who has a seat on the day is asked, the chair presides; only what is ready is on an agenda, on one at a time', async () => {
  const [a, b] = [await makeCase(), await makeCase('decided')]
  const name = await plan([a], { people: '王示範，工務處科長', others: '確認前次紀錄' })
  const file = await fileOf(name)
  expect(file).toMatchObject({ chair: '示範甲', stage: 'planned', title: '110/6/15 委員會議' })
  expect(file.people.map(({ name: who, seat }) => [who, seat])).toEqual([['示範甲', 'chair'], ['示範乙', 'member'], ['示範丙', 'member'], ['示範丁', 'member'], ['示範戊', 'member'], ['王示範', 'other']])
  expect(file.items.map(({ number, subject }) => number ?? subject)).toEqual([a, '確認前次紀錄'])
  const planning = (items: string[]) => acts.planMeeting(at(law, '110/6/1 10:00'), { ...wish, items })
  expect(codeOf(await planning([a]))).toBe('meeting.on-another')
  expect(codeOf(await planning([b]))).toBe('test.not-ready')
  expect(codeOf(await planning([]))).toBe('meeting.no-items')
  await expect(acts.planMeeting(at(stranger, '110/6/1 10:00'), { ...wish, items: [await makeCase()] })).rejects.toThrow(NotAllowed)
  const move = (newOn: string) => acts.moveMeeting(at(law, '110/6/2 09:00'), { name, newOn, newStartsAt: '09:30', newPlace: '第二會議室', why: '主任委員另有公務' })
  expect(codeOf(await move('112/1/10'))).toBe('meeting.members') // by then three terms have ended
  valueOf(await move('110/6/16'))
  expect(await fileOf(name)).toMatchObject({ title: '110/6/16 委員會議', heldOn: '2021-06-16' })
  valueOf(await acts.cancelMeeting(at(law, '110/6/2 10:00'), { name, reason: '颱風' }))
  expect(valueOf(await planning([a])).number).not.toBe(name)
  expect((await fileOf(name)).minutes).toBe('取消：颱風')
})

test('a changed agenda keeps the one before, with what was sent when', async () => {
  const [a, b, c] = [await makeCase(), await makeCase(), await makeCase()]
  const name = await plan([a, b], { others: '報告事項' })
  expect(codeOf(await acts.inviteToMeeting(at(law, '110/6/2 10:00'), { name, on: '110/6/3' }))).toBe('meeting.invited')
  valueOf(await acts.inviteToMeeting(at(law, '110/6/2 10:00'), { name, on: '110/6/2' }))
  valueOf(await acts.changeAgenda(at(law, '110/6/3 10:00'), { name, items: [c, a], others: '報告事項' }))
  const { agendas, items } = await fileOf(name)
  expect(agendas.map((one) => [one.version, one.sentOn, one.items.map(({ number, subject }) => number ?? subject)])).toEqual([[1, '2021-06-02', [a, b, '報告事項']], [2, null, [c, a, '報告事項']]])
  expect(items.map(({ number, subject }) => number ?? subject)).toEqual([c, a, '報告事項'])
  expect(await plan([b])).not.toBe(name)
  expect(codeOf(await acts.changeAgenda(at(law, '110/6/3 10:00'), { name, items: [], others: '' }))).toBe('meeting.no-items')
})

test('a decision needs the quorum, members in person, and the votes; what is kept so far stays', async () => {
  const name = await plan([await makeCase()])
  const recorded = async (more: Parameters<typeof minutes>[1]) => codeOf(await acts.recordMeeting(evening, await minutes(name, more)))
  expect(codeOf(await acts.recordMeeting(at(law, '110/6/14 17:00'), await minutes(name)))).toBe('meeting.future')
  expect(await recorded({ attendance: {} })).toBe('meeting.attendance')
  expect(await recorded({ away: { 示範乙: 'leave', 示範丙: 'absent', 示範丁: 'leave' } })).toBe('meeting.quorum')
  expect(await recorded({ away: { 示範乙: 'deputy' } })).toBe('meeting.in-person')
  expect(await recorded({ decisions: ['again'] })).toBe('meeting.note')
  expect(await recorded({ decisions: ['nonsense'] })).toBe('input.invalid')
  const [item] = (await fileOf(name)).items
  expect(await recorded({ for: { [item!.id]: '2' }, against: { [item!.id]: '2' }, abstain: { [item!.id]: '1' } })).toBe('meeting.not-carried')
  expect(await recorded({ for: { [item!.id]: '6' } })).toBe('meeting.votes')
  expect(await recorded({ texts: { [item!.id]: '辦不到' } })).toBe('test.cannot')
  expect((await fileOf(name)).items[0]!.decision).toBeNull()
  valueOf(await acts.recordMeeting(evening, { ...(await minutes(name)), next: 'keep', remarks: '主席致詞' }))
  expect(await fileOf(name)).toMatchObject({ stage: 'planned', remarks: '主席致詞', minutes: '' })
  await expect(acts.recordMeeting(at(stranger, '110/6/15 17:00'), await minutes(name))).rejects.toThrow(NotAllowed)
})

test('an open recusal stops the item; who sits out neither counts nor votes; dissent is in the record', async () => {
  const [a, b] = [await makeCase(), await makeCase()]
  const name = await plan([a, b], { others: '確認前次紀錄' })
  const { people, items } = await fileOf(name)
  const who = (person: string) => people.find((one) => one.name === person)!.id
  const [first] = items
  const recusal = { name, item: first!.id, member: who('示範丙'), ground: 'bias', askedBy: 'party', facts: '曾公開發表對本案的看法', granted: 'open' }
  expect(codeOf(await acts.recuseMember(evening, { ...recusal, facts: '' }))).toBe('recusal.facts')
  expect(codeOf(await acts.recuseMember(evening, { ...recusal, ground: 'agent' }))).toBe('input.invalid')
  valueOf(await acts.recuseMember(evening, recusal))
  expect(codeOf(await acts.recordMeeting(evening, await minutes(name)))).toBe('meeting.recusal-open')
  valueOf(await acts.recuseMember(evening, { ...recusal, granted: 'yes' }))
  const ballots = { name, item: first!.id, votes: { [who('示範甲')]: 'for', [who('示範乙')]: 'for', [who('示範丁')]: 'for', [who('示範戊')]: 'against' }, dissents: { [who('示範戊')]: '原處分並無違法。' } }
  expect(codeOf(await acts.recordBallots(evening, { ...ballots, votes: { ...ballots.votes, [who('示範丙')]: 'for' } }))).toBe('ballot.recused')
  valueOf(await acts.recordBallots(evening, ballots))
  await expect(acts.recordBallots(evening, { ...ballots, item: 1 })).rejects.toThrow(NotFound)
  // two of the five away: for the first item, with one sitting out, two are too few of five
  expect(codeOf(await acts.recordMeeting(evening, await minutes(name, { away: { 示範乙: 'leave', 示範丁: 'leave' } })))).toBe('meeting.quorum')
  carried.length = 0
  valueOf(await acts.recordMeeting(evening, await minutes(name, { endsAt: '11:30', remarks: '主席致詞（略）。' })))
  expect(carried.map(({ number, decision }) => [number, decision])).toEqual([[a, 'passed'], [b, 'passed']])
  const file = await fileOf(name)
  expect(file).toMatchObject({ stage: 'closed', outcome: 'held' })
  for (const part of ['時間：民國110年6月15日', '出席委員：示範甲、示範乙、示範丙、示範丁、示範戊', `案由一：${a}`, '迴避：示範丙，當事人申請，有具體事實', '應迴避，未參與本案審議', '贊成 3 票、反對 1 票、棄權 0 票', '不同意見（示範戊 請求列入紀錄）：原處分並無違法。', '案由三：確認前次紀錄', '出席委員無異議', '主席致詞（略）。', '散會：11:30']) expect(file.minutes).toContain(part)
  expect(codeOf(await acts.recordMeeting(evening, await minutes(name)))).toBe('meeting.closed')

  expect(codeOf(await acts.approveMinutes(at(law, '110/7/1 10:00'), { name, on: '110/6/14' }))).toBe('meeting.approval-day')
  valueOf(await acts.approveMinutes(at(law, '110/7/1 10:00'), { name, on: '110/7/1', note: '第 2 次會議確認' }))
  expect(codeOf(await acts.approveMinutes(at(law, '110/7/1 11:00'), { name, on: '110/7/1' }))).toBe('meeting.approved')
})

test('a term that ended has no seat in later meetings, and stays in the earlier ones', async () => {
  const id = (await db.selectFrom('committee_members').select('id').where('name', '=', '示範戊').executeTakeFirstOrThrow()).id
  expect(codeOf(await acts.endMember(at(law, '110/7/1 10:00'), { member: id, untilOn: '109/7/1' }))).toBe('committee.term')
  valueOf(await acts.endMember(at(law, '110/7/1 10:00'), { member: id, untilOn: '110/6/30' }))
  const later = await plan([await makeCase()], { on: '110/7/15' })
  expect((await fileOf(later)).people.map(({ name }) => name)).not.toContain('示範戊')
  await expect(acts.endMember(at(stranger, '110/7/1 10:00'), { member: id, untilOn: '110/6/30' })).rejects.toThrow(NotAllowed)
  expect((await db.selectFrom('committee_members').select('until_on').where('id', '=', id).executeTakeFirstOrThrow()).until_on).toBe(day('2021-06-30'))
})

test('events, stages, numbers and rows prove each other', async () => {
  expect((await verifyAll(db)).flatMap(({ differences }) => differences)).toEqual([])
})
