import { sql } from 'kysely'
import type { Reader } from '../../../core/db.ts'
import type { AnswerFacts } from './checks.ts'

/** The facts that the checks before sending ask for, in one query. */
export async function answerFacts(reader: Reader, caseId: number): Promise<AnswerFacts> {
  const found = await sql<AnswerFacts>`
    select coalesce(d.text, '') as text, coalesce(d.remedy, 'undecided') as remedy,
      coalesce((select jsonb_agg(jsonb_build_object('no', q.no, 'text', q.text, 'state', q.state) order by q.no) from petition_questions q where q.case_id = p.id), '[]') as questions,
      coalesce((select jsonb_agg(jsonb_build_object('unitName', u.name,
          'contributed', exists (select from petition_contributions k where k.case_id = p.id and k.unit_id = a.unit_id)) order by a.id)
        from assignments a join units u on u.id = a.unit_id where a.case_id = p.id and a.role = 'joint' and a.until_at is null), '[]') as joint,
      (p.sender_email is not null or p.sender_phone is not null or p.sender_address is not null) as reachable
    from petitions p left join lateral (select text, remedy from petition_drafts where case_id = p.id order by version desc limit 1) d on true
    where p.id = ${caseId}`.execute(reader)
  return found.rows[0]!
}
