import type { Generated } from 'kysely'
import '../../core/cases/tables.ts'
import '../../core/procedure/tables.ts'
import type { Day } from '../../core/time.ts'
import type { Kind } from './schema.ts'

declare module '../../core/db.ts' {
  interface Tables {
    proposals: { id: number; kind: Kind; ministry: string; programme: string; summary: Generated<string>; submitted_on: Day | null; decided_on: Day | null; sys_from: Generated<Date> }
    proposal_years: { id: Generated<number>; case_id: number; roc_year: number; applied_twd: Generated<number>; granted_twd: number | null; /** the county's share, as applied for */ cofunding_twd: Generated<number>; granted_cofunding_twd: number | null; sys_from: Generated<Date> }
  }
}
