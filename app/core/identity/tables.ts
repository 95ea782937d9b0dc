import type { Generated } from 'kysely'
import type { Day } from '../time.ts'
import type { Role } from './permissions.ts'
import type { SignInMethod } from './sessions.ts'

declare module '../db.ts' {
  interface Tables {
    units: UnitTable
    people: PersonTable
    posts: PostTable
    deputies: DeputyTable
    sessions: SessionTable
    settings: { id: Generated<number>; name: string; value: unknown; sys_from: Generated<Date> }
    imports: ImportTable
    devices: DeviceTable
    sign_in_failures: { key: Buffer; failures: number; last_at: Date }
    sign_in_steps: SignInStepTable
    totp_secrets: { person_id: number; secret: Buffer; confirmed_at: Date | null; last_step: Generated<number> }
    passkeys: PasskeyTable
    recovery_codes: { person_id: number; code_hash: Buffer; used_at: Date | null }
    linked_accounts: { issuer: string; subject: string; person_id: number; linked_at: Generated<Date> }
  }
}

export const unitKinds = { department: '處', bureau: '局', agency: '所屬機關', township: '鄉鎮公所', section: '科' } as const
export type UnitKind = keyof typeof unitKinds

export interface UnitTable {
  id: Generated<number>
  code: string
  name: string
  kind: UnitKind
  parent_id: number | null
  bureau_id: number
  valid_from: Generated<Day>
  valid_until: Day | null
  sys_from: Generated<Date>
}

export interface PersonTable {
  id: Generated<number>
  login: string
  name: string
  email: string | null
  password_hash: string | null
  locked_at: Date | null
  second_factor_due_on: Generated<Day | null>
  /** when somebody else set the password; null once it is their own */
  password_given_at: Generated<Date | null>
  attempts_from: Generated<Date | null>
  created_at: Generated<Date>
}

export interface PostTable {
  id: Generated<number>
  person_id: number
  unit_id: number
  role: Role
  valid_from: Generated<Day>
  valid_until: Day | null
  sys_from: Generated<Date>
}

export interface DeputyTable {
  id: Generated<number>
  person_id: number
  deputy_id: number
  from_day: Day
  until_day: Day
  sys_from: Generated<Date>
}

export interface SessionTable {
  token_hash: Buffer
  person_id: number
  kind: Generated<'browser' | 'token'>
  label: string | null
  created_at: Generated<Date>
  seen_at: Generated<Date>
  expires_at: Date
  id: Generated<number>
  device_id: Generated<number | null>
  address_range: Generated<string | null>
  method: Generated<SignInMethod>
  restricted: Generated<boolean>
  proved_at: Generated<Date>
}

export interface DeviceTable {
  id: Generated<number>
  token_hash: Buffer
  person_id: number
  label: string
  first_at: Generated<Date>
  last_at: Generated<Date>
}

export interface SignInStepTable {
  token_hash: Buffer
  purpose: string
  person_id: number | null
  state: unknown
  failures: Generated<number>
  expires_at: Date
}

export interface PasskeyTable {
  id: Generated<number>
  person_id: number
  credential_id: string
  public_key: Buffer
  counter: number
  transports: string[]
  label: string
  added_at: Generated<Date>
  used_at: Date | null
}

export interface ImportTable {
  id: Generated<number>
  what: string
  file_name: string
  sha256: Buffer
  rows: number
  imported_at: Generated<Date>
  person_id: number | null
}
