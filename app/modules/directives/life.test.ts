import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { createTestDatabase } from '../../../test/support/database.ts'
import { at, makeLawOffice, type Staff } from '../../../test/support/law-office.ts'
import { makePerson } from '../../../test/support/makers.ts'
import { write } from '../../core/db.ts'
import { isRefusal, NotAllowed, NotFound, type Result, valueOf } from '../../core/errors.ts'
import { figureValue, figureValues } from '../../core/figures/compute.ts'
import { addDays, type Day, day } from '../../core/time.ts'
import { verifyAll } from '../../core/verify.ts'
import type { ApiRoute } from '../../core/web/api.ts'
import { api } from './api.ts'
import { chaseDay, chaseStep } from './chase.ts'
import { carryOutDecisions, decideDirective, decideMany, refuseCancelWithDirectives, refuseLostSentence } from './decide.ts'
import { findDirective } from './directive.ts'
import { figures } from './figures.ts'
import { issueDirective } from './issue.ts'
import { sentencesOf, useBodyOf } from './meeting.ts'
import { countWaiting, directiveLines, findDirectives, findMeetingDirectives, findToDecide } from './queries.ts'
import { reportDirective } from './report.ts'
import { acts } from './routes/show.tsx'

const { db } = await createTestDatabase()
const office = await makeLawOffice(db)
useBodyOf(async () => ({ code: 'executive', name: '主管會報' }))
const control = await makePerson(db, '吳管考', 'control', office.units.admin)
const second = await makePerson(db, '蔡管考', 'control', office.units.admin)
const joint = await makePerson(db, '許協辦', 'officer', office.units.environment)
await db.updateTable('people').set({ email: 'chen@windlion.example' }).where('id', '=', office.officer.person.id).execute()
const codeOf = (result: Result<unknown>) => (isRefusal(result) ? result.code : null)
const said = '請工務處於五月底前完成路面坑洞巡查並提報改善期程。'

let serial = 0
/** A meeting as the core keeps it; ended unless `outcome` says otherwise. */
async function meet(heldOn: string, { outcome = 'held' as 'held' | 'cancelled' | null, remarks = said } = {}): Promise<{ id: number; number: string }> {
  const number = `主${String(++serial).padStart(6, '0')}`
  return write(db, async (tx) => {
    const held = new Date(`${heldOn}T14:00+08:00`)
    const { id } = await tx.insertInto('cases').values({ kind: 'regulation-meeting', follow_no: `F${number}`, number, title: `${heldOn} 主管會報`, stage: outcome ? 'closed' : 'planned', unit_id: null, officer_id: null, township: null, received_at: held, registered_at: held, due_on: null, closed_at: outcome ? held : null, outcome, merged_into: null, previous_id: null, import_id: null }).returning('id').executeTakeFirstOrThrow()
    await tx.insertInto('committee_meetings').values({ id, committee_id: null, sitting: null, held_on: heldOn as Day, starts_at: '14:00', ends_at: null, place: '第一會議室', chair: '縣長', invited_on: null, remarks, approved_on: null }).execute()
    return { id, number }
  })
}
const issue = (meeting: string, on: string, more: object = {}, who: Staff = control) => issueDirective(at(who, `${on} 17:00`), { meeting, sentence: said, unitId: office.units.works, due: 'day', dueOn: '114/5/30', ...more })
const made = async (meeting: string, on: string, more: object = {}) => valueOf(await issue(meeting, on, more)).number
const report = (name: string, on: string, more: object = {}, who: Staff = office.officer) => reportDirective(at(who, `${on} 10:00`), { name, work: '已完成巡查，改善期程如附件。', files: [], ...more })
const decide = (name: string, meeting: string, decision: string, on: string, more: object = {}, who: Staff = control) => decideDirective(at(who, `${on} 16:00`), { name, meeting, decision, ...more })
const check = (id: 'accept' | 'return' | 'chase', name: string, on: string, more: object = {}, who: Staff = control) => acts[id]!(at(who, `${on} 11:00`), { name, on, ...more })
const stageOf = async (name: string) => { const { stage, outcome, dueOn, delistedOn, grade } = await findDirective(db, null, name); return { stage, outcome, dueOn, delistedOn, grade } }

