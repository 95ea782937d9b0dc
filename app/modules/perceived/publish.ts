import { z } from 'zod'
import { act, type StaffContext } from '../../core/act.ts'
import { handsIn } from '../../core/cases/hands.ts'
import type { Tx } from '../../core/db.ts'
import { cleanOutgoing } from '../../core/documents/outgoing.ts'
import { readPictureSize } from '../../core/documents/picture-file.ts'
import { readDocument, storeDocument } from '../../core/documents/store.ts'
import { done, isRefusal, refusal, type Refusal } from '../../core/errors.ts'
import { record } from '../../core/events/record.ts'
import { mask, officePlaces, refuseUnmasked } from '../../core/masking/index.ts'
import { lockFor } from '../../core/procedure/take-step.ts'
import { evidenceKinds } from './schema.ts'
import { procedure } from './steps.ts'
import './tables.ts'

const name = z.string().min(1).max(40)
const picture = z.string().trim().optional().transform((value) => (value && /^\d{1,15}$/.test(value) ? Number(value) : null))
const reason = z.string().trim().max(200, '最多 200 個字').default('')
const Text = z.object({ name, title: z.string().trim().min(2, '請填標題').max(60, '最多 60 個字'), text: z.string().transform((value) => value.replaceAll('\r\n', '\n').trim()).refine((value) => [...value].length >= 10, '請寫給鄉親看的說明，至少 10 個字').refine((value) => [...value].length <= 2000, '最多 2,000 個字'), before: picture, after: picture, noBefore: reason, noAfter: reason, ownPlaces: z.literal('yes').optional() })

/** What everyone would read of an item, each text with its name. */
const publicTexts = { title: '標題', text: '說明', noBefore: '沒有改善前照片的原因', noAfter: '沒有改善後照片的原因' } as const

/** What must not become public, by the first text that holds it; `own`: contacts and places in it are the office's. */
function refusePublicTexts(of: Record<keyof typeof publicTexts, string>, own: boolean): Refusal | null {
  for (const [field, what] of Object.entries(publicTexts)) {
    const left = refuseUnmasked(mask(of[field as keyof typeof publicTexts]), { field, what, office: officePlaces, own })
    if (left) return left
  }
  return null
}

/** All that the public would read, as one text. */
export const publicTextOf = (of: Record<keyof typeof publicTexts, string>): string => [of.title, of.text, of.noBefore, of.noAfter].filter(Boolean).join('\n')

/** Everyone sees before and after, or reads why there is no picture. */
function refuseWithoutPair(of: { before: number | null; after: number | null; noBefore: string; noAfter: string }): Refusal | null {
  for (const [which, why] of [['before', 'noBefore'], ['after', 'noAfter']] as const) {
    if (of[which] === null && of[why].length < 2) return refusal('perceived.no-picture', `沒有放${evidenceKinds[which]}的照片，請寫下原因，公開時會一起說明`, { field: why })
  }
  return null
}

/** Writes the text for the public page and chooses its pictures. A new text waits for somebody else's approval; what is public stays until then. */
export const writeText = act('perceived.write', Text, async (tx, given, input) => {
  const { state, ctx } = await lockFor(procedure, tx, given, input.name, 'perceived.write')
  if (state.outcome === 'withdrawn') return refusal('perceived.withdrawn', '已經撤案，不公開')
  for (const [which, id] of [['before', input.before], ['after', input.after]] as const) {
    if (id !== null && !(await pictureOf(tx, state.id, id))) return refusal('perceived.picture', '找不到這張照片，請選佐證裡的 JPEG 或 PNG', { field: which })
  }
  const left = refusePublicTexts(input, input.ownPlaces === 'yes')
  if (left) return left
  const missing = refuseWithoutPair(input)
  if (missing) return missing
  const known = await tx.selectFrom('perceived_texts').select(['state', 'published_at']).where('id', '=', state.id).executeTakeFirst()
  if (known?.state === 'approved') return refusal('perceived.public', '已經公開，要改寫請先下架')
  const row = { title: input.title, text: input.text, before_id: input.before, after_id: input.after, no_before: input.before === null ? input.noBefore : null, no_after: input.after === null ? input.noAfter : null, state: 'draft' as const, written_by: ctx.person.id, written_at: ctx.now, note: null }
  await tx.insertInto('perceived_texts').values({ id: state.id, ...row, before_document_id: null, after_document_id: null, published_at: null }).onConflict((conflict) => conflict.column('id').doUpdateSet(row)).execute()
  await record(tx, ctx, 'perceived.text-written', { caseId: state.id, payload: { item: state.id } })
  return done({ number: state.number })
})

