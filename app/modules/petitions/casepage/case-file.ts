import { sql } from 'kysely'
import type { Reader } from '../../../core/db.ts'
import { actedBy, payloadOf } from '../../../core/events/acted-by.ts'
import { NotFound } from '../../../core/errors.ts'
import type { Person } from '../../../core/identity/permissions.ts'
import type { Day } from '../../../core/time.ts'
import type { CaseName } from '../petition.ts'
import { visibleTo } from '../visible.ts'
import { caseKind, type Channel, type Outcome, type Stage } from '../schema.ts'
import type { Submitted } from '../handling/submissions.ts'

// Instants inside the one row's JSON come as text; `revive` makes them Dates again.

export type CaseFile = {
  id: number
  number: string | null
  followNo: string
  title: string
  stage: Stage
  outcome: Outcome | null
  unitId: number | null
  unitName: string | null
  officerId: number | null
  officerName: string | null
  township: string | null
  receivedAt: Date | null
  registeredAt: Date | null
  dueOn: Day | null
  closedAt: Date | null
  confidential: boolean
  imported: { file: string; at: Date } | null
  channel: Channel
  category: string | null
  place: string | null
  latitude: number | null
  longitude: number | null
  mailboxRef: string | null
  answerBy: 'mail' | 'post' | 'telephone' | 'counter' | 'none'
  publishConsent: boolean
  readBackAt: Date | null
  ground: string | null
  transferredTo: string | null
  otherProcedure: string | null
  answer: string | null
  remedyAdvice: string | null
  extendedTo: Day | null
  satisfaction: number | null
  satisfactionNote: string | null
  sender: { name: Buffer | null; email: Buffer | null; phone: Buffer | null; address: Buffer | null }
  clock: { dueOn: Day | null; pausedOn: Day | null; because: string | null; explanation: string[]; calendarVersion: string | null } | null
  otherClocks: { rule: string; dueOn: Day | null; explanation: string[] }[]
  letters: { id: number; kind: 'letter' | 'supplement' | 'oral-record'; text: string; at: Date; recordedAt: Date }[]
  questions: { no: number; text: string; state: 'open' | 'answered' | 'not-applicable'; note: string | null }[]
  drafts: { id: number; version: number; text: string; remedy: 'undecided' | 'none' | 'given'; remedyAdvice: string | null; authorName: string | null; savedAt: Date }[]
  joint: { unitId: number; unitName: string; fromAt: Date; untilAt: Date | null; endedAs: string | null; note: string | null }[]
  contributions: { unitId: number; unitName: string; text: string; personName: string | null; at: Date }[]
  submissions: Submission[]
  requests: { asked: string; askedAt: Date; untilOn: Day; answeredAt: Date | null; endedAt: Date | null }[]
  documents: { id: number; name: string; kind: string; version: number; size: number; mediaType: string; addedAt: Date }[]
  members: { name: string; title: string | null; channel: Channel; closedAt: Date | null }[]
  mergedInto: { name: string; title: string | null } | null
  previous: { name: string; title: string | null } | null
  followUps: { name: string; title: string | null }[]
  reminders: { step: string; dueOn: Day; at: Date }[]
  /** who was named to see it, beside those who work on it; only while it is confidential */
  readers: { id: number; name: string; namedBy: string | null; namedAt: Date }[]
  sendings: { id: number; way: 'post' | 'telephone' | 'counter'; what: string; doneAt: Date | null }[]
  events: CaseEvent[]
  unitNames: Record<string, string>
}

export type Submission = {
  id: number
  what: Submitted
  draftId: number | null
  asked: Record<string, unknown>
  step: 'section-chief' | 'head' | 'done'
  state: 'pending' | 'approved' | 'sent-back' | 'cancelled'
  submittedBy: number
  submitterName: string
  submittedAt: Date
  decidedAt: Date | null
  decisions: { step: string; decision: 'approved' | 'sent-back'; comment: string | null; personName: string; onBehalfOfName: string | null; at: Date }[]
}

export type CaseEvent = {
  id: number
  kind: string
  happenedAt: Date
  recordedAt: Date
  personName: string | null
  onBehalfOfName: string | null
  payload: Record<string, unknown>
  note: string | null
  officerName: string | null
}