test('a directive is born in a sentence of a meeting, reported, checked, and taken off the list by a later meeting', async () => {
  const [first, next] = [await meet('2025-04-07'), await meet('2025-06-09')]
  expect(codeOf(await issue(first.number, '2025-04-08', { sentence: '請工務處另案研議。' }))).toBe('directive.sentence')
  expect(codeOf(await issue(first.number, '2025-04-08', { dueOn: '' }))).toBe('directive.due')
  expect(codeOf(await issue(first.number, '2025-04-06'))).toBe('directive.future')
  const name = await made(first.number, '2025-04-08', { proof: '巡查紀錄', jointIds: [office.units.environment], sentence: '請工務處於五月底前完成路面坑洞巡查\n並提報改善期程。' })
  expect(codeOf(await issue(first.number, '2025-04-08', { sentence: '請工務處於五月底前完成路面坑洞巡查\n並提報改善期程。' }))).toBe('directive.twice')
  expect(await stageOf(name)).toMatchObject({ stage: 'open', dueOn: '2025-06-02' }) // 5/30 is a holiday of the bridge, and the next days are a weekend
  expect(codeOf(await report(name, '2025-05-20', { asks: 'done', finishedOn: '114/5/19' }))).toBe('directive.no-evidence')
  expect(codeOf(await report(name, '2025-05-20', { asks: 'done' }))).toBe('directive.finished')
  valueOf(await report(name, '2025-05-20', { asks: 'working' }))
  expect(codeOf(await check('accept', name, '2025-05-21', { opinion: '請加速。' }))).toBeNull()
  expect((await stageOf(name)).stage).toBe('open')
  valueOf(await report(name, '2025-05-28', { asks: 'done', finishedOn: '114/5/27', files: [{ filename: '巡查紀錄.pdf', bytes: Buffer.from('%PDF-1.4\n%%EOF') }] }))
  valueOf(await check('accept', name, '2025-05-29', { opinion: '佐證齊備，建議解除列管。' }))
  expect((await stageOf(name)).stage).toBe('checked')
  expect(codeOf(await decide(name, first.number, 'delist', '2025-06-10'))).toBe('directive.not-later')
  valueOf(await decide(name, next.number, 'delist', '2025-06-10', { text: '准予解除列管。' }))
  expect(await stageOf(name)).toMatchObject({ stage: 'closed', outcome: 'delisted', delistedOn: '2025-06-09', dueOn: null })
  expect(codeOf(await decide(name, next.number, 'continue', '2025-06-10'))).toBe('directive.closed')
  expect(codeOf(await report(name, '2025-06-11'))).toBe('directive.closed')
})

test('the database itself refuses a directive that leaves the list without a later meeting', async () => {
  const first = await meet('2025-04-07')
  const earlier = await meet('2025-03-03')
  const { id } = await findDirective(db, null, await made(first.number, '2025-04-08'))
  const close = write(db, async (tx) => { await tx.updateTable('cases').set({ stage: 'closed', outcome: 'delisted', closed_at: new Date() }).where('id', '=', id).execute() })
  await expect(close).rejects.toThrow(/only by a recorded decision of a later meeting/)
  await expect(write(db, async (tx) => { await tx.updateTable('directives').set({ delisted_on: '2025-06-01' as Day }).where('id', '=', id).execute() })).rejects.toThrow(/later meeting/)
  const noted = { case_id: id, decision: 'delist' as const, due_on: null, unit_id: null, into_id: null, taken_at: new Date(), person_id: null }
  for (const meeting of [first, earlier]) await expect(write(db, async (tx) => { await tx.insertInto('directive_decisions').values({ ...noted, meeting_id: meeting.id }).execute() })).rejects.toThrow(/only by a later meeting/)
  // a later meeting that was never held does not count either
  const planned = await meet('2025-05-05', { outcome: null })
  await expect(write(db, async (tx) => {
    await tx.insertInto('directive_decisions').values({ ...noted, meeting_id: planned.id }).execute()
    await tx.updateTable('cases').set({ stage: 'closed', outcome: 'delisted', closed_at: new Date() }).where('id', '=', id).execute()
  })).rejects.toThrow(/later meeting/)
  await expect(write(db, async (tx) => { await tx.updateTable('cases').set({ outcome: 'cancelled' }).where('id', '=', first.id).execute() })).rejects.toThrow(/cannot be cancelled/)
})

