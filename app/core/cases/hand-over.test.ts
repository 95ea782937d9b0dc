import { randomBytes, randomUUID } from 'node:crypto'
import { tmpdir } from 'node:os'
import { expect, test } from 'vitest'
import { Browser } from '../../../test/support/browser-less.ts'
import { createTestDatabase } from '../../../test/support/database.ts'
import { makePerson } from '../../../test/support/makers.ts'
import { registerProject } from '../../modules/control/register.ts'
import { codeOf, makeInHand, makeOffice, type Staff, standIn, stageOf } from '../../modules/petitions/office-for-tests.ts'
import { confidePetition } from '../../modules/petitions/registration/confide.ts'
import { mergePetitions } from '../../modules/petitions/registration/merge.ts'
import { office as officeModule } from '../../modules/office/index.ts'
import { declareModules } from '../../start.ts'
import { write } from '../db.ts'
import { NotAllowed, ProofNeeded, valueOf } from '../errors.ts'
import { findPersonFile } from '../identity/people-queries.ts'
import { dayOf, rocDay } from '../time.ts'
import { tokenHash } from '../identity/sessions.ts'
import { buildServer, sessionCookie } from '../web/server.ts'
import { assignLead } from './assign.ts'
import { commonSentence, findCommonEvents } from './common-history.ts'
import { handOverCases } from './hand-over.ts'
import { findHandersOver, findHolders } from './hand-over-people.ts'
import { findInHands, markOf } from './in-hands.ts'
import { findHandOvers, takeBackCases } from './take-back.ts'

declareModules()
const { db } = await createTestDatabase()
const office = await makeOffice(db)
const today = dayOf(new Date())
await db.updateTable('people').set({ email: 'successor@windlion.example' }).where('id', '=', office.colleague.person.id).execute()
const planner = await makePerson(db, '鄭列管', 'control', office.units.works)

/** Three petitions, two letters joined to the first; a project; a confidential petition; one petition of another unit. All the officer's. */
const main = await makeInHand(db, office, { title: '巷口路燈不亮' })
const letter = await makeInHand(db, office, { title: '同一盞路燈' })
const hidden = await makeInHand(db, office, { title: '同一盞路燈，請保密' })
const other = await makeInHand(db, office, { title: '人行道破損' })
valueOf(await confidePetition(office.officer, { name: hidden, confidential: '1', reason: '檢舉人要求' }))
valueOf(await mergePetitions(office.officer, { name: main, members: [letter] }))
const project = valueOf(await registerProject(office.control, { title: '路燈更新計畫', level: 'major', grade: 'county', unitId: office.units.roads, summary: '更新路燈', budgetTwd: '100萬', startOn: rocDay(today), finishOn: rocDay(today), milestones: '', internal: 'yes' })).number
const away = await makeInHand(db, office, { title: '別單位的' })
await write(db, async (tx) => {
  await assignLead(tx, { caseId: (await stageOf(db, project)).id, unitId: office.units.roads, officerId: office.officer.person.id, at: new Date(), endedAs: 'reassigned' })
  await assignLead(tx, { caseId: (await stageOf(db, away)).id, unitId: office.units.environment, officerId: office.officer.person.id, at: new Date(), endedAs: 'reassigned' })
})
const from = office.officer.person.id
const asked = async (who: Staff, more: Record<string, unknown> = {}) => ({ from, to: office.colleague.person.id, kinds: ['petition', 'project'], seen: markOf((await findInHands(db, who.person, from)).mine), ...more })
const officerOf = async (number: string) => (await stageOf(db, number)).officer_id

test('what a chief may hand over, what they may not open and what is elsewhere add up to all that is open', async () => {
  const { mine, unseen, elsewhere } = await findInHands(db, office.chief.person, from)
  expect(mine.map(({ name, joined }) => [name, joined])).toEqual([[main, 1], [other, 0], [project, 0]])
  expect([unseen, elsewhere]).toEqual([1, 1])
  expect(mine.reduce((sum, { joined }) => sum + 1 + joined, unseen + elsewhere)).toBe((await findPersonFile(db, from))!.open_cases)
  expect((await findHolders(db, [office.units.roads], today)).map(({ id, cases }) => [id, cases])).toEqual([[from, 5]])
  expect(await findHandersOver(db, from, ['section-chief', 'head'], today)).toEqual(['養護科 黃科長', '工務處 張處長', '環境保護局 鄭局長'])
})

