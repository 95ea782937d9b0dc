import type { Caller } from '../../../core/act.ts'
import { openDayFrom } from '../../../core/clocks/calendar.ts'
import { findMeeting } from '../../../core/committees/queries.ts'
import { valueOf } from '../../../core/errors.ts'
import { addDays, type Day, dayOf, startOf } from '../../../core/time.ts'
import { hearing, mediationActs } from './hearing.ts'

const members = [['示範消保官', '消費者保護官', 'chair', 'no'], ['示範甲', '建設處科長', 'member', 'no'], ['示範乙', '觀光處科長', 'member', 'no'], ['示範丙', '消費者保護團體代表', 'member', 'yes'], ['示範丁', '商業會代表', 'member', 'yes'], ['示範戊', '律師', 'member', 'yes'], ['示範己', '大學教授', 'member', 'yes']] as const

/** The demonstration's mediation committee: its members; a meeting that was held ten days ago, in which one dispute failed; one that is planned for another. Nothing where it has members already. */
export async function mediateSome(ombudsman: Caller, now: Date, { failed, waits }: { failed: string; waits: string }): Promise<void> {
  const { db } = ombudsman
  if (await db.selectFrom('committee_members as m').innerJoin('committees as c', 'c.id', 'm.committee_id').select('m.id').where('c.code', '=', hearing.committee!.code).executeTakeFirst()) return
  for (const [name, title, seat, outside] of members) valueOf(await mediationActs.addMember(on(ombudsman, before(now, 300)), { name, title, seat, outside, fromOn: '108/1/1' }))
  const called = async (ago: number, heldOn: Day, item: string) => valueOf(await mediationActs.planMeeting(on(ombudsman, before(now, ago)), { on: heldOn, startsAt: '14:00', place: '縣府調解室', items: [item] })).number
  const heldOn = openDayFrom(before(now, 10), -1)
  const held = await called(18, heldOn, failed)
  const { people, items } = await findMeeting(db, hearing, ombudsman.person!, held)
  const each = (value: string) => Object.fromEntries(items.map(({ id }) => [id, value]))
  valueOf(await mediationActs.recordMeeting(on(ombudsman, heldOn, 16), {
    name: held, next: 'finish', endsAt: '15:20', attendance: Object.fromEntries(people.map(({ id }, i) => [id, i < 4 ? 'present' : 'leave'])), decisions: each('failed'), texts: each('業者只同意退還三成，消費者不接受。'), answers: { absent: each('none') },
  }))
  await called(3, openDayFrom(addDays(dayOf(now), 4)), waits)
}

const before = (now: Date, days: number): Day => addDays(dayOf(now), -days)
const on = (caller: Caller, day: Day, hour = 10): Caller => ({ ...caller, now: new Date(startOf(day).getTime() + hour * 3_600_000) })
