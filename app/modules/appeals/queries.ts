import { type RawBuilder, sql } from 'kysely'
import type { Reader } from '../../core/db.ts'
import { NotFound } from '../../core/errors.ts'
import { type Person, reach } from '../../core/identity/permissions.ts'
import { matches } from '../../core/search/search.ts'
import type { Day } from '../../core/time.ts'
import { correctionUnserved, type LockedAppeal, visibleTo } from './appeal.ts'
import { type AgencyKind, caseKind, type Channel, type ClaimOutcome, type Form, type LetterKind, type Outcome, type PaperKind, type PartyRole, type Stage, stages } from './schema.ts'
import type { AppealState } from './steps.ts'
import { clockName, lapsing } from './waits-for.ts'

export type ListedAppeal = {
  id: number; name: string; title: string; agency: string; stage: Stage; outcome: Outcome | null; officer: string | null; filedOn: Day; dueOn: Day | null; confidential: boolean
  /** the clock beside that of the decision that ends first, and its rule */
  sideDueOn: Day | null; sideRule: string | null
}
export type AppealFilter = { stage?: string | undefined; agency?: string | undefined; outcome?: string | undefined; query?: string | undefined; waits?: string | undefined; today?: Day; all?: boolean }

export const pageSize = 50

/** Appeals a person may see: what is due first comes first, closed ones by their filing. Open ones unless `all`. Paged by due day and id. */
export async function findAppeals(reader: Reader, person: Person, filter: AppealFilter, after?: string): Promise<{ rows: ListedAppeal[]; count: number; next: string | null }> {
  const where = conditions(person, filter)
  const key = /^(\d{4}-\d\d-\d\d|infinity)\.(\d{1,15})$/.exec(after ?? '')
  const order = sql`coalesce(least(c.due_on, side.due_on), 'infinity'::date)`
  const from = sql`from cases c join appeals a on a.id = c.id left join people p on p.id = c.officer_id left join case_texts on case_texts.case_id = c.id
    left join lateral (select k.due_on, k.rule from case_clocks k where k.case_id = c.id and not k.main and k.met_at is null and c.closed_at is null order by k.due_on nulls last limit 1) side on true`
  const { rows } = await sql<ListedAppeal & { count: number; at: string }>`
    select c.id, coalesce(c.number, c.follow_no) as name, c.title, a.agency, c.stage, c.outcome, p.name as officer, a.filed_on as "filedOn", c.due_on as "dueOn", c.confidential, side.due_on as "sideDueOn", side.rule as "sideRule",
      ${order}::text as at, (select count(*) ${from} where ${where}) as count
    ${from} where ${where} ${key ? sql`and (${order}, -c.id) > (${key[1]}::date, -${Number(key[2])}::bigint)` : sql``} order by ${order}, c.id desc limit ${pageSize + 1}`.execute(reader)
  const page = rows.slice(0, pageSize)
  const last = page.at(-1)
  return { rows: page, count: rows[0]?.count ?? 0, next: rows.length > pageSize && last ? `${last.at}.${last.id}` : null }
}

/** What may be asked of open appeals besides their stage: a period that ran out, a paper that came, a decision to approve. */
export const waitings: Record<string, string> = {
  ...Object.fromEntries(lapsing.map((rule) => [rule, `${clockName(rule)}：期限已過`])),
  came: '線上補正待確認', approval: '決定書待核定', answer: '原處分機關待答辯',
}

function waitsIn(person: Person, waits: string, today: Day | undefined): RawBuilder<unknown> {
  if (waits === 'came') return sql`c.stage = 'correction' and exists (select from appeal_papers w where w.case_id = c.id and w.kind = 'correction' and w.received_on >= (select max(s.happened_on) from appeal_steps s where s.case_id = c.id and s.step = 'ask-correction'))`
  if (waits === 'approval') {
    const by = reach(person, 'appeals.approve')
    return sql`c.stage = 'committee' and c.unit_id = any(${by.all ? [] : by.unitIds}::bigint[]) and exists (select from appeal_drafts d where d.id = c.id and d.resolution = 'as-drafted')`
  }
  if (waits === 'answer') {
    const by = reach(person, 'appeals.reply')
    return sql`c.stage = 'agency' and ${by.all ? sql`true` : sql`a.agency_unit_id = any(${by.unitIds}::bigint[])`}`
  }
  return sql`exists (select from case_clocks k where k.case_id = c.id and k.rule = ${waits} and k.met_at is null and k.due_on < ${today ?? null}::date)`
}

