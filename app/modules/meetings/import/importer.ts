import { sql } from 'kysely'
import { caseRow } from '../../../core/cases/open.ts'
import { decisionLabels } from '../../../core/committees/hearing.ts'
import { writeMinutes } from '../../../core/committees/minutes.ts'
import type { Tx } from '../../../core/db.ts'
import { indexCase } from '../../../core/search/search.ts'
import { caseImporter, type CaseToChange } from '../../../core/tabular/case-import.ts'
import { type CheckedRow, rowProblem } from '../../../core/tabular/schema.ts'
import type { Problem } from '../../../core/tabular/table.ts'
import { addDays, type Day, dayOf, parseInstant, rocDay } from '../../../core/time.ts'
import { hearing } from '../hearing.ts'
import { meetingKind, meetingPrefix, sections } from '../schema.ts'
import '../tables.ts'
import { type MeetingCells, meetingColumnNames, meetingColumns } from './columns.ts'
import { type AgendaLine, parseAgenda, parsePeople, type PersonLine } from './lines.ts'

type MeetingRow = MeetingCells & { bodyId: number; bodyName: string; ownerUnitId: number | null; seats: (PersonLine & { unitId: number | null })[]; items: (AgendaLine & { caseId: number | null; caseTitle: string | null })[] }

/** meetings.csv: meetings of bodies, past and to come. */
export const meetingsImporter = caseImporter<MeetingCells, MeetingRow>({ name: 'meetings', title: '會議', kind: meetingKind, prefix: meetingPrefix, columns: meetingColumns, columnNames: meetingColumnNames, check, textOf, add, change })

async function check(tx: Tx, rows: CheckedRow<MeetingCells>[], { now }: { now: Date }) {
  const [bodies, units] = await Promise.all([
    tx.selectFrom('meeting_bodies').select(['id', 'code', 'name', 'owner_unit_id', 'case_kind']).execute(),
    tx.selectFrom('units').select(['id', 'name']).where('kind', '!=', 'section').execute(),
  ])
  const read = rows.map((at) => ({ at, people: parsePeople(at.value.people), agenda: parseAgenda(at.value.agenda) }))
  const named = [...new Set(read.flatMap(({ agenda }) => ('items' in agenda ? agenda.items.flatMap(({ number }) => number ?? []) : [])))]
  const cases = new Map(named.length ? (await tx.selectFrom('cases').select(['id', 'number', 'title', 'confidential']).where('number', 'in', named).execute()).map((one) => [one.number, one]) : [])
  const problems: Problem[] = []
  const good: CheckedRow<MeetingRow>[] = []
  for (const { at, people, agenda } of read) {
    const { value } = at
    const body = bodies.find(({ code, name }) => code === value.body || name === value.body)
    const items = 'items' in agenda ? agenda.items : []
    const isPast = value.heldOn <= dayOf(now)
    const missing = items.find(({ number }) => number && !cases.has(number))
    const found: [string, string][] = [
      ...(body ? (body.case_kind === meetingKind ? [] : [['會議體', `${body.name}的會議由自己的檔案匯入`] as [string, string]]) : [['會議體', `沒有「${value.body}」這個會議體`] as [string, string]]),
      ...('problem' in people ? [['出席人員', people.problem] as [string, string]] : []), ...('problem' in agenda ? [['議程', agenda.problem] as [string, string]] : []),
      ...(missing ? [['議程', `沒有案號 ${missing.number} 的案件`] as [string, string]] : []),
      ...(isPast && !value.cancelled && items.some(({ decision }) => !decision) ? [['議程', '已經開過的會議，每一案都要有決議'] as [string, string]] : []),
      ...((!isPast || value.cancelled) && items.some(({ decision }) => decision) ? [['議程', '還沒有開或取消的會議不能有決議'] as [string, string]] : []),
      ...(value.approvedOn && (value.approvedOn < value.heldOn || value.approvedOn > dayOf(now) || value.cancelled) ? [['紀錄確認日', '要在開會日以後、今天以前，取消的會議不填'] as [string, string]] : []),
    ]
    for (const [column, reason] of found) problems.push(rowProblem(at, column, reason))
    if (found.length) continue
    const seats = 'people' in people ? people.people.map((one) => ({ ...one, unitId: units.find(({ name }) => name === one.title)?.id ?? null })) : []
    good.push({ ...at, value: { ...value, bodyId: body!.id, bodyName: body!.name, ownerUnitId: body!.owner_unit_id, seats, items: items.map((one) => ({ ...one, ...caseOf(one.number ? cases.get(one.number) : undefined) })) } })
  }
  return { rows: good, problems, notices: [] }
}

