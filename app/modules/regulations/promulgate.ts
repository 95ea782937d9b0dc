import type { Tx } from '../../core/db.ts'
import { type Refusal, refusal } from '../../core/errors.ts'
import { OperationFails, type Operation } from '../../core/laws/operations.ts'
import { operationsBetween } from '../../core/laws/difference.ts'
import { parseText } from '../../core/laws/parse-text.ts'
import { isOver, promulgatedBy, textOn } from '../../core/laws/dated.ts'
import { createLaw, findChanges, recordChange } from '../../core/laws/store.ts'
import { type Attachment, emptyText } from '../../core/laws/text.ts'
import { attachmentsWith } from './attachments.ts'
import { type Day, rocDay } from '../../core/time.ts'
import type { LockedProposal } from './lock.ts'
import { refuseArticles } from './some-articles.ts'
import './tables.ts'

type Promulgation = { promulgatedOn: Day; effectiveOn: Day; documentNo: string | null; /** what the public reads first in the note of this promulgation */ said: string | null; isDeemed: boolean }

/**
 * Writes the proposal into its law as operations on what was promulgated before it, in this transaction; a new law is made for one
 * that is enacted. Refused when a later promulgation is already there: its text was made without this one.
 */
export async function enactInto(tx: Tx, proposal: LockedProposal, { promulgatedOn, effectiveOn, documentNo, said, isDeemed }: Promulgation): Promise<Refusal | null> {
  const law = proposal.lawId ?? (await createLaw(tx, { name: proposal.name, kind: proposal.instrument, category: proposal.category, unitId: await bureauOf(tx, proposal.unitId), public: proposal.public })).id
  const changes = await findChanges(tx, law)
  const later = changes.find((change) => change.promulgatedOn > promulgatedOn)
  if (later) return refusal('regulation.later-change', '這個法規在這一天以後已有別的異動，請確認公布的日期', { field: 'on' })
  const before = promulgatedBy(changes, promulgatedOn)
  if (isOver(before)) return refusal('regulation.repealed', before.state === 'lapsed' ? '這個法規施行期滿，已經當然廢止' : '這個法規已經廢止')
  if (proposal.endsOn && proposal.endsOn < effectiveOn) return refusal('regulation.ends-before', `施行期限 ${rocDay(proposal.endsOn)} 在生效日以前`, { field: 'effectiveOn' })
  const gone = refuseArticles(proposal, before)
  if (gone) return gone
  const operations = [...operationsOf(proposal, before.text, await attachmentsWith(tx, proposal, before.text.attachments)), ...endOf(proposal, before.endsOn)]
  try {
    textOn([...changes, { id: 0, promulgatedOn, effectiveOn, seq: 9_999, operations }], effectiveOn)
  } catch (error) {
    if (error instanceof OperationFails) return refusal('regulation.does-not-fit', `條文合不起來：${error.message}`)
    throw error
  }
  await recordChange(tx, { lawId: law, kind: proposal.change, promulgatedOn, effectiveOn, operations, documentNo, note: [said, proposal.reason].filter(Boolean).join('\n') || null, caseId: proposal.id })
  await tx
    .updateTable('regulations')
    .set({ law_id: law, promulgated_on: promulgatedOn, effective_on: effectiveOn, document_no: documentNo, deemed_effective: isDeemed })
    .where('id', '=', proposal.id)
    .execute()
  return null
}

/** 施行期限 set, put off or lifted; what repeals or suspends leaves it. */
function endOf({ change, endsOn }: Pick<LockedProposal, 'change' | 'endsOn'>, before: Day | null): Operation[] {
  return (change === 'enact' || change === 'amend') && endsOn !== before ? [{ do: 'end-on', day: endsOn }] : []
}

export function operationsOf({ change, draft, name, articles }: Pick<LockedProposal, 'change' | 'draft' | 'name' | 'articles'>, before: ReturnType<typeof emptyText>, attachments: readonly Attachment[]): Operation[] {
  if (change === 'repeal') return [{ do: 'repeal' }]
  if (change === 'suspend') return [{ do: 'suspend', articles }]
  if (change === 'resume') return [{ do: 'resume', articles }]
  const after = parseText(draft ?? '', name).text
  return operationsBetween(change === 'enact' ? emptyText('') : before, { ...after, attachments: [...attachments] })
}

async function bureauOf(tx: Tx, unitId: number | null): Promise<number | null> {
  if (unitId === null) return null
  return (await tx.selectFrom('units').select('bureau_id').where('id', '=', unitId).executeTakeFirst())?.bureau_id ?? null
}
