import { sql } from 'kysely'
import type { Caller } from '../../../core/act.ts'
import { assignLead } from '../../../core/cases/assign.ts'
import { drawCaseNumber, newFollowNo } from '../../../core/cases/numbers.ts'
import { type Tx, write } from '../../../core/db.ts'
import { record } from '../../../core/events/record.ts'
import { type Day, parseInstant, rocDay } from '../../../core/time.ts'
import { meetingKind, meetingPrefix } from '../schema.ts'
import '../tables.ts'

/** Review meetings of the demonstration's past, each recorded on its day; members are invented. What is there already is left alone. */
export async function holdMeetings(law: Caller, days: readonly Day[]): Promise<void> {
  const known = new Set((await law.db.selectFrom('regulation_meetings').select('held_on').execute()).map(({ held_on: on }) => on))
  for (const on of days.filter((day) => !known.has(day))) {
    await write(law.db, async (tx) => {
      await sql`select set_config('windlion.recorded_at', ${parseInstant(`${on} 17:30`)!.toISOString()}, true)`.execute(tx)
      await holdMeeting(tx, law, on)
    })
  }
}

async function holdMeeting(tx: Tx, law: Caller, on: Day): Promise<void> {
  const [called, ended] = [parseInstant(`${on} 09:00`)!, parseInstant(`${on} 17:30`)!]
  const ctx = { person: law.person, onBehalfOf: null, now: ended, today: on }
  const number = await drawCaseNumber(tx, meetingKind, meetingPrefix, on)
  const { id } = await tx
    .insertInto('cases')
    .values({ kind: meetingKind, follow_no: newFollowNo(), number, title: `${rocDay(on)} 法規審查會議`, stage: 'closed', unit_id: null, officer_id: null, township: null, received_at: called, registered_at: called, due_on: null, closed_at: ended, outcome: 'held', merged_into: null, previous_id: null, import_id: null })
    .returning('id')
    .executeTakeFirstOrThrow()
  await tx.insertInto('regulation_meetings').values({ id, held_on: on, starts_at: '09:30', place: '第二會議室', chair: '行政處長', record: '一、主席致詞（略）。\n二、逐條審議，決議如議程所列。\n三、散會。' }).execute()
  await sql`insert into regulation_meeting_items (meeting_id, case_id, position, decision)
    select ${id}, r.id, row_number() over (order by r.id), 'passed' from regulations r join cases c on c.id = r.id
    where r.promulgated_on > ${on}::date and r.promulgated_on <= ${on}::date + 45 and c.received_at < ${called} order by r.promulgated_on limit 5`.execute(tx)
  await tx.insertInto('regulation_meeting_members').values(['委員 示範甲', '委員 示範乙', '委員 示範丙', '委員 示範丁', '外聘委員 示範戊'].map((name, i) => ({ meeting_id: id, name, duty: '委員', attendance: i === 3 ? 'absent' : 'present' }))).execute()
  await assignLead(tx, { caseId: id, unitId: law.person!.posts[0]!.unitId, officerId: law.person!.id, at: called, endedAs: 'closed' })
  await tx.updateTable('assignments').set({ until_at: ended, ended_as: 'closed' }).where('case_id', '=', id).execute()
  await record(tx, ctx, 'regulation-meeting.planned', { caseId: id, happenedAt: called, toStage: 'planned', payload: { on } })
  await record(tx, ctx, 'regulation-meeting.registered', { caseId: id, happenedAt: called, payload: { number } })
  await record(tx, ctx, 'regulation-meeting.held', { caseId: id, fromStage: 'planned', toStage: 'closed', payload: { outcome: 'held' } })
}