const Judge = z.object({ name, decision: z.enum(['approve', 'return'], { error: '請選擇核可或退回' }), note: z.string().trim().max(1000, '最多 1,000 個字').default(''), ownPlaces: z.literal('yes').optional(), reviewed: z.literal('yes').optional() })

/** Puts the text on the public page, or gives it back. Nobody approves what they wrote, nor a deputy for them. */
export const judgeText = act('perceived.publish', Judge, async (tx, given, input) => {
  const { state, ctx } = await lockFor(procedure, tx, given, input.name, 'perceived.publish')
  const text = await tx.selectFrom('perceived_texts').selectAll().where('id', '=', state.id).executeTakeFirst()
  if (!text || text.state !== 'draft') return refusal('perceived.not-waiting', '沒有等核可的公開文字')
  if (await wroteIt(tx, ctx, state.id)) return refusal('perceived.own-text', '寫的人不能核可自己的文字')
  if (input.decision === 'return') {
    if (input.note.length < 2) return refusal('perceived.note', '請寫要修改什麼', { field: 'note' })
    await tx.updateTable('perceived_texts').set({ state: 'returned', note: input.note }).where('id', '=', state.id).execute()
    await record(tx, ctx, 'perceived.text-returned', { caseId: state.id })
    return done({ number: state.number, published: false })
  }
  if (state.outcome !== 'done') return refusal('perceived.not-done', '完成以後才公開成果')
  const shown = { title: text.title, text: text.text, before: text.before_id, after: text.after_id, noBefore: text.no_before ?? '', noAfter: text.no_after ?? '' }
  const left = refuseWithoutPair(shown) ?? refusePublicTexts(shown, input.ownPlaces === 'yes')
  if (left) return left
  if (mask(publicTextOf(shown)).review.length && input.reviewed !== 'yes') return refusal('perceived.reviewed', '請確認看過標示的字句', { field: 'reviewed' })
  const [before, after] = [await cleaned(tx, state.id, text.before_id), await cleaned(tx, state.id, text.after_id)]
  if (isRefusal(before)) return before
  if (isRefusal(after)) return after
  await tx.updateTable('perceived_texts').set({ state: 'approved', note: null, before_document_id: before.id, after_document_id: after.id, published_at: ctx.now }).where('id', '=', state.id).execute()
  await record(tx, ctx, 'perceived.published', { caseId: state.id })
  return done({ number: state.number, published: true })
})

async function wroteIt(tx: Tx, ctx: StaffContext, caseId: number): Promise<boolean> {
  const hands = await handsIn(tx, caseId, [{ kind: 'perceived.text-written', key: 'item', value: caseId }])
  return hands.includes(ctx.person.id) || (ctx.onBehalfOf !== null && hands.includes(ctx.onBehalfOf))
}

/** Takes it off the public page, with the reason. */
export const unpublish = act('perceived.unpublish', z.object({ name, note: z.string().trim().min(4, '請寫下架的理由').max(1000, '最多 1,000 個字') }), async (tx, given, input) => {
  const { state, ctx } = await lockFor(procedure, tx, given, input.name, 'perceived.publish')
  if (state.text !== 'approved') return refusal('perceived.not-public', '目前沒有公開')
  await tx.updateTable('perceived_texts').set({ state: 'withdrawn', note: input.note, before_document_id: null, after_document_id: null, published_at: null }).where('id', '=', state.id).execute()
  await record(tx, ctx, 'perceived.unpublished', { caseId: state.id })
  return done({ number: state.number })
}, { permission: 'perceived.publish' })

const pictureOf = (tx: Tx, caseId: number, id: number) => tx
  .selectFrom('case_documents as d').innerJoin('documents as o', 'o.id', 'd.document_id').select(['d.name', 'o.sha256', 'o.media_type as mediaType'])
  .where('d.id', '=', id).where('d.case_id', '=', caseId).where('o.media_type', 'in', ['image/jpeg', 'image/png']).executeTakeFirst()

/** The picture drawn anew and kept, without what a camera wrote into it; null where none was chosen. */
async function cleaned(tx: Tx, caseId: number, id: number | null): Promise<{ id: number | null; refused?: false } | Refusal> {
  const found = id === null ? null : await pictureOf(tx, caseId, id)
  if (!found) return { id: null }
  const bytes = await readDocument(found.sha256.toString('hex'))
  if (!readPictureSize(bytes)) return refusal('perceived.picture', `「${found.name}」不是可讀的圖片`)
  const drawn = await cleanOutgoing([{ name: found.name, mediaType: found.mediaType, bytes }])
  if (isRefusal(drawn)) return drawn
  return { id: (await storeDocument(tx, drawn.files[0]!.bytes, found.mediaType)).id }
}
