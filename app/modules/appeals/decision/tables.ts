import type { Generated } from 'kysely'
import '../../../core/committees/tables.ts'
import type { Day } from '../../../core/time.ts'
import '../tables.ts'
import type { DecidedClaim, SequelKind } from '../after/rules.ts'
import type { Decision } from '../schema.ts'
import type { DraftClaim } from './rules.ts'

declare module '../../../core/db.ts' {
  interface Tables {
    appeal_reviews: { id: Generated<number>; case_id: number; member_id: number; asked_on: Day; opinion: string | null; given_on: Day | null; sys_from: Generated<Date> }
    appeal_drafts: { id: number; claims: DraftClaim[]; facts: string; reasons: string; legality_only: Generated<boolean | null>; negotiate: Generated<boolean | null>; court: string | null; resolved_on: Day | null; resolution: 'as-drafted' | 'amended' | null; meeting_id: number | null; sys_from: Generated<Date> }
    appeal_decisions: { id: number; number: string; decided_on: Day; main: string; facts: string; reasons: string; remedy: string; members: string[]; head: Generated<string | null>; approved_by: number | null; sys_from: Generated<Date> }
    appeal_sequels: { id: Generated<number>; case_id: number; kind: SequelKind; happened_on: Day; authority: string; number: string; ground: string | null; late: boolean; result: string | null; result_on: Day | null; note: string; party_id: Generated<number | null>; claims: Generated<DecidedClaim[] | null>; sys_from: Generated<Date> }
    appeal_publications: PublicationTable
    'windlion_public.appeal_decisions': PublishedDecision
  }
}

export interface PublicationTable {
  id: Generated<number>
  case_id: number
  number: string
  title: string
  agency: string
  category: string | null
  decision: Decision
  decided_on: Day
  main: string
  facts: string
  reasons: string
  members: string[]
  published_at: Date
  published_by: number | null
  withdrawn_at: Date | null
  withdrawn_reason: string | null
  sys_from: Generated<Date>
}

export type PublishedDecision = { id: number; number: string; title: string; agency: string; category: string | null; decision: Decision; decided_on: Day; main: string; facts: string; reasons: string; members: string[]; published_at: Date }
