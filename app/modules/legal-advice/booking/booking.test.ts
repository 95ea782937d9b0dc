import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { createTestDatabase } from '../../../../test/support/database.ts'
import { makePetition } from '../../../../test/support/makers.ts'
import { NotAllowed, valueOf } from '../../../core/errors.ts'
import { parseInstant } from '../../../core/time.ts'
import { verifyAll } from '../../../core/verify.ts'
import { at, bookingOf, codeOf, lastToken, makeOffice, slotsOf } from '../office-for-tests.ts'
import { planSeries, planSession, cancelSession } from '../sessions/acts.ts'
import { holdTime } from './hold.ts'
import { lapseHoldsAt, remindAt } from './jobs.ts'
import { memberCases } from '../portal/member.tsx'
import { acceptOffer, cancelOwn, confirmBooking, findMine } from './mine.ts'

const { db } = await createTestDatabase()
const office = await makeOffice(db)
const resident = { db, person: null }
let people = 0
const wish = (more: object) => ({ for: 'family', name: '王示範', email: `r${++people}@example.org`, phone: '', opponent: '', origin: 'https://x.example', ...more })
const hold = async (on: string, more: object) => holdTime(at(resident, on), wish(more))
const count = async (table: 'advice_bookings' | 'cases') => (await sql<{ n: number }>`select count(*) as n from ${sql.table(table)}`.execute(db)).rows[0]!.n
/** Holds and confirms; gives the number and the link's token. */
async function book(on: string, more: object) {
  valueOf(await hold(on, more))
  const token = await lastToken(db, 'legal-advice.confirm')
  valueOf(await confirmBooking(at(resident, on), { token }))
  return { token, number: (await findMine(db, token))!.number! }
}
const when = (text: string) => parseInstant(text)!

test('two people who want the last time at once: one has it, the other is told', async () => {
  const session = await office.plan('110/4/7', { endsAt: '14:20' })
  const [slot] = await slotsOf(db, session)
  const results = await Promise.all(Array.from({ length: 8 }, () => hold('110/4/2 10:00', { slot: slot!.id })))
  expect(results.map(codeOf).filter((code) => code === null)).toHaveLength(1)
  expect(results.map(codeOf).filter((code) => code === 'slot.taken')).toHaveLength(7)
  await expect(sql`insert into advice_bookings (session_id, slot_id, slot_at, way, filed_at) select session_id, id, at, 'portal', now() from advice_slots where id = ${slot!.id}`.execute(db)).rejects.toThrow('advice_bookings_slot')
})

test('a hold that nobody confirms leaves nothing behind, and the time is free again', async () => {
  const session = await office.plan('110/4/8')
  const [slot] = await slotsOf(db, session)
  const before = [await count('advice_bookings'), await count('cases')]
  valueOf(await hold('110/4/2 10:00', { slot: slot!.id }))
  const token = await lastToken(db, 'legal-advice.confirm')
  await lapseHoldsAt(db, when('110/4/3 09:59'))
  expect(await findMine(db, token)).toMatchObject({ stage: null, heldOn: '2021-04-08' })
  expect(codeOf(await confirmBooking(at(resident, '110/4/3 10:00'), { token }))).toBe('advice.expired')
  await lapseHoldsAt(db, when('110/4/3 10:00'))
  expect([await findMine(db, token), [await count('advice_bookings'), await count('cases')]]).toEqual([null, before.map((n, i) => (i === 0 ? n - 1 : n))])
  expect((await sql`select from windlion_history.advice_bookings where slot_id = ${slot!.id}`.execute(db)).rows).toEqual([])
  expect(codeOf(await hold('110/4/3 11:00', { slot: slot!.id }))).toBe(null)
})

test('wrong wishes are refused in words', async () => {
  const session = await office.plan('110/4/9')
  const [slot] = await slotsOf(db, session)
  expect(codeOf(await hold('110/4/2 10:00', { slot: slot!.id, for: 'labour' }))).toBe('advice.other-speciality')
  expect(codeOf(await hold('110/4/9 13:30', { slot: slot!.id }))).toBe('advice.closed')
  expect(codeOf(await hold('110/4/2 10:00', { slot: 999_999 }))).toBe('advice.gone')
  expect(codeOf(await hold('110/4/2 10:00', { slot: slot!.id, email: 'nobody' }))).toBe('input.invalid')
  for (const each of [0, 1]) valueOf(await hold('110/4/2 10:00', { slot: (await slotsOf(db, session))[each]!.id, email: 'greedy@example.org' }))
  expect(codeOf(await hold('110/4/2 10:00', { slot: (await slotsOf(db, session))[2]!.id, email: 'Greedy@Example.org' }))).toBe('advice.too-many')
  expect(codeOf(await confirmBooking(resident, { token: 'x' }))).toBe('advice.unknown')
})