/** Everything that the case page shows, in one round trip. Not found when the person may not see it. */
export async function findCaseFile(reader: Reader, person: Person, name: CaseName): Promise<CaseFile> {
  const titleSeen = sql`case when ${visibleTo(person, 'm')} then m.title end` // of a case beside this one that is not theirs to see, only its number
  const found = await sql<Row>`
    select c.id, c.number, c.follow_no as "followNo", c.title, c.stage, c.outcome, c.unit_id as "unitId", u.name as "unitName",
      c.officer_id as "officerId", o.name as "officerName", c.township, c.received_at as "receivedAt", c.registered_at as "registeredAt",
      c.due_on as "dueOn", c.closed_at as "closedAt", c.confidential, p.channel, p.category, p.place, p.latitude, p.longitude,
      p.mailbox_ref as "mailboxRef", p.answer_by as "answerBy", p.publish_consent as "publishConsent", p.read_back_at as "readBackAt", p.ground,
      p.transferred_to as "transferredTo", p.other_procedure as "otherProcedure", p.answer, p.remedy_advice as "remedyAdvice",
      p.extended_to as "extendedTo", p.satisfaction, p.satisfaction_note as "satisfactionNote",
      p.sender_name, p.sender_email, p.sender_phone, p.sender_address,
      (select jsonb_build_object('file', i.file_name, 'at', i.imported_at) from imports i where i.id = c.import_id) as imported,
      (select jsonb_build_object('dueOn', k.due_on, 'pausedOn', k.paused_on, 'because', k.because, 'explanation', k.explanation, 'calendarVersion', k.calendar_version)
        from case_clocks k where k.case_id = c.id and k.main) as clock,
      (select jsonb_agg(jsonb_build_object('rule', k.rule, 'dueOn', k.due_on, 'explanation', k.explanation) order by k.id) from case_clocks k where k.case_id = c.id and not k.main) as "otherClocks",
      (select jsonb_agg(jsonb_build_object('id', l.id, 'kind', l.kind, 'text', l.text, 'at', l.at, 'recordedAt', l.recorded_at) order by l.id) from petition_letters l where l.case_id = c.id) as letters,
      (select jsonb_agg(jsonb_build_object('no', q.no, 'text', q.text, 'state', q.state, 'note', q.note) order by q.no) from petition_questions q where q.case_id = c.id) as questions,
      (select jsonb_agg(jsonb_build_object('id', d.id, 'version', d.version, 'text', d.text, 'remedy', d.remedy, 'remedyAdvice', d.remedy_advice, 'authorName', ${actedBy('a', sql`e.case_id = d.case_id and ${payloadOf('petition.drafted', 'version', sql`d.version`)}`)}, 'savedAt', d.saved_at) order by d.version desc)
        from petition_drafts d left join people a on a.id = d.author_id where d.case_id = c.id) as drafts,
      (select jsonb_agg(jsonb_build_object('unitId', j.unit_id, 'unitName', ju.name, 'fromAt', j.from_at, 'untilAt', j.until_at, 'endedAs', j.ended_as, 'note', j.note) order by j.id)
        from assignments j join units ju on ju.id = j.unit_id where j.case_id = c.id and j.role = 'joint') as joint,
      (select jsonb_agg(jsonb_build_object('unitId', k.unit_id, 'unitName', ku.name, 'text', k.text, 'personName', ${actedBy('kp', sql`e.case_id = k.case_id and ${payloadOf('petition.contributed', 'unit', sql`k.unit_id`)} and abs(extract(epoch from e.recorded_at - k.at)) < 60`)}, 'at', k.at) order by k.id)
        from petition_contributions k join units ku on ku.id = k.unit_id left join people kp on kp.id = k.person_id where k.case_id = c.id) as contributions,
      (select jsonb_agg(jsonb_build_object('id', s.id, 'what', s.what, 'draftId', s.draft_id, 'asked', s.asked, 'step', s.step, 'state', s.state,
          'submittedBy', s.submitted_by, 'submitterName', ${actedBy('sp', sql`e.case_id = s.case_id and ${payloadOf('petition.submitted', 'submission', sql`s.id`)}`)}, 'submittedAt', s.submitted_at, 'decidedAt', s.decided_at,
          'decisions', coalesce((select jsonb_agg(jsonb_build_object('step', x.step, 'decision', x.decision, 'comment', x.comment, 'personName', xp.name, 'onBehalfOfName', xb.name, 'at', x.at) order by x.id)
            from petition_decisions x join people xp on xp.id = x.person_id left join people xb on xb.id = x.on_behalf_of where x.submission_id = s.id), '[]')) order by s.id desc)
        from petition_submissions s join people sp on sp.id = s.submitted_by where s.case_id = c.id) as submissions,
      (select jsonb_agg(jsonb_build_object('asked', r.asked, 'askedAt', r.asked_at, 'untilOn', r.until_on, 'answeredAt', r.answered_at, 'endedAt', r.ended_at) order by r.id)
        from petition_supplement_requests r where r.case_id = c.id) as requests,
      (select jsonb_agg(jsonb_build_object('id', d.id, 'name', d.name, 'kind', d.kind, 'version', d.version, 'size', f.size, 'mediaType', f.media_type, 'addedAt', d.added_at) order by d.id)
        from case_documents d join documents f on f.id = d.document_id where d.case_id = c.id) as documents,
      (select jsonb_agg(jsonb_build_object('name', coalesce(m.number, m.follow_no), 'title', ${titleSeen}, 'channel', mp.channel, 'closedAt', m.closed_at) order by m.id)
        from cases m join petitions mp on mp.id = m.id where m.merged_into = c.id) as members,
      (select jsonb_build_object('name', coalesce(m.number, m.follow_no), 'title', ${titleSeen}) from cases m where m.id = c.merged_into) as "mergedInto",
      (select jsonb_build_object('name', coalesce(m.number, m.follow_no), 'title', ${titleSeen}) from cases m where m.id = c.previous_id) as previous,
      (select jsonb_agg(jsonb_build_object('name', coalesce(m.number, m.follow_no), 'title', ${titleSeen}) order by m.id) from cases m where m.previous_id = c.id and m.received_at is not null) as "followUps",
      (select jsonb_agg(jsonb_build_object('step', r.step, 'dueOn', r.due_on, 'at', r.at) order by r.at) from petition_reminders r where r.case_id = c.id) as reminders,
      (select jsonb_agg(jsonb_build_object('id', r.id, 'name', rp.name, 'namedBy', ${actedBy('rb', sql`e.case_id = r.case_id and ${payloadOf('petition.reader-named', 'reader', sql`r.person_id`)}`)}, 'namedAt', r.named_at) order by r.id)
        from windlion.case_readers r join people rp on rp.id = r.person_id left join people rb on rb.id = r.named_by where r.case_id = c.id and r.ended_at is null and c.confidential) as readers,
      (select jsonb_agg(jsonb_build_object('id', s.id, 'way', s.way, 'what', s.what, 'doneAt', s.done_at) order by s.id) from petition_sendings s where s.case_id = c.id) as sendings,
      (select jsonb_agg(jsonb_build_object('id', e.id, 'kind', e.kind, 'happenedAt', e.happened_at, 'recordedAt', e.recorded_at, 'personName', ep.name, 'onBehalfOfName', eb.name,
          'payload', e.payload, 'note', n.text, 'officerName', eo.name) order by e.id desc)
        from events e left join people ep on ep.id = e.person_id left join people eb on eb.id = e.on_behalf_of
          left join petition_notes n on n.id = (e.payload->>'note')::bigint and n.case_id = c.id left join people eo on eo.id = coalesce(e.payload->>'officer', e.payload->>'reader')::bigint
        where e.case_id = c.id) as events,
      (select jsonb_object_agg(n.id, n.name) from units n) as "unitNames"
    from cases c join petitions p on p.id = c.id left join units u on u.id = c.unit_id left join people o on o.id = c.officer_id
    where c.id = coalesce((select id from cases where number = ${name}), (select id from cases where follow_no = ${name})) and c.kind = ${caseKind} and ${visibleTo(person)}`.execute(reader)
  const row = found.rows[0]
  if (!row) throw new NotFound('找不到這件陳情，或它不在您的職務範圍內')
  return toFile(row)
}

