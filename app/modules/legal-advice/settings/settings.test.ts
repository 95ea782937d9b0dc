import { sql } from 'kysely'
import { afterAll, expect, test } from 'vitest'
import { createTestDatabase } from '../../../../test/support/database.ts'
import { connect } from '../../../core/db.ts'
import { isRefusal, NotAllowed, type Result, valueOf } from '../../../core/errors.ts'
import { parseInstant } from '../../../core/time.ts'
import { verifyAll } from '../../../core/verify.ts'
import { endWithout } from '../counter/acts.ts'
import { holdTime } from '../booking/hold.ts'
import { lapseHoldsAt, remindAt } from '../booking/jobs.ts'
import { acceptOffer, cancelOwn, confirmBooking, findMine } from '../booking/mine.ts'
import { at, bookingOf, codeOf, lastToken, makeOffice, slotsOf } from '../office-for-tests.ts'
import { findOpenSessions, findPublicRules } from '../portal/queries.ts'
import { usualRules } from '../service-rules.ts'
import { changeRules, findRuleChanges, findRules, findRulesVersion } from './settings.ts'

const { db, url } = await createTestDatabase()
const published = connect(url, { max: 1, role: 'windlion_public' })
afterAll(() => published.close())
const office = await makeOffice(db)
const resident = { db, person: null }
const when = (text: string) => parseInstant(text)!
let people = 0
const hold = (on: string, more: object) => holdTime(at(resident, on), { for: 'family', name: '王示範', email: `r${++people}@example.org`, phone: '', opponent: '', origin: 'https://x.example', ...more })
async function book(on: string, more: object) {
  valueOf(await hold(on, more))
  const token = await lastToken(db, 'legal-advice.confirm')
  valueOf(await confirmBooking(at(resident, on), { token }))
  return { token, number: (await findMine(db, token))!.number! }
}
/** By the law section, from the page as it stands now. */
const change = async (on: string, more: object, who = office.law) => changeRules(at(who, on), { ...(await findRules(db)), version: await findRulesVersion(db), reason: '示範字第 1 號函', ...more })
const fieldOf = (result: Result<unknown>) => (isRefusal(result) ? [result.code, result.field] : null)

test('until somebody changes them the usual rules hold, on the portal too', async () => {
  expect([await findRules(db), await findPublicRules(published.db), (await findRuleChanges(db)).rows]).toEqual([usualRules, usualRules, []])
})

test.each([
  ['holdHours', '0'], ['holdHours', '169'], ['holdHours', ''], ['holdHours', '1.5'], ['holdHours', '一天'], ['offerHours', '169'], ['shortOfferHours', '0'], ['closesHours', ''], ['closesHours', '-1'],
  ['closesHours', '73'], ['openMax', '0'], ['openMax', '11'], ['minutes', '4'], ['minutes', '121'], ['remindHour', '5'], ['remindHour', '21'], ['reason', '　'], ['reason', '長'.repeat(201)],
])('%s is not %j', async (name, value) => {
  expect(fieldOf(await change('110/4/1 09:00', { [name]: value, ...(name === 'reason' ? { openMax: 3 } : {}) }))).toEqual(['input.invalid', name])
})

test('the short offer is the shorter one; a change changes something; only the law section makes one', async () => {
  expect(fieldOf(await change('110/4/1 09:00', { offerHours: 4, shortOfferHours: 5 }))).toEqual(['rules.short-offer', 'shortOfferHours'])
  expect(codeOf(await change('110/4/1 09:00', {}))).toBe('rules.same')
  for (const who of [office.clerk, office.lawyer, office.officer, office.admin]) await expect(change('110/4/1 09:00', { holdHours: 12 }, who)).rejects.toThrow(NotAllowed)
  expect([await findRules(db), await findRulesVersion(db)]).toEqual([usualRules, 0])
})

test('the next hold and offer go by the new rules; what was promised before keeps its own deadline', async () => {
  const session = await office.plan('110/4/14')
  const slots = await slotsOf(db, session)
  const before = valueOf(await hold('110/4/5 09:00', { slot: slots[0]!.id }))
  const token = await lastToken(db, 'legal-advice.confirm')
  const first = await book('110/4/5 09:00', { slot: slots[1]!.id })
  const waiting = await book('110/4/5 09:00', { wait: await fill(session, slots[2]!.id) })
  valueOf(await cancelOwn(at(resident, '110/4/13 10:00'), { token: first.token })) // offered until the 14th 10:00

  expect(valueOf(await change('110/4/13 10:01', { holdHours: '６', closesHours: '30', openMax: '1' }))).toMatchObject({ version: 1, changes: [{ name: 'holdHours', before: 24, after: 6 }, { name: 'closesHours', before: 1, after: 30 }, { name: 'openMax', before: 2, after: 1 }] })
  expect(before.until).toEqual(when('110/4/6 09:00'))
  expect(await findMine(db, token)).toMatchObject({ holdUntil: when('110/4/6 09:00') })
  valueOf(await acceptOffer(at(resident, '110/4/14 09:59'), { token: waiting.token }))
  expect(await bookingOf(db, waiting.number)).toMatchObject({ stage: 'booked', slot_id: slots[1]!.id })

  const later = await office.plan('110/4/28')
  const [one, two, three] = await slotsOf(db, later)
  expect(valueOf(await hold('110/4/20 09:00', { slot: one!.id, email: 'only@example.org' })).until).toEqual(when('110/4/20 15:00'))
  expect(codeOf(await hold('110/4/20 09:01', { slot: two!.id, email: 'only@example.org' }))).toBe('advice.too-many')
  expect(codeOf(await hold('110/4/27 07:00', { slot: one!.id }))).toBe('slot.taken')
  expect(codeOf(await hold('110/4/27 09:00', { slot: three!.id }))).toBe('advice.closed') // 30 hours before 14:40 are over at 08:40
  expect(codeOf(await hold('110/4/27 09:00', { wait: later }))).toBe('advice.gone')
})

