import { sql } from 'kysely'
import { z } from 'zod'
import { act, type ActContext } from '../../../core/act.ts'
import type { Tx } from '../../../core/db.ts'
import { done } from '../../../core/errors.ts'
import { record } from '../../../core/events/record.ts'
import { findMailAnswered, recordBounce } from '../../../core/mail/outbox-queries.ts'
import { lockById } from '../petition.ts'
import { type Channel, mailboxChannels } from '../schema.ts'
import { contentOf } from './content.ts'
import { type InboxLetter, keepInInbox, leaveWaiting, markHandled } from './inbox.ts'
import { type MadePetition, makePetition, remark } from './petition-from-letter.ts'
import { channelOf, isFromProgram, type Reading } from './reading.ts'
import { mailLetterReceipt, receiptsADayMax } from './receipt.ts'
import { addSupplement, type Answered, findAnswered } from './reply.ts'
import { findSameLetter, joinTo, lockMainOf } from './same-letter.ts'

type Incoming = { reading: Reading; mailboxes: readonly string[]; receivedAt: Date | null; origin: string | null }

/** Letters are few; one at a time, so that copies arriving together find each other. */
const oneAtATime = 7_301_020
/** A sender waits for our answer; after this the letter is only kept, and a clerk makes something of it. */
const patience = '20s'

/**
 * A letter arrived: the original is kept for each mailbox, and becomes a petition in each one's channel, a supplement, a
 * bounce noted on what came back, or waits in the inbox for a clerk. Nothing is dropped.
 */
export const keepLetter = act('petitions.keep-letter', z.custom<Incoming>(), async (tx, ctx, { reading, mailboxes, receivedAt, origin }) => {
  await sql`set local lock_timeout = ${sql.lit(patience)}`.execute(tx)
  await sql`select pg_advisory_xact_lock(${sql.lit(oneAtATime)})`.execute(tx)
  const arrived = receivedAt && receivedAt < ctx.now ? receivedAt : ctx.now
  const made: SortedPetition[] = []
  for (const mailbox of mailboxes) {
    const letter = await keepInInbox(tx, reading, mailbox, arrived)
    if (!letter) continue // these bytes were kept before, and our answer did not reach the other server
    const petition = await sort(tx, ctx, letter, reading)
    if (petition) made.push(petition)
  }
  await acknowledge(tx, ctx, reading, made, origin)
  return done({ petitions: made.map((one) => one.id) })
}, { by: 'system' })

export type SortedPetition = MadePetition & { joinedTo: { id: number; followNo: string } | null }

async function sort(tx: Tx, ctx: ActContext, letter: InboxLetter, reading: Reading): Promise<SortedPetition | null> {
  const { kind } = reading
  switch (kind.kind) {
    case 'bounce': return noteBounce(tx, ctx, letter, kind)
    case 'auto-reply': return waitAsAutomatic(tx, letter, reading)
    case 'loop': return leaveWaiting(tx, letter.id, `為避免信件來回不停，沒有自動成案：${kind.why}`).then(() => null)
    case 'list-or-bulk': return leaveWaiting(tx, letter.id, '大量寄發的信，沒有自動成案').then(() => null)
    case 'letter': return takeUp(tx, ctx, letter, reading)
  }
}

/** A message of ours came back: shown in the outbox and on its case; one that will not be delivered waits for a clerk. */
async function noteBounce(tx: Tx, ctx: ActContext, letter: InboxLetter, kind: Extract<Reading['kind'], { kind: 'bounce' }>): Promise<null> {
  const mail = await recordBounce(tx, kind, ctx.now)
  if (!mail) {
    await leaveWaiting(tx, letter.id, '退信，但找不到是哪一封寄出的信')
    return null
  }
  if (mail.caseId !== null) await record(tx, ctx, 'petition.mail-bounced', { caseId: mail.caseId, payload: { mail: mail.id, permanent: kind.permanent, letter: letter.id } })
  if (kind.permanent) await leaveWaiting(tx, letter.id, '寄出的信被退回，請看是否改用其他方式通知', { caseId: mail.caseId, mailId: mail.id })
  else await markHandled(tx, ctx, letter.id, 'bounce', { mailId: mail.id, ...(mail.caseId === null ? {} : { caseId: mail.caseId }), note: '對方伺服器還在嘗試投遞' })
  return null
}

