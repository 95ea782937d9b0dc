import { type RawBuilder, sql } from 'kysely'
import type { Tx } from '../../../core/db.ts'
import { officeCalendar } from '../../../core/clocks/index.ts'
import { caseKind } from '../schema.ts'
import { rule } from './due.ts'

/**
 * Writes what stageRows() carried over into the county's tables. Every version a case has had is written with the span in
 * which it was believed, as if the office had worked with this system all along; each event says which import brought it.
 */
export async function spreadRows(tx: Tx, importId: number, recordedAt: Date): Promise<void> {
  await spreadCases(tx, importId)
  await spreadPetitions(tx)
  await spreadAssignments(tx)
  await spreadClocks(tx)
  await sql`insert into petition_letters (case_id, kind, text, at, recorded_at)
    select case_id, 'letter', body, received_at, r from staged where body <> ''`.execute(tx)
  await sql`insert into petition_questions (case_id, no, text) select s.case_id, q.no, q.text from staged_questions q join staged s using (number)`.execute(tx)
  await spreadTexts(tx)
  await spreadEvents(tx, importId, recordedAt)
  await analyze(tx)
}

/** Many rows at once change what the planner should believe. Of case_texts it would compute every sampled text's grams: that is left to autovacuum. */
async function analyze(tx: Tx): Promise<void> {
  const { n } = (await sql<{ n: number }>`select count(*) as n from staged`.execute(tx)).rows[0]!
  if (n > 1_000) await sql`analyze cases, petitions, assignments, case_clocks, case_dues, events`.execute(tx)
}

/**
 * Search texts go into the index through its pending list, sorted in large lots: each text has hundreds of grams, and putting
 * them in one by one takes six times as long. Where the index is not ours to alter, it simply takes longer.
 */
async function spreadTexts(tx: Tx): Promise<void> {
  const pending = (on: string): RawBuilder<unknown> => sql.raw(`do $$ begin
    alter index case_texts_grams set (fastupdate = ${on});
    exception when insufficient_privilege then null; end $$`)
  await sql`set local gin_pending_list_limit = '64MB'`.execute(tx)
  await sql`set local work_mem = '128MB'`.execute(tx)
  await pending('on').execute(tx)
  await sql`insert into case_texts (case_id, text) select case_id, search from staged`.execute(tx)
  await sql`do $$ begin
    perform gin_clean_pending_list('case_texts_grams');
    exception when insufficient_privilege then null; end $$`.execute(tx)
  await pending('off').execute(tx)
}

/**
 * The spans between the instants at which something became known. A span without an end is what is believed now. In a span
 * `is_d`, `is_x`, `is_c` say whether dispatch, extension and closing were known.
 */
function spans(of: RawBuilder<unknown>, ...instants: string[]): RawBuilder<unknown> {
  return sql`(select s.*, p.at as sys_from, lead(p.at) over (partition by s.key order by p.at) as sys_to,
      p.at >= s.d as is_d, coalesce(p.at >= s.x, false) as is_x, coalesce(p.at >= s.c, false) as is_c
    from ${of} s, lateral (select distinct at from unnest(array[${sql.join(instants.map((name) => sql.ref(name)))}]) at where at is not null) p) as s`
}

/** Earlier spans go into the history, the last one into the table itself. */
async function writeVersions(tx: Tx, table: string, values: Record<string, RawBuilder<unknown>>, from: RawBuilder<unknown>): Promise<void> {
  const names = sql.join(Object.keys(values).map((name) => sql.ref(name)))
  const columns = sql.join(Object.values(values))
  await sql`insert into ${sql.table(`windlion_history.${table}`)} (${names}, sys_from, sys_to)
    select ${columns}, sys_from, sys_to from ${from} where sys_to is not null`.execute(tx)
  await sql`insert into ${sql.table(table)} (${names}, sys_from) select ${columns}, sys_from from ${from} where sys_to is null`.execute(tx)
}

async function spreadCases(tx: Tx, importId: number): Promise<void> {
  const from = spans(sql`(select s.*, s.case_id as key, coalesce(m.case_id, k.id) as merged_id from staged s
    left join staged m on m.number = s.merged_into left join cases k on k.number = s.merged_into)`, 'r', 'd', 'x', 'c')
  await writeVersions(tx, 'cases', {
    id: sql`case_id`,
    kind: sql`${caseKind}`,
    follow_no: sql`follow_no`,
    number: sql`number`,
    title: sql`title`,
    stage: sql`case when is_c then 'closed' when is_d then 'dispatched' else 'received' end`,
    unit_id: sql`case when is_d or is_c then unit_id end`,
    township: sql`township`,
    received_at: sql`received_at`,
    registered_at: sql`registered_at`,
    due_on: sql`case when is_x then last_due_on else first_due_on end`,
    closed_at: sql`case when is_c then closed_at end`,
    outcome: sql`case when is_c then outcome end`,
    confidential: sql`false`,
    merged_into: sql`case when is_c or (is_d and c is null) then merged_id end`,
    import_id: sql`${importId}::bigint`,
  }, from)
}

