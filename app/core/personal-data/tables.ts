import type { Generated } from 'kysely'

declare module '../db.ts' {
  interface Tables {
    personal_data_reads: PersonalDataReadTable
  }
}

/** An opening of masked personal data: who saw what of which case, for whom, why and when. */
export interface PersonalDataReadTable {
  id: Generated<number>
  case_id: number
  person_id: number
  on_behalf_of: number | null
  fields: string[]
  purpose: string
  at: Generated<Date>
}