async function waitAsAutomatic(tx: Tx, letter: InboxLetter, { letter: { inReplyTo, references } }: Reading): Promise<null> {
  const mail = await findMailAnswered(tx, [inReplyTo, ...references.toReversed()])
  await leaveWaiting(tx, letter.id, '程式自動回的信，沒有自動成案', { caseId: mail?.caseId ?? null, mailId: mail?.id ?? null })
  return null
}

async function takeUp(tx: Tx, ctx: ActContext, letter: InboxLetter, reading: Reading): Promise<SortedPetition | null> {
  const answered = await findAnswered(tx, reading)
  const same = await findSameLetter(tx, letter, reading)
  const channel = channelOf(letter.mailbox) ?? (answered ? await channelAfter(tx, answered.caseId) : null)
  if (same?.sameMessage && (same.mailbox === letter.mailbox || same.handledAs === 'supplement')) {
    await markHandled(tx, ctx, letter.id, 'again', { caseId: same.caseId })
    return null
  }
  if (answered) {
    const why = whyWait(answered)
    if (why) return leaveWaiting(tx, letter.id, why, { caseId: answered.caseId, mailId: answered.mailId }).then(() => null)
    if (await addSupplement(tx, ctx, letter, reading, await lockById(tx, answered.caseId), answered.mailId)) return null
  }
  if (!channel) return leaveWaiting(tx, letter.id, '寄到發信用的地址，看不出是哪個管道，請選擇管道成案或不處理').then(() => null)
  return makeAndJoin(tx, ctx, letter, reading, { channel, previousId: answered?.stage === 'closed' ? answered.caseId : null })
}

function whyWait(answered: Answered): string | null {
  if (!answered.toPetitioner) return '回的是系統寄給同仁的通知'
  if (answered.stage === 'unconfirmed') return '回的是確認信；那件陳情還沒有點選連結確認，沒有成案'
  return null
}

/** An answer to our address belongs to the channel of what it answers; a written one in any case. */
async function channelAfter(tx: Tx, caseId: number): Promise<Channel> {
  const { channel } = await tx.selectFrom('petitions').select('channel').where('id', '=', caseId).executeTakeFirstOrThrow()
  return mailboxChannels.includes(channel) ? channel : 'mayor-mail'
}

/** The petition of a letter, joined to an earlier copy where there is one that is still being worked on (併案). */
export async function makeAndJoin(tx: Tx, ctx: ActContext, letter: InboxLetter, reading: Reading, as: { channel: Channel; previousId: number | null }): Promise<SortedPetition> {
  const same = await findSameLetter(tx, letter, reading)
  const main = same && (await lockMainOf(tx, same.caseId))
  const petition = await makePetition(tx, ctx, letter, reading, {
    content: contentOf(reading.letter, as.channel), channel: as.channel, confidential: main?.confidential ?? false,
    // the same words again after the answer: a petition of its own that names the one before
    previousId: as.previousId ?? (main?.stage === 'closed' ? main.id : null),
  })
  if (!main || main.stage === 'closed') return { ...petition, joinedTo: null }
  const because = await joinTo(tx, ctx, petition.id, main)
  if (because) await remark(tx, ctx, petition.id, letter.id, [because])
  return { ...petition, joinedTo: because ? null : { id: main.id, followNo: main.followNo } }
}

/** One receipt a letter, never to a program, and none through another office, which has thanked for it already. */
async function acknowledge(tx: Tx, ctx: ActContext, reading: Reading, made: SortedPetition[], origin: string | null): Promise<void> {
  const [first] = made
  if (!first || isFromProgram(reading.kind)) return
  const joinedTo = made.map((one) => one.joinedTo).find((main) => main && !made.some((one) => one.id === main.id))?.followNo ?? null
  const content = contentOf(reading.letter, first.channel)
  if (content.forwarded || !content.sender.email) return
  const sent = await mailLetterReceipt(tx, { to: content.sender.email, language: content.language, made, joinedTo, messageId: reading.letter.messageId, origin }, ctx.now)
  if (!sent) await keepSilenceNote(tx, ctx, first.id)
}

async function keepSilenceNote(tx: Tx, ctx: ActContext, caseId: number): Promise<void> {
  const { id } = await tx.selectFrom('petition_inbox').select('id').where('case_id', '=', caseId).orderBy('id').executeTakeFirstOrThrow()
  await remark(tx, ctx, caseId, id, [`沒有寄收件通知：地址無法寄信，或這個地址一天內已寄過 ${receiptsADayMax} 封`])
}