/** The last time of a session is taken too: nothing is left but to wait. */
async function fill(session: string, slot: number): Promise<string> {
  await book('110/4/5 09:00', { slot })
  return session
}

test('the portal shows as free what can still be taken by the rules of now', async () => {
  const session = await office.plan('110/5/5')
  const free = async (now: string) => (await findOpenSessions(published.db, when(now))).find(({ number }) => number === session)?.slots.filter((slot) => slot.free).length
  expect([await findPublicRules(published.db), await free('110/5/4 07:59'), await free('110/5/4 08:01')]).toEqual([await findRules(db), 3, undefined])
  await expect(sql`select value from windlion.settings`.execute(published.db)).rejects.toThrow('permission denied')
})

test('reminders go out from the chosen hour on, once; who books after it has only just had a mail', async () => {
  valueOf(await change('110/5/1 09:00', { closesHours: 1, openMax: 2, remindHour: '17' }))
  const session = await office.plan('110/5/12')
  const slots = await slotsOf(db, session)
  await lapseHoldsAt(db, when('110/5/10 09:00'))
  await book('110/5/10 09:00', { slot: slots[0]!.id })
  expect([await remindAt(db, when('110/5/11 08:30')), await remindAt(db, when('110/5/11 17:29'))]).toEqual([0, 0])
  await book('110/5/11 17:30', { slot: slots[1]!.id })
  expect([await remindAt(db, when('110/5/11 18:30')), await remindAt(db, when('110/5/11 19:30'))]).toEqual([1, 0]) // an hour late, as after the machine was off
})

test('each change says who made it, when, why and what; a form from before somebody else’s change is refused', async () => {
  expect(codeOf(await change('110/5/20 09:00', { holdHours: 24, version: 1 }))).toBe('rules.changed')
  expect((await findRuleChanges(db)).rows).toEqual([
    { version: 2, at: when('110/5/1 09:00'), by: '謝示範', reason: '示範字第 1 號函', changes: [{ name: 'closesHours', before: 30, after: 1 }, { name: 'openMax', before: 1, after: 2 }, { name: 'remindHour', before: 8, after: 17 }] },
    { version: 1, at: when('110/4/13 10:01'), by: '謝示範', reason: '示範字第 1 號函', changes: [{ name: 'holdHours', before: 24, after: 6 }, { name: 'closesHours', before: 1, after: 30 }, { name: 'openMax', before: 2, after: 1 }] },
  ])
  const events = await db.selectFrom('events').select(['person_id', 'payload']).where('kind', '=', 'legal-advice.rules-changed').orderBy('id').execute()
  expect(events).toMatchObject([{ person_id: office.law.person.id, payload: { version: 1, holdHours: 6 } }, { person_id: office.law.person.id, payload: { version: 2, remindHour: 17 } }])
  expect((await findRuleChanges(db, 2)).rows.map(({ version }) => version)).toEqual([1])
  // the page after twenty goes on where it ended
  for (let i = 0; i < 20; i++) valueOf(await change('110/6/1 09:00', { minutes: 20 + ((i + 1) % 2) }))
  const { rows, next } = await findRuleChanges(db)
  expect([rows.length, rows[0]!.version, next, (await findRuleChanges(db, next)).rows.map(({ version }) => version)]).toEqual([20, 22, 3, [2, 1]])
  expect((await verifyAll(db)).flatMap(({ differences }) => differences)).toEqual([])
})

test('who did not come so often books no more on the web until it is long enough ago; zero is no limit', async () => {
  const session = await office.plan('110/5/14')
  const email = 'away@example.org'
  const slots = await slotsOf(db, session)
  for (const [i, slot] of slots.slice(0, 2).entries()) {
    const { number } = await book(`110/5/13 1${i}:00`, { slot: slot.id, email })
    valueOf(await endWithout(at(office.clerk, '110/5/14 17:30'), { name: number, outcome: 'no-show' }))
  }
  const later = await office.plan('110/8/25')
  const [one, two] = await slotsOf(db, later)
  valueOf(await change('110/8/11 09:00', { noShowMax: '2', noShowDays: '90' }))
  expect(await hold('110/8/12 09:00', { slot: one!.id, email })).toMatchObject({ code: 'advice.no-shows', message: expect.stringContaining('110/8/12') })
  expect(isRefusal(await hold('110/8/12 09:00', { slot: two!.id, email: 'other@example.org' }))).toBe(false)
  expect(isRefusal(await hold('110/8/13 09:00', { slot: one!.id, email }))).toBe(false)
})
