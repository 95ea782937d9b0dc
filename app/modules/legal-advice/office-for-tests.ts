import { sql } from 'kysely'
import { makePerson, makeUnit, useTestKeys } from '../../../test/support/makers.ts'
import type { Db } from '../../core/db.ts'
import { isRefusal, type Result, valueOf } from '../../core/errors.ts'
import { openJobs } from '../../core/jobs/jobs.ts'
import { parseInstant } from '../../core/time.ts'
import { declareModules } from '../../start.ts'
import { addLawyer } from './lawyers/acts.ts'
import { planSession } from './sessions/acts.ts'
import './tables.ts'

export type Staff = Awaited<ReturnType<typeof makePerson>>
export const at = <C extends object>(caller: C, text: string): C & { now: Date } => ({ ...caller, now: parseInstant(text)! })
export const codeOf = (result: Result<unknown>) => (isRefusal(result) ? result.code : null)

/** The law section, the desk, two lawyers on the roster with sign-ins, and others; `speciality` by code. */
export async function makeOffice(db: Db) {
  declareModules()
  useTestKeys()
  await openJobs(db)
  const unit = await makeUnit(db, '行政處')
  const other = await makeUnit(db, '社會處')
  const staff = {
    law: await makePerson(db, '謝示範', 'law', unit), clerk: await makePerson(db, '林示範', 'clerk', unit), lawyer: await makePerson(db, '律示範甲', 'lawyer', unit), second: await makePerson(db, '律示範乙', 'lawyer', unit),
    officer: await makePerson(db, '陳示範', 'officer', other), admin: await makePerson(db, '許示範', 'administrator', unit),
  }
  const speciality = Object.fromEntries((await db.selectFrom('advice_specialities').select(['id', 'code']).execute()).map(({ id, code }) => [code, id])) as Record<string, number>
  const add = async (who: Staff, name: string, codes: string[]) => valueOf(await addLawyer(at(staff.law, '110/1/4 09:00'), { name, login: who.person.login, specialities: codes.map((code) => speciality[code]), validFrom: '110/1/1', validUntil: '119/12/31' })).id
  const lawyers = { first: await add(staff.lawyer, '示範甲', ['family', 'debt', 'other']), second: await add(staff.second, '示範乙', ['labour', 'debt']) }
  const plan = async (on: string, more: object = {}) => valueOf(await planSession(at(staff.law, '110/4/1 09:00'), { on, startsAt: '14:00', endsAt: '15:00', minutes: 20, place: '第一會議室', lawyers: [lawyers.first], ...more })).number
  return { ...staff, speciality, lawyers, plan }
}

/** The link of the last mail to an address, as its token; mails are kept in the outbox. */
export async function lastToken(db: Db, purpose?: string): Promise<string> {
  const { rows } = await sql<{ text: string }>`select text from mail_messages where text like '%/legal-advice/mine/%' ${purpose ? sql`and purpose = ${purpose}` : sql``} order by id desc limit 1`.execute(db)
  return /\/legal-advice\/mine\/([\w-]+)/.exec(rows[0]!.text)![1]!
}

export const slotsOf = async (db: Db, session: string) => (await sql<{ id: number; at: Date }>`select t.id, t.at from advice_slots t join cases c on c.id = t.session_id where c.number = ${session} order by t.at, t.desk_id`.execute(db)).rows
export const bookingOf = async (db: Db, number: string) => (await sql<{ id: number; stage: string; outcome: string | null; slot_id: number | null; slot_at: Date | null; conflict: boolean | null; ticket: number | null; desk_id: number | null }>`
  select b.id, c.stage, c.outcome, b.slot_id, b.slot_at, b.conflict, b.ticket, b.desk_id from advice_bookings b join cases c on c.id = b.case_id where c.number = ${number}`.execute(db)).rows[0]!
