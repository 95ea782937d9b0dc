import { type Selectable, sql } from 'kysely'
import { z } from 'zod'
import { act, type StaffContext } from '../act.ts'
import type { Reader, Tx } from '../db.ts'
import { done, NotFound, refusal, type Refusal } from '../errors.ts'
import { actedBy } from '../events/acted-by.ts'
import { record } from '../events/record.ts'
import { may, onBehalfOf } from '../identity/permissions.ts'
import type { SectionState } from './document/model.ts'
import { textLengthMax } from './document/text/parse.ts'
import { lockDraft, type Report } from './drafts.ts'
import type { ReportSectionTable } from './tables.ts'

/** A section as it stands, with the names that pages show. */
export type SectionRow = {
  id: number
  report_id: number
  key: string
  no: string
  title: string
  unit_id: number
  unit: string
  body: string
  state: SectionState
  revision: number
  saved_at: Date
  saved_by: string | null
  confirmed_at: Date | null
  confirmed_by: string | null
  /** why the department confirmed in the unit's place; null: the unit's own word */
  confirmed_because: string | null
  reopened_because: string | null
}

const savedBy = (who: string, section: string) => actedBy(who, sql`e.kind in ('report.section-saved', 'report.section-restored') and e.payload->>'report' = ${sql.ref(`${section}.report_id`)}::text and e.payload->>'section' = ${sql.ref(`${section}.key`)} and e.payload->>'revision' = ${sql.ref(`${section}.revision`)}::text`)

/** All sections in reading order; in an as-of read, as they stood. */
export async function findSections(reader: Reader, reportId: number): Promise<SectionRow[]> {
  const rows = await sql<SectionRow>`
    select s.id, s.report_id, s.key, s.no, s.title, s.unit_id, u.name as unit, s.body, s.state, s.revision, s.saved_at, ${savedBy('saver', 's')} as saved_by, s.confirmed_at, ${actedBy('confirmer', sql`e.kind in ('report.section-confirmed', 'report.section-confirmed-for') and e.payload->>'report' = s.report_id::text and e.payload->>'section' = s.key`)} as confirmed_by, s.confirmed_because, s.reopened_because
    from report_sections s join units u on u.id = s.unit_id left join people saver on saver.id = s.saved_by left join people confirmer on confirmer.id = s.confirmed_by
    where s.report_id = ${reportId} order by s.position`.execute(reader)
  return rows.rows
}

export type Version = { revision: number; body: string; saved_at: Date; saved_by: string | null }

/** Every text that the section ever had, newest first. */
export async function findVersions(reader: Reader, sectionId: number): Promise<Version[]> {
  const rows = await sql<Version>`
    select distinct on (v.revision) v.revision, v.body, v.saved_at, ${savedBy('p', 'v')} as saved_by
    from (select id, report_id, key, revision, body, saved_at, saved_by, sys_from from windlion.report_sections union all select id, report_id, key, revision, body, saved_at, saved_by, sys_from from windlion_history.report_sections) v
    left join people p on p.id = v.saved_by where v.id = ${sectionId} order by v.revision desc, v.sys_from desc`.execute(reader)
  return rows.rows
}

export const ofSection = { report: z.coerce.number().int().positive(), key: z.string().max(40) }

/**
 * Saves a section's text. `revision` is the one that the text was made from: when somebody else has saved meanwhile, nothing is
 * written and the page shows both texts.
 */
