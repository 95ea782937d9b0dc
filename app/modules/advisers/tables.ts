import type { Generated } from 'kysely'
import '../../core/cases/tables.ts'
import '../../core/procedure/tables.ts'
import type { Day } from '../../core/time.ts'
import type { AdviserKind } from './schema.ts'

declare module '../../core/db.ts' {
  interface Tables {
    advisers: { id: Generated<number>; kind: AdviserKind; name: string; title: Generated<string>; field: Generated<string>; from_on: Day; until_on: Day; ended_on: Day | null; ended_why: string | null; sys_from: Generated<Date> }
    suggestions: { id: number; adviser_id: number; meeting_no: string | null; body: string; due_on: Day | null; replied_on: Day | null; reply: string | null; sys_from: Generated<Date> }
  }
}
