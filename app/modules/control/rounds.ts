import { sql } from 'kysely'
import { z } from 'zod'
import { act } from '../../core/act.ts'
import { officeCalendar } from '../../core/clocks/calendar.ts'
import type { Tx } from '../../core/db.ts'
import { dayField } from '../../core/day-fields.ts'
import { done, NotFound, refusal, valueOf } from '../../core/errors.ts'
import { record } from '../../core/events/record.ts'
import { defineJob } from '../../core/jobs/jobs.ts'
import { queueMail, refuseAddress } from '../../core/mail/outbox.ts'
import { type Day, rocDay, rocMonth } from '../../core/time.ts'
import { endOfMonth } from './judge.ts'
import { extendMonths, monthBefore } from './months.ts'
import { projectPath } from './paths.ts'
import { parseMonth } from './plan-input.ts'
import { caseKind } from './schema.ts'
import { owes, standing } from './standing.ts'
import './tables.ts'

const month = z.string().transform((text, check) => parseMonth(text) ?? (check.addIssue({ code: 'custom', message: '請填月份，例如 110/4' }), ''))

/** Opens a month for reporting, with the day by which units report. */
export const openRound = act('control.open-round', z.object({ month, dueOn: dayField('請填填報期限，例如 110/4/1') }), async (tx, ctx, input) => {
  if (input.month > monthBefore(ctx.today) && endOfMonth(input.month) > ctx.today) return refusal('round.too-early', `${rocMonth(input.month)}還沒有結束`, { field: 'month' })
  if (input.dueOn < ctx.today) return refusal('round.due', '填報期限在今天以前', { field: 'dueOn' })
  const opened = await tx.insertInto('control_rounds').values({ month: input.month, due_on: input.dueOn, opened_at: ctx.now, chased_at: null, reminded_at: null, published_at: null }).onConflict((conflict) => conflict.column('month').doNothing()).returning('id').executeTakeFirst()
  if (!opened) return refusal('round.exists', `${rocMonth(input.month)}已經開始填報`, { field: 'month' })
  await extendMonths(tx, input.month)
  await record(tx, ctx, 'control.round-opened', { payload: { month: input.month, dueOn: input.dueOn } })
  return done({ month: input.month })
}, { permission: 'control.check' })

/** 稽催: a mail to each colleague whose project has no report, or one that was returned, of this month. */
export const chaseRound = act('control.chase', z.object({ month, origin: z.string().max(200).default('') }), async (tx, ctx, input) => {
  const round = await lockRound(tx, input.month)
  const told = await mailUnreported(tx, round, input.origin)
  await tx.updateTable('control_rounds').set({ chased_at: ctx.now }).where('id', '=', round.id).execute()
  await record(tx, ctx, 'control.chased', { payload: { month: input.month, mails: told.mails } })
  return done(told)
}, { permission: 'control.check' })

/** Working days before a round is due at which units that have not reported are reminded, once. */
export const remindDaysBefore = 3

/** 到期前提醒: rounds that are due within three working days and were not reminded yet. A second run finds nothing left. */
export const remindRounds = act('control.remind-rounds', z.object({}), async (tx, ctx) => {
  const until = officeCalendar.addOfficeDays(ctx.today, remindDaysBefore)
  if (officeCalendar.isOpen(ctx.today) === false || until === null) return done({ mails: 0 })
  const rounds = await tx.selectFrom('control_rounds').selectAll().where('published_at', 'is', null).where('reminded_at', 'is', null).where('due_on', '>=', ctx.today).where('due_on', '<=', until).forUpdate().execute()
  let sent = 0
  for (const round of rounds) {
    const { mails } = await mailUnreported(tx, round)
    await tx.updateTable('control_rounds').set({ reminded_at: ctx.now }).where('id', '=', round.id).execute()
    await record(tx, ctx, 'control.reminded', { payload: { month: round.month, mails } })
    sent += mails
  }
  return done({ mails: sent })
}, { by: 'system' })

export const remindJob = defineJob({ name: 'control.remind', as: 'system', title: '列管計畫月填報到期前提醒', every: '40 6 * * *', run: async (db) => void valueOf(await remindRounds({ db, person: null }, {})) })

