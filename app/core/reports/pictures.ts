import { z } from 'zod'
import { act } from '../act.ts'
import type { Reader } from '../db.ts'
import { cleanOutgoing } from '../documents/outgoing.ts'
import { readDocument, storeDocument } from '../documents/store.ts'
import { done, isRefusal, refusal } from '../errors.ts'
import { record } from '../events/record.ts'
import type { Picture } from './document/model.ts'
import { printable } from './document/plain-text.ts'
import { lockDraft } from './drafts.ts'
import { readPictureSize } from '../documents/picture-file.ts'

export const pictureBytesMax = 8 * 1024 * 1024

const words = (max: number) => z.string().trim().max(max, `最多 ${max} 個字`).transform(printable)

/** Puts a picture beside a draft; its code is what the text names it by. It is drawn anew, without what the camera wrote about place and time. */
export const addPicture = act('reports.add-picture', z.object({
  report: z.coerce.number().int().positive(),
  name: z.string().max(200),
  caption: words(120).pipe(z.string().min(1, '請寫圖片標題，印在圖的下方')),
  alt: words(400).pipe(z.string().min(1, '請描述圖片內容，看不見圖片的人靠它知道')),
  credit: words(80).default(''),
  bytes: z.custom<Buffer>((value) => Buffer.isBuffer(value), '請選一張圖片'),
}), async (tx, ctx, input) => {
  const draft = await lockDraft(tx, input.report)
  if ('refused' in draft) return draft
  if (input.bytes.length > pictureBytesMax) return refusal('picture.too-large', `「${input.name}」超過 ${pictureBytesMax / 1024 / 1024} MB，請縮小後再上傳`, { field: 'file' })
  const size = readPictureSize(input.bytes)
  if (!size) return refusal('picture.unreadable', `「${input.name}」不是可讀的 JPEG 或 PNG 圖片`, { field: 'file' })
  const cleaned = await cleanOutgoing([{ name: input.name, mediaType: size.mediaType, bytes: input.bytes }])
  if (isRefusal(cleaned)) return { ...cleaned, field: 'file' }
  const { id: documentId } = await storeDocument(tx, cleaned.files[0]!.bytes, size.mediaType)
  const { n } = await tx.selectFrom('report_pictures').select((eb) => eb.fn.countAll<number>().as('n')).where('report_id', '=', draft.id).executeTakeFirstOrThrow()
  const code = `p${n + 1}`
  const { width, height } = size
  await tx
    .insertInto('report_pictures')
    .values({ report_id: draft.id, code, document_id: documentId, name: input.name, width, height, caption: input.caption, alt: input.alt, credit: input.credit, added_by: ctx.person.id, removed_at: null })
    .execute()
  await record(tx, ctx, 'report.picture-added', { payload: { report: draft.id, code, document: documentId } })
  return done({ code })
}, { permission: 'reports.write' })

/** A picture that the texts no longer name. Its file stays for earlier versions. */
export const removePicture = act('reports.remove-picture', z.object({ report: z.coerce.number().int().positive(), code: z.string().max(20) }), async (tx, ctx, input) => {
  const draft = await lockDraft(tx, input.report)
  if ('refused' in draft) return draft
  const sections = await tx.selectFrom('report_sections').select(['no', 'title', 'body']).where('report_id', '=', draft.id).execute()
  const user = sections.find(({ body }) => new RegExp(`^\\s*::\\s*(圖片|picture)\\s+${input.code}(\\s|$)`, 'im').test(body))
  if (user) return refusal('picture.used', `第 ${user.no} 章「${user.title}」還在使用這張圖片`)
  await tx.updateTable('report_pictures').set({ removed_at: ctx.now }).where('report_id', '=', draft.id).where('code', '=', input.code).execute()
  await record(tx, ctx, 'report.picture-removed', { payload: { report: draft.id, code: input.code } })
  return done()
}, { permission: 'reports.write' })

export async function findPictures(reader: Reader, reportId: number) {
  return reader
    .selectFrom('report_pictures as p')
    .innerJoin('documents as d', 'd.id', 'p.document_id')
    .select(['p.code', 'p.name', 'p.width', 'p.height', 'p.caption', 'p.alt', 'p.credit', 'p.added_at', 'd.sha256', 'd.media_type', 'd.size'])
    .where('p.report_id', '=', reportId)
    .where('p.removed_at', 'is', null)
    .orderBy('p.id')
    .execute()
}

export async function pictureCodes(reader: Reader, reportId: number): Promise<Set<string>> {
  return new Set((await findPictures(reader, reportId)).map(({ code }) => code))
}

/** A picture with its content, for the composer; null when the report has none of that code. */
export async function loadPicture(reader: Reader, reportId: number, code: string, urlOf: (sha256: string) => string): Promise<Picture | null> {
  const found = (await findPictures(reader, reportId)).find((picture) => picture.code === code)
  if (!found) return null
  const sha256 = found.sha256.toString('hex')
  const bytes = await readDocument(sha256).catch(() => null)
  return bytes && { sha256, mediaType: found.media_type as Picture['mediaType'], bytes, width: found.width, height: found.height, url: urlOf(sha256) }
}
