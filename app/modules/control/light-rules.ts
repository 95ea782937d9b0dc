import { sql } from 'kysely'
import { z } from 'zod'
import { act } from '../../core/act.ts'
import { dayField } from '../../core/day-fields.ts'
import type { Reader } from '../../core/db.ts'
import { done, NotFound, refusal, type Refusal } from '../../core/errors.ts'
import { record } from '../../core/events/record.ts'
import type { Person } from '../../core/identity/permissions.ts'
import { type Day, rocDay, rocMonth } from '../../core/time.ts'
import { endOfMonth, judge, type LightRule, type MonthPoint } from './judge.ts'
import { percentField } from './plan-input.ts'
import { visibleTo } from './project.ts'
import type { State } from './schema.ts'
import './tables.ts'

/** A version as it was kept: by whom and when, null for the one that the service came with. */
export type KeptRule = LightRule & { by: string | null; madeAt: Date | null }

/** Every version of the light rule, the oldest first. There is always one. */
export async function findLightRules(reader: Reader): Promise<KeptRule[]> {
  return (await sql<KeptRule>`select r.version, r.from_on as "from", r.yellow::float8, r.red::float8, r.source, p.name as by, r.made_at as "madeAt" from control_light_rules r left join people p on p.id = r.person_id order by r.from_on`.execute(reader)).rows
}

/** The last month of which any report was judged, YYYY-MM; null before the first. */
export async function lastJudgedMonth(reader: Reader): Promise<string | null> {
  return (await sql<{ month: string | null }>`select max(month) as month from project_months where actual is not null`.execute(reader)).rows[0]!.month
}

type Fresh = { version: string; from: Day; yellow: number; red: number }

/** Months that were judged keep the rule by which they were: a version begins after the last of them, and after the version before it. */
export function refuseRule({ version, from, yellow, red }: Fresh, rules: readonly LightRule[], lastJudged: string | null): Refusal | null {
  if (yellow <= 0) return refusal('light-rule.yellow', '黃燈要大於 0', { field: 'yellow' })
  if (red <= yellow) return refusal('light-rule.red', `紅燈要比黃燈的 ${yellow}% 多`, { field: 'red' })
  if (rules.some((rule) => rule.version === version)) return refusal('light-rule.version', `已經有版本 ${version}`, { field: 'version' })
  if (lastJudged !== null && from <= endOfMonth(lastJudged)) return refusal('light-rule.judged', `${rocMonth(lastJudged)}已經判定燈號，新版本要從 ${rocDay(endOfMonth(lastJudged))}以後開始`, { field: 'from' })
  const last = rules.at(-1)
  return last && from <= last.from ? refusal('light-rule.order', `版本 ${last.version} 從 ${rocDay(last.from)}開始，新版本要更晚`, { field: 'from' }) : null
}

const Rule = z.object({
  version: z.string().trim().min(1, '請填版本，例如 115.1').max(20, '版本最多 20 個字'),
  from: dayField('請填從哪一天開始，例如 115/1/1'),
  yellow: percentField,
  red: percentField,
  source: z.string().trim().min(4, '請填依據，例如核定的公文或作業規定').max(200, '依據最多 200 個字'),
})

/** A new version of the light rule. What was judged before its day stays as it was. */
export const addLightRule = act('control.add-light-rule', Rule, async (tx, ctx, input) => {
  await sql`lock table control_light_rules in share row exclusive mode`.execute(tx)
  const no = refuseRule(input, await findLightRules(tx), await lastJudgedMonth(tx))
  if (no) return no
  await tx.insertInto('control_light_rules').values({ version: input.version, from_on: input.from, yellow: input.yellow, red: input.red, source: input.source, person_id: ctx.person.id, made_at: ctx.now }).execute()
  await record(tx, ctx, 'control.light-rule-added', { payload: { version: input.version, from: input.from, yellow: input.yellow, red: input.red } })
  return done({ version: input.version })
}, { permission: 'control.manage' })

/** Takes back the newest version while nothing was judged by it. */
export const dropLightRule = act('control.drop-light-rule', z.object({ version: z.string().max(20) }), async (tx, ctx, input) => {
  await sql`lock table control_light_rules in share row exclusive mode`.execute(tx)
  const rules = await findLightRules(tx)
  if (!rules.some(({ version }) => version === input.version)) throw new NotFound('找不到這個版本')
  const no = refuseDrop(input.version, rules, await lastJudgedMonth(tx))
  if (no) return no
  await tx.deleteFrom('control_light_rules').where('version', '=', input.version).execute()
  await record(tx, ctx, 'control.light-rule-dropped', { payload: { version: input.version } })
  return done()
}, { permission: 'control.manage' })

export function refuseDrop(version: string, rules: readonly LightRule[], lastJudged: string | null): Refusal | null {
  const last = rules.at(-1)!
  if (last.version !== version || rules.length === 1) return refusal('light-rule.not-last', '只有最新的版本可以取消')
  return lastJudged !== null && endOfMonth(lastJudged) >= last.from ? refusal('light-rule.used', `${rocMonth(lastJudged)}已經依這個版本判定燈號，不能取消`) : null
}

export type Tried = { number: string; title: string; unit: string | null; slip: number; before: State; after: State }
type TriedRow = { number: string; title: string; unit: string | null; startOn: Day; finishOn: Day; finishedOn: Day | null; state: State; points: MonthPoint[] }

/** 試算: how the reports of a month that this person may see would stand by other thresholds. States set by hand are left out of it: they do not follow the rule. */
export async function tryRule(reader: Reader, person: Person, month: string, { yellow, red }: Pick<LightRule, 'yellow' | 'red'>): Promise<Tried[]> {
  const { rows } = await sql<TriedRow>`
    select c.number, c.title, u.name as unit, p.start_on as "startOn", p.finish_on as "finishOn", p.finished_on as "finishedOn", m.state,
      (select jsonb_agg(jsonb_build_object('month', n.month, 'planned', n.planned, 'plannedTwd', n.planned_twd, 'actual', n.actual, 'actualTwd', n.actual_twd) order by n.month) from project_months n where n.case_id = p.id) as points
    from project_months m join projects p on p.id = m.case_id join cases c on c.id = p.id left join units u on u.id = c.unit_id
    where m.month = ${month} and m.actual is not null and p.listed_on <= ${endOfMonth(month)}::date and (p.delisted_on is null or p.delisted_on > ${endOfMonth(month)}::date) and ${visibleTo(person)} order by u.code, c.number`.execute(reader)
  return rows.map(({ points, state, number, title, unit, ...plan }) => {
    const { slip, state: after } = judge(plan, points, month, [{ version: '試算', from: plan.startOn, yellow, red, source: '' }])
    return { number, title, unit, slip, before: state, after }
  })
}
