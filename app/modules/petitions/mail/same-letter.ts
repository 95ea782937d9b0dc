import { sql } from 'kysely'
import type { ActContext } from '../../../core/act.ts'
import type { Tx } from '../../../core/db.ts'
import { lockById, type LockedPetition } from '../petition.ts'
import { personalHashes } from '../../../core/personal-data/index.ts'
import { joinSameLetter } from '../registration/merge.ts'
import { overlap, pairsOf } from '../registration/similar.ts'
import { senderOf } from './content.ts'
import type { InboxLetter } from './inbox.ts'
import type { Reading } from './reading.ts'
import { textHashesOf } from './same-text.ts'
import type { HandledAs } from './tables.ts'

/** Copies of one letter arrive within days of each other; the same words later are a new concern. */
const daysApart = 3
/** Copies that passed another office have a few lines more; so much of the shorter one must be in the longer one. */
const alikeFrom = 0.8

export type SameLetter = { letterId: number; caseId: number; mailbox: string; handledAs: HandledAs; sameMessage: boolean }

/**
 * An earlier copy of this letter that has a case: the same Message-ID with nearly the same text, or the same sender with the
 * same text. A Message-ID alone does not do: some programs write the same into every letter.
 */
export async function findSameLetter(tx: Tx, letter: InboxLetter, reading: Reading): Promise<SameLetter | null> {
  const since = new Date(letter.receivedAt.getTime() - daysApart * 86_400_000)
  const sender = personalHashes('email', senderOf(reading.letter).email)
  const text = textHashesOf(reading.letter)
  const found = await sql<SameLetter & { sameText: boolean; sameSender: boolean; text: string | null }>`
    select i.id as "letterId", i.case_id as "caseId", i.mailbox, i.handled_as as "handledAs", coalesce(i.message_id = ${reading.letter.messageId}, false) as "sameMessage",
      i.text_hash = any(${text}::bytea[]) as "sameText", coalesce(i.sender_hash = any(${sender}::bytea[]), false) as "sameSender",
      (select l.text from petition_letters l where l.case_id = i.case_id order by l.id limit 1) as text
    from petition_inbox i
    where i.id <> ${letter.id} and i.case_id is not null and i.handled_as in ('petition', 'supplement') and i.received_at >= ${since}
      and (i.message_id = ${reading.letter.messageId} or (i.sender_hash = any(${sender}::bytea[]) and i.text_hash = any(${text}::bytea[])))
    order by i.received_at, i.id limit 20`.execute(tx)
  const own = pairsOf(reading.letter.text)
  const same = found.rows.find((row) => (row.sameText && (row.sameSender || row.sameMessage)) || (row.sameMessage && row.text !== null && overlap(own, pairsOf(row.text)) >= alikeFrom))
  return same ?? null
}

/** The case under which an earlier copy is worked: itself, or the one it was merged into. */
export async function lockMainOf(tx: Tx, caseId: number): Promise<LockedPetition> {
  const petition = await lockById(tx, caseId)
  return petition.mergedInto === null ? petition : lockById(tx, petition.mergedInto)
}

/** Joins the copy to the first one (併案); or says, for the desk, why it could not be. */
export async function joinTo(tx: Tx, ctx: ActContext, memberId: number, into: LockedPetition): Promise<string | null> {
  const no = await joinSameLetter(tx, ctx, await lockById(tx, memberId), into)
  return no && `與 ${into.number ?? into.followNo} 是同一封信，沒有自動併案（${no.message}），請看是否要併`
}
