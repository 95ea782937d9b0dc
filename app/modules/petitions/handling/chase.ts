import { sql } from 'kysely'
import { act, type ActContext } from '../../../core/act.ts'
import { officeCalendar } from '../../../core/clocks/calendar.ts'
import type { Db, Tx } from '../../../core/db.ts'
import { done, valueOf } from '../../../core/errors.ts'
import { record } from '../../../core/events/record.ts'
import { defineJob } from '../../../core/jobs/jobs.ts'
import { type Day, rocDay } from '../../../core/time.ts'
import { z } from 'zod'
import { tellStaff } from '../notify.ts'
import { caseKind } from '../schema.ts'
import { findApprovers } from './approvers.ts'
import { type Recipient, recipientsOf, reminderNames, reminderStep, type ReminderStep } from './reminder-steps.ts'
import { endSupplementWait } from './supplement.ts'

type DueCase = { id: number; name: string; title: string; dueOn: Day; unitId: number | null; officerId: number | null; confidential: boolean }
type Reminder = DueCase & { step: ReminderStep }

/**
 * 稽催 of the day: each open case that has reached a step is marked, once for a due day, and everybody concerned gets
 * one mail with all of theirs. A second run on the same day finds nothing left to do.
 */
export const chaseDue = act(
  'petitions.chase-due',
  z.object({}),
  async (tx, ctx) => {
    if (officeCalendar.isOpen(ctx.today) === false) return done({ count: 0 })
    const reminders: Reminder[] = []
    for (const one of await findDue(tx, ctx.today)) {
      const step = reminderStep(one.dueOn, ctx.today)
      if (step && (await markOnce(tx, ctx, one, step))) reminders.push({ ...one, step })
    }
    await mailDigests(tx, ctx, reminders)
    return done({ count: reminders.length })
  },
  { by: 'system' },
)

/** Open cases up to the first reminder's day, and all that are late; what is merged is chased through its main case. */
async function findDue(tx: Tx, today: Day): Promise<DueCase[]> {
  const until = officeCalendar.addOfficeDays(today, 3) ?? today
  const found = await sql<DueCase>`
    select c.id, coalesce(c.number, c.follow_no) as name, c.title, c.due_on as "dueOn", c.unit_id as "unitId", c.officer_id as "officerId", c.confidential
    from cases c where c.kind = ${caseKind} and c.closed_at is null and c.received_at is not null and c.merged_into is null and c.due_on <= ${until} order by c.due_on, c.id`.execute(tx)
  return found.rows
}

async function markOnce(tx: Tx, ctx: ActContext, one: DueCase, step: ReminderStep): Promise<boolean> {
  const marked = await tx
    .insertInto('petition_reminders')
    .values({ case_id: one.id, step, due_on: one.dueOn })
    .onConflict((conflict) => conflict.doNothing())
    .returning('case_id')
    .executeTakeFirst()
  if (!marked) return false
  await record(tx, ctx, 'petition.reminded', { caseId: one.id, payload: { step, dueOn: one.dueOn } })
  return true
}

async function mailDigests(tx: Tx, ctx: ActContext, reminders: Reminder[]): Promise<void> {
  const byPerson = new Map<number, Reminder[]>()
  for (const reminder of reminders) {
    for (const personId of await recipients(tx, ctx.today, reminder)) byPerson.set(personId, [...(byPerson.get(personId) ?? []), reminder])
  }
  for (const [personId, theirs] of byPerson) {
    const late = theirs.filter((one) => one.step.startsWith('overdue')).length
    await tellStaff(tx, [personId], {
      subject: late ? `陳情稽催：${late} 件逾期${theirs.length > late ? `、${theirs.length - late} 件將到期` : ''}` : `陳情提醒：${theirs.length} 件將到期`,
      text: theirs.map((one) => `${one.name}　限辦 ${rocDay(one.dueOn)}　${one.confidential ? '（保密案件）' : one.title}\n　　${reminderNames[one.step]}`).join('\n'),
      purpose: 'petition.reminded',
    })
  }
}

/** Who is told of this step: the officer; chief and head of the unit; research and control. Undispatched cases concern the desk. */
async function recipients(tx: Tx, today: Day, reminder: Reminder): Promise<Set<number>> {
  const wanted = recipientsOf[reminder.step]
  const found = new Set<number>()
  if (wanted.includes('officer') && reminder.officerId) found.add(reminder.officerId)
  if (reminder.unitId) {
    const approvers = await findApprovers(tx, reminder.unitId, today)
    // without an officer the case lies in the unit's tray: the chief hears of it from the first step on
    const roles: Recipient[] = reminder.officerId ? wanted : [...wanted, 'section-chief', 'head']
    for (const one of approvers) if (roles.includes(one.role)) found.add(one.personId)
  }
  const holders = [...(wanted.includes('control') ? (['control'] as const) : []), ...(reminder.unitId ? [] : (['clerk'] as const))]
  if (holders.length) {
    const rows = await sql<{ id: number }>`select distinct person_id as id from posts where role = any(${holders}::text[]) and valid_from <= ${today} and (valid_until is null or valid_until >= ${today})`.execute(tx)
    for (const row of rows.rows) found.add(row.id)
  }
  return found
}

/** Every morning before the office opens: waits for supplements that have ended, then reminders and 稽催. */
export const chaseJob = defineJob({ name: 'petitions.chase', as: 'system', title: '稽催提醒', every: '30 6 * * *', run: async (db) => void (await chaseDay(db)) })

/** `now`: another day's morning, for tests. */
export async function chaseDay(db: Db, now?: Date): Promise<number> {
  const caller = { db, person: null, ...(now ? { now } : {}) }
  const waits = await db.selectFrom('petition_supplement_requests').select('id').where('ended_at', 'is', null).orderBy('id').execute()
  for (const wait of waits) valueOf(await endSupplementWait(caller, { requestId: wait.id }))
  return valueOf(await chaseDue(caller, {})).count
}
