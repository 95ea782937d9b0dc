import { sql } from 'kysely'
import { z } from 'zod'
import { act } from '../act.ts'
import type { Reader, Tx } from '../db.ts'
import { done, refusal, type Refusal } from '../errors.ts'
import { record } from '../events/record.ts'
import { may } from '../identity/permissions.ts'
import { getDeclaredReport, vocabularyOf } from './declared.ts'
import { parseText } from './document/text/parse.ts'
import type { Problem } from './document/text/source.ts'
import { pictureCodes } from './pictures.ts'
import { type HeldSection, lockSection, ofSection } from './sections.ts'

const read = z.object({ ...ofSection, /** the revision that was read */ revision: z.coerce.number().int() })

/** The unit's word that its section is right; from then on it is locked. A text with mistakes cannot be confirmed. */
export const confirmSection = act('reports.confirm-section', read, async (tx, ctx, input) => {
  const found = await lockSection(tx, ctx, input, 'reports.confirm')
  if ('refused' in found) return found
  const refused = await refuseConfirmation(tx, found, input.revision)
  if (refused) return refused
  await confirm(tx, found, null)
  return done()
}, { permission: 'reports.confirm' })

/** The department's word in the place of a unit that cannot give it, with the reason: it is never taken for the unit's own. */
export const confirmSectionFor = act('reports.confirm-section-for', read.extend({
  reason: z.string().trim().min(1, '請寫為什麼由彙編代為確認，例如誰在什麼時候口頭同意').max(500, '最多 500 個字'),
}), async (tx, ctx, input) => {
  const found = await lockSection(tx, ctx, input, 'reports.confirm-for')
  if ('refused' in found) return found
  if (may(ctx.person, 'reports.confirm', { unitId: found.section.unit_id, officerId: null })) return refusal('section.own-unit', '這一章由您的單位負責，請直接確認')
  const refused = await refuseConfirmation(tx, found, input.revision)
  if (refused) return refused
  await confirm(tx, found, input.reason)
  return done()
}, { permission: 'reports.confirm-for' })

async function refuseConfirmation(tx: Tx, { draft, section }: HeldSection, revision: number): Promise<Refusal | null> {
  if (section.state !== 'drafting') return refusal('section.confirmed', '這一章已經確認了')
  if (section.revision !== revision) return refusal('section.changed', '您看過之後，這一章又有人改了；請看過新的文字再確認')
  if (section.body.trim() === '') return refusal('section.empty', '這一章還沒有內容', { field: 'body' })
  const vocabulary = vocabularyOf(getDeclaredReport(draft.kind), await pictureCodes(tx, draft.id))
  const mistakes = mistakesIn(parseText(section.body, vocabulary).problems)
  return mistakes === null ? null : refusal('section.mistakes', mistakes, { field: 'body' })
}

const named = 3

/** What keeps a text from being confirmed, in one sentence with lines and nearest names; null when nothing does. */
export function mistakesIn(problems: Problem[]): string | null {
  const errors = problems.filter(({ severity }) => severity === 'error')
  if (!errors.length) return null
  const first = errors.slice(0, named).map(({ line, message }) => `第 ${line} 行，${message}`).join('；')
  return `文字還有 ${errors.length} 處錯誤：${first}${errors.length > named ? '；其餘標在文字旁' : ''}`
}

async function confirm(tx: Tx, { ctx, section }: HeldSection, because: string | null): Promise<void> {
  await tx.updateTable('report_sections').set({ state: 'confirmed', confirmed_at: ctx.now, confirmed_by: ctx.person.id, confirmed_because: because, reopened_because: null }).where('id', '=', section.id).execute()
  const payload = { report: section.report_id, section: section.key, revision: section.revision }
  if (because === null) await record(tx, ctx, 'report.section-confirmed', { payload })
  else await record(tx, ctx, 'report.section-confirmed-for', { payload: { ...payload, unit: section.unit_id } })
}

/** The department gives a confirmed section back to its unit, with the reason that the unit reads. */
export const reopenSection = act('reports.reopen-section', z.object({ ...ofSection, reason: z.string().trim().min(1, '請寫為什麼要重新開放，負責單位才知道要改什麼').max(500) }), async (tx, ctx, input) => {
  const found = await lockSection(tx, ctx, input, 'reports.edit')
  if ('refused' in found) return found
  const { draft, section } = found
  if (section.state === 'drafting') return refusal('section.open', '這一章本來就開放編輯')
  await tx.updateTable('report_sections').set({ state: 'drafting', confirmed_at: null, confirmed_by: null, confirmed_because: null, reopened_because: input.reason }).where('id', '=', section.id).execute()
  await record(tx, found.ctx, 'report.section-reopened', { payload: { report: draft.id, section: section.key } })
  return done()
}, { permission: 'reports.edit' })

export type SectionAct = { kind: 'confirmed' | 'confirmed-for' | 'reopened' | 'assigned'; at: Date; by: string | null; /** the absent colleague for whom a deputy acted */ for: string | null; reason: string | null; unit: string | null }

/** Confirming, reopening and changes of the unit, newest first. Reasons come from the row as it stood after the act. */
export async function findSectionActs(reader: Reader, section: { id: number; report_id: number; key: string }): Promise<SectionAct[]> {
  const rows = await sql<SectionAct>`
    select substr(e.kind, length('report.section-') + 1) as kind, e.happened_at as at, p.name as by, absent.name as for, u.name as unit,
      case when e.kind = 'report.section-reopened' then v.reopened_because else v.confirmed_because end as reason
    from events e left join people p on p.id = e.person_id left join people absent on absent.id = e.on_behalf_of
    left join units u on e.kind in ('report.section-assigned', 'report.section-confirmed-for') and u.id = (e.payload->>'unit')::bigint
    left join lateral (select confirmed_because, reopened_because from windlion.report_sections where id = ${section.id} and sys_from = e.recorded_at
      union all select confirmed_because, reopened_because from windlion_history.report_sections where id = ${section.id} and sys_from = e.recorded_at limit 1) v on true
    where e.kind in ('report.section-confirmed', 'report.section-confirmed-for', 'report.section-reopened', 'report.section-assigned')
      and (e.payload->>'report')::bigint = ${section.report_id} and e.payload->>'section' = ${section.key}
    order by e.id desc limit 100`.execute(reader)
  return rows.rows
}
