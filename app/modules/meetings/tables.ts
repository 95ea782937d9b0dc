import type { Generated } from 'kysely'
import '../../core/committees/tables.ts'
import type { Day } from '../../core/time.ts'
import type { BodyKind, BodyLevel, Publication, Readers, Sits } from './schema.ts'

declare module '../../core/db.ts' {
  interface Tables {
    meeting_bodies: BodyTable
    meeting_body_units: { id: Generated<number>; body_id: number; unit_id: number; sys_from: Generated<Date> }
    meetings: { id: number; body_id: number; proposals_due_on: Day | null; begun_at: Date | null; live_item_id: number | null; sys_from: Generated<Date> }
    meeting_proposals: { id: number; body_id: number; section: 'report' | 'discussion'; reason: Generated<string>; proposal: Generated<string>; submitted_on: Day | null; sys_from: Generated<Date> }
    meeting_publications: { id: Generated<number>; meeting_id: number; number: string; body: string; body_code: string; title: string; held_on: Day; chair: string; text: string; reason: string; person_id: number | null; published_at: Date; withdrawn_at: Date | null; withdrawn_reason: string | null }
    'windlion_public.meeting_publications': { id: number; number: string; body: string; body_code: string; title: string; held_on: Day; chair: string; text: string; published_at: Date }
    'windlion_public.meeting_register': { code: string; name: string; kind: BodyKind; level: BodyLevel; owner_unit: string | null; basis: string; publication: Publication; publication_basis: string; times_a_year: number | null; valid_from: Day | null; valid_until: Day | null }
    'windlion_public.meeting_register_meetings': { body_code: string; held_on: Day; due_on: Day; number: string | null; withdrawn: boolean }
    meeting_notes: { id: Generated<number>; meeting_id: number; item_id: number; person_id: number; text: string; written_at: Generated<Date> }
  }
}

export interface BodyTable {
  id: Generated<number>
  code: string
  name: string
  kind: BodyKind
  level: Generated<BodyLevel>
  standing: Generated<boolean>
  owner_unit_id: number | null
  chair: Generated<string>
  basis: Generated<string>
  sits: Generated<Sits>
  readers: Generated<Readers>
  publication: Generated<Publication>
  publication_basis: Generated<string>
  /** calendar days after the meeting */
  minutes_due_days: number | null
  /** calendar days before the meeting */
  proposals_due_days: number | null
  times_a_year: number | null
  case_kind: Generated<string>
  valid_from: Day | null
  valid_until: Day | null
  sys_from: Generated<Date>
}