test('decisions of a running meeting may be changed and take effect when it ends', async () => {
  const first = await meet('2025-04-07')
  const [one, other] = [await made(first.number, '2025-04-08'), await made(first.number, '2025-04-08', { unitId: office.units.environment, due: 'open' })]
  const running = await meet('2025-06-09', { outcome: null })
  const said2 = { meeting: running.number, decisions: { [one]: 'delist', [other]: 'continue' }, texts: {}, dues: {} }
  expect(await decideMany(at(control, '2025-06-09 15:00'), said2)).toMatchObject({ code: 'directive.why', field: `text-${one}` })
  valueOf(await decideMany(at(control, '2025-06-09 15:00'), { ...said2, texts: { [one]: '已現場說明完成。' } }))
  expect((await stageOf(one)).stage).toBe('open')
  valueOf(await decide(one, running.number, 'new-due', '2025-06-09', { dueOn: '114/7/31' }))
  expect((await findToDecide(db, control.person, { id: running.id, heldOn: day('2025-06-09'), startsAt: '14:00', body: { code: 'executive' } })).find(({ number }) => number === one)).toMatchObject({ noted: 'new-due', notedDueOn: '2025-07-31' })
  await write(db, async (tx) => {
    await tx.updateTable('cases').set({ stage: 'closed', outcome: 'held', closed_at: new Date() }).where('id', '=', running.id).execute()
    await carryOutDecisions(tx, { person: control.person, onBehalfOf: null, now: new Date('2025-06-09T17:00+08:00'), today: day('2025-06-09') }, running.id)
  })
  expect(await stageOf(one)).toMatchObject({ stage: 'open', dueOn: '2025-07-31' })
  expect(codeOf(await decide(one, running.number, 'delist', '2025-06-10', { text: '已經完成。' }))).toBe('directive.decided')
  expect((await findMeetingDirectives(db, control.person, running.id)).decided.map(({ decision, pending }) => [decision, pending])).toEqual([['new-due', false], ['continue', false]])
})

test('a wrong directive is put right by a later meeting: merged, given to another unit, watched by its unit, or never meant', async () => {
  const first = await meet('2025-04-07')
  const later = await meet('2025-05-05')
  const [one, two, three, four] = [await made(first.number, '2025-04-08'), await made(first.number, '2025-04-08', { unitId: office.units.admin }), await made(first.number, '2025-04-08', { unitId: office.units.section }), await made(first.number, '2025-04-08', { unitId: office.units.environment })]
  expect(codeOf(await decide(one, later.number, 'merge', '2025-05-06', { into: one, text: '併案辦理' }))).toBe('directive.into')
  valueOf(await decide(one, later.number, 'merge', '2025-05-06', { into: two, text: '併案辦理' }))
  expect(await stageOf(one)).toMatchObject({ stage: 'closed', outcome: 'merged' })
  expect(codeOf(await decide(three, later.number, 'reassign', '2025-05-06', { unitId: office.units.section }))).toBe('directive.unit')
  valueOf(await decide(three, later.number, 'reassign', '2025-05-06', { unitId: office.units.works }))
  expect((await findDirective(db, office.officer.person, three)).unitId).toBe(office.units.works)
  valueOf(await decide(two, later.number, 'to-own', '2025-05-06'))
  expect(await stageOf(two)).toMatchObject({ stage: 'open', grade: 'own' })
  expect(codeOf(await check('chase', two, '2025-06-10'))).toBe('directive.own')
  expect(codeOf(await decide(four, later.number, 'void', '2025-05-06'))).toBe('directive.why')
  valueOf(await decide(four, later.number, 'void', '2025-05-06', { text: '該句是轉述，不是指裁示。' }))
  expect(await stageOf(four)).toMatchObject({ outcome: 'void', delistedOn: '2025-05-05' })
})

