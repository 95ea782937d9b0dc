import type { Selectable } from 'kysely'
import { sql } from 'kysely'
import { z } from 'zod'
import { act, type ActContext } from '../act.ts'
import type { Reader, Tx } from '../db.ts'
import { done, NotFound, refusal, type Refusal, type Result } from '../errors.ts'
import { record } from '../events/record.ts'
import { parseDay, whyNotDay } from '../time.ts'
import type { Day } from '../time.ts'
import { type DeclaredReport, getDeclaredReport, type SectionTemplate } from './declared.ts'
import { printable } from './document/plain-text.ts'
import type { ReportTable } from './tables.ts'

export type Report = Selectable<ReportTable>

const Day = z.string().transform((text, ctx): Day => {
  const day = parseDay(text)
  if (!day) ctx.addIssue({ code: 'custom', message: whyNotDay(text) ?? '請寫日期，例如 110/9/30' })
  return day ?? z.NEVER
})

const line = (max: number) => z.string().max(max, `最多 ${max} 個字`).transform((text) => printable(text).replace(/\s+/g, ' ').trim())

/** What the cover says and which days the report is about. */
const Cover = z.object({
  from: Day,
  to: Day,
  statusOn: Day,
  council: line(60).default(''),
  session: line(60).default(''),
  title: line(60).pipe(z.string().min(1, '請寫報告名稱')),
  department: line(40).pipe(z.string().min(1, '請寫報告單位')),
  reporter: line(60).default(''),
  /** one a line */
  participants: z.string().max(3000, '參加人員太多').default('').transform((text) => printable(text).split('\n').map((each) => each.trim()).filter(Boolean).slice(0, 60)),
})
type Cover = z.output<typeof Cover>

/** A new draft. Its text is that of the last issue of the same kind, else the template's; every section goes to its unit. */
export const startReport = act('reports.start', Cover.extend({ kind: z.string().default('council') }), async (tx, ctx, input) => {
  const wrong = refuseCover(input)
  if (wrong) return wrong
  const open = await tx.selectFrom('reports').select('id').where('kind', '=', input.kind).where('from_day', '=', input.from).where('to_day', '=', input.to).where('state', '=', 'draft').executeTakeFirst()
  if (open) return refusal('report.draft-exists', `這個期間已經有一份草稿（第 ${open.id} 號），請接著編輯那一份`, { field: 'from' })
  return startDraft(tx, ctx, getDeclaredReport(input.kind), input)
}, { permission: 'reports.edit' })

/** The rows of a new draft, for the act and for the demonstration county. */
export async function startDraft(tx: Tx, ctx: ActContext, report: DeclaredReport, cover: Cover): Promise<Result<{ id: number }>> {
  const last = await tx.selectFrom('reports').select('id').where('kind', '=', report.kind).where('state', '=', 'issued').orderBy('as_of', 'desc').limit(1).executeTakeFirst()
  const { id } = await tx
    .insertInto('reports')
    .values({ ...columnsOf(cover), kind: report.kind, based_on: last?.id ?? null, created_by: ctx.person?.id ?? null, as_of: null, issued_by: null, checkpoint: null, document: null, digest: null })
    .returning('id')
    .executeTakeFirstOrThrow()
  const chapters = report.closing ? [...report.sections, report.closing] : report.sections
  const earlier = last ? await tx.selectFrom('report_sections').select(['key', 'body', 'unit_id']).where('report_id', '=', last.id).execute() : []
  const unitOf = await unitsByName(tx, report, ctx)
  if (!unitOf) return refusal('report.no-unit', '還沒有任何單位，請先建立單位')
  await tx
    .insertInto('report_sections')
    .values(
      chapters.map((chapter, i) => {
        const before = earlier.find(({ key }) => key === chapter.key)
        return {
          report_id: id, position: i + 1, key: chapter.key, no: chapter.no, title: chapter.title, unit_id: before?.unit_id ?? unitOf(chapter), body: before?.body ?? chapter.text,
          saved_by: ctx.person?.id ?? null, confirmed_at: null, confirmed_by: null, confirmed_because: null, reopened_because: null,
        }
      }),
    )
    .execute()
  await record(tx, ctx, 'report.started', { payload: { report: id, basedOn: last?.id ?? null } })
  return done({ id })
}

/** Changes cover and days of a draft. `revision` is the one that the form was made from. */
export const changeCover = act('reports.change-cover', Cover.extend({ id: z.coerce.number().int(), revision: z.coerce.number().int() }), async (tx, ctx, input) => {
  const draft = await lockDraft(tx, input.id)
  if ('refused' in draft) return draft
  if (draft.revision !== input.revision) return refusal('report.changed', '您編輯的時候，別人改過封面資料；下面是您填的內容，請對照後再儲存')
  const wrong = refuseCover(input)
  if (wrong) return wrong
  await tx.updateTable('reports').set({ ...columnsOf(input), revision: draft.revision + 1 }).where('id', '=', draft.id).execute()
  await record(tx, ctx, 'report.cover-changed', { payload: { report: draft.id, from: input.from, to: input.to, statusOn: input.statusOn } })
  return done()
}, { permission: 'reports.edit' })

function refuseCover({ from, to, statusOn }: Cover): Refusal | null {
  if (to < from) return refusal('report.period', '迄日不能早於起日', { field: 'to' })
  if (statusOn < from) return refusal('report.status-day', '資料截止日不能早於期間的第一天', { field: 'statusOn' })
  return null
}

const columnsOf = ({ from, to, statusOn, council, session, title, department, reporter, participants }: Cover) => ({
  from_day: from, to_day: to, status_on: statusOn, council, session, title, department, reporter, participants,
})

/** The draft, held until the transaction ends; a refusal when it has been issued meanwhile. */
export async function lockDraft(tx: Tx, id: number): Promise<Report | Refusal> {
  const found = await tx.selectFrom('reports').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()
  if (!found) throw new NotFound('找不到這份報告')
  return found.state === 'issued' ? refusal('report.issued', '這份報告已經定稿，不能再改；要更正請另出一份') : found
}

export async function findReport(reader: Reader, id: number): Promise<Report | undefined> {
  return reader.selectFrom('reports').selectAll().where('id', '=', id).executeTakeFirst()
}

/** Finds a chapter's unit below the department, else the department, else the unit of who starts the report, else any. */
async function unitsByName(tx: Tx, report: DeclaredReport, ctx: ActContext): Promise<((chapter: SectionTemplate) => number) | null> {
  const rows = await sql<{ id: number; name: string; bureau: string }>`
    select u.id, u.name, b.name as bureau from units u join units b on b.id = u.bureau_id where u.valid_until is null or u.valid_until >= ${ctx.today} order by u.id`.execute(tx)
  const units = rows.rows
  const department = units.find(({ name }) => name === report.department)?.id ?? ctx.person?.posts[0]?.unitId ?? units[0]?.id
  if (department === undefined) return null
  return ({ unitName }) => units.find(({ name, bureau }) => name === unitName && bureau === report.department)?.id ?? department
}
