import type { Caller } from '../../core/act.ts'
import type { Db } from '../../core/db.ts'
import { write } from '../../core/db.ts'
import { isRefusal, type Result, valueOf } from '../../core/errors.ts'
import { grant } from '../../core/identity/permissions.ts'
import { openJobs } from '../../core/jobs/jobs.ts'
import { saveSetting } from '../../core/identity/settings.ts'
import { findPerson } from '../../core/identity/sessions.ts'
import { addDays, dayOf, parseInstant } from '../../core/time.ts'
import { makePerson, makePetition, makeUnit, useTestKeys } from '../../../test/support/makers.ts'
import { dispatchPetition } from './dispatch/actions.ts'
import { acceptPetition } from './handling/accept.ts'
import { permissions } from './permissions.ts'
import './tables.ts'

export type Staff = Awaited<ReturnType<typeof makePerson>>

/** A small county office: the desk, a bureau with a section, another bureau; each with its people. */
export async function makeOffice(db: Db) {
  useTestKeys()
  grant(permissions)
  await openJobs(db)
  await write(db, (tx) => saveSetting(tx, 'county.name', '示範縣政府'))
  const admin = await makeUnit(db, '行政處')
  const works = await makeUnit(db, '工務處')
  const roads = await makeUnit(db, '養護科', { kind: 'section', parentId: works })
  const environment = await makeUnit(db, '環境保護局', { kind: 'bureau' })
  return {
    units: { admin, works, roads, environment },
    clerk: await makePerson(db, '林收發', 'clerk', admin),
    control: await makePerson(db, '吳研考', 'control', admin),
    adminHead: await makePerson(db, '許處長', 'head', admin),
    officer: await makePerson(db, '陳承辦', 'officer', roads),
    colleague: await makePerson(db, '李同仁', 'officer', roads),
    chief: await makePerson(db, '黃科長', 'section-chief', roads),
    head: await makePerson(db, '張處長', 'head', works),
    stranger: await makePerson(db, '周外人', 'officer', environment),
    environmentHead: await makePerson(db, '鄭局長', 'head', environment),
  }
}
export type Office = Awaited<ReturnType<typeof makeOffice>>

/** The same person at another moment. */
export const at = <C extends Caller>(caller: C, text: string): C => ({ ...caller, now: instant(text) })

export function instant(text: string): Date {
  const found = parseInstant(text)
  if (!found) throw new Error(`not an instant: ${text}`)
  return found
}

/** A petition received on Monday 110/4/12 that an officer of the section works on since the next day. */
export async function makeInHand(db: Db, office: Office, more: Parameters<typeof makePetition>[2] = {}): Promise<string> {
  const { number } = await makePetition(db, instant('110/4/12 10:00'), more)
  valueOf(await dispatchPetition(at(office.clerk, '110/4/12 11:00'), { name: number, unitId: office.units.roads, jointUnitIds: [] }))
  valueOf(await acceptPetition(at(office.officer, '110/4/13 09:00'), { name: number }))
  return number
}

/** `absent` is away on that day and the day after; `deputy` stands in. Gives the deputy as they are then. */
export async function standIn(db: Db, deputy: Staff, absent: Staff): Promise<Staff> {
  const today = dayOf(new Date())
  await write(db, (tx) => tx.insertInto('deputies').values({ person_id: absent.person.id, deputy_id: deputy.person.id, from_day: today, until_day: addDays(today, 1) }).execute())
  return { ...deputy, person: (await findPerson(db, deputy.person.id))! }
}

export function codeOf(result: Result<unknown>): string | null {
  return isRefusal(result) ? result.code : null
}

export async function stageOf(db: Db, name: string) {
  return db.selectFrom('cases').selectAll().where((eb) => eb.or([eb('number', '=', name), eb('follow_no', '=', name)])).executeTakeFirstOrThrow()
}
