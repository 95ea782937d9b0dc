import { sql } from 'kysely'
import { z } from 'zod'
import { act, type StaffContext } from '../act.ts'
import type { Reader, Tx } from '../db.ts'
import { done, refusal, type Refusal } from '../errors.ts'
import { actedBy, payloadOf } from '../events/acted-by.ts'
import { record } from '../events/record.ts'
import type { FigureKind, FigureSpan } from '../figures/figure.ts'
import { may, type Person } from '../identity/permissions.ts'
import { type Day, parseDay, whyNotDay } from '../time.ts'
import { getDeclaredReport, type ReportFigure, reportFigures } from './declared.ts'
import type { FigureValue } from './document/format.ts'
import { lockDraft, type Report } from './drafts.ts'
import { canonical } from './frozen.ts'
import './tables.ts'

/** A number without records behind it, with who typed it, when, and where they had it from. */
export type TypedValue = { value: FigureValue; note: string; byName: string; at: Date }

/** Typed numbers that hold for this span, by figure. */
export async function findTypedValues(reader: Reader, kind: string, span: FigureSpan): Promise<Map<string, TypedValue>> {
  const rows = await sql<{ figure: string; value: FigureValue; source_note: string; name: string | null; typed_at: Date }>`
    select v.figure, v.value, v.source_note, ${actedBy('p', sql`${payloadOf('report.number-typed', 'figure', sql`v.figure`)} and abs(extract(epoch from e.recorded_at - v.typed_at)) < 60`)} as name, v.typed_at from typed_values v left join people p on p.id = v.typed_by
    where v.report_kind = ${kind} and v.from_day = ${span.from} and v.to_day = ${span.to} and (v.status_on is null or v.status_on = ${span.statusOn})`.execute(reader)
  return new Map(rows.rows.map((row) => [row.figure, { value: row.value, note: row.source_note, byName: row.name ?? '系統', at: row.typed_at }]))
}

/** What happened in the period does not change with the status day; everything else is judged on it. */
const looksAtStatusDay = (kind: FigureKind): boolean => kind !== 'flow' && kind !== 'date'

const ofFigure = { report: z.coerce.number().int().positive(), figure: z.string().max(100) }

/** Types a number for the draft's period, in place of the one typed before, which stays in history. */
export const typeValue = act('reports.type', z.object({ ...ofFigure, value: z.string().max(5000), note: z.string().trim().min(1, '請寫這個數字從哪裡來').max(500) }), async (tx, ctx, input) => {
  const found = await lockTyped(tx, ctx.person, input)
  if ('refused' in found) return found
  const value = readTyped(found.figure, input.value)
  if ('refused' in value) return value
  await keepTyped(tx, ctx, found, value.value, input.note)
  return done()
})

const Numbers = z.object({
  report: z.coerce.number().int().positive(),
  /** what is in the field of each figure; blank and unchanged ones are left as they are */
  values: z.record(z.string().max(100), z.string().max(5000)),
  note: z.string().trim().max(500).default(''),
})

/** Types several numbers at once, all from the same source; one that cannot be read keeps all from being written. Gives how many. */
export const typeValues = act('reports.type-several', Numbers, async (tx, ctx, input) => {
  const fields: Record<string, string> = {}
  const changed: { found: LockedFigure; value: FigureValue }[] = []
  for (const [id, text] of Object.entries(input.values)) {
    if (text.trim() === '') continue
    const found = await lockTyped(tx, ctx.person, { report: input.report, figure: id })
    if ('refused' in found) return found
    const value = readTyped(found.figure, text)
    if ('refused' in value) fields[`value.${id}`] = value.message
    else if (canonical(value.value) !== canonical(await typedBefore(tx, found))) changed.push({ found, value: value.value })
  }
  if (changed.length && input.note === '') fields.note = '請寫這些數字從哪裡來'
  const [field, message] = Object.entries(fields)[0] ?? []
  if (message) return refusal('figure.unreadable', message, { field: field!, fields })
  if (!changed.length) return refusal('figure.unchanged', '沒有填或改任何數字')
  for (const { found, value } of changed) await keepTyped(tx, ctx, found, value, input.note)
  return done({ count: changed.length })
}, { permission: 'reports.type' })

async function typedBefore(tx: Tx, { draft, figure, statusOn }: LockedFigure): Promise<FigureValue | undefined> {
  const before = await sql<{ value: FigureValue }>`select value from typed_values where report_kind = ${draft.kind} and figure = ${figure.id} and from_day = ${draft.from_day}
    and to_day = ${draft.to_day} and status_on is not distinct from ${statusOn}`.execute(tx)
  return before.rows[0]?.value
}

