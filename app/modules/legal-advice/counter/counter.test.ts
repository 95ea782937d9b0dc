import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { createTestDatabase } from '../../../../test/support/database.ts'
import { plansOf } from '../../../../test/support/plans.ts'
import { write } from '../../../core/db.ts'
import { NotAllowed, NotFound, ProofNeeded, valueOf } from '../../../core/errors.ts'
import { figureCases, figureValues, figureSplit } from '../../../core/figures/compute.ts'
import { readHeld } from '../../../core/personal-data/held.ts'
import { unseal } from '../../../core/personal-data/index.ts'
import { day, parseInstant } from '../../../core/time.ts'
import { verifyAll } from '../../../core/verify.ts'
import { callNext, endConsultation, writeRecord } from '../desk/acts.ts'
import { sealForLawyer, unsealForLawyer } from '../desk/lawyer-key.ts'
import { findOpenedRecord, openRecord } from '../desk/record.ts'
import { figures } from '../figures.ts'
import { at, bookingOf, codeOf, makeOffice, slotsOf } from '../office-for-tests.ts'
import { endSession } from '../sessions/acts.ts'
import { findSession, findSheet } from '../sessions/queries.ts'
import { deleteQuestion, saveQuestion, saveSpeciality } from '../topics/acts.ts'
import { bookAtCounter, checkIn, endWithout, takeWalkIn, undoArrival } from './acts.ts'
import { findOpened, openNames } from './opening.ts'

const { db } = await createTestDatabase()
const office = await makeOffice(db)
const session = await office.plan('110/4/7', { lawyers: [office.lawyers.first, office.lawyers.second] })
const clerk = (time: string) => at(office.clerk, `110/4/7 ${time}`)
const lawyer = (time: string) => at(office.lawyer, `110/4/7 ${time}`)
const someone = (name: string, speciality: string, more: object = {}) => ({ session, name, speciality: office.speciality[speciality], phone: '082-000-001', origin: '', ...more })
const numbers: Record<string, string> = {}

test('the desk books a time without mail; not one that is taken, gone or of another matter', async () => {
  const slots = await slotsOf(db, session)
  numbers.first = valueOf(await bookAtCounter(at(office.clerk, '110/4/5 09:00'), someone('甲示範', 'family', { slot: slots[0]!.id }))).number
  numbers.absent = valueOf(await bookAtCounter(at(office.law, '110/4/5 09:00'), someone('乙示範', 'debt', { slot: slots[1]!.id }))).number
  expect(codeOf(await bookAtCounter(at(office.clerk, '110/4/5 09:01'), someone('丙示範', 'family', { slot: slots[0]!.id })))).toBe('slot.taken')
  expect(codeOf(await bookAtCounter(at(office.clerk, '110/4/5 09:01'), someone('丙示範', 'criminal', { slot: slots[2]!.id })))).toBe('advice.other-speciality')
  expect(codeOf(await bookAtCounter(clerk('15:00'), someone('丙示範', 'family', { slot: slots[2]!.id })))).toBe('advice.closed')
  await expect(bookAtCounter(office.officer, someone('丙示範', 'family', { slot: slots[2]!.id }))).rejects.toThrow(NotAllowed)
  await expect(bookAtCounter(office.lawyer, someone('丙示範', 'family', { slot: slots[2]!.id }))).rejects.toThrow(NotAllowed)
})

test('who comes gets a number, walk-ins in the same queue; a wrong check-in is taken back', async () => {
  expect(codeOf(await checkIn(at(office.clerk, '110/4/6 13:50'), { name: numbers.first }))).toBe('session.other-day')
  const walkIn = valueOf(await takeWalkIn(clerk('13:40'), someone('丁示範', 'other')))
  numbers.walkIn = walkIn.number
  expect([walkIn.ticket, valueOf(await checkIn(clerk('13:50'), { name: numbers.first })).ticket]).toEqual([1, 2])
  valueOf(await undoArrival(clerk('13:51'), { name: numbers.first }))
  expect(valueOf(await checkIn(clerk('13:52'), { name: numbers.first })).ticket).toBe(2)
  expect(codeOf(await endWithout(clerk('13:55'), { name: numbers.absent, outcome: 'no-show' }))).toBe('advice.early')
  expect(codeOf(await endWithout(clerk('14:30'), { name: numbers.first, outcome: 'later' }))).toBe('input.invalid')
  await expect(checkIn(office.officer, { name: numbers.first })).rejects.toThrow(NotAllowed)
  await expect(checkIn(clerk('13:55'), { name: '諮110-999999' })).rejects.toThrow(NotFound)
})

