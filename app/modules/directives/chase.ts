import { sql } from 'kysely'
import { z } from 'zod'
import { act, type ActContext } from '../../core/act.ts'
import { officeCalendar } from '../../core/clocks/calendar.ts'
import type { Db, Tx } from '../../core/db.ts'
import { done, valueOf } from '../../core/errors.ts'
import { record } from '../../core/events/record.ts'
import type { Role } from '../../core/identity/permissions.ts'
import { defineJob } from '../../core/jobs/jobs.ts'
import type { Day } from '../../core/time.ts'
import type { DirectiveState } from './directive.ts'
import { caseKind } from './schema.ts'
import { type Told, tellUnits } from './tell.ts'
import './tables.ts'

/**
 * Reminders before the due day, and 稽催 that climbs after it: the county's own rule, which nobody here has seen (rules.md §2.6 directive-tracking,
 * unverified). Working days from today to the due day; negative is late.
 */
export const chaseSteps = {
  'before-5': { at: 5, label: '五個工作日後到期', roles: ['officer'] },
  'overdue-1': { at: -1, label: '逾期，通知承辦人與科長', roles: ['officer', 'section-chief'] },
  'overdue-5': { at: -5, label: '逾期五個工作日，通知單位主管', roles: ['officer', 'section-chief', 'head'] },
  'overdue-20': { at: -20, label: '逾期二十個工作日，通知單位主管與管考單位提報會議', roles: ['officer', 'head', 'control'] },
} as const satisfies Record<string, { at: number; label: string; roles: readonly Role[] }>
export type ChaseStep = keyof typeof chaseSteps

/** The furthest step that a directive has reached; null before the first, on the due day, and where the calendar cannot tell. */
export function chaseStep(dueOn: Day, today: Day): ChaseStep | null {
  const left = officeCalendar.officeDaysBetween(today, dueOn)
  if (left === null || dueOn === today) return null
  if (dueOn > today) return left <= chaseSteps['before-5'].at ? 'before-5' : null
  return (['overdue-20', 'overdue-5', 'overdue-1'] as const).find((step) => left <= chaseSteps[step].at) ?? null
}

type DueDirective = Told & { dueOn: Day }

/** Each directive that waits for its unit and has reached a step, once for a due day; a colleague gets one mail with all of theirs. A second run finds nothing left. */
export const chaseDue = act('directives.chase-due', z.object({}), async (tx, ctx) => {
  if (officeCalendar.isOpen(ctx.today) === false) return done({ count: 0 })
  const until = officeCalendar.addOfficeDays(ctx.today, chaseSteps['before-5'].at) ?? ctx.today
  const { rows } = await sql<DueDirective>`
    select c.id, c.number, c.title, c.due_on as "dueOn", c.unit_id as "unitId", c.officer_id as "officerId" from cases c join directives d on d.id = c.id and d.grade = 'county'
    where c.kind = ${caseKind} and c.stage = 'open' and c.due_on <= ${until} order by c.due_on, c.id`.execute(tx)
  const reached: (DueDirective & { step: ChaseStep })[] = []
  for (const one of rows) {
    const step = chaseStep(one.dueOn, ctx.today)
    if (step && (await markOnce(tx, ctx, one, step))) reached.push({ ...one, step, note: chaseSteps[step].label })
  }
  const stepOf = new Map(reached.map(({ id, step }) => [id, step]))
  await tellUnits(tx, ctx, reached, { subject: (count) => `指裁示事項稽催（${count} 件）`, intro: '下列指裁示事項將到期或已逾期，請填報辦理情形：', purpose: 'directive.chased', roles: ({ id }) => chaseSteps[stepOf.get(id)!].roles })
  return done({ count: reached.length })
}, { by: 'system' })

async function markOnce(tx: Tx, ctx: ActContext, { id, dueOn }: DueDirective, step: ChaseStep): Promise<boolean> {
  const marked = await tx.insertInto('directive_reminders').values({ case_id: id, step, due_on: dueOn }).onConflict((conflict) => conflict.doNothing()).returning('case_id').executeTakeFirst()
  if (!marked) return false
  await record(tx, ctx, 'directive.reminded', { caseId: id, payload: { step, dueOn } })
  return true
}

/** 催辦 by the control section: the lead unit's officers and chief, and its head once it is late. */
export async function chaseByHand(tx: Tx, ctx: ActContext, state: DirectiveState, words: string | null): Promise<void> {
  const late = state.dueOn !== null && state.dueOn < ctx.today
  const one: Told = { id: state.id, number: state.number!, title: state.title, dueOn: state.dueOn, unitId: state.unitId, officerId: state.officerId, ...(words ? { note: words } : {}) }
  await tellUnits(tx, ctx, [one], { subject: () => `請辦理指裁示事項：${state.title}`, intro: '管考單位請您填報下列指裁示事項的辦理情形：', purpose: 'directive.chased', roles: () => (late ? ['officer', 'section-chief', 'head'] : ['officer', 'section-chief']) })
}

export const chaseJob = defineJob({ name: 'directives.chase', as: 'system', title: '指裁示事項稽催', every: '35 6 * * *', run: async (db) => void (await chaseDay(db)) })

/** `now`: another day's morning, for tests. */
export async function chaseDay(db: Db, now?: Date): Promise<number> {
  return valueOf(await chaseDue({ db, person: null, ...(now ? { now } : {}) }, {})).count
}