async function keepTyped(tx: Tx, ctx: StaffContext, { draft, figure, statusOn }: LockedFigure, value: FigureValue, note: string): Promise<void> {
  await sql`insert into typed_values (report_kind, figure, from_day, to_day, status_on, value, source_note, typed_by, typed_at)
    values (${draft.kind}, ${figure.id}, ${draft.from_day}, ${draft.to_day}, ${statusOn}, ${JSON.stringify(value)}::jsonb, ${note}, ${ctx.person.id}, ${ctx.now})
    on conflict (report_kind, figure, from_day, to_day, status_on) do update set value = excluded.value, source_note = excluded.source_note,
      typed_by = excluded.typed_by, typed_at = excluded.typed_at`.execute(tx)
  await record(tx, ctx, 'report.number-typed', { payload: { report: draft.id, figure: figure.id, value } })
}

/** Takes a typed number back: the report then says that no records stand behind it. */
export const clearValue = act('reports.clear-value', z.object(ofFigure), async (tx, ctx, input) => {
  const found = await lockTyped(tx, ctx.person, input)
  if ('refused' in found) return found
  const { draft, figure, statusOn } = found
  await sql`delete from typed_values where report_kind = ${draft.kind} and figure = ${figure.id} and from_day = ${draft.from_day} and to_day = ${draft.to_day}
    and status_on is not distinct from ${statusOn}`.execute(tx)
  await record(tx, ctx, 'report.number-cleared', { payload: { report: draft.id, figure: figure.id } })
  return done()
}, { permission: 'reports.type' })

type LockedFigure = { draft: Report; figure: ReportFigure; statusOn: Day | null }

/** The draft and figure, when the figure is of a section that this person's unit answers for and nobody counts it. */
async function lockTyped(tx: Tx, person: Person, input: { report: number; figure: string }): Promise<LockedFigure | Refusal> {
  const draft = await lockDraft(tx, input.report)
  if ('refused' in draft) return draft
  const figure = reportFigures(getDeclaredReport(draft.kind)).find(({ id }) => id === input.figure)
  if (!figure) return refusal('figure.unknown', `沒有「${input.figure}」這個數字`, { field: 'figure' })
  if (figure.counted) return refusal('figure.counted', `「${figure.title}」由案件計算，不能登打`, { field: 'figure' })
  const section = await tx.selectFrom('report_sections').select(['unit_id', 'state', 'no']).where('report_id', '=', draft.id).where('no', '=', figure.section ?? '').executeTakeFirst()
  if (!may(person, 'reports.type', { unitId: section?.unit_id ?? null, officerId: null })) return refusal('figure.other-unit', `「${figure.title}」由負責第 ${figure.section} 章的單位登打`, { field: 'figure' })
  if (section && section.state !== 'drafting') return refusal('section.locked', `第 ${section.no} 章已確認並鎖定，要改數字請先由報告彙編重新開放`, { field: 'figure' })
  return { draft, figure, statusOn: looksAtStatusDay(figure.kind) ? draft.status_on : null }
}

/** A typed value as the contract stores it: rates as fractions of four decimals, dates ISO, breakdowns as parts. */
export function readTyped(figure: Pick<ReportFigure, 'kind' | 'title'>, text: string): { value: FigureValue } | Refusal {
  const no = (why: string) => refusal('figure.unreadable', `「${figure.title}」${why}`, { field: 'value' })
  const written = text.normalize('NFKC').trim()
  if (written === '') return no('還沒有填數字')
  if (figure.kind === 'date') {
    const day: Day | null = parseDay(written)
    return day ? { value: day } : no(`的日期看不懂：${whyNotDay(written) ?? '請寫成 110/9/27'}`)
  }
  if (figure.kind === 'breakdown') return readParts(written) ?? no('請一行寫一項，名稱後面空一格寫數字，例如「如期 31」')
  const isPercent = written.endsWith('%')
  const number = readNumber(written.replace(/%$/, ''))
  if (number === null) return no('不是數字；可以用逗號分隔千位')
  if (figure.kind !== 'rate') return isPercent ? no('不是比率，請填數量') : { value: number }
  // the field says %: 0.72 is less than one percent
  return number < 0 || number > 100 ? no('請填 0 到 100 的百分比') : { value: Math.round(number * 100) / 10_000 }
}

function readNumber(text: string): number | null {
  const bare = text.replaceAll(',', '').trim()
  return /^-?\d{1,15}(\.\d{1,4})?$/.test(bare) ? Number(bare) : null
}

function readParts(text: string): { value: FigureValue } | null {
  const lines = text.split('\n').map((line) => line.trim()).filter(Boolean)
  const parts = lines.map((line) => {
    const [, label = '', number = ''] = /^(.{1,60}?)[\s=:：]+(-?[\d,.]+)$/u.exec(line) ?? []
    return { key: label.trim(), label: label.trim(), value: readNumber(number) }
  })
  const isWhole = parts.length > 0 && parts.length <= 60 && parts.every(({ key, value }) => key !== '' && value !== null)
  return isWhole && new Set(parts.map(({ key }) => key)).size === parts.length ? { value: parts } : null
}