test('the lawyer calls who is due, then who walked in; two desks never call the same person', async () => {
  const second = at(office.second, '110/4/7 14:05')
  expect(codeOf(await callNext(second, { number: session }))).toBe('advice.nobody') // neither matter is the second lawyer's
  expect(valueOf(await callNext(lawyer('14:05'), { number: session }))).toMatchObject({ ticket: 2, name: numbers.first })
  expect(codeOf(await callNext(lawyer('14:06'), { number: session }))).toBe('advice.busy')
  await expect(endConsultation(second, { name: numbers.first, result: 'served' })).rejects.toThrow(NotFound)
  await expect(callNext(clerk('14:06'), { number: session })).rejects.toThrow(NotAllowed)
  valueOf(await endConsultation(lawyer('14:25'), { name: numbers.first, result: 'served' }))
  expect(valueOf(await callNext(lawyer('14:26'), { number: session }))).toMatchObject({ ticket: 1, name: numbers.walkIn })
  expect(valueOf(await endConsultation(lawyer('14:27'), { name: numbers.walkIn, result: 'recused' }))).toEqual({ moved: false }) // nobody else here does it
  expect(await bookingOf(db, numbers.walkIn!)).toMatchObject({ stage: 'closed', outcome: 'recused' })
})

test('who is recused from at one desk goes to another that does the same', async () => {
  const { number, ticket } = valueOf(await takeWalkIn(clerk('14:28'), someone('戊示範', 'debt')))
  expect(valueOf(await callNext(lawyer('14:30'), { number: session })).ticket).toBe(ticket)
  expect(valueOf(await endConsultation(lawyer('14:31'), { name: number, result: 'recused' }))).toEqual({ moved: true })
  expect(valueOf(await callNext(at(office.second, '110/4/7 14:32'), { number: session })).ticket).toBe(ticket)
  valueOf(await endConsultation(at(office.second, '110/4/7 14:50'), { name: number, result: 'served' }))
})

