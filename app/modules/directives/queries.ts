import { type RawBuilder, sql } from 'kysely'
import { seenBy } from '../../core/cases/case-kinds.ts'
import type { Reader } from '../../core/db.ts'
import type { Person } from '../../core/identity/permissions.ts'
import { type CaseFileRow, findCaseFiles } from '../../core/procedure/case-files.ts'
import { clocksOf, type ShownClock, type ShownStep, stepsOfCase } from '../../core/procedure/shown.ts'
import { matches } from '../../core/search/search.ts'
import { type Day, rocDay } from '../../core/time.ts'
import { visibleTo } from './directive.ts'
import { caseKind, type Decision, decisions, type Grade, type Outcome, type ReportAsk, type Stage, stages } from './schema.ts'

export type ListedDirective = {
  id: number; number: string; title: string; sentence: string; stage: Stage; outcome: Outcome | null; closedAt: Date | null; grade: Grade; body: string; meeting: string; orderedOn: Day; unit: string | null; joint: string[]; dueOn: Day | null; delistedOn: Day | null; proof: string
  asks: ReportAsk | null; work: string | null; reportedOn: Day | null; wantedOn: Day | null; opinion: string | null
}
export type DirectiveFilter = { stage?: string | undefined; body?: string | undefined; unitId?: number | undefined; /** its own only, not what it helps with */ leadId?: number | undefined; query?: string | undefined; all?: boolean; overdue?: boolean; /** orders by the meeting that gave them, the newest first */ newest?: boolean }

/** The lead unit's newest report and what the control section said of it. */
const newest = sql`
  left join lateral (select s.id, s.happened_on, s.note, s.answers from case_steps s where s.case_id = c.id and s.step = 'report' order by s.id desc limit 1) r on true
  left join lateral (select s.answers->>'opinion' as opinion from case_steps s where s.case_id = c.id and s.step = 'accept' and s.id > coalesce(r.id, 0) order by s.id desc limit 1) o on true`
const listed = sql`c.id, c.number, c.title, d.sentence, c.stage, c.outcome, c.closed_at as "closedAt", d.grade, d.body_name as body, m.number as meeting, d.ordered_on as "orderedOn", u.name as unit, c.due_on as "dueOn", d.delisted_on as "delistedOn", d.proof,
  array(select ju.name from assignments j join units ju on ju.id = j.unit_id where j.case_id = c.id and j.role = 'joint' and (j.until_at is null or j.ended_as = 'closed') order by j.id) as joint,
  r.answers->>'asks' as asks, r.note as work, r.happened_on as "reportedOn", (r.answers->>'wantedOn')::date as "wantedOn", nullif(o.opinion, '') as opinion`
const tables = sql`from cases c join directives d on d.id = c.id join cases m on m.id = d.meeting_id left join units u on u.id = c.unit_id`

/** SQL condition: on the list on that day, or given up to it and ended since. */
const onList = (on: Day, all: boolean): RawBuilder<boolean> => sql<boolean>`d.ordered_on <= ${on}::date and ${all ? sql`true` : sql`(d.delisted_on is null or d.delisted_on > ${on}::date)`}`

const conditions = (person: Person, on: Day, filter: DirectiveFilter): RawBuilder<unknown> => {
  const parts: RawBuilder<unknown>[] = [sql`c.kind = ${caseKind}`, visibleTo(person), onList(on, Boolean(filter.all) || filter.stage === 'closed')]
  if (filter.stage && filter.stage in stages) parts.push(sql`c.stage = ${filter.stage}`)
  if (filter.body) parts.push(sql`d.body = ${filter.body}`)
  if (filter.unitId) parts.push(sql`(c.unit_id in (select id from units where id = ${filter.unitId} or bureau_id = ${filter.unitId}) or exists (select from assignments j where j.case_id = c.id and j.role = 'joint' and j.unit_id = ${filter.unitId}))`)
  if (filter.leadId) parts.push(sql`c.unit_id in (select id from units where bureau_id = ${filter.leadId})`)
  if (filter.overdue) parts.push(sql`c.closed_at is null and c.due_on < ${on}::date`)
  if (filter.query?.trim()) parts.push(sql`(${matches(filter.query)} or c.number = ${filter.query.trim()})`)
  return sql.join(parts, sql` and `)
}

