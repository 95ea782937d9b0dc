import { sql } from 'kysely'
import { z } from 'zod'
import { act } from '../act.ts'
import type { Reader, Tx } from '../db.ts'
import { done, refusal } from '../errors.ts'
import { record } from '../events/record.ts'
import { rolesWith } from '../identity/permissions.ts'
import { queueMail, refuseAddress } from '../mail/outbox.ts'
import { namePurposes } from '../mail/purposes.ts'
import { type Day, dayOf, rocLongDay } from '../time.ts'
import { lockDraft, type Report } from './drafts.ts'

namePurposes({ 'report.chase': '催請確認業務報告' })

const Chase = z.object({
  report: z.coerce.number().int().positive(),
  /** only this unit; without it all whose sections are missing */
  unit: z.preprocess((value) => value || undefined, z.coerce.number().int().positive().optional()),
  /** absolute address of the report's page, for the links; without it the letter has none */
  page: z.string().max(300).default(''),
})

/**
 * 催請確認: one letter to each of those who may confirm a missing section, with links. A unit is reminded once a day.
 * Gives how many letters went and the units where nobody has an address.
 */
export const chaseSections = act('reports.chase', Chase, async (tx, ctx, input) => {
  const draft = await lockDraft(tx, input.report)
  if ('refused' in draft) return draft
  const earlier = await findChases(tx, draft.id)
  const missing = (await missingByUnit(tx, draft.id)).filter(({ unit_id: unit }) => input.unit === undefined || unit === input.unit)
  if (!missing.length) return refusal('report.nothing-missing', '沒有還沒確認的章')
  const due = missing.filter(({ unit_id: unit }) => !isToday(earlier.get(unit)?.at, ctx.today))
  if (!due.length) return refusal('report.chased-today', '今天已經催請過了，請改用電話，或明天再催')
  const unreachable: string[] = []
  let letters = 0
  for (const unit of due) {
    const people = (await confirmersOf(tx, unit.unit_id, ctx.today)).filter(({ email }) => email !== null && refuseAddress(email) === null)
    for (const { name, email } of people) await queueMail(tx, { to: email!, ...letterTo(name, unit, draft, ctx.person.name, input.page), purpose: 'report.chase' })
    await record(tx, ctx, 'report.chased', { payload: { report: draft.id, unit: unit.unit_id, sections: unit.sections.map(({ key }) => key), letters: people.length } })
    letters += people.length
    if (!people.length) unreachable.push(unit.unit)
  }
  return done({ letters, units: due.length - unreachable.length, unreachable })
}, { permission: 'reports.edit' })

const isToday = (at: Date | undefined, today: Day): boolean => at !== undefined && dayOf(at) === today

type Missing = { unit_id: number; unit: string; sections: { key: string; name: string }[] }

async function missingByUnit(tx: Tx, reportId: number): Promise<Missing[]> {
  const rows = await sql<Missing>`
    select s.unit_id, u.name as unit, jsonb_agg(jsonb_build_object('key', s.key, 'name', trim(s.no || ' ' || s.title)) order by s.position) as sections
    from report_sections s join units u on u.id = s.unit_id where s.report_id = ${reportId} and s.state = 'drafting' group by s.unit_id, u.name order by min(s.position)`.execute(tx)
  return rows.rows
}

/** Those who may confirm in the unit itself; where nobody is, those of the nearest unit above it that has some. */
async function confirmersOf(tx: Tx, unitId: number, today: Day): Promise<{ name: string; email: string | null }[]> {
  const rows = await sql<{ name: string; email: string | null; above: number }>`
    with recursive up as (select id, parent_id, 0 as above from units where id = ${unitId} union all select u.id, u.parent_id, up.above + 1 from up join units u on u.id = up.parent_id)
    select distinct p.name, p.email, up.above from up join posts on posts.unit_id = up.id join people p on p.id = posts.person_id
    where posts.role = any(${rolesWith('reports.confirm')}::text[]) and posts.valid_from <= ${today} and (posts.valid_until is null or posts.valid_until >= ${today}) and p.locked_at is null
    order by up.above, p.name`.execute(tx)
  return rows.rows.filter(({ above }) => above === rows.rows[0]!.above)
}

function letterTo(name: string, { unit, sections }: Missing, draft: Report, from: string, page: string): { subject: string; text: string } {
  const lines = sections.map(({ key, name: section }) => `　${section}${page && `\n　${page}/sections/${key}`}`)
  return {
    subject: `請確認業務報告的 ${sections.length} 章（${unit}）`,
    text: `${name} 您好：\n\n${draft.session}${draft.title}（資料截止日 ${rocLongDay(draft.status_on)}）還有下列各章等待${unit}確認：\n\n${lines.join('\n\n')}\n\n請看過文字與數字後按「確認這一章」；要修改請直接在同一頁修改。\n\n${from}`,
  }
}

/** When each unit was last reminded of this report, and how many letters went. */
export async function findChases(reader: Reader, reportId: number): Promise<Map<number, { at: Date; letters: number }>> {
  const rows = await sql<{ unit: number; at: Date; letters: number }>`
    select distinct on (payload->>'unit') (payload->>'unit')::bigint as unit, happened_at as at, (payload->>'letters')::int as letters
    from events where kind = 'report.chased' and (payload->>'report')::bigint = ${reportId} order by payload->>'unit', id desc`.execute(reader)
  return new Map(rows.rows.map(({ unit, ...rest }) => [unit, rest]))
}