test('the record is sealed, the lawyer’s alone, opened only after proving, and in no copy of the office', async () => {
  const words = '當事人詢問離婚後財產分配，建議先聲請調解。'
  expect(codeOf(await writeRecord(lawyer('14:40'), { name: numbers.first, text: '' }))).toBe('input.invalid')
  valueOf(await writeRecord(lawyer('14:40'), { name: numbers.first, text: '先前的字' }))
  valueOf(await writeRecord(lawyer('14:41'), { name: numbers.first, text: words }))
  const rows = await sql<{ text: Buffer }>`select text from advice_records union all select text from windlion_history.advice_records`.execute(db)
  // the county's key alone shows no word of it: beneath lies the lawyer's own
  for (const { text } of rows.rows) expect(unseal(text)).toMatch(/^lawyer-key-1:[\w+/=]+$/)
  const { id: lawyerId } = await db.selectFrom('advice_lawyers').select('id').where('person_id', '=', office.lawyer.person.id).executeTakeFirstOrThrow()
  expect((await Promise.all(rows.rows.map(({ text }) => unsealForLawyer(db, lawyerId, text)))).toSorted()).toEqual(['先前的字', words].toSorted())
  const other = await db.selectFrom('advice_lawyers').select('id').where('id', '<>', lawyerId).executeTakeFirstOrThrow()
  await write(db, (tx) => sealForLawyer(tx, other.id, '另一位的字'))
  await expect(unsealForLawyer(db, other.id, rows.rows[0]!.text)).rejects.toThrow()
  for (const who of [office.law, office.clerk, office.admin]) await expect(openRecord({ ...who, now: parseInstant('110/4/7 15:00')! }, { name: numbers.first })).rejects.toThrow(NotAllowed)
  expect(codeOf(await openRecord(at(office.second, '110/4/7 15:00'), { name: numbers.first }))).toBe('record.none')
  await expect(openRecord({ ...lawyer('15:00'), session: { id: 0, proved: false } }, { name: numbers.first })).rejects.toThrow(ProofNeeded)
  // who stands in for the lawyer gets nothing either
  const deputy = { ...office.clerk, person: { ...office.clerk.person, deputyFor: [{ id: office.lawyer.person.id, name: '律', posts: office.lawyer.person.posts }] } }
  expect(codeOf(await openRecord(at(deputy, '110/4/7 15:00'), { name: numbers.first }))).toBe('record.none')
  valueOf(await openRecord(lawyer('15:00'), { name: numbers.first }))
  const seen = (who: typeof office.lawyer, time: string) => findOpenedRecord(db, who.person, numbers.first!, parseInstant(`110/4/7 ${time}`)!)
  expect(await seen(office.lawyer, '15:05')).toMatchObject({ text: words })
  expect([await seen(office.lawyer, '15:11'), await seen(office.second, '15:05'), await seen(office.law, '15:05')]).toEqual([null, null, null])
  const { id } = await db.selectFrom('cases').select('id').where('number', '=', numbers.first!).executeTakeFirstOrThrow()
  const copy = JSON.stringify(await readHeld(db, id, { name: '甲示範' }))
  expect(copy).toContain('甲示範')
  expect(copy).not.toContain('離婚')
  expect((await sql`select from case_texts where case_id = ${id}`.execute(db)).rows).toEqual([])
  await expect(writeRecord(at(office.second, '110/4/7 15:00'), { name: numbers.first, text: '別人的' })).rejects.toThrow(NotFound)
})

test('names are opened for a purpose, on the record, for ten minutes; a lawyer opens those of their own desk', async () => {
  await expect(openNames({ ...clerk('15:00'), session: { id: 0, proved: false } }, { names: [numbers.first], purpose: '當天報到與叫號' })).rejects.toThrow(ProofNeeded)
  await expect(openNames(at(office.second, '110/4/7 15:00'), { names: [numbers.first], purpose: '諮詢前檢核利益衝突' })).rejects.toThrow(NotFound)
  await expect(openNames(office.officer, { names: [numbers.first], purpose: '當天報到與叫號' })).rejects.toThrow(NotAllowed)
  valueOf(await openNames(clerk('15:00'), { names: [numbers.first], purpose: '當天報到與叫號' }))
  const { id } = await db.selectFrom('cases').select('id').where('number', '=', numbers.first!).executeTakeFirstOrThrow()
  const open = async (time: string, who = office.clerk) => [...(await findOpened(db, who.person, [id], parseInstant(`110/4/7 ${time}`)!))]
  expect([await open('15:05'), await open('15:11'), await open('15:05', office.law)]).toEqual([[id], [], []])
  const file = await findSession(db, office.second.person, session)
  expect((await findSheet(db, office.second.person, file.id)).map(({ stage, outcome }) => outcome ?? stage)).toEqual(['booked', 'served'])
})

test('ending the day makes who did not come 未到; the figures count sessions, persons and shares', async () => {
  valueOf(await takeWalkIn(clerk('14:55'), someone('己示範', 'debt')))
  expect(codeOf(await endSession(clerk('17:10'), { number: session }))).toBe('session.people')
  valueOf(await callNext(lawyer('16:00'), { number: session }))
  valueOf(await endConsultation(lawyer('16:20'), { name: '諮110-000005', result: 'served' }))
  expect(codeOf(await endSession(at(office.clerk, '110/4/6 17:10'), { number: session }))).toBe('session.future')
  valueOf(await endSession(clerk('17:10'), { number: session }))
  expect(await bookingOf(db, numbers.absent!)).toMatchObject({ stage: 'closed', outcome: 'no-show' })
  const span = { from: day('2021-04-01'), to: day('2021-09-30'), statusOn: day('2021-10-31'), asOf: null }
  const values = await figureValues(db, figures, span)
  expect(Object.fromEntries(Object.entries(values).map(([id, { value }]) => [id.replace('legal_aid.', ''), value]))).toEqual({ sessions: 1, persons: 3, no_show_rate: 0.5, waiting_minutes: 13, days_ahead: 2 })
  const persons = figures.find(({ id }) => id === 'legal_aid.persons')!
  expect(await figureCases(db, persons, span)).toHaveLength(3)
  expect((await figureSplit(db, persons, span, 'category')).map(({ label, value }) => [label, value])).toEqual(expect.arrayContaining([['債務與契約', 2], ['家事與繼承', 1]]))
  expect((await figureValues(db, figures, { ...span, statusOn: day('2021-04-06') }))['legal_aid.persons']!.value).toBe(0)
})

