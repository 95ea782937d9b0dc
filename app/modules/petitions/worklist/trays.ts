import { sql } from 'kysely'
import type { Reader } from '../../../core/db.ts'
import type { Person } from '../../../core/identity/permissions.ts'
import { officeCalendar } from '../../../core/clocks/calendar.ts'
import type { Day } from '../../../core/time.ts'
import { soonDays } from '../../../core/cases/due-state.ts'
import { unitsOf, visibleTo } from '../visible.ts'
import { caseKind } from '../schema.ts'
import type { ListRow } from './list-query.ts'

/** A pile of cases that waits for this person, with how many there are and the first few. */
export type TrayName = 'approvals' | 'sentBack' | 'mine' | 'inTray' | 'joint' | 'overdue' | 'soon'
export type Tray = { count: number; rows: ListRow[] }

const shown = 8
/** More is as good as many: the full list is a click away. */
const countMax = 999

/** Everything on a worklist in one round trip: each tray's first rows and count, by due day. */
export async function findTrays(reader: Reader, person: Person, today: Day): Promise<Record<TrayName, Tray>> {
  const self = [person.id, ...person.deputyFor.map((absent) => absent.id)]
  const accepts = unitsOf(person, 'petitions.accept')
  const chief = unitsOf(person, 'petitions.approve-as-chief')
  const head = unitsOf(person, 'petitions.approve-as-head')
  const soon = officeCalendar.addOfficeDays(today, soonDays) ?? today
  const conditions: Record<TrayName, ReturnType<typeof sql<boolean>>> = {
    approvals: sql<boolean>`exists (select from petition_submissions s where s.case_id = c.id and s.state = 'pending' and s.submitted_by <> ${person.id}
      and case s.step when 'section-chief' then c.unit_id = any(${chief}::bigint[]) else c.unit_id = any(${head}::bigint[]) end)`,
    sentBack: sql<boolean>`c.officer_id = any(${self}::bigint[]) and c.stage = 'handling' and
      (select s.state from petition_submissions s where s.case_id = c.id and s.what <> 'extension' order by s.id desc limit 1) = 'sent-back'`,
    mine: sql<boolean>`c.officer_id = any(${self}::bigint[])`,
    inTray: sql<boolean>`c.stage = 'dispatched' and c.merged_into is null and c.unit_id = any(${accepts}::bigint[])`,
    joint: sql<boolean>`exists (select from assignments j where j.case_id = c.id and j.role = 'joint' and j.until_at is null and j.unit_id = any(${accepts}::bigint[])
      and not exists (select from petition_contributions k where k.case_id = c.id and k.unit_id = j.unit_id))`,
    overdue: sql<boolean>`c.due_on < ${today}`,
    soon: sql<boolean>`c.due_on >= ${today} and c.due_on <= ${soon}`,
  }
  const one = (name: TrayName) => sql`(select jsonb_build_object('count', (select count(*) from (select from cases c where ${open} and ${conditions[name]} limit ${sql.lit(countMax)}) n),
    'rows', coalesce((select jsonb_agg(t) from (select ${columns} from cases c join petitions p on p.id = c.id left join units u on u.id = c.unit_id left join people o on o.id = c.officer_id
      where ${open} and ${conditions[name]} order by coalesce(c.due_on, 'infinity'::date), c.id limit ${sql.lit(shown)}) t), '[]')))`
  const open = sql`c.kind = ${caseKind} and c.closed_at is null and c.received_at is not null and ${visibleTo(person)}`
  const names = Object.keys(conditions) as TrayName[]
  const found = await sql<Record<TrayName, Tray>>`select ${sql.join(names.map((name) => sql`${one(name)} as ${sql.ref(name)}`))}`.execute(reader)
  const row = found.rows[0]!
  for (const name of names) for (const each of row[name].rows) if (each.receivedAt) each.receivedAt = new Date(each.receivedAt)
  return row
}

const columns = sql`c.id, c.number, c.follow_no as "followNo", c.title, c.stage, c.outcome, p.channel, p.category, c.township, u.name as "unitName", o.name as "officerName",
  c.received_at as "receivedAt", c.due_on as "dueOn", null as "closedAt", c.confidential, c.merged_into is not null as merged, p.extended_to is not null as extended, c.import_id is not null as imported`

/** What waits at the desk and for the controller: only numbers. */
export async function deskCounts(reader: Reader): Promise<{ unregistered: number; undispatched: number; sendings: number; unconfirmed: number }> {
  const found = await sql<{ unregistered: number; undispatched: number; sendings: number; unconfirmed: number }>`
    select (select count(*) from cases where kind = ${caseKind} and stage = 'received' and closed_at is null and number is null) as unregistered,
      (select count(*) from cases where kind = ${caseKind} and stage = 'received' and closed_at is null and unit_id is null and merged_into is null) as undispatched,
      (select count(*) from petition_sendings s join cases c on c.id = s.case_id where s.done_at is null and not c.confidential) as sendings,
      (select count(*) from cases where kind = ${caseKind} and stage = 'unconfirmed') as unconfirmed`.execute(reader)
  return found.rows[0]!
}
