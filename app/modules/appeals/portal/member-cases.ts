import { NotFound } from '../../../core/errors.ts'
import { openFollow } from '../../../core/filing/follow-session.ts'
import { findMember, memberCookie, type MemberCases } from '../../../core/identity/members.ts'
import { personalHashes } from '../../../core/personal-data/index.ts'
import { get } from '../../../core/web/route.ts'
import { followedPath, publicPath } from '../paths.ts'
import { endsWithoutDecision } from '../stage-tag.tsx'
import { type Outcome, outcomes, type Stage, stages } from '../schema.ts'

const minePath = (followNo: string) => `${publicPath}/mine/${followNo}`

/** Appeals in which the address that the member has shown to be theirs is a party's or their agent's. */
export const memberCases: MemberCases = async (reader, member, most) => {
  const rows = await reader.selectFrom('cases').innerJoin('appeals', 'appeals.id', 'cases.id').select(['follow_no', 'number', 'title', 'stage', 'outcome', 'received_at', 'dispatched_on'])
    .where((eb) => eb.exists(eb.selectFrom('appeal_parties').select('appeal_parties.id').whereRef('case_id', '=', 'cases.id').where('until', 'is', null).where('email_hash', 'in', personalHashes('email', member.email))))
    .orderBy('received_at', 'desc').limit(most).execute()
  return rows.map((row) => ({ number: row.number ?? row.follow_no, title: row.title, state: row.outcome && (row.dispatched_on || endsWithoutDecision(row.outcome as Outcome)) ? outcomes[row.outcome as Outcome] : stages[row.stage as Stage], at: row.received_at!, path: minePath(row.follow_no) }))
}

export const routes = [
  get(minePath(':followNo'), 'public', async (request) => {
    const member = await findMember(request.db, request.cookies[memberCookie])
    const found = member && (await request.db.selectFrom('cases').innerJoin('appeal_parties', 'appeal_parties.case_id', 'cases.id').select('cases.id')
      .where('follow_no', '=', request.params.followNo ?? '').where('until', 'is', null).where('email_hash', 'in', personalHashes('email', member.email)).executeTakeFirst())
    if (!found) throw new NotFound()
    return { kind: 'redirect', to: followedPath(request.params.followNo!), cookies: [openFollow(request, found.id)] }
  }, { limit: 60 }),
]