const caseOf = (one: { id: number; title: string; confidential: boolean } | undefined) => ({ caseId: one?.id ?? null, caseTitle: one ? (one.confidential ? '（保密案件）' : one.title) : null })

function textOf(row: MeetingRow, field: keyof MeetingCells & string): string {
  const value = field === 'body' ? row.bodyId : row[field]
  return value === null ? '' : String(value)
}

const titleOf = (row: MeetingRow): string => `${rocDay(row.heldOn)} ${row.bodyName}`
const clockOn = (on: Day, time: string): Date => parseInstant(`${on} ${time}`)!
const earlier = (a: Date, b: Date): Date => (a < b ? a : b)

/** A meeting is known whole from the evening of its day; one to come from now. Its approval is known from the evening of that day. */
async function add(tx: Tx, importId: number, rows: readonly MeetingRow[], now: Date): Promise<void> {
  for (const row of rows.toSorted((a, b) => (a.heldOn < b.heldOn ? -1 : a.heldOn > b.heldOn ? 1 : 0))) await addOne(tx, importId, row, now)
}

async function addOne(tx: Tx, importId: number, row: MeetingRow, now: Date): Promise<void> {
  const isPast = row.cancelled !== null || row.heldOn <= dayOf(now)
  const called = earlier(clockOn(addDays(row.heldOn, -7), '09:00'), now)
  const ended = isPast ? earlier(clockOn(row.heldOn, '17:30'), now) : null
  const known = ended ?? now
  const outcome = row.cancelled ? 'cancelled' : 'held'
  const { id } = await tx
    .insertInto('cases')
    .values({
      ...caseRow({ kind: meetingKind, number: row.number, title: titleOf(row), stage: ended ? 'closed' : 'planned', unitId: row.ownerUnitId, receivedAt: called, registeredAt: called, importId, closed: ended && { at: ended, outcome } }),
      sys_from: known,
    })
    .returning('id').executeTakeFirstOrThrow()
  const minutes = minutesOf(row, isPast)
  const approved = row.approvedOn && earlier(clockOn(row.approvedOn, '17:30'), now)
  await tx.insertInto('committee_meetings').values({ id, committee_id: null, invited_on: null, ...meetingOf(row), minutes, sys_from: approved ?? known }).execute()
  if (approved) await knownBefore(tx, id, known, approved)
  await tx.insertInto('committee_attendance').values(row.seats.map((one) => ({ meeting_id: id, member_id: null, unit_id: one.unitId, name: one.name, title: one.title, seat: one.unitId ? 'member' as const : 'other' as const, outside: false, attendance: isPast && !row.cancelled ? one.attendance : null, deputy: one.deputy, sys_from: known }))).execute()
  await tx.insertInto('committee_items').values(itemsOf(id, row, known)).execute()
  await tx.insertInto('committee_agendas').values({ meeting_id: id, version: 1, items: JSON.stringify(row.items.map(({ number, subject, section }) => ({ number, subject: number ? '' : subject, section }))) as never, sent_on: null, made_at: called }).execute()
  await tx.insertInto('meetings').values({ id, body_id: row.bodyId, proposals_due_on: null, begun_at: null, live_item_id: null, sys_from: known }).execute()
  if (row.ownerUnitId) await tx.insertInto('assignments').values({ case_id: id, unit_id: row.ownerUnitId, role: 'lead', officer_id: null, from_at: called, until_at: ended, ended_as: ended && 'closed', note: null, sys_from: known }).execute()
  await indexCase(tx, id, searchable(row, minutes))
  await tx.insertInto('events').values(eventsOf(id, importId, row, { called, ended, known, approved })).execute()
}

const meetingOf = (row: MeetingRow) => ({ sitting: row.sitting, held_on: row.heldOn, starts_at: row.startsAt ?? '09:30', ends_at: row.endsAt, place: row.place ?? '', mode: row.mode ?? ('on-site' as const), chair: row.chair, remarks: row.remarks ?? '', approved_on: row.approvedOn, approval_note: row.approvalNote ?? '' })

const itemsOf = (id: number, row: MeetingRow, at: Date) => row.items.map((one, i) => ({ meeting_id: id, case_id: one.caseId, position: i + 1, subject: one.caseId === null ? one.subject : '', section: one.section, decision: one.decision, decision_text: one.text, votes_for: null, votes_against: null, votes_abstain: null, sys_from: at }))
const searchable = (row: MeetingRow, minutes: string): string[] => [row.bodyName, row.place ?? '', row.agenda, minutes]

