import { sql } from 'kysely'
import type { Tx } from '../db.ts'
import { write } from '../db.ts'
import { defineJob } from '../jobs/jobs.ts'
import { dayOf } from '../time.ts'
import { forgetOldMemberMail } from './sign-in-changes.ts'

/** A browser that nobody has signed in from for so long is unknown again; its cookie has ended by then. */
const deviceDays = 400
const failureDays = 2
/** The least that the cyber security rules ask of logs is six months (附表: 日誌保存, 待法制單位確認); a whole year can be compared with the one before. */
const refusalDays = 400

/** What signing in leaves behind and nobody needs any more: ended sessions and steps, old counts, forgotten browsers, letters to members. Nightly. */
export const tidyJob = defineJob<object>({
  as: 'system',
  name: 'identity.tidy',
  title: '清除過期的登入資料',
  every: '20 3 * * *',
  keepDays: 7,
  run: (db) => write(db, tidy),
})

export async function tidy(tx: Tx, now: Date): Promise<void> {
  for (const table of ['sessions', 'member_sessions', 'sign_in_steps'] as const) await tx.deleteFrom(table).where('expires_at', '<', now).execute()
  await sql`delete from sign_in_failures where last_at < ${now}::timestamptz - make_interval(days => ${failureDays})`.execute(tx)
  await sql`delete from refused_requests where on_day < ${dayOf(now)}::date - ${refusalDays}::int`.execute(tx)
  await forgetOldMemberMail(tx, now)
  await sql`delete from devices where last_at < ${now}::timestamptz - make_interval(days => ${deviceDays})`.execute(tx)
}
