import type { Reader } from '../../../core/db.ts'
import type { Day } from '../../../core/time.ts'
import { type CaseMeeting, findMeetingsOf } from '../../../core/committees/queries.ts'
import type { DecidedClaim, SequelKind } from '../after/rules.ts'
import type { DraftClaim } from './rules.ts'
import './tables.ts'

export type Review = { id: number; memberId: number; member: string; askedOn: Day; opinion: string | null; givenOn: Day | null }
export type Draft = { claims: DraftClaim[]; facts: string; reasons: string; legalityOnly: boolean | null; negotiate: boolean | null; court: string | null; resolvedOn: Day | null; resolution: 'as-drafted' | 'amended' | null }
export type Decided = { number: string; decidedOn: Day; main: string; facts: string; reasons: string; remedy: string; members: string[]; /** of the authority, with the title (§89 I ④); null where it was not asked yet */ head: string | null }
export type Sequel = { id: number; kind: SequelKind; happenedOn: Day; authority: string; number: string; ground: string | null; late: boolean; result: string | null; resultOn: Day | null; note: string; partyId: number | null; claims: DecidedClaim[] | null }
export type Published = { id: number; title: string; main: string; facts: string; reasons: string; publishedAt: Date }

/** What the committee's side of an appeal holds. The caller has seen to it that the person may see the case. */
export type Proceedings = { reviews: Review[]; draft: Draft | null; decided: Decided | null; meetings: CaseMeeting[]; sequels: Sequel[]; published: Published | null }

export async function findProceedings(reader: Reader, caseId: number): Promise<Proceedings> {
  const [reviews, draft, decided, meetings, sequels, published] = await Promise.all([
    reader.selectFrom('appeal_reviews as r').innerJoin('committee_members as m', 'm.id', 'r.member_id').select(['r.id', 'r.member_id as memberId', 'm.name as member', 'r.asked_on as askedOn', 'r.opinion', 'r.given_on as givenOn']).where('r.case_id', '=', caseId).orderBy('r.id').execute(),
    reader.selectFrom('appeal_drafts').select(['claims', 'facts', 'reasons', 'legality_only as legalityOnly', 'negotiate', 'court', 'resolved_on as resolvedOn', 'resolution']).where('id', '=', caseId).executeTakeFirst(),
    findDecided(reader, caseId),
    findMeetingsOf(reader, caseId),
    reader.selectFrom('appeal_sequels').select(['id', 'kind', 'happened_on as happenedOn', 'authority', 'number', 'ground', 'late', 'result', 'result_on as resultOn', 'note', 'party_id as partyId', 'claims']).where('case_id', '=', caseId).orderBy('id').execute(),
    reader.selectFrom('appeal_publications').select(['id', 'title', 'main', 'facts', 'reasons', 'published_at as publishedAt']).where('case_id', '=', caseId).where('withdrawn_at', 'is', null).executeTakeFirst(),
  ])
  return { reviews, draft: draft ?? null, decided, meetings, sequels, published: published ?? null }
}

export async function findDecided(reader: Reader, caseId: number): Promise<Decided | null> {
  return (await reader.selectFrom('appeal_decisions').select(['number', 'decided_on as decidedOn', 'main', 'facts', 'reasons', 'remedy', 'members', 'head']).where('id', '=', caseId).executeTakeFirst()) ?? null
}

/** The head as the last decision named them: what the form begins with. */
export async function lastHead(reader: Reader): Promise<string | undefined> {
  return (await reader.selectFrom('appeal_decisions').select('head').where('head', 'is not', null).orderBy('decided_on', 'desc').orderBy('id', 'desc').executeTakeFirst())?.head ?? undefined
}
