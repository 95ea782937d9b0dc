import { type RawBuilder, sql } from 'kysely'
import { isNamedOn, isUnheld, isWithinReachOrJoint } from '../../core/cases/readers.ts'
import { computeDeadline } from '../../core/clocks/index.ts'
import { yearsEnd } from '../../core/clocks/periods.ts'
import type { Reader } from '../../core/db.ts'
import { NotFound } from '../../core/errors.ts'
import { type Person, reach } from '../../core/identity/permissions.ts'
import type { StepState } from '../../core/procedure/step.ts'
import { addDays, type Day, dayFromNumber, dayNumber, rocDay } from '../../core/time.ts'
import { caseKind, negotiationKind, type Channel, type deliberations, type Outcome, type Stage, type SuitResult, type Recourse } from './schema.ts'
import './tables.ts'

/** The facts by which a step is open or not. */
export type ClaimState = StepState & {
  stage: Stage
  agency: string | null; channel: Channel
  requestedTwd: number | null; restoration: string | null
  openDueOn: Day | null; correctionDueOn: Day | null; firstMeetingOn: Day | null; /** as the latest notice says; null where no notice went out from here */ meetingOn: Day | null; /** when its service on the claimant took effect */ noticeServedOn: Day | null; negotiationDueOn: Day | null; continued: boolean
  /** 協議書 was issued here */
  agreementIssued: boolean
  /** the day of negotiation that is planned, by its number */
  negotiation: string | null
  /** what the committee resolved last */
  deliberated: keyof typeof deliberations | null
  decision: Outcome | null; decidedOn: Day | null; certificateOn: Day | null
  agreedTwd: number | null; agreementServedOn: Day | null; provisionalTwd: number; paymentAskedOn: Day | null; paidOn: Day | null
  suitOn: Day | null; suitResult: SuitResult | null; suitFinal: boolean; suitTwd: number | null
  recourse: Recourse | null; recourseDueOn: Day | null; superiorDueOn: Day | null
}

/**
 * SQL condition "this person may see the claim" over an alias of cases: the law section and whoever reads all; officers of the agency concerned,
 * which helps with it (協辦). A confidential claim by name, and while nobody has it by those who give it one.
 */
export function visibleTo(person: Person, alias = 'c'): RawBuilder<boolean> {
  const c = (column: string) => sql.ref(`${alias}.${column}`)
  const within = isWithinReachOrJoint(person, 'compensations.read', alias)
  const gives = reach(person, 'compensations.register').all
  return sql<boolean>`case when ${c('confidential')} then (${isNamedOn(person, alias)} or (${isUnheld(alias)} and ${gives}::boolean)) else ${within} end`
}

export async function findClaimState(reader: Reader, person: Person | null, name: string, lock = false): Promise<ClaimState> {
  const { rows } = await sql<ClaimState>`
    select c.id, c.number, c.follow_no as "followNo", c.title, c.stage, c.outcome, c.unit_id as "unitId", c.officer_id as "officerId", c.confidential, c.received_at as "receivedAt", c.closed_at as "closedAt", c.due_on as "dueOn",
      m.agency, m.channel, m.requested_twd as "requestedTwd", m.restoration, m.open_due_on as "openDueOn", m.correction_due_on as "correctionDueOn", m.first_meeting_on as "firstMeetingOn", m.meeting_on as "meetingOn", m.notice_served_on as "noticeServedOn", m.negotiation_due_on as "negotiationDueOn", m.continued,
      m.decision, m.decided_on as "decidedOn", m.certificate_on as "certificateOn", m.agreed_twd as "agreedTwd", m.agreement_served_on as "agreementServedOn", m.provisional_twd as "provisionalTwd",
      m.payment_asked_on as "paymentAskedOn", m.paid_on as "paidOn", m.suit_on as "suitOn", m.suit_result as "suitResult", m.suit_final as "suitFinal", m.suit_twd as "suitTwd", m.recourse,
      (select k.due_on from case_clocks k where k.case_id = c.id and k.rule = 'sc-recourse-2y' order by k.id desc limit 1) as "recourseDueOn",
      (select k.due_on from case_clocks k where k.case_id = c.id and k.rule = 'sc-superior-20d' order by k.id desc limit 1) as "superiorDueOn",
      exists (select from case_letters l where l.case_id = c.id and l.kind = 'agreement' and l.issued_on is not null) as "agreementIssued",
      (select n.number from committee_items i join cases n on n.id = i.meeting_id where i.case_id = c.id and n.kind = ${negotiationKind} and n.stage = 'planned' order by n.id desc limit 1) as negotiation,
      (select s.answers->>'result' from case_steps s where s.case_id = c.id and s.step = 'deliberated' order by s.id desc limit 1) as deliberated,
      array(select s.step from case_steps s where s.case_id = c.id order by s.id) as steps
    from cases c join compensations m on m.id = c.id
    where c.kind = ${caseKind} and ${name} in (c.number, c.follow_no) and c.stage <> 'lapsed' and ${person ? visibleTo(person) : sql`true`} ${lock ? sql`for update of c` : sql``}`.execute(reader)
  const state = rows[0]
  if (!state) throw new NotFound('找不到這件國家賠償事件')
  return state
}

