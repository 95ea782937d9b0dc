import type { Generated } from 'kysely'
import type { Day } from '../../core/time.ts'
import type { Channel } from './schema.ts'

declare module '../../core/db.ts' {
  interface Tables {
    petitions: PetitionTable
    petition_letters: LetterTable
    petition_questions: QuestionTable
    petition_drafts: DraftTable
    petition_contributions: ContributionTable
    petition_submissions: SubmissionTable
    petition_decisions: DecisionTable
    petition_supplement_requests: SupplementRequestTable
    petition_reminders: { case_id: number; step: string; due_on: Day; at: Generated<Date> }
    petition_dispatch_rules: DispatchRuleTable
    petition_notes: NoteTable
    petition_sendings: SendingTable
    petition_dispatch_trials: DispatchTrialTable
    petition_publications: PublicationTable
    'windlion_public.petition_publications': PublishedPetitionView
  }
}

export interface PetitionTable {
  id: number
  channel: Channel
  mailbox_ref: string | null
  category: string | null
  sender_name: Buffer | null
  sender_email: Buffer | null
  sender_phone: Buffer | null
  sender_address: Buffer | null
  name_hash: Buffer | null
  email_hash: Buffer | null
  phone_hash: Buffer | null
  answer_by: Generated<'mail' | 'post' | 'telephone' | 'counter' | 'none'>
  language: Generated<string>
  place: string | null
  latitude: number | null
  longitude: number | null
  publish_consent: Generated<boolean>
  published_at: Date | null
  filed_at: Date
  follow_code_hash: Buffer | null
  confirm_token_hash: Buffer | null
  confirm_until: Date | null
  confirm_resent_at: Generated<Date | null>
  confirmed_at: Date | null
  read_back_at: Date | null
  ground: string | null
  transferred_to: string | null
  other_procedure: string | null
  answer: string | null
  remedy_advice: string | null
  answered_at: Date | null
  extended_to: Day | null
  extended_at: Date | null
  satisfaction: number | null
  satisfaction_note: string | null
  satisfied_at: Date | null
  imported_due_on: Day | null
  sys_from: Generated<Date>
}

export interface LetterTable {
  id: Generated<number>
  case_id: number
  kind: 'letter' | 'supplement' | 'oral-record'
  text: string
  at: Date
  recorded_at: Generated<Date>
}

export interface QuestionTable {
  id: Generated<number>
  case_id: number
  no: number
  text: string
  state: Generated<'open' | 'answered' | 'not-applicable'>
  note: string | null
}

export interface DraftTable {
  id: Generated<number>
  case_id: number
  version: number
  text: string
  remedy: Generated<'undecided' | 'none' | 'given'>
  remedy_advice: string | null
  author_id: number | null
  saved_at: Generated<Date>
}

export interface ContributionTable {
  id: Generated<number>
  case_id: number
  unit_id: number
  text: string
  person_id: number | null
  at: Generated<Date>
}

export interface SubmissionTable {
  id: Generated<number>
  case_id: number
  what: 'answer' | 'extension' | 'no-action' | 'transfer' | 'other-procedure'
  draft_id: number | null
  asked: unknown
  from_stage: string | null
  step: 'section-chief' | 'head' | 'done'
  state: Generated<'pending' | 'approved' | 'sent-back' | 'cancelled'>
  submitted_by: number
  submitted_at: Generated<Date>
  decided_at: Date | null
}

export interface DecisionTable {
  id: Generated<number>
  submission_id: number
  step: string
  decision: 'approved' | 'sent-back'
  comment: string | null
  person_id: number
  on_behalf_of: number | null
  at: Generated<Date>
}

export interface SupplementRequestTable {
  id: Generated<number>
  case_id: number
  asked: string
  asked_at: Date
  until_on: Day
  answered_at: Date | null
  ended_at: Date | null
}

export interface NoteTable {
  id: Generated<number>
  case_id: number
  text: string
  person_id: number | null
  at: Generated<Date>
}

export interface SendingTable {
  id: Generated<number>
  case_id: number
  way: 'post' | 'telephone' | 'counter'
  what: string
  subject: string
  text: string
  wanted_at: Generated<Date>
  done_at: Date | null
  done_by: number | null
  remark: string | null
}

export interface DispatchTrialTable {
  id: Generated<number>
  rule_id: number
  fingerprint: string
  cases: number
  hits: number
  misses: number
  at: Generated<Date>
  person_id: number | null
}

export interface DispatchRuleTable {
  id: Generated<number>
  position: number
  title: string
  category: string | null
  township: string | null
  words: string[]
  unit_id: number
  weight: Generated<number>
  state: Generated<'draft' | 'live' | 'off'>
  sys_from: Generated<Date>
}

export interface PublicationTable {
  id: Generated<number>
  case_id: number
  title: string
  question: string
  answer: string
  category: string | null
  township: string | null
  unit_name: string
  closed_on: Day
  published_at: Generated<Date>
  published_by: number
  withdrawn_at: Date | null
  withdrawn_reason: string | null
  sys_from: Generated<Date>
}

export interface PublishedPetitionView {
  id: number
  title: string
  question: string
  answer: string
  category: string | null
  township: string | null
  unit_name: string
  closed_on: Day
  published_at: Date
}
