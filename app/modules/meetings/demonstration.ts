import type { Caller } from '../../core/act.ts'
import { findHeld } from '../../core/committees/queries.ts'
import { type Db, write } from '../../core/db.ts'
import { valueOf } from '../../core/errors.ts'
import { mask } from '../../core/masking/index.ts'
import { addDays, type Day, dayOf, rocDay, startOf, weekdayOfNumber, dayNumber } from '../../core/time.ts'
import { addBody, findBody, findSeats } from './bodies.ts'
import { callBody } from './call.ts'
import { propose } from './proposals/acts.ts'
import { publishMinutes } from './publication/acts.ts'
import { decideItem, endMeeting, keepWhoIsThere, treatItem } from './hold.ts'
import './tables.ts'

/** Which unit keeps which body; who sits where not every bureau does. `owners`: code of the body → code of the unit. */
export async function setOwners(db: Db, owners: Record<string, string>): Promise<void> {
  await write(db, async (tx) => {
    for (const [body, unit] of Object.entries(owners)) {
      await tx.updateTable('meeting_bodies').set((query) => ({ owner_unit_id: query.selectFrom('units').select('id').where('code', '=', unit) })).where('code', '=', body).where('owner_unit_id', 'is', null).execute()
    }
  })
}

export type BodyToRegister = { code: string; name: string; kind: string; level: string; ownerCode: string; chair: string; basis: string; publication: string; publicationBasis: string; minutesDueDays: string; timesAYear: string }

/** Standing bodies that the control section enters; those that are there are left alone. */
export async function registerBodies(control: Caller, bodies: readonly BodyToRegister[]): Promise<void> {
  const known = new Set((await control.db.selectFrom('meeting_bodies').select('code').execute()).map(({ code }) => code))
  const units = new Map((await control.db.selectFrom('units').select(['id', 'code']).execute()).map(({ id, code }) => [code, id]))
  for (const { ownerCode, ...body } of bodies) if (!known.has(body.code)) valueOf(await addBody(control, { ...body, owner: units.get(ownerCode)!, units: [units.get(ownerCode)!] }))
}

/** An executive meeting of last week whose minutes wait to be confirmed, one that runs today and has it on its agenda, and a county meeting to come. */
export async function holdSome(control: Caller, now: Date): Promise<void> {
  const { db } = control
  const today = dayOf(now)
  if (await db.selectFrom('committee_meetings').innerJoin('meetings', 'meetings.id', 'committee_meetings.id').select('meetings.id').where('held_on', '>=', addDays(today, -20)).executeTakeFirst()) return
  const [last, next] = [workday(addDays(today, -6)), workday(addDays(today, 5))]
  const units = async (code: string, on: Day) => (await findSeats(db, await findBody(db, code), on)).filter(({ chosen }) => chosen).map(({ unitId }) => unitId)
  const early: Caller = { ...control, now: new Date(startOf(addDays(last, -5)).getTime() + 36_000_000) }
  const { number } = valueOf(await callBody(early, { body: 'executive', on: rocDay(last), startsAt: '09:30', place: '第一會議室', units: await units('executive', last), reports: '工務處：道路及排水工程進度\n觀光處：旅遊服務設施更新\n衛生局：流感疫苗接種', discussions: '年終活動分工' }))
  const then: Caller = { ...control, now: new Date(startOf(last).getTime() + 41_400_000) }
  const { id } = await db.selectFrom('cases').select('id').where('number', '=', number).executeTakeFirstOrThrow()
  const held = await findHeld(db, id)
  valueOf(await keepWhoIsThere(then, { name: number, attendance: Object.fromEntries(held.people.map((one, i) => [one.id, i === 3 ? 'leave' : 'present'])) }))
  const orders = ['請工務處就落後標案逐案提出趕工計畫，並於下次會報說明。', '請觀光處檢討景點指標及公廁清潔，並公布改善照片。', '請衛生局與教育處合作，於本月底前完成校園接種。', '']
  for (const [i, item] of held.items.entries()) valueOf(await decideItem(then, { name: number, item: item.id, decision: orders[i] ? 'instructed' : 'passed', text: orders[i] }))
  valueOf(await endMeeting(then, { name: number, endsAt: '11:20', remarks: '主席致詞及各單位報告（略）。' }))
  await runToday(control, now, number, await units('executive', today))
  valueOf(await callBody({ ...control, now }, { body: 'county_affairs', on: rocDay(next), startsAt: '09:30', place: '第一會議室', units: await units('county_affairs', next), reports: '明年度施政重點\n年終大型活動準備情形', proposalsDueOn: rocDay(addDays(today, 2)) }))
}

