import { sql } from 'kysely'
import type { Caller } from '../../../core/act.ts'
import { assignLead } from '../../../core/cases/assign.ts'
import { drawCaseNumber } from '../../../core/cases/numbers.ts'
import { insertCase } from '../../../core/cases/open.ts'
import { decisionLabels } from '../../../core/committees/hearing.ts'
import { approveMinutes } from '../../../core/committees/hold.ts'
import { writeMinutes } from '../../../core/committees/minutes.ts'
import { findHeld } from '../../../core/committees/queries.ts'
import { ensureCommittee } from '../../../core/committees/committee.ts'
import { type Tx, write } from '../../../core/db.ts'
import { record } from '../../../core/events/record.ts'
import { addDays, type Day, day, parseInstant, rocDay } from '../../../core/time.ts'
import { meetingKind, meetingPrefix } from '../schema.ts'
import { hearing } from './hearing.ts'

const members = [
  { name: '示範甲', title: '行政處處長', seat: 'chair', outside: false, gender: 'm' }, { name: '示範乙', title: '法制科科長', seat: 'member', outside: false, gender: 'f' }, { name: '示範丙', title: '財政處科長', seat: 'member', outside: false, gender: 'f' },
  { name: '示範丁', title: '主計處科長', seat: 'member', outside: false, gender: 'm' }, { name: '示範戊', title: '律師', seat: 'member', outside: true, gender: 'f' },
] as const

/** Review meetings of the demonstration's past, each recorded on its day; members are invented. What is there already is left alone. */
export async function holdMeetings(law: Caller, days: readonly Day[]): Promise<void> {
  const committeeId = await write(law.db, (tx) => seatMembers(tx))
  const known = new Set((await law.db.selectFrom('committee_meetings').innerJoin('cases', 'cases.id', 'committee_meetings.id').select('held_on').where('kind', '=', meetingKind).execute()).map(({ held_on: on }) => on))
  for (const on of days.filter((one) => !known.has(one))) {
    const id = await recordedOn(law, on, (tx) => holdMeeting(tx, law, committeeId, on))
    const agreed = addDays(on, 14)
    await recordedOn(law, agreed, (tx) => approveMinutes(tx, { person: law.person!, onBehalfOf: null, now: parseInstant(`${agreed} 17:30`)!, today: agreed }, hearing, id, agreed, '委員傳閱確認'))
  }
}

/** Writes as on the evening of a past day. */
const recordedOn = <T>(law: Caller, on: Day, run: (tx: Tx) => Promise<T>): Promise<T> => write(law.db, async (tx) => {
  await sql`select set_config('windlion.recorded_at', ${parseInstant(`${on} 17:30`)!.toISOString()}, true)`.execute(tx)
  return run(tx)
})

async function seatMembers(tx: Tx): Promise<number> {
  const { id } = await ensureCommittee(tx, hearing.committee!)
  const seated = await tx.selectFrom('committee_members').select('id').where('committee_id', '=', id).execute()
  if (!seated.length) await tx.insertInto('committee_members').values(members.map((one) => ({ committee_id: id, ...one, from_on: day('2019-01-01'), until_on: null }))).execute()
  return id
}

async function holdMeeting(tx: Tx, law: Caller, committeeId: number, on: Day): Promise<number> {
  const [called, ended] = [parseInstant(`${on} 09:00`)!, parseInstant(`${on} 17:30`)!]
  const ctx = { person: law.person, onBehalfOf: null, now: ended, today: on }
  const number = await drawCaseNumber(tx, meetingKind, meetingPrefix, on)
  const id = await insertCase(tx, { kind: meetingKind, number, title: `${rocDay(on)} 法規審查會議`, stage: 'closed', receivedAt: called, registeredAt: called, closed: { at: ended, outcome: 'held' } })
  await tx.insertInto('committee_meetings').values({ id, committee_id: committeeId, sitting: null, held_on: on, starts_at: '09:30', ends_at: '11:40', place: '第二會議室', chair: members[0].name, invited_on: addDays(on, -7), approved_on: null }).execute()
  await sql`insert into committee_items (meeting_id, case_id, position, decision)
    select ${id}, r.id, row_number() over (order by r.id), 'passed' from regulations r join cases c on c.id = r.id
    where r.promulgated_on > ${on}::date and r.promulgated_on <= ${on}::date + 45 and c.received_at < ${called} order by r.promulgated_on limit 5`.execute(tx)
  const seated = await tx.selectFrom('committee_members').selectAll().where('committee_id', '=', committeeId).orderBy('id').execute()
  await tx.insertInto('committee_attendance').values(seated.map((one, i) => ({ meeting_id: id, member_id: one.id, name: one.name, title: one.title, seat: one.seat, outside: one.outside, attendance: i === 3 ? 'leave' as const : 'present' as const }))).execute()
  await tx.updateTable('committee_meetings').set({ minutes: writeMinutes(await findHeld(tx, id), decisionLabels(hearing)) }).where('id', '=', id).execute()
  await assignLead(tx, { caseId: id, unitId: law.person!.posts[0]!.unitId, officerId: law.person!.id, at: called, endedAs: 'closed' })
  await tx.updateTable('assignments').set({ until_at: ended, ended_as: 'closed' }).where('case_id', '=', id).execute()
  await record(tx, ctx, 'regulation-meeting.planned', { caseId: id, happenedAt: called, toStage: 'planned', payload: { on } })
  await record(tx, ctx, 'regulation-meeting.registered', { caseId: id, happenedAt: called, payload: { number } })
  await record(tx, ctx, 'regulation-meeting.held', { caseId: id, fromStage: 'planned', toStage: 'closed', payload: { outcome: 'held' } })
  return id
}
