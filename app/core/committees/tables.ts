import type { Generated } from 'kysely'
import '../cases/tables.ts'
import type { Answers } from '../procedure/tables.ts'
import type { Day } from '../time.ts'
import type { CommitteeRules } from './rules.ts'
import type { Attendance, Mode, Seat, Vote } from './words.ts'

declare module '../db.ts' {
  interface Tables {
    committees: { id: Generated<number>; code: string; name: string; basis: Generated<string>; rules: CommitteeRules; sys_from: Generated<Date> }
    committee_members: MemberTable
    committee_meetings: MeetingTable
    committee_items: ItemTable
    committee_attendance: AttendanceTable
    committee_recusals: { id: Generated<number>; meeting_id: number; item_id: number; attendance_id: number; ground: string; asked_by: 'self' | 'party' | 'agency'; facts: Generated<string>; granted: boolean | null; sys_from: Generated<Date> }
    committee_ballots: { id: Generated<number>; meeting_id: number; item_id: number; attendance_id: number; vote: Vote | null; dissent: Generated<string>; sys_from: Generated<Date> }
    committee_agendas: { id: Generated<number>; meeting_id: number; version: number; items: AgendaEntry[]; sent_on: Day | null; made_at: Generated<Date> }
  }
}

export type AgendaEntry = { number: string | null; subject: string; section?: string | null }

export interface MemberTable {
  id: Generated<number>
  committee_id: number
  name: string
  title: Generated<string>
  seat: Generated<Exclude<Seat, 'other'>>
  outside: Generated<boolean>
  gender: 'f' | 'm' | null
  from_on: Day
  until_on: Day | null
  sys_from: Generated<Date>
}

export interface MeetingTable {
  id: number
  committee_id: number | null
  sitting: number | null
  held_on: Day
  starts_at: string
  ends_at: string | null
  place: string
  mode: Generated<Mode>
  chair: string
  invited_on: Day | null
  remarks: Generated<string>
  /** written from the decisions when the meeting ends */
  minutes: Generated<string>
  approved_on: Day | null
  approval_note: Generated<string>
  sys_from: Generated<Date>
}

export interface ItemTable {
  id: Generated<number>
  meeting_id: number
  case_id: number | null
  position: number
  subject: Generated<string>
  /** the part of the agenda, by the module's words; null where an agenda has no parts */
  section: Generated<string | null>
  /** when it was decided while the meeting ran; null where minutes were kept as one form */
  decided_at: Generated<Date | null>
  decision: string | null
  decision_text: Generated<string>
  /** what the hearing asks of each item besides */
  answers: Generated<Answers>
  votes_for: number | null
  votes_against: number | null
  votes_abstain: number | null
  sys_from: Generated<Date>
}

export interface AttendanceTable {
  id: Generated<number>
  meeting_id: number
  member_id: number | null
  /** the unit for which this person sits */
  unit_id: Generated<number | null>
  name: string
  title: Generated<string>
  seat: Generated<Seat>
  outside: Generated<boolean>
  attendance: Attendance | null
  deputy: Generated<string>
  sys_from: Generated<Date>
}