test('topics are the office’s: questions never go round, what is led to stays', async () => {
  const law = at(office.law, '110/4/8 09:00')
  expect(codeOf(await saveSpeciality(law, { name: '勞動', position: 9, active: 'yes' }))).toBe('topic.same')
  expect(codeOf(await saveSpeciality(law, { id: office.speciality.labour, name: '勞動', position: 4 }))).toBe('topic.led')
  const { id } = valueOf(await saveSpeciality(law, { name: '智慧財產', position: 9, active: 'yes' }))
  const asked = valueOf(await saveQuestion(law, { text: '是著作還是商標？', answers: [{ text: '著作', to: `s${id}` }, { text: '商標', to: `s${id}` }, { text: '', to: '' }] }))
  expect(codeOf(await saveQuestion(law, { id: asked.id, text: '是著作還是商標？', answers: [{ text: '著作', to: `s${id}` }, { text: '商標', to: `q${asked.id}` }] }))).toBe('question.round')
  expect(codeOf(await saveQuestion(law, { id: asked.id, text: '是著作還是商標？', answers: [{ text: '著作', to: `s${id}` }, { text: '商標', to: 'q1' }] }))).toBe(null)
  expect(codeOf(await saveQuestion(law, { id: 4, text: '是不是有人報案？', answers: [{ text: '是', to: `q${asked.id}` }, { text: '不是', to: `s${id}` }] }))).toBe('question.round')
  expect([codeOf(await deleteQuestion(law, { id: 1 })), codeOf(await deleteQuestion(law, { id: 2 })), codeOf(await deleteQuestion(law, { id: asked.id }))]).toEqual(['question.first', 'question.led', null])
  await expect(saveSpeciality(office.clerk, { name: '別的', position: 1 })).rejects.toThrow(NotAllowed)
})

test('events, stages, numbers and rows prove each other', async () => {
  expect((await verifyAll(db)).flatMap(({ differences }) => differences)).toEqual([])
})

test('the consultations of a period cost what the period holds: sessions by day, bookings by session', async () => {
  await write(db, async (tx) => {
    await sql`with s as (insert into cases (kind, follow_no, title, stage, closed_at, outcome) select 'legal-session', 's' || n, '場', 'closed', now(), 'held' from generate_series(1, 2000) n returning id)
      insert into advice_sessions (id, held_on, starts_at, ends_at, minutes, place) select id, '2001-01-01'::date + (row_number() over ())::int * 3, '14:00', '17:00', 20, '室' from s`.execute(tx)
    await sql`with c as (insert into cases (kind, follow_no, title, stage, closed_at, outcome) select 'legal-advice', 'c' || n, '諮', 'closed', now(), 'served' from generate_series(1, 8000) n returning id)
      insert into advice_bookings (case_id, session_id, way, filed_at, confirmed_at) select id, (select min(id) from advice_sessions where place = '室') + (row_number() over ())::int % 2000, 'imported', now(), now() from c`.execute(tx)
  })
  await sql`analyze cases, advice_sessions, advice_bookings`.execute(db)
  const plans = JSON.stringify(await plansOf(db, async (reader) => void (await figureValues(reader, [figures[1]!], { from: day('2010-04-01'), to: day('2010-04-30'), statusOn: day('2026-04-30'), asOf: null }))))
  expect(plans).toMatch(/advice_sessions_held/)
  expect(plans).toMatch(/advice_bookings_session/)
})