/** How many open appeals of this person's each period has run out of; only those that somebody here has to act upon. */
export async function countLapsed(reader: Reader, person: Person, today: Day): Promise<{ rule: string; count: number }[]> {
  return (await sql<{ rule: string; count: number }>`select k.rule, count(distinct c.id)::int as count from case_clocks k join cases c on c.id = k.case_id
    where c.kind = ${caseKind} and c.closed_at is null and k.met_at is null and k.due_on < ${today}::date and k.rule = any(${lapsing}::text[]) and ${visibleTo(person)} group by k.rule order by k.rule`.execute(reader)).rows
}

function conditions(person: Person, { stage, agency, outcome, query, waits, today, all }: AppealFilter): RawBuilder<boolean> {
  const parts: RawBuilder<unknown>[] = [sql`c.kind = ${caseKind}`, visibleTo(person)]
  if (stage && stage in stages) parts.push(sql`c.stage = ${stage}`)
  else if (outcome) parts.push(sql`c.outcome = ${outcome}`)
  else if (!all) parts.push(sql`c.closed_at is null`)
  if (waits && Object.hasOwn(waitings, waits)) parts.push(sql`c.closed_at is null`, waitsIn(person, waits, today))
  if (agency) parts.push(sql`a.agency = ${agency}`)
  if (query?.trim()) parts.push(sql`(${matches(query)} or c.number = ${query.trim()} or c.follow_no = ${query.trim()})`)
  return sql<boolean>`${sql.join(parts, sql` and `)}`
}

/** Agencies against which there are appeals that this person may see. */
export async function findAgencyNames(reader: Reader, person: Person): Promise<string[]> {
  const { rows } = await sql<{ agency: string }>`select distinct a.agency from appeals a join cases c on c.id = a.id where ${visibleTo(person)} order by a.agency`.execute(reader)
  return rows.map(({ agency }) => agency)
}

export type Party = { id: number; role: PartyRole; isPerson: boolean; lawyer: boolean; actsFor: number | null; since: Day; until: Day | null; succeeds: number | null; name: Buffer | null; bornOn: Buffer | null; idNumber: Buffer | null; address: Buffer | null; email: Buffer | null; phone: Buffer | null }
export type Letter = { id: number; partyId: number | null; recipient: string | null; kind: LetterKind; subject: string; text: string; documentNo: string | null; way: 'mail' | 'post' | 'exchange'; writtenAt: Date; sentOn: Day | null; servedOn: Day | null; serviceKind: string | null; effectiveOn: Day | null; remark: string | null }

export type AppealFile = AppealState & Pick<LockedAppeal, 'id' | 'number' | 'followNo' | 'title' | 'unitId' | 'officerId' | 'agencyUnitId' | 'agency' | 'authority' | 'confidential' | 'residence' | 'representativeAtSeat'> & {
  outcome: Outcome | null; unit: string | null; officer: string | null; receivedAt: Date; closedAt: Date | null; importId: number | null
  channel: Channel; agencyKind: AgencyKind; form: Form; thirdParty: boolean; filedOn: Day; firstReceivedBy: string | null; dispositionNo: string | null; dispositionOn: Day | null; servedOn: Day | null; serviceKind: string | null
  knownOn: Day | null; appliedOn: Day | null; remedyTold: 'yes' | 'no'; filingDueOn: Day | null; filingReasons: string[]; category: string | null; agencyRepliedOn: Day | null; decisionNo: string | null
  joined: string | null; joinedHere: string[]
  clocks: { rule: string; dueOn: Day | null; metAt: Date | null; because: string | null; explanation: string[]; main: boolean }[]
  claims: { id: number; position: number; text: string; outcome: ClaimOutcome | null; basis: string | null; thenWhat: string | null; remandDays: number | null; note: string }[]
  papers: { id: number; kind: PaperKind; text: string; receivedOn: Day }[]
  history: { step: string; on: Day; documentNo: string | null; note: string | null; by: string | null; recordedAt: Date }[]
  files: { id: number; name: string; kind: string; sha256: string; mediaType: string; bytes: number }[]
  /** named on a confidential case */
  readers: { id: number; name: string }[]
  parties: Party[]
  letters: Letter[]
}

