import { sql } from 'kysely'
import { z } from 'zod'
import { act, type StaffContext } from '../act.ts'
import type { Reader, Tx } from '../db.ts'
import { done, NotFound, refusal, type Refusal } from '../errors.ts'
import { record } from '../events/record.ts'
import { may } from '../identity/permissions.ts'
import { getDeclaredReport, vocabularyOf } from './declared.ts'
import type { SectionState } from './document/model.ts'
import { parseText, textLengthMax } from './document/text/parse.ts'
import { lockDraft, type Report } from './drafts.ts'
import { pictureCodes } from './pictures.ts'

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
  reopened_because: string | null
}

/** All sections in reading order; in an as-of read, as they stood. */
export async function findSections(reader: Reader, reportId: number): Promise<SectionRow[]> {
  const rows = await sql<SectionRow>`
    select s.id, s.report_id, s.key, s.no, s.title, s.unit_id, u.name as unit, s.body, s.state, s.revision, s.saved_at, saver.name as saved_by, s.confirmed_at, confirmer.name as confirmed_by, s.reopened_because
    from report_sections s join units u on u.id = s.unit_id left join people saver on saver.id = s.saved_by left join people confirmer on confirmer.id = s.confirmed_by
    where s.report_id = ${reportId} order by s.position`.execute(reader)
  return rows.rows
}

export type Version = { revision: number; body: string; saved_at: Date; saved_by: string | null }

/** Every text that the section ever had, newest first. */
export async function findVersions(reader: Reader, sectionId: number): Promise<Version[]> {
  const rows = await sql<Version>`
    select distinct on (v.revision) v.revision, v.body, v.saved_at, p.name as saved_by
    from (select id, revision, body, saved_at, saved_by, sys_from from windlion.report_sections union all select id, revision, body, saved_at, saved_by, sys_from from windlion_history.report_sections) v
    left join people p on p.id = v.saved_by where v.id = ${sectionId} order by v.revision desc, v.sys_from desc`.execute(reader)
  return rows.rows
}

const ofSection = { report: z.coerce.number().int().positive(), key: z.string().max(40) }

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
  if (section.revision !== input.revision) return refusal('section.changed', '您編輯的時候，別人已經儲存過這一章；兩份文字都在下面，沒有遺失', { field: 'body' })
  const body = input.body.replace(/\s+$/, '')
  if (body === section.body.replace(/\s+$/, '')) return done({ revision: section.revision, changed: false })
  await writeBody(tx, ctx, section, body, 'report.section-saved')
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
  await writeBody(tx, ctx, section, version.body, 'report.section-restored')
  return done()
}, { permission: 'reports.write' })

/** The unit's word that its section is right; from then on it is locked. A text with mistakes cannot be confirmed. */
export const confirmSection = act('reports.confirm-section', z.object({ ...ofSection, revision: z.coerce.number().int() }), async (tx, ctx, input) => {
  const found = await lockSection(tx, ctx, input, 'reports.confirm')
  if ('refused' in found) return found
  const { draft, section } = found
  if (section.state !== 'drafting') return refusal('section.confirmed', '這一章已經確認了')
  if (section.revision !== input.revision) return refusal('section.changed', '您看過之後，這一章又有人改了；請看過新的文字再確認')
  const vocabulary = vocabularyOf(getDeclaredReport(draft.kind), await pictureCodes(tx, draft.id))
  const errors = parseText(section.body, vocabulary).problems.filter(({ severity }) => severity === 'error')
  if (errors.length) return refusal('section.mistakes', `文字還有 ${errors.length} 處錯誤：${errors.slice(0, 3).map(({ line, message }) => `第 ${line} 行，${message}`).join('；')}`)
  if (section.body.trim() === '') return refusal('section.empty', '這一章還沒有內容')
  await tx.updateTable('report_sections').set({ state: 'confirmed', confirmed_at: ctx.now, confirmed_by: ctx.person.id, reopened_because: null }).where('id', '=', section.id).execute()
  await record(tx, ctx, 'report.section-confirmed', { payload: { report: draft.id, section: section.key, revision: section.revision } })
  return done()
}, { permission: 'reports.confirm' })

/** The department gives a confirmed section back to its unit, with the reason that the unit reads. */
export const reopenSection = act('reports.reopen-section', z.object({ ...ofSection, reason: z.string().trim().min(1, '請寫為什麼要重新開放，負責單位才知道要改什麼').max(500) }), async (tx, ctx, input) => {
  const found = await lockSection(tx, ctx, input, 'reports.edit')
  if ('refused' in found) return found
  const { draft, section } = found
  if (section.state === 'drafting') return refusal('section.open', '這一章本來就開放編輯')
  await tx.updateTable('report_sections').set({ state: 'drafting', confirmed_at: null, confirmed_by: null, reopened_because: input.reason }).where('id', '=', section.id).execute()
  await record(tx, ctx, 'report.section-reopened', { payload: { report: draft.id, section: section.key } })
  return done()
}, { permission: 'reports.edit' })

/** Another unit answers for the section from now on. */
export const assignSection = act('reports.assign-section', z.object({ ...ofSection, unit: z.coerce.number().int().positive() }), async (tx, ctx, input) => {
  const found = await lockSection(tx, ctx, input, 'reports.edit')
  if ('refused' in found) return found
  const { draft, section } = found
  if (section.state !== 'drafting') return refusal('section.locked', '這一章已確認並鎖定，請先重新開放再換單位')
  await tx.updateTable('report_sections').set({ unit_id: input.unit }).where('id', '=', section.id).execute()
  await record(tx, ctx, 'report.section-assigned', { payload: { report: draft.id, section: section.key, unit: input.unit } })
  return done()
}, { permission: 'reports.edit' })

async function writeBody(tx: Tx, ctx: StaffContext, section: { id: number; report_id: number; key: string; revision: number }, body: string, event: string): Promise<void> {
  const revision = section.revision + 1
  await tx.updateTable('report_sections').set({ body, revision, saved_at: ctx.now, saved_by: ctx.person.id }).where('id', '=', section.id).execute()
  await record(tx, ctx, event, { payload: { report: section.report_id, section: section.key, revision } })
}

async function lockSection(tx: Tx, ctx: StaffContext, input: { report: number; key: string }, permission: string): Promise<Refusal | { draft: Report; section: Awaited<ReturnType<typeof sectionRow>> }> {
  const draft = await lockDraft(tx, input.report)
  if ('refused' in draft) return draft
  const section = await sectionRow(tx, input)
  if (!may(ctx.person, permission, { unitId: section.unit_id, officerId: null })) {
    const { name } = await tx.selectFrom('units').select('name').where('id', '=', section.unit_id).executeTakeFirstOrThrow()
    return refusal('section.other-unit', `這一章由${name}負責，您的職務不能修改或確認`)
  }
  return { draft, section }
}

async function sectionRow(tx: Tx, input: { report: number; key: string }) {
  const found = await tx.selectFrom('report_sections').selectAll().where('report_id', '=', input.report).where('key', '=', input.key).forUpdate().executeTakeFirst()
  if (!found) throw new NotFound('報告沒有這一章')
  return found
}
