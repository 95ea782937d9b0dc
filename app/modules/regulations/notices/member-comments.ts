import type { MemberCases } from '../../../core/identity/members.ts'
import { personalHashes } from '../../../core/personal-data/index.ts'
import { noticePath } from '../paths.ts'

/** What a member wrote on drafts under notice, from the address that they have shown to be theirs. The draft's page is public; theirs is told by the answer there. */
export const memberCases: MemberCases = async (reader, member, most) => {
  const rows = await reader.selectFrom('regulation_comments').innerJoin('cases', 'cases.id', 'regulation_comments.case_id').innerJoin('regulations', 'regulations.id', 'cases.id')
    .select(['cases.number', 'regulations.name as law', 'filed_at', 'confirmed_at', 'answered_at'])
    .where('email_hash', 'in', personalHashes('email', member.email)).where('notice_from', 'is not', null).orderBy('filed_at', 'desc').limit(most).execute()
  return rows.map((row) => ({
    number: row.number!, title: `對「${row.law}」草案的意見`, at: row.filed_at, path: noticePath(row.number!),
    state: row.answered_at ? '已有處理情形' : row.confirmed_at ? '已收到' : '等您從信裡確認',
  }))
}