/** An appeal whole. Not found when the person may not see it. */
export async function findAppeal(reader: Reader, person: Person, name: string): Promise<AppealFile> {
  const { rows } = await sql<Omit<AppealFile, 'parties' | 'letters'>>`
    select c.id, c.number, c.follow_no as "followNo", c.title, c.stage, c.outcome, c.unit_id as "unitId", u.name as unit, c.officer_id as "officerId", p.name as officer, c.received_at as "receivedAt", c.closed_at as "closedAt",
      c.due_on as "dueOn", c.import_id as "importId", c.confidential, a.channel, a.form, a.ground, a.third_party as "thirdParty", a.filed_on as "filedOn", a.first_received_by as "firstReceivedBy", a.agency, a.agency_kind as "agencyKind",
      a.agency_unit_id as "agencyUnitId", a.authority, a.ours, a.disposition_no as "dispositionNo", a.disposition_on as "dispositionOn", a.served_on as "servedOn", a.service_kind as "serviceKind", a.known_on as "knownOn", a.applied_on as "appliedOn",
      a.remedy_told as "remedyTold", a.residence, a.representative_at_seat as "representativeAtSeat", a.filing_due_on as "filingDueOn", a.filing_reasons as "filingReasons", a.category, a.signed, a.suspended_from as "suspendedFrom",
      a.correction_until as "correctionUntil", ${correctionUnserved} as "correctionUnserved", a.corrected_on as "correctedOn", a.extension_months as "extensionMonths", a.forwarded_on as "forwardedOn", a.agency_reply as "agencyReply", a.agency_replied_on as "agencyRepliedOn", a.oral,
      a.joined_to as "joinedTo", a.decided_on as "decidedOn", a.decision, a.decision_no as "decisionNo", a.dispatched_on as "dispatchedOn",
      a.restitution, a.restitution_asked_on as "restitutionAskedOn", a.restitution_until as "restitutionUntil",
      (select max(k.due_on) from case_clocks k where k.case_id = c.id and k.rule = 'appeal-supplement-30d') as "supplementUntil",
      (select max(k.due_on) from case_clocks k where k.case_id = c.id and k.rule = 'appeal-agency-reply-20d' and k.met_at is null) as "replyUntil",
      array(select s.step from appeal_steps s where s.case_id = c.id order by s.id) as steps,
      (select coalesce(j.number, j.follow_no) from cases j where j.id = a.joined_to) as joined,
      array(select coalesce(j.number, j.follow_no) from appeals o join cases j on j.id = o.id where o.joined_to = c.id order by o.id) as "joinedHere",
      coalesce((select jsonb_agg(jsonb_build_object('rule', k.rule, 'dueOn', k.due_on, 'metAt', k.met_at, 'because', k.because, 'explanation', k.explanation, 'main', k.main) order by k.main desc, k.id) from case_clocks k where k.case_id = c.id), '[]') as clocks,
      coalesce((select jsonb_agg(jsonb_build_object('id', m.id, 'position', m.position, 'text', m.text, 'outcome', m.outcome, 'basis', m.basis, 'thenWhat', m.then_what, 'remandDays', m.remand_days, 'note', m.note) order by m.position) from appeal_claims m where m.case_id = c.id), '[]') as claims,
      coalesce((select jsonb_agg(jsonb_build_object('id', w.id, 'kind', w.kind, 'text', w.text, 'receivedOn', w.received_on) order by w.id) from appeal_papers w where w.case_id = c.id), '[]') as papers,
      coalesce((select jsonb_agg(jsonb_build_object('step', s.step, 'on', s.happened_on, 'documentNo', s.document_no, 'note', s.note, 'by', b.name, 'recordedAt', s.recorded_at) order by s.happened_on, s.id)
        from appeal_steps s left join people b on b.id = s.person_id where s.case_id = c.id), '[]') as history,
      coalesce((select jsonb_agg(jsonb_build_object('id', r.id, 'name', w.name) order by r.id) from windlion.case_readers r join people w on w.id = r.person_id where r.case_id = c.id and r.ended_at is null), '[]') as readers,
      coalesce((select jsonb_agg(jsonb_build_object('id', d.id, 'name', d.name, 'kind', d.kind, 'sha256', encode(o.sha256, 'hex'), 'mediaType', o.media_type, 'bytes', o.size) order by d.id) from case_documents d join documents o on o.id = d.document_id where d.case_id = c.id), '[]') as files
    from cases c join appeals a on a.id = c.id left join units u on u.id = c.unit_id left join people p on p.id = c.officer_id
    where c.kind = ${caseKind} and (c.number = ${name} or c.follow_no = ${name}) and ${visibleTo(person)}`.execute(reader)
  const file = rows[0]
  if (!file) throw new NotFound('找不到這件訴願')
  return { ...file, parties: await findParties(reader, file.id), letters: await findLetters(reader, file.id) }
}

