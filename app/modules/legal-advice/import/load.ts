import { sql } from 'kysely'
import { drawCaseNumber } from '../../../core/cases/numbers.ts'
import { caseRow } from '../../../core/cases/open.ts'
import type { Tx } from '../../../core/db.ts'
import { personalHash, seal } from '../../../core/personal-data/index.ts'
import type { CaseToChange } from '../../../core/tabular/case-import.ts'
import { type Day, parseInstant, rocDay } from '../../../core/time.ts'
import { adviceKind, sessionKind, sessionPrefix } from '../schema.ts'
import '../tables.ts'
import type { AdviceCells } from './columns.ts'
import { type AdviceRow, recordedAt } from './importer.ts'

export const startOfSession = (row: Pick<AdviceCells, 'startsAt'>): string => row.startsAt ?? '14:00'
const at = (on: Day, time: string): Date => parseInstant(`${on} ${time}`)!
const keyOf = (row: AdviceRow): string => `${row.heldOn} ${startOfSession(row)} ${row.place}`

/** Consultations with the sessions they make: the same day, hour and place is one session, held. */
export async function addConsultations(tx: Tx, importId: number, rows: readonly AdviceRow[], now: Date): Promise<void> {
  const lawyers = await lawyersOf(tx, rows)
  const desks = await desksOf(tx, importId, rows, lawyers, now)
  for (let from = 0; from < rows.length; from += 500) await addSome(tx, importId, rows.slice(from, from + 500), desks, now)
}

async function addSome(tx: Tx, importId: number, rows: readonly AdviceRow[], desks: Desks, now: Date): Promise<void> {
  const cases = await tx.insertInto('cases').values(rows.map((row) => ({
    ...caseRow({ kind: adviceKind, number: row.number, title: '法律諮詢', stage: 'closed', unitId: row.unitId, receivedAt: filedAt(row), registeredAt: filedAt(row), confidential: true, importId, closed: { at: recordedAt(row, now), outcome: row.ending } }),
    sys_from: recordedAt(row, now),
  }))).returning(['id', 'number']).execute()
  const ids = new Map(cases.map(({ id, number }) => [number!, id]))
  await tx.insertInto('advice_bookings').values(rows.map((row) => ({ case_id: ids.get(row.number)!, ...detailOf(row, desks, now), sys_from: recordedAt(row, now) }))).execute()
  await tx.insertInto('assignments').values(rows.map((row) => ({ case_id: ids.get(row.number)!, unit_id: row.unitId, role: 'lead' as const, officer_id: null, from_at: filedAt(row), until_at: recordedAt(row, now), ended_as: 'closed', note: null, sys_from: recordedAt(row, now) }))).execute()
  await tx.insertInto('events').values(rows.flatMap((row) => {
    const event = eventsOf(ids.get(row.number)!, importId, recordedAt(row, now))
    return [event('legal-advice.booked', filedAt(row), null, 'booked'), event('legal-advice.registered', filedAt(row), null, null, { number: row.number }), event(`legal-advice.${row.ending}`, recordedAt(row, now), 'booked', 'closed', { outcome: row.ending })]
  })).execute()
}

/** A row put right: it may belong to another session or lawyer now. Recorded now; what was believed before stays in history. */
export async function changeConsultation(tx: Tx, importId: number, { id, row, fields }: CaseToChange<AdviceRow>, now: Date): Promise<void> {
  const desks = await desksOf(tx, importId, [row], await lawyersOf(tx, [row]), now)
  await tx.updateTable('advice_bookings').set(detailOf(row, desks, now)).where('case_id', '=', id).execute()
  await tx.updateTable('cases').set({ unit_id: row.unitId, outcome: row.ending }).where('id', '=', id).execute()
  await tx.insertInto('events').values(eventsOf(id, importId, now)('legal-advice.corrected', now, null, null, { fields, outcome: row.ending })).execute()
}

/** When it was booked; where the file does not say, or for who walked in, when the session began. */
const filedAt = (row: AdviceRow): Date => (row.bookedOn && row.bookedOn < row.heldOn ? at(row.bookedOn, '09:00') : at(row.heldOn, startOfSession(row)))

function detailOf(row: AdviceRow, desks: Desks, now: Date) {
  const { sessionId, deskOf } = desks.get(keyOf(row))!
  return {
    session_id: sessionId, slot_id: null, slot_at: row.slotAt ? at(row.heldOn, row.slotAt) : null, desk_id: deskOf.get(row.lawyer)!, speciality_id: row.specialityId, way: row.way ?? ('imported' as const),
    name: seal(row.name), name_hash: personalHash('name', row.name), email: seal(row.email), email_hash: personalHash('email', row.email), phone: seal(row.phone), phone_hash: personalHash('phone', row.phone),
    opponent: seal(row.opponent), opponent_hash: personalHash('name', row.opponent), conflict: null, origin: null, hold_until: null, filed_at: filedAt(row), confirmed_at: filedAt(row), ticket: null,
    arrived_at: row.arrivedAt ? at(row.heldOn, row.arrivedAt) : null, called_at: row.calledAt ? at(row.heldOn, row.calledAt) : null, ended_at: recordedAt(row, now),
  }
}