export const saveSection = act('reports.save-section', z.object({
  ...ofSection, revision: z.coerce.number().int(), body: z.string().max(textLengthMax, `這一章最多 ${textLengthMax.toLocaleString('en-US')} 字`),
}), async (tx, ctx, input) => {
  const found = await lockSection(tx, ctx, input, 'reports.write')
  if ('refused' in found) return found
  const { section } = found
  if (section.state !== 'drafting') return refusal('section.locked', '這一章已確認並鎖定，要修改請先由報告彙編重新開放', { field: 'body' })
  const body = input.body.replace(/\r\n/g, '\n').replace(/\s+$/, '')
  const same = body === section.body.replace(/\r\n/g, '\n').replace(/\s+$/, '') // also a form that was sent twice
  if (section.revision !== input.revision && !same) return refusal('section.changed', '您編輯的時候，別人已經儲存過這一章；兩份文字都在下面，沒有遺失', { field: 'body' })
  if (same) return done({ revision: section.revision, changed: false })
  await writeBody(tx, found.ctx, section, body, 'report.section-saved')
  return done({ revision: section.revision + 1, changed: true })
}, { permission: 'reports.write' })

/** Brings an earlier text back as the newest version. */
export const restoreSection = act('reports.restore-section', z.object({ ...ofSection, restore: z.coerce.number().int() }), async (tx, ctx, input) => {
  const found = await lockSection(tx, ctx, input, 'reports.write')
  if ('refused' in found) return found
  const { section } = found
  if (section.state !== 'drafting') return refusal('section.locked', '這一章已確認並鎖定，要修改請先由報告彙編重新開放')
  const version = (await findVersions(tx, section.id)).find(({ revision }) => revision === input.restore)
  if (!version) throw new NotFound('找不到這個版本')
  if (version.body === section.body) return refusal('section.same', '這個版本和現在的文字相同')
  await writeBody(tx, found.ctx, section, version.body, 'report.section-restored')
  return done()
}, { permission: 'reports.write' })

/** Another unit answers for the section from now on. */
export const assignSection = act('reports.assign-section', z.object({ ...ofSection, unit: z.coerce.number().int().positive() }), async (tx, ctx, input) => {
  const found = await lockSection(tx, ctx, input, 'reports.edit')
  if ('refused' in found) return found
  const { draft, section } = found
  if (section.state !== 'drafting') return refusal('section.locked', '這一章已確認並鎖定，請先重新開放再換單位')
  await tx.updateTable('report_sections').set({ unit_id: input.unit }).where('id', '=', section.id).execute()
  await record(tx, found.ctx, 'report.section-assigned', { payload: { report: draft.id, section: section.key, unit: input.unit } })
  return done()
}, { permission: 'reports.edit' })

async function writeBody(tx: Tx, ctx: StaffContext, section: { id: number; report_id: number; key: string; revision: number }, body: string, event: string): Promise<void> {
  const revision = section.revision + 1
  await tx.updateTable('report_sections').set({ body, revision, saved_at: ctx.now, saved_by: ctx.person.id }).where('id', '=', section.id).execute()
  await record(tx, ctx, event, { payload: { report: section.report_id, section: section.key, revision } })
}

export type HeldSection = { draft: Report; section: Selectable<ReportSectionTable> & { unit: string }; /** names the absent colleague where only a deputy's post allows the act */ ctx: StaffContext }

/** The beginning of every act on a section: holds it until the transaction ends, or refuses when it is another unit's. */
export async function lockSection(tx: Tx, ctx: StaffContext, input: { report: number; key: string }, permission: string): Promise<Refusal | HeldSection> {
  const draft = await lockDraft(tx, input.report)
  if ('refused' in draft) return draft
  const section = await sectionRow(tx, input)
  const it = { unitId: section.unit_id, officerId: null }
  if (!may(ctx.person, permission, it)) return refusal('section.other-unit', `這一章由${section.unit}負責，您的職務不能修改或確認`)
  return { draft, section, ctx: { ...ctx, onBehalfOf: ctx.onBehalfOf ?? onBehalfOf(ctx.person, permission, it) } }
}

async function sectionRow(tx: Tx, input: { report: number; key: string }) {
  const found = await tx.selectFrom('report_sections as s').innerJoin('units as u', 'u.id', 's.unit_id').selectAll('s').select('u.name as unit').where('s.report_id', '=', input.report).where('s.key', '=', input.key).forUpdate('s').executeTakeFirst()
  if (!found) throw new NotFound('報告沒有這一章')
  return found
}