export const pageSize = 50

/** Directives on the list of a day that this person may see, by due day (those without one last), or the newest first; a page from `after`. `size` null: all. */
export async function findDirectives(reader: Reader, person: Person, on: Day, filter: DirectiveFilter = {}, after?: string, size: number | null = pageSize): Promise<{ rows: ListedDirective[]; count: number; next: string | null }> {
  const key = /^(\d{4}-\d\d-\d\d)\.(\d{1,15})$/.exec(after ?? '')
  const by = filter.newest ? sql`d.ordered_on` : sql`coalesce(c.due_on, date '9999-12-31')`
  const where = conditions(person, on, filter)
  const from = key ? (filter.newest ? sql`and (${by}, c.id) < (${key[1]}::date, ${Number(key[2])})` : sql`and (${by}, c.id) > (${key[1]}::date, ${Number(key[2])})`) : sql``
  const { rows } = await sql<ListedDirective & { count: number; at: Day }>`
    select ${listed}, ${by} as at, (select count(*)::int ${tables} left join case_texts on case_texts.case_id = c.id where ${where}) as count
    ${tables} left join case_texts on case_texts.case_id = c.id ${newest} where ${where} ${from}
    order by ${by} ${filter.newest ? sql`desc` : sql`asc`}, c.id ${filter.newest ? sql`desc` : sql`asc`} ${size === null ? sql`` : sql`limit ${size + 1}`}`.execute(reader)
  const page = size === null ? rows : rows.slice(0, size)
  const last = page.at(-1)
  return { rows: page, count: rows[0]?.count ?? 0, next: size !== null && rows.length > size ? `${last!.at}.${last!.id}` : null }
}

/** Bodies that gave directives, for the filter. */
export async function findBodies(reader: Reader): Promise<{ value: string; text: string }[]> {
  return (await sql<{ value: string; text: string }>`select body as value, max(body_name) as text from directives group by body order by count(*) desc, body`.execute(reader)).rows
}

export type Decided = { decision: Decision; meeting: string; heldOn: Day; text: string; dueOn: Day | null; unit: string | null; into: string | null; pending: boolean }
export type DirectiveFile = { unit: string | null; officer: string | null; joint: string[]; importId: number | null; clocks: ShownClock[]; steps: ShownStep[]; files: CaseFileRow[]; decided: Decided[] }

/** What a directive's page shows besides its state. Ask only for one that the person may see. */
export async function findDirectiveFile(reader: Reader, caseId: number): Promise<DirectiveFile> {
  const { rows } = await sql<Omit<DirectiveFile, 'files'>>`
    select u.name as unit, p.name as officer, c.import_id as "importId", ${clocksOf}, ${stepsOfCase},
      array(select ju.name from assignments j join units ju on ju.id = j.unit_id where j.case_id = c.id and j.role = 'joint' and (j.until_at is null or j.ended_as = 'closed') order by j.id) as joint,
      coalesce((select jsonb_agg(jsonb_build_object('decision', x.decision, 'meeting', mc.number, 'heldOn', mm.held_on, 'text', x.text, 'dueOn', x.due_on, 'unit', xu.name, 'into', i.number, 'pending', x.taken_at is null) order by mm.held_on, x.id)
        from directive_decisions x join cases mc on mc.id = x.meeting_id join committee_meetings mm on mm.id = x.meeting_id left join units xu on xu.id = x.unit_id left join cases i on i.id = x.into_id where x.case_id = c.id), '[]') as decided
    from cases c left join units u on u.id = c.unit_id left join people p on p.id = c.officer_id where c.id = ${caseId}`.execute(reader)
  return { ...rows[0]!, files: await findCaseFiles(reader, caseId) }
}

