import type { ActContext } from '../../../core/act.ts'
import type { Reader, Tx } from '../../../core/db.ts'
import { isRefusal } from '../../../core/errors.ts'
import { findMailAnswered } from '../../../core/mail/outbox-queries.ts'
import { isHashOf } from '../../../core/personal-data/index.ts'
import { dayOf } from '../../../core/time.ts'
import { cleanText } from '../../../core/filing/clean.ts'
import { isFollowCode } from '../../../core/filing/follow-code.ts'
import { receiveSupplement } from '../handling/supplement.ts'
import { noticeNames } from '../notify.ts'
import { type LockedPetition, refuseNow } from '../petition.ts'
import { caseKind, type Stage } from '../schema.ts'
import { bodyOf, senderOf } from './content.ts'
import { attachOriginal, type InboxLetter, markHandled } from './inbox.ts'
import { attachFiles, remark } from './petition-from-letter.ts'
import type { Reading } from './reading.ts'

/** What we write to petitioners; the rest goes to colleagues. */
const toPetitioners = new Set(['petition.confirm', 'petition.receipt', 'petition.code', ...Object.keys(noticeNames).map((notice) => `petition.${notice}`)])

export type Answered = { mailId: number; caseId: number; stage: Stage; toPetitioner: boolean }

/** The message of ours that this letter answers, by In-Reply-To and References, and its petition; null when it answers none. */
export async function findAnswered(reader: Reader, reading: Reading): Promise<Answered | null> {
  const { letter } = reading
  const mail = await findMailAnswered(reader, [letter.inReplyTo, ...letter.references.toReversed()])
  if (!mail?.caseId) return null
  const row = await reader.selectFrom('cases').select('stage').where('id', '=', mail.caseId).where('kind', '=', caseKind).executeTakeFirst()
  return row ? { mailId: mail.id, caseId: mail.caseId, stage: row.stage as Stage, toPetitioner: toPetitioners.has(mail.purpose) } : null
}

/** The letter becomes a supplement of the petition; false when that is closed to supplements. */
export async function addSupplement(tx: Tx, ctx: ActContext, letter: InboxLetter, reading: Reading, petition: LockedPetition, mailId?: number): Promise<boolean> {
  if (isRefusal(refuseNow('supplement', petition))) return false
  const detail = await tx.selectFrom('petitions').select(['email_hash', 'follow_code_hash']).where('id', '=', petition.id).executeTakeFirstOrThrow()
  const { body, whole } = bodyOf(withoutCode(cleanText(reading.letter.text), detail.follow_code_hash), reading.letter)
  // it counts from when it arrived, also where it was fetched later
  await receiveSupplement(tx, { ...ctx, now: letter.receivedAt, today: dayOf(letter.receivedAt) }, petition, body)
  await attachOriginal(tx, ctx, petition.id, letter, `補充的原始郵件 ${letter.id}.eml`)
  await attachFiles(tx, ctx, petition.id, 'supplement', reading.files, whole)
  const sameSender = detail.email_hash !== null && isHashOf(detail.email_hash, 'email', senderOf(reading.letter).email)
  await remark(tx, ctx, petition.id, letter.id, [...(sameSender ? [] : ['補充資料由另一個電子郵件地址寄來，請留意是否為陳情人']), ...reading.fileRemarks])
  await markHandled(tx, ctx, letter.id, 'supplement', { caseId: petition.id, ...(mailId === undefined ? {} : { mailId }) })
  return true
}

/** Answers quote what they answer: the follow code must not come to stand in the case for everybody to read. */
function withoutCode(text: string, hash: Buffer | null): string {
  if (!hash) return text
  return text.replace(/\b[2-9A-Z]{4}-[2-9A-Z]{4}\b(?!-)/gi, (found) => (isFollowCode(hash, found) ? '（追蹤碼已遮蔽）' : found))
}
