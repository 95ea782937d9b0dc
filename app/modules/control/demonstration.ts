import type { Caller } from '../../core/act.ts'
import { valueOf } from '../../core/errors.ts'
import { addDays, type Day, dayOf, monthOf, rocDay, startOf } from '../../core/time.ts'
import { overrideState } from './control.ts'
import { endOfMonth } from './judge.ts'
import { monthBefore } from './months.ts'
import { checkMonth, reportMonth } from './report.ts'
import { openRound, publishRound } from './rounds.ts'
import './tables.ts'

/** Rounds that were published in the half-year of the council's report, and the one that runs now: most units have yet to report. */
export async function holdRounds(who: { control: Caller; officer: Caller }, now: Date, published: readonly string[]): Promise<void> {
  const { db } = who.control
  const today = dayOf(now)
  const last = monthBefore(today)
  for (const month of [...published, monthBefore(endOfMonth(last)), last]) {
    if (await db.selectFrom('control_rounds').select('id').where('month', '=', month).executeTakeFirst()) continue
    const at = on(who.control, month === last ? today : addDays(endOfMonth(month), 10), now)
    valueOf(await openRound(at, { month, dueOn: rocDay(addDays(dayOf(at.now), 7)) }))
    if (month !== last) valueOf(await publishRound(at, { month }))
  }
  await reportSome(who, now, last)
}

/** The officer reported two projects of this month; one was given back. A light stands by hand. */
async function reportSome({ control, officer }: { control: Caller; officer: Caller }, now: Date, month: string): Promise<void> {
  const unitId = officer.person!.posts[0]!.unitId
  const own = await control.db
    .selectFrom('project_months as m').innerJoin('cases as c', 'c.id', 'm.case_id').select(['c.number', 'm.planned', 'm.planned_twd as plannedTwd', 'm.case_id as id'])
    .where('m.month', '=', month).where('m.actual', 'is', null).where('c.unit_id', '=', unitId).where('c.stage', '=', 'controlled').orderBy('c.number').limit(2).execute()
  for (const [i, { number, planned, plannedTwd, id }] of own.entries()) {
    const before = await control.db.selectFrom('project_months').select(['actual', 'actual_twd as actualTwd']).where('case_id', '=', id).where('actual', 'is not', null).orderBy('month', 'desc').executeTakeFirst()
    const actual = Math.max(before?.actual ?? 0, Math.floor(planned) - 2)
    valueOf(await reportMonth({ ...officer, now }, { name: number, month, actual: String(actual), actualTwd: String(Math.max(before?.actualTwd ?? 0, Math.floor(plannedTwd * 0.9))), work: '主體工項施作，依計畫推動。', reason: '連續雨天，鋪面作業順延。', measure: '調整工序，天候穩定後趕工。' }))
    if (i === 1) valueOf(await checkMonth({ ...control, now }, { name: number!, month, decision: 'returned', note: '請補充預計趕上的日期。' }))
  }
  const late = await control.db.selectFrom('project_months as m').innerJoin('cases as c', 'c.id', 'm.case_id').innerJoin('projects as p', 'p.id', 'm.case_id').select('c.number').where('p.finish_on', '>', dayOf(now)).where('m.state', '=', 'severe').where('c.stage', '=', 'controlled').where('m.month', '>=', monthOf(addDays(dayOf(now), -70))).orderBy('c.number').executeTakeFirst()
  if (late) valueOf(await overrideState({ ...control, now }, { name: late.number, state: 'behind', why: '變更設計已核定，下個月起恢復施工，先以黃燈列管觀察。', until: rocDay(addDays(dayOf(now), 45)) }))
}

const on = (caller: Caller, day: Day, now: Date): Caller & { now: Date } => ({ ...caller, now: new Date(Math.min(startOf(day).getTime() + 36_000_000, now.getTime())) })