export type MeetingDirectives = { issued: ListedDirective[]; decided: (Decided & { number: string; title: string; name: string | null })[] }

/** What a meeting ordered, and what it decided about earlier directives; those this person may see. */
export async function findMeetingDirectives(reader: Reader, person: Person, meetingId: number): Promise<MeetingDirectives> {
  const issued = await sql<ListedDirective>`select ${listed} ${tables} ${newest} where d.meeting_id = ${meetingId} and ${visibleTo(person)} order by c.id`.execute(reader)
  const decided = await sql<MeetingDirectives['decided'][number]>`
    select x.decision, m.number as meeting, mm.held_on as "heldOn", x.text, x.due_on as "dueOn", xu.name as unit, i.number as into, x.taken_at is null as pending, c.number, c.title, u.name
    from directive_decisions x join cases c on c.id = x.case_id join cases m on m.id = x.meeting_id join committee_meetings mm on mm.id = x.meeting_id left join units u on u.id = c.unit_id left join units xu on xu.id = x.unit_id left join cases i on i.id = x.into_id
    where x.meeting_id = ${meetingId} and ${visibleTo(person)} order by x.id`.execute(reader)
  return { issued: issued.rows, decided: decided.rows }
}

/** Open directives that a meeting may decide about: given by an earlier meeting of the same body, those that ask for a decision first. */
export async function findToDecide(reader: Reader, person: Person, meeting: { id: number; heldOn: Day; startsAt: string; body: { code: string } }): Promise<(ListedDirective & { noted: Decision | null; notedText: string; notedDueOn: Day | null })[]> {
  return (await sql<ListedDirective & { noted: Decision | null; notedText: string; notedDueOn: Day | null }>`
    select ${listed}, x.decision as noted, coalesce(x.text, '') as "notedText", x.due_on as "notedDueOn" ${tables} join committee_meetings f on f.id = d.meeting_id left join directive_decisions x on x.case_id = c.id and x.meeting_id = ${meeting.id} ${newest}
    where c.kind = ${caseKind} and c.closed_at is null and d.body = ${meeting.body.code} and (f.held_on, f.starts_at, f.id) < (${meeting.heldOn}::date, ${meeting.startsAt}::time, ${meeting.id}) and ${visibleTo(person)}
    order by array_position(array['checked', 'reported', 'open'], c.stage), c.due_on nulls last, c.id`.execute(reader)).rows
}

/** What meetings ordered about a case of another kind, the newest first; those this person may see. */
export async function findDirectivesAbout(reader: Reader, person: Person, caseId: number): Promise<ListedDirective[]> {
  return (await sql<ListedDirective>`select ${listed} ${tables} ${newest} where d.about_id = ${caseId} and ${visibleTo(person)} order by d.ordered_on desc, c.id desc`.execute(reader)).rows
}

export type AskedOf = { directives: ListedDirective[]; meetings: { number: string; title: string; heldOn: Day }[] }

/** What meetings ordered about a case, and the meetings of the last weeks in which it may have been asked about. */
export async function findAsked(reader: Reader, person: Person, caseId: number, today: Day): Promise<AskedOf> {
  const meetings = await sql<AskedOf['meetings'][number]>`
    select c.number, c.title, m.held_on as "heldOn" from committee_meetings m join cases c on c.id = m.id
    where m.held_on between ${today}::date - 45 and ${today}::date and (c.outcome is null or c.outcome = 'held') and ${seenBy(person, 'c')} order by m.held_on desc, m.starts_at desc limit 6`.execute(reader)
  return { directives: await findDirectivesAbout(reader, person, caseId), meetings: meetings.rows }
}

export type UnitCount = { unitId: number | null; unit: string; all: number; late: number; under30: number; under90: number; under180: number; over180: number; median: number }