type Row = Omit<CaseFile, 'sender'> & { sender_name: Buffer | null; sender_email: Buffer | null; sender_phone: Buffer | null; sender_address: Buffer | null }

const lists = ['otherClocks', 'letters', 'questions', 'drafts', 'joint', 'contributions', 'submissions', 'requests', 'documents', 'members', 'followUps', 'reminders', 'readers', 'sendings', 'events'] as const

function toFile({ sender_name, sender_email, sender_phone, sender_address, ...row }: Row): CaseFile {
  const file = { ...row, sender: { name: sender_name, email: sender_email, phone: sender_phone, address: sender_address } }
  for (const name of lists) (file as Record<string, unknown>)[name] = revive(row[name] ?? [])
  file.imported = revive(row.imported)
  file.unitNames = row.unitNames ?? {}
  return file
}

/** Texts in fields named …At (and `at`) are instants. */
function revive<T>(value: T): T {
  if (Array.isArray(value)) return value.map(revive) as T
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, typeof part === 'string' && /(^at|At)$/.test(name) ? new Date(part) : name === 'payload' || name === 'asked' ? part : revive(part)])) as T
}

/** 案號, or the follow number before it has one. */
export const caseNameOf = (file: { number: string | null; followNo: string }): CaseName => file.number ?? file.followNo

/** What is under approval now. */
export const pendingOf = (file: CaseFile): Submission | null => file.submissions.find((one) => one.state === 'pending') ?? null
