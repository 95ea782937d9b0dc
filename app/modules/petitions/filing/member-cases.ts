import { NotFound } from '../../../core/errors.ts'
import { findMember, memberCookie, type MemberCases } from '../../../core/identity/members.ts'
import { personalHashes } from '../../../core/personal-data/index.ts'
import { get } from '../../../core/web/route.ts'
import { type Outcome, outcomes, type Stage } from '../schema.ts'
import { openFollow } from '../../../core/filing/follow-session.ts'
import { followedPath, memberCasePath } from './paths.ts'
import { wordsOf } from './words/index.ts'

/** Petitions filed with the address that the member has shown to be theirs. A vendor's address may have filed one too. */
export const memberCases: MemberCases = async (reader, member, most) => {
  const rows = await reader.selectFrom('petitions').innerJoin('cases', 'cases.id', 'petitions.id')
    .select(['follow_no', 'number', 'title', 'stage', 'outcome', 'filed_at'])
    .where('email_hash', 'in', personalHashes('email', member.email)).where('stage', '<>', 'lapsed').orderBy('filed_at', 'desc').limit(most).execute()
  return rows.map((row) => ({ number: row.number ?? row.follow_no, title: row.title, state: row.outcome ? outcomes[row.outcome as Outcome] : (wordsOf.zh.follow.stage[row.stage as Stage] ?? ''), at: row.filed_at, path: memberCasePath(row.follow_no) }))
}

export const routes = [
  get(memberCasePath(':followNo'), 'public', async (request) => {
    const member = await findMember(request.db, request.cookies[memberCookie])
    const found = member && (await request.db.selectFrom('petitions').innerJoin('cases', 'cases.id', 'petitions.id').select('cases.id')
      .where('follow_no', '=', request.params.followNo ?? '').where('email_hash', 'in', personalHashes('email', member.email)).executeTakeFirst())
    if (!found) throw new NotFound()
    return { kind: 'redirect', to: followedPath('zh', request.params.followNo!), cookies: [openFollow(request, found.id)] }
  }, { limit: 60 }),
]