async function spreadPetitions(tx: Tx): Promise<void> {
  const from = spans(sql`(select *, case_id as key from staged)`, 'r', 'x', 'c')
  const whenClosed = (column: string): RawBuilder<unknown> => sql`case when is_c or c is null then ${sql.ref(column)} end`
  await writeVersions(tx, 'petitions', {
    id: sql`case_id`,
    channel: sql`channel`,
    category: sql`category`,
    sender_name: sql`sender_name`,
    sender_email: sql`sender_email`,
    sender_phone: sql`sender_phone`,
    sender_address: sql`sender_address`,
    name_hash: sql`name_hash`,
    email_hash: sql`email_hash`,
    phone_hash: sql`phone_hash`,
    answer_by: sql`answer_by`,
    language: sql`'zh'`,
    publish_consent: sql`publish_consent`,
    filed_at: sql`received_at`,
    answer: whenClosed('answer'),
    answered_at: sql`case when is_c and answer is not null then closed_at end`,
    extended_to: sql`case when is_x then extended_to end`,
    extended_at: sql`case when is_x then extended_at end`,
    satisfaction: whenClosed('satisfaction'),
    satisfied_at: sql`case when is_c and satisfaction is not null then closed_at end`,
    imported_due_on: sql`imported_due_on`,
  }, from)
}

async function spreadAssignments(tx: Tx): Promise<void> {
  await sql`create temp table staged_assignments on commit drop as
    select nextval(pg_get_serial_sequence('windlion.assignments', 'id')) as key, case_id, unit_id, role, dispatched_at, closed_at, d, x, c
    from (select case_id, unit_id, 'lead' as role, dispatched_at, closed_at, d, x, c from staged
      union all select s.case_id, j.unit_id, 'joint', s.dispatched_at, s.closed_at, s.d, s.x, s.c from staged_joint j join staged s using (number)) all_roles`.execute(tx)
  await writeVersions(tx, 'assignments', {
    id: sql`key`,
    case_id: sql`case_id`,
    unit_id: sql`unit_id`,
    role: sql`role`,
    from_at: sql`dispatched_at`,
    until_at: sql`case when is_c then greatest(closed_at, dispatched_at) end`,
    ended_as: sql`case when is_c then 'closed' end`,
  }, spans(sql`staged_assignments`, 'd', 'c'))
}

async function spreadClocks(tx: Tx): Promise<void> {
  await writeVersions(tx, 'case_clocks', {
    id: sql`clock_id`,
    case_id: sql`case_id`,
    rule: sql`${rule}`,
    main: sql`true`,
    trigger_at: sql`received_at`,
    due_on: sql`case when is_x then last_due_on else first_due_on end`,
    paused_office_days: sql`0`,
    met_at: sql`case when is_c then closed_at end`,
    because: sql`because`,
    explanation: sql`string_to_array(explanation, ${'\n'})`,
    calendar_version: sql`${officeCalendar.version}`,
    params: sql`params`,
  }, spans(sql`(select *, case_id as key from staged)`, 'r', 'x', 'c'))
  await sql`insert into case_dues (case_id, at, due_on, cause, note, sys_from)
    select case_id, received_at, first_due_on, case when imported_due_on is null then 'received' else 'imported' end,
      case when imported_due_on is not null then '限辦日期依匯入資料保留' end, r from staged
    union all select case_id, extended_at, last_due_on, 'extension', '依匯入資料', x from staged where x is not null`.execute(tx)
}

async function spreadEvents(tx: Tx, importId: number, recordedAt: Date): Promise<void> {
  await sql`insert into events (kind, happened_at, recorded_at, case_id, from_stage, to_stage, payload)
    select kind, happened_at, recorded_at, case_id, from_stage, to_stage, payload || jsonb_build_object('import', ${importId}::bigint) from (
      select 1 as step, 'petition.filed' as kind, received_at as happened_at, r as recorded_at, case_id, null as from_stage, 'received' as to_stage, jsonb_build_object('channel', channel) as payload from staged
      union all select 2, 'petition.registered', registered_at, r, case_id, null, null, jsonb_build_object('number', number) from staged
      union all select 3, 'petition.dispatched', dispatched_at, d, case_id, 'received', 'dispatched', jsonb_build_object('unit', unit_id) from staged
      union all select 4, 'petition.extended', extended_at, x, case_id, null, null, jsonb_build_object('to', extended_to) from staged where x is not null
      union all select 5, 'petition.closed', closed_at, c, case_id, 'dispatched', 'closed', jsonb_build_object('outcome', outcome) from staged where c is not null
    ) happened order by case_id, step`.execute(tx) // a case's events side by side: sealing hashes its rows once
  await sql`insert into events (kind, happened_at, recorded_at, payload)
    select 'petitions.imported', ${recordedAt}, ${recordedAt}, jsonb_build_object('import', ${importId}::bigint, 'rows', count(*)) from staged`.execute(tx)
}