/** As they are written where the file has none: from who was there and what was decided. */
function minutesOf(row: MeetingRow, isPast: boolean): string {
  if (row.cancelled) return `取消：${row.cancelled}`
  if (!isPast) return ''
  if (row.minutes) return row.minutes
  const { chair, remarks, held_on: heldOn, starts_at: startsAt, ends_at: endsAt, place, mode } = meetingOf(row)
  const people = row.seats.map(({ name, title, unitId, attendance, deputy }, id) => ({ id, name, title, seat: unitId ? 'member' as const : 'other' as const, outside: false, attendance, deputy }))
  const items = row.items.map(({ section, number, subject, caseTitle, decision, text }) => ({ section, number, subject: caseTitle ?? subject, decision, text, tally: null, recusals: [], dissents: [] }))
  return writeMinutes({ title: titleOf(row), heldOn, startsAt, endsAt, place, mode, chair, remarks, people, items }, decisionLabels(hearing), { seat: '人員', sections, quiet: true })
}

function eventsOf(caseId: number, importId: number, row: MeetingRow, { called, ended, known, approved }: { called: Date; ended: Date | null; known: Date; approved: Date | null }) {
  const event = (kind: string, happenedAt: Date, from: string | null, to: string | null, payload: object = {}, recordedAt = known) => ({
    kind, happened_at: happenedAt, recorded_at: recordedAt, case_id: caseId, person_id: null, on_behalf_of: null, from_stage: from, to_stage: to, payload: JSON.stringify({ ...payload, import: importId }) as never,
  })
  const outcome = row.cancelled ? 'cancelled' : 'held'
  return [
    event('meeting.planned', called, null, 'planned', { on: row.heldOn, items: row.items.length }),
    event('meeting.registered', called, null, null, { number: row.number }),
    ...(ended ? [event(`meeting.${outcome}`, ended, 'planned', 'closed', { outcome })] : []),
    ...(approved ? [event('meeting.minutes-approved', approved, null, null, { on: row.approvedOn }, approved)] : []),
  ]
}

/** From the day of the meeting until its minutes were approved it was known without that. Written as history itself: a change of the row would be known from now only. */
async function knownBefore(tx: Tx, id: number, from: Date, until: Date): Promise<void> {
  await sql`insert into windlion_history.committee_meetings select (jsonb_populate_record(null::windlion_history.committee_meetings, to_jsonb(m) || jsonb_build_object('sys_from', ${from}::timestamptz, 'sys_to', ${until}::timestamptz, 'approved_on', null, 'approval_note', ''))).* from committee_meetings m where m.id = ${id} and ${from}::timestamptz < ${until}::timestamptz`.execute(tx)
}

/** --update: put right, recorded now; what was believed before stays in the history. A meeting keeps whether it was held. */
async function change(tx: Tx, importId: number, { id, row, fields }: CaseToChange<MeetingRow>, now: Date): Promise<void> {
  const before = await tx.selectFrom('cases').select(['outcome', 'stage']).where('id', '=', id).executeTakeFirstOrThrow()
  const isPast = before.stage === 'closed'
  const stays = await tx.selectFrom('committee_items').select('id').where('meeting_id', '=', id).orderBy('position').execute()
  await tx.updateTable('cases').set({ title: titleOf(row) }).where('id', '=', id).execute()
  await tx.updateTable('meetings').set({ body_id: row.bodyId }).where('id', '=', id).execute()
  const wanted = itemsOf(id, row, now)
  for (const [i, one] of stays.entries()) {
    const to = wanted[i]
    if (to) await tx.updateTable('committee_items').set({ case_id: to.case_id, subject: to.subject, section: to.section, decision: to.decision, decision_text: to.decision_text }).where('id', '=', one.id).execute()
    else await tx.deleteFrom('committee_items').where('id', '=', one.id).execute()
  }
  if (wanted.length > stays.length) await tx.insertInto('committee_items').values(wanted.slice(stays.length)).execute()
  await tx.deleteFrom('committee_attendance').where('meeting_id', '=', id).execute()
  await tx.insertInto('committee_attendance').values(row.seats.map((one) => ({ meeting_id: id, member_id: null, unit_id: one.unitId, name: one.name, title: one.title, seat: one.unitId ? 'member' as const : 'other' as const, outside: false, attendance: before.outcome === 'held' ? one.attendance : null, deputy: one.deputy }))).execute()
  const minutes = minutesOf(row, isPast)
  await tx.updateTable('committee_meetings').set({ ...meetingOf(row), minutes }).where('id', '=', id).execute()
  await indexCase(tx, id, searchable(row, minutes))
  await tx.insertInto('events').values({ kind: 'meeting.corrected', happened_at: now, recorded_at: now, case_id: id, person_id: null, on_behalf_of: null, from_stage: null, to_stage: null, payload: JSON.stringify({ import: importId, fields }) as never }).execute()
}