export async function findParties(reader: Reader, caseId: number): Promise<Party[]> {
  return (await reader.selectFrom('appeal_parties').select(['id', 'role', 'is_person as isPerson', 'lawyer', 'acts_for as actsFor', 'since', 'until', 'succeeds', 'name', 'born_on as bornOn', 'id_number as idNumber', 'address', 'email', 'phone']).where('case_id', '=', caseId).orderBy('id').execute())
}

async function findLetters(reader: Reader, caseId: number): Promise<Letter[]> {
  return (await reader.selectFrom('appeal_letters').select(['id', 'party_id as partyId', 'recipient', 'kind', 'subject', 'text', 'document_no as documentNo', 'way', 'written_at as writtenAt', 'sent_on as sentOn', 'served_on as servedOn', 'service_kind as serviceKind', 'effective_on as effectiveOn', 'remark']).where('case_id', '=', caseId).orderBy('id').execute())
}

/** Papers that came by the portal after the latest notice to correct, and are not recorded as a correction yet. */
export function correctionsCome({ stage, papers, history }: Pick<AppealFile, 'stage' | 'papers' | 'history'>): AppealFile['papers'] {
  const asked = history.findLast(({ step }) => step === 'ask-correction')
  return stage === 'correction' && asked ? papers.filter(({ kind, receivedOn }) => kind === 'correction' && receivedOn >= asked.on) : []
}

/** What still has to go out when the case is closed; a notice on the way of a case that has ended is sent no more. */
export const endingLetters: readonly LetterKind[] = ['decision', 'transfer', 'withdrawal']

export type WaitingLetter = { id: number; name: string; title: string; kind: LetterKind; way: string; writtenAt: Date; recipient: string | null; sentOn: Day | null }

/** Letters on paper that wait to be sent, then those sent whose service has to be proved; of cases this person may see. */
export async function findWaitingLetters(reader: Reader, person: Person): Promise<WaitingLetter[]> {
  return (await sql<WaitingLetter>`
    select l.id, coalesce(c.number, c.follow_no) as name, c.title, l.kind, l.way, l.written_at as "writtenAt", l.recipient, l.sent_on as "sentOn"
    from appeal_letters l join cases c on c.id = l.case_id where ((l.sent_on is null and (c.closed_at is null or l.kind = any(${endingLetters}::text[]))) or (l.kind in ('correction', 'decision') and l.way = 'post' and l.served_on is null and c.closed_at is null)) and ${visibleTo(person)}
    order by l.sent_on nulls first, l.written_at limit 200`.execute(reader)).rows
}