test('units see and report what is theirs or what they help with; only the control section issues, checks and records decisions', async () => {
  const first = await meet('2025-04-07')
  const name = await made(first.number, '2025-04-08', { jointIds: [office.units.environment] })
  await expect(issue(first.number, '2025-04-08', {}, office.officer)).rejects.toThrow(NotAllowed)
  await expect(decide(name, first.number, 'delist', '2025-04-09', {}, office.head)).rejects.toThrow(NotAllowed)
  valueOf(await report(name, '2025-04-20', { work: '環保局配合清除落石。' }, joint))
  expect((await stageOf(name)).stage).toBe('open')
  valueOf(await report(name, '2025-04-21'))
  await expect(check('accept', name, '2025-04-22', {}, office.officer)).rejects.toThrow(NotAllowed)
  expect(codeOf(await check('return', name, '2025-04-22'))).toBe('directive.reason')
  valueOf(await check('return', name, '2025-04-22', { note: '請補照片。' }, second))
  const alone = await made((await meet('2025-04-07')).number, '2025-04-08')
  await expect(findDirective(db, office.stranger.person, alone)).rejects.toThrow(NotFound)
  await expect(report(alone, '2025-04-20', {}, joint)).rejects.toThrow(NotFound)
  expect((await findDirectives(db, joint.person, day('2025-04-30'))).rows.map(({ number }) => number)).toContain(name)
  expect((await findDirectives(db, joint.person, day('2025-04-30'))).rows.map(({ number }) => number)).not.toContain(alone)
  expect((await countWaiting(db, office.officer.person, [office.units.works])).toReport).toBe((await findDirectives(db, office.officer.person, day('2026-01-01'), { stage: 'open', leadId: office.units.works }, undefined, null)).count)
})

test('reminders climb: officer before the day, chief and head after it, control at last; each once for a due day', async () => {
  expect([chaseStep(day('2025-05-28'), day('2025-05-21')), chaseStep(day('2025-05-28'), day('2025-05-19')), chaseStep(day('2025-05-28'), day('2025-05-28')), chaseStep(day('2025-05-28'), day('2025-05-29')), chaseStep(day('2025-05-28'), day('2025-06-06')), chaseStep(day('2025-05-28'), day('2025-08-01'))]).toEqual(['before-5', null, null, 'overdue-1', 'overdue-5', 'overdue-20'])
  const first = await meet('2025-04-07')
  const name = await made(first.number, '2025-04-08', { dueOn: '114/8/29' })
  const mails = async () => (await db.selectFrom('mail_messages').select('subject').where('purpose', '=', 'directive.chased').execute()).length
  const before = await mails()
  await chaseDay(db, new Date('2025-08-25T06:35+08:00'))
  expect(await mails()).toBe(before + 1)
  expect(await chaseDay(db, new Date('2025-08-25T06:40+08:00'))).toBe(0)
  valueOf(await check('chase', name, '2025-08-26', { words: '請於週五前填報。' }))
  expect(await mails()).toBe(before + 2)
})

test('the list of a past day, the sentences of a meeting and its lines for the minutes', async () => {
  expect(sentencesOf({ items: [{ subject: '報告事項', text: '一、洽悉。\n二、請建設處研議，並於六月提報；餘照辦。' }], remarks: '散會前提醒防汛整備。', minutes: '全部' })).toEqual([
    { text: '一、洽悉。', item: '報告事項' }, { text: '二、請建設處研議，並於六月提報；', item: '報告事項' }, { text: '餘照辦。', item: '報告事項' }, { text: '散會前提醒防汛整備。', item: '' },
  ])
  const first = await meet('2025-04-07')
  const name = await made(first.number, '2025-04-08', { due: 'open' })
  expect(await directiveLines(db, first.id)).toEqual([`指裁示：${said}（${name}，工務處，未定期限）`])
  expect(codeOf({ ...(await write(db, (tx) => refuseCancelWithDirectives(tx, first.id)))! })).toBe('meeting.directives')
  const second = await meet('2025-04-14')
  valueOf(await decideDirective(at(control, '2025-04-14 18:00'), { name, meeting: second.number, decision: 'new-due', dueOn: '114/9/1', text: '因廠商交貨延遲。' }))
  expect(await directiveLines(db, second.id)).toEqual([expect.stringMatching(new RegExp(`^前次指裁示：${name} .+（工務處）：修正期限至 114/9/1。因廠商交貨延遲。$`))])
  expect(await write(db, (tx) => refuseLostSentence(tx, first.number))).toBeNull()
  await db.updateTable('committee_meetings').set({ remarks: '准予備查。' }).where('id', '=', first.id).execute()
  expect(await write(db, (tx) => refuseLostSentence(tx, first.number))).toMatchObject({ code: 'directive.lost-sentence' })
  await db.updateTable('committee_meetings').set({ remarks: said }).where('id', '=', first.id).execute()
  const listed = (on: string) => findDirectives(db, control.person, day(on), {}, undefined, null)
  expect((await listed('2025-04-06')).rows.some(({ number }) => number === name)).toBe(false)
  expect((await listed('2025-04-07')).rows.some(({ number }) => number === name)).toBe(true)
  const [page, all] = [await findDirectives(db, control.person, day('2025-04-30'), {}, undefined, 3), await listed('2025-04-30')]
  const rest = await findDirectives(db, control.person, day('2025-04-30'), {}, page.next!, 500)
  expect([...page.rows, ...rest.rows].map(({ number }) => number)).toEqual(all.rows.map(({ number }) => number))
  expect(all.count).toBe(all.rows.length)
})

