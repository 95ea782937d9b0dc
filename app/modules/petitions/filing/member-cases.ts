import { NotFound } from '../../../core/errors.ts'
import { findMember, memberCookie, type MemberCases } from '../../../core/identity/members.ts'
import { personalHashes } from '../../../core/personal-data/index.ts'
import { type Language, languages } from '../../../core/web/language.ts'
import { get } from '../../../core/web/route.ts'
import { type Outcome, outcomes, type Stage } from '../schema.ts'
import { openFollow } from '../../../core/filing/follow-session.ts'
import { followedPath, memberCasePath } from './paths.ts'
import { wordsOf } from './words/index.ts'

/** Petitions filed with the address that the member has shown to be theirs. A vendor's address may have filed one too. */
export const memberCases: MemberCases = async (reader, member, most, language = 'zh') => {
  const rows = await reader.selectFrom('petitions').innerJoin('cases', 'cases.id', 'petitions.id')
    .select(['follow_no', 'number', 'title', 'stage', 'outcome', 'filed_at'])
    .where('email_hash', 'in', personalHashes('email', member.email)).where('stage', '<>', 'lapsed').orderBy('filed_at', 'desc').limit(most).execute()
  return rows.map((row) => ({ number: row.number ?? row.follow_no, title: row.title, state: stateIn(language, row.stage as Stage, row.outcome as Outcome | null), at: row.filed_at, path: memberCasePath(row.follow_no, language) }))
}

function stateIn(language: Language, stage: Stage, outcome: Outcome | null): string {
  if (outcome) return language === 'zh' ? outcomes[outcome] : (wordsOf.en.follow.outcome[outcome] ?? wordsOf.en.follow.stage.closed ?? '')
  return wordsOf[language].follow.stage[stage] ?? ''
}

export const routes = languages.map((language) =>
  get(memberCasePath(':followNo', language), 'public', async (request) => {
    const member = await findMember(request.db, request.cookies[memberCookie])
    const found = member && (await request.db.selectFrom('petitions').innerJoin('cases', 'cases.id', 'petitions.id').select('cases.id')
      .where('follow_no', '=', request.params.followNo ?? '').where('email_hash', 'in', personalHashes('email', member.email)).executeTakeFirst())
    if (!found) throw new NotFound()
    return { kind: 'redirect', to: followedPath(language, request.params.followNo!), cookies: [openFollow(request, found.id)] }
  }, { limit: 60 }))