test('only who leads the unit hands over, having proved who they are', async () => {
  for (const who of [office.officer, office.clerk, office.control]) await expect(handOverCases(who, await asked(office.chief))).rejects.toThrow(NotAllowed)
  await expect(handOverCases(await makePerson(db, '許管理', 'administrator', office.units.admin), await asked(office.chief))).rejects.toThrow(NotAllowed)
  await expect(handOverCases({ ...office.chief, session: { id: 0, proved: false } }, await asked(office.chief))).rejects.toThrow(ProofNeeded)
  // a head elsewhere finds only what their own unit has, and nobody of theirs may take it
  expect((await findInHands(db, office.environmentHead.person, from)).mine.map(({ name }) => name)).toEqual([away])
  expect(codeOf(await handOverCases(office.environmentHead, await asked(office.environmentHead)))).toBe('cases.none-to-hand-over')
})

test('to nobody whose post does not reach the unit, whose work is another, or who has left', async () => {
  expect(codeOf(await handOverCases(office.chief, await asked(office.chief, { to: office.stranger.person.id })))).toBe('cases.none-to-hand-over')
  expect(codeOf(await handOverCases(office.chief, await asked(office.chief, { to: planner.person.id })))).toBe('cases.none-to-hand-over')
  expect(codeOf(await handOverCases(office.chief, await asked(office.chief, { to: from })))).toBe('cases.same-officer')
  expect(codeOf(await handOverCases(office.chief, await asked(office.chief, { kinds: [] })))).toBe('input.invalid')
  const gone = await makePerson(db, '宋離職', 'officer', office.units.roads)
  await db.updateTable('people').set({ locked_at: new Date() }).where('id', '=', gone.person.id).execute()
  expect(codeOf(await handOverCases(office.chief, await asked(office.chief, { to: gone.person.id })))).toBe('cases.no-successor')
  // what somebody may do as a deputy ends with it
  const deputy = await standIn(db, office.stranger, office.head)
  expect(codeOf(await handOverCases(office.chief, await asked(office.chief, { to: deputy.person.id })))).toBe('cases.none-to-hand-over')
  await db.deleteFrom('deputies').execute()
  expect(await officerOf(main)).toBe(from)
})

test('the page shows the list as it will be handed over, and says what it leaves out', async () => {
  const app = await buildServer({ db, publicDb: db, site: { county: '示範縣政府', demo: true, publicUrl: undefined }, routes: officeModule.routes, publicFolder: tmpdir(), behindProxy: false, logLevel: 'silent' })
  const token = randomBytes(32).toString('base64url')
  await db.insertInto('sessions').values({ token_hash: tokenHash(token), person_id: office.chief.person.id, expires_at: new Date(Date.now() + 3_600_000), label: null }).execute()
  const chief = new Browser(app, { [sessionCookie]: token })
  expect((await chief.open('/console/hand-over')).text).toContain(`/console/hand-over?from=${from}`)
  const list = await chief.open(`/console/hand-over?from=${from}&to=${office.colleague.person.id}`)
  expect(list.text).toContain('名下的未結案件 3 件')
  expect(list.text).toContain('有 1 件您不能看')
  expect(list.text).toContain('有 1 件屬於您主管以外的單位')
  expect(list.text).not.toContain('請保密')
  expect(list.form('/console/hand-over').fields).toContainEqual(['seen', (await asked(office.chief)).seen])
  expect((await chief.open(`/console/hand-over?from=${office.stranger.person.id}`)).status).toBe(404)
  await app.close()
})

test('the cases chosen go to the colleague in one act, joined letters along; a second click does nothing', async () => {
  expect(codeOf(await handOverCases(office.chief, await asked(office.chief, { seen: 'of an hour ago' })))).toBe('cases.changed')
  const form = await asked(office.chief, { kinds: 'petition', _key: 'one-form-one-act' })
  const first = valueOf(await handOverCases(office.chief, form))
  expect(first).toEqual({ cases: 2, to: '李同仁' })
  expect(valueOf(await handOverCases(office.chief, form))).toEqual(first)
  expect(codeOf(await handOverCases(office.chief, { ...form, _key: 'another-form-1' }))).toBe('cases.changed')
  expect(await Promise.all([main, letter, other, project, hidden, away].map(officerOf))).toEqual([office.colleague.person.id, office.colleague.person.id, office.colleague.person.id, from, from, from])
  const { id, unit_id: unit } = await stageOf(db, main)
  expect(unit).toBe(office.units.roads)
  const told = await db.selectFrom('events').select(['case_id', 'kind', 'person_id', 'payload']).where('kind', 'in', ['case.handed-over', 'petition.carried', 'person.cases-handed-over']).orderBy('id').execute()
  expect(told.map(({ kind }) => kind)).toEqual(['case.handed-over', 'petition.carried', 'case.handed-over', 'person.cases-handed-over'])
  expect(told[0]).toMatchObject({ case_id: id, person_id: office.chief.person.id, payload: { from, officer: office.colleague.person.id, unit } })
  expect(told.at(-1)).toMatchObject({ case_id: null, payload: { person: from, officer: office.colleague.person.id, cases: 2 } })
  const ended = await db.selectFrom('assignments').select('ended_as').where('case_id', '=', id).where('officer_id', '=', from).orderBy('id', 'desc').executeTakeFirstOrThrow()
  expect(ended.ended_as).toBe('handed-over')
})

