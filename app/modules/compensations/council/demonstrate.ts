import type { Caller } from '../../../core/act.ts'
import { openDayFrom } from '../../../core/clocks/calendar.ts'
import { findMeeting } from '../../../core/committees/queries.ts'
import { valueOf } from '../../../core/errors.ts'
import { addDays, type Day, dayOf, startOf } from '../../../core/time.ts'
import { councilActs, hearing } from './hearing.ts'

const members = [['示範午', '副縣長', 'chair', 'no', 'm'], ['示範未', '行政處處長', 'member', 'no', 'f'], ['示範申', '律師', 'member', 'yes', 'f'], ['示範酉', '大學法律系教授', 'member', 'yes', 'm'], ['示範戌', '主計處處長', 'member', 'no', 'f']] as const

/** The demonstration's 國家賠償審議委員會: its members; a meeting that resolved to negotiate; one that is planned for another claim. Nothing where it has members already. */
export async function deliberateSome(law: Caller, now: Date, { resolved, waits }: { resolved: string; waits: string }): Promise<void> {
  const { db } = law
  if (await db.selectFrom('committee_members as m').innerJoin('committees as c', 'c.id', 'm.committee_id').select('m.id').where('c.code', '=', hearing.committee!.code).executeTakeFirst()) return
  for (const [name, title, seat, outside, gender] of members) valueOf(await councilActs.addMember(on(law, before(now, 300)), { name, title, seat, outside, gender, fromOn: '108/1/1' }))
  const called = async (ago: number, heldOn: Day, item: string) => valueOf(await councilActs.planMeeting(on(law, before(now, ago)), { on: heldOn, startsAt: '10:00', place: '第二會議室', items: [item] })).number
  const heldOn = openDayFrom(before(now, 9), -1)
  const held = await called(14, heldOn, resolved)
  const { people, items } = await findMeeting(db, hearing, law.person!, held)
  const each = (value: string) => Object.fromEntries(items.map(({ id }) => [id, value]))
  valueOf(await councilActs.recordMeeting(on(law, heldOn, 12), { name: held, next: 'finish', endsAt: '11:10', attendance: Object.fromEntries(people.map(({ id }, i) => [id, i < 4 ? 'present' : 'leave'])), decisions: each('negotiate'), texts: each('樹根隆起未修補，管理有欠缺；於十二萬元以內協議。') }))
  await called(2, openDayFrom(addDays(dayOf(now), 6)), waits)
}

const before = (now: Date, days: number): Day => addDays(dayOf(now), -days)
const on = (caller: Caller, day: Day, hour = 10): Caller => ({ ...caller, now: new Date(startOf(day).getTime() + hour * 3_600_000) })
