import { z } from 'zod'
import type { ActContext } from '../../../core/act.ts'
import type { Tx } from '../../../core/db.ts'
import { refusal, type Refusal } from '../../../core/errors.ts'
import { optionalLine } from '../../../core/form-fields.ts'
import type { Day } from '../../../core/time.ts'
import type { LockedAppeal } from '../appeal.ts'
import { bornOn, email } from '../filing/input.ts'
import { servedOnPaper } from '../letters/write.ts'
import { insertParty } from './insert.ts'

/** Who takes whose place, as the form of the step asks it. */
export const successorShape = {
  predecessor: z.string().optional().transform((text) => (text && /^\d{1,15}$/.test(text) ? Number(text) : null)),
  successorIsPerson: z.enum(['yes', 'no']).default('yes'),
  successorName: optionalLine(100), successorBornOn: bornOn, successorIdNumber: optionalLine(40), successorAddress: optionalLine(200), successorEmail: email, successorPhone: optionalLine(60),
}
export type Successor = { predecessor: number | null; successorIsPerson: 'yes' | 'no'; successorName: string | null; successorBornOn: string | null; successorIdNumber: string | null; successorAddress: string | null; successorEmail: string | null; successorPhone: string | null }

const appellantsOf = (tx: Tx, caseId: number) => tx.selectFrom('appeal_parties').select(['id', 'since']).where('case_id', '=', caseId).where('role', '=', 'appellant').where('until', 'is', null).orderBy('id').execute()

/** The appellant whose place is taken: named where there are several. */
export async function refuseSuccessor(tx: Tx, appeal: LockedAppeal, { predecessor, successorName }: Successor, on: Day): Promise<Refusal | null> {
  const appellants = await appellantsOf(tx, appeal.id)
  const whose = appellants.length === 1 ? appellants[0] : appellants.find(({ id }) => Number(id) === predecessor)
  if (!whose) return refusal('succession.whose', '請選擇承受哪一位訴願人', { field: 'predecessor' })
  if (on < whose.since) return refusal('succession.day', '日期在原訴願人加入以前', { field: 'on' })
  return successorName && successorName.length >= 2 ? null : refusal('succession.name', '請填承受的人的姓名或名稱', { field: 'successorName' })
}

/**
 * The successor is the party from that day on: letters, service and suits are theirs. The predecessor stays with the day on which they were one no more.
 * An agent goes on for the successor, since the power does not end with who gave it (訴願法 §37); who represented the predecessor by law does not.
 * What was not served on the predecessor is served on the successor: what was not sent is sent to them, what was is written anew.
 */
export async function succeed(tx: Tx, ctx: ActContext, appeal: LockedAppeal, by: Successor, on: Day): Promise<number> {
  const appellants = await appellantsOf(tx, appeal.id)
  const whose = appellants.length === 1 ? appellants[0]!.id : by.predecessor!
  const party = await insertParty(tx, appeal.id, { role: 'appellant', isPerson: by.successorIsPerson === 'yes', name: by.successorName!, bornOn: by.successorBornOn, idNumber: by.successorIdNumber, address: by.successorAddress, email: by.successorEmail, phone: by.successorPhone }, on, whose)
  await tx.updateTable('appeal_parties').set({ until: on }).where('id', '=', whose).execute()
  await tx.updateTable('appeal_parties').set({ acts_for: party }).where('case_id', '=', appeal.id).where('acts_for', '=', whose).where('role', '=', 'agent').where('until', 'is', null).execute()
  await tx.updateTable('appeal_parties').set({ until: on }).where('case_id', '=', appeal.id).where('acts_for', '=', whose).where('role', '=', 'statutory-representative').where('until', 'is', null).execute()
  const unserved = await tx.selectFrom('appeal_letters').selectAll().where('case_id', '=', appeal.id).where('party_id', '=', whose).where('served_on', 'is', null).execute()
  for (const letter of unserved) {
    if (letter.sent_on === null) await tx.updateTable('appeal_letters').set({ party_id: party }).where('id', '=', letter.id).execute()
    else if (letter.kind === 'decision' && servedOnPaper.includes(letter.kind)) {
      const { id: _id, sys_from: _from, ...same } = letter
      await tx.insertInto('appeal_letters').values({ ...same, party_id: party, sent_on: null, sent_by: null, written_at: ctx.now }).execute()
      await tx.updateTable('appeal_letters').set({ remark: '受送達人已由他人承受，改對承受的人送達' }).where('id', '=', letter.id).execute()
    }
  }
  return party
}
