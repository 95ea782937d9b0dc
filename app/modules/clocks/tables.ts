import type { Generated } from 'kysely'

declare module '../../core/db.ts' {
  interface Tables {
    calendar_feeds: { person_id: number; secret_hash: Buffer; made_at: Generated<Date> }
  }
}
