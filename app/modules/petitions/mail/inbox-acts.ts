import { z } from 'zod'
import { act } from '../../../core/act.ts'
import type { Tx } from '../../../core/db.ts'
import { readDocument } from '../../../core/documents/store.ts'
import { done, isRefusal, NotFound, refusal, type Refusal } from '../../../core/errors.ts'
import { record } from '../../../core/events/record.ts'
import { CaseNameInput, chosenIds, reason } from '../inputs.ts'
import { hold } from '../petition.ts'
import { type Channel, channels } from '../schema.ts'
import { levelNumber } from '../filing/follow-code.ts'
import { type InboxLetter, markHandled } from './inbox.ts'
import { makeAndJoin } from './keep-letter.ts'
import { readArrived } from './reading.ts'
import { addSupplement } from './reply.ts'
import { handledAs, type HandledAs } from './tables.ts'

const LetterId = z.coerce.number().int().positive()
const settled: HandledAs[] = ['petition', 'supplement', 'again']

type HeldLetter = { refused?: false; letter: InboxLetter; sha256: string }

/** Holds a letter of the inbox; what has become part of a case stays so. */
async function holdLetter(tx: Tx, id: number): Promise<HeldLetter | Refusal> {
  const row = await tx.selectFrom('petition_inbox').select(['id', 'mailbox', 'document_id', 'sha256', 'received_at', 'handled_as']).where('id', '=', id).forUpdate().executeTakeFirst()
  if (!row) throw new NotFound('找不到這封信')
  if (row.handled_as && settled.includes(row.handled_as)) return refusal('letter.handled', `這封信${handledAs[row.handled_as]}`)
  return { letter: { id: row.id, mailbox: row.mailbox, documentId: row.document_id, receivedAt: row.received_at }, sha256: row.sha256.toString('hex') }
}

/** A clerk finds that a letter is a petition after all; it was received when it arrived. Nothing is answered automatically. */
export const makeLetterAPetition = act(
  'petitions.take-up-letter',
  z.object({ id: LetterId, channel: z.enum(Object.keys(channels) as [Channel, ...Channel[]], { error: '請選擇管道' }) }),
  async (tx, ctx, input) => {
    const held = await holdLetter(tx, input.id)
    if (isRefusal(held)) return held
    const reading = await readArrived(await readDocument(held.sha256), null)
    const petition = await makeAndJoin(tx, ctx, held.letter, reading, { channel: input.channel, previousId: null })
    return done({ name: petition.followNo })
  },
  { permission: 'petitions.inbox' },
)

/** It belongs to a case: an answer by another address, a colleague's forwarding. */
export const addLetterToCase = act(
  'petitions.add-letter',
  z.object({ id: LetterId, name: CaseNameInput.transform((text) => levelNumber(text) ?? text.trim()) }),
  async (tx, ctx, input) => {
    const held = await holdLetter(tx, input.id)
    if (isRefusal(held)) return held
    const known = await tx.selectFrom('cases').select('id').where((eb) => eb.or([eb('number', '=', input.name), eb('follow_no', '=', input.name)])).executeTakeFirst()
    if (!known) return refusal('letter.unknown-case', '找不到這個案號或追蹤號碼', { field: 'name' })
    const petition = await hold(tx, ctx, input.name, 'supplement')
    if (isRefusal(petition)) return { ...petition, field: 'name' }
    await addSupplement(tx, petition.ctx, held.letter, await readArrived(await readDocument(held.sha256), null), petition.petition)
    return done({ name: petition.petition.number ?? petition.petition.followNo })
  },
  { permission: 'petitions.inbox' },
)

/** No petition (an advertisement, sent to us by mistake), or taken care of otherwise: the letter stays, with the reason. */
export const dismissLetters = act(
  'petitions.dismiss-letters',
  z.object({ ids: chosenIds.refine((ids) => ids.length > 0, '請勾選信件'), reason: reason('理由') }),
  async (tx, ctx, input) => {
    for (const id of new Set(input.ids)) {
      const held = await holdLetter(tx, id)
      if (isRefusal(held)) return held
      await markHandled(tx, ctx, id, 'dismissed', { reason: input.reason })
      await record(tx, ctx, 'petition.letter-dismissed', { payload: { letter: id } })
    }
    return done({ count: new Set(input.ids).size })
  },
  { permission: 'petitions.inbox' },
)