/** A mail to each colleague whose project has no report of the round's month, or one that was returned. */
async function mailUnreported(tx: Tx, round: { month: string; due_on: Day }, origin = ''): Promise<{ mails: number; projects: number }> {
  const late = await findUnreported(tx, round.month)
  let mails = 0
  for (const { email, projects } of late) {
    if (refuseAddress(email)) continue
    const list = projects.map(({ number, title, returned }) => `${number} ${title}${returned ? '（退回補正）' : ''}${origin ? `\n${origin}${projectPath(number)}` : ''}`).join('\n\n')
    await queueMail(tx, { to: email, subject: `請填報${rocMonth(round.month)}列管計畫進度（${projects.length} 件）`, text: `您好：\n\n下列計畫還沒有${rocMonth(round.month)}的進度，填報期限 ${rocDay(round.due_on)}：\n\n${list}`, purpose: 'control.chase' })
    mails++
  }
  return { mails, projects: late.reduce((sum, { projects }) => sum + projects.length, 0) }
}

type Late = { email: string; projects: { number: string; title: string; returned: boolean }[] }

/** By colleague: the officer in charge, or, where none is named, all officers of the unit today. */
async function findUnreported(tx: Tx, of: string): Promise<Late[]> {
  const { rows } = await sql<Late>`
    select w.email, jsonb_agg(distinct jsonb_build_object('number', c.number, 'title', c.title, 'returned', coalesce(m.report_state = 'returned', false))) as projects
    from cases c join projects p on p.id = c.id join project_months m on m.case_id = c.id and m.month = ${of} and (m.report_state is null or m.report_state = 'returned')
    join posts o on (c.officer_id is not null and o.person_id = c.officer_id) or (c.officer_id is null and o.unit_id = c.unit_id and o.role = 'officer')
    join people w on w.id = o.person_id and w.email is not null
    where c.kind = ${caseKind} and c.stage = 'controlled' and ${owes} and o.valid_from <= current_date and (o.valid_until is null or o.valid_until >= current_date)
    group by w.email order by w.email`.execute(tx)
  return rows
}

/**
 * Publishes a month as it stands: public projects under watch at its end, those without a report as 未填報. What was published stays as it was; publishing
 * again after a correction replaces it, and the record has both.
 */
export const publishRound = act('control.publish-round', z.object({ month }), async (tx, ctx, input) => {
  const round = await lockRound(tx, input.month)
  const waiting = await tx.selectFrom('project_months').select('id').where('month', '=', input.month).where('report_state', '=', 'reported').execute()
  if (waiting.length) return refusal('round.unchecked', `還有 ${waiting.length} 件填報沒有檢核，檢核或退回後再公布`)
  await tx.deleteFrom('project_publications').where('round_id', '=', round.id).execute()
  const on = endOfMonth(input.month)
  const published = await sql<{ count: number }>`
    with done as (insert into project_publications (round_id, case_id, number, title, unit, level, summary, budget_twd, start_on, finish_on, state, overridden, planned, actual, slip_days, curve, milestones, reason, measure)
    select ${round.id}, s.case_id, s.number, s.title, coalesce(s.unit, ''), s.level, s.summary, s.budget_twd, s.start_on, s.finish_on, s.state, s.overridden, s.planned, s.actual, s.slip_days,
      (select coalesce(jsonb_agg(jsonb_build_object('month', m.month, 'planned', m.planned, 'actual', case when m.month <= ${input.month} and m.report_state = 'checked' then m.actual end) order by m.month), '[]') from project_months m where m.case_id = s.case_id),
      (select coalesce(jsonb_agg(jsonb_build_object('title', k.title, 'plannedOn', k.planned_on, 'reachedOn', case when k.reached_on <= ${on}::date then k.reached_on end) order by k.position), '[]') from project_milestones k where k.case_id = s.case_id),
      s.reason, s.measure
    from (${standing(on, { exactly: true })}) s where s.public returning 1) select count(*) as count from done`.execute(tx)
  await tx.updateTable('control_rounds').set({ published_at: ctx.now }).where('id', '=', round.id).execute()
  await record(tx, ctx, 'control.published', { payload: { month: input.month, projects: Number(published.rows[0]!.count), again: round.published_at !== null } })
  return done({ projects: Number(published.rows[0]!.count) })
}, { permission: 'control.publish' })

async function lockRound(tx: Tx, of: string) {
  const round = await tx.selectFrom('control_rounds').selectAll().where('month', '=', of).forUpdate().executeTakeFirst()
  if (!round) throw new NotFound('這個月還沒有開始填報')
  return round
}

