import type { Generated } from 'kysely'
import '../cases/tables.ts'
import type { Day } from '../time.ts'

declare module '../db.ts' {
  interface Tables {
    case_steps: CaseStepTable
    case_parties: CasePartyTable
    case_letters: CaseLetterTable
    case_letter_copies: CaseLetterCopyTable
    case_filings: CaseFilingTable
    case_opinions: CaseOpinionTable
  }
}

/** What a step asked, by the name of the question. Days are ISO text, money integer NT$. */
export type Answers = Record<string, string | number | boolean | null>

export interface CaseStepTable {
  id: Generated<number>
  case_id: number
  step: string
  happened_on: Day
  document_no: string | null
  note: string | null
  answers: Generated<Answers>
  person_id: number | null
  recorded_at: Generated<Date>
  sys_from: Generated<Date>
}

export interface CasePartyTable {
  id: Generated<number>
  case_id: number
  role: string
  kind: 'person' | 'organisation'
  organisation: string | null
  business_no: string | null
  name: Buffer | null
  name_hash: Buffer | null
  id_number: Buffer | null
  id_hash: Buffer | null
  born: Buffer | null
  email: Buffer | null
  email_hash: Buffer | null
  phone: Buffer | null
  phone_hash: Buffer | null
  address: Buffer | null
  more: Buffer | null
  represents_id: number | null
  power: string | null
  ended_at: Date | null
  sys_from: Generated<Date>
}

export type LetterSection = { title: string; text: string }

export interface CaseLetterTable {
  id: Generated<number>
  case_id: number
  kind: string
  title: string
  sections: LetterSection[]
  answers: Answers | null
  drafted_by: number | null
  drafted_at: Generated<Date>
  document_no: string | null
  issued_on: Day | null
  issued_by: number | null
  printed: Buffer | null
  sys_from: Generated<Date>
}

export interface CaseLetterCopyTable {
  id: Generated<number>
  case_id: number
  letter_id: number
  party_id: number | null
  addressee: string | null
  original: boolean
  waits: Generated<boolean>
  served_on: Day | null
  service_kind: string | null
  effective_on: Day | null
  proof: string | null
  sys_from: Generated<Date>
}

export interface CaseOpinionTable {
  id: Generated<number>
  case_id: number
  unit_id: number
  asked_on: Day
  due_on: Day
  question: string
  asked_by: number | null
  answered_on: Day | null
  answer: string | null
  answered_by: number | null
  sys_from: Generated<Date>
}

export interface CaseFilingTable {
  id: number
  party_id: number | null
  filed_at: Date
  confirm_token_hash: Buffer | null
  confirm_until: Date | null
  confirmed_at: Date | null
  follow_code_hash: Buffer | null
  sys_from: Generated<Date>
}
