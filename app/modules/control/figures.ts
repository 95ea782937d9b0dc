import { sql } from 'kysely'
import type { CaseSet, FigureDefinition } from '../../core/figures/figure.ts'
import { labelled, lastInstant } from '../../core/figures/sql.ts'
import { endOf } from '../../core/time.ts'
import { projectPath } from './paths.ts'
import { visibleTo } from './project.ts'
import { levels, outcomes, states } from './schema.ts'
import { standing } from './standing.ts'

const columns = sql`s.case_id, s.number, s.title, s.confidential, s.received_at, s.due_on, coalesce(b.name, s.unit) as unit, coalesce(b.code, s.unit_code) as unit_code, null::text as township, null::text as channel`
const bureau = sql`left join units w on w.id = s.unit_id left join units b on b.id = w.bureau_id`

/** Projects under watch on the status day, as they stood by their newest reports. */
const underControl: CaseSet = {
  name: 'control.under-control',
  casePath: (number) => projectPath(number),
  visibleTo: (person) => visibleTo(person, 'c'),
  order: { kind: Object.values(levels), category: Object.values(states) },
  cases: (span) => sql`
    select ${columns}, to_char(s.listed_on, 'YYYY-MM') as month, ${labelled(sql`s.state`, states)} as category, ${labelled(sql`s.level`, levels)} as kind, null::timestamptz as closed_at, null::text as outcome,
      s.level, s.state, s.slip, s.budget_twd, s.planned_twd, s.actual_twd
    from (${standing(span.statusOn)}) s ${bureau}`,
}

/** Projects that were under watch at any time of the period, for the balance of listed and delisted. Carried out is read from the stage, not from the days. */
const watched: CaseSet = {
  name: 'control.watched',
  casePath: (number) => projectPath(number),
  visibleTo: (person) => visibleTo(person, 'c'),
  order: { kind: Object.values(levels) },
  cases: (span) => sql`
    select c.id as case_id, c.number, c.title, c.confidential, c.received_at, c.due_on, coalesce(b.name, u.name) as unit, coalesce(b.code, u.code) as unit_code, null::text as township, null::text as channel,
      to_char(p.listed_on, 'YYYY-MM') as month, null::text as category, ${labelled(sql`p.level`, levels)} as kind, case when c.closed_at <= ${lastInstant(span)} then c.closed_at end as closed_at,
      case when c.closed_at <= ${lastInstant(span)} then ${labelled(sql`c.outcome`, outcomes)} end as outcome,
      p.listed_on < ${span.from}::date as carried_in, p.listed_on >= ${span.from}::date as entered, p.delisted_on <= ${span.to}::date and p.delisted_on is not null as ended,
      (c.stage = 'controlled' or c.closed_at >= ${endOf(span.to)}::timestamptz) as carried_out
    from projects p join lateral (select * from cases where id = p.id offset 0) c on true left join units u on u.id = c.unit_id left join units b on b.id = u.bureau_id
    where p.listed_on <= ${span.to}::date and (p.delisted_on is null or p.delisted_on >= ${span.from}::date)`,
}

const major = sql<boolean>`level = 'major'`
const stock = { set: underControl, kind: 'stock', public: true } as const

export const figures: FigureDefinition[] = [
  {
    id: 'control.major_by_status', title: '重大施政計畫辦理情形', definition: '資料截止日時列管中的重大施政計畫案件，依最近一次填報的管考情形分列的案數；截止日以後才到的填報和更正也算在內。', ...stock, kind: 'breakdown', unit: '案', adds: 'breakdown', where: major,
    part: sql`state`, parts: Object.entries(states).map(([key, label]) => ({ key, label })), splits: ['part', 'unit'],
  },
  { id: 'control.projects', title: '列管計畫', definition: '資料截止日時列管中的計畫案數，含重大施政計畫及特定案件。', ...stock, unit: '案', adds: 'count', splits: ['unit', 'kind', 'category'] },
  {
    id: 'control.on_time_rate', title: '計畫如期率', definition: '列管中的計畫裡，最近一次填報為超前、符合進度或已完成的比率；沒有填報的不算如期。', ...stock, kind: 'rate', unit: '', adds: 'share', value: sql`case when state in ('ahead', 'on-track', 'done') then 1 else 0 end`,
    splits: ['unit', 'kind'],
  },
  { id: 'control.slip_median', title: '落後中位數', definition: '列管中而有填報的計畫，落後百分點的中位數；超前為負。', ...stock, kind: 'median', unit: '個百分點', adds: 'median', value: sql`slip`, splits: ['unit', 'kind'] },
  {
    id: 'control.by_slip', title: '落後幅度分布', definition: '列管中而有填報的計畫，依落後百分點分級的案數。', ...stock, kind: 'breakdown', unit: '案', adds: 'breakdown', where: sql<boolean>`slip is not null`,
    part: sql`case when slip < 0 then 'ahead' when slip < 5 then 'under-5' when slip < 10 then 'under-10' when slip < 20 then 'under-20' else 'over-20' end`,
    parts: [{ key: 'ahead', label: '超前' }, { key: 'under-5', label: '未達 5' }, { key: 'under-10', label: '5 以上未達 10' }, { key: 'under-20', label: '10 以上未達 20' }, { key: 'over-20', label: '20 以上' }], splits: ['part', 'unit'],
  },
  { id: 'control.budget_twd', title: '列管計畫總經費', definition: '資料截止日時列管中計畫的總經費。', ...stock, unit: '元', adds: 'sum', value: sql`budget_twd`, splits: ['unit', 'kind'] },
  { id: 'control.planned_twd', title: '累計預定支用', definition: '列管中計畫到最近填報月份為止的累計預定支用。', ...stock, unit: '元', adds: 'sum', value: sql`planned_twd`, splits: ['unit', 'kind'] },
  { id: 'control.spent_twd', title: '累計實際支用', definition: '列管中計畫到最近填報月份為止的累計實際支用；沒有填報的不計。', ...stock, unit: '元', adds: 'sum', value: sql`actual_twd`, splits: ['unit', 'kind'] },
  { id: 'control.balance', title: '列管計畫消長', definition: '期初列管、期間新增、期間撤管與期末列管的計畫案數。', set: watched, kind: 'balance', unit: '案', adds: 'balance', parts: [{ key: 'carried-in', label: '期初列管' }, { key: 'entered', label: '新增列管' }, { key: 'ended', label: '撤管' }, { key: 'carried-out', label: '期末列管' }], splits: ['part', 'unit', 'kind'], public: true },
]
