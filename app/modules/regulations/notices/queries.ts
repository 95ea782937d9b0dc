import type { Db } from '../../../core/db.ts'
import type { Day } from '../../../core/time.ts'
import type { DraftView } from '../tables.ts'
import '../tables.ts'

/** Drafts under notice today, the one that ends first on top. */
export async function findNotices(db: Db, today: Day): Promise<DraftView[]> {
  return db.selectFrom('windlion_public.regulation_drafts').selectAll().where('notice_until', '>=', today).where('stage', '=', 'notice').orderBy('notice_until').orderBy('id').execute()
}

/** Drafts whose notice is over, the latest first; the comments and what became of them stay to be read. */
export async function findPastNotices(db: Db, today: Day, atMost = 20): Promise<DraftView[]> {
  return db.selectFrom('windlion_public.regulation_drafts').selectAll().where((eb) => eb.or([eb('notice_until', '<', today), eb('stage', '<>', 'notice')])).orderBy('notice_until', 'desc').orderBy('id').limit(atMost).execute()
}

export async function findNotice(db: Db, number: string): Promise<DraftView | null> {
  return (await db.selectFrom('windlion_public.regulation_drafts').selectAll().where('number', '=', number).executeTakeFirst()) ?? null
}

export async function findPublishedComments(db: Db, caseId: number) {
  return db.selectFrom('windlion_public.regulation_comments').selectAll().where('case_id', '=', caseId).orderBy('id').execute()
}
