import { sql } from 'kysely'
import { z } from 'zod'
import { act, type ActContext } from '../../core/act.ts'
import { addJoint, assignLead } from '../../core/cases/assign.ts'
import { drawCaseNumber } from '../../core/cases/numbers.ts'
import { insertCase } from '../../core/cases/open.ts'
import type { Tx } from '../../core/db.ts'
import { optionalDay } from '../../core/day-fields.ts'
import { done, refusal } from '../../core/errors.ts'
import { record } from '../../core/events/record.ts'
import { indexCase } from '../../core/search/search.ts'
import { type Day, parseInstant } from '../../core/time.ts'
import { startTracking } from './carry-out.ts'
import { findMeeting, isWritten, type Meeting } from './meeting.ts'
import { caseKind, numberPrefix } from './schema.ts'
import { tellIssued } from './tell.ts'
import './tables.ts'

const Issue = z.object({
  meeting: z.string().min(1).max(40),
  sentence: z.string().trim().min(4, '請選擇或寫下指裁示的那一句').max(2000, '最多 2,000 個字'),
  item: z.string().trim().max(200).default(''),
  title: z.string().trim().max(100, '案由最多 100 個字').default(''),
  unitId: z.coerce.number({ error: '請選擇主辦單位' }).int().positive('請選擇主辦單位'),
  jointIds: z.array(z.coerce.number().int().positive()).max(30).default([]),
  due: z.enum(['day', 'open'], { error: '請選擇期限' }),
  dueOn: optionalDay('讀不出期限，請寫成 110/4/1 這樣'),
  proof: z.string().trim().max(500, '最多 500 個字').default(''),
  /** 案號 of the case it is about: a late project */
  about: z.string().trim().max(40).default(''),
})

/** 列管一句指裁示: the sentence stands in what was written of the meeting, and is kept as it stands. */
export const issueDirective = act('directives.list-sentence', Issue, async (tx, ctx, input) => {
  const meeting = await findMeeting(tx, input.meeting, true)
  if (meeting.outcome === 'cancelled') return refusal('directive.cancelled', '這次會議取消了')
  if (meeting.heldOn > ctx.today) return refusal('directive.future', '開會日期還沒有到')
  if (!isWritten(input.sentence, meeting)) return refusal('directive.sentence', '會議的決議、發言要旨或紀錄裡沒有這一句；請先寫進去，再列管', { field: 'sentence' })
  if (input.due === 'day' && !input.dueOn) return refusal('directive.due', '請填期限，例如 110/4/1；沒有定期限請選「未定期限」', { field: 'dueOn' })
  if (input.due === 'day' && input.dueOn! <= meeting.heldOn) return refusal('directive.due', '期限要在開會那天以後', { field: 'dueOn' })
  const units = await tx.selectFrom('units').select('id').where('valid_until', 'is', null).where((eb) => eb('id', '=', eb.fn.any(eb.val([input.unitId, ...input.jointIds])))).execute()
  if (!units.some(({ id }) => id === input.unitId)) return refusal('directive.unit', '找不到這個單位', { field: 'unitId' })
  if (input.jointIds.some((id) => id === input.unitId || !units.some((unit) => unit.id === id))) return refusal('directive.joint', '協辦單位要是現有的單位，而且不是主辦單位', { field: 'jointIds' })
  const twice = await sql<{ number: string }>`select c.number from directives d join cases c on c.id = d.id where d.meeting_id = ${meeting.id} and d.sentence = ${input.sentence} and c.unit_id = ${input.unitId}`.execute(tx)
  if (twice.rows[0]) return refusal('directive.twice', `這一句已經列管給同一單位：${twice.rows[0].number}`, { field: 'sentence' })
  const about = input.about ? await tx.selectFrom('cases').select('id').where('number', '=', input.about).executeTakeFirst() : null
  if (input.about && !about) return refusal('directive.about', `沒有「${input.about}」這件案件`, { field: 'about' })

  const id = await writeDirective(tx, ctx, meeting, { ...input, dueOn: input.due === 'open' ? null : input.dueOn, aboutId: about?.id ?? null })
  const number = await drawCaseNumber(tx, caseKind, numberPrefix, ctx.today)
  await tx.updateTable('cases').set({ number }).where('id', '=', id).execute()
  await record(tx, ctx, 'directive.registered', { caseId: id, payload: { number } })
  // while the meeting runs it may still be put another way: units are told when it ends
  if (meeting.outcome === 'held') await tellIssued(tx, ctx, meeting.id, [id])
  return done({ number })
}, { permission: 'directives.issue' })

export type NewDirective = { sentence: string; item: string; title: string; unitId: number; jointIds: readonly number[]; dueOn: Day | null; proof: string; aboutId: number | null }

/** Its rows, units and clock; the number comes from whoever registers it. Received when the meeting began. */
export async function writeDirective(tx: Tx, ctx: ActContext, meeting: Meeting, given: NewDirective, from: { number?: string; importId?: number } = {}): Promise<number> {
  const title = given.title || shortened(given.sentence)
  const began = parseInstant(`${meeting.heldOn} ${meeting.startsAt}`)!
  const at = began > ctx.now ? ctx.now : began
  const id = await insertCase(tx, { kind: caseKind, number: from.number ?? null, title, stage: 'open', receivedAt: at, registeredAt: ctx.now, importId: from.importId ?? null })
  await tx
    .insertInto('directives')
    .values({ id, meeting_id: meeting.id, body: meeting.body.code, body_name: meeting.body.name, ordered_on: meeting.heldOn, item: given.item, sentence: given.sentence, proof: given.proof, due_on: given.dueOn, about_id: given.aboutId, finished_on: null, delisted_on: null })
    .execute()
  await assignLead(tx, { caseId: id, unitId: given.unitId, at: ctx.now, endedAs: 'reassigned' })
  await addJoint(tx, { caseId: id, unitIds: [...given.jointIds], at: ctx.now })
  await startTracking(tx, id, ctx.now, meeting.heldOn, given.dueOn)
  await indexCase(tx, id, [title, given.sentence, given.item])
  await record(tx, ctx, 'directive.issued', { caseId: id, toStage: 'open', happenedAt: at, payload: { meeting: meeting.number, ...(from.importId === undefined ? {} : { import: from.importId }) } })
  return id
}

/** What a directive is called where nobody gave it a name: the beginning of its sentence. */
const shortened = (sentence: string): string => {
  const one = sentence.replace(/^[（(]?[一二三四五六七八九十\d]+[)）、.．]\s*/, '').replace(/\s+/g, ' ')
  return [...one].length > 40 ? `${[...one].slice(0, 39).join('')}…` : one.replace(/[。；;]$/, '')
}