test('a program reads the list of a past day and one directive whole; what its person may not see is not there', async () => {
  const [list, one] = api as unknown as [ApiRoute, ApiRoute]
  const ask = (route: ApiRoute, who: Staff, more: object) => route.handle({ db, publicDb: db, caller: at(who, '2025-07-01 09:00'), person: who.person, params: {}, query: {}, body: {}, ...more })
  const now = list.response.parse(await ask(list, control, {})) as { items: { number: string }[]; count: number }
  expect(now.count).toBe((await findDirectives(db, control.person, day('2025-07-01'), {}, undefined, null)).count)
  const name = now.items[0]!.number
  expect(one.response.parse(await ask(one, control, { params: { name } }))).toMatchObject({ number: name, sentence: said })
  expect(await ask(one, await makePerson(db, '周外人', 'officer', office.units.admin), { params: { name } })).toBe(null)
  expect(await ask(one, control, { params: { name: '裁110-999999' } })).toBe(null)
})

const balance = figures.find(({ id }) => id === 'directives.balance')!

test('listed, new, left and carried balance between any two days', async () => {
  for (let from = day('2025-04-01'); from < '2025-07-01'; from = addDays(from, 13)) {
    for (const to of [from, addDays(from, 9), addDays(from, 45)]) {
      const told = await figureValue(db, balance, { from, to, statusOn: to, asOf: null })
      const line = (key: string) => told.parts!.find((part) => part.key === key)!.value!
      expect(told.parts!.some(({ key }) => key === 'unbalanced')).toBe(false)
      expect(line('carried-in') + line('entered') - line('ended')).toBe(line('carried-out'))
      expect(line('carried-out')).toBe((await findDirectives(db, control.person, to, {}, undefined, 1)).count)
    }
  }
})

test('every figure of the half-year is counted from these cases', async () => {
  const span = { from: day('2025-04-01'), to: day('2025-04-30'), statusOn: day('2025-06-30'), asOf: null }
  const told = await figureValues(db, figures, span)
  const value = (id: string) => told[id]!.value
  const all = await findDirectives(db, control.person, span.to, { all: true }, undefined, null)
  expect(value('directives.issued')).toBe(all.count)
  expect(value('directives.delisted')).toBe(1)
  expect(value('directives.delisted_rate')).toBeCloseTo(1 / all.count, 4)
  expect((await figureValues(db, figures, { ...span, to: span.statusOn }))['directives.delisted_all']!.value).toBe(3) // one done, one merged, one never meant
  expect(value('directives.listed')).toBe((await findDirectives(db, control.person, span.statusOn, {}, undefined, 1)).count)
  expect(value('directives.by_age')).toBe(value('directives.listed'))
  expect(value('directives.overdue')! + 1).toBeGreaterThan(1)
  expect(value('directives.age_median')).toBe(84)
})

test('the record of all these directives can be proved', async () => {
  for (const proof of await verifyAll(db)) expect(proof.differences.filter((line) => !line.includes('案件 主')), proof.what).toEqual([]) // the meetings were written by this test
  expect((await sql<{ n: number }>`select count(*)::int as n from directive_decisions`.execute(db)).rows[0]!.n).toBeGreaterThan(5)
})
