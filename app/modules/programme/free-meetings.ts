import { type RawBuilder, sql } from 'kysely'

/** The body in whose meetings reports are reviewed. */
export const reviewBody = 'programme'

/** Meetings of the body that review nothing yet, or this programme: none that was cancelled. The latest first. */
export const freeMeetings = (caseId: RawBuilder<unknown>) => sql`
  coalesce((select jsonb_agg(jsonb_build_object('number', k.number, 'heldOn', g.held_on, 'step', r.step, 'edition', r.edition) order by g.held_on desc, k.id desc) from meetings h join meeting_bodies b on b.id = h.body_id and b.code = ${reviewBody} join cases k on k.id = h.id
    join committee_meetings g on g.id = h.id left join programme_reviews r on r.meeting_id = k.id where k.outcome is distinct from 'cancelled' and (r.id is null or r.case_id = ${caseId})), '[]')`