/**
 * How the notice of a first meeting that was not held yet stands (國家賠償法施行細則 §21 I): the last day of its service, and whether the real one was late.
 * Null where there is none.
 */
export function noticeOf({ meetingOn, noticeServedOn, steps }: ClaimState): { meetingOn: Day; latest: Day; servedOn: Day | null; late: boolean } | null {
  if (!meetingOn || steps.includes('meet')) return null
  const answer = computeDeadline('sc-notice-5d', meetingOn)
  if (answer.kind !== 'due') return null
  return { meetingOn, latest: answer.day, servedOn: noticeServedOn, late: noticeServedOn !== null && noticeServedOn > answer.day }
}

/** The same as a sentence for the page of the claim, while there is something to be done about it. */
export function noticeWarning(state: ClaimState, today: Day): string | null {
  const notice = state.stage === 'negotiating' ? noticeOf(state) : null
  if (!notice || (notice.servedOn && !notice.late)) return null
  const [meeting, latest] = [rocDay(notice.meetingOn), rocDay(notice.latest)]
  if (notice.late) return `${meeting} 協議期日的通知 ${rocDay(notice.servedOn!)} 才送達，最晚要在 ${latest}（國家賠償法施行細則 §21 I）。請求權人不願在這一天協議的，請另定期日再通知；沒有到場的，不能當作無故不到場。另定期日後，六十日的協議期間仍從 ${rocDay(state.firstMeetingOn ?? notice.meetingOn)} 起算（§21 II；待法制單位確認）。`
  return today > notice.latest ? `${meeting} 協議期日的通知最晚 ${latest} 要送達請求權人，還沒有登錄送達；沒送達的，請另定期日再通知（國家賠償法施行細則 §21 I）。` : `${meeting} 協議期日的通知最晚 ${latest} 要送達請求權人（國家賠償法施行細則 §21 I），送達了請登錄。`
}

/**
 * What has lapsed without an agreement: from the day after the claimant may sue (國家賠償法 §11 I), and the claim stays open. A first day of negotiation after the thirty
 * begins nothing in time (施行細則 §21 II), so that they lapse as if there were none. Null while nothing has, or once it was decided.
 */
export function maySueSince({ decision, openDueOn, firstMeetingOn, negotiationDueOn }: ClaimState, today: Day): Day | null {
  if (decision) return null
  const lapsed = firstMeetingOn === null || (openDueOn && firstMeetingOn > openDueOn) ? openDueOn : negotiationDueOn
  return lapsed && lapsed < today ? addDays(lapsed, 1) : null
}

/**
 * The last day of 國家賠償法 §8 I as plain days, for a day that the office calendar does not reach yet: two years from knowledge or five from the damage, whichever is
 * first. It moves on where that day will be a rest day.
 */
export function prescribedOn({ knownOn, damageOn }: { knownOn: Day | null; damageOn: Day | null }): Day | null {
  const ends = [knownOn && yearsEnd(dayNumber(knownOn), 2), damageOn && yearsEnd(dayNumber(damageOn), 5)].filter((end) => end !== null)
  return ends.length ? dayFromNumber(Math.min(...ends)) : null
}
