import type { Generated } from 'kysely'
import '../../core/cases/tables.ts'
import type { Day } from '../../core/time.ts'
import type { Language } from '../../core/web/language.ts'
import type { Way } from './schema.ts'

declare module '../../core/db.ts' {
  interface Tables {
    advice_specialities: { id: Generated<number>; code: string; name: string; hint: Generated<string>; name_en: Generated<string>; hint_en: Generated<string>; position: number; active: Generated<boolean>; sys_from: Generated<Date> }
    advice_questions: { id: Generated<number>; text: string; hint: Generated<string>; text_en: Generated<string>; hint_en: Generated<string>; first: Generated<boolean> }
    advice_answers: { id: Generated<number>; question_id: number; text: string; text_en: Generated<string>; position: number; next_question_id: number | null; speciality_id: number | null }
    advice_lawyers: { id: Generated<number>; person_id: number | null; name: string; licence: Generated<string>; specialities: number[]; valid_from: Day; valid_until: Day | null; sys_from: Generated<Date> }
    /** starts_at, ends_at: HH:MM:SS, Taipei; minutes: the length of one consultation */
    advice_sessions: { id: number; held_on: Day; starts_at: string; ends_at: string; minutes: number; place: string; note: Generated<string>; sys_from: Generated<Date> }
    advice_desks: { id: Generated<number>; session_id: number; no: number; lawyer_id: number; sys_from: Generated<Date> }
    advice_slots: { id: Generated<number>; session_id: number; desk_id: number; at: Date }
    advice_bookings: BookingTable
    advice_links: { token_hash: Buffer; booking_id: number }
    advice_lawyer_keys: { lawyer_id: number; key: Buffer | null; made_at: Generated<Date> }
    advice_records: { id: Generated<number>; case_id: number; lawyer_id: number; text: Buffer | null; written_at: Date; sys_from: Generated<Date> }
  }
}

/** Null in `case_id`: a hold that is not confirmed yet. */
export interface BookingTable {
  id: Generated<number>
  case_id: number | null
  session_id: number
  slot_id: number | null
  slot_at: Date | null
  desk_id: number | null
  speciality_id: number | null
  way: Way
  /** of the mails */
  /** null: Chinese */
  language: Language | null
  name: Buffer | null
  name_hash: Buffer | null
  email: Buffer | null
  email_hash: Buffer | null
  phone: Buffer | null
  phone_hash: Buffer | null
  opponent: Buffer | null
  opponent_hash: Buffer | null
  conflict: boolean | null
  origin: string | null
  hold_until: Date | null
  filed_at: Date
  confirmed_at: Date | null
  ticket: number | null
  arrived_at: Date | null
  called_at: Date | null
  ended_at: Date | null
  sys_from: Generated<Date>
}
