import { sql } from 'kysely'
import { defineJob } from './jobs/jobs.ts'

/** A second click comes within seconds, a form that was left open within days; after that what it answered is kept for nobody. */
const daysKept = 30

/** Answers of acts may hold what was sealed for who acted: they are no record and go (個人資料保護法 §11 III). */
export const forgetActKeys = defineJob({
  name: 'acts.forget-keys',
  as: 'system',
  title: '刪除過期的表單紀錄',
  every: '20 3 * * *',
  run: async (db) => void (await sql`delete from act_keys where at < now() - make_interval(days => ${sql.lit(daysKept)})`.execute(db)),
})