test('the successor hears of it by mail, by numbers and days, not by what the cases are about', async () => {
  const mails = await db.selectFrom('mail_messages').select(['subject', 'text']).where('purpose', '=', 'cases.handed-over').execute()
  expect(mails).toHaveLength(1)
  expect(mails[0]!.subject).toBe('2 件案件交接給您')
  expect(mails[0]!.text).toContain('人民陳情 2 件')
  for (const number of [main, other]) expect(mails[0]!.text).toContain(number)
  expect(mails[0]!.text).not.toMatch(/路燈|人行道/)
})

test('a hand-over is taken back by who leads the unit, as far as its cases still lie there; not to somebody who has left', async () => {
  const [past] = await findHandOvers(db, office.chief.person, new Date())
  expect(past).toMatchObject({ fromName: '陳承辦', toName: '李同仁', cases: 2, back: false, fromLocked: false })
  const asked = { handOver: past!.handOver }
  expect(await findHandOvers(db, office.environmentHead.person, new Date())).toEqual([])
  await expect(takeBackCases(office.colleague, asked)).rejects.toThrow(NotAllowed)
  await expect(takeBackCases({ ...office.chief, session: { id: 0, proved: false } }, asked)).rejects.toThrow(ProofNeeded)
  expect(codeOf(await takeBackCases(office.environmentHead, asked))).toBe('cases.none-to-take-back')
  expect(codeOf(await takeBackCases(office.chief, { handOver: randomUUID() }))).toBe('cases.no-hand-over')
  const locked = (at: Date | null) => db.updateTable('people').set({ locked_at: at }).where('id', '=', from).execute()
  await locked(new Date())
  expect(codeOf(await takeBackCases(office.chief, asked))).toBe('cases.no-way-back')
  await locked(null)
  // one of them went on to somebody else meanwhile: that one stays there
  await write(db, async (tx) => assignLead(tx, { caseId: (await stageOf(db, other)).id, unitId: office.units.roads, officerId: office.chief.person.id, at: new Date(), endedAs: 'handed-over' }))
  expect(valueOf(await takeBackCases(office.chief, asked))).toEqual({ cases: 1, to: '陳承辦' })
  expect(await Promise.all([main, letter, other].map(officerOf))).toEqual([from, from, office.chief.person.id])
  expect(codeOf(await takeBackCases(office.chief, asked))).toBe('cases.none-to-take-back')
  expect((await findCommonEvents(db, (await stageOf(db, main)).id)).map(commonSentence)).toEqual(['由 陳承辦 交接給 李同仁', '由 李同仁 交回給 陳承辦'])
})

test('who works elsewhere now is shown as such to who leads the old unit', async () => {
  const moved = await makePerson(db, '孫調走', 'officer', office.units.environment)
  const number = await makeInHand(db, office, { title: '還在調走的人手上' })
  await write(db, async (tx) => assignLead(tx, { caseId: (await stageOf(db, number)).id, unitId: office.units.roads, officerId: moved.person.id, at: new Date(), endedAs: 'handed-over' }))
  const holders = await findHolders(db, [office.units.roads], today)
  expect(holders.find(({ id }) => id === moved.person.id)).toMatchObject({ elsewhere: '環境保護局', locked: false })
  expect(holders.find(({ id }) => id === from)!.elsewhere).toBeNull()
})

test('a deputy of the chief hands over in both names', async () => {
  const deputy = await standIn(db, office.colleague, office.chief)
  valueOf(await handOverCases(deputy, await asked(deputy, { kinds: ['project'] })))
  expect(await officerOf(project)).toBe(office.colleague.person.id)
  const told = await db.selectFrom('events').select(['person_id', 'on_behalf_of']).where('case_id', '=', (await stageOf(db, project)).id).where('kind', '=', 'case.handed-over').executeTakeFirstOrThrow()
  expect(told).toEqual({ person_id: office.colleague.person.id, on_behalf_of: office.chief.person.id })
})
