import { z } from 'zod'
import { act } from '../../core/act.ts'
import { dayField } from '../../core/day-fields.ts'
import { done, refusal } from '../../core/errors.ts'
import { record } from '../../core/events/record.ts'
import { rocDay, rocYear } from '../../core/time.ts'
import { type Criterion, usualCriteria } from './schema.ts'
import './tables.ts'

const rocYearField = z.coerce.number({ error: '請填年度，例如 111' }).int('請填年度，例如 111').min(80, '請填民國年，例如 111').max(300, '請填民國年，例如 111')
const weights = z.string().max(2000).default('')

/** Criteria from lines such as `必要性 30`; weights add up to 100. An empty text: the usual ones. */
export function parseCriteria(text: string): { criteria: Criterion[] } | { problem: string } {
  const criteria: Criterion[] = []
  for (const line of text.split('\n').map((each) => each.normalize('NFKC').trim()).filter(Boolean)) {
    const found = /^(.{2,30}?)[\s:、]+(\d{1,3})\s*%?$/.exec(line)
    if (!found) return { problem: `「${line.slice(0, 30)}」請寫成 必要性 30` }
    criteria.push({ key: `c${criteria.length + 1}`, label: found[1]!, weight: Number(found[2]) })
  }
  if (!criteria.length) return { criteria: usualCriteria }
  if (new Set(criteria.map(({ label }) => label)).size !== criteria.length) return { problem: '評分項目的名稱重複' }
  const sum = criteria.reduce((total, { weight }) => total + weight, 0)
  if (criteria.length > 10 || criteria.some(({ weight }) => weight === 0)) return { problem: '評分項目最多 10 個，每個的配分要大於 0' }
  return sum === 100 ? { criteria } : { problem: `配分合計 ${sum}，要是 100` }
}

export const linesOfCriteria = (criteria: readonly Criterion[]): string => criteria.map(({ label, weight }) => `${label} ${weight}`).join('\n')

/** Opens 先期作業 for a budget year: units may propose until the day, and after it what was given back. */
export const openRound = act('annual-plans.open-round', z.object({ year: rocYearField, dueOn: dayField('請填提報期限，例如 110/6/30'), criteria: weights }), async (tx, ctx, input) => {
  if (input.dueOn < ctx.today) return refusal('plan-round.due', '提報期限在今天以前', { field: 'dueOn' })
  // 地方制度法 §40: the budget of a year goes to the council two months before the year begins
  if (input.year < rocYear(ctx.today) || rocYear(input.dueOn) >= input.year) return refusal('plan-round.year', `${input.year} 年度的提報期限要在 ${input.year - 1} 年底以前`, { field: 'year', law: '地方制度法 §40' })
  const read = parseCriteria(input.criteria)
  if ('problem' in read) return refusal('plan-round.criteria', read.problem, { field: 'criteria' })
  const made = await tx.insertInto('plan_rounds').values({ roc_year: input.year, due_on: input.dueOn, opened_at: ctx.now, criteria: JSON.stringify(read.criteria) as never })
    .onConflict((conflict) => conflict.column('roc_year').doNothing()).returning('id').executeTakeFirst()
  if (!made) return refusal('plan-round.exists', `${input.year} 年度已經開始了`, { field: 'year' })
  await record(tx, ctx, 'plan-round.opened', { payload: { year: input.year, dueOn: input.dueOn } })
  return done({ year: input.year })
}, { permission: 'annual-plans.manage' })

/** Another last day for proposals, later or earlier. */
export const moveDeadline = act('annual-plans.move-deadline', z.object({ year: rocYearField, dueOn: dayField('請填提報期限，例如 110/6/30') }), async (tx, ctx, input) => {
  const round = await tx.selectFrom('plan_rounds').select(['id', 'due_on']).where('roc_year', '=', input.year).forUpdate().executeTakeFirst()
  if (!round) return refusal('plan-round.none', '還沒有這個年度的先期作業')
  if (rocYear(input.dueOn) >= input.year) return refusal('plan-round.year', `提報期限要在 ${input.year - 1} 年底以前`, { field: 'dueOn', law: '地方制度法 §40' })
  if (round.due_on === input.dueOn) return refusal('plan-round.same', `提報期限本來就是 ${rocDay(input.dueOn)}`, { field: 'dueOn' })
  await tx.updateTable('plan_rounds').set({ due_on: input.dueOn }).where('id', '=', round.id).execute()
  await record(tx, ctx, 'plan-round.deadline-moved', { payload: { year: input.year, from: round.due_on, to: input.dueOn } })
  return done()
}, { permission: 'annual-plans.manage' })
