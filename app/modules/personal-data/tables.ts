import type { Generated } from 'kysely'
import type { Decision, What } from './schema.ts'

declare module '../../core/db.ts' {
  interface Tables {
    personal_data_requests: RequestTable
    personal_data_request_cases: { request_id: number; case_id: number }
  }
}

export interface RequestTable {
  id: number
  what: What
  channel: 'web' | 'counter'
  name: Buffer | null
  email: Buffer | null
  phone: Buffer | null
  name_hash: Buffer | null
  email_hash: Buffer | null
  phone_hash: Buffer | null
  wish: string
  identity_shown: string | null
  confirm_token_hash: Buffer | null
  confirm_until: Date | null
  confirmed_at: Date | null
  extension_days: number | null
  extension_reason: string | null
  decision: Decision | null
  reasons: string | null
  answered_at: Date | null
  answer_token_hash: Buffer | null
  answer_until: Date | null
  sys_from: Generated<Date>
}