type Desks = Map<string, { sessionId: number; deskOf: Map<string, number> }>

/** Sessions that are not there yet are made; a lawyer who has no desk there yet gets one. */
async function desksOf(tx: Tx, importId: number, rows: readonly AdviceRow[], lawyers: Map<string, number>, now: Date): Promise<Desks> {
  const desks: Desks = new Map()
  for (const [key, own] of Map.groupBy(rows, keyOf)) {
    const [row] = own
    const known = await findDesks(tx, row!)
    const sessionId = known?.sessionId ?? (await addSession(tx, importId, own, now))
    const deskOf = known?.deskOf ?? new Map<string, number>()
    const missing = [...new Set(own.map(({ lawyer }) => lawyer))].filter((name) => !deskOf.has(name))
    if (missing.length) {
      const since = known ? now : recordedAt(row!, now)
      const made = await tx.insertInto('advice_desks').values(missing.map((name, i) => ({ session_id: sessionId, no: deskOf.size + i + 1, lawyer_id: lawyers.get(name)!, sys_from: since }))).returning('id').execute()
      made.forEach(({ id }, i) => deskOf.set(missing[i]!, id))
      if (known) await tx.insertInto('events').values(eventsOf(sessionId, importId, now)('legal-session.corrected', now, null, null, { desks: missing.length })).execute()
    }
    desks.set(key, { sessionId, deskOf })
  }
  return desks
}

async function findDesks(tx: Tx, row: AdviceRow): Promise<{ sessionId: number; deskOf: Map<string, number> } | null> {
  const { rows } = await sql<{ sessionId: number; desk: number | null; lawyer: string | null }>`
    select s.id as "sessionId", d.id as desk, l.name as lawyer from advice_sessions s left join advice_desks d on d.session_id = s.id left join advice_lawyers l on l.id = d.lawyer_id
    where s.held_on = ${row.heldOn}::date and s.starts_at = ${startOfSession(row)}::time and s.place = ${row.place} order by d.no`.execute(tx)
  return rows[0] ? { sessionId: rows[0].sessionId, deskOf: new Map(rows.flatMap(({ desk, lawyer }) => (desk && lawyer ? [[lawyer, desk]] : []))) } : null
}

async function addSession(tx: Tx, importId: number, rows: readonly AdviceRow[], now: Date): Promise<number> {
  const row = rows[0]!
  const [called, ended] = [at(row.heldOn, '08:00'), recordedAt(row, now)]
  const number = await drawCaseNumber(tx, sessionKind, sessionPrefix, row.heldOn)
  const { id } = await tx
    .insertInto('cases')
    .values({ ...caseRow({ kind: sessionKind, number, title: `${rocDay(row.heldOn)} 法律諮詢`, stage: 'closed', unitId: row.unitId, receivedAt: called, registeredAt: called, importId, closed: { at: ended, outcome: 'held' } }), sys_from: ended })
    .returning('id')
    .executeTakeFirstOrThrow()
  await tx.insertInto('advice_sessions').values({ id, held_on: row.heldOn, starts_at: startOfSession(row), ends_at: row.endsAt ?? '17:00', minutes: row.minutes ?? 20, place: row.place, sys_from: ended }).execute()
  await tx.insertInto('assignments').values({ case_id: id, unit_id: row.unitId, role: 'lead', officer_id: null, from_at: called, until_at: ended, ended_as: 'closed', note: null, sys_from: ended }).execute()
  const event = eventsOf(id, importId, ended)
  await tx.insertInto('events').values([event('legal-session.planned', called, null, 'planned'), event('legal-session.registered', called, null, null, { number }), event('legal-session.held', ended, 'planned', 'closed', { outcome: 'held' })]).execute()
  return id
}

/** By name; who is not on the roster is entered without a sign-in, for the days and matters of these rows. */
async function lawyersOf(tx: Tx, rows: readonly AdviceRow[]): Promise<Map<string, number>> {
  const byName = Map.groupBy(rows, ({ lawyer }) => lawyer)
  const known = await tx.selectFrom('advice_lawyers').select(['id', 'name']).where('name', 'in', [...byName.keys()]).execute()
  const lawyers = new Map(known.map(({ id, name }) => [name, id]))
  for (const [name, own] of byName) {
    if (lawyers.has(name)) continue
    const days = own.map(({ heldOn }) => heldOn).toSorted()
    const { id } = await tx.insertInto('advice_lawyers').values({ name, person_id: null, specialities: [...new Set(own.map(({ specialityId }) => specialityId))], valid_from: days[0]!, valid_until: days.at(-1)! }).returning('id').executeTakeFirstOrThrow()
    lawyers.set(name, id)
  }
  return lawyers
}

/** Rows of events recorded at one instant, of one case. */
const eventsOf = (caseId: number, importId: number, recorded: Date) => (kind: string, happenedAt: Date, from: string | null, to: string | null, payload: object = {}) => ({
  kind, happened_at: happenedAt, recorded_at: recorded, case_id: caseId, person_id: null, on_behalf_of: null, from_stage: from, to_stage: to, payload: JSON.stringify({ ...payload, import: importId }) as never,
})