/** By the bureau of the lead unit: on the list that day, late, and how old. */
export async function countByUnit(reader: Reader, person: Person, on: Day): Promise<UnitCount[]> {
  const age = sql`(${on}::date - d.ordered_on)`
  return (await sql<UnitCount>`
    select b.id as "unitId", coalesce(b.name, '未填') as unit, count(*)::int as all, (count(*) filter (where c.closed_at is null and c.due_on < ${on}::date))::int as late, (count(*) filter (where ${age} < 30))::int as under30,
      (count(*) filter (where ${age} between 30 and 89))::int as under90, (count(*) filter (where ${age} between 90 and 179))::int as under180, (count(*) filter (where ${age} >= 180))::int as over180,
      round(percentile_cont(0.5) within group (order by ${age}))::int as median
    ${tables} left join units b on b.id = u.bureau_id where ${conditions(person, on, {})} group by b.id, b.name, b.code order by 4 desc, 3 desc, b.code`.execute(reader)).rows
}

/** The sentences for the minutes: what was ordered, and what was decided about earlier ones. */
export async function directiveLines(reader: Reader, meetingId: number): Promise<string[]> {
  const { rows: issued } = await sql<{ line: string }>`
    select '指裁示：' || d.sentence || '（' || c.number || '，' || coalesce(u.name, '—') || '，' || coalesce('期限 ' || (extract(year from d.due_on) - 1911)::int || to_char(d.due_on, '/FMMM/FMDD'), '未定期限') || '）' as line
    from directives d join cases c on c.id = d.id left join units u on u.id = c.unit_id where d.meeting_id = ${meetingId} order by d.id`.execute(reader)
  const { rows: decided } = await sql<DecidedLine>`
    select c.number, c.title, u.name as unit, x.decision, x.text, x.due_on as "dueOn", t.name as "toUnit", i.number as into
    from directive_decisions x join cases c on c.id = x.case_id left join units u on u.id = c.unit_id left join units t on t.id = x.unit_id left join cases i on i.id = x.into_id
    where x.meeting_id = ${meetingId} and (x.taken_at is not null or c.closed_at is null) order by x.id`.execute(reader)
  return [...issued.map(({ line }) => line), ...decided.map(decidedLine)]
}

type DecidedLine = { number: string; title: string; unit: string | null; decision: Decision; text: string; dueOn: Day | null; toUnit: string | null; into: string | null }

/** 「前次指裁示：裁110-000004 道路改善（工務處）：修正期限至 110/9/1。已發包。」 */
function decidedLine({ number, title, unit, decision, text, dueOn, toUnit, into }: DecidedLine): string {
  const more = decision === 'new-due' && dueOn ? `至 ${rocDay(dueOn)}` : decision === 'reassign' && toUnit ? `為${toUnit}` : decision === 'merge' && into ? ` ${into}` : ''
  return `前次指裁示：${number} ${title}（${unit ?? '—'}）：${decisions[decision]}${more}。${text}`
}

/** What waits: for a unit to report (null: of all units), for the control section to check, for a meeting to decide. */
export async function countWaiting(reader: Reader, person: Person, unitIds: readonly number[] | null): Promise<{ toReport: number; late: number; toCheck: number; toDecide: number }> {
  const mine = unitIds === null ? sql`true` : sql`c.unit_id = any(${unitIds}::bigint[])`
  const { rows } = await sql<{ toReport: number; late: number; toCheck: number; toDecide: number }>`
    select (count(*) filter (where c.stage = 'open' and ${mine}))::int as "toReport", (count(*) filter (where c.stage = 'open' and c.due_on < current_date and ${mine}))::int as late,
      (count(*) filter (where c.stage = 'reported'))::int as "toCheck", (count(*) filter (where c.stage = 'checked'))::int as "toDecide"
    from cases c join directives d on d.id = c.id where c.kind = ${caseKind} and c.closed_at is null and ${visibleTo(person)}`.execute(reader)
  return rows[0]!
}
