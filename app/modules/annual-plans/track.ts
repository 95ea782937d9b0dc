import { z } from 'zod'
import { sql } from 'kysely'
import { act } from '../../core/act.ts'
import type { Reader } from '../../core/db.ts'
import { dayField } from '../../core/day-fields.ts'
import { done, isRefusal, refusal } from '../../core/errors.ts'
import { record } from '../../core/events/record.ts'
import { linkOrigin, type Level, levels, registerProject } from '../control/index.ts'
import { lockForStaff } from './proposal.ts'
import './tables.ts'

const name = z.string().min(1).max(40)
const Track = z.object({
  name,
  level: z.enum(Object.keys(levels) as [Level, ...Level[]], { error: '請選擇列管類別' }),
  startOn: dayField('請填開始日期，例如 111/1/1'),
  finishOn: dayField('請填完成期限，例如 111/12/31'),
})

/** An admitted proposal becomes a project under watch, with its title, content, money and unit; the link is kept on both sides. */
export const trackProposal = act('annual-plans.track', Track, async (tx, given, input) => {
  const { proposal, ctx } = await lockForStaff(tx, given, input.name, 'control.manage')
  const it = await admitted(tx, proposal.id)
  if ('code' in it) return it
  if (input.finishOn < input.startOn) return refusal('project.days', '完成期限在開始日期以前', { field: 'finishOn' })
  const made = await registerProject.within(tx, ctx, {
    title: proposal.title, summary: it.content, funding: `${proposal.year} 年度預算`, budgetTwd: it.twd, startOn: input.startOn, finishOn: input.finishOn, months: '', milestones: '', internal: false, level: input.level, grade: 'county', unitId: proposal.unitId!,
  })
  return isRefusal(made) ? made : link(tx, ctx, proposal.id, made.value.number)
}, { permission: 'control.manage' })

/** A continuing project that is under watch already: linked instead of listed a second time. */
export const linkProposal = act('annual-plans.link-project', z.object({ name, project: z.string().trim().min(1, '請填列管計畫的案號').max(40) }), async (tx, given, input) => {
  const { proposal, ctx } = await lockForStaff(tx, given, input.name, 'control.manage')
  const it = await admitted(tx, proposal.id)
  return 'code' in it ? it : link(tx, ctx, proposal.id, input.project)
}, { permission: 'control.manage' })

async function admitted(tx: Parameters<typeof lockForStaff>[0], id: number) {
  const { rows: [it] } = await sql<{ outcome: string | null; content: string; twd: number; tracked: boolean }>`
    select c.outcome, p.content, coalesce(p.advised_twd, p.asked_twd) as twd, exists (select from plan_projects l where l.case_id = c.id) as tracked from cases c join plan_proposals p on p.id = c.id where c.id = ${id}`.execute(tx)
  if (it!.outcome !== 'admitted') return refusal('plan.not-admitted', '納入概算的提報才能列管')
  return it!.tracked ? refusal('plan.tracked', '這件已經列管') : it!
}

async function link(tx: Parameters<typeof lockForStaff>[0], ctx: Parameters<typeof lockForStaff>[1], caseId: number, number: string) {
  const linked = await linkOrigin(tx, ctx.person, number, caseId)
  if (isRefusal(linked)) return linked
  await tx.insertInto('plan_projects').values({ case_id: caseId, project_id: linked.value.id, person_id: ctx.person.id, linked_at: ctx.now }).execute()
  await record(tx, ctx, 'plan-proposal.tracked', { caseId, payload: { project: number } })
  await record(tx, ctx, 'project.origin-linked', { caseId: linked.value.id, payload: { from: caseId } })
  return done({ number })
}

/** The project that came of a proposal, by its number. */
export async function findProject(reader: Reader, caseId: number): Promise<{ number: string; title: string } | null> {
  return (await sql<{ number: string; title: string }>`select j.number, j.title from plan_projects l join cases j on j.id = l.project_id where l.case_id = ${caseId}`.execute(reader)).rows[0] ?? null
}
