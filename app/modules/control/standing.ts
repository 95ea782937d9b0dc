import { type RawBuilder, sql } from 'kysely'
import { type Day, monthOf } from '../../core/time.ts'
import { caseKind } from './schema.ts'

/**
 * SQL of how every project under watch stands on a day: one row each, from its newest report of that month or before, with a state set by hand where one
 * holds on that day. A report older than the month before is none: 未填報; a finished project keeps its last one. `exactly`: only that month's own, checked report counts, for what is published.
 * Run live or as of an instant; joins only versioned tables.
 */
export function standing(on: Day, { exactly = false } = {}): RawBuilder<unknown> {
  const month = monthOf(on)
  const finished = sql`p.finished_on is not null and p.finished_on <= ${on}::date`
  const recent = exactly ? sql`m.month = ${month} and m.report_state = 'checked'` : sql`m.month <= ${month} and m.month >= to_char(${on}::date - interval '1 month', 'YYYY-MM') and m.actual is not null`
  const which = sql`(${recent} or (${finished} and m.month <= ${month} and m.actual is not null ${exactly ? sql`and m.report_state = 'checked'` : sql``}))`
  return sql`
    select c.id as case_id, c.number, c.title, c.confidential, c.received_at, c.due_on, c.unit_id, c.officer_id, c.stage, c.closed_at, c.outcome, u.name as unit, u.code as unit_code,
      p.level, p.grade, p.summary, p.budget_twd, p.funding, p.start_on, p.finish_on, p.finished_on, p.listed_on, p.delisted_on, p.public,
      m.month as reported_month, m.actual, m.actual_twd, m.slip, m.slip_days, m.slip_twd, m.warning, coalesce(m.reason, '') as reason, coalesce(m.measure, '') as measure,
      coalesce(w.planned, 0) as planned, coalesce(w.planned_twd, 0) as planned_twd,
      coalesce(o.state, case when ${finished} then 'done' end, m.state, 'unreported') as state, o.id is not null as overridden
    from projects p
    join lateral (select * from cases where id = p.id offset 0) c on c.kind = ${caseKind}
    left join units u on u.id = c.unit_id
    left join lateral (select * from project_months m where m.case_id = p.id and ${which} order by m.month desc limit 1) m on true
    left join lateral (select planned, planned_twd from project_months w where w.case_id = p.id and w.month <= coalesce(m.month, ${month}) order by w.month desc limit 1) w on true
    left join lateral (select id, state from project_overrides o where o.case_id = p.id and o.from_on <= ${on}::date and o.until_on >= ${on}::date order by o.id desc limit 1) o on true
    where p.listed_on <= ${on}::date and (p.delisted_on is null or p.delisted_on > ${on}::date)`
}

/** SQL: the project `p` owes the report of its month `m`: under watch at the month's end and not finished in a month before. What was reported stays in sight. */
export const owes: RawBuilder<boolean> = sql<boolean>`(to_char(p.listed_on, 'YYYY-MM') <= m.month and (p.delisted_on is null or to_char(p.delisted_on, 'YYYY-MM') > m.month)
  and (m.actual is not null or p.finished_on is null or to_char(p.finished_on, 'YYYY-MM') >= m.month))`