test('who waits first is offered the time that was given back; an offer not taken goes to the next', async () => {
  const session = await office.plan('110/4/14', { endsAt: '14:20' })
  const [slot] = await slotsOf(db, session)
  const first = await book('110/4/5 09:00', { slot: slot!.id })
  const waiting = [await book('110/4/5 10:00', { wait: session }), await book('110/4/5 11:00', { wait: session })]
  await book('110/4/5 10:30', { wait: session, for: 'labour' }) // the lawyer does no labour law: passed over
  expect(await findMine(db, waiting[1]!.token)).toMatchObject({ stage: 'waiting', ahead: 2, slotAt: null })
  valueOf(await cancelOwn(at(resident, '110/4/6 09:00'), { token: first.token }))
  expect(await bookingOf(db, first.number)).toMatchObject({ stage: 'closed', outcome: 'cancelled', slot_id: null })
  expect(await bookingOf(db, waiting[0]!.number)).toMatchObject({ stage: 'offered', slot_id: slot!.id })
  await lapseHoldsAt(db, when('110/4/7 09:00'))
  expect(await bookingOf(db, waiting[0]!.number)).toMatchObject({ stage: 'closed', outcome: 'not-offered', slot_id: null })
  expect(codeOf(await acceptOffer(at(resident, '110/4/7 09:01'), { token: waiting[0]!.token }))).toBe('advice.offer-over')
  expect(await bookingOf(db, waiting[1]!.number)).toMatchObject({ stage: 'offered', slot_id: slot!.id })
  valueOf(await acceptOffer(at(resident, '110/4/7 10:00'), { token: await lastToken(db, 'legal-advice.offer') }))
  expect(await bookingOf(db, waiting[1]!.number)).toMatchObject({ stage: 'booked', slot_id: slot!.id })
  expect(codeOf(await cancelOwn(at(resident, '110/4/14 14:00'), { token: waiting[1]!.token }))).toBe('advice.begun')
})

test('everybody is reminded once, in the morning of the day before', async () => {
  const session = await office.plan('110/4/15')
  const [slot] = await slotsOf(db, session)
  await book('110/4/6 09:00', { slot: slot!.id })
  expect([await remindAt(db, when('110/4/13 08:30')), await remindAt(db, when('110/4/14 08:30')), await remindAt(db, when('110/4/14 08:31'))]).toEqual([1, 1, 0]) // the 13th: the one of the day before
})

test('a name of a party in an open case of the county gives yes, without saying whose', async () => {
  const session = await office.plan('110/4/16')
  const slots = await slotsOf(db, session)
  await makePetition(db, when('110/4/1 09:00'), { sender: { name: '康　示範', email: 'k@example.org' } })
  const [clear, found] = [await book('110/4/6 09:00', { slot: slots[0]!.id, opponent: '別人' }), await book('110/4/6 09:00', { slot: slots[1]!.id, opponent: '康示範' })]
  expect([(await bookingOf(db, clear.number)).conflict, (await bookingOf(db, found.number)).conflict]).toEqual([false, true])
})

test('a series leaves out closed days; a closed day is planned only when meant; a lawyer sits at one desk at a time', async () => {
  const wishes = { startsAt: '09:00', endsAt: '12:00', minutes: 30, place: '第二會議室', lawyers: [office.lawyers.second] }
  const made = valueOf(await planSeries(at(office.law, '110/9/1 09:00'), { ...wishes, from: '110/9/10', until: '110/9/30', weekday: 2 }))
  expect(made).toEqual({ count: 2, skipped: ['2021-09-21'] })
  const law = at(office.law, '110/9/1 09:00')
  expect(codeOf(await planSession(law, { ...wishes, on: '110/9/21' }))).toBe('session.closed-day')
  expect(codeOf(await planSession(law, { ...wishes, on: '110/9/14' }))).toBe('session.lawyer-busy')
  expect(codeOf(await planSession(law, { ...wishes, on: '120/1/6', closed: 'yes' }))).toBe('session.lawyer-invalid')
  expect(codeOf(await planSession(law, { ...wishes, on: '110/8/31' }))).toBe('session.past')
  expect(codeOf(await planSession(law, { ...wishes, on: '110/9/15', endsAt: '09:10' }))).toBe('session.hours')
  await expect(planSession(office.clerk, wishes)).rejects.toThrow(NotAllowed)
})

test('a session that is cancelled tells everybody, and takes no confirmation any more', async () => {
  const session = await office.plan('110/4/21')
  const slots = await slotsOf(db, session)
  const booked = await book('110/4/6 09:00', { slot: slots[0]!.id })
  valueOf(await hold('110/4/6 09:00', { slot: slots[1]!.id }))
  const late = await lastToken(db, 'legal-advice.confirm')
  await expect(cancelSession(office.clerk, { number: session, reason: '颱風' })).rejects.toThrow(NotAllowed)
  expect(valueOf(await cancelSession(at(office.law, '110/4/6 10:00'), { number: session, reason: '颱風停止上班' }))).toEqual({ told: 1, untold: 0 })
  expect(await bookingOf(db, booked.number)).toMatchObject({ stage: 'closed', outcome: 'session-cancelled', slot_id: null })
  expect((await sql<{ text: string }>`select text from mail_messages where purpose = 'legal-advice.cancelled' order by id desc limit 1`.execute(db)).rows[0]!.text).toContain('颱風停止上班')
  expect(codeOf(await confirmBooking(at(resident, '110/4/6 10:01'), { token: late }))).toBe('advice.session-over')
  expect(codeOf(await hold('110/4/6 10:01', { slot: slots[2]!.id }))).toBe('advice.gone')
})

test('a member finds their own consultations, whose title says nothing; another address finds none', async () => {
  await office.plan('110/4/28')
  const session = await office.plan('110/4/29')
  const email = 'member@example.org'
  const { number } = await book('110/4/20 10:00', { slot: (await slotsOf(db, session))[0]!.id, email })
  const found = (address: string) => memberCases(db, { id: 1, kind: 'resident', email: address }, 10)
  expect(await found(email)).toEqual([expect.objectContaining({ number, title: '法律諮詢', path: `/legal-advice/member/${encodeURIComponent(number)}` })])
  expect(await found('else@example.org')).toEqual([])
})

test('events, stages, numbers and rows prove each other', async () => {
  expect((await verifyAll(db)).flatMap(({ differences }) => differences)).toEqual([])
})
