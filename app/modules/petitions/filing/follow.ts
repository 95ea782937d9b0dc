import { sql } from 'kysely'
import type { Db } from '../../../core/db.ts'
import { unseal } from '../../../core/personal-data/index.ts'
import type { Day } from '../../../core/time.ts'
import type { PageRequest } from '../../../core/web/route.ts'
import type { Outcome, Stage } from '../schema.ts'
import { levelNumber } from './follow-code.ts'
import { isOpen } from '../../../core/filing/follow-session.ts'

/** Everything the resident may see of their petition, in one round trip: never a colleague's name, a draft or a note. */
export type FollowedCase = {
  id: number
  followNo: string
  number: string | null
  title: string
  stage: Stage
  outcome: Outcome | null
  receivedAt: Date | null
  filedAt: Date
  confirmUntil: Date | null
  dueOn: Day | null
  pausedOn: Day | null
  explanation: string[]
  extendedTo: Day | null
  closedAt: Date | null
  unit: string | null
  joint: string[]
  merged: boolean
  leads: boolean
  transferredTo: string | null
  answer: string | null
  remedyAdvice: string | null
  answeredAt: Date | null
  satisfaction: number | null
  satisfactionNote: string | null
  satisfiedAt: Date | null
  publishConsent: boolean
  confidential: boolean
  previous: string | null
  asked: { asked: string; untilOn: Day } | null
  letters: { kind: 'letter' | 'supplement' | 'oral-record'; text: string; at: Date }[]
  files: FollowedFile[]
  events: { kind: string; at: Date }[]
}
export type FollowedFile = { id: number; name: string; kind: string; bytes: number; sha256: string; mediaType: string }

/** Files of these kinds are the resident's own or part of the answer; drafts' and colleagues' papers stay inside. */
const theirFiles = ['attachment', 'supplement', 'answer']

export async function findFollowed(db: Db, followNo: string): Promise<FollowedCase | null> {
  const found = await sql<FollowedCase & { letters: Dated[]; events: Dated[] }>`
    select c.id, c.follow_no as "followNo", c.number, c.title, c.stage, c.outcome, c.received_at as "receivedAt", p.filed_at as "filedAt",
      p.confirm_until as "confirmUntil", c.due_on as "dueOn", k.paused_on as "pausedOn", coalesce(k.explanation, '{}') as explanation,
      p.extended_to as "extendedTo", c.closed_at as "closedAt", u.name as unit, c.merged_into is not null as merged,
      exists (select from cases m where m.merged_into = c.id) as leads, p.transferred_to as "transferredTo",
      p.answer, p.remedy_advice as "remedyAdvice", p.answered_at as "answeredAt", p.satisfaction, p.satisfaction_note as "satisfactionNote",
      p.satisfied_at as "satisfiedAt", p.publish_consent as "publishConsent", c.confidential,
      (select coalesce(b.number, b.follow_no) from cases b where b.id = c.previous_id) as previous,
      (select jsonb_build_object('asked', r.asked, 'untilOn', r.until_on) from petition_supplement_requests r
        where r.case_id = c.id and r.ended_at is null order by r.id desc limit 1) as asked,
      coalesce((select jsonb_agg(ju.name order by a.id) from assignments a join units ju on ju.id = a.unit_id
        where a.case_id = c.id and a.role = 'joint' and a.until_at is null), '[]') as joint,
      coalesce((select jsonb_agg(jsonb_build_object('kind', l.kind, 'text', l.text, 'at', l.at) order by l.id) from petition_letters l where l.case_id = c.id), '[]') as letters,
      coalesce((select jsonb_agg(jsonb_build_object('id', d.id, 'name', d.name, 'kind', d.kind, 'bytes', o.size, 'sha256', encode(o.sha256, 'hex'), 'mediaType', o.media_type) order by d.id)
        from case_documents d join documents o on o.id = d.document_id where d.case_id = c.id and d.kind = any(${theirFiles})), '[]') as files,
      coalesce((select jsonb_agg(jsonb_build_object('kind', e.kind, 'at', e.happened_at) order by e.id) from events e where e.case_id = c.id), '[]') as events
    from cases c join petitions p on p.id = c.id left join units u on u.id = c.unit_id
      left join case_clocks k on k.case_id = c.id and k.main
    where c.follow_no = ${followNo} and c.kind = 'petition'`.execute(db)
  const row = found.rows[0]
  if (!row) return null
  return { ...row, letters: row.letters.map(withDate), events: row.events.map(withDate) as FollowedCase['events'] } as FollowedCase
}

// inside jsonb an instant is text
type Dated = { at: string | Date }
const withDate = <T extends Dated>(one: T): T & { at: Date } => ({ ...one, at: new Date(one.at) })

/** What a 再陳情 takes over from the case before it. */
export type PreviousCase = {
  id: number
  followNo: string
  /** 案號, or the follow number */
  name: string
  title: string
  category: string | null
  township: string | null
  place: string | null
  answerBy: string
  sender: { name: string; email: string; phone: string; address: string }
}

/** The earlier case by id or follow number, only for a browser that has shown its code. */
export async function findPreviousCase(request: PageRequest, which: string | number): Promise<PreviousCase | null> {
  const row = await request.db
    .selectFrom('cases')
    .innerJoin('petitions', 'petitions.id', 'cases.id')
    .select(['cases.id', 'follow_no', 'number', 'title', 'township', 'category', 'place', 'answer_by', 'sender_name', 'sender_email', 'sender_phone', 'sender_address'])
    .where(typeof which === 'number' ? 'cases.id' : 'follow_no', '=', typeof which === 'number' ? which : (levelNumber(which) ?? ''))
    .where('stage', '=', 'closed')
    .executeTakeFirst()
  if (!row || !isOpen(request, row.id)) return null
  return {
    id: row.id, followNo: row.follow_no, name: row.number ?? row.follow_no, title: row.title, category: row.category, township: row.township, place: row.place,
    answerBy: ['mail', 'post', 'telephone'].includes(row.answer_by) ? row.answer_by : 'mail',
    sender: { name: unseal(row.sender_name) ?? '', email: unseal(row.sender_email) ?? '', phone: unseal(row.sender_phone) ?? '', address: unseal(row.sender_address) ?? '' },
  }
}