/** Half-way: the minutes before it confirmed, one report ordered on, the next one spoken of. */
async function runToday(as: Caller, now: Date, previous: string, units: number[]): Promise<void> {
  const { db } = as
  const control: Caller = { ...as, now }
  const today = dayOf(now)
  const called: Caller = { ...control, now: new Date(startOf(addDays(today, -3)).getTime() + 36_000_000) }
  const { number: name } = valueOf(await callBody(called, { body: 'executive', on: rocDay(today), startsAt: '09:30', place: '第一會議室', units, items: [previous], reports: '工務處：落後標案趕工情形\n環境保護局：垃圾清運及海岸清潔\n社會處：長者照顧據點設置', discussions: '元旦升旗及跨年活動交通管制' }))
  const { id } = await db.selectFrom('cases').select('id').where('number', '=', name).executeTakeFirstOrThrow()
  const { people, items } = await findHeld(db, id)
  valueOf(await keepWhoIsThere(control, { name, attendance: Object.fromEntries(people.map((one, i) => [one.id, i === 5 ? 'leave' : 'present'])) }))
  const at = (subject: string) => items.find((one) => one.subject.startsWith(subject))!.id
  valueOf(await decideItem(control, { name, item: items.find(({ number }) => number === previous)!.id, decision: 'confirmed' }))
  valueOf(await decideItem(control, { name, item: at('工務處'), decision: 'instructed', text: '請工務處就仍落後的兩件標案約談廠商，並於下次會報說明。' }))
  valueOf(await treatItem(control, { name, item: at('環境保護局') }))
}

/** Confirmed minutes that are public by policy go out, each some days after it was confirmed; those of `later` wait still. */
export async function publishConfirmed(control: Caller, bodies: readonly string[], later: readonly string[]): Promise<void> {
  const held = await control.db.selectFrom('cases as c').innerJoin('meetings as h', 'h.id', 'c.id').innerJoin('meeting_bodies as b', 'b.id', 'h.body_id').innerJoin('committee_meetings as m', 'm.id', 'c.id').leftJoin('meeting_publications as p', 'p.meeting_id', 'c.id')
    .select(['c.number', 'm.minutes', 'm.approved_on as approvedOn']).where('b.code', 'in', bodies).where('c.outcome', '=', 'held').where('m.approved_on', 'is not', null).where('p.id', 'is', null).orderBy('m.held_on').execute()
  for (const { number, minutes, approvedOn } of held) {
    if (later.includes(number!)) continue
    const then = new Date(startOf(addDays(approvedOn!, 3)).getTime() + 36_000_000)
    valueOf(await publishMinutes({ ...control, now: control.now && control.now < then ? control.now : then }, { name: number, text: mask(minutes).text, reason: '' }))
  }
}

/** Two proposals of a unit. */
export async function proposeSome(officer: Caller): Promise<void> {
  const { db } = officer
  if (await db.selectFrom('meeting_proposals').select('id').executeTakeFirst()) return
  const paper = { body: 'county_affairs', section: 'discussion', reason: '道路挖掘頻繁影響通行，擬整合管線單位年度計畫，集中於觀光淡季施工。', proposal: '提請審議，通過後由各管線單位配合辦理。' }
  valueOf(await propose(officer, { ...paper, title: '整合年度道路挖掘期程', next: 'submit' }))
  valueOf(await propose(officer, { ...paper, title: '路燈汰換第二期經費分攤', reason: '第二期路燈汰換經費尚待與鄉鎮公所協調分攤。' }))
}

const workday = (on: Day): Day => ([0, 6].includes(weekdayOfNumber(dayNumber(on))) ? workday(addDays(on, 1)) : on)
