import type { Caller } from '../../core/act.ts'
import { officeCalendar } from '../../core/clocks/calendar.ts'
import { valueOf } from '../../core/errors.ts'
import { addDays, type Day, dayOf, startOf, weekday } from '../../core/time.ts'
import { bookAtCounter } from './counter/acts.ts'
import { addLawyer } from './lawyers/acts.ts'
import { planSession } from './sessions/acts.ts'
import './tables.ts'

export type DemoLawyer = { name: string; licence: string; login?: string; specialities: string[] }
export type DemoClient = { name: string; phone: string; speciality: string }

/** The roster in force, with a sign-in for the first. Lawyers who are there already (from the import of earlier years) are left alone. */
export async function fillRoster(law: Caller, lawyers: readonly DemoLawyer[], validFrom: Day): Promise<void> {
  const known = new Set((await law.db.selectFrom('advice_lawyers').select('name').execute()).map(({ name }) => name))
  const ids = await specialityIds(law)
  for (const { name, licence, login = '', specialities } of lawyers.filter((one) => !known.has(one.name))) {
    valueOf(await addLawyer(law, { name, licence, login, specialities: specialities.map((each) => ids.get(each)), validFrom, validUntil: '' }))
  }
}

/** Sessions of today and the next weeks, some of their times booked at the desk as if over the last days. */
export async function planAhead(who: { law: Caller; clerk: Caller }, now: Date, clients: readonly DemoClient[], place: string): Promise<void> {
  const { db } = who.law
  if (await db.selectFrom('advice_sessions').innerJoin('cases', 'cases.id', 'advice_sessions.id').select('cases.id').where('stage', '=', 'planned').executeTakeFirst()) return
  const lawyers = await db.selectFrom('advice_lawyers').select(['id', 'specialities']).where('valid_until', 'is', null).orderBy('id').execute()
  const ids = await specialityIds(who.law)
  const earlier = new Date(startOf(addDays(dayOf(now), -4)).getTime() + 34_200_000)
  const waiting = [...clients]
  for (const [i, on] of comingDays(dayOf(now)).entries()) {
    const at = lawyers.slice(i % 2, (i % 2) + 2)
    const number = valueOf(await planSession({ ...who.law, now: earlier }, { on, startsAt: '14:00', endsAt: '17:00', minutes: 20, place, lawyers: at.map(({ id }) => id), note: '請走中庭入口，電梯到二樓。', closed: 'yes' })).number
    const slots = await db.selectFrom('advice_slots').innerJoin('cases', 'cases.id', 'advice_slots.session_id').innerJoin('advice_desks', 'advice_desks.id', 'advice_slots.desk_id').select(['advice_slots.id', 'lawyer_id']).where('number', '=', number).orderBy('at').orderBy('desk_id').execute()
    for (const slot of slots.slice(0, [9, 18, 4, 2][i])) {
      const offered = at.find(({ id }) => id === slot.lawyer_id)!.specialities
      const client = waiting.find((one) => offered.includes(ids.get(one.speciality)!))
      if (!client) continue
      waiting.splice(waiting.indexOf(client), 1)
      valueOf(await bookAtCounter({ ...who.clerk, now: earlier }, { session: number, slot: slot.id, speciality: ids.get(client.speciality), name: client.name, phone: client.phone, origin: '' }))
    }
  }
}

/** The next office day from today on, and the Wednesdays after it. */
function comingDays(today: Day): Day[] {
  const first = officeCalendar.nextOpen(today) ?? today
  const days = [first]
  for (let day = addDays(first, 1); days.length < 4; day = addDays(day, 1)) if (weekday(day) === '三' && officeCalendar.isOpen(day) !== false) days.push(day)
  return days
}

async function specialityIds({ db }: Caller): Promise<Map<string, number>> {
  return new Map((await db.selectFrom('advice_specialities').select(['id', 'name']).execute()).map(({ id, name }) => [name, id]))
}
